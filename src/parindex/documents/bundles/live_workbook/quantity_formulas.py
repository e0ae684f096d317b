"""Quantities as formulas: what :mod:`parindex.domain.scoring.quantities` says, on the rows of a sheet.

A reason is an integer on each row: 0 where there is a value, else the number of
:class:`~parindex.domain.scoring.outcome.NoPoints` that says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.bundles.live_workbook.figures_sheet import FigureColumns
from parindex.documents.bundles.live_workbook.peer_formulas import best_of, ranks_of
from parindex.documents.bundles.live_workbook.quotients import ONE, ZERO, Quotient, Quotients
from parindex.documents.bundles.live_workbook.whole_numbers import Flag, Integers, Whole, never_blank, plain
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.quantities import Over, Quantity, Term, WithinGroup

#: A text so short is written twice rather than given a column.
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Seen:
    """From which year the figures are seen, the year of the cycle, and whether a result is carried over."""

    year: int
    cycle: int
    carried: bool = False

    def at(self, year: int) -> Seen:
        """The same from another year (an offset or a calendar year)."""
        return replace(self, year=shifted(self.year, year))

    @property
    def missing(self) -> int:
        """The reason that a missing figure gives."""
        return int(NoPoints.MISSING if self.year == self.cycle else NoPoints.NO_EARLIER)


@dataclass(frozen=True, slots=True)
class Known:
    """A value and the reason where there is none (None: there always is one)."""

    value: Quotient
    reason: Whole | None
    #: Of a figure of its own: where it is, and the reason elsewhere.
    present: Flag | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class MeasuredQuantity:
    """A quantity; ``zero_base``: the rows whose points the rule states for a base of zero."""

    value: Quotient
    reason: Whole | None
    zero_base: Flag | None = None


class QuantityFormulas:
    """Makes the formulas of quantities; one that is asked for twice is made once."""

    def __init__(self, figures: FigureColumns, integers: Integers) -> None:
        self.figures, self.integers = figures, integers
        self.quotients = Quotients(integers)
        self._made: dict[tuple[Quantity, int], MeasuredQuantity] = {}
        self._compared: dict[tuple[Term, int], Known] = {}

    def measured(self, quantity: Quantity, seen: Seen) -> MeasuredQuantity:
        """The values of a quantity."""
        key = (quantity, seen.year)
        if key not in self._made:
            self._made[key] = self._measured(quantity, seen)
        return self._made[key]

    def value(self, term: Term, seen: Seen) -> Known:
        """A term after the comparison with the group, before its weight."""
        if term.within_group is None:
            return self._own(term, seen)
        key = (replace(term, weight=ONE), seen.year)
        if key not in self._compared:
            made = best_of if term.within_group is WithinGroup.BEST else ranks_of
            own = self._own(term, seen)
            value, reason = made(self.quotients, own.value, own.reason)
            self._compared[key] = Known(value, reason)
        return self._compared[key]

    def is_zero(self, term: Term, seen: Seen) -> Flag:
        """Where a term is known and zero."""
        known = self.value(term, seen)
        zero = self.integers.compared([(1, known.value.above)], "=", [])
        return zero if known.reason is None else both(Flag(f"{known.reason.text}=0", _zeros(known.reason)), zero)

    def _own(self, term: Term, seen: Seen) -> Known:
        if term.number is not None:
            return Known(self.quotients.constant(term.number), None)
        there = seen.at(term.year)
        if term.quantity is not None:
            measured = self.measured(term.quantity, there)
            return Known(measured.value, measured.reason)
        reported = self.figures.reported(term.measure, there.year)
        reason = absent([reported.present], there.missing)
        return Known(reported.value, reason, reported.present, there.missing)

    def _measured(self, quantity: Quantity, seen: Seen) -> MeasuredQuantity:
        weighted, counts, known = self._summed(quantity.of, seen, "trên")
        if quantity.to:
            to = self._summed(quantity.to, seen, "dưới")
            found = self._quotient(quantity, (weighted, counts, known), to)
        else:
            found = MeasuredQuantity(weighted, _reason(known))
        if quantity.round is None:
            return found
        value = self.quotients.rounded(found.value, quantity.round, "làm tròn tỷ lệ")
        whole = self.integers.kept("tỷ lệ đã làm tròn", value.above)
        return replace(found, value=Quotient(whole, None, value.factor))

    def _summed(self, terms: Sequence[Term], seen: Seen, name: str) -> tuple[Quotient, Quotient, list[Known]]:
        known = [self.value(term, seen) for term in terms]
        weights = [term.weight for term in terms]
        values = [one.value for one in known]
        weighted = self._kept(self.quotients.sum(list(zip(weights, values, strict=True)), name), name)
        signs = [-ONE if weight < 0 else ONE for weight in weights]
        if signs == weights:
            return weighted, weighted, known
        counts = self.quotients.sum(list(zip(signs, values, strict=True)), f"{name}, đếm")
        return weighted, self._kept(counts, f"{name}, đếm"), known

    def _kept(self, one: Quotient, name: str) -> Quotient:
        return replace(one, above=self.integers.kept(name, one.above))

    def _quotient(
        self,
        quantity: Quantity,
        of: tuple[Quotient, Quotient, list[Known]],
        to: tuple[Quotient, Quotient, list[Known]],
    ) -> MeasuredQuantity:
        integers = self.integers
        (above, counted, _), (below, whole, _) = of, to
        positive = self.quotients.compared(below, ">", ZERO)
        code = self._not_positive(quantity, above, below)
        checks: list[tuple[Flag, int]] = []
        more = self.quotients.compared(counted, ">", whole)
        if quantity.over is not Over.ALLOW and whole is not below:
            checks.append((self.quotients.compared(whole, "<=", ZERO), int(NoPoints.IMPOSSIBLE)))
        if quantity.over is Over.REFUSE:
            checks.append((more, int(NoPoints.OVER)))
        later = coded(integers, checks)
        reason = integers.where(positive, later, code)
        reason = self._with_earlier([*of[2], *to[2]], reason)
        reason = integers.kept("lý do không có tỷ lệ", reason)
        good = Flag(f"{reason.text}=0", _zeros(reason))
        zero_base = None
        if quantity.zero_base is not None:
            zero_base = integers.kept_flag("gốc bằng 0? (1: đúng)", both(good, _not(positive)))
            good = both(good, positive)
        value = self._value(quantity, (above, counted), (below, whole), more, good)
        return MeasuredQuantity(value, reason, zero_base)

    def _with_earlier(self, known: Sequence[Known], reason: Whole) -> Whole:
        """The reasons of the terms before ``reason``."""
        codes = {one.code for one in known if one.present is not None}
        if len(codes) == 1 and all(one.present is not None or one.reason is None for one in known):
            here = held([one.present for one in known if one.present is not None])
            return self.integers.where(here, reason, self.integers.number(codes.pop()))
        earlier = _reason(known)
        return reason if earlier is None else first_reason(self.integers, earlier, reason)

    def _not_positive(self, quantity: Quantity, above: Quotient, below: Quotient) -> Whole:
        """The reason where the denominator is not above 0."""
        integers = self.integers
        zero = integers.compared([(1, below.above)], "=", [])
        nothing = integers.compared([(1, above.above)], "=", [])
        undecided, impossible = integers.number(int(NoPoints.UNDECIDED)), integers.number(int(NoPoints.IMPOSSIBLE))
        some = impossible
        if quantity.over is not Over.REFUSE:
            given = undecided if quantity.zero_base is None else integers.number(0)
            some = integers.where(self.quotients.compared(above, ">", ZERO), given, impossible)
        return integers.where(zero, integers.where(nothing, undecided, some), impossible)

    def _value(
        self, quantity: Quantity, of: tuple[Quotient, Quotient], to: tuple[Quotient, Quotient], more: Flag, good: Flag
    ) -> Quotient:
        (above, counted), (below, whole) = of, to
        quotients = self.quotients
        if quantity.over is not Over.CAP:
            return quotients.over(above, below, good, "tỷ lệ")
        if counted is above and whole is below:
            if above.factor == below.factor and above.below is below.below:
                above = replace(above, above=self._smaller(above.above, below.above))
            else:
                above = quotients.where(more, below, above, "không quá toàn bộ")
            return quotients.over(above, below, good, "tỷ lệ")
        share = quotients.over(whole, counted, both(good, more), "phần của toàn bộ")
        more = self.integers.kept_flag("quá toàn bộ? (1: đúng)", both(good, more))
        plain_share = quotients.over(above, below, good, "tỷ lệ")
        capped = Quotient(
            self.integers.kept("tỷ lệ giới hạn: tử số", self.integers.times(plain_share.above, share.above)),
            self.integers.kept(
                "tỷ lệ giới hạn: mẫu số",
                self.integers.times(plain_share.below or self.integers.number(1), _below(share)),
            ),
            plain_share.factor * share.factor,
        )
        return quotients.where(more, capped, plain_share, "tỷ lệ, không quá toàn bộ")

    def _smaller(self, one: Whole, two: Whole) -> Whole:
        if one.is_plain and two.is_plain:
            text = f"MIN({never_blank(one.text)},{never_blank(two.text)})"
            return plain(text, list(map(min, one.values, two.values)))
        return self.integers.where(self.integers.compared([(1, one)], ">", [(1, two)]), two, one, "không quá toàn bộ")


def _below(one: Quotient) -> Whole:
    assert one.below is not None
    return one.below


# --- reasons -------------------------------------------------------------------------------------------------------


def held(flags: Sequence[Flag]) -> Flag:
    """Where all of some flags hold."""
    texts = list(dict.fromkeys(one.text for one in flags))
    text = texts[0] if len(texts) == 1 else f"AND({','.join(texts)})"
    return Flag(text, [all(row) for row in zip(*(one.values for one in flags), strict=True)])


def absent(present: Sequence[Flag], code: int) -> Whole:
    """The reason where one of some figures is missing."""
    here = held(present)
    return plain(f"IF({here.text},0,{code})", [0 if one else code for one in here.values])


def _reason(known: Sequence[Known]) -> Whole | None:
    """The gravest reason of some terms."""
    return gravest([*(one.reason for one in known if one.present is None), *_missing(known)])


def _missing(known: Sequence[Known]) -> list[Whole]:
    """The reasons of the figures among the terms, one for each code."""
    flags: dict[int, list[Flag]] = {}
    for one in known:
        if one.present is not None:
            flags.setdefault(one.code, []).append(one.present)
    return [absent(some, code) for code, some in flags.items()]


def gravest(reasons: Sequence[Whole | None]) -> Whole | None:
    """The gravest of some reasons."""
    known: dict[str, Whole] = {one.text: one for one in reasons if one is not None}
    if len(known) < 2:
        return next(iter(known.values()), None)
    values = [min(row) for row in zip(*(one.values for one in known.values()), strict=True)]
    return plain(f"MIN({','.join(known)})", values)


def first_reason(integers: Integers, one: Whole, two: Whole) -> Whole:
    """``one`` where it is a reason, else ``two``."""
    one = one if len(one.text) < _SHORT else integers.kept("lý do", one)
    return integers.where(Flag(f"{one.text}<0", [value < 0 for value in one.values]), one, two)


def coded(integers: Integers, checks: Sequence[tuple[Flag, int]]) -> Whole:
    """The code of the first check that holds, else 0."""
    found = integers.number(0)
    for flag, code in reversed(checks):
        found = integers.where(flag, integers.number(code), found)
    return found


def both(one: Flag, two: Flag) -> Flag:
    """Where both hold."""
    return Flag(f"AND({one.text},{two.text})", [a and b for a, b in zip(one.values, two.values, strict=True)])


def _not(flag: Flag) -> Flag:
    return Flag(f"NOT({flag.text})", [not one for one in flag.values])


def _zeros(number: Whole) -> list[bool]:
    return [value == 0 for value in number.values]


def negative(quotients: Quotients, value: Quotient, reason: Whole | None) -> Whole | None:
    """The reason with that of fewer than no cases."""
    if not value.signed:
        return reason
    below = quotients.compared(value, "<", Fraction(0))
    integers = quotients.integers
    code = integers.where(below, integers.number(int(NoPoints.IMPOSSIBLE)), integers.number(0))
    return code if reason is None else integers.kept("lý do", first_reason(integers, reason, code))
