"""Where the appraisal of one item stands: which level has it, what that level has come to, what is granted so far.

Everything follows from what was said and asked; nothing is kept that could not be worked out again. A level decides;
what it grants passes on to the next level that somebody is assigned to. What was said before the unit answered was said
of another claim: it stays to be read and counts no more. A question whose time is over counts no more either, and
whatever the others said, somebody has to look again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from parindex.domain.review.opinions import AppraisalState, GivenOpinion, LevelRules, Standing, decided

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

    A level that nobody is assigned to is passed over where another has somebody, or has said something. Where no level
    has anybody, the first keeps the item: the chair decides.
    """
    spoken = {one.level for one in said}
    used = [one for one in levels if one.assigned or one.number in spoken] or levels[:1] or (CouncilLevel(1),)
    granted: Fraction | None = None
    for one in used:
        found = level_standing([words for words in said if words.level == one.number], one)
        granted = granted if found.points is None else found.points
        if found.state not in _GRANTED:
            break
    return ItemStanding(one.number, found.state, granted)


def level_standing(said: Sequence[Said], level: CouncilLevel) -> Standing:
    """What one level has come to, by what its members said of the claim as it now is."""
    answered = max((one.answered_at for one in said if one.answered_at is not None), default=None)
    kept: list[Said] = []
    ends = [] if answered is None else [answered]
    for one in said:
        if answered is not None and one.at <= answered:
            continue
        if one.closed_at is None:
            kept.append(one)
        else:  # whoever asked has no opinion any more
            ends.append(one.closed_at)
            kept = [other for other in kept if other.opinion.author != one.opinion.author]
    if ends and not any(one.at >= max(ends) for one in kept):
        return Standing(AppraisalState.EXPLAINED if max(ends) == answered else AppraisalState.WAITING)
    return decided([one.opinion for one in kept], level.assigned, level.rules)
