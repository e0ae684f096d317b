"""A set corrected while the council appraises: what is asked anew, what stays, what goes, and that it ends well."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.published_world import appraised_world, finalised, published
from tests.factories.world import frozen_of, now

from parindex.database.models import (
    AppraisalAssignment,
    AuditRecord,
    CriteriaSetVersion,
    CycleGroup,
    Entry,
    Figure,
    Flag,
    GivenPoints,
    ItemAppraisal,
    Opinion,
    Question,
    ReplacedEntry,
    SetReplacement,
    UnitResult,
    Vote,
)
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.domain.criteria.criteria_set import Node, Source
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import VoteMode
from parindex.usecases import audit_log
from parindex.usecases.explanation_rounds import close_rounds
from parindex.usecases.further_explanations import answered, send_questions, write_answer
from parindex.usecases.opinions import Said
from parindex.usecases.replacement_plans import AppraisalHits, Fate, replacement_plan
from parindex.usecases.set_replacement import replace_set
from parindex.usecases.votes import Proposal, open_vote

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WHY = "Quyết định đính chính 45/QĐ-UBND"


def corrected(world: AppraisalWorld) -> CriteriaSetVersion:
    """A frozen correction: 1.2 worth 0,5 instead of 2, 2.1 worth 3, 2.2 gone, a new 2.3; 1.1 and 3.1 as they were."""
    made = parse_criteria_set(world.made.version.content)
    direction, procedures, impact = made.areas
    typed = replace(direction.children[1], max_points=Fraction(1, 2))
    on_time = replace(procedures.children[0], max_points=Fraction(3))
    new = Node("2.3", "Rà soát thủ tục hành chính", Fraction(1), source=Source.REPORT)
    areas = (
        replace(direction, max_points=Fraction(3, 2), children=(direction.children[0], typed)),
        replace(procedures, children=(on_time, new)),
        impact,
    )
    by = world.people["standing_office"]
    return frozen_of(world.made.version.criteria_set, replace(made, title="Bộ đính chính", areas=areas), by, number=2)


def hits_of(world: AppraisalWorld, version: CriteriaSetVersion) -> AppraisalHits:
    hits = replacement_plan(world.cycle.groups.get(), version).hits
    assert hits is not None
    return hits


def act(
    world: AppraisalWorld, version: CriteriaSetVersion, who: str = "standing_office", seen: str | None = None
) -> SetReplacement:
    mark = hits_of(world, version).seen if seen is None else seen
    group = world.cycle.groups.get()
    by = world.session(who)
    return replace_set(by=by, at=now(), group_id=group.pk, version_id=version.pk, reason=WHY, seen=mark)


def refused(world: AppraisalWorld, version: CriteriaSetVersion, who: str, seen: str | None = None) -> str:
    with pytest.raises(Refusal) as found:
        act(world, version, who, seen)
    return found.value.code


def states(world: AppraisalWorld) -> dict[str, str]:
    rows = ItemAppraisal.objects.filter(sheet=world.made.sheet).order_by("position")
    return {code: str(state) for code, state in rows.values_list("item_code", "state")}


@pytest.fixture
def world() -> AppraisalWorld:
    """Everything is appraised."""
    return appraised_world()


def test_what_changed_is_asked_anew_and_all_else_stays(world: AppraisalWorld) -> None:
    assert world.sheet.state == "appraised"
    version = corrected(world)
    hits = hits_of(world, version)
    assert (hits.items, hits.opinions, hits.opinions_gone) == (4, 4, 2)
    assert hits.reopened == ("Sở Y tế", "Sở Tư pháp")
    assert hits.above == (("Sở Y tế", "1.2"), ("Sở Tư pháp", "1.2"))
    kept = ItemAppraisal.objects.get(entry=world.entry("1.1"))
    made = act(world, version)

    assert states(world) == {
        "1.1": "accepted", "1.2": "waiting", "2.1": "waiting", "2.3": "waiting", "3.1": "surveyed",
    }  # fmt: skip
    assert ItemAppraisal.objects.get(entry=world.entry("1.1")).version == kept.version  # nobody is told of a change
    assert (world.appraisal("2.1").points, world.appraisal("2.1").decided_at) == ("", None)
    assert (world.sheet.state, world.other_sheet.state) == ("in_appraisal", "in_appraisal")
    # points by rule are those of the same figures, what was typed stays as it was signed
    assert (world.entry("2.1").points, world.entry("1.2").self_points) == ("2.25", "1")
    assert (world.sheet.points, world.sheet.max_points) == ("4.25", "5.5")
    # opinions stay to be read, and ended with the replacement
    said = Opinion.objects.filter(entry=world.entry("2.1"))
    assert [one.withdrawn_at for one in said] == [made.replaced_at]
    assert not Opinion.objects.filter(entry=world.entry("1.1")).exclude(withdrawn_at=None).exists()
    assert all(not proof.broken for proof in audit_log.verify())


def test_what_was_said_of_an_item_that_goes_stays_and_units_read_none_of_it(world: AppraisalWorld) -> None:
    said = Opinion.objects.get(entry=world.entry("2.2"))
    made = act(world, corrected(world))
    assert not Entry.objects.filter(item_code__contains="2.2").exists()
    assert not ItemAppraisal.objects.filter(item_code__contains="2.2").exists()
    said.refresh_from_db()
    assert (said.entry.item_code, said.withdrawn_at) == (f"~{made.pk}:2.2", made.replaced_at)
    content = json.loads(ReplacedEntry.objects.get(sheet=world.made.sheet).content)
    assert (content["entry"]["item_code"], content["beside"]) == ("2.2", {})
    records = AuditRecord.objects.filter(action="set_aside_appraisal").order_by("pk")
    assert {one.unit_id for one in records} == {world.made.province.pk}
    assert json.loads(records[0].before)["opinions"] == [said.pk]
    of_unit = AuditRecord.objects.filter(action="replace_entry").values_list("before", flat=True)
    assert "Opinion" not in "".join(of_unit)


def test_a_claim_above_the_new_maximum_is_flagged_and_adjusted_and_all_is_finalised(
    world: AppraisalWorld,
) -> None:
    act(world, corrected(world))
    flag = Flag.objects.get(entry=world.entry("1.2"), key="maximum", gone_at=None)
    assert (flag.kind, flag.severity) == ("claim_not_rule", "error")
    with pytest.raises(Refusal) as found:
        world.say("second_appraiser", "1.2", Said(OpinionKind.ACCEPT, reason="Đã xem"))
    assert found.value.code == "claim_above_maximum"
    for sheet in (world.made.sheet, world.made.other_sheet):
        world.say("second_appraiser", "1.2", Said(OpinionKind.ADJUST, points="0,5", reason="Tối đa mới"), sheet)
        world.say("second_appraiser", "2.1", Said(OpinionKind.ACCEPT, reason="Theo mức mới"), sheet)
        world.say("second_appraiser", "2.3", Said(OpinionKind.ADJUST, points="0", reason="Chưa nhập"), sheet)
    assert (world.sheet.state, world.other_sheet.state) == ("appraised", "appraised")
    done = finalised(world.made)
    results = UnitResult.objects.filter(finalisation=done).order_by("pk")
    assert [one.points for one in results] == ["6.15", "5.7"]  # 1 + 0,5 + 2,25 + 0 + the survey
    version = CriteriaSetVersion.objects.get(number=1)
    assert refused(world, version, "standing_office", "") == "result_finalised"
    published(world.made)
    assert refused(world, version, "standing_office", "") == "result_published"


def test_by_who_runs_the_cycle_and_as_it_was_shown(world: AppraisalWorld) -> None:
    version = corrected(world)
    for who in ("owner", "colleague", "stranger", "chair", "secretary", "appraiser", "auditor"):
        assert refused(world, version, who) == "only_standing_office"
    seen = hits_of(world, version).seen
    world.say("second_appraiser", "2.1", Said(OpinionKind.ADJUST, points="1", reason="Xem lại"))
    assert refused(world, version, "standing_office", seen) == "replacement_changed"
    assert refused(world, version, "standing_office", "") == "replacement_changed"
    world.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Việc khác"))
    act(world, version)  # what was shown now
    assert world.appraisal("1.1").state == "adjusted"


def test_questions_votes_and_given_points() -> None:
    world = appraisal_world()
    world.say("second_appraiser", "2.1", OpinionKind.ASK)
    world.say("second_appraiser", "2.2", OpinionKind.ASK, world.made.other_sheet)
    secretary = world.session("secretary")
    for sheet in (world.sheet, world.other_sheet):
        send_questions(by=secretary, at=now(), sheet_ids=[sheet.pk], ends_at=now() + timedelta(days=3))
    world.say("second_appraiser", "1.2", OpinionKind.ASK)  # nobody sends it
    vote = Proposal("1", "Theo báo cáo", VoteMode.SESSION)
    open_vote(by=secretary, at=now(), entry_id=world.appraisal("1.2", world.made.other_sheet).pk, proposal=vote)
    hits = hits_of(world, version := corrected(world))
    assert (hits.answering, hits.drafts, hits.votes, hits.reopened) == (1, 1, 1, ())
    act(world, version)
    # who is asked of what stays goes on; who was asked of what is gone only is back with the council
    assert (world.sheet.state, world.other_sheet.state) == ("returned", "in_appraisal")
    assert (states(world)["2.1"], states(world)["1.2"]) == ("asked", "waiting")
    assert Question.objects.get(entry=world.entry("1.2")).withdrawn_at is not None
    closed = Vote.objects.get()
    assert (closed.carried, closed.closed_at is None) == (None, False)
    question = Question.objects.get(entry=world.entry("2.1"))
    write_answer(by=world.session("owner"), at=now(), question_id=question.pk, answer="Theo mức mới", seen=0)
    answered(world.sheet, by=world.session("leader"), at=now())
    assert world.appraisal("2.1").state == "explained"


def test_an_answer_that_nobody_signs_takes_no_figure_of_another_item_along() -> None:
    """What the new rule reads was not asked about then, and stands for another item all the same."""
    world = appraisal_world()
    world.say("second_appraiser", "2.1", OpinionKind.ASK)
    ends = now() + timedelta(days=1)
    send_questions(by=world.session("secretary"), at=now(), sheet_ids=[world.sheet.pk], ends_at=ends)
    content = world.made.version.content.replace("of: on_time", "of: online")
    assert content != world.made.version.content
    office = world.people["standing_office"]
    act(world, frozen_of(world.made.version.criteria_set, parse_criteria_set(content), office, number=2))
    assert close_rounds(at=ends + timedelta(days=1)) == 1
    assert Figure.objects.get(unit=world.sheet.unit, measure="online").value == "300"
    assert (world.appraisal("2.1").state, world.entry("2.1").points) == ("waiting", "0.5")


def test_points_of_a_survey_out_of_another_maximum_are_given_again(world: AppraisalWorld) -> None:
    made = parse_criteria_set(world.made.version.content)
    (item,) = made.areas[2].children
    area = replace(made.areas[2], max_points=Fraction(2), children=(replace(item, max_points=Fraction(2)),))
    smaller = replace(made, areas=(*made.areas[:2], area))
    office = world.people["standing_office"]
    version = frozen_of(world.made.version.criteria_set, smaller, office, number=2)
    assert len(replacement_plan(world.cycle.groups.get(), version).given) == 2
    act(world, version)
    assert not GivenPoints.objects.filter(withdrawn_at=None).exists()
    assert AuditRecord.objects.filter(action="withdraw_given_points", reason=WHY).count() == 2
    assert (world.appraisal("3.1").state, world.sheet.state) == ("surveyed", "appraised")


def test_codes_and_assignments_follow_their_items(world: AppraisalWorld) -> None:
    made = parse_criteria_set(world.made.version.content)
    area = made.areas[1]
    first, second = area.children
    swapped = (replace(second, code="2.1"), replace(first, code="2.2"))
    moved = replace(made, areas=(made.areas[0], replace(area, children=swapped), made.areas[2]))
    version = frozen_of(world.made.version.criteria_set, moved, world.people["standing_office"], number=2)
    AppraisalAssignment.objects.filter(member=world.members["appraiser"]).update(node_code="2.1")
    was = {one.item_code: one.pk for one in ItemAppraisal.objects.filter(sheet=world.made.sheet)}
    assert replacement_plan(world.cycle.groups.get(), version).count(Fate.OTHER) == 2
    act(world, version)
    now_ = {one.item_code: one.pk for one in ItemAppraisal.objects.filter(sheet=world.made.sheet)}
    assert (now_["2.1"], now_["2.2"]) == (was["2.2"], was["2.1"])
    assert world.sheet.state == "appraised"  # what was said of an item was said of it wherever it stands
    assert AppraisalAssignment.objects.get(member=world.members["appraiser"]).node_code == "2.2"


def test_a_line_of_several_groups_stays_and_the_group_gets_its_own(world: AppraisalWorld) -> None:
    other = CycleGroup.objects.create(
        cycle=world.made.cycle, code="wards", title="Xã", set_version=world.made.version, position=2
    )
    version = frozen_of(
        world.made.version.criteria_set,
        parse_criteria_set(world.made.version.content.replace('code: "1.2"', 'code: "1.3"')),
        world.people["standing_office"], number=2,
    )  # fmt: skip
    lines = AppraisalAssignment.objects.filter(member=world.members["appraiser"])
    lines.update(node_code="1.2")
    group = world.cycle.groups.exclude(pk=other.pk).get()
    plan = replacement_plan(group, version)
    assert plan.hits is not None
    office = world.session("standing_office")
    replace_set(by=office, at=now(), group_id=group.pk, version_id=version.pk, reason=WHY, seen=plan.hits.seen)
    assert sorted(lines.values_list("node_code", "group")) == [("1.2", None), ("1.3", group.pk)]


def test_the_page_says_what_it_hits_and_the_queue_says_why(world: AppraisalWorld) -> None:
    version, group = corrected(world), world.cycle.groups.get()
    client = client_of(world, "standing_office")
    page = client.get(f"/sets/replace/{group.pk}/?to={version.pk}").text
    assert "4 ý kiến hết hiệu lực, vẫn đọc được" in page
    assert "2 phiếu đã thẩm định xong mở lại: Sở Y tế, Sở Tư pháp" in page
    assert "Sở Y tế 1.2; Sở Tư pháp 1.2" in page
    late = client.post(f"/sets/replace/{group.pk}/", {"to": version.pk, "reason": WHY, "seen": "khác"})
    assert late.status_code == 422
    assert "Xem lại bảng dưới rồi thay" in late.text
    form = {"to": version.pk, "reason": WHY, "seen": hits_of(world, version).seen}
    assert client.post(f"/sets/replace/{group.pk}/", form).status_code == 302
    seen = client_of(world, "second_appraiser").get(f"/appraisals/{world.made.sheet.pk}/2.1/").text
    assert "ý kiến trước đó không còn hiệu lực" in seen
    assert "hết hiệu lực" in seen
    unit = client_of(world, "owner").get(f"/sheets/{world.made.sheet.pk}/replaced/").text
    assert "Mục mới, hội đồng hỏi khi cần" in unit
    assert "hội đồng thẩm định lại" in unit
    assert "Đã đối chiếu" not in unit
    assert "Đã đối chiếu" in client.get(f"/sheets/{world.made.sheet.pk}/replaced/").text


def test_the_number_of_queries_does_not_grow_with_the_sheets(world: AppraisalWorld) -> None:
    version = corrected(world)
    with CaptureQueriesContext(connection) as found:
        act(world, version)
    assert len(found) < 200


def client_of(world: AppraisalWorld, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
