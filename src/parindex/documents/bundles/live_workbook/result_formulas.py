"""Points, index, grade and rank of every unit as formulas, and what was published beside them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import (
    OUTSIDE_ROW,
    CellValue,
    Column,
    FormulaSheet,
    Head,
    quoted,
)
from parindex.documents.bundles.live_workbook.peer_formulas import rank_column
from parindex.documents.bundles.live_workbook.quotients import ZERO, Quotient, Quotients
from parindex.documents.bundles.live_workbook.sum_formulas import Shown, Sums
from parindex.documents.bundles.live_workbook.tie_formulas import tolerant_ranks
from parindex.documents.bundles.live_workbook.whole_numbers import Flag, Integers, plain
from parindex.domain.criteria.criteria_set import GradedBy, WithoutFigures
from parindex.domain.publication.recomputation import UnitOutcome
from parindex.domain.publication.snapshot import FrozenGroup
from parindex.domain.values import Rounding, exact_number, number_text

HUNDRED = Fraction(100)


class ResultFormulas:
    """Makes the sheet of results of a group."""

    def __init__(self, group: FrozenGroup, sums: Sums, sheet: FormulaSheet, integers: Integers) -> None:
        self._group, self._set, self._sums, self._sheet = group, group.criteria_set, sums, sheet
        self._integers, self._quotients = integers, Quotients(integers)
        integers.code = words.WHOLE

    def made(self, outcomes: Sequence[UnitOutcome]) -> None:
        """All columns: the sums, index, grade and rank, the published ones, and how many of them differ."""
        points, maximum = self._whole()
        graded, has_index, index = self._index(points, maximum)
        grade = self._grade(graded, has_index)
        rank = self._rank(graded, has_index)
        self._published(outcomes, [index, points.text, maximum.text, grade, rank])

    def _show(self, name: str, shown: Shown, style: str = "points") -> Shown:
        cell = self._sheet.add(Column(Head("", name), shown.values, shown.text, style))
        return Shown(cell, shown.values)

    # --- the whole ---------------------------------------------------------------------------------------------------

    def _whole(self) -> tuple[Shown, Shown]:
        sums, declared = self._sums, self._set.index
        inside = sums.points_where(OUTSIDE_ROW, 0)
        maximum = sums.maxima_where(OUTSIDE_ROW, 0)
        if not self._set.outside_items():
            return self._show(words.POINTS, inside), self._show(words.MAXIMUM, maximum)
        inside = self._show(words.INSIDE, inside)
        bonus = self._show(words.BONUS, _capped(sums.points_where(OUTSIDE_ROW, 1), declared.bonus_cap))
        penalty = self._show(words.PENALTY, _capped(sums.points_where(OUTSIDE_ROW, 2), declared.penalty_cap))
        whole = [max(ZERO, a + b - c) for a, b, c in zip(inside.values, bonus.values, penalty.values, strict=True)]
        added = f"{inside.text}+{bonus.text}-{penalty.text}"
        text = f"MAX(0,{added if sums.is_open else f'ROUND({added},{sums.places})'})"
        return self._show(words.POINTS, Shown(text, whole)), self._show(words.MAXIMUM, maximum)

    # --- the index ---------------------------------------------------------------------------------------------------

    def _index(self, points: Shown, maximum: Shown) -> tuple[Quotient, Flag, str]:
        """What grade and rank go by, where there is an index, and the cell that shows it."""
        quotients, declared = self._quotients, self._set.index
        achieved, most = self._scaled(points, self._sums.places), self._scaled(maximum, self._sums.max_places)
        assessed = Flag(f"{maximum.text}>0", [one > 0 for one in maximum.values])
        has_index = assessed
        if declared.without_figures is WithoutFigures.NOT_RANKED:
            answered = [any(row) for row in zip(*(one.answered for one in self._sums.items), strict=True)]
            held = [a and b for a, b in zip(assessed.values, answered, strict=True)]
            has_index = Flag(f"AND({assessed.text},{self._sums.answered()}>0)", held)
            has_index = self._integers.kept_flag("có chỉ số", has_index)
        index = quotients.over(achieved.times(HUNDRED), most, assessed, "chỉ số")
        text = f"{points.text}*100/{maximum.text}"
        exact = [a * HUNDRED / b if b else ZERO for a, b in zip(points.values, maximum.values, strict=True)]
        if declared.cap is not None:
            index = quotients.least(index, declared.cap, "giới hạn chỉ số")
            text, exact = f"MIN({decimal(declared.cap)},{text})", [min(declared.cap, one) for one in exact]
        if self._set.rounding.index is not None:
            index = quotients.rounded(index, self._set.rounding.index, "chỉ số đã làm tròn")
            index = Quotient(self._integers.kept("chỉ số đã làm tròn", index.above), None, index.factor)
            text, exact = index.text, index.values
        values: list[CellValue] = [value if here else "" for value, here in zip(exact, has_index.values, strict=True)]
        cell = self._sheet.add(Column(Head("", words.INDEX), values, f'IF({has_index.text},{text},"")', "points"))
        return (achieved if declared.graded_by is GradedBy.POINTS else index), has_index, cell

    def _scaled(self, shown: Shown, places: int) -> Quotient:
        """A sum as an integer of its last decimal."""
        values = [int(Rounding(places).apply(one) * 10**places) for one in shown.values]
        whole = self._integers.kept("số nguyên", plain(f"ROUND({shown.text}*1E{places},0)", values))
        if whole.most >= 2**44:
            whole = self._integers.cut(whole, "số nguyên")
        return Quotient(whole, None, Fraction(1, 10**places))

    # --- grade and rank ----------------------------------------------------------------------------------------------

    def _grade(self, graded: Quotient, has_index: Flag) -> str:
        grades = sorted(self._set.grades, key=lambda one: one.lower)
        reached = [self._quotients.compared(graded, ">=", grade.lower) for grade in grades]
        counts = [sum(row) for row in zip(*(one.values for one in reached), strict=True)] or [0] * self._sheet.units
        text = "+".join(f"({one.text})" for one in reached) + ("*1" if len(reached) == 1 else "") or "0"
        number = self._integers.kept("bậc xếp loại", plain(text, counts))
        titles = ["", *(grade.title for grade in grades)]
        listed = ",".join(quoted(title) if title else '""' for title in titles)
        values = [titles[at] if here else "" for at, here in zip(counts, has_index.values, strict=True)]
        formula = f'IF({has_index.text},CHOOSE({number.text}+1,{listed}),"")'
        return self._sheet.add(Column(Head("", words.GRADE), values, formula, "text"))

    def _rank(self, graded: Quotient, has_index: Flag) -> str:
        units = self._group.units
        ranked = [one.ranked for one in units]
        cell = self._sheet.add(
            Column(Head("", words.RANKED), [words.YES if one else words.NO for one in ranked], style="text")
        )
        if len(units) < 2 or not self._is_group():
            return self._sheet.add(Column(Head("", words.RANK), [""] * len(units)))
        known = [a and b for a, b in zip(has_index.values, ranked, strict=True)]
        condition = f'AND({has_index.text},{cell}="{words.YES}")'
        tolerance = self._set.index.tie_tolerance
        if tolerance:
            ranks = tolerant_ranks(self._quotients, graded, known, condition, tolerance)
        else:
            ranks = rank_column(self._quotients, graded, known, condition, words.RANK)
        shown = [rank if here else "" for rank, here in zip(ranks.values, known, strict=True)]
        return self._sheet.add(Column(Head("", words.RANK), shown, ranks.text, "integer"))

    def _is_group(self) -> bool:
        """Whether units of this group can be ranked: the set declares no several groups, or this one."""
        declared = {one.id for one in self._set.unit_groups}
        return len(declared) < 2 or self._group.code in declared

    # --- what was published ------------------------------------------------------------------------------------------

    def _published(self, outcomes: Sequence[UnitOutcome], cells: Sequence[str]) -> None:
        columns: list[tuple[str, list[CellValue], str]] = [
            (words.INDEX, [_number(one.index) for one in outcomes], "points"),
            (words.POINTS, [_number(one.points) for one in outcomes], "points"),
            (words.MAXIMUM, [_number(one.max_points) for one in outcomes], "points"),
            (words.GRADE, [one.grade for one in outcomes], "text"),
            (words.RANK, ["" if one.rank is None else one.rank for one in outcomes], "integer"),
        ]
        made = []
        for name, values, style in columns:
            made.append(self._sheet.add(Column(Head("", f"{name}, {words.PUBLISHED}"), values, style=style)))
        positions = {self._sheet.cell(at): column for at, column in enumerate(self._sheet.columns)}
        pairs = list(zip(cells, made, strict=True))
        differ = [
            sum(differs(positions[one].values[row], positions[two].values[row]) for one, two in pairs)
            for row in range(self._sheet.units)
        ]
        text = "+".join(difference(one, two) for one, two in pairs)
        self._sheet.add(Column(Head("", words.DIFFERENT), differ, text, "difference"))


def difference(cell: str, published: str) -> str:
    """1 where two cells differ (numbers: in their first 12 digits), else 0."""
    numbers = f"IF(ABS({cell}-{published})<=ABS({published})*1E-12,0,1)"
    return f"IF(AND(ISNUMBER({cell}),ISNUMBER({published})),{numbers},IF(EXACT({cell},{published}),0,1))"


def differs(one: CellValue, two: CellValue) -> int:
    """The same of two values."""
    if isinstance(one, str) or isinstance(two, str):
        return int(one != two)
    return int(abs(Fraction(one) - Fraction(two)) > abs(Fraction(two)) / 10**12)


def _number(text: str) -> CellValue:
    return exact_number(text) if text else ""


def _capped(shown: Shown, cap: Fraction | None) -> Shown:
    if cap is None:
        return shown
    return Shown(f"MIN({decimal(cap)},{shown.text})", [min(cap, one) for one in shown.values])


def decimal(value: Fraction) -> str:
    """A constant as a formula writes it."""
    text = number_text(value)
    return f"({text})" if "/" in text else text
