"""Rules as formulas: what the docstrings of :mod:`parindex.domain.scoring.rules` say, on the rows of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatchmethod
from math import lcm

from parindex.documents.bundles.live_workbook.formula_columns import quoted
from parindex.documents.bundles.live_workbook.quantity_formulas import (
    MeasuredQuantity,
    QuantityFormulas,
    Seen,
    both,
    coded,
    first_reason,
    gravest,
    held,
    negative,
)
from parindex.documents.bundles.live_workbook.quotients import ONE, ZERO, Quotient
from parindex.documents.bundles.live_workbook.whole_numbers import Flag, Whole, plain
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.rule import NothingArose, Rule, on_step
from parindex.domain.scoring.rules.bands import Bands
from parindex.domain.scoring.rules.best import Best
from parindex.domain.scoring.rules.count import Count
from parindex.domain.scoring.rules.deduction import Deduction, Mode
from parindex.domain.scoring.rules.given import Given
from parindex.domain.scoring.rules.option import Option
from parindex.domain.scoring.rules.ratio import Ratio
from parindex.domain.scoring.rules.sum import Sum

#: At most so many texts are asked in one formula.
_ASKED = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The points of a rule, and on each row 0 where they stand, else why there are none (None: they always stand)."""

    points: Quotient
    reason: Whole | None


