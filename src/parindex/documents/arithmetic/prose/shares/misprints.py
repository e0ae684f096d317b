"""Which misprint makes a per cent that of its count: digits that changed places, a decimal mark of the per cent that
moved, a digit too many in the count, one digit that is another, or a slip in reckoning it; and how easily such a thing
fits by accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.misprints import MisprintKind, are_reordered, as_meant, digits_of
from parindex.documents.arithmetic.prose.fitting import Span
from parindex.documents.arithmetic.prose.shares.told import ToldShare, bounds_of, fits, fits_span, is_near
from parindex.domain.values import Rounding

_ALL = 100
#: How near to the right one a per cent of so many digits is taken for a slip in reckoning.
_MOST_APART, _FEWEST_DIGITS = Fraction(4, 100), 2
#: What fits more easily by accident proves nothing of any whole.
_LIKELIEST = Fraction(3, 10)
#: Only the last digit is another one.
_LAST = 3
#: The misprints of a per cent and of a count, the likeliest first.
_KINDS = (
    (MisprintKind.EXCHANGED, MisprintKind.EXCHANGED),
    (MisprintKind.MOVED, MisprintKind.ADDED),
    (MisprintKind.OTHER, MisprintKind.OTHER),
)


@dataclass(frozen=True)
class Whole:
    """What a count may be a share of: a printed ``figure`` (at ``at`` of its text), or ``span``, what is implied."""

    figure: TextFigure | None = None
    at: int = -1
    span: Span | None = None

    @cached_property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Between which it lies, by each reading, a little wider than is meant."""
        if self.figure is not None:
            return bounds_of(self.figure)
        return ((float(self.span.low), float(self.span.high)),) if self.span is not None else ()

    @cached_property
    def value(self) -> Fraction:
        """The likeliest value, with its scale."""
        if self.figure is not None:
            return self.figure.value
        return (self.span.low + self.span.high) / 2 if self.span is not None else Fraction(0)


@dataclass(frozen=True, slots=True)
class Misprint:
    """A figure as it was meant; ``of_part``: it is the count, else the per cent. ``chance``: how many of the figures
    that were tried fit by accident. ``reckoned``: no digits were misprinted, it was reckoned a little wrong.
    """

    meant: TextFigure
    of_part: bool
    chance: Fraction
    reckoned: bool = False


def is_right_of(
    share: ToldShare, whole: Whole, *, part: TextFigure | None = None, per_cent: TextFigure | None = None
) -> bool:
    """Whether a share is one of ``whole``; ``part`` and ``per_cent`` stand for those of the share."""
    above, stated = part or share.part, per_cent or share.per_cent
    if not share.loose and not is_near(above, whole.bounds, stated):
        return False
    if whole.figure is not None:
        return fits(above, whole.figure, stated, loose=share.loose)
    return whole.span is not None and fits_span(above, whole.span, stated, loose=share.loose)


def is_all_but_right_of(share: ToldShare, whole: Whole) -> bool:
    """Whether a share is one of ``whole``, or was nearly reckoned so."""
    return is_right_of(share, whole) or _reckoned(share, whole) is not None


def misprint(share: ToldShare, whole: Whole) -> Misprint | None:
    """The likeliest misprint that makes a share one of ``whole``, if there is one."""
    if share.loose:
        return _about(share, whole)
    reckoned = _reckoned(share, whole)
    if reckoned is not None and abs(reckoned.meant.value - share.per_cent.value) <= _LAST * share.per_cent.step():
        return reckoned
    every = [*_misprints(share, whole), *([reckoned] if reckoned is not None else [])]
    likeliest = min(enumerate(every, start=1), key=lambda each: each[0] * each[1].chance, default=None)
    return likeliest[1] if likeliest is not None else None


def is_exchanged(share: ToldShare, meant: Misprint) -> bool:
    """Whether the digits of the per cent alone changed places."""
    right = in_form_of(share.per_cent, meant.meant.readings[0], meant.meant.places[0])
    return not meant.of_part and are_reordered(digits_of(right), digits_of(share.per_cent.digits))


