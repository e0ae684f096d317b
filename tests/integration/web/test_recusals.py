"""Nobody appraises what the own unit reports or leads, whatever becomes of units meanwhile; others stand in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import ask, send
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import now, person
from tests.integration.web.appraisers import address, browser

from parindex.database.models import (
    AppraisalAssignment,
    AppraisalLevel,
    Attachment,
    Council,
    CouncilMember,
    Entry,
    ItemAppraisal,
    RoleGrant,
    SheetPart,
    Unit,
)
from parindex.database.models.councils import CouncilRole
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.votes import Choice, VoteMode
from parindex.domain.units import Decision
from parindex.usecases.appraisal_assignments import AssignmentLine, assign
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.audit_log import verify
from parindex.usecases.councils import MemberData, add_member, remove_member
from parindex.usecases.further_explanations import send_questions, withdraw_question
from parindex.usecases.opinions import Said, decide, give_opinion
from parindex.usecases.recusals import declare_conflict, withdraw_conflict
from parindex.usecases.submissions import compile_sheet, submit_part, submit_sheet
from parindex.usecases.units import UnitData, succeed_units
from parindex.usecases.votes import Proposal, close_vote, open_vote, record_ballot
from parindex.wording.moments import local_day

pytestmark = pytest.mark.django_db

LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))


@pytest.fixture
def parts() -> PartsWorld:
    """The sheet of the province, submitted by its head; ``appraiser`` of Sở Tư pháp is assigned to all of it."""
    made = parts_world()
    made.fill("1.1", "1.2", "2.1", "2.2")
    for code, leader in (("so-y-te", "leader"), ("so-tu-phap", "other_leader")):
        submit_part(by=made.session(leader), at=now(), part_id=made.part(code).pk)
    compile_sheet(by=made.session("standing_office"), at=now(), sheet_id=made.sheet.pk)
    submit_sheet(by=made.session("head"), at=now(), sheet_id=made.sheet.pk)
    made.people["stand_in"] = person("stand_in", made.made.province, Role.APPRAISER)
    council = Council.objects.create(
        cycle=made.sheet.cycle, decision_number="12/QĐ-UBND", decision_date=date(2025, 11, 3),
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    level = AppraisalLevel.objects.create(council=council, number=1, title="Cấp 1")
    roles = {"chair": CouncilRole.CHAIR, "appraiser": CouncilRole.APPRAISER, "stand_in": CouncilRole.APPRAISER}
    seats = {
        name: CouncilMember.objects.create(council=council, user=made.people[name], role=role, joined_at=now())
        for name, role in roles.items()
    }
    seats["appraiser"].substitute = seats["stand_in"]
    seats["appraiser"].save()
    AppraisalAssignment.objects.create(level=level, member=seats["appraiser"], assigned_at=now())
    begin_appraisal(by=made.session("standing_office"), at=now(), cycle_id=made.sheet.cycle_id)
    return made


def accept(made: PartsWorld, name: str, code: str) -> ItemAppraisal:
    stands = ItemAppraisal.objects.get(sheet=made.sheet, item_code=code)
    said = Said(OpinionKind.ACCEPT, reason="Đã đối chiếu")
    return give_opinion(by=made.session(name), at=now(), entry_id=stands.pk, said=said, seen=stands.version)


def test_what_the_own_unit_leads_goes_to_the_substitute(parts: PartsWorld) -> None:
    assert accept(parts, "appraiser", "1.1").state == "accepted"  # led by Sở Y tế
    with pytest.raises(Refusal, match="own_unit_not_appraised"):
        accept(parts, "appraiser", "2.1")  # led by Sở Tư pháp
    assert accept(parts, "stand_in", "2.1").state == "accepted"
    with pytest.raises(Refusal, match="not_assigned"):
        accept(parts, "stand_in", "1.2")  # nobody has to stand in there


def test_a_sheet_in_parts_is_taken_up_and_appraised_with_its_parts(parts: PartsWorld) -> None:
    states = dict(SheetPart.objects.filter(sheet=parts.sheet).values_list("lead_unit__code", "state"))
    assert states == {"so-y-te": "in_appraisal", "so-tu-phap": "in_appraisal", "tinh": "open"}  # nothing to sign
    for name, code in (("appraiser", "1.1"), ("appraiser", "1.2"), ("stand_in", "2.1"), ("stand_in", "2.2")):
        accept(parts, name, code)
    assert (parts.now().state, parts.part("so-y-te").state, parts.part("so-tu-phap").state) == ("appraised",) * 3
    assert all(not proof.broken for proof in verify())


def test_the_chair_decides_where_everybody_is_kept_out(parts: PartsWorld) -> None:
    CouncilMember.objects.update(substitute=None)
    entry = Entry.objects.get(sheet=parts.sheet, item_code="2.1")
    said = Said(OpinionKind.ACCEPT, reason="Đã đối chiếu", minutes="Biên bản 06")
    assert decide(by=parts.session("chair"), at=now(), entry_id=entry.pk, said=said, seen=0).state == "accepted"


@pytest.fixture
def made() -> AppraisalWorld:
    return appraisal_world()


def test_who_takes_over_a_unit_in_mid_cycle_no_longer_appraises_it(made: AppraisalWorld) -> None:
    """The unit of the appraiser takes the place of the one whose sheet is appraised."""
    assert made.say("appraiser", "1.2", OpinionKind.ACCEPT).state == "accepted"
    succeed_units(
        by=made.session("administrator"), at=now(), predecessors=["so-y-te", "so-tu-phap"], successor="so-moi",
        data=UnitData("Sở mới", "", "department", "tinh"), first=local_day(now()), decision=LAW, confirmed=True,
    )  # fmt: skip
    user = made.people["appraiser"]
    user.unit = Unit.objects.get(code="so-moi")
    user.save()
    with pytest.raises(Refusal, match="own_unit_not_appraised"):
        made.say("appraiser", "1.1", OpinionKind.ACCEPT)
    assert made.say("second_appraiser", "1.1", Said(OpinionKind.ACCEPT, reason="x")).state == "accepted"
    assert Attachment.objects.filter(entry=made.entry("1.1")).exists()


# --- who keeps votes and questions -----------------------------------------------------------------------------------


def office_of_health(made: AppraisalWorld) -> None:
    """The secretary enters the figures of Sở Y tế, too."""
    RoleGrant.objects.create(
        user=made.people["secretary"], role=Role.UNIT_OFFICER, unit=made.made.department, granted_at=now()
    )


@pytest.mark.parametrize("by_conflict", [False, True])
def test_a_secretary_keeps_neither_votes_nor_questions_of_the_own_unit(by_conflict: bool) -> None:
    made = appraisal_world()
    asked = ask(made)
    if by_conflict:
        declare_conflict(
            by=made.session("secretary"), at=now(), member_id=made.members["secretary"].pk,
            unit_id=made.made.department.pk, reason="Người nhà là giám đốc",
        )  # fmt: skip
    else:
        office_of_health(made)
    by = made.session("secretary")
    proposal = Proposal("0,5", "Chưa đủ", VoteMode.SESSION)
    vote = open_vote(by=made.session("chair"), at=now(), entry_id=made.entry("1.1").pk, proposal=proposal)
    member = made.people["second_appraiser"].pk
    for act in (
        lambda: send(made),
        lambda: withdraw_question(by=by, at=now(), question_id=asked.pk),
        lambda: open_vote(by=by, at=now(), entry_id=made.entry("2.1").pk, proposal=proposal),
        lambda: record_ballot(by=by, at=now(), vote_id=vote.pk, member_id=member, choice=Choice.FOR),
        lambda: close_vote(by=by, at=now(), vote_id=vote.pk, minutes="Biên bản"),
    ):
        with pytest.raises(Refusal, match="own_unit_kept_by_others"):
            act()
    page = browser(made, "secretary").get(f"/cycles/{made.cycle.pk}/questions/").text
    assert "người khác gửi" in page
    assert "Rút câu hỏi" not in page
    assert "Đưa ra biểu quyết" not in browser(made, "secretary").get(address(made, "2.1")).text
    until = now() + timedelta(days=7)
    chair = made.session("chair")
    assert send_questions(by=chair, at=now(), sheet_ids=[made.sheet.pk], ends_at=until) == 1
    withdraw_question(by=chair, at=now(), question_id=asked.pk)
    proposal = Proposal("0,5", "Chưa đủ", VoteMode.SESSION)
    open_vote(by=by, at=now(), entry_id=made.entry("2.1", made.other_sheet).pk, proposal=proposal)


def test_a_conflict_is_of_the_person_and_stays_with_another_seat() -> None:
    made = appraisal_world()
    seat, who = made.members["second_appraiser"], made.people["second_appraiser"]
    secretary = made.session("secretary")
    conflict = declare_conflict(
        by=made.session("second_appraiser"), at=now(), member_id=seat.pk, unit_id=made.made.department.pk, reason="Vợ"
    )
    remove_member(by=secretary, at=now(), member_id=seat.pk, reason="Nhầm")
    with pytest.raises(Refusal, match="member_has_left"):
        withdraw_conflict(by=secretary, at=now(), conflict_id=conflict.pk, reason="Không còn")
    data = MemberData(who.pk, CouncilRole.APPRAISER)
    again = add_member(by=secretary, at=now(), cycle_id=made.cycle.pk, data=data)
    line = AssignmentLine(1, who.pk)
    assign(by=secretary, at=now(), cycle_id=made.cycle.pk, lines=[line])
    with pytest.raises(Refusal, match="own_unit_not_appraised"):
        made.say("second_appraiser", "1.1", OpinionKind.ACCEPT)
    with pytest.raises(Refusal, match="conflict_declared"):
        declare_conflict(
            by=secretary, at=now(), member_id=again.pk, unit_id=made.made.department.pk, reason="Vợ"
        )  # fmt: skip
    page = browser(made, "secretary").get(f"/cycles/{made.cycle.pk}/council/").text
    where = f"/cycles/{made.cycle.pk}/council/conflicts/{conflict.pk}/withdraw/"
    assert where in page
    assert browser(made, "secretary").post(where, {"reason": "Không còn"}).status_code == 302
    assert made.say("second_appraiser", "1.1", OpinionKind.ACCEPT).state == "accepted"
