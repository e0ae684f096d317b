"""The appraisal of a cycle begins: every sheet that was submitted is taken up, item by item; late ones follow."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, ItemAppraisal, ScoreSheet, SheetPart
from parindex.database.models.entries import EntryState
from parindex.database.queries.appraisals import add_appraisals, entries_to_appraise
from parindex.database.queries.councils import CouncilTable, council_table, first_level, plan_of_sheet
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheet_facts, sheets
from parindex.domain.review.appraisal_permissions import check_can_begin_appraisal, check_can_enter_appraisal
from parindex.domain.review.assignments import SheetPlace
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SIGNED, Act, CycleState, SheetState, befores
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.council_moves import move_by_council, settle_stage
from parindex.usecases.flags import raise_flags
from parindex.usecases.item_standing import fixed_state
from parindex.usecases.sheet_moves import held_sheet

#: So many sheets are taken up at once: their entries fit into memory however large the cycle is.
_AT_ONCE = 200
#: What is written of each entry.
_COLUMNS = ("entry_id", "sheet_id", "item_code", "position", "state", "level")
#: Stages of a sheet that its unit has not handed in.
_STILL_OPEN = (SheetState.OPEN, SheetState.AWAITING_SIGNATURE)
#: Who takes up a late sheet.
_ENTERING = (Role.STANDING_OFFICE, Role.SECRETARY, Role.CHAIR)


@transaction.atomic
def begin_appraisal(*, by: Session, at: datetime, cycle_id: int) -> Cycle:
    """From now on the council appraises: every submitted sheet and its parts are taken up, with what stands of each of
    their entries.

    Refused while a sheet is still being written (``sheets_still_open``: it is submitted or locked first) and while a
    request not to assess an item is undecided (``requests_undecided``). What is locked stays so: its reported items
    count as unanswered. What was returned before is answered first and enters then (:func:`enter_appraisal`).
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_begin_appraisal(by.actor, cycle_facts(cycle, cycle.owner_path))
    held = list(ScoreSheet.objects.select_for_update(no_key=True).filter(cycle=cycle).order_by("pk"))
    _require_none_open(held)
    submitted = [sheet for sheet in held if sheet.state in SIGNED]
    if not submitted:
        raise Refusal("nothing_submitted")
    _require_decided(submitted)
    before = {sheet.pk: SheetState(sheet.state) for sheet in submitted}
    _take_up(submitted, by, at)
    cycle.state = CycleState.APPRAISAL
    cycle.save(update_fields=["state"])
    begin_items(cycle, submitted)
    raise_flags([sheet.pk for sheet in submitted], at=at)
    _record(cycle, submitted, before, by, at)
    return cycle


@transaction.atomic
def enter_appraisal(*, by: Session, at: datetime, sheet_id: int) -> ScoreSheet:
    """Take up a sheet that comes late: submitted after the appraisal began, or returned before it and never answered,
    once its time is over; then what stands there is appraised as it is.
    """
    sheet, parts = held_sheet(sheet_id)
    check_can_enter_appraisal(by.actor, sheet_facts(sheet, parts))
    if ItemAppraisal.objects.filter(sheet=sheet).exists():
        raise Refusal("sheet_already_taken_up")
    act = Act.TAKE_UP
    if sheet.state not in SIGNED:
        deadline = deadline_of(sheet)
        if deadline is None or at <= deadline:
            raise Refusal("sheet_still_answered", deadline=deadline)
        act = Act.CLOSE_ROUND
    _require_decided([sheet])
    begin_items(sheet.cycle, [sheet])
    raise_flags([sheet.pk], at=at)
    role = by.actor.role_at(sheet.cycle.owner_path, *_ENTERING, cycle=sheet.cycle_id)
    move_by_council(sheet, act, by=by, at=at, role=role)
    settle_stage(sheet, by=by, at=at)
    return sheet


def follow_submission(sheet: ScoreSheet, *, by: Session, at: datetime, role: Role) -> bool:
    """Take up a held sheet that was signed while the council appraises the others, by the act that leaves nothing in
    the way: the signature itself, or the decision on the last request not to assess an item. Whether it was. One that
    is under appraisal already and leaves nothing to look at is appraised.
    """
    if sheet.cycle.state != CycleState.APPRAISAL or sheet.state not in SIGNED:
        return False
    if ItemAppraisal.objects.filter(sheet=sheet).exists():
        settle_stage(sheet, by=by, at=at)
        return False
    if Entry.objects.filter(sheet=sheet, state=EntryState.NOT_ASSESSED_REQUESTED).exists():
        return False
    begin_items(sheet.cycle, [sheet])
    raise_flags([sheet.pk], at=at)
    move_by_council(sheet, Act.TAKE_UP, by=by, at=at, role=role)
    settle_stage(sheet, by=by, at=at)
    return True


