"""Who may do what of a council: every check against every character."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from parindex.domain.review import appraisal_permissions as rights
from parindex.domain.review.appraisal_permissions import ItemFacts, Seat
from parindex.domain.review.further_explanation_permissions import check_can_withdraw_question
from parindex.domain.review.permissions import CycleFacts, SheetFacts
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import CycleState, SheetState

CYCLE = CycleFacts(1, "tinh", CycleState.APPRAISAL)
SHEET = SheetFacts(1, CYCLE, "tinh/y-te", SheetState.IN_APPRAISAL, None, ("tinh/y-te",))
WHOLE = SheetFacts(2, CYCLE, "tinh", SheetState.IN_APPRAISAL, None, ("tinh/noi-vu",))
NONE = Seat()


def person(number: int, name: str, employer: str, *grants: Grant, follows: tuple[str, ...] = ()) -> Actor:
    return Actor(number, name, employer, grants, follows)


CAST = {
    one.name: one
    for one in (
        person(1, "office", "tinh/noi-vu", Grant(Role.STANDING_OFFICE, "tinh")),
        person(2, "chair", "tinh", Grant(Role.CHAIR, "tinh")),
        person(3, "secretary", "tinh/noi-vu", Grant(Role.SECRETARY, "tinh", cycle=1)),
        person(4, "appraiser", "tinh/tai-chinh", Grant(Role.APPRAISER, "tinh")),
        person(5, "unassigned", "tinh/tai-chinh", Grant(Role.APPRAISER, "tinh")),
        person(6, "own", "tinh/y-te/phong", Grant(Role.APPRAISER, "tinh")),
        person(7, "successor", "tinh/moi", Grant(Role.APPRAISER, "tinh"), follows=("tinh/y-te",)),
        person(8, "of another cycle", "tinh/tai-chinh", Grant(Role.APPRAISER, "tinh", cycle=9)),
        person(9, "leader", "tinh/y-te", Grant(Role.UNIT_LEADER, "tinh/y-te")),
        person(10, "survey staff", "tinh/noi-vu", Grant(Role.SURVEY_STAFF, "tinh")),
        person(11, "auditor", "tinh/thanh-tra", Grant(Role.AUDITOR, "tinh", subtree=True)),
        person(12, "officer too", "tinh", Grant(Role.CHAIR, "tinh"), Grant(Role.UNIT_OFFICER, "tinh/y-te")),
    )
}
ASSIGNED = (4, 6, 7, 8, 9)
ITEM = ItemFacts(SHEET, ASSIGNED)
COUNCIL = {"chair", "secretary", "appraiser", "unassigned", "own", "successor", "officer too"}
CHAIRS = {"chair", "officer too"}
BARRED = {"own", "successor", "officer too"}


def allowed(check: Callable[[Actor], object]) -> set[str]:
    return {name for name, actor in CAST.items() if refusal(check, actor) is None}


def why(check: Callable[..., object], name: str, *args: object) -> str:
    found = refusal(check, CAST[name], *args)  # type: ignore[arg-type]
    assert found is not None
    return found.code


def in_state(state: CycleState) -> CycleFacts:
    return replace(CYCLE, state=state)


@pytest.mark.parametrize(
    ("check", "states", "who"),
    [
        (rights.check_can_see_appraisal, set(CycleState), COUNCIL | {"office", "auditor"}),
        (rights.check_can_read_results, set(CycleState), COUNCIL | {"office", "auditor"}),
        (rights.check_can_compose_council, {"draft", "open", "appraisal"}, {"office", "secretary"}),
        (rights.check_can_name_substitute, {"draft", "open", "appraisal"}, CHAIRS),
        (rights.check_can_begin_appraisal, {"open"}, {"office"}),
        (rights.check_can_finalise, {"appraisal"}, CHAIRS),
        (rights.check_can_resume, {"finalised"}, CHAIRS),
        (rights.check_can_publish, {"finalised"}, CHAIRS),
        (rights.check_can_correct, {"published", "corrected"}, CHAIRS),
        (rights.check_can_give_points, {"open", "appraisal"}, {"office", "survey staff"}),
        (rights.check_can_see_given_points, set(CycleState), COUNCIL | {"office", "auditor", "survey staff"}),
        (rights.check_can_commend, {"published", "corrected"}, {"office"}),
        (rights.check_can_see_commendations, {"published", "corrected"}, {"office", "auditor"}),
    ],
)
def test_what_is_done_with_a_cycle_and_when(
    check: Callable[[Actor, CycleFacts], None], states: set[str], who: set[str]
) -> None:
    for state in CycleState:
        cycle = in_state(state)
        assert allowed(lambda one, cycle=cycle: check(one, cycle)) == (who if state in states else set()), state


def test_who_appraises_an_item() -> None:
    assert allowed(lambda one: rights.check_can_appraise(one, ITEM, NONE)) == {"chair", "appraiser"}
    for check in (rights.check_can_weigh, rights.check_can_dismiss_flag):
        assert allowed(lambda one, check=check: check(one, ITEM, NONE)) == {"chair", "secretary", "appraiser"}
    assert allowed(lambda one: rights.check_can_decide(one, SHEET, NONE)) == {"chair"}
    assert allowed(lambda one: rights.check_can_take_back(one, SHEET, NONE)) == COUNCIL - BARRED
    assert allowed(lambda one: rights.check_can_vote(one, SHEET, NONE)) == COUNCIL - BARRED
    for keep in (rights.check_can_keep_votes, rights.check_can_ask_units):
        assert allowed(lambda one, keep=keep: keep(one, SHEET, NONE)) == {"chair", "secretary"}
    asked = allowed(lambda one: check_can_withdraw_question(one, SHEET, 4, NONE))
    assert asked == {"chair", "secretary", "appraiser"}


def test_nobody_appraises_what_the_own_unit_reports_or_leads() -> None:
    for name in BARRED:
        assert why(rights.check_can_appraise, name, ITEM, NONE) == "own_unit_not_appraised"
        assert why(rights.check_can_vote, name, SHEET, NONE) == "own_unit_not_appraised"
        assert why(rights.check_can_take_back, name, SHEET, NONE) == "own_unit_not_appraised"
    assert why(rights.check_can_decide, "officer too", SHEET, NONE) == "own_unit_by_other_chair"
    for keep in (rights.check_can_keep_votes, rights.check_can_ask_units):
        assert why(keep, "officer too", SHEET, NONE) == "own_unit_kept_by_others"
        assert why(keep, "secretary", WHOLE, NONE) == "own_unit_kept_by_others"
    assert why(check_can_withdraw_question, "secretary", WHOLE, 4, NONE) == "own_unit_kept_by_others"
    item = ItemFacts(WHOLE, (1, 3, 4, 6))
    assert why(rights.check_can_weigh, "secretary", item, NONE) == "own_unit_not_appraised"
    # The owner employs everybody: the chair of the province appraises the sheet of the province.
    assert allowed(lambda one: rights.check_can_appraise(one, item, NONE)) == {
        "chair",
        "appraiser",
        "own",
        "officer too",
    }


def test_nobody_appraises_a_unit_declared_in_conflict() -> None:
    for conflict in ("tinh/y-te", "tinh"):
        assert why(rights.check_can_appraise, "appraiser", ITEM, Seat((conflict,))) == "own_unit_not_appraised"
    assert refusal(rights.check_can_appraise, CAST["appraiser"], ITEM, Seat(("tinh/y", "tinh/y-te/phong"))) is None
    conflict = Seat(("tinh/y-te",))
    assert why(rights.check_can_decide, "chair", SHEET, conflict) == "own_unit_by_other_chair"
    assert why(rights.check_can_keep_votes, "chair", SHEET, conflict) == "own_unit_kept_by_others"
    assert why(check_can_withdraw_question, "appraiser", SHEET, 4, conflict) == "own_unit_kept_by_others"


def test_who_withdraws_points_that_a_survey_or_agency_gave() -> None:
    may = {"office", "survey staff", "chair", "secretary"}
    assert allowed(lambda one: rights.check_can_withdraw_points(one, SHEET, NONE)) == may
    assert why(rights.check_can_withdraw_points, "officer too", SHEET, NONE) == "own_unit_not_appraised"
    assert why(rights.check_can_withdraw_points, "chair", SHEET, Seat(("tinh",))) == "own_unit_not_appraised"
    over = replace(SHEET, cycle=in_state(CycleState.FINALISED))
    assert why(rights.check_can_withdraw_points, "secretary", over, NONE) == "cycle_over"


def test_what_is_being_explained_waits() -> None:
    assert why(rights.check_can_appraise, "chair", replace(ITEM, asked=True), NONE) == "item_being_explained"
    assert why(rights.check_can_appraise, "unassigned", ITEM, NONE) == "not_assigned"
    assert why(rights.check_can_appraise, "leader", ITEM, NONE) == "only_council"


def test_what_is_decided_is_the_reason_where_it_is_for_nobody_else() -> None:
    decided = replace(ITEM, decided=True)
    for name in ("secretary", "unassigned"):
        assert why(rights.check_can_appraise, name, decided, NONE) == "item_decided"
    assert why(rights.check_can_weigh, "unassigned", decided, NONE) == "item_decided"
    assert why(rights.check_can_appraise, "own", decided, NONE) == "own_unit_not_appraised"
    assert why(rights.check_can_appraise, "leader", decided, NONE) == "only_council"
    assert allowed(lambda one: rights.check_can_appraise(one, decided, NONE)) == {"chair", "appraiser"}
    assert why(rights.check_can_take_back, "leader", SHEET, NONE) == "only_council"
    assert why(rights.check_can_vote, "leader", SHEET, NONE) == "only_council"


def test_when_the_council_may_say_something_of_a_sheet() -> None:
    states = {"in_appraisal", "returned", "resubmitted", "appraised"}
    for state in SheetState:
        found = refusal(rights.check_is_appraised, replace(SHEET, state=state))
        assert (found is None) == (state in states), state
    answering = replace(SHEET, state=SheetState.AWAITING_SIGNATURE, returned=True)
    assert refusal(rights.check_is_appraised, answering) is None
    over = replace(SHEET, cycle=in_state(CycleState.FINALISED))
    assert why(rights.check_can_decide, "chair", over, NONE) == "cycle_not_in_appraisal"


def test_who_takes_up_a_late_sheet() -> None:
    late = replace(SHEET, state=SheetState.SUBMITTED)
    assert allowed(lambda one: rights.check_can_enter_appraisal(one, late)) == CHAIRS | {"office", "secretary"}
    assert why(rights.check_can_enter_appraisal, "office", SHEET) == "sheet_not_submitted_yet"
    early = replace(late, cycle=in_state(CycleState.OPEN))
    assert why(rights.check_can_enter_appraisal, "office", early) == "cycle_not_in_appraisal"