class RuleFormulas:
    """Makes the formulas of rules."""

    def __init__(self, quantities: QuantityFormulas) -> None:
        self._quantities = quantities
        self.quotients, self.integers = quantities.quotients, quantities.integers

    def answer(self, rule: Rule, seen: Seen) -> Answer:
        """Points and reasons of a rule, as :meth:`~parindex.domain.scoring.rule.Rule.evaluate` gives them."""
        answer = self._kind(rule, seen)
        if rule.settings.missing_is_zero and answer.reason is not None:
            answer = replace(answer, reason=self.integers.kept("lý do không có điểm", answer.reason))
            missing = _is(answer.reason or answer.points.above, NoPoints.MISSING)
            answer = self._where(missing, self._stated(ZERO), answer, "sau khi xét không báo cáo")
        if rule.settings.nothing is not None:
            answer = self._nothing_arose(rule, answer, seen)
        if rule.round is None:
            return answer
        points = self.quotients.rounded(answer.points, rule.round, "làm tròn điểm")
        if not on_step(rule.max_points, rule.round):
            points = self.quotients.least(points, rule.max_points, "không quá điểm tối đa")
        return Answer(points, answer.reason)

    # --- what is settled before the kind ---------------------------------------------------------------------------

    def _nothing_arose(self, rule: Rule, answer: Answer, seen: Seen) -> Answer:
        nothing = rule.settings.nothing
        assert nothing is not None
        flags = [self._quantities.is_zero(term, seen) for term in nothing.when]
        for measure, year in nothing.counted:
            reported = self._quantities.figures.reported(measure, seen.at(year).year)
            flags.append(self.integers.compared([(1, reported.value.above)], "=", []))
        flag = self.integers.kept_flag("không phát sinh? (1: đúng)", held(flags))
        if nothing.gives is NothingArose.LAST_YEAR and not seen.carried:
            earlier = self.answer(rule, replace(seen.at(-1), carried=True))
            given = replace(earlier, points=self._kept(earlier.points, "điểm năm trước"))
        elif isinstance(nothing.gives, Amount):
            given = self._stated(nothing.gives.points)
        else:
            not_assessed = nothing.gives is NothingArose.NOT_ASSESSED
            given = self._none(NoPoints.NOT_ASSESSED if not_assessed else NoPoints.UNDECIDED)
        return self._where(flag, given, answer, "sau khi xét không phát sinh")

    def _measured(self, answer: Answer, measured: MeasuredQuantity, stated: Amount | None) -> Answer:
        """The answer of a kind to a quantity: stated points on a base of zero, and the reasons of the quantity."""
        if measured.zero_base is not None and stated is not None:
            answer = self._where(measured.zero_base, self._stated(stated.points), answer, "sau khi xét gốc bằng 0")
        if measured.reason is None:
            return answer
        if answer.reason is None:
            return Answer(answer.points, measured.reason)
        reason = first_reason(self.integers, measured.reason, answer.reason)
        return Answer(answer.points, self.integers.kept("lý do không có điểm", reason))

    # --- kinds -----------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def _kind(self, rule: Rule, seen: Seen) -> Answer:
        raise NotImplementedError(rule.kind)  # a new kind has no formula yet: a test asks that each has one

    @_kind.register
    def _ratio(self, rule: Ratio, seen: Seen) -> Answer:
        measured = self._quantities.measured(rule.quantity, seen)
        quotients = self.quotients
        points = quotients.least(measured.value.times(rule.per_target), ONE, "không quá mục tiêu")
        if measured.value.signed:
            points = quotients.most(points, ZERO, "không dưới 0")
        points = points.times(rule.max_points)
        if rule.floor is not None:
            below = quotients.compared(measured.value, "<", rule.floor)
            points = replace(
                points, above=self.integers.where(below, self.integers.number(0), points.above, "dưới sàn")
            )
        return self._measured(Answer(points, None), measured, rule.quantity.zero_base)

    @_kind.register
    def _bands(self, rule: Bands, seen: Seen) -> Answer:
        measured = self._quantities.measured(rule.quantity, seen)
        integers, quotients = self.integers, self.quotients
        passed = [quotients.compared(measured.value, ">" if is_open else ">=", edge) for edge, is_open in rule.cuts]
        cell = integers.kept("khoảng thứ", _counted(passed, integers.sheet.units))
        gives = [rule.bands[at].gives if at >= 0 else None for at in rule.cells]
        given = [one.points if isinstance(one, Amount) else ZERO for one in gives]
        points = self._looked_up(cell, given)
        reason: Whole | None = None
        if int(NoPoints.OUTSIDE) in rule.cells:
            reason = _choose(cell, [min(at, 0) for at in rule.cells])
        answer = Answer(points, reason)
        for at, band in enumerate(rule.bands):
            if isinstance(band.gives, Rule):
                hit = _any_of(cell, [number for number, one in enumerate(rule.cells) if one == at])
                answer = self._where(hit, self.answer(band.gives, seen), answer, "quy tắc trong khoảng")
        return self._measured(answer, measured, rule.quantity.zero_base)

    @_kind.register
    def _option(self, rule: Option, seen: Seen) -> Answer:
        there = seen.at(rule.of.year)
        chosen = self._quantities.figures.chosen(rule.of.measure, there.year)
        integers = self.integers
        keys = [key for key, _ in rule.options]
        flags = [Flag(f"EXACT({chosen.cell},{quoted(key)})", [one == key for one in chosen.values]) for key in keys]
        parts = [
            integers.kept("lựa chọn thứ", _counted_at(flags[at : at + _ASKED], at + 1))
            for at in range(0, len(flags), _ASKED)
        ]
        position = integers.kept("lựa chọn thứ", integers.sum([(1, part) for part in parts]))
        points = self._looked_up(position, [ZERO, *(amount.points for _, amount in rule.options)])
        blank = Flag(f'{chosen.cell}=""', [one == "" for one in chosen.values])
        unknown = Flag(f"{position.text}=0", [one == 0 for one in position.values])
        reason = coded(integers, [(blank, there.missing), (unknown, int(NoPoints.UNKNOWN_OPTION))])
        return Answer(points, reason)

    @_kind.register
    def _count(self, rule: Count, seen: Seen) -> Answer:
        measured = self._quantities.measured(rule.quantity, seen)
        measured = replace(measured, reason=negative(self.quotients, measured.value, measured.reason))
        earned = measured.value.times(rule.each.points)
        points = self.quotients.least(earned, rule.max_points, "không quá điểm tối đa")
        if points.signed:
            points = self.quotients.most(points, ZERO, "không dưới 0")
        return self._measured(Answer(points, None), measured, rule.quantity.zero_base)

    @_kind.register
    def _deduction(self, rule: Deduction, seen: Seen) -> Answer:
        reasons: list[Whole | None] = []
        cases: list[Quotient] = []
        for case in rule.classes:
            measured = self._quantities.measured(case.quantity, seen)
            cases.append(measured.value)
            reasons.append(negative(self.quotients, measured.value, measured.reason))
        each = [case.each.points for case in rule.classes]
        quotients = self.quotients
        if rule.mode is Mode.EACH:
            terms = [(-points, number) for points, number in zip(each, cases, strict=True)]
            left = quotients.sum([(ONE, quotients.constant(rule.max_points)), *terms], "còn lại")
        else:
            left = self._less_worst(rule.max_points, each, cases)
        points = quotients.most(replace(left, above=self.integers.kept("còn lại", left.above)), ZERO, "không dưới 0")
        points = quotients.least(points, rule.max_points, "không quá điểm tối đa")
        return Answer(points, self._kept_reason(gravest(reasons)))

    @_kind.register
    def _sum(self, rule: Sum, seen: Seen) -> Answer:
        answers = [self.answer(part, seen) for part in rule.parts]
        kept = [(ONE, self._kept(one.points, "điểm của phần")) for one in answers]
        added = self.quotients.sum(kept, "cộng các phần")
        points = self.quotients.least(added, rule.max_points, "không quá điểm tối đa")
        return Answer(points, self._kept_reason(gravest([one.reason for one in answers])))

    @_kind.register
    def _best(self, rule: Best, seen: Seen) -> Answer:
        answers = [self.answer(one, seen) for one in rule.alternatives]
        answers = [Answer(self._kept(one.points, "điểm của cách"), self._kept_reason(one.reason)) for one in answers]
        points, scored = answers[0].points, _scored(answers[0], self.integers.sheet.units)
        for one in answers[1:]:
            here = _scored(one, self.integers.sheet.units)
            better = both(here, _either(_not(scored), self.quotients.compared(one.points, ">", points)))
            better = self.integers.kept_flag("cách này hơn", better)
            points = self._kept(self.quotients.where(better, one.points, points, "điểm cao nhất"), "điểm cao nhất")
            scored = _either(scored, here)
        worst = gravest([one.reason for one in answers])
        if worst is None:
            return Answer(points, None)
        worst = self.integers.kept("lý do nặng nhất", worst)
        graver = Flag(f"{worst.text}>{int(NoPoints.UNDECIDED)}", [one > NoPoints.UNDECIDED for one in worst.values])
        reason = self.integers.where(both(scored, graver), self.integers.number(0), worst)
        return Answer(points, self._kept_reason(reason))

    @_kind.register
    def _given(self, rule: Given, seen: Seen) -> Answer:
        del rule, seen
        return self._none(NoPoints.NOT_GIVEN)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _less_worst(self, maximum: Fraction, each: Sequence[Fraction], cases: Sequence[Quotient]) -> Quotient:
        """The maximum less the largest deduction of which a case occurs."""
        den = lcm(maximum.denominator, *(one.denominator for one in each))
        integers = self.integers
        taken = [
            integers.where(
                self.quotients.compared(number, ">", ZERO), integers.number(int(points * den)), integers.number(0)
            )
            for points, number in zip(each, cases, strict=True)
        ]
        worst = plain(
            f"MAX({','.join(one.text for one in taken)})",
            [max(row) for row in zip(*(one.values for one in taken), strict=True)],
        )
        left = integers.sum([(1, integers.number(int(maximum * den))), (-1, worst)], "còn lại")
        return Quotient(left, None, Fraction(1, den))

    def _looked_up(self, at: Whole, values: Sequence[Fraction]) -> Quotient:
        """The value at the position that stands in a cell, from 0."""
        den = lcm(*(one.denominator for one in values))
        return Quotient(_choose(at, [int(one * den) for one in values]), None, Fraction(1, den))

    def _stated(self, points: Fraction) -> Answer:
        return Answer(self.quotients.constant(points), None)

    def _none(self, code: NoPoints) -> Answer:
        return Answer(self.quotients.constant(ZERO), self.integers.number(int(code)))

    def _where(self, flag: Flag, yes: Answer, no: Answer, name: str) -> Answer:
        integers = self.integers
        points = self.quotients.where(flag, yes.points, no.points, name)
        if yes.reason is None and no.reason is None:
            return Answer(points, None)
        nothing = integers.number(0)
        reason = integers.where(flag, yes.reason or nothing, no.reason or nothing)
        return Answer(points, self._kept_reason(reason))

    def _kept(self, points: Quotient, name: str) -> Quotient:
        return replace(points, above=self.integers.kept(name, points.above))

    def _kept_reason(self, reason: Whole | None) -> Whole | None:
        return None if reason is None else self.integers.kept("lý do không có điểm", reason)


