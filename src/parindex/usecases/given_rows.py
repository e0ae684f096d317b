"""The rows of a table of points that surveys and agencies give, read against a cycle: everything that is wrong at once.

A row may say what its points were made of: the estimate from 0 to 1, and how many answers it rests on. Where the
criteria set says how an estimate becomes points, other points than those are refused: they would be found wrong in the
bundle of the publication, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, GivenPoints, ScoreSheet
from parindex.database.models.appraisals import GivenBy
from parindex.domain.criteria.criteria_set import SURVEYED, Source
from parindex.domain.criteria.survey_points import (
    ESTIMATE_PLACES,
    EstimateFlaw,
    PointsWay,
    StatedPoints,
    estimate_flaws,
)
from parindex.domain.errors import InvalidValue, Place, Problem
from parindex.domain.scoring.usable import ItemPlan
from parindex.domain.values import Rounding, decimal_places, number_text, parse_number
from parindex.usecases.typed_values import number_of, points_number, points_value

SOURCE_LENGTH = 500
#: No survey has more answers; a database keeps no larger number there.
MOST_ANSWERS = 2**31 - 1
#: "5000%" is a number, but nobody counts so.
_SHARE_MARKS = frozenset("%/")
_WRONG_POINTS = {"not_a_number": "given_points_unreadable", "share_for_points": "given_points_as_share"}


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row of a table: the code of a unit, an item, its points and their standard error as typed, the source; of a
    survey also the estimate that the points were made of and how many answers it rests on, as typed.

    ``line`` counts the rows of the table from 1.
    """

    line: int
    unit: str
    item: str
    points: str
    standard_error: str = ""
    source: str = ""
    source_date: date | None = None
    estimate: str = ""
    answers: str = ""