def _misprints(share: ToldShare, whole: Whole) -> Iterator[Misprint]:
    """The first misprint of each kind, of the per cent or of the count, that makes a share right."""
    per_cents, parts = _per_cents(share, whole), _parts(share, whole)
    for of_per_cent, of_count in _KINDS:
        for figure, kind, ranges in ((share.per_cent, of_per_cent, per_cents), (share.part, of_count, parts)):
            meant = _meant(share, whole, figure, kind, ranges)
            if meant is not None:
                yield meant


def _meant(
    share: ToldShare, whole: Whole, figure: TextFigure, kind: MisprintKind, ranges: Sequence[tuple[float, float]]
) -> Misprint | None:
    """``figure`` (the per cent or the count) without its misprint, where that makes the share right."""
    of_part, tried = figure is share.part, as_meant(figure.digits, figure.places[0], kind)
    if of_part and _chance(len(tried), share.per_cent) > _LIKELIEST:
        return None
    for number, places in tried:
        near = number / 10**places
        if not any(least <= near <= most for least, most in ranges) or not number:
            continue
        meant = replace(figure, readings=(Fraction(number, 10**places),), places=(places,))
        part, per_cent = (meant, share.per_cent) if of_part else (share.part, meant)
        if is_right_of(share, whole, part=part, per_cent=per_cent):
            return Misprint(meant, of_part, _chance(len(tried), per_cent))
    return None


def _chance(tried: int, per_cent: TextFigure) -> Fraction:
    """How many of the figures that are ``tried`` fit a per cent by accident."""
    return tried * Fraction(3, 2) * per_cent.step() / per_cent.value


def _reckoned(share: ToldShare, whole: Whole) -> Misprint | None:
    """The per cent as it should have been reckoned, where the printed one is a little off, neither rounded nor cut. By
    accident figures lie so near where shares lie close together: at nothing and at all of a whole.
    """
    figure, value = share.per_cent, whole.value
    if value <= 0 or share.loose or len(digits_of(figure.digits).lstrip("0")) < _FEWEST_DIGITS:
        return None
    rate = Fraction(_ALL * share.part.value / value)
    if not 0 < rate < _ALL or not 0 < figure.value < _ALL:
        return None
    apart = abs(rate - figure.value)
    room = min(figure.value, _ALL - figure.value, Fraction(_ALL, 2))
    chance = 2 * max(apart, figure.step()) / room
    if chance > _MOST_APART:
        return None
    meant = replace(figure, readings=(Rounding(figure.places[0]).apply(rate),), places=(figure.places[0],))
    return Misprint(meant, False, chance, reckoned=True)


def _about(share: ToldShare, whole: Whole) -> Misprint | None:
    """The per cent with two digits in their places where it is only about so much, a unit of its last place more or
    less ("hơn 85%" for "hơn 58%").
    """
    figure = share.per_cent
    every = as_meant(figure.digits, figure.places[0], MisprintKind.EXCHANGED)
    rate = 100 * share.part.value / whole.value if whole.value > 0 else Fraction(0)
    for number, places in every:
        meant = replace(figure, readings=(Fraction(number, 10**places),), places=(places,))
        if number and abs(meant.value - rate) <= meant.step():
            return Misprint(meant, False, len(every) * 2 * meant.step() / meant.value)
    return None


def _per_cents(share: ToldShare, whole: Whole) -> list[tuple[float, float]]:
    """Between which a per cent can be right of a whole, a little wider than is meant."""
    out: list[tuple[float, float]] = []
    step, scale = 2 / 10 ** share.per_cent.places[0], 100 * share.part.scale
    for value, places in zip(share.part.readings, share.part.places, strict=True):
        above, slack = scale * float(value), scale / 10**places
        out += [
            ((above - slack) / high - step, min(float(_ALL), (above + slack) / low + step))
            for low, high in whole.bounds
            if low > 0
        ]
    return out


def _parts(share: ToldShare, whole: Whole) -> list[tuple[float, float]]:
    """Between which a part (without its scale) can be right of a whole, a little wider than is meant."""
    out: list[tuple[float, float]] = []
    scale, slack = 100 * share.part.scale, 1 / 10 ** share.part.places[0]
    for value, places in zip(share.per_cent.readings, share.per_cent.places, strict=True):
        stated, step = float(value), 2 / 10**places
        out += [
            (low * (stated - step) / scale - slack, high * (stated + step) / scale + slack)
            for low, high in whole.bounds
        ]
    return out
