"""The arithmetic of a whole and its parts: whether they agree, which one misprint keeps them from it, and how easily
figures that have nothing to do with each other would look so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import comb

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.misprints import MisprintKind, digits_of, misprint_between
from parindex.documents.arithmetic.prose.fitting import is_exact_decimal

#: Figures that rounding leaves open: so many are tried as what was meant.
_MOST_MEANT = 24
#: A part may be part of another one in a list of no more than so many.
_MOST_NESTED = 12
_TEN = 10
#: Scales as powers of ten, and the powers of ten.
_TENS = {10**power: power for power in range(16)}
_POWERS: tuple[int, ...] = tuple(10**power for power in range(40))
#: The kinds of misprints, the rarest to look so by accident first; each is counted with those before it.
_KINDS = (MisprintKind.EXCHANGED, MisprintKind.MOVED, MisprintKind.OTHER, MisprintKind.ADDED)


@dataclass(frozen=True, slots=True)
class Explained:
    """The misprint of one figure that explains a gap: ``figure`` should be ``meant`` (without its scale).

    ``accident``: the part of figures chosen at random that could be explained so.
    """

    kind: MisprintKind
    figure: TextFigure
    meant: Fraction
    accident: Fraction


class Sum:
    """A whole and what may be its parts. Inside, every figure is a whole number of ``unit``, the smallest place that
    one of them prints.
    """

    def __init__(self, whole: TextFigure, parts: Sequence[TextFigure]) -> None:
        self.whole, self.parts = whole, tuple(parts)
        self._figures = (whole, *parts)
        self._exponent = min([_TENS[one.scale] - max(one.places) for one in self._figures])
        self._counted = [self._in_units(one, one.readings[0]) for one in self._figures]
        self._gap = 2 * self._counted[0] - sum(self._counted)

    @cached_property
    def unit(self) -> Fraction:
        """The smallest place that is printed, with its scale."""
        return Fraction(_TEN) ** self._exponent

    def _in_units(self, figure: TextFigure, reading: Fraction) -> int:
        power = _TENS[figure.scale] - self._exponent
        return reading.numerator * _POWERS[power] // reading.denominator if power else reading.numerator

    def _step(self, figure: TextFigure) -> int:
        """One unit of the last place of a figure."""
        return _POWERS[_TENS[figure.scale] - figure.places[0] - self._exponent]

    @cached_property
    def _steps(self) -> list[int]:
        """One unit of the last place of each; 0 of a count, which nobody rounds."""
        return [self._step(one) if one.places[0] or one.scale > 1 else 0 for one in self._figures]

    @property
    def total(self) -> Fraction:
        """The parts together, by their likeliest readings."""
        return sum(self._counted[1:]) * self.unit

    @property
    def gap(self) -> Fraction:
        """What the parts lack of the whole; negative where they are more than it."""
        return self._gap * self.unit

    @property
    def is_above(self) -> bool:
        """Whether the parts are more than the whole."""
        return self._gap < 0

    def is_within(self, part: int) -> bool:
        """Whether the gap is no more than so small a part of the whole (1/20: ``part`` 20)."""
        return part * abs(self._gap) <= self._counted[0]

    @property
    def is_of_one_size(self) -> bool:
        """Whether the parts are together at least half of the whole, and no more than twice."""
        whole = self._counted[0]
        return whole <= 2 * (whole - self._gap) <= 4 * whole

    def holds(self) -> bool:
        """Whether the parts make up the whole, by their likeliest readings or by their second ones; decimals and scaled
        figures may have been rounded or cut each for itself.
        """
        more, less = self._left_open
        if -more <= self._gap <= less or self._is_of_other_scales():
            return True
        return max(map(_readings, self._figures)) > 1 and self._holds_read_otherwise()

    @property
    def _left_open(self) -> tuple[int, int]:
        """By how much the parts may be more than the whole, and by how much less, as they were rounded or cut. Points
        that are all multiples of a quarter are exact.
        """
        steps = [one for one in self._steps[1:] if one]
        count = len(self.parts)
        if not steps or all(one.places[0] and is_exact_decimal(one) for one in self._figures):
            return 0, 0
        if len(set(self._steps)) == 1:  # rounded half up all of them, or cut
            return (count + 1) // 2 * steps[0], count * steps[0]
        slack = count * min(steps) + self._steps[0]
        return slack, slack

    def _holds_read_otherwise(self) -> bool:
        """Whether the second readings agree: where a dot may part thousands or decimals."""
        total = sum([self._in_units(one, one.readings[-1]) for one in self.parts])
        return any(total == self._in_units(self.whole, value) for value in self.whole.readings)

    def _is_of_other_scales(self) -> bool:
        """Whether figures of different scales would agree without these."""
        scales = {one.scale for one in self._figures}
        if len(scales) == 1 or 1 in scales:
            return False  # of "4.512 tỷ, gồm 2.870 tỷ, 1.206 triệu, 436 tỷ" the unit is wrong: wrong_scales says so
        return sum((one.readings[0] for one in self.parts), Fraction(0)) == self.whole.readings[0]

    def holds_but_one(self) -> bool:
        """Whether all parts but one make up the whole: that one is part of another, or has the others."""
        if not 2 < len(self.parts) <= _MOST_NESTED:
            return False
        return any(Sum(self.whole, (*self.parts[:at], *self.parts[at + 1 :])).holds() for at in range(len(self.parts)))

    def is_nested(self) -> bool:
        """Whether the first part has the others: "thụ lý 469 vụ, đã giải quyết 356 vụ, còn lại 113 vụ"."""
        _, first, *others = self._counted
        return len(others) > 1 and first == sum(others)

    # --- misprints ----------------------------------------------------------------------------------------------------

    @cached_property
    def _slack(self) -> int:
        """What rounding can have taken or added: figures with decimals are rounded each for itself."""
        steps = [one for one in self._steps if one]
        half = sum(steps) // 2
        return half + max(steps) if len(set(steps)) > 1 else half

    @cached_property
    def _zeros(self) -> int:
        """The largest power of ten that whole and parts are multiples of."""
        power = 1
        while self._counted[0] and not any(one % (_TEN * power) for one in self._counted):
            power *= _TEN
        return power

    @property
    def magnitude(self) -> Fraction:
        """How many gaps figures like these could have: the whole, in the largest unit that all are multiples of."""
        return Fraction(max(self._counted[0], 1), self._zeros)

    def nearness(self) -> Fraction:
        """How many times the gaps that figures like these could have exceed those that are no larger."""
        return self.magnitude / (2 * Fraction(abs(self._gap), self._zeros) + 1)

    def explained(self, tried: int = 1) -> Explained | None:
        """The one misprint that explains the gap, the kind that is rarest by accident first.

        With V misprints of all figures (of this kind and the rarer ones), N relations ``tried`` and W values that a
        figure of the size of the whole can have, W/(V·N) is how many times likelier the gap is to be explained if
        there was a misprint than if the figures have nothing to do with each other; ``accident`` is V·N/W. Where
        rounding leaves s units open, each misprint explains 1 + 2s gaps.
        """
        best: tuple[int, int, int] | None = None
        for at, value in enumerate(self._counted):
            meant = value + (self._gap if at else -self._gap)
            found = self._misprint(at, meant) if meant > 0 else None
            if found is not None and (best is None or found[0] < best[0]):
                best = (found[0], at, found[1])
        if best is None:
            return None
        number, at, right = best
        figures = self._figures
        variants = sum(
            _variants(one.digits, bool(one.places[0]), kind) for kind in _KINDS[: number + 1] for one in figures
        )  # fmt: skip
        tried_of_all = variants * (1 + 2 * self._slack // self._zeros) * max(tried, 1)
        accident = tried_of_all / self.magnitude
        return Explained(_KINDS[number], figures[at], right * self.unit / figures[at].scale, accident)

    def _misprint(self, at: int, meant: int) -> tuple[int, int] | None:
        """The misprint that made the figure ``at`` of ``meant``, give or take the slack: the number of its kind, and
        what was meant.
        """
        figure = self.parts[at - 1] if at else self.whole
        step = self._step(figure)
        low, high = -((self._slack - meant) // step), (meant + self._slack) // step
        printed = digits_of(figure.digits)
        kinds = [
            (_KINDS.index(kind), right * step)
            for right in range(low, high + 1)[:_MOST_MEANT]
            if right > 0 and (kind := kind_between(printed, str(right))) is not None
        ]
        if figure.places[0] and not meant % (10 ** figure.places[0] * step):  # "73.5134" for 73.514
            whole = meant // (10 ** figure.places[0] * step)
            if kind_between(printed, str(whole)) is MisprintKind.ADDED:
                kinds.append((_KINDS.index(MisprintKind.ADDED), meant))
        if self._is_moved(at, meant):
            kinds.append((_KINDS.index(MisprintKind.MOVED), meant))
        return min(kinds, default=None)

    def _is_moved(self, at: int, meant: int) -> bool:
        """Whether the decimal mark of a figure stands elsewhere, or a figure of points lost it."""
        value, has_decimals = self._counted[at], bool((self.parts[at - 1] if at else self.whole).places[0])
        down = any(abs(value - meant * tens) <= self._slack * tens for tens in (_TEN, _TEN**2))
        return down or (has_decimals and any(abs(value * tens - meant) <= self._slack for tens in (_TEN, _TEN**2)))


def _readings(figure: TextFigure) -> int:
    return len(figure.readings)


@lru_cache(maxsize=512)
def _variants(printed: str, has_decimals: bool, kind: MisprintKind) -> int:
    """In how many ways a figure can be misprinted; zeros at its end are those of a round figure and stay."""
    count = len(digits_of(printed).rstrip("0"))
    if kind is MisprintKind.EXCHANGED:
        return comb(count, 2)
    if kind is MisprintKind.MOVED:
        return count if has_decimals else 1
    return 9 * count if kind is MisprintKind.OTHER else _TEN * (count + 1) + count


def kind_between(printed: str, right: str) -> MisprintKind | None:
    """How a printed figure differs from the right one by one misprint; a digit that is lost is one too many there."""
    right = right.rjust(len(printed), "0") if printed.startswith("0") else right
    if len(printed) == len(right):
        return misprint_between(printed, right)
    if abs(len(printed) - len(right)) != 1:
        return None
    longer, shorter = (printed, right) if len(printed) > len(right) else (right, printed)
    if len(shorter) < 2:
        return None
    added = any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return MisprintKind.ADDED if added else None
