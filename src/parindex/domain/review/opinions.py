"""Opinions of a council on one item: what kinds there are, and what several members together have decided.

Nothing here is overwritten: a member may change an opinion, the earlier ones stay; :func:`decided` looks at the last
of each. Source: the workflow of Quyết định 876/QĐ-BNV (levels of appraisal), the sheet of Điện Biên 2020 (opinions
"Cấp 2", one of them provisional).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class OpinionKind(StrEnum):
    """What an opinion says of the claim."""

    ACCEPT = "accept"
    ACCEPT_PROVISIONALLY = "accept_provisionally"
    ADJUST = "adjust"
    ASK = "ask"


class Capacity(StrEnum):
    """In what capacity an opinion was given: one member, the chair who decides, the council that has voted."""

    MEMBER = "member"
    CHAIR = "chair"
    COUNCIL = "council"


class Blindness(StrEnum):
    """When members of a level see what the others have said of an item."""

    NEVER = "never"
    AFTER_OWN = "after_own"
    ALWAYS = "always"


class Combination(StrEnum):
    """How several opinions become one decision: all agree (else the chair), the median of points, the chair alone."""

    AGREEMENT = "agreement"
    MEDIAN = "median"
    CHAIR = "chair"


class AppraisalState(StrEnum):
    """Where the appraisal of one item of one sheet stands."""

    WAITING = "waiting"
    ASKED = "asked"
    EXPLAINED = "explained"
    DISPUTED = "disputed"
    PROVISIONAL = "provisional"
    ACCEPTED = "accepted"
    ADJUSTED = "adjusted"
    SURVEYED = "surveyed"  # a survey gives its points: nothing to appraise
    NOT_ASSESSED = "not_assessed"  # out of the maximum by a decision of the standing office


#: States in which the council has nothing left to do with an item.
SETTLED = frozenset(
    {AppraisalState.ACCEPTED, AppraisalState.ADJUSTED, AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED}
)
#: States in which a member who is assigned to the item has something to do.
TO_APPRAISE = frozenset({AppraisalState.WAITING, AppraisalState.EXPLAINED, AppraisalState.PROVISIONAL})
#: In these an opinion stands before those of all members.
DECIDES = frozenset({Capacity.CHAIR, Capacity.COUNCIL})


@dataclass(frozen=True, slots=True)
class GivenOpinion:
    """An opinion as it is combined: ``points`` None where it grants none (a question); ``key`` says which one it is
    where somebody wants to know that again, and combines nothing.
    """

    author: int
    kind: OpinionKind
    points: Fraction | None
    capacity: Capacity = Capacity.MEMBER
    key: int = field(default=0, compare=False)

    @property
    def voice(self) -> tuple[int, bool]:
        """Whose word it is: that of a member, or that of chair and council, of which the last one counts."""
        member = self.capacity is Capacity.MEMBER
        return (self.author if member else 0, member)


@dataclass(frozen=True, slots=True)
class LevelRules:
    """How a level works: how many opinions an item needs (0: of everybody assigned), and how they are combined."""

    combination: Combination = Combination.AGREEMENT
    needed: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """What a level has come to on an item: its state, and the points where something is granted."""

    state: AppraisalState
    points: Fraction | None = None


def last_of_each(opinions: Sequence[GivenOpinion]) -> list[GivenOpinion]:
    """The last opinion of every member, in the order in which those were given; ``opinions`` oldest first."""
    found: dict[tuple[int, bool], GivenOpinion] = {}
    for one in opinions:
        found.pop(one.voice, None)
        found[one.voice] = one
    return list(found.values())


def that_stand(opinions: Sequence[GivenOpinion]) -> list[GivenOpinion]:
    """Of the last opinions of a level those that decide: the chair's or the vote's alone where there is one, else those
    of all members; ``opinions`` oldest first.
    """
    last = last_of_each(opinions)
    return [one for one in last if one.capacity in DECIDES] or last


def decided(opinions: Sequence[GivenOpinion], assigned: Collection[int], rules: LevelRules) -> Standing:
    """What the opinions of one level on one item come to; ``opinions`` oldest first, without those taken back.

    ``assigned``: who appraises the item at this level. The decision of the chair, or of a vote, stands before all
    opinions given before it and after it, until it is changed itself. A question waits for its answer whatever the
    others say. Who grants the same points agrees, whatever it is called.
    """
    mine = that_stand(opinions)
    if mine and mine[0].capacity in DECIDES:
        return _of_one(mine[0])
    if any(one.kind is OpinionKind.ASK for one in mine):
        return Standing(AppraisalState.ASKED)
    needed = rules.needed or len(set(assigned) | {one.author for one in mine})
    if not mine or len(mine) < min(needed, max(1, len(set(assigned) | {one.author for one in mine}))):
        return Standing(AppraisalState.WAITING)
    if rules.combination is Combination.CHAIR:
        return Standing(AppraisalState.DISPUTED)
    if rules.combination is Combination.AGREEMENT and len({one.points for one in mine}) > 1:
        return Standing(AppraisalState.DISPUTED)
    return _median(mine)


def _of_one(one: GivenOpinion) -> Standing:
    states = {
        OpinionKind.ACCEPT: AppraisalState.ACCEPTED,
        OpinionKind.ACCEPT_PROVISIONALLY: AppraisalState.PROVISIONAL,
        OpinionKind.ADJUST: AppraisalState.ADJUSTED,
        OpinionKind.ASK: AppraisalState.ASKED,
    }
    return Standing(states[one.kind], one.points)


def _median(opinions: Sequence[GivenOpinion]) -> Standing:
    """The middle of the points, exact; of an even number the mean of the two in the middle.

    One provisional opinion keeps the whole provisional: somebody wants to look again.
    """
    points = sorted(one.points if one.points is not None else Fraction(0) for one in opinions)
    middle = len(points) // 2
    value = points[middle] if len(points) % 2 else (points[middle - 1] + points[middle]) / 2
    if any(one.kind is OpinionKind.ACCEPT_PROVISIONALLY for one in opinions):
        return Standing(AppraisalState.PROVISIONAL, value)
    accepted = all(one.kind is OpinionKind.ACCEPT for one in opinions)
    return Standing(AppraisalState.ACCEPTED if accepted else AppraisalState.ADJUSTED, value)


def sees_words(blindness: Blindness, *, has_spoken: bool) -> bool:
    """Whether a member of a level may see what the others have said of an item."""
    return blindness is Blindness.ALWAYS or (blindness is Blindness.AFTER_OWN and has_spoken)
