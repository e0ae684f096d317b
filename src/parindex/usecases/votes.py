"""Votes of the council on the points of an item: in session or in writing; what is carried is the council's opinion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.models import AuditRecord, Ballot, Opinion, User, Vote
from parindex.domain.review.appraisal_permissions import check_can_keep_votes, check_can_vote
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import Choice, Count, VoteMode, count
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.appraised_points import granted_points
from parindex.usecases.entry_points import points_of
from parindex.usecases.item_standing import HeldItem, held_item
from parindex.usecases.latest_days import check_not_too_far
from parindex.usecases.opinions import MINUTES_LENGTH, Said, require_to_appraise, store_opinion
from parindex.usecases.written_texts import REASON_LENGTH, reason_of, whole


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put to the vote: the points and the reason for them; ``ends_at`` of a vote in writing."""

    points: str
    reason: str
    mode: VoteMode
    ends_at: datetime | None = None


@transaction.atomic
def open_vote(*, by: Session, at: datetime, entry_id: int, proposal: Proposal) -> Vote:
    """Put the points of an item to the vote; one vote on an item at a time."""
    held = held_item(entry_id, by.user.pk)
    check_can_keep_votes(by.actor, held.sheet_facts, held.seat_of(by))
    require_to_appraise(held)
    if not voters_of(held):
        raise Refusal("no_vote_without_council")
    if Vote.objects.filter(entry=held.entry, closed_at=None).exists():
        raise Refusal("vote_already_open")
    why = whole(proposal.reason, REASON_LENGTH)
    if not why:
        raise Refusal("proposal_needed")
    in_writing = proposal.mode is VoteMode.WRITING
    if in_writing and (proposal.ends_at is None or proposal.ends_at <= at):
        raise Refusal("writing_needs_end")
    if in_writing and proposal.ends_at is not None:
        check_not_too_far(held.sheet.cycle_id, proposal.ends_at, at)
    vote = Vote.objects.create(
        entry=held.entry, level=held.level, mode=proposal.mode, proposal=why,
        points=granted_points(held.frozen, held.code, proposal.points), opened_by=by.user, opened_at=at,
        ends_at=proposal.ends_at if in_writing else None,
    )  # fmt: skip
    _log("open_vote", held, vote, by, at, why, {"points": vote.points, "mode": str(vote.mode), "until": vote.ends_at})
    return vote


@transaction.atomic
def cast(*, by: Session, at: datetime, vote_id: int, choice: Choice, reason: str = "") -> Ballot:
    """Vote in writing, oneself, until the vote ends; what was cast stays as it is."""
    held, vote = _held(vote_id, by)
    check_can_vote(by.actor, held.sheet_facts, held.seat_of(by))
    if vote.mode != VoteMode.WRITING:
        raise Refusal("vote_in_session")
    if vote.ends_at is not None and at > vote.ends_at:
        raise Refusal("vote_over")
    ballot = _ballot(held, vote, by.user, choice, reason, by, at)
    _log("cast_vote", held, vote, by, at, ballot.reason, {"choice": str(choice)})
    return ballot


@transaction.atomic
def record_ballot(
    *, by: Session, at: datetime, vote_id: int, member_id: int, choice: Choice, reason: str = ""
) -> Ballot:
    """The secretary (or the chair) records what a member said in session."""
    held, vote = _held(vote_id, by)
    check_can_keep_votes(by.actor, held.sheet_facts, held.seat_of(by))
    if vote.mode != VoteMode.SESSION:
        raise Refusal("vote_in_writing")
    member = User.objects.get(pk=member_id)
    ballot = _ballot(held, vote, member, choice, reason, by, at)
    _log("record_ballot", held, vote, by, at, ballot.reason, {"choice": str(choice), "full_name": member.full_name})
    return ballot


