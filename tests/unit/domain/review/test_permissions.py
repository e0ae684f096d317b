"""Who may do what: every check against every character, so that a right that nobody meant shows as a name too many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from parindex.domain.review import account_permissions as accounts
from parindex.domain.review import evidence_permissions as proofs
from parindex.domain.review import permissions as rights
from parindex.domain.review.evidence_permissions import EvidenceFacts
from parindex.domain.review.log_permissions import log_scopes
from parindex.domain.review.permissions import CycleFacts, PartFacts, SheetFacts
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import TRANSITIONS, Act, CycleState, SheetState

NOW = datetime(2026, 1, 20, 9, tzinfo=UTC)
CYCLE = CycleFacts(1, "tinh", CycleState.OPEN)
#: The sheet of a department, which it fills alone; and that of the province, led by two departments.
SHEET = SheetFacts(1, CYCLE, "tinh/y-te", SheetState.OPEN, NOW + timedelta(days=3), ("tinh/y-te",))
PART = PartFacts(1, SHEET, "tinh/y-te", SheetState.OPEN)
WHOLE = SheetFacts(2, CYCLE, "tinh", SheetState.OPEN, NOW + timedelta(days=3), ("tinh/y-te", "tinh/tu-phap"))
LED = PartFacts(2, WHOLE, "tinh/y-te", SheetState.OPEN)


def person(name: str, employer: str, role: Role, at: str, *, subtree: bool = False, cycle: int | None = None) -> Actor:
    return Actor(len(name), name, employer, (Grant(role, at, subtree, cycle),))


CAST = {
    actor.name: actor
    for actor in (
        person("administrator", "tinh/noi-vu", Role.ADMINISTRATOR, "tinh", subtree=True),
        person("office", "tinh/noi-vu", Role.STANDING_OFFICE, "tinh"),
        person("head", "tinh", Role.UNIT_LEADER, "tinh"),
        person("officer", "tinh/y-te", Role.UNIT_OFFICER, "tinh/y-te"),
        person("leader", "tinh/y-te", Role.UNIT_LEADER, "tinh/y-te"),
        person("stranger", "tinh/tu-phap", Role.UNIT_OFFICER, "tinh/tu-phap"),
        person("other leader", "tinh/tu-phap", Role.UNIT_LEADER, "tinh/tu-phap"),
        person("chair", "tinh", Role.CHAIR, "tinh"),
        person("secretary", "tinh/noi-vu", Role.SECRETARY, "tinh"),
        person("appraiser", "tinh/tu-phap", Role.APPRAISER, "tinh"),
        person("appraiser of another cycle", "tinh/tu-phap", Role.APPRAISER, "tinh", cycle=9),
        person("survey staff", "tinh/noi-vu", Role.SURVEY_STAFF, "tinh"),
        person("auditor", "tinh/thanh-tra", Role.AUDITOR, "tinh", subtree=True),
        person("foreign office", "khac/noi-vu", Role.STANDING_OFFICE, "khac"),
        person("nobody", "tinh/y-te", Role.UNIT_OFFICER, "tinh/y-te/phong"),
    )
}


def allowed(check: Callable[[Actor], object]) -> set[str]:
    return {name for name, actor in CAST.items() if refusal(check, actor) is None}


OFFICE = {"office"}
OFFICES = {"tinh", "khac"}
UNIT = {"officer", "leader"}
COUNCIL = {"chair", "secretary", "appraiser"}
LEADERS = {"leader"}
MANAGERS = {"administrator", "office"}

TABLE: list[tuple[str, Callable[[Actor], object], set[str]]] = [
    ("units", lambda one: accounts.check_can_manage_units(one, "tinh/y-te", offices=OFFICES), MANAGERS),
    ("the owner itself", lambda one: accounts.check_can_manage_units(one, "tinh", offices=OFFICES), {"administrator"}),
    ("units below the owner", lambda one: accounts.check_can_put_units_below(one, "tinh", offices=OFFICES), MANAGERS),
    ("accounts", lambda one: accounts.check_can_manage_accounts(one, "tinh/y-te", offices=OFFICES),
     MANAGERS | {"leader"}),
    ("accounts above", lambda one: accounts.check_can_manage_accounts(one, "tinh", offices=OFFICES),
     MANAGERS | {"head"}),
    ("make an officer", lambda one: accounts.check_can_grant(one, Role.UNIT_OFFICER, "tinh/y-te", offices=OFFICES),
     MANAGERS | {"leader"}),
    ("make a chair", lambda one: accounts.check_can_grant(one, Role.CHAIR, "tinh", offices=OFFICES), MANAGERS),
    ("make an administrator",
     lambda one: accounts.check_can_grant(one, Role.ADMINISTRATOR, "tinh", offices=OFFICES), {"administrator"}),
    ("keep an officer's account",
     lambda one: accounts.check_can_manage_person(one, "tinh/y-te", CAST["officer"].grants, offices=OFFICES),
     MANAGERS | {"leader"}),
    ("give an officer's login anew",
     lambda one: accounts.check_can_reset_login(one, "tinh/y-te", CAST["officer"].grants, offices=OFFICES),
     {"administrator", "leader"}),
    ("keep the office's account",
     lambda one: accounts.check_can_manage_person(one, "tinh/noi-vu", CAST["office"].grants, offices=OFFICES),
     MANAGERS),
    ("see an account",
     lambda one: accounts.check_can_see_person(one, "tinh/noi-vu", CAST["officer"].grants, offices=OFFICES),
     MANAGERS | {"leader"}),
    ("keep sets", lambda one: rights.check_can_manage_sets(one, "tinh"), OFFICE),
    ("read sets", lambda one: rights.check_can_read_sets(one, "tinh"), set(CAST) - {"foreign office"}),
    ("read drafts", lambda one: rights.check_can_read_drafts(one, "tinh"), OFFICE | {"auditor"}),
    ("run the cycle", lambda one: rights.check_can_run_cycle(one, CYCLE), OFFICE),
    ("oversee the cycle", lambda one: rights.check_can_oversee_cycle(one, CYCLE), OFFICE | COUNCIL | {"auditor"}),
    ("see a cycle that one takes part in", lambda one: rights.check_can_see_cycle(one, CYCLE, takes_part=True),
     set(CAST)),
    ("see a cycle of others", lambda one: rights.check_can_see_cycle(one, CYCLE, takes_part=False),
     OFFICE | COUNCIL | {"auditor"}),
    ("see a cycle that is not open",
     lambda one: rights.check_can_see_cycle(one, replace(CYCLE, state=CycleState.DRAFT), takes_part=True),
     OFFICE | COUNCIL | {"auditor"}),
    ("read a sheet", lambda one: rights.check_can_read_sheet(one, SHEET), UNIT | OFFICE | {"auditor"}),
    ("read a submitted sheet",
     lambda one: rights.check_can_read_sheet(one, replace(SHEET, state=SheetState.SUBMITTED)),
     UNIT | OFFICE | COUNCIL | {"auditor"}),
    ("read a sheet while it is answered",
     lambda one: rights.check_can_read_sheet(one, replace(SHEET, state=SheetState.RETURNED)),
     UNIT | OFFICE | {"auditor"}),
    ("read what was submitted before the answer",
     lambda one: rights.check_can_read_submissions(one, replace(SHEET, state=SheetState.RETURNED)),
     UNIT | OFFICE | COUNCIL | {"auditor"}),
    ("read a signed part before the answer",
     lambda one: rights.check_can_read_submissions(one, replace(WHOLE, state=SheetState.RETURNED), of_part=True),
     UNIT | OFFICE | {"auditor", "head", "stranger", "other leader"}),
    ("read what was withdrawn", lambda one: rights.check_can_read_submissions(one, SHEET),
     UNIT | OFFICE | {"auditor"}),
    ("read a sheet in parts", lambda one: rights.check_can_read_sheet(one, WHOLE),
     UNIT | OFFICE | {"auditor", "head", "stranger", "other leader"}),
    ("talk inside the unit", lambda one: rights.check_can_talk_inside(one, PART), UNIT),
    ("talk with the office", lambda one: rights.check_can_talk_with_office(one, LED), UNIT | OFFICE | {"head"}),
    ("read what was said to the office", lambda one: rights.check_can_read_talk_with_office(one, PART),
     UNIT | OFFICE | {"auditor"}),
    ("write", lambda one: rights.check_can_edit_part(one, PART, NOW), UNIT),
    ("present", lambda one: rights.check_can_move_part(one, PART, Act.PRESENT, NOW), UNIT),
    ("sign", lambda one: rights.check_can_move_part(one, PART, Act.SUBMIT, NOW), LEADERS),
    ("withdraw a part",
     lambda one: rights.check_can_move_part(one, replace(LED, state=SheetState.SUBMITTED), Act.WITHDRAW, NOW), LEADERS),
    ("return a part",
     lambda one: rights.check_can_move_part(one, replace(LED, state=SheetState.SUBMITTED), Act.RETURN, NOW), OFFICE),
    ("submit the sheet", lambda one: rights.check_can_submit_sheet(one, SHEET, NOW), LEADERS),
    ("submit a compiled sheet",
     lambda one: rights.check_can_submit_sheet(one, replace(WHOLE, state=SheetState.AWAITING_SIGNATURE), NOW),
     {"head"}),
    ("send a compiled sheet back",
     lambda one: rights.check_can_send_back_sheet(one, replace(WHOLE, state=SheetState.AWAITING_SIGNATURE), NOW),
     {"head", "office"}),
    ("withdraw the sheet",
     lambda one: rights.check_can_withdraw_sheet(one, replace(SHEET, state=SheetState.SUBMITTED), NOW), LEADERS),
    ("review parts", lambda one: rights.check_can_review_parts(one, WHOLE), OFFICE),
    ("assign parts", lambda one: rights.check_can_assign_parts(one, WHOLE), OFFICE),
    ("compile", lambda one: rights.check_can_compile(one, WHOLE, NOW), OFFICE),
    ("decide a request", lambda one: rights.check_can_decide_not_assessed(one, SHEET), OFFICE | {"chair"}),
    ("extend", lambda one: rights.check_can_change_deadline(one, SHEET), OFFICE | {"chair"}),
    ("extend the office's own unit",
     lambda one: rights.check_can_change_deadline(one, replace(SHEET, unit="tinh/noi-vu")), {"chair"}),
    ("answer who asks for more time", lambda one: rights.check_can_answer_extension(one, SHEET), OFFICE | {"chair"}),
    ("ask for more time", lambda one: rights.check_can_ask_for_extension(one, SHEET), UNIT),
    ("set the timetable", lambda one: rights.check_can_set_timetable(one, CYCLE), OFFICE),
    ("read evidence", lambda one: proofs.check_can_read_evidence(one, EvidenceFacts("tinh/y-te", (SHEET,))),
     UNIT | OFFICE | {"auditor"}),
    ("read submitted evidence",
     lambda one: proofs.check_can_read_evidence(
         one, EvidenceFacts("tinh/y-te", (replace(SHEET, state=SheetState.SUBMITTED),))
     ),
     UNIT | OFFICE | COUNCIL | {"auditor"}),
    ("read evidence of an answer",
     lambda one: proofs.check_can_read_evidence(
         one, EvidenceFacts("tinh/y-te", (replace(SHEET, state=SheetState.RETURNED),))
     ),
     UNIT | OFFICE | {"auditor"}),
    ("read what was taken off",
     lambda one: proofs.check_can_read_evidence(one, EvidenceFacts("tinh/y-te", (), (SHEET,))),
     UNIT | OFFICE | {"auditor"}),
    ("keep evidence", lambda one: proofs.check_can_keep_evidence(one, "tinh/y-te"), UNIT),
    ("read the log", log_scopes,
     UNIT | OFFICE | {"auditor", "head", "stranger", "other leader", "foreign office", "nobody"}),
]  # fmt: skip


@pytest.mark.parametrize(("check", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_who_may(check: Callable[[Actor], None], expected: set[str]) -> None:
    assert allowed(check) == expected


def reason(check: Callable[..., None], *args: object) -> str:
    found = refusal(check, *args)
    return "" if found is None else found.code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (PART, ""),
        (replace(PART, state=SheetState.RETURNED), ""),
        (replace(PART, state=SheetState.AWAITING_SIGNATURE), "sheet_signed"),
        (replace(PART, state=SheetState.SUBMITTED), "sheet_signed"),
        (replace(PART, state=SheetState.LOCKED), "sheet_still_locked"),
        (replace(PART, sheet=replace(SHEET, state=SheetState.LOCKED)), "sheet_still_locked"),
        (replace(PART, sheet=replace(SHEET, state=SheetState.LOCKED, deadline=None)), "sheet_locked"),
        (
            replace(PART, sheet=replace(SHEET, state=SheetState.LOCKED, deadline=NOW - timedelta(days=1))),
            "sheet_locked",
        ),
        (replace(PART, sheet=replace(SHEET, state=SheetState.SUBMITTED)), "sheet_signed"),
        (replace(PART, sheet=replace(SHEET, deadline=NOW - timedelta(seconds=1))), "deadline_passed"),
        (replace(PART, sheet=replace(SHEET, deadline=NOW)), ""),
        (replace(PART, sheet=replace(SHEET, starts_at=NOW + timedelta(seconds=1))), "phase_not_begun"),
        (replace(PART, sheet=replace(SHEET, starts_at=NOW)), ""),
        (replace(PART, sheet=replace(SHEET, deadline=None)), ""),
        (replace(PART, sheet=replace(SHEET, cycle=replace(CYCLE, state=CycleState.DRAFT))), "cycle_not_open"),
        (replace(PART, sheet=replace(SHEET, cycle=replace(CYCLE, state=CycleState.PUBLISHED))), "cycle_closed"),
    ],
)
def test_when_a_part_may_be_written(part: PartFacts, code: str) -> None:
    assert reason(rights.check_can_edit_part, CAST["officer"], part, NOW) == code


@pytest.mark.parametrize(
    ("name", "part", "code"),
    [
        ("stranger", LED, "part_of_other_unit"),  # leads other items of the same sheet
        ("head", LED, "part_of_other_unit"),  # of the body whose sheet it is
        ("stranger", PART, "entered_by_unit"),
        ("office", PART, "entered_by_unit"),
        ("office", LED, "entered_by_unit"),
        ("chair", PART, "entered_by_unit"),
        ("auditor", replace(PART, state=SheetState.SUBMITTED), "entered_by_unit"),
    ],
)
def test_who_may_not_write_is_told_who_does(name: str, part: PartFacts, code: str) -> None:
    assert reason(rights.check_can_edit_part, CAST[name], part, NOW) == code


@pytest.mark.parametrize("state", [CycleState.DRAFT, CycleState.FINALISED])
def test_nothing_is_submitted_outside_the_phase(state: CycleState) -> None:
    sheet = replace(SHEET, cycle=replace(CYCLE, state=state))
    expected = "cycle_not_open" if state is CycleState.DRAFT else "cycle_closed"
    assert reason(rights.check_can_submit_sheet, CAST["leader"], sheet, NOW) == expected


def test_nothing_is_submitted_before_self_scoring_begins() -> None:
    early = replace(SHEET, starts_at=NOW + timedelta(days=1))
    assert reason(rights.check_can_submit_sheet, CAST["leader"], early, NOW) == "phase_not_begun"
    assert reason(rights.check_can_submit_sheet, CAST["leader"], early, NOW + timedelta(days=1)) == ""


def test_nothing_is_submitted_after_the_deadline() -> None:
    late = NOW + timedelta(days=4)
    assert reason(rights.check_can_submit_sheet, CAST["leader"], SHEET, late) == "deadline_passed"


def test_a_sheet_in_parts_is_compiled_before_it_is_submitted() -> None:
    assert reason(rights.check_can_submit_sheet, CAST["head"], WHOLE, NOW) == "sheet_not_compiled"


@pytest.mark.parametrize(
    ("state", "code"), [(SheetState.AWAITING_SIGNATURE, "sheet_compiled"), (SheetState.LOCKED, "sheet_locked")]
)
def test_no_part_moves_once_the_sheet_is_compiled(state: SheetState, code: str) -> None:
    part = replace(LED, sheet=replace(WHOLE, state=state))
    assert reason(rights.check_can_move_part, CAST["leader"], part, Act.SUBMIT, NOW) == code


def test_a_sheet_without_parts_is_not_returned_in_parts_nor_compiled() -> None:
    office = person("x", "tinh/y-te", Role.STANDING_OFFICE, "tinh/y-te")
    part = replace(PART, state=SheetState.SUBMITTED)
    assert reason(rights.check_can_move_part, office, part, Act.RETURN, NOW) == "sheet_without_parts"
    assert reason(rights.check_can_compile, office, SHEET, NOW) == "sheet_without_parts"


def test_parts_are_assigned_until_the_cycle_moves_on() -> None:
    sheet = replace(WHOLE, cycle=replace(CYCLE, state=CycleState.APPRAISAL))
    assert reason(rights.check_can_assign_parts, CAST["office"], sheet) == "cycle_closed"


def test_a_role_for_one_cycle_holds_in_no_other() -> None:
    guest = person("x", "tinh/tu-phap", Role.APPRAISER, "tinh", cycle=1)
    assert guest.has(Role.APPRAISER, "tinh", cycle=1)
    assert not guest.has(Role.APPRAISER, "tinh", cycle=2)
    assert not guest.has(Role.APPRAISER, "tinh")


@pytest.mark.parametrize("act", list(Act))
def test_an_act_outside_its_stage_is_refused(act: Act) -> None:
    starts = {one.before for one in TRANSITIONS if one.act is act}
    for state in set(SheetState) - starts:
        part = replace(PART, state=state)
        assert reason(rights.check_can_move_part, CAST["leader"], part, act, NOW) == "wrong_stage"


def test_a_refusal_says_why() -> None:
    with pytest.raises(Refusal) as caught:
        accounts.check_can_grant(CAST["leader"], Role.CHAIR, "tinh/y-te", offices=OFFICES)
    assert (caught.value.code, caught.value.facts) == ("role_above_own", {"role": Role.CHAIR})


OFFICER, LEADER = Role.UNIT_OFFICER, Role.UNIT_LEADER


@pytest.mark.parametrize(
    ("employer", "grants", "reason"),
    [
        ("tinh/noi-vu", [], ""),
        ("tinh/y-te", [], "own_unit_by_chair"),
        ("tinh/y-te/phong", [], "own_unit_by_chair"),
        ("tinh/noi-vu", [Grant(LEADER, "tinh/y-te")], "own_unit_by_chair"),
        ("tinh/noi-vu", [Grant(OFFICER, "tinh/y-te")], "own_unit_by_chair"),
        ("tinh/noi-vu", [Grant(OFFICER, "tinh", subtree=True)], "own_unit_by_chair"),
        ("tinh/noi-vu", [Grant(Role.SURVEY_STAFF, "tinh/y-te")], ""),
        ("tinh/y-te", [Grant(Role.CHAIR, "tinh")], "own_unit_by_other_chair"),
        ("tinh/noi-vu", [Grant(Role.CHAIR, "tinh"), Grant(LEADER, "tinh/y-te")], "own_unit_by_other_chair"),
        ("tinh", [Grant(Role.CHAIR, "tinh")], ""),
    ],
)
def test_nobody_decides_for_a_unit_that_is_theirs(employer: str, grants: list[Grant], reason: str) -> None:
    who = Actor(1, "A", employer, (Grant(Role.STANDING_OFFICE, "tinh"), *grants))
    for check in (rights.check_can_decide_not_assessed, rights.check_can_change_deadline):
        assert getattr(refusal(check, who, SHEET), "code", "") == reason


@pytest.mark.parametrize(
    ("employer", "grants", "reason"),
    [
        ("tinh/noi-vu", [], ""),
        ("tinh", [], ""),
        ("tinh/y-te", [], "own_unit_by_chair"),
        ("tinh/noi-vu", [Grant(OFFICER, "tinh/tu-phap")], "own_unit_by_chair"),
        ("tinh/noi-vu", [Grant(LEADER, "tinh")], "own_unit_by_chair"),
    ],
)
def test_on_the_owners_own_sheet_nobody_decides_for_a_part_that_is_theirs(
    employer: str, grants: list[Grant], reason: str
) -> None:
    who = Actor(1, "A", employer, (Grant(Role.STANDING_OFFICE, "tinh"), *grants))
    sheet = replace(WHOLE, leads=("tinh", *WHOLE.leads))
    assert getattr(refusal(rights.check_can_change_deadline, who, sheet), "code", "") == reason


def test_a_chair_of_another_cycle_decides_nothing_here() -> None:
    who = Actor(1, "A", "tinh", (Grant(Role.CHAIR, "tinh", cycle=9),))
    assert getattr(refusal(rights.check_can_change_deadline, who, SHEET), "code", "") == "only_standing_office"
