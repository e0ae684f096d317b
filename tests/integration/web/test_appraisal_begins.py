"""The appraisal of a cycle begins: what is taken up, what is refused, what comes late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now

from parindex.database.models import (
    AppraisalAssignment,
    AppraisalLevel,
    AuditRecord,
    Cycle,
    Entry,
    ItemAppraisal,
    ScoreSheet,
    SheetPart,
)
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.appraisals import begin_appraisal, enter_appraisal
from parindex.usecases.audit_log import verify
from parindex.usecases.not_assessed import decide_request, request_not_assessed
from parindex.usecases.opinions import Said
from parindex.wording.refusals import refusal_text

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def ready() -> AppraisalWorld:
    return appraisal_world(begun=False)


def begin(made: AppraisalWorld, name: str = "standing_office") -> Cycle:
    return begin_appraisal(by=made.session(name), at=now(), cycle_id=made.cycle.pk)


def refused(made: AppraisalWorld, name: str = "standing_office") -> Refusal:
    with pytest.raises(Refusal) as caught:
        begin(made, name)
    assert refusal_text(caught.value)
    assert not ItemAppraisal.objects.exists()
    return caught.value


def test_every_submitted_sheet_is_taken_up_with_all_of_its_items(ready: AppraisalWorld) -> None:
    assert begin(ready).state == "appraisal"
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"in_appraisal"}
    assert set(SheetPart.objects.values_list("state", flat=True)) == {"in_appraisal"}
    stands = ItemAppraisal.objects.filter(sheet=ready.sheet).order_by("position")
    assert list(stands.values_list("item_code", "state", "level", "points", "version")) == [
        ("1.1", "waiting", 1, "", 0), ("1.2", "waiting", 1, "", 0), ("2.1", "waiting", 1, "", 0),
        ("2.2", "waiting", 1, "", 0), ("3.1", "surveyed", 1, "", 0),
    ]  # fmt: skip
    assert list(AuditRecord.objects.order_by("sequence").values_list("action", flat=True))[-3:] == [
        "begin_appraisal", "take_up", "take_up",
    ]  # fmt: skip
    assert all(not proof.broken for proof in verify())


def test_the_appraisal_begins_once_and_by_the_standing_office(ready: AppraisalWorld) -> None:
    for name in ("owner", "stranger", "leader", "chair", "secretary", "auditor"):
        assert refused(ready, name).code == "only_standing_office"
    begin(ready)
    with pytest.raises(Refusal, match="wrong_cycle_stage") as caught:
        begin(ready)
    assert "Thẩm định" in refusal_text(caught.value)


def test_it_does_not_begin_while_a_unit_still_writes(ready: AppraisalWorld) -> None:
    ScoreSheet.objects.filter(pk=ready.other_sheet.pk).update(state="open")
    found = refused(ready)
    assert (found.code, found.facts["units"]) == ("sheets_still_open", ["Sở Tư pháp"])
    ScoreSheet.objects.update(state="locked")
    assert refused(ready).code == "nothing_submitted"


def test_a_request_is_decided_first(ready: AppraisalWorld) -> None:
    Entry.objects.filter(sheet=ready.sheet, item_code="2.1").update(state="not_assessed_requested")
    found = refused(ready)
    assert (found.code, found.facts["items"]) == ("requests_undecided", [("Sở Y tế", "2.1")])
    assert "Sở Y tế (2.1)" in refusal_text(found)


def test_a_locked_sheet_stays_locked(ready: AppraisalWorld) -> None:
    ScoreSheet.objects.filter(pk=ready.other_sheet.pk).update(state="locked")
    begin(ready)
    assert ready.other_sheet.state == "locked"
    assert not ItemAppraisal.objects.filter(sheet=ready.other_sheet).exists()


def test_a_sheet_that_was_returned_before_enters_with_its_answer(ready: AppraisalWorld) -> None:
    late = ScoreSheet.objects.filter(pk=ready.other_sheet.pk)
    late.update(state="returned")
    SheetPart.objects.filter(sheet=ready.other_sheet).update(state="returned", returned_reason="Bổ sung")
    begin(ready)
    assert ready.other_sheet.state == "returned"
    with pytest.raises(Refusal, match="sheet_still_answered"):
        enter_appraisal(by=ready.session("standing_office"), at=now(), sheet_id=ready.other_sheet.pk)
    late.update(state="resubmitted")
    for name, code in (("stranger", "only_standing_office"), ("appraiser", "only_standing_office")):
        with pytest.raises(Refusal, match=code):
            enter_appraisal(by=ready.session(name), at=now(), sheet_id=ready.other_sheet.pk)
    found = enter_appraisal(by=ready.session("secretary"), at=now(), sheet_id=ready.other_sheet.pk)
    assert (found.state, ItemAppraisal.objects.filter(sheet=found).count()) == ("in_appraisal", 5)
    ScoreSheet.objects.filter(pk=found.pk).update(state="resubmitted")
    with pytest.raises(Refusal, match="sheet_already_taken_up"):
        enter_appraisal(by=ready.session("secretary"), at=now(), sheet_id=found.pk)


def test_what_was_never_answered_is_appraised_as_it_stands_once_its_time_is_over(ready: AppraisalWorld) -> None:
    ScoreSheet.objects.filter(pk=ready.other_sheet.pk).update(state="returned")
    SheetPart.objects.filter(sheet=ready.other_sheet).update(state="returned", returned_reason="Bổ sung")
    begin(ready)
    after = now() + timedelta(days=11)
    found = enter_appraisal(by=ready.session("standing_office"), at=after, sheet_id=ready.other_sheet.pk)
    assert (found.state, found.parts.get().state) == ("in_appraisal", "in_appraisal")
    with pytest.raises(Refusal, match="sheet_not_submitted_yet"):
        enter_appraisal(by=ready.session("standing_office"), at=after, sheet_id=found.pk)


def test_an_item_begins_at_the_first_level_that_has_somebody(ready: AppraisalWorld) -> None:
    AppraisalAssignment.objects.all().delete()
    second = AppraisalLevel.objects.create(council=ready.council, number=2, title="Cấp 2")
    for level, name, node in ((ready.level, "appraiser", "1"), (second, "second_appraiser", "")):
        AppraisalAssignment.objects.create(level=level, member=ready.members[name], node_code=node, assigned_at=now())
    begin(ready)
    levels = dict(ItemAppraisal.objects.filter(sheet=ready.sheet).values_list("item_code", "level"))
    assert levels == {"1.1": 1, "1.2": 1, "2.1": 2, "2.2": 2, "3.1": 2}
    other = dict(ItemAppraisal.objects.filter(sheet=ready.other_sheet).values_list("item_code", "level"))
    assert set(other.values()) == {2}  # the first level is kept out of the own unit
    found = ready.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert (found.state, found.level, found.points) == ("waiting", 2, "1")
    with pytest.raises(Refusal, match="not_assigned"):
        ready.say("appraiser", "1.2", OpinionKind.ACCEPT)
    found = ready.say("second_appraiser", "1.2", Said(OpinionKind.ADJUST, points="0,5", reason="Chưa đủ"))
    assert (found.state, found.level, found.points) == ("adjusted", 2, "0.5")


def test_without_a_council_the_chair_decides_everything(ready: AppraisalWorld) -> None:
    for rows in (AppraisalAssignment.objects, ready.council.members, AppraisalLevel.objects):
        rows.all().delete()
    ready.council.delete()
    begin(ready)
    with pytest.raises(Refusal, match="not_assigned"):
        ready.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert ready.say("chair", "1.2", OpinionKind.ACCEPT).state == "accepted"


def test_an_item_that_leaves_the_assessment_leaves_the_council(ready: AppraisalWorld) -> None:
    entry = ready.entry("2.1")
    SheetPart.objects.filter(sheet=ready.sheet).update(state="open")
    ScoreSheet.objects.filter(pk=ready.sheet.pk).update(state="open")
    asked = {"sheet_id": ready.sheet.pk, "item_code": "2.1"}
    request_not_assessed(by=ready.session("owner"), at=now(), reason="Không có hồ sơ", legal_basis="", **asked)
    SheetPart.objects.filter(sheet=ready.sheet).update(state="submitted")
    ScoreSheet.objects.filter(pk=ready.sheet.pk).update(state="submitted")
    office = ready.session("standing_office")
    decide_request(by=office, at=now(), approved=False, reason="Có hồ sơ", **asked)
    begin(ready)
    decide_request(by=office, at=now(), approved=True, reason="Xem lại: không có", **asked)
    assert ItemAppraisal.objects.get(entry=entry).state == "not_assessed"
    decide_request(by=office, at=now(), approved=False, reason="Xem lại lần nữa", **asked)
    assert ItemAppraisal.objects.get(entry=entry).state == "waiting"
