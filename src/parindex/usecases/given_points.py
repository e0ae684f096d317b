"""Points that no unit claims: of surveys, and of agencies that keep the data. From a table, all of it or nothing.

What was given before stays beside what counts now; the last row that stands counts. What the council said of the
points of an agency was said of those: where others come, it stays to be read, and the item is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, GivenPoints, Opinion, ScoreSheet
from parindex.database.models.appraisals import GivenBy
from parindex.database.queries.councils import seat_in
from parindex.database.queries.key_pieces import pieces
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts, sheets
from parindex.domain.criteria.criteria_set import SURVEYED, Source
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.review.appraisal_permissions import check_can_give_points, check_can_withdraw_points
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.domain.values import number_text
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.flags import raise_flags
from parindex.usecases.item_standing import restand
from parindex.usecases.typed_values import points_number, points_value
from parindex.usecases.written_texts import reason_of
from parindex.wording.moments import local_day

SOURCE_LENGTH = 500
#: So many records are made before they are stored: a nation gives more than a hundred thousand points at once.
_LOGGED_AT_ONCE = 5_000
_WRONG_POINTS = {"not_a_number": "given_points_unreadable", "share_for_points": "given_points_as_share"}
_GIVING = (Role.SURVEY_STAFF, Role.STANDING_OFFICE)
_WITHDRAWING = (*_GIVING, Role.SECRETARY, Role.CHAIR)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row of a table: the code of a unit, an item, its points and their standard error as typed, the source.

    ``line`` counts the rows of the table from 1.
    """

    line: int
    unit: str
    item: str
    points: str
    standard_error: str = ""
    source: str = ""
    source_date: date | None = None


