"""A cycle as frozen columns: what stands on its sheets, a column at a time; a nation is some hundred thousand rows.

What of each entry counts: points of the council where it has settled the item, given points of surveys and agencies,
what was typed. What the council has not decided yet is pending, whatever is claimed; where nothing is claimed and
nobody has said anything it is unanswered. A sheet that was never submitted is locked: its reported items are
unanswered. Of what stands on a sheet that no leader has signed, neither points nor figures are frozen: a draft is
nobody's word, and a snapshot is public.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, Figure, GivenPoints, NotAssessedRequest
from parindex.database.models.appraisals import GivenBy
from parindex.database.models.entries import EntryState as StoredState
from parindex.database.models.entries import RequestState
from parindex.domain.criteria.criteria_set import SURVEYED, Source
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot, Texts
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.stages import UNSIGNED, SheetState
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import exact_number, number_text, parse_number

_AT_ONCE = 5000
#: States in which points of the council count; a provisional opinion counts until it is looked at again.
_GRANTED = (AppraisalState.ACCEPTED, AppraisalState.ADJUSTED, AppraisalState.PROVISIONAL)
#: States of an item on which the council has nothing left to say that would give it points.
_DECIDED = (*_GRANTED, AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED)
_ORIGINS = {GivenBy.SURVEY.value: Origin.SURVEY, GivenBy.EXTERNAL.value: Origin.EXTERNAL}
#: Who gives the points of an item that the unit does not report.
_GIVEN = SURVEYED | {Source.EXTERNAL}
#: Stages of a sheet that is being written, for the first time or because the council has asked.
_WRITTEN = UNSIGNED | {SheetState.RETURNED}
_ENTRIES = {
    StoredState.NOT_ASSESSED_REQUESTED.value: EntryState.NOT_ASSESSED_REQUESTED,
    StoredState.NOT_ASSESSED.value: EntryState.NOT_ASSESSED,
    StoredState.PENDING.value: EntryState.PENDING,
}

#: Points by sheet and item that stand in the place of those stored: a correction, before it is made.
Overrides = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet as a row of its group's columns; ``answer_until`` as in :class:`~parindex.database.models.ScoreSheet`."""

    pk: int
    unit: int
    code: str
    name: str
    state: str
    answer_until: datetime | None

    @property
    def is_locked(self) -> bool:
        """Whether the deadline has passed without a submission."""
        return self.state == SheetState.LOCKED

    @property
    def is_signed(self) -> bool:
        """Whether a submission stands: what the council asks about was signed before; what its unit took back, or the
        standing office returned, is open again.
        """
        return not self.is_locked and (self.answer_until is not None or self.state not in _WRITTEN)


class Estimate(NamedTuple):
    """What points of a survey were made of: the estimate from 0 to 1 as exact text, "" where it is not known; how many
    answers it rests on.
    """

    value: str = ""
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class GroupColumns:
    """A group with the rows of its columns; by row and item ``bases``: on what legal basis it is not assessed,
    ``estimates``: what points of a survey were made of, where that is known.
    """

    group: CycleGroup
    frozen: FrozenSet
    sheets: tuple[SheetRow, ...]
    values: FrozenGroup
    bases: Mapping[tuple[int, str], str]
    estimates: Mapping[tuple[int, str], Estimate]


def cycle_columns(
    cycle: Cycle, *, unranked: Collection[int] = (), overrides: Overrides | None = None
) -> list[GroupColumns]:
    """Every group of a cycle; ``unranked``: the sheets outside the ranking. One query, and five a group."""
    groups = cycle.groups.select_related("set_version", "cycle__owner").order_by("position", "pk")
    return [_columns(one, unranked, overrides or {}) for one in groups]


def snapshot_of(cycle: Cycle, groups: Collection[GroupColumns]) -> Snapshot:
    """The snapshot that the columns are."""
    return Snapshot(cycle.title, cycle.year, cycle.owner.code, tuple(one.values for one in groups))


