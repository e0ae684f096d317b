"""The stages of sheets and parts: the table of transitions, and who may move what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from parindex.domain.review.permissions import (
    CycleFacts,
    PartFacts,
    SheetFacts,
    check_can_assign_parts,
    check_can_compile,
    check_can_edit_part,
    check_can_move_part,
    check_can_read_sheet,
    check_can_review_parts,
    check_can_send_back_sheet,
    check_can_submit_sheet,
    check_can_withdraw_sheet,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import TRANSITIONS, Act, CycleState, SheetState, transition

NOW = datetime(2025, 1, 20, 9, tzinfo=UTC)
CYCLE = CycleFacts(1, "bo", CycleState.OPEN)
SHEET = SheetFacts(7, CYCLE, "bo/tinh", SheetState.OPEN, NOW + timedelta(days=2), ("bo/tinh", "bo/tinh/so"))
WHOLE = replace(SHEET, leads=("bo/tinh",))
PART = PartFacts(3, SHEET, "bo/tinh/so", SheetState.OPEN)


def person(*grants: tuple[Role, str]) -> Actor:
    """Somebody with roles at units."""
    return Actor(1, "A", grants[0][1], tuple(Grant(role, path) for role, path in grants))


LEADER, HEAD = person((Role.UNIT_LEADER, "bo/tinh/so")), person((Role.UNIT_LEADER, "bo/tinh"))
OFFICER, OFFICE = person((Role.UNIT_OFFICER, "bo/tinh/so")), person((Role.STANDING_OFFICE, "bo/tinh"))
OWNER = person((Role.STANDING_OFFICE, "bo"))


def part(state: SheetState, sheet: SheetState = SheetState.OPEN) -> PartFacts:
    """The part in one stage, its sheet in another."""
    return replace(PART, state=state, sheet=replace(SHEET, state=sheet))


def code(check: Callable[..., None], *args: object) -> str:
    """Why a check refuses; "" where it allows."""
    found = refusal(check, *args)
    return found.code if found else ""


def test_every_act_has_one_way_from_each_stage() -> None:
    ways = [(one.act, one.before, one.again) for one in TRANSITIONS]
    assert len(ways) == len(set(ways))
    assert all(one.roles for one in TRANSITIONS if one.act not in (Act.LOCK, Act.CLOSE_ROUND))


def test_what_was_returned_is_signed_as_an_answer() -> None:
    waiting = SheetState.AWAITING_SIGNATURE
    assert transition(Act.SUBMIT, waiting).after is SheetState.SUBMITTED
    assert transition(Act.SUBMIT, waiting, again=True).after is SheetState.RESUBMITTED
    assert transition(Act.SEND_BACK, waiting, again=True).after is SheetState.RETURNED
    assert transition(Act.PRESENT, SheetState.RETURNED, again=True).after is waiting


def test_what_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        transition(Act.WITHDRAW, SheetState.OPEN)
    assert (refused.value.code, refused.value.facts["state"]) == ("wrong_stage", SheetState.OPEN)


@pytest.mark.parametrize(
    ("actor", "act", "facts", "expected"),
    [
        (OFFICER, Act.PRESENT, part(SheetState.OPEN), ""),
        (OFFICER, Act.SUBMIT, part(SheetState.AWAITING_SIGNATURE), "wrong_role"),
        (LEADER, Act.SUBMIT, part(SheetState.AWAITING_SIGNATURE), ""),
        (HEAD, Act.SUBMIT, part(SheetState.AWAITING_SIGNATURE), "wrong_role"),
        (LEADER, Act.WITHDRAW, part(SheetState.SUBMITTED), ""),
        (LEADER, Act.WITHDRAW, part(SheetState.SUBMITTED, SheetState.AWAITING_SIGNATURE), "sheet_compiled"),
        (LEADER, Act.WITHDRAW, part(SheetState.SUBMITTED, SheetState.SUBMITTED), "sheet_compiled"),
        (LEADER, Act.WITHDRAW, part(SheetState.SUBMITTED, SheetState.LOCKED), "sheet_locked"),
        (OFFICE, Act.RETURN, part(SheetState.SUBMITTED), ""),
        (OFFICE, Act.RETURN, part(SheetState.SUBMITTED, SheetState.SUBMITTED), "sheet_compiled"),
        (OWNER, Act.RETURN, part(SheetState.SUBMITTED), "wrong_role"),
    ],
)
def test_moving_a_part(actor: Actor, act: Act, facts: PartFacts, expected: str) -> None:
    assert code(check_can_move_part, actor, facts, act, NOW) == expected


def test_a_sheet_without_parts_is_not_returned_part_by_part() -> None:
    whole = PartFacts(3, replace(WHOLE, state=SheetState.SUBMITTED), "bo/tinh", SheetState.SUBMITTED)
    assert code(check_can_move_part, OFFICE, whole, Act.RETURN, NOW) == "sheet_without_parts"
    assert code(check_can_move_part, HEAD, whole, Act.WITHDRAW, NOW) == ""


def test_nothing_moves_after_the_deadline_or_outside_the_phase() -> None:
    late = NOW + timedelta(days=3)
    assert code(check_can_move_part, LEADER, PART, Act.SUBMIT, late) == "deadline_passed"
    for state, expected in ((CycleState.DRAFT, "cycle_not_open"), (CycleState.APPRAISAL, "cycle_closed")):
        closed = replace(PART, sheet=replace(SHEET, cycle=replace(CYCLE, state=state)))
        assert code(check_can_move_part, LEADER, closed, Act.SUBMIT, NOW) == expected


IN_APPRAISAL = replace(CYCLE, state=CycleState.APPRAISAL)


@pytest.mark.parametrize(
    ("actor", "act", "state", "returned", "expected"),
    [
        (OFFICER, Act.PRESENT, SheetState.RETURNED, True, ""),
        (OFFICER, Act.PRESENT, SheetState.RETURNED, False, ""),  # the state says so
        (LEADER, Act.SUBMIT, SheetState.RETURNED, True, ""),
        (LEADER, Act.SUBMIT, SheetState.AWAITING_SIGNATURE, True, ""),
        (OFFICER, Act.SEND_BACK, SheetState.AWAITING_SIGNATURE, True, ""),
        (LEADER, Act.SUBMIT, SheetState.AWAITING_SIGNATURE, False, "cycle_closed"),
        (OFFICER, Act.PRESENT, SheetState.OPEN, False, "cycle_closed"),
        (LEADER, Act.WITHDRAW, SheetState.RESUBMITTED, True, "cycle_closed"),
    ],
)
def test_what_was_returned_is_answered_while_the_council_appraises(
    actor: Actor, act: Act, state: SheetState, returned: bool, expected: str
) -> None:
    facts = replace(part(state), sheet=replace(SHEET, cycle=IN_APPRAISAL), returned=returned)
    assert code(check_can_move_part, actor, facts, act, NOW) == expected
    if state is SheetState.RETURNED:
        assert code(check_can_edit_part, actor, facts, NOW) == ""
    final = replace(facts, sheet=replace(SHEET, cycle=replace(CYCLE, state=CycleState.FINALISED)))
    assert code(check_can_move_part, actor, final, act, NOW) == "cycle_closed"


def test_a_returned_sheet_in_parts_goes_its_way_again_while_the_council_appraises() -> None:
    sheet = replace(SHEET, cycle=IN_APPRAISAL, state=SheetState.RETURNED)
    signed = replace(part(SheetState.SUBMITTED), sheet=sheet)
    assert code(check_can_move_part, OFFICE, signed, Act.RETURN, NOW) == ""
    assert code(check_can_compile, OFFICE, sheet, NOW) == ""
    compiled = replace(sheet, state=SheetState.AWAITING_SIGNATURE, returned=True)
    assert code(check_can_submit_sheet, HEAD, compiled, NOW) == ""
    assert code(check_can_send_back_sheet, OFFICE, compiled, NOW) == ""
    never = replace(compiled, returned=False)
    assert code(check_can_submit_sheet, HEAD, never, NOW) == "cycle_closed"
    still_open = replace(part(SheetState.SUBMITTED), sheet=replace(sheet, state=SheetState.OPEN))
    assert code(check_can_move_part, OFFICE, still_open, Act.RETURN, NOW) == "cycle_closed"


@pytest.mark.parametrize("state", [CycleState.FINALISED, CycleState.PUBLISHED, CycleState.CORRECTED])
def test_nothing_is_answered_once_results_are_final(state: CycleState) -> None:
    facts = replace(part(SheetState.RETURNED), sheet=replace(SHEET, cycle=replace(CYCLE, state=state)))
    assert code(check_can_edit_part, OFFICER, facts, NOW) == "cycle_closed"


def test_the_whole_is_compiled_by_the_office_and_submitted_by_the_head() -> None:
    compiled = replace(SHEET, state=SheetState.AWAITING_SIGNATURE)
    assert code(check_can_compile, OFFICE, SHEET, NOW) == ""
    assert code(check_can_compile, OWNER, SHEET, NOW) == "only_office_of_body"
    assert code(check_can_compile, OFFICE, WHOLE, NOW) == "sheet_without_parts"
    assert code(check_can_compile, OFFICE, compiled, NOW) == "wrong_stage"
    assert code(check_can_submit_sheet, HEAD, SHEET, NOW) == "sheet_not_compiled"
    assert code(check_can_submit_sheet, HEAD, WHOLE, NOW) == ""
    assert code(check_can_submit_sheet, HEAD, compiled, NOW) == ""
    assert code(check_can_submit_sheet, LEADER, compiled, NOW) == "wrong_role"
    assert code(check_can_send_back_sheet, OFFICE, compiled, NOW) == ""
    assert code(check_can_send_back_sheet, LEADER, compiled, NOW) == "wrong_role"


def test_a_submission_is_withdrawn_by_the_head_alone() -> None:
    submitted = replace(SHEET, state=SheetState.SUBMITTED)
    assert code(check_can_withdraw_sheet, HEAD, submitted, NOW) == ""
    assert code(check_can_withdraw_sheet, OFFICE, submitted, NOW) == "wrong_role"
    assert code(check_can_withdraw_sheet, HEAD, replace(SHEET, state=SheetState.IN_APPRAISAL), NOW) == "wrong_stage"


def test_items_are_assigned_until_the_sheet_is_compiled() -> None:
    assert code(check_can_assign_parts, OFFICE, SHEET) == ""
    assert code(check_can_assign_parts, OFFICE, replace(SHEET, cycle=replace(CYCLE, state=CycleState.DRAFT))) == ""
    assert code(check_can_assign_parts, HEAD, SHEET) == "only_office_of_body"
    assert code(check_can_assign_parts, OFFICE, replace(SHEET, state=SheetState.SUBMITTED)) == "sheet_compiled"
    appraised = replace(SHEET, cycle=replace(CYCLE, state=CycleState.APPRAISAL))
    assert code(check_can_assign_parts, OFFICE, appraised) == "cycle_closed"
    assert code(check_can_review_parts, OWNER, SHEET) == "only_office_of_body"


def test_nothing_is_written_in_a_part_of_a_compiled_or_locked_sheet() -> None:
    assert code(check_can_edit_part, OFFICER, PART, NOW) == ""
    compiled = part(SheetState.RETURNED, SheetState.AWAITING_SIGNATURE)
    assert code(check_can_edit_part, OFFICER, compiled, NOW) == "sheet_signed"
    assert code(check_can_edit_part, OFFICER, part(SheetState.RETURNED, SheetState.LOCKED), NOW) == "sheet_still_locked"


def test_the_office_of_the_body_reads_its_sheet_in_the_cycle_of_another_owner() -> None:
    assert code(check_can_read_sheet, OFFICE, SHEET) == ""
    assert code(check_can_read_sheet, person((Role.STANDING_OFFICE, "bo/tinh-khac")), SHEET) == "sheet_of_other_unit"
