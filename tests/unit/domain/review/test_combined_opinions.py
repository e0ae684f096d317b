"""What several members together have decided on an item."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.opinions import (
    AppraisalState,
    Blindness,
    Capacity,
    Combination,
    GivenOpinion,
    LevelRules,
    OpinionKind,
    Standing,
    decided,
    last_of_each,
    sees_words,
)

ACCEPT, ADJUST, ASK = OpinionKind.ACCEPT, OpinionKind.ADJUST, OpinionKind.ASK
PROVISIONAL = OpinionKind.ACCEPT_PROVISIONALLY
MEDIAN, BY_CHAIR = LevelRules(Combination.MEDIAN, 2), LevelRules(Combination.CHAIR)

_POINTS = st.fractions(min_value=0, max_value=3, max_denominator=8)


@st.composite
def opinions(draw: st.DrawFn, *, kinds: tuple[OpinionKind, ...] = tuple(OpinionKind)) -> GivenOpinion:
    kind = draw(st.sampled_from(kinds))
    points = None if kind is ASK else draw(_POINTS)
    return GivenOpinion(draw(st.integers(1, 4)), kind, points, draw(st.sampled_from(Capacity)))


_SAID = st.lists(opinions(), max_size=6)
_ASSIGNED = st.sets(st.integers(1, 4))
_RULES = st.builds(LevelRules, st.sampled_from(Combination), st.integers(0, 3))


def one(author: int, kind: OpinionKind, points: str = "", capacity: Capacity = Capacity.MEMBER) -> GivenOpinion:
    return GivenOpinion(author, kind, Fraction(points) if points else None, capacity)


@pytest.mark.parametrize(
    ("said", "rules", "state", "points"),
    [
        ([], LevelRules(), "waiting", None),
        ([one(1, ACCEPT, "1")], LevelRules(), "accepted", "1"),
        ([one(1, ADJUST, "1/2")], LevelRules(), "adjusted", "1/2"),
        ([one(1, PROVISIONAL, "1")], LevelRules(), "provisional", "1"),
        ([one(1, ASK)], LevelRules(), "asked", None),
        ([one(1, ACCEPT, "1"), one(2, ASK)], LevelRules(), "asked", None),
        ([one(1, ACCEPT, "1")], LevelRules(needed=2), "waiting", None),
        ([one(1, ACCEPT, "1")], LevelRules(needed=0), "waiting", None),
        ([one(1, ACCEPT, "1"), one(2, ACCEPT, "1")], LevelRules(needed=0), "accepted", "1"),
        ([one(1, ACCEPT, "1"), one(2, ADJUST, "1/2")], LevelRules(needed=2), "disputed", None),
        ([one(1, ACCEPT, "1"), one(2, ADJUST, "1")], LevelRules(needed=2), "adjusted", "1"),
        ([one(1, ACCEPT, "1"), one(2, PROVISIONAL, "1")], LevelRules(needed=2), "provisional", "1"),
        ([one(1, ADJUST, "1/2"), one(2, ACCEPT, "1"), one(1, ACCEPT, "1")], LevelRules(needed=2), "accepted", "1"),
        ([one(1, ACCEPT, "1")], BY_CHAIR, "disputed", None),
        ([one(1, ACCEPT, "1"), one(9, ADJUST, "1/4", Capacity.CHAIR)], BY_CHAIR, "adjusted", "1/4"),
        ([one(9, ACCEPT, "1", Capacity.COUNCIL), one(1, ADJUST, "0")], LevelRules(), "accepted", "1"),
        ([one(9, ACCEPT, "1", Capacity.CHAIR), one(9, ASK, "", Capacity.CHAIR)], LevelRules(), "asked", None),
        ([one(1, ACCEPT, "1"), one(2, ADJUST, "1/2")], MEDIAN, "adjusted", "3/4"),
        ([one(1, ACCEPT, "1"), one(2, ADJUST, "0"), one(3, ADJUST, "1/4")], MEDIAN, "adjusted", "1/4"),
        ([one(1, ACCEPT, "1"), one(2, PROVISIONAL, "1")], MEDIAN, "provisional", "1"),
        ([one(1, ACCEPT, "1"), one(2, ACCEPT, "2")], MEDIAN, "accepted", "3/2"),
    ],
)  # fmt: skip
def test_what_the_opinions_of_a_level_come_to(
    said: list[GivenOpinion], rules: LevelRules, state: str, points: str | None
) -> None:
    assert decided(said, (1, 2), rules) == Standing(AppraisalState(state), Fraction(points) if points else None)


def test_who_is_no_longer_assigned_is_waited_for_no_more() -> None:
    said = [one(1, ACCEPT, "1"), one(2, ACCEPT, "1")]
    assert decided(said[:1], (1,), LevelRules(needed=3)).state is AppraisalState.ACCEPTED
    assert decided(said, (2,), LevelRules(needed=3)).state is AppraisalState.ACCEPTED


@given(_SAID, _ASSIGNED, _RULES)
def test_points_are_granted_where_something_is_accepted_or_adjusted_and_nowhere_else(
    said: list[GivenOpinion], assigned: set[int], rules: LevelRules
) -> None:
    found = decided(said, assigned, rules)
    granted = {AppraisalState.ACCEPTED, AppraisalState.ADJUSTED, AppraisalState.PROVISIONAL}
    assert (found.points is not None) == (found.state in granted)


@given(_SAID, _ASSIGNED, _RULES)
def test_only_the_last_word_of_each_counts(said: list[GivenOpinion], assigned: set[int], rules: LevelRules) -> None:
    assert decided(last_of_each(said), assigned, rules) == decided(said, assigned, rules)


@given(_SAID, opinions(), _ASSIGNED, _RULES)
def test_the_chair_stands_before_everybody(
    said: list[GivenOpinion], last: GivenOpinion, assigned: set[int], rules: LevelRules
) -> None:
    chair = GivenOpinion(9, last.kind, last.points, Capacity.CHAIR)
    members = [one for one in said if one.capacity is Capacity.MEMBER]
    alone = decided([chair], assigned, rules)
    assert decided([*members, chair], assigned, rules) == decided([chair, *members], assigned, rules) == alone


@given(st.lists(opinions(kinds=(ACCEPT, ADJUST)), min_size=1, max_size=5), _ASSIGNED, st.randoms())
def test_the_median_lies_between_the_opinions_whoever_spoke_first(
    said: list[GivenOpinion], assigned: set[int], order: object
) -> None:
    members = [GivenOpinion(number, one.kind, one.points) for number, one in enumerate(said)]
    rules = LevelRules(Combination.MEDIAN, len(members))
    found = decided(members, assigned, rules)
    points = [one.points for one in members if one.points is not None]
    assert found.points is not None
    assert min(points) <= found.points <= max(points)
    order.shuffle(members)  # type: ignore[attr-defined]
    assert decided(members, assigned, rules) == found


@pytest.mark.parametrize(
    ("blindness", "before", "after"),
    [(Blindness.NEVER, False, False), (Blindness.AFTER_OWN, False, True), (Blindness.ALWAYS, True, True)],
)
def test_when_members_see_what_the_others_said(blindness: Blindness, before: bool, after: bool) -> None:
    assert (sees_words(blindness, has_spoken=False), sees_words(blindness, has_spoken=True)) == (before, after)