def _columns(group: CycleGroup, unranked: Collection[int], overrides: Overrides) -> GroupColumns:
    frozen = frozen_set(group.set_version)
    columns = ("pk", "unit_id", "unit__code", "unit_name", "state", "answer_until")
    sheets = tuple(SheetRow(*row) for row in group.sheets.order_by("position", "pk").values_list(*columns))
    locked = frozenset(at for at, one in enumerate(sheets) if one.is_locked)
    unsigned = frozenset(at for at, one in enumerate(sheets) if not one.is_signed)
    tables = _Tables(frozen, {one.pk: at for at, one in enumerate(sheets)}, locked, unsigned)
    tables.read(group, overrides)
    reasons, bases = _not_assessed(group, tables)
    values = FrozenGroup(
        code=group.code,
        title=group.title,
        criteria_set=frozen.criteria_set,
        set_fingerprint=group.set_version.fingerprint,
        units=tuple(FrozenUnit(one.code, one.name, one.pk not in unranked) for one in sheets),
        figures=_figures(group, frozen, sheets),
        items={code: tables.item(code, reasons.get(code, {})) for code in frozen.items},
    )
    return GroupColumns(group, frozen, sheets, values, bases, tables.estimates)


@dataclass(slots=True)
class _Tables:
    """The columns as they are filled, by item; ``rows``: the row of each sheet; ``locked``: the rows of those never
    submitted, of which the council decides nothing; ``unsigned``: of all that no leader has signed.
    """

    frozen: FrozenSet
    rows: Mapping[int, int]
    locked: Collection[int]
    unsigned: Collection[int]
    states: dict[str, list[EntryState]] = field(default_factory=dict)
    typed: dict[tuple[str, Origin], list[str]] = field(default_factory=dict)
    undecided: dict[str, list[int]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    estimates: dict[tuple[int, str], Estimate] = field(default_factory=dict)

    def read(self, group: CycleGroup, overrides: Overrides) -> None:
        """Entries, points of the council, points of surveys and agencies."""
        size = len(self.rows)
        self.states = {code: [EntryState.NO_ENTRY] * size for code in self.frozen.items}
        rows = Entry.objects.filter(sheet__group=group).order_by()
        stood = ("sheet_id", "item_code", "state", "self_points", "points", "appraisal__state", "appraisal__points")
        for sheet, code, state, typed, claim, stands, granted in _read(rows, *stood):
            if code not in self.states:
                continue
            at = self.rows[sheet]
            self.states[code][at] = _ENTRIES.get(state, EntryState.NO_ENTRY)
            if at not in self.locked and self._is_undecided(code, claim, stands):
                self.undecided.setdefault(code, []).append(at)
            elif at not in self.unsigned and not self._is_above(code, typed):
                self._type(sheet, code, Origin.SELF, typed)
            if stands in _GRANTED:
                self._type(sheet, code, Origin.APPRAISED, granted)
        given = GivenPoints.objects.filter(entry__sheet__group=group, withdrawn_at=None).order_by()
        columns = ("entry__sheet_id", "entry__item_code", "given_by", "points", "standard_error", "estimate", "answers")
        for sheet, code, who, points, error, estimate, answers in _read(given, *columns):
            self._type(sheet, code, _ORIGINS[who], points)
            if error and code in self.states:
                _column(self.errors, code, size)[self.rows[sheet]] = _exact(error)
            if estimate or answers is not None:
                self.estimates[self.rows[sheet], code] = Estimate(estimate and _exact(estimate), answers)
        for (sheet, code), points in overrides.items():
            if sheet in self.rows:
                self._type(sheet, code, Origin.APPRAISED, points)

    def _is_undecided(self, code: str, claim: str, stands: str | None) -> bool:
        """Whether the council has still to decide on a claim, or on what its members say of none; ``stands`` is None
        where its appraisal has not begun.
        """
        source = self.frozen.items[code].node.source
        if stands in _DECIDED or source in SURVEYED:
            return False
        return claim != "" or source is Source.EXTERNAL or stands not in (None, AppraisalState.WAITING)

    def _is_above(self, code: str, points: str) -> bool:
        """Whether a claim is more than its item gives since the set was corrected: the council grants others."""
        return points != "" and exact_number(points) > self.frozen.items[code].max_points

    def _type(self, sheet: int, code: str, origin: Origin, points: str) -> None:
        if points != "" and code in self.states:
            _column(self.typed, (code, origin), len(self.rows))[self.rows[sheet]] = _exact(points)

    def item(self, code: str, reasons: Mapping[int, str]) -> FrozenItem:
        """The columns of one item."""
        states = self.states[code]
        typed = {origin: tuple(column) for (of, origin), column in self.typed.items() if of == code}
        for column in (column for origin, column in typed.items() if origin is not Origin.SELF):
            for at, points in enumerate(column):
                if points and states[at] is EntryState.PENDING:
                    states[at] = EntryState.NO_ENTRY
        for at in self.undecided.get(code, ()):
            if states[at] is EntryState.NO_ENTRY:
                states[at] = EntryState.PENDING
        if (self.frozen.items[code].node.source or Source.REPORT) not in _GIVEN:
            for at in self.locked:
                if states[at] is not EntryState.NOT_ASSESSED:
                    states[at] = EntryState.UNANSWERED
        texts = tuple(reasons.get(at, "") for at in range(len(states))) if reasons else ()
        return FrozenItem(tuple(states), typed, tuple(self.errors.get(code, ())), texts)


_Key = TypeVar("_Key")


def _column(table: dict[_Key, list[str]], key: _Key, size: int) -> list[str]:
    """A column of ``table``, empty where it is new."""
    found = table.get(key)
    if found is None:
        found = table[key] = [""] * size
    return found


def _read(rows: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    yield from rows.values_list(*columns).iterator(chunk_size=_AT_ONCE)


@lru_cache(maxsize=65_536)
def _exact(text: str) -> str:
    """A number as it is frozen: what was typed with a comma is the same number."""
    return number_text(exact_number(text) if "/" in text else parse_number(text))


def _not_assessed(group: CycleGroup, tables: _Tables) -> tuple[dict[str, dict[int, str]], dict[tuple[int, str], str]]:
    """Why items are not assessed, by item and row, "" where that is kept from the public; and on what legal basis."""
    reasons: dict[str, dict[int, str]] = {}
    bases: dict[tuple[int, str], str] = {}
    found = NotAssessedRequest.objects.filter(
        entry__sheet__group=group, entry__state=StoredState.NOT_ASSESSED, state=RequestState.APPROVED
    ).order_by("pk")
    columns = ("entry__sheet_id", "entry__item_code", "reason", "legal_basis", "withheld")
    for sheet, code, reason, basis, withheld in _read(found, *columns):
        at, is_public = tables.rows[sheet], withheld is None
        reasons.setdefault(code, {})[at] = reason if is_public else ""
        bases[at, code] = basis if is_public else ""
    return reasons, bases


def _figures(group: CycleGroup, frozen: FrozenSet, sheets: tuple[SheetRow, ...]) -> dict[tuple[str, int], Texts]:
    """Every figure that a rule or an identity of the set reads, a column a measure and year; those that nobody has
    entered are left out, and all of a unit whose sheet nobody has signed: no rule gives points to what was not claimed.
    """
    year = frozen.year
    wanted = {
        (measure, shifted(year, by))
        for item in frozen.items.values()
        for measure, by in (item.rule.measures() if item.rule is not None else ())
    }
    wanted |= {(measure, year) for one in frozen.criteria_set.identities for measure in (*one.left, *one.right)}
    rows = {one.unit: at for at, one in enumerate(sheets) if one.is_signed}
    found: dict[tuple[str, int], list[str]] = {}
    stored = Figure.objects.filter(
        unit__sheets__group=group,
        measure__in=sorted({measure for measure, _ in wanted}),
        year__in=sorted({of for _, of in wanted}),
    ).exclude(value="")
    columns = stored.order_by().values_list("unit_id", "measure", "year", "value")
    for unit, measure, of, value in columns.iterator(chunk_size=_AT_ONCE):
        if (measure, of) in wanted and unit in rows:
            _column(found, (measure, of), len(sheets))[rows[unit]] = value
    return {key: tuple(found[key]) for key in sorted(found)}
