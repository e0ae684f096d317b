"""Where the appraisal of one item stands: which level has it, what that level has come to, what is granted so far.

Everything follows from what was said and asked; nothing is kept that could not be worked out again. A level decides;
what it grants passes on to the next level that somebody is assigned to. What chair or council decide settles the item
at whatever level they do it: what members say later stays to be read and changes nothing. What was said before the unit
answered was said of another claim: it stays to be read and counts no more. A question whose time is over counts no more
either, and whatever the others said, somebody has to look again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from parindex.domain.review.opinions import (
    DECIDES,
    AppraisalState,
    GivenOpinion,
    LevelRules,
    OpinionKind,
    Standing,
    decided,
    that_stand,
)

_GRANTED = frozenset({AppraisalState.ACCEPTED, AppraisalState.ADJUSTED})


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion of a level; of a question also when the unit answered it, or when its time was over without answer."""

    level: int
    opinion: GivenOpinion
    at: datetime
    answered_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CouncilLevel:
    """A level for one item: how it works and who is assigned to the item there."""

    number: int
    rules: LevelRules = field(default_factory=LevelRules)
    assigned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """The level that has the item, where it stands, and the points granted so far (of a lower level while it waits)."""

    level: int
    state: AppraisalState
    points: Fraction | None = None


def standing_of(said: Sequence[Said], levels: Sequence[CouncilLevel]) -> ItemStanding:
    """Where an item stands; ``said`` oldest first, without what was taken back; ``levels`` by number.

    What the chair decides, or the council votes, settles the item, whatever levels there are above. A level that nobody
    is assigned to is passed over where another has somebody, or has said something. Where no level has anybody, the
    first keeps the item: the chair decides.
    """
    decision = decision_of(said)
    if decision is not None:
        found = decided([decision.opinion], (), LevelRules())
        return ItemStanding(decision.level, found.state, found.points)
    spoken = {one.level for one in said}
    used = [one for one in levels if one.assigned or one.number in spoken] or levels[:1] or (CouncilLevel(1),)
    for one in used:
        found = level_standing([words for words in said if words.level == one.number], one)
        if found.state not in _GRANTED:
            break
    points = granted_below(said, used, one.number) if found.points is None else found.points
    return ItemStanding(one.number, found.state, points)


def decision_of(said: Sequence[Said]) -> Said | None:
    """The last decision of chair or council, of whatever level, on the claim as it now is; None where there is none, or
    where the chair asks. ``said`` oldest first.
    """
    answered = _last_answer(said)
    last = next((one for one in reversed(said) if one.opinion.capacity in DECIDES), None)
    if last is None or last.opinion.kind is OpinionKind.ASK or (answered is not None and last.at <= answered):
        return None
    return last


def granted_below(said: Sequence[Said], levels: Sequence[CouncilLevel], number: int) -> Fraction | None:
    """What the levels below level ``number`` have granted of the claim as it now is: with that agrees who accepts at
    this level. None where they have granted nothing of it: there the claim itself is accepted.
    """
    answered, granted = _last_answer(said), None
    for level in levels:
        words = [one for one in said if one.level == level.number]
        if level.number >= number or not words:
            continue
        found = level_standing(words, level)
        if found.points is not None:
            granted = found.points if answered is None or words[-1].at > answered else None
    return granted


def against_claim(standing: ItemStanding, claim: Fraction | None) -> ItemStanding:
    """What is granted by its name: accepted where it is what is claimed, adjusted where it is something else."""
    if standing.state not in _GRANTED:
        return standing
    name = AppraisalState.ACCEPTED if standing.points == claim else AppraisalState.ADJUSTED
    return replace(standing, state=name)


def has_spoken(said: Sequence[Said], level: int, author: int) -> bool:
    """Whether something counts that somebody said as a member, at a level, of the claim as it now is."""
    kept, _, _ = _counted([one for one in said if one.level == level])
    return any(one.opinion.voice == (author, True) for one in kept)


def shown_to_blind(said: Sequence[Said], levels: Sequence[CouncilLevel], level: int, author: int) -> dict[str, str]:
    """What a member who may not see what the others say of an item at its level is shown of where it stands, as texts:
    what the level below has granted, what was decided, when the unit answered, what they said themselves.
    """
    mine = [one for one in said if one.level == level and one.opinion.voice == (author, True)]
    decision, answered = decision_of(said), _last_answer(said)
    return {
        "level": str(level),
        "below": str(granted_below(said, levels, level)),
        "decided": f"{decision.at} {decision.opinion.points}" if decision else "",
        "answered": str(answered),
        "mine": "; ".join(f"{one.at} {one.opinion.kind} {one.opinion.points}" for one in mine),
    }


def level_standing(said: Sequence[Said], level: CouncilLevel) -> Standing:
    """What one level has come to, by what its members said of the claim as it now is."""
    kept, answered, ended = _counted(said)
    if ended is not None and not any(one.at >= ended for one in kept):
        return Standing(AppraisalState.EXPLAINED if ended == answered else AppraisalState.WAITING)
    return decided([one.opinion for one in kept], level.assigned, level.rules)


def words_that_stand(said: Sequence[Said]) -> list[GivenOpinion]:
    """What grants the points of an item: what chair or council decided alone; else level by level the last word of each
    member on the claim as it now is. ``said`` oldest first, without what was taken back; questions grant nothing.
    """
    decision = decision_of(said)
    if decision is not None:
        return [decision.opinion]
    found: list[GivenOpinion] = []
    for level in sorted({one.level for one in said}):
        kept, _, _ = _counted([one for one in said if one.level == level])
        found += that_stand([one.opinion for one in kept])
    return [one for one in found if one.kind is not OpinionKind.ASK]


def _counted(said: Sequence[Said]) -> tuple[list[Said], datetime | None, datetime | None]:
    """What counts of the words of a level; when the unit last answered it; and when a question of it last ended."""
    answered = _last_answer(said)
    kept: list[Said] = []
    ends = [] if answered is None else [answered]
    for one in said:
        if answered is not None and one.at <= answered:
            continue
        if one.closed_at is None:
            kept.append(one)
        else:  # whoever asked has no opinion any more
            ends.append(one.closed_at)
            kept = [other for other in kept if other.opinion.voice != one.opinion.voice]
    return kept, answered, max(ends, default=None)


def _last_answer(said: Sequence[Said]) -> datetime | None:
    """When the unit last answered a question."""
    return max((one.answered_at for one in said if one.answered_at is not None), default=None)
