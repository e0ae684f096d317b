"""Votes on one item: the one that is open, those that were closed, who may do what with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from parindex.database.models import Ballot, Entry, Vote
from parindex.database.queries.appraisal_pages import QueueRow, ballots_in, votes_on
from parindex.database.queries.councils import Member
from parindex.domain.review.appraisal_permissions import check_can_keep_votes, check_can_vote
from parindex.domain.review.permissions import SheetFacts
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.votes import Choice, Count, count
from parindex.usecases.actors import Session
from parindex.usecases.votes import counted_at_closing
from parindex.web.appraisals.reader import Reader


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A vote, the ballots that the reader may see, and what it comes to, or came to when it was closed.

    ``left_out``: how many ballots do not count, because who cast them may not vote any more.
    """

    vote: Vote
    ballots: Sequence[Ballot]
    mine: Ballot | None
    counted: Count
    left_out: int

    @property
    def is_open(self) -> bool:
        """Whether members still vote."""
        return self.vote.closed_at is None


@dataclass(frozen=True, slots=True)
class VoteView:
    """The votes on an item, the last one first; ``keeps`` and ``votes`` are why the reader may not keep or cast."""

    lines: Sequence[VoteLine]
    keeps: Refusal | None
    votes: Refusal | None
    members: Sequence[Member]

    @property
    def open(self) -> VoteLine | None:
        """The vote that is open."""
        return self.lines[0] if self.lines and self.lines[0].is_open else None

    @property
    def to_record(self) -> list[Member]:
        """The members whose ballot in the open vote is not there yet."""
        voted = {one.member_id for one in self.open.ballots} if self.open else set()
        return [one for one in self.members if one.user not in voted]


def vote_view(session: Session, reader: Reader, facts: SheetFacts, entry: Entry, row: QueueRow) -> VoteView:
    """No query where there was no vote; else two, one more where one was closed."""
    seat = reader.table.seat_of(reader.user)
    keeps = refusal(check_can_keep_votes, session.actor, facts, seat)
    may_vote = refusal(check_can_vote, session.actor, facts, seat)
    members = [
        one for one in reader.table.members.values()
        if one.appraises and not reader.table.recusals.recused(one.user, (facts.unit, *facts.leads))
    ]  # fmt: skip
    votes = votes_on(entry=entry.pk) if row.votes else []
    cast = ballots_in(votes=sorted(one.pk for one in votes)) if votes else []
    of_vote = {one.pk: [ballot for ballot in cast if ballot.vote_id == one.pk] for one in votes}
    closed, voters = counted_at_closing(votes), {one.user for one in members}
    lines = [
        _line(one, of_vote[one.pk], reader, keeps, closed.get(one.pk) or _so_far(of_vote[one.pk], voters))
        for one in votes
    ]
    return VoteView(lines, keeps, may_vote, members)


def _so_far(ballots: Sequence[Ballot], voters: Collection[int]) -> Count:
    """What the ballots of those who may vote now come to."""
    return count(len(voters), [Choice(one.choice) for one in ballots if one.member_id in voters])


def _line(vote: Vote, ballots: Sequence[Ballot], reader: Reader, keeps: Refusal | None, counted: Count) -> VoteLine:
    """While a vote is open only who keeps it sees the ballots of others."""
    mine = next((one for one in ballots if one.member_id == reader.user), None)
    is_shown = keeps is None or vote.closed_at is not None or reader.sees_all
    shown = list(ballots) if is_shown else [one for one in ballots if one is mine]
    return VoteLine(vote, shown, mine, counted, len(ballots) - counted.cast)
