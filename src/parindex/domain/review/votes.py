"""A vote of the council on the points of one item: in session or in writing, valid above half of the members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class VoteMode(StrEnum):
    """How the members vote."""

    SESSION = "session"
    WRITING = "writing"


class Choice(StrEnum):
    """What a member says to the proposal."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Count:
    """The result of a vote: how many members there are, how many said what.

    ``valid``: more than half of the members took part; ``carried``: valid, and more than half of the members who may
    vote are for the proposal.
    """

    members: int
    votes_for: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """How many took part."""
        return self.votes_for + self.against + self.abstained

    @property
    def valid(self) -> bool:
        """Whether more than half of the members took part."""
        return 2 * self.cast > self.members

    @property
    def carried(self) -> bool:
        """Whether it is valid and more than half of the members are for the proposal."""
        return self.valid and 2 * self.votes_for > self.members


def count(members: int, choices: Iterable[Choice]) -> Count:
    """Count the ``choices`` of a council with ``members`` who may vote."""
    said = list(choices)
    return Count(members, said.count(Choice.FOR), said.count(Choice.AGAINST), said.count(Choice.ABSTAIN))