class GivenTable:
    """The sheets of a cycle, against which every row is read; what is wrong is gathered in ``problems``."""

    def __init__(self, cycle: Cycle, today: date) -> None:
        self.today = today
        self.sheets = {one.unit.code: one for one in ScoreSheet.objects.filter(cycle=cycle).select_related("unit")}
        groups = CycleGroup.objects.filter(cycle=cycle).select_related("set_version")
        self.frozen: Mapping[int, FrozenSet] = {one.pk: frozen_set(one.set_version) for one in groups}
        given = {
            code for made in self.frozen.values() for code, item in made.items.items() if giver_of(item.node.source)
        }
        rows = Entry.objects.filter(sheet__cycle=cycle, item_code__in=given).order_by()
        self.entries = {(sheet, code): key for key, sheet, code in rows.values_list("pk", "sheet_id", "item_code")}
        self._sheets = {key: sheet for (sheet, _), key in self.entries.items()}
        self.names: dict[int, tuple[str, str]] = {}
        self.first: dict[int, int] = {}
        self.problems: list[Problem] = []

    def given(self, row: GivenRow) -> GivenPoints | None:
        """What a row gives; None where something is wrong with it."""
        before = len(self.problems)
        of = self._of(row)
        item = self._item(row) if of else None
        points = self._points(row, item.max_points if item is not None else None)
        source, error = self._source(row), self._error(row)
        estimate, answers = self._estimate(row), self._answers(row)
        if of is None or item is None:
            return None
        entry, giver = of
        if giver is GivenBy.EXTERNAL and (row.estimate.strip() or row.answers.strip()):
            self._problem(row, "given_estimate_of_agency", item=row.item.strip())
        elif len(self.problems) == before:
            stated = StatedPoints(_number(points), _number(estimate), answers, _number(error))
            self._follow(row, stated, PointsWay(item.node.survey, item.node.max_points, self._step(row)))
        if len(self.problems) > before:
            return None
        return GivenPoints(
            entry_id=entry, given_by=giver, points=points, source=source, standard_error=error,
            source_date=row.source_date, estimate=estimate, answers=answers,
        )  # fmt: skip

    def _of(self, row: GivenRow) -> tuple[int, GivenBy] | None:
        """The entry that a row is about, and who gives its points; None for none that takes points so."""
        sheet = self.sheets.get(row.unit.strip())
        if sheet is None:
            self._problem(row, "given_unit_unknown", unit=row.unit)
            return None
        code = row.item.strip()
        item = self.frozen[sheet.group_id].items.get(code)
        if item is None:
            self._problem(row, "given_item_unknown", item=row.item, unit=sheet.unit_name)
            return None
        giver = giver_of(item.node.source)
        if giver is None:
            self._problem(row, "given_item_reported", item=code)
            return None
        entry = self.entries[sheet.pk, code]
        if entry in self.first:
            self._problem(row, "given_twice", item=code, unit=sheet.unit_name, first=self.first[entry])
        self.first.setdefault(entry, row.line)
        self.names[entry] = (code, sheet.unit_name)
        return entry, giver

    def _item(self, row: GivenRow) -> ItemPlan:
        """The item of a row that is about one."""
        return self.frozen[self.sheets[row.unit.strip()].group_id].items[row.item.strip()]

    def _step(self, row: GivenRow) -> Rounding | None:
        """The rounding of the items of its set."""
        return self.frozen[self.sheets[row.unit.strip()].group_id].criteria_set.rounding.item

    def sheets_of(self, made: Iterable[GivenPoints]) -> set[int]:
        """The sheets on which rows give something."""
        return {self._sheets[one.entry_id] for one in made}

    def facts_of(self, one: GivenPoints) -> dict[str, str]:
        """What the log says of points."""
        code, unit = self.names[one.entry_id]
        return {"item": code, "unit": unit, **said_of(one)}

    def _problem(self, row: GivenRow, kind: str, **facts: object) -> None:
        self.problems.append(Problem(kind, Place(row=row.line), facts))

    def _points(self, row: GivenRow, most: Fraction | None) -> str:
        """The points of a row as they are kept; ``most`` is not known of an item that takes none."""
        typed = row.points.strip()
        try:
            found = points_value(typed, points_number(typed) if most is None and typed else most or Fraction(0))
        except InvalidValue as error:
            kind = _WRONG_POINTS.get(error.kind, "given_points_out_of_range")
            if kind in _WRONG_POINTS.values():
                self._problem(row, kind, typed=typed)
            elif most is not None:
                self._problem(row, kind, typed=typed, most=most)
            return ""
        if not found:
            self._problem(row, "given_points_missing", item=row.item.strip())
        return found

    def _error(self, row: GivenRow) -> str:
        if not row.standard_error.strip():
            return ""
        try:
            value = points_number(row.standard_error)  # it is in points as they are
        except InvalidValue:
            value = None
        if value is None or value < 0:
            self._problem(row, "given_error_unreadable", typed=row.standard_error.strip())
            return ""
        return number_text(value)

    def _source(self, row: GivenRow) -> str:
        plain = " ".join(row.source.split())
        if not plain:
            self._problem(row, "given_source_missing")
        if len(plain) > SOURCE_LENGTH:
            self._problem(row, "given_source_too_long", length=len(plain), limit=SOURCE_LENGTH)
        if row.source_date is not None and row.source_date > self.today:
            self._problem(row, "given_source_in_future", day=row.source_date)
        return plain[:SOURCE_LENGTH]

    def _estimate(self, row: GivenRow) -> str:
        """The estimate of a row as it is kept, "" for none: of this one a share is the number itself, 83,5% is 0,835.
        Whether it lies from 0 to 1 is for who knows what else is said.
        """
        typed = row.estimate.strip()
        if not typed:
            return ""
        try:
            value = parse_number(typed)
        except InvalidValue:
            self._problem(row, "given_estimate_unreadable", typed=typed)
            return ""
        places = decimal_places(value)
        if places is None or places > ESTIMATE_PLACES:
            self._problem(row, "given_estimate_too_exact", typed=typed, places=ESTIMATE_PLACES)
            return ""
        return number_text(value)

    def _answers(self, row: GivenRow) -> int | None:
        """How many answers, None where a row does not say so or not as a number."""
        typed = row.answers.strip()
        if not typed:
            return None
        try:
            value = number_of(typed)
        except InvalidValue:
            value = None
        if value is None or value.denominator != 1 or value > MOST_ANSWERS or _SHARE_MARKS & set(typed):
            self._problem(row, "given_answers_unreadable", typed=typed)
            return None
        return int(value)

    def _follow(self, row: GivenRow, stated: StatedPoints, way: PointsWay) -> None:
        """The points of a row against its estimate, and what goes with it."""
        unit, estimate = self.sheets[row.unit.strip()].unit_name, stated.estimate
        about = {"item": row.item.strip(), "unit": unit}
        for flaw in estimate_flaws(stated, way):
            if flaw is EstimateFlaw.ANSWERS_BELOW_ZERO:
                self._problem(row, "given_answers_unreadable", typed=row.answers.strip())
            elif flaw is EstimateFlaw.OFF_RANGE:
                self._problem(row, "given_estimate_off_range", typed=row.estimate.strip())
                return  # nothing follows from it
            elif flaw is EstimateFlaw.TOO_FEW:
                few = {"answers": stated.answers, "minimum": way.least_answers}
                self._problem(row, "given_answers_too_few", **about, **few)
            elif flaw is EstimateFlaw.ERROR_OFF_RANGE:
                error = {"typed": row.standard_error.strip(), "most": way.max_points}
                self._problem(row, "given_error_off_range", **about, **error)
            elif estimate is not None:
                expected = way.points(estimate)
                facts = {"estimate": estimate, "typed": row.points.strip(), "expected": expected}
                self._problem(row, "given_points_not_followed", **about, **facts, most=way.max_points)


def giver_of(source: Source | None) -> GivenBy | None:
    """Who gives the points of an item; None where the unit reports it."""
    if source in SURVEYED:
        return GivenBy.SURVEY
    return GivenBy.EXTERNAL if source is Source.EXTERNAL else None


def said_of(one: GivenPoints | None) -> dict[str, str]:
    """What given points say, for the log and to be compared; nothing of none."""
    if one is None:
        return {}
    more = {"estimate": one.estimate} if one.estimate else {}
    more |= {"answers": str(one.answers)} if one.answers is not None else {}
    return {
        "points": one.points, "standard_error": one.standard_error, "source": one.source,
        "source_date": str(one.source_date or ""), **more,
    }  # fmt: skip


def _number(text: str) -> Fraction | None:
    return parse_number(text) if text else None