@transaction.atomic
def close_vote(*, by: Session, at: datetime, vote_id: int, minutes: str) -> Vote:
    """Count a vote, with minutes. What is carried becomes the opinion of the council; else the item stays as it was.

    A vote in writing is closed once everybody has voted or its time is over (``vote_still_running``).
    """
    held, vote = _held(vote_id, by)
    check_can_keep_votes(by.actor, held.sheet_facts, held.seat_of(by))
    require_to_appraise(held)
    said = whole(minutes, MINUTES_LENGTH)
    if not said:
        raise Refusal("minutes_needed")
    voters = voters_of(held)
    result = counted(vote, voters)
    running = vote.ends_at is not None and at <= vote.ends_at
    if running and result.cast < len(voters):
        raise Refusal("vote_still_running", until=vote.ends_at)
    vote.members, vote.minutes, vote.carried = len(voters), said, result.carried
    vote.closed_by, vote.closed_at = by.user, at
    vote.save(update_fields=["members", "minutes", "carried", "closed_by", "closed_at"])
    facts = {
        "points": vote.points, "carried": result.carried, "valid": result.valid, "members": result.members,
        "for": result.votes_for, "against": result.against, "abstained": result.abstained,
    }  # fmt: skip
    if result.carried:
        vote.opinion = _opinion(held, vote, said, by, at)
        vote.save(update_fields=["opinion"])
    _log("close_vote", held, vote, by, at, said, facts)
    return vote


def voters_of(held: HeldItem) -> tuple[int, ...]:
    """Who may vote on an item: everybody on the council who appraises and is not kept out of the unit."""
    units = (held.sheet.unit_path, held.part.lead_path)
    return tuple(
        member.user for member in held.table.members.values()
        if member.appraises and not held.table.recusals.recused(member.user, units)
    )  # fmt: skip


def counted(vote: Vote, voters: Sequence[int]) -> Count:
    """What a vote has come to so far; the ballots of who has left the council since count no more. One query."""
    rows = Ballot.objects.filter(vote=vote, member__in=voters).values_list("choice", flat=True)
    return count(len(voters), [Choice(one) for one in rows])


def counted_at_closing(votes: Sequence[Vote]) -> dict[int, Count]:
    """What votes that were closed had come to then, as the log says, by their keys: who has left since counts on, and
    who had left before does not. One query, none where no vote was counted.
    """
    keys = [str(one.pk) for one in votes if one.carried is not None]
    if not keys:
        return {}
    rows = AuditRecord.objects.filter(action="close_vote", object_kind="vote", object_id__in=keys)
    found = {}
    for key, after in rows.values_list("object_id", "after"):
        facts = json.loads(after)
        found[int(key)] = Count(facts["members"], facts["for"], facts["against"], facts["abstained"])
    return found


def _held(vote_id: int, by: Session) -> tuple[HeldItem, Vote]:
    """An open vote with its item, both held."""
    held = held_item(Vote.objects.values_list("entry", flat=True).get(pk=vote_id), by.user.pk)
    vote = Vote.objects.select_for_update(no_key=True).get(pk=vote_id)
    if vote.closed_at is not None:
        raise Refusal("vote_closed")
    return held, vote


def _ballot(held: HeldItem, vote: Vote, member: User, choice: Choice, reason: str, by: Session, at: datetime) -> Ballot:
    if member.pk not in voters_of(held):
        raise Refusal("not_a_voter")
    if Ballot.objects.filter(vote=vote, member=member).exists():
        raise Refusal("already_voted")
    why = reason_of(reason, needed=False)
    return Ballot.objects.create(vote=vote, member=member, choice=choice, reason=why, recorded_by=by.user, at=at)


def _opinion(held: HeldItem, vote: Vote, minutes: str, by: Session, at: datetime) -> Opinion:
    """The points that are to be accepted are accepted by it, any others granted in their place."""
    proposed = points_of(held.claimed) if held.granted_below is None else held.granted_below
    kind = OpinionKind.ACCEPT if proposed == points_of(vote.points) else OpinionKind.ADJUST
    said = Said(kind, points=vote.points, reason=vote.proposal, minutes=minutes)
    return store_opinion(held, said, Capacity.COUNCIL, by, at)


def _log(
    action: str, held: HeldItem, vote: Vote, by: Session, at: datetime, reason: str, facts: dict[str, object]
) -> None:
    what = audit_log.target(vote, unit=held.sheet.cycle.owner_id, cycle=held.sheet.cycle_id)
    after = {"item": held.code, "unit": held.sheet.unit_name, **facts}
    audit_log.record(action, what, by=by, at=at, role=held.role_of(by), after=after, reason=reason)