@transaction.atomic
def give_points(*, by: Session, at: datetime, cycle_id: int, rows: Sequence[GivenRow]) -> int:
    """Take the points of a table; how many rows say something new. Who gives them follows from the item.

    Raises :class:`InvalidInput` with every problem of every row; then nothing of the table is taken.
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_give_points(by.actor, cycle_facts(cycle, cycle.owner_path))
    if not rows:
        raise Refusal("no_rows_given")
    read = _Table(cycle, local_day(at))
    made = [found for row in rows if (found := read.given(row)) is not None]
    if read.problems:
        raise InvalidInput(read.problems)
    _hold_sheets(read.sheets_of(made))
    standing = _standing((one.entry_id for one in made), held=True)
    new = [one for one in made if _said(standing.get((one.entry_id, one.given_by))) != _said(one)]
    before = [standing[one.entry_id, one.given_by] for one in new if (one.entry_id, one.given_by) in standing]
    for some in pieces(one.pk for one in before):
        GivenPoints.objects.filter(pk__in=some).update(withdrawn_at=at)
    for one in new:
        one.recorded_by, one.recorded_at = by.user, at
    GivenPoints.objects.bulk_create(new, batch_size=500)
    points = {key: one.points for key, one in standing.items()}
    moved = [one for one in new if points.get((one.entry_id, one.given_by)) != one.points]
    ended = _end_opinions(moved, at)
    role = by.actor.role_at(cycle.owner_path, *_GIVING, cycle=cycle.pk)
    for first in range(0, len(new), _LOGGED_AT_ONCE):
        lines = (
            (
                _target(one, cycle),
                audit_log.Told(_said(standing.get((one.entry_id, one.given_by))), read.facts_of(one) | ended(one)),
            )
            for one in new[first : first + _LOGGED_AT_ONCE]
        )
        audit_log.record_all("give_points", lines, cycle=cycle.pk, by=by, at=at, role=role)
    _look_again(cycle, moved, by, at)
    return len(new)


def check_points(
    *, at: datetime, cycle_id: int, rows: Sequence[GivenRow]
) -> list[tuple[GivenPoints | None, GivenPoints]]:
    """What a table would give, row by row, beside what counts there now; nothing is stored.

    Raises :class:`InvalidInput` with every problem of every row.
    """
    read = _Table(Cycle.objects.get(pk=cycle_id), local_day(at))
    made = [found for row in rows if (found := read.given(row)) is not None]
    if read.problems:
        raise InvalidInput(read.problems)
    standing = _standing((one.entry_id for one in made), held=False)
    return [(standing.get((one.entry_id, one.given_by)), one) for one in made]


@dataclass(frozen=True, slots=True)
class TakingItem:
    """An item whose points are given so, with its maximum."""

    code: str
    title: str
    most: Fraction


def takers_of_points(cycle_id: int) -> tuple[list[tuple[str, str]], list[TakingItem]]:
    """The units of a cycle by code and name, and the items of its sets that take points so, each once."""
    units = ScoreSheet.objects.filter(cycle=cycle_id).order_by("position", "pk").values_list("unit__code", "unit_name")
    items: dict[str, TakingItem] = {}
    for group in CycleGroup.objects.filter(cycle=cycle_id).select_related("set_version").order_by("position", "pk"):
        for code, item in frozen_set(group.set_version).items.items():
            if _giver(item.node.source) is not None:
                title = item.node.display_title or item.node.title
                items.setdefault(code, TakingItem(code, title, item.max_points))
    return list(units), list(items.values())


@transaction.atomic
def withdraw_points(*, by: Session, at: datetime, given_id: int, reason: str) -> GivenPoints:
    """Points that were given by mistake count no more, with a reason; until others come there are none."""
    entry = Entry.objects.select_related("part", "sheet").get(given_points=given_id)
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=entry.sheet.cycle_id)
    _hold_sheets([entry.sheet_id])
    facts = sheet_facts(sheets().get(pk=entry.sheet_id), [entry.part])
    check_can_withdraw_points(by.actor, facts, seat_in(cycle.pk, by.user.pk))
    found = GivenPoints.objects.select_for_update(no_key=True).get(pk=given_id)
    if found.withdrawn_at is not None:
        raise Refusal("given_points_withdrawn")
    why = reason_of(reason)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    role = by.actor.role_at(cycle.owner_path, *_WITHDRAWING, cycle=cycle.pk)
    before = {"item": entry.item_code, "unit": entry.sheet.unit_name, **_said(found)}
    what, after = _target(found, cycle), _end_opinions([found], at)(found)
    audit_log.record("withdraw_given_points", what, by=by, at=at, role=role, before=before, after=after, reason=why)
    _look_again(cycle, [found], by, at)
    return found


# --- what follows ----------------------------------------------------------------------------------------------------


def _hold_sheets(keys: Iterable[int]) -> None:
    """Sheets in the order of their keys, before anything else of them: nothing is said of these meanwhile."""
    for some in pieces(keys):
        list(ScoreSheet.objects.select_for_update(no_key=True).filter(pk__in=some).order_by("pk").only("pk"))


def _end_opinions(moved: Sequence[GivenPoints], at: datetime) -> Callable[[GivenPoints], dict[str, object]]:
    """What was said of the points that an agency gave counts no more; questions stay asked. What the log says of it, by
    row.
    """
    keys = [one.entry_id for one in moved if one.given_by == GivenBy.EXTERNAL]
    ended: dict[int, list[int]] = {}
    for some in pieces(keys):
        rows = Opinion.objects.filter(entry__in=some, withdrawn_at=None).exclude(kind=str(OpinionKind.ASK))
        for entry, pk in rows.order_by("pk").values_list("entry_id", "pk"):
            ended.setdefault(entry, []).append(pk)
    for some in pieces(pk for found in ended.values() for pk in found):
        Opinion.objects.filter(pk__in=some).update(withdrawn_at=at)
    return lambda one: {"opinions": ended[one.entry_id]} if one.entry_id in ended else {}


def _look_again(cycle: Cycle, moved: Sequence[GivenPoints], by: Session, at: datetime) -> None:
    """Items of agencies whose points are others now stand anew while the council appraises, and what is noticed of them
    is found again. Nothing is said or noticed of what a survey gives.
    """
    keys = [one.entry_id for one in moved if one.given_by == GivenBy.EXTERNAL]
    if cycle.state != CycleState.APPRAISAL or not keys:
        return
    appraised: set[int] = set()
    for some in pieces(keys):
        restand(some, by=by, at=at)
        rows = Entry.objects.filter(pk__in=some, appraisal__isnull=False)
        appraised |= set(rows.order_by().values_list("sheet_id", flat=True))
    raise_flags(appraised, at=at)


class _Table:
    """The sheets of a cycle, against which every row is read; what is wrong is gathered."""

    def __init__(self, cycle: Cycle, today: date) -> None:
        self.today = today
        self.sheets = {one.unit.code: one for one in ScoreSheet.objects.filter(cycle=cycle).select_related("unit")}
        groups = CycleGroup.objects.filter(cycle=cycle).select_related("set_version")
        self.frozen: Mapping[int, FrozenSet] = {one.pk: frozen_set(one.set_version) for one in groups}
        given = {code for made in self.frozen.values() for code, item in made.items.items() if _giver(item.node.source)}
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
        most = self.frozen[self.sheets[row.unit.strip()].group_id].items[row.item.strip()].max_points if of else None
        points, source, error = self._points(row, most), self._source(row), self._error(row)
        if of is None or len(self.problems) > before:
            return None
        entry, giver = of
        return GivenPoints(
            entry_id=entry, given_by=giver, points=points, source=source, standard_error=error,
            source_date=row.source_date,
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
        giver = _giver(item.node.source)
        if giver is None:
            self._problem(row, "given_item_reported", item=code)
            return None
        entry = self.entries[sheet.pk, code]
        if entry in self.first:
            self._problem(row, "given_twice", item=code, unit=sheet.unit_name, first=self.first[entry])
        self.first.setdefault(entry, row.line)
        self.names[entry] = (code, sheet.unit_name)
        return entry, giver

    def sheets_of(self, made: Iterable[GivenPoints]) -> set[int]:
        """The sheets on which rows give something."""
        return {self._sheets[one.entry_id] for one in made}

    def facts_of(self, one: GivenPoints) -> dict[str, str]:
        """What the log says of points."""
        code, unit = self.names[one.entry_id]
        return {"item": code, "unit": unit, **_said(one)}

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


def _giver(source: Source | None) -> GivenBy | None:
    """Who gives the points of an item; None where the unit reports it."""
    if source in SURVEYED:
        return GivenBy.SURVEY
    return GivenBy.EXTERNAL if source is Source.EXTERNAL else None


def _standing(entries: Iterable[int], *, held: bool) -> dict[tuple[int, str], GivenPoints]:
    """What counts now, by entry and giver."""
    rows = GivenPoints.objects.select_for_update(no_key=True) if held else GivenPoints.objects.all()
    found: dict[tuple[int, str], GivenPoints] = {}
    for some in pieces(entries):
        given = rows.filter(entry__in=some, withdrawn_at=None).order_by("pk")
        found |= {(one.entry_id, one.given_by): one for one in given}
    return found


def _said(one: GivenPoints | None) -> dict[str, str]:
    if one is None:
        return {}
    return {
        "points": one.points, "standard_error": one.standard_error, "source": one.source,
        "source_date": str(one.source_date or ""),
    }  # fmt: skip


def _target(one: GivenPoints, cycle: Cycle) -> audit_log.Target:
    return audit_log.target(one, unit=cycle.owner_id, cycle=cycle)
