"""What the council reads while a unit answers, and until when deadlines move: by the stage of cycle and sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from parindex.domain.review import permissions as rights
from parindex.domain.review.permissions import CycleFacts, PartFacts, SheetFacts
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import Act, CycleState, SheetState

SHEET = SheetFacts(
    7, CycleFacts(1, "tinh", CycleState.OPEN), "tinh/y-te", SheetState.OPEN, datetime(2026, 1, 20, tzinfo=UTC),
    ("tinh/y-te",),
)  # fmt: skip
OFFICE = Actor(1, "office", "tinh/noi-vu", (Grant(Role.STANDING_OFFICE, "tinh"),))
APPRAISER = Actor(2, "appraiser", "tinh/tu-phap", (Grant(Role.APPRAISER, "tinh"),))
OFFICER = Actor(3, "officer", "tinh/y-te", (Grant(Role.UNIT_OFFICER, "tinh/y-te"),))


def code(reason: object) -> str:
    return getattr(reason, "code", "")


@pytest.mark.parametrize(
    ("state", "returned", "leads", "expected"),
    [
        (SheetState.RETURNED, True, ("tinh/y-te",), "sheet_being_answered"),
        (SheetState.RETURNED, False, (), "sheet_being_answered"),
        (SheetState.AWAITING_SIGNATURE, True, ("tinh/y-te",), "sheet_being_answered"),
        (SheetState.LOCKED, True, ("tinh/y-te",), "sheet_being_answered"),
        (SheetState.AWAITING_SIGNATURE, False, ("tinh/y-te",), "sheet_not_submitted"),
        # a part was returned to its lead unit before the sheet was ever submitted
        (SheetState.AWAITING_SIGNATURE, True, ("tinh/y-te", "tinh/tai-chinh"), "sheet_not_submitted"),
        (SheetState.OPEN, True, ("tinh/y-te",), "sheet_not_submitted"),
        (SheetState.RESUBMITTED, True, ("tinh/y-te",), ""),
        (SheetState.IN_APPRAISAL, False, ("tinh/y-te",), ""),
    ],
)
def test_the_council_reads_no_answer_that_nobody_has_signed(
    state: SheetState, returned: bool, leads: tuple[str, ...], expected: str
) -> None:
    sheet = replace(SHEET, state=state, returned=returned, leads=leads)
    found = refusal(rights.check_can_read_sheet, APPRAISER, sheet)
    assert code(found) == expected
    if found is not None and expected == "sheet_being_answered":
        assert found.facts == {"sheet": 7}
    still = "" if expected == "sheet_being_answered" else expected
    assert code(refusal(rights.check_can_read_submissions, APPRAISER, sheet)) == still
    assert code(refusal(rights.check_can_read_sheet, OFFICE, sheet)) == ""


def test_the_council_does_not_read_what_is_compiled_anew_while_it_waits_to_be_signed() -> None:
    leads = ("tinh/y-te", "tinh/tai-chinh")
    sheet = replace(SHEET, state=SheetState.AWAITING_SIGNATURE, leads=leads, asked=True)
    assert code(refusal(rights.check_can_read_sheet, APPRAISER, sheet)) == "sheet_being_answered"
    assert code(refusal(rights.check_can_read_submissions, APPRAISER, sheet)) == ""


LATE = [
    ({"extended": True}, SheetState.OPEN, ""),
    ({"extended": False}, SheetState.OPEN, "cycle_closed"),
    ({"extended": True, "asked": True}, SheetState.OPEN, "cycle_closed"),
]


@pytest.mark.parametrize(("facts", "state", "expected"), LATE)
def test_a_late_sheet_is_entered_and_signed_while_the_council_appraises_the_others(
    facts: dict[str, bool], state: SheetState, expected: str
) -> None:
    sheet = replace(SHEET, cycle=replace(SHEET.cycle, state=CycleState.APPRAISAL), state=state, **facts)
    part = PartFacts(1, sheet, sheet.unit, state)
    at = datetime(2026, 1, 10, tzinfo=UTC)
    assert code(refusal(rights.check_can_edit_part, OFFICER, part, at)) == expected
    assert code(refusal(rights.check_can_move_part, OFFICER, part, Act.PRESENT, at)) == expected


DEADLINES = [
    (CycleState.DRAFT, SheetState.OPEN, "cycle_not_open"),
    (CycleState.OPEN, SheetState.OPEN, ""),
    (CycleState.OPEN, SheetState.LOCKED, ""),
    (CycleState.APPRAISAL, SheetState.LOCKED, ""),
    (CycleState.APPRAISAL, SheetState.RETURNED, ""),
    (CycleState.FINALISED, SheetState.RETURNED, "cycle_closed"),
    (CycleState.PUBLISHED, SheetState.LOCKED, "cycle_closed"),
    (CycleState.CORRECTED, SheetState.LOCKED, "cycle_closed"),
]


@pytest.mark.parametrize(("cycle", "state", "expected"), DEADLINES)
def test_deadlines_move_while_units_write_or_answer(cycle: CycleState, state: SheetState, expected: str) -> None:
    sheet = replace(SHEET, cycle=replace(SHEET.cycle, state=cycle), state=state)
    assert code(refusal(rights.check_can_change_deadline, OFFICE, sheet)) == expected
    assert code(refusal(rights.check_can_ask_for_extension, OFFICER, sheet)) == expected
    assert code(refusal(rights.check_can_answer_extension, OFFICE, sheet)) == ""


def test_an_answer_that_waits_for_its_signature_may_still_get_more_time() -> None:
    cycle = replace(SHEET.cycle, state=CycleState.APPRAISAL)
    sheet = replace(SHEET, cycle=cycle, state=SheetState.AWAITING_SIGNATURE, returned=True)
    assert code(refusal(rights.check_can_change_deadline, OFFICE, sheet)) == ""
    assert code(refusal(rights.check_can_change_deadline, OFFICE, replace(sheet, returned=False))) == "cycle_closed"


@pytest.mark.parametrize("state", [SheetState.SUBMITTED, SheetState.RESUBMITTED, SheetState.IN_APPRAISAL])
def test_who_has_submitted_needs_no_more_time(state: SheetState) -> None:
    assert code(refusal(rights.check_can_ask_for_extension, OFFICER, replace(SHEET, state=state))) == "sheet_signed"


@pytest.mark.parametrize("state", list(CycleState))
def test_the_timetable_is_history_once_the_cycle_is_finalised(state: CycleState) -> None:
    running = state in (CycleState.DRAFT, CycleState.OPEN, CycleState.APPRAISAL)
    found = refusal(rights.check_can_set_timetable, OFFICE, replace(SHEET.cycle, state=state))
    assert code(found) == ("" if running else "cycle_over")


def test_no_more_time_is_asked_for_where_there_is_no_deadline() -> None:
    found = refusal(rights.check_can_ask_for_extension, OFFICER, replace(SHEET, deadline=None))
    assert code(found) == "no_deadline_to_extend"


@pytest.mark.parametrize(
    ("cycle", "state", "day", "expected"),
    [
        (CycleState.OPEN, SheetState.SUBMITTED, 10, ""),
        (CycleState.OPEN, SheetState.RESUBMITTED, 10, ""),
        (CycleState.OPEN, SheetState.OPEN, 10, "wrong_stage"),
        (CycleState.OPEN, SheetState.SUBMITTED, 21, "return_needs_extension"),
        (CycleState.APPRAISAL, SheetState.SUBMITTED, 10, "cycle_closed"),
        (CycleState.OPEN, SheetState.IN_APPRAISAL, 10, "wrong_stage"),
    ],
)
def test_who_runs_the_cycle_returns_a_submitted_sheet_until_the_appraisal(
    cycle: CycleState, state: SheetState, day: int, expected: str
) -> None:
    sheet = replace(SHEET, state=state, cycle=replace(SHEET.cycle, state=cycle))
    now = datetime(2026, 1, day, tzinfo=UTC)
    assert code(refusal(rights.check_can_return_sheet, OFFICE, sheet, now)) == expected
    if not expected:
        assert code(refusal(rights.check_can_return_sheet, OFFICER, sheet, now)) == "only_standing_office"
        assert code(refusal(rights.check_can_return_sheet, OFFICE, replace(sheet, deadline=None), now)) == ""
