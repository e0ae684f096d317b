"""Which misprint makes a per cent that of its count: digits that changed places, a decimal mark of the per cent that
moved, a digit too many in the count, one digit that is another; and how easily such a thing fits by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.misprints import MisprintKind, as_meant
from parindex.documents.arithmetic.prose.fitting import Span
from parindex.documents.arithmetic.prose.told_shares import ToldShare, bounds_of, fits, fits_span, is_near

_ALL = 100
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
    that were tried fit by accident.
    """

    meant: TextFigure
    of_part: bool
    chance: Fraction


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


def misprint(share: ToldShare, whole: Whole) -> Misprint | None:
    """The likeliest misprint that makes a share one of ``whole``, if there is one."""
    if share.loose:
        return _about(share, whole)
    per_cents, parts = _per_cents(share, whole), _parts(share, whole)
    for of_per_cent, of_count in _KINDS:
        for figure, kind, ranges in ((share.per_cent, of_per_cent, per_cents), (share.part, of_count, parts)):
            of_part, tried = figure is share.part, as_meant(figure.digits, figure.places[0], kind)
            for number, places in tried:
                near = number / 10**places
                if not any(least <= near <= most for least, most in ranges) or not number:
                    continue
                meant = replace(figure, readings=(Fraction(number, 10**places),), places=(places,))
                part, per_cent = (meant, share.per_cent) if of_part else (share.part, meant)
                if is_right_of(share, whole, part=part, per_cent=per_cent):
                    chance = len(tried) * Fraction(3, 2) * per_cent.step() / per_cent.value
                    return Misprint(meant, of_part, chance)
    return None


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