def _require_none_open(held: Sequence[ScoreSheet]) -> None:
    """A unit that is answering what was returned has handed in before; it enters with its answer."""
    waiting = [sheet.pk for sheet in held if sheet.state in _STILL_OPEN]
    rows = sheets().filter(pk__in=waiting).order_by("position", "pk").prefetch_related("parts") if waiting else ()
    open_ = [sheet.unit_name for sheet in rows if not sheet_facts(sheet, sheet.parts.all()).is_being_answered]
    if open_:
        raise Refusal("sheets_still_open", units=open_)


def _require_decided(submitted: Sequence[ScoreSheet]) -> None:
    """A request that nobody has decided would leave the maximum in doubt."""
    names = {sheet.pk: sheet.unit_name for sheet in submitted}
    asked = Entry.objects.filter(sheet__in=names, state=EntryState.NOT_ASSESSED_REQUESTED)
    found = [(names[sheet], code) for sheet, code in asked.values_list("sheet_id", "item_code")]
    if found:
        raise Refusal("requests_undecided", items=found)


def _take_up(submitted: Sequence[ScoreSheet], by: Session, at: datetime) -> None:
    after = {"state": SheetState.IN_APPRAISAL, "last_act": Act.TAKE_UP, "last_act_at": at, "last_act_by": by.user}
    cycle = submitted[0].cycle_id
    states = [str(state) for state in befores(Act.TAKE_UP)]
    parts = SheetPart.objects.filter(sheet__cycle=cycle, sheet__state__in=states, state__in=states)
    parts.update(state=SheetState.IN_APPRAISAL)
    ScoreSheet.objects.filter(cycle=cycle, state__in=states).update(**after)
    for sheet in submitted:
        sheet.state = SheetState.IN_APPRAISAL


def begin_items(cycle: Cycle, taken: Sequence[ScoreSheet], only: Collection[str] | None = None) -> None:
    """What stands of every entry of the sheets that are taken up, or of some items (``only``) that have come to them
    later; a few sheets at a time.
    """
    table = council_table(cycle.pk)
    groups = {one.pk: one for one in CycleGroup.objects.filter(cycle=cycle).select_related("set_version")}
    frozen = {key: frozen_set(one.set_version) for key, one in groups.items()}
    for start in range(0, len(taken), _AT_ONCE):
        some = {sheet.pk: sheet for sheet in taken[start : start + _AT_ONCE]}
        leads = dict(SheetPart.objects.filter(sheet__in=some).values_list("pk", "lead_path"))
        rows = _appraisals(some, leads, frozen, table)
        add_appraisals.many_values(_COLUMNS, (one for one in rows if only is None or one[2] in only))


def _appraisals(
    some: Mapping[int, ScoreSheet], leads: Mapping[int, str], frozen: Mapping[int, FrozenSet], table: CouncilTable
) -> Iterator[tuple[int, int, str, int, str, int]]:
    """What begins of each entry, as :data:`_COLUMNS`."""
    lowest = first_level((), table)
    fixed_states = {
        (str(state), code, group): str(fixed_state(state, item.node.source) or AppraisalState.WAITING)
        for group, items in frozen.items() for code, item in items.items.items() for state in EntryState
    }  # fmt: skip
    levels: dict[tuple[int, int], Mapping[str, int]] = {}
    for one in entries_to_appraise(list(some)):
        sheet = some[one.sheet_id]
        items = frozen[sheet.group_id]
        if (one.sheet_id, one.part_id) not in levels:
            place = SheetPlace(sheet.pk, sheet.group_id, tuple(dict.fromkeys((sheet.unit_path, leads[one.part_id]))))
            levels[one.sheet_id, one.part_id] = _first_levels(table, place, items)
        level = levels[one.sheet_id, one.part_id].get(one.item_code, lowest)
        state = fixed_states[one.state, one.item_code, sheet.group_id]
        yield one.pk, one.sheet_id, one.item_code, one.position, state, level


def _first_levels(table: CouncilTable, place: SheetPlace, frozen: FrozenSet) -> Mapping[str, int]:
    """The lowest level at which somebody appraises each item of a sheet; items that nobody has are left out."""
    found: dict[str, int] = {}
    for level, items in sorted(plan_of_sheet(table, place, frozen).items(), reverse=True):
        found |= dict.fromkeys(items, level)
    return found


def _record(
    cycle: Cycle, submitted: Sequence[ScoreSheet], before: Mapping[int, SheetState], by: Session, at: datetime
) -> None:
    """One record of the act, and one of every sheet that it moved."""
    role = Role.STANDING_OFFICE
    audit_log.record(
        "begin_appraisal", audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at, role=role,
        before={"state": CycleState.OPEN.value}, after={"state": CycleState.APPRAISAL.value, "sheets": len(submitted)},
    )  # fmt: skip
    moved = (
        (
            audit_log.target(sheet, unit=sheet.unit_id, cycle=cycle),
            audit_log.Told({"state": str(before[sheet.pk])}, {"state": SheetState.IN_APPRAISAL.value}),
        )
        for sheet in submitted
    )
    audit_log.record_all(Act.TAKE_UP, moved, cycle=cycle.pk, by=by, at=at, role=role)
