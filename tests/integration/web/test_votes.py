"""Votes of the council on the points of an item; who may vote, when a vote is valid, what follows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser

from parindex.database.models import AuditRecord, Ballot, ItemAppraisal, Opinion, Question, Vote
from parindex.database.models.councils import AppraisalAssignment, CouncilRole
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import Choice, VoteMode
from parindex.usecases.councils import remove_member
from parindex.usecases.opinions import take_back
from parindex.usecases.votes import Proposal, cast, close_vote, open_vote, record_ballot
from parindex.wording.refusals import refusal_text

pytestmark = [pytest.mark.django_db, pytest.mark.both]

IN_SESSION = Proposal("0,75", "Sáng kiến mới áp dụng ở một đơn vị", VoteMode.SESSION)


@pytest.fixture
def made() -> AppraisalWorld:
    return appraisal_world()


def refused(call: object, code: str) -> None:
    with pytest.raises(Refusal, match=code) as caught:
        call()  # type: ignore[operator]
    assert refusal_text(caught.value)


def put(made: AppraisalWorld, proposal: Proposal = IN_SESSION, name: str = "secretary", code: str = "1.2") -> Vote:
    return open_vote(by=made.session(name), at=now(), entry_id=made.entry(code).pk, proposal=proposal)


def say(made: AppraisalWorld, vote: Vote, name: str, choice: Choice, by: str = "secretary") -> Ballot:
    member = made.people[name].pk
    return record_ballot(by=made.session(by), at=now(), vote_id=vote.pk, member_id=member, choice=choice)


def close(made: AppraisalWorld, vote: Vote, minutes: str = "Biên bản 05/BB-HĐ", **more: object) -> Vote:
    at = more.get("at", now())
    return close_vote(by=made.session("chair"), at=at, vote_id=vote.pk, minutes=minutes)  # type: ignore[arg-type]


def test_what_is_carried_is_the_opinion_of_the_council(made: AppraisalWorld) -> None:
    made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    made.say("second_appraiser", "1.2", OpinionKind.ADJUST)
    vote = put(made)
    for name in ("appraiser", "second_appraiser", "chair"):
        say(made, vote, name, Choice.FOR)
    say(made, vote, "secretary", Choice.ABSTAIN)
    refused(lambda: close(made, vote, " "), "minutes_needed")
    vote = close(made, vote)
    assert (vote.members, vote.carried, vote.closed_by) == (4, True, made.people["chair"])
    assert vote.opinion is not None
    assert (vote.opinion.capacity, vote.opinion.kind, vote.opinion.points) == ("council", "adjust", "0.75")
    assert (made.appraisal("1.2").state, made.appraisal("1.2").points) == ("adjusted", "0.75")
    facts = json.loads(AuditRecord.objects.get(action="close_vote").after)
    assert (facts["for"], facts["abstained"], facts["valid"]) == (3, 1, True)
    again = made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert again.points == "0.75"  # the council's word stands before its members'
    refused(lambda: close(made, vote), "vote_closed")
    given = vote.opinion.pk
    refused(lambda: take_back(by=made.session("chair"), at=now(), opinion_id=given), "opinion_of_other")


@pytest.mark.parametrize(
    ("choices", "valid"),
    [([Choice.FOR, Choice.FOR], False), ([Choice.FOR, Choice.FOR, Choice.AGAINST], True)],
)
def test_what_is_not_carried_changes_nothing(made: AppraisalWorld, choices: list[Choice], valid: bool) -> None:
    before = made.appraisal("1.2").version
    vote = put(made)
    for name, choice in zip(("appraiser", "second_appraiser", "chair"), choices, strict=False):
        say(made, vote, name, choice)
    assert close(made, vote).carried is False
    assert json.loads(AuditRecord.objects.get(action="close_vote").after)["valid"] is valid
    assert (made.appraisal("1.2").version, Opinion.objects.count()) == (before, 0)
    assert put(made).pk != vote.pk  # another may follow


def test_the_points_of_the_claim_are_accepted_by_it(made: AppraisalWorld) -> None:
    vote = put(made, replace(IN_SESSION, points="1"))
    for name in ("appraiser", "second_appraiser", "chair"):
        say(made, vote, name, Choice.FOR)
    assert close(made, vote).opinion.kind == "accept"  # type: ignore[union-attr]
    assert made.appraisal("1.2").state == "accepted"


def test_in_writing_each_votes_alone_until_the_time_is_over(made: AppraisalWorld) -> None:
    until = now() + timedelta(days=3)
    refused(lambda: put(made, replace(IN_SESSION, mode=VoteMode.WRITING)), "writing_needs_end")
    vote = put(made, Proposal("0,75", "Xin ý kiến", VoteMode.WRITING, until))

    def by_hand(name: str, at: object = None) -> Ballot:
        when = at or now()
        return cast(by=made.session(name), at=when, vote_id=vote.pk, choice=Choice.FOR)  # type: ignore[arg-type]

    refused(lambda: say(made, vote, "appraiser", Choice.FOR), "vote_in_writing")
    by_hand("appraiser")
    refused(lambda: by_hand("appraiser"), "already_voted")
    refused(lambda: by_hand("owner"), "only_council")
    refused(lambda: by_hand("chair", until + timedelta(minutes=1)), "vote_over")
    refused(lambda: close(made, vote), "vote_still_running")
    for name in ("chair", "secretary", "second_appraiser"):
        by_hand(name)
    assert close(made, vote).carried
    late = put(made, Proposal("0,5", "Xin ý kiến", VoteMode.WRITING, until), code="1.1")
    assert close(made, late, at=until + timedelta(minutes=1)).carried is False


def test_who_may_not_vote(made: AppraisalWorld) -> None:
    vote = put(made)
    refused(lambda: cast(by=made.session("appraiser"), at=now(), vote_id=vote.pk, choice=Choice.FOR), "vote_in_session")
    refused(lambda: say(made, vote, "owner", Choice.FOR), "not_a_voter")
    refused(lambda: say(made, vote, "chair", Choice.FOR, by="appraiser"), "only_secretary_and_chair")
    seat = made.members["second_appraiser"]
    seat.role = CouncilRole.STAFF
    seat.save()
    refused(lambda: say(made, vote, "second_appraiser", Choice.FOR), "not_a_voter")
    other = open_vote(
        by=made.session("secretary"), at=now(), entry_id=made.entry("1.2", made.other_sheet).pk, proposal=IN_SESSION
    )
    refused(lambda: say(made, other, "appraiser", Choice.FOR), "not_a_voter")  # works there
    assert close(made, other).members == 2


def test_what_cannot_be_put_to_the_vote(made: AppraisalWorld) -> None:
    refused(lambda: put(made, name="appraiser"), "only_secretary_and_chair")
    refused(lambda: put(made, replace(IN_SESSION, points="3")), "points_out_of_range")
    refused(lambda: put(made, replace(IN_SESSION, reason=" ")), "proposal_needed")
    refused(lambda: put(made, code="3.1"), "nothing_to_appraise")
    put(made)
    refused(lambda: put(made), "vote_already_open")
    made.say("appraiser", "2.1", OpinionKind.ASK)
    Question.objects.update(sent_at=now())
    refused(lambda: put(made, code="2.1"), "item_being_explained")
    AppraisalAssignment.objects.all().delete()
    made.council.members.all().delete()
    made.council.levels.all().delete()
    made.council.delete()
    refused(lambda: put(made, code="2.2"), "no_vote_without_council")
    assert ItemAppraisal.objects.filter(version__gt=0).count() == 1


def test_who_has_left_is_not_counted_and_what_was_counted_stays(made: AppraisalWorld) -> None:
    vote = put(made)
    for name in ("chair", "secretary", "appraiser", "second_appraiser"):
        say(made, vote, name, Choice.FOR)
    page = browser(made, "chair").get(address(made, "1.2")).text
    assert "4 trên 4 thành viên đã biểu quyết: 4 tán thành" in page
    leave(made, "appraiser")
    page = browser(made, "chair").get(address(made, "1.2")).text
    assert "3 trên 3 thành viên đã biểu quyết: 3 tán thành" in page
    assert "1 phiếu không tính" in page
    close(made, vote)
    leave(made, "second_appraiser")
    page = browser(made, "chair").get(address(made, "1.2")).text
    assert "3 trên 3 thành viên đã biểu quyết: 3 tán thành" in page
    assert "1 phiếu không tính" in page


def leave(made: AppraisalWorld, name: str) -> None:
    key = made.members[name].pk
    remove_member(by=made.session("standing_office"), at=now(), member_id=key, reason="Chuyển công tác")
