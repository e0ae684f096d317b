"""What members of the council say of an item, and where it stands by that."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now

from parindex.database.models import AuditRecord, Entry, ItemAppraisal, LaterDecision, Opinion, Question
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.audit_log import verify
from parindex.usecases.opinions import Said, accept_all, decide, give_opinion, put_off, take_back
from parindex.wording.audit_log import action_text
from parindex.wording.refusals import refusal_text

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ADJUST = Said(OpinionKind.ADJUST, points="0,5", reason="Số liệu chưa khớp báo cáo")


@pytest.fixture
def made() -> AppraisalWorld:
    return appraisal_world()


def refused(made: AppraisalWorld, name: str, code: str, said: Said | OpinionKind, **more: object) -> str:
    with pytest.raises(Refusal) as caught:
        made.say(name, code, said, **more)  # type: ignore[arg-type]
    assert refusal_text(caught.value)
    return caught.value.code


def test_a_claim_that_is_accepted_is_granted_as_it_was_claimed(made: AppraisalWorld) -> None:
    found = made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert (found.state, found.points, found.version) == ("accepted", "1", 1)
    opinion = Opinion.objects.get(entry=found.entry)
    assert (opinion.author_name, opinion.capacity, opinion.level, opinion.points) == ("Appraiser", "member", 1, "1")
    assert opinion.submission is not None
    assert opinion.submission.sheet_id == made.sheet.pk


def test_points_are_kept_as_they_are_typed_and_the_log_says_where_the_rule_cannot_give_them(
    made: AppraisalWorld,
) -> None:
    found = made.say("appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,70", reason="Ban hành chậm"))
    assert (found.state, found.points) == ("adjusted", "0.7")
    assert Opinion.objects.get().points == "0.70"
    record = AuditRecord.objects.get(action="give_opinion")
    facts = json.loads(record.after)
    assert (facts["beyond_rule"], facts["granted"], record.reason) == (True, "0.7", "Ban hành chậm")
    assert (record.role, record.object_kind) == ("appraiser", "item_appraisal")
    assert action_text(record.action) == "cho ý kiến thẩm định"
    made.say("appraiser", "2.1", Said(OpinionKind.ADJUST, points="0,7", reason="Tính lại"))
    assert "beyond_rule" not in json.loads(AuditRecord.objects.filter(action="give_opinion").latest("sequence").after)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(OpinionKind.ADJUST, points="0,5"), "reason_needed"),
        (Said(OpinionKind.ACCEPT_PROVISIONALLY), "reason_needed"),
        (Said(OpinionKind.ASK, reason="Vì sao"), "question_needed"),
        (Said(OpinionKind.ADJUST, reason="Sai"), "points_needed"),
        (Said(OpinionKind.ADJUST, points="hai", reason="Sai"), "points_unreadable"),
        (Said(OpinionKind.ADJUST, points="50%", reason="Sai"), "points_as_share"),
        (Said(OpinionKind.ADJUST, points="1/4", reason="Sai"), "points_as_share"),
        (Said(OpinionKind.ADJUST, points="-0,5", reason="Sai"), "points_out_of_range"),
        (Said(OpinionKind.ADJUST, points="2,01", reason="Sai"), "points_out_of_range"),
        (Said(OpinionKind.ADJUST, points="1", reason="Sai", cites=10**9), "cited_not_there"),
        (Said(OpinionKind.ADJUST, points="1", reason="Sai", note=10**9), "note_not_there"),
        (Said(OpinionKind.ADJUST, points="1", reason="x" * 2001), "comment_too_long"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_and_nothing_is_stored(made: AppraisalWorld, said: Said, code: str) -> None:
    assert refused(made, "appraiser", "1.2", said) == code
    assert not Opinion.objects.exists()
    assert made.appraisal("1.2").version == 0


def test_days_that_cannot_be_are_refused(made: AppraisalWorld) -> None:
    late = Said(OpinionKind.ACCEPT, given_at=now() + timedelta(days=1))
    assert refused(made, "appraiser", "1.2", late) == "given_in_the_future"
    due = Said(OpinionKind.ASK, question="Cách tính?", due_at=now() - timedelta(days=1))
    assert refused(made, "appraiser", "1.2", due) == "due_in_the_past"


def test_where_nothing_is_claimed_nothing_can_be_accepted(made: AppraisalWorld) -> None:
    Entry.objects.filter(sheet=made.sheet, item_code="1.2").update(points="", state="unanswered")
    assert refused(made, "appraiser", "1.2", OpinionKind.ACCEPT) == "nothing_claimed"
    assert refused(made, "appraiser", "1.2", OpinionKind.ACCEPT_PROVISIONALLY) == "nothing_claimed"
    found = made.say("appraiser", "1.2", Said(OpinionKind.ADJUST, points="0", reason="Không báo cáo"))
    assert (found.state, found.points) == ("adjusted", "0")


def test_an_open_flag_wants_a_reason(made: AppraisalWorld) -> None:
    ItemAppraisal.objects.filter(entry=made.entry("1.2")).update(flags=1, worst="warn")
    assert refused(made, "appraiser", "1.2", OpinionKind.ACCEPT) == "flag_needs_reason"
    found = made.say("appraiser", "1.2", Said(OpinionKind.ACCEPT, reason="Đã đối chiếu văn bản"))
    assert found.state == "accepted"


def test_nobody_appraises_the_own_unit(made: AppraisalWorld) -> None:
    assert refused(made, "appraiser", "1.2", OpinionKind.ACCEPT, sheet=made.other_sheet) == "own_unit_not_appraised"
    assert made.say("second_appraiser", "1.2", OpinionKind.ACCEPT, made.other_sheet).state == "accepted"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("owner", "only_council"), ("leader", "only_council"), ("stranger", "only_council"),
        ("standing_office", "only_council"), ("auditor", "only_council"), ("secretary", "not_assigned"),
    ],
)  # fmt: skip
def test_only_who_is_assigned_says_something(made: AppraisalWorld, name: str, code: str) -> None:
    assert refused(made, name, "1.2", OpinionKind.ACCEPT) == code


def test_the_council_has_nothing_to_say_of_what_a_survey_gives(made: AppraisalWorld) -> None:
    assert refused(made, "appraiser", "3.1", Said(OpinionKind.ADJUST, points="1", reason="x")) == "nothing_to_appraise"


def test_two_who_differ_are_both_kept_and_the_chair_decides(made: AppraisalWorld) -> None:
    made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    found = made.say("second_appraiser", "1.2", ADJUST)
    assert (found.state, found.points) == ("disputed", "")
    assert Opinion.objects.filter(withdrawn_at=None).count() == 2
    with pytest.raises(Refusal, match="minutes_needed"):
        decide(by=made.session("chair"), at=now(), entry_id=found.pk, said=ADJUST, seen=found.version)
    said = Said(OpinionKind.ADJUST, points="0,75", reason="Trung bình hai ý kiến", minutes="Biên bản 03/BB-HĐ")
    with pytest.raises(Refusal, match="only_chair"):
        decide(by=made.session("secretary"), at=now(), entry_id=found.pk, said=said, seen=found.version)
    found = decide(by=made.session("chair"), at=now(), entry_id=found.pk, said=said, seen=found.version)
    assert (found.state, found.points) == ("adjusted", "0.75")
    assert AuditRecord.objects.get(action="decide_item").role == "chair"
    again = made.say("second_appraiser", "1.2", ADJUST)
    assert (again.state, again.points) == ("adjusted", "0.75")  # the chair's word stands until it changes


def test_a_stale_page_is_told(made: AppraisalWorld) -> None:
    seen = made.appraisal("1.2").version
    made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    with pytest.raises(Refusal, match="appraisal_changed"):
        give_opinion(
            by=made.session("second_appraiser"), at=now(), entry_id=made.entry("1.2").pk, said=ADJUST, seen=seen
        )
    assert Opinion.objects.count() == 1


def test_who_leaves_in_mid_work_leaves_the_opinions_behind() -> None:
    made = appraisal_world(needed=0)
    assert made.say("appraiser", "1.2", OpinionKind.ACCEPT).state == "waiting"
    seat = made.members["appraiser"]
    seat.left_at = now()
    seat.save()
    seat.user.grants.update(ended_at=now())
    assert refused(made, "appraiser", "2.1", OpinionKind.ACCEPT) == "only_council"
    found = made.say("second_appraiser", "1.2", OpinionKind.ACCEPT)
    assert (found.state, Opinion.objects.count()) == ("accepted", 2)


def test_where_everybody_is_kept_out_the_chair_decides(made: AppraisalWorld) -> None:
    for name in ("appraiser", "second_appraiser"):
        made.members[name].assignments.all().delete()
    assert refused(made, "appraiser", "1.2", OpinionKind.ACCEPT) == "not_assigned"
    said = Said(OpinionKind.ACCEPT, minutes="Biên bản 04")
    found = decide(by=made.session("chair"), at=now(), entry_id=made.entry("1.2").pk, said=said, seen=0)
    assert found.state == "accepted"


def test_a_question_waits_until_it_is_sent_and_may_still_be_dropped(made: AppraisalWorld) -> None:
    assert made.say("appraiser", "1.2", OpinionKind.ASK).state == "asked"
    asked = Question.objects.get()
    assert (asked.text, asked.sent_at) == ("Đề nghị nêu rõ cách tính", None)
    assert made.say("appraiser", "1.2", OpinionKind.ACCEPT).state == "accepted"
    asked.refresh_from_db()
    assert asked.withdrawn_at is not None
    take_back(by=made.session("appraiser"), at=now(), opinion_id=Opinion.objects.latest("pk").pk)
    asked.refresh_from_db()
    assert (made.appraisal("1.2").state, asked.withdrawn_at) == ("asked", None)
    Question.objects.update(sent_at=now())
    assert refused(made, "appraiser", "1.2", OpinionKind.ACCEPT) == "item_being_explained"
    said = Said(OpinionKind.ACCEPT, minutes="Biên bản")
    with pytest.raises(Refusal, match="item_being_explained"):
        decide(by=made.session("chair"), at=now(), entry_id=asked.entry_id, said=said, seen=3)


def test_one_undoes_the_own_last_opinion_while_nothing_has_followed(made: AppraisalWorld) -> None:
    made.say("appraiser", "1.2", OpinionKind.ACCEPT_PROVISIONALLY)
    made.say("appraiser", "1.2", ADJUST)
    last = Opinion.objects.latest("pk")
    with pytest.raises(Refusal, match="opinion_of_other"):
        take_back(by=made.session("second_appraiser"), at=now(), opinion_id=last.pk)
    found = take_back(by=made.session("appraiser"), at=now(), opinion_id=last.pk)
    assert (found.state, found.points, found.version) == ("provisional", "1", 3)
    with pytest.raises(Refusal, match="opinion_followed"):
        take_back(by=made.session("appraiser"), at=now(), opinion_id=last.pk)
    first = Opinion.objects.earliest("pk")
    made.say("second_appraiser", "1.2", ADJUST)
    with pytest.raises(Refusal, match="opinion_followed"):
        take_back(by=made.session("appraiser"), at=now(), opinion_id=first.pk)


@pytest.mark.parametrize("typed", ["-0", "+0", "0"])
def test_nothing_is_nothing_whatever_its_sign(made: AppraisalWorld, typed: str) -> None:
    made.say("appraiser", "1.2", Said(OpinionKind.ADJUST, points=typed, reason="Chưa chứng minh được"))
    assert Opinion.objects.get().points == "0"


def test_an_answer_is_not_wanted_in_a_thousand_years(made: AppraisalWorld) -> None:
    far = now() + timedelta(days=3 * 365)
    with pytest.raises(Refusal, match="extension_too_far"):
        made.say("appraiser", "1.2", Said(OpinionKind.ASK, question="Vì sao?", due_at=far))


def test_several_are_accepted_at_once_or_none(made: AppraisalWorld) -> None:
    entries = [made.entry(code).pk for code in ("1.1", "1.2", "2.1")]
    picked = [(pk, made.appraisal(code).version) for pk, code in zip(entries, ("1.1", "1.2", "2.1"), strict=True)]
    ItemAppraisal.objects.filter(sheet=made.sheet).update(flags=0)
    ItemAppraisal.objects.filter(entry=entries[2]).update(flags=1)
    with pytest.raises(Refusal) as caught:
        accept_all(by=made.session("appraiser"), at=now(), picked=picked)
    assert caught.value.facts["items"] == [("Sở Y tế", "2.1")]
    assert not Opinion.objects.exists()
    with pytest.raises(Refusal, match="not_assigned"):
        accept_all(by=made.session("chair"), at=now(), picked=picked[:2])
    assert accept_all(by=made.session("appraiser"), at=now(), picked=picked[:2]) == 2
    assert list(Opinion.objects.values_list("kind", "in_bulk")) == [("accept", True)] * 2
    assert AuditRecord.objects.filter(action="give_opinion").count() == 2
    with pytest.raises(Refusal, match="items_not_picked"):
        accept_all(by=made.session("appraiser"), at=now(), picked=[])


def test_an_item_is_put_off_until_something_is_said_of_it(made: AppraisalWorld) -> None:
    entry = made.entry("1.2")
    for _ in range(2):
        put_off(by=made.session("appraiser"), at=now(), entry_id=entry.pk)
    assert LaterDecision.objects.count() == 1
    made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert not LaterDecision.objects.exists()
    with pytest.raises(Refusal, match="not_assigned"):
        put_off(by=made.session("secretary"), at=now(), entry_id=entry.pk)


def test_a_sheet_is_appraised_with_its_last_item_and_opened_with_the_next_doubt(made: AppraisalWorld) -> None:
    made.accept_all(but=("1.2",))
    assert made.sheet.state == "in_appraisal"
    made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert (made.sheet.state, made.sheet.parts.get().state) == ("appraised", "appraised")
    made.say("second_appraiser", "1.2", ADJUST)
    assert (made.sheet.state, made.sheet.parts.get().state) == ("in_appraisal", "in_appraisal")
    assert [proof.broken for proof in verify()] == [()] * len(verify())


def test_an_opinion_asks_a_known_number_of_queries(made: AppraisalWorld, django_assert_max_num_queries: object) -> None:
    made.say("second_appraiser", "1.2", OpinionKind.ACCEPT)
    by, stands = made.session("appraiser"), made.appraisal("2.1")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        give_opinion(by=by, at=now(), entry_id=stands.pk, said=Said(OpinionKind.ACCEPT, reason="x"), seen=0)