def _choose(at: Whole, values: Sequence[int]) -> Whole:
    listed = ",".join(str(one) for one in values)
    return plain(f"CHOOSE({at.text}+1,{listed})", [values[one] for one in at.values])


def _counted(flags: Sequence[Flag], rows: int) -> Whole:
    """How many of some flags hold."""
    if not flags:
        return plain("0", [0] * rows)
    text = "+".join(f"({one.text})" for one in flags) if len(flags) > 1 else f"({flags[0].text})*1"
    return plain(text, [sum(row) for row in zip(*(one.values for one in flags), strict=True)])


def _counted_at(flags: Sequence[Flag], first: int) -> Whole:
    """The number of the one flag that holds, counted from ``first``; 0 where none does."""
    text = "+".join(f"{one.text}*{number}" for number, one in enumerate(flags, start=first))
    rows = zip(*(one.values for one in flags), strict=True)
    return plain(text, [sum(number for number, one in enumerate(row, start=first) if one) for row in rows])


def _any_of(at: Whole, positions: Sequence[int]) -> Flag:
    texts = [f"{at.text}={one}" for one in positions] or ["FALSE"]
    text = texts[0] if len(texts) == 1 else f"OR({','.join(texts)})"
    return Flag(text, [one in positions for one in at.values])


def _is(number: Whole, code: int) -> Flag:
    return Flag(f"{number.text}={int(code)}", [one == code for one in number.values])


def _either(one: Flag, two: Flag) -> Flag:
    return Flag(f"OR({one.text},{two.text})", [a or b for a, b in zip(one.values, two.values, strict=True)])


def _not(flag: Flag) -> Flag:
    return Flag(f"NOT({flag.text})", [not one for one in flag.values])


def _scored(answer: Answer, rows: int) -> Flag:
    if answer.reason is None:
        return Flag("TRUE", [True] * rows)
    return Flag(f"{answer.reason.text}=0", [one == 0 for one in answer.reason.values])
