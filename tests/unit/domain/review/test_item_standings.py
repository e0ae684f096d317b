"""Where an item stands by all that was said, level after level, question after question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.item_standings import (
    CouncilLevel,
    ItemStanding,
    Said,
    against_claim,
    decision_of,
    granted_below,
    has_spoken,
    shown_to_blind,
    standing_of,
    words_that_stand,
)
from parindex.domain.review.opinions import SETTLED, AppraisalState, Capacity, GivenOpinion, LevelRules, OpinionKind

ACCEPT, ADJUST, ASK = OpinionKind.ACCEPT, OpinionKind.ADJUST, OpinionKind.ASK
_START = datetime(2025, 12, 1, tzinfo=UTC)
CHAIR, VOTE = Capacity.CHAIR, Capacity.COUNCIL
ONE, TWO = CouncilLevel(1, assigned=(1, 2)), CouncilLevel(2, assigned=(3,))


def hour(number: int) -> datetime:
    return _START + timedelta(hours=number)


def said(
    at: int, author: int, kind: OpinionKind, points: str = "", *, level: int = 1, answered: int = 0, closed: int = 0,
    capacity: Capacity = Capacity.MEMBER,
) -> Said:  # fmt: skip
    opinion = GivenOpinion(author, kind, Fraction(points) if points else None, capacity)
    return Said(level, opinion, hour(at), hour(answered) if answered else None, hour(closed) if closed else None)


CUT, VOTED = said(1, 9, ADJUST, "1/2", capacity=CHAIR), said(1, 9, ADJUST, "1/2", capacity=VOTE)


@pytest.mark.parametrize(
    ("words", "levels", "level", "state", "points"),
    [
        # No council at all, and one in which nobody is assigned.
        ([], [], 1, "waiting", None),
        ([], [CouncilLevel(1), CouncilLevel(2)], 1, "waiting", None),
        ([said(1, 9, ACCEPT, "1", capacity=Capacity.CHAIR)], [CouncilLevel(1), CouncilLevel(2)], 1, "accepted", "1"),
        # A level without anybody is passed over, unless something was said there.
        ([], [CouncilLevel(1), TWO], 2, "waiting", None),
        ([said(1, 1, ACCEPT, "1")], [CouncilLevel(1), TWO], 2, "waiting", "1"),
        # What a level grants passes on; the next may grant something else.
        ([said(1, 1, ACCEPT, "1")], [ONE], 1, "accepted", "1"),
        ([said(1, 1, ACCEPT, "1")], [ONE, TWO], 2, "waiting", "1"),
        ([said(1, 1, ACCEPT, "1"), said(2, 3, ADJUST, "1/2", level=2)], [ONE, TWO], 2, "adjusted", "1/2"),
        ([said(1, 1, ACCEPT, "1"), said(2, 3, ASK, level=2)], [ONE, TWO], 2, "asked", "1"),
        ([said(1, 1, OpinionKind.ACCEPT_PROVISIONALLY, "1")], [ONE, TWO], 1, "provisional", "1"),
        # An answer: what was said before was said of another claim.
        ([said(1, 1, ASK)], [ONE], 1, "asked", None),
        ([said(1, 1, ASK, answered=3)], [ONE], 1, "explained", None),
        ([said(1, 2, ACCEPT, "1"), said(2, 1, ASK, answered=3)], [ONE], 1, "explained", None),
        ([said(1, 1, ASK, answered=3), said(4, 2, ACCEPT, "2")], [ONE], 1, "accepted", "2"),
        ([said(1, 1, ACCEPT, "1"), said(2, 3, ASK, level=2, answered=3)], [ONE, TWO], 2, "explained", None),
        # Chair and council settle the item whatever level has it; a later decision of theirs replaces that.
        ([CUT], [ONE, TWO], 1, "adjusted", "1/2"),
        ([VOTED, said(2, 3, ADJUST, "0", level=2)], [ONE, TWO], 1, "adjusted", "1/2"),
        ([VOTED, said(2, 8, ACCEPT, "1", capacity=CHAIR)], [ONE, TWO], 1, "accepted", "1"),
        ([CUT, said(2, 9, ASK, capacity=CHAIR)], [ONE, TWO], 1, "asked", None),
        ([CUT, said(2, 9, ASK, closed=3)], [ONE, TWO], 1, "adjusted", "1/2"),
        # An answer that comes after reopens it.
        ([CUT, said(2, 9, ASK, capacity=CHAIR, answered=3)], [ONE, TWO], 1, "explained", None),
        ([CUT, said(2, 3, ASK, level=2, answered=3)], [ONE, TWO], 2, "explained", None),
        ([said(1, 1, ASK, answered=3), said(4, 1, ASK)], [ONE], 1, "asked", None),
        # A question without answer: the others' words stand, once somebody has looked again.
        ([said(1, 1, ASK, closed=3)], [ONE], 1, "waiting", None),
        ([said(1, 1, ACCEPT, "1"), said(2, 1, ASK, closed=3)], [ONE], 1, "waiting", None),
        ([said(1, 2, ACCEPT, "1"), said(2, 1, ASK, closed=3)], [ONE], 1, "waiting", None),
        ([said(1, 2, ACCEPT, "1"), said(2, 1, ASK, closed=3), said(4, 1, ADJUST, "0")], [ONE], 1, "disputed", None),
        ([said(1, 1, ASK, closed=2), said(2, 1, ACCEPT, "1")], [ONE], 1, "accepted", "1"),
        ([said(1, 1, ASK, answered=3), said(4, 1, ASK, closed=5)], [ONE], 1, "waiting", None),
    ],
)  # fmt: skip
def test_where_an_item_stands(
    words: list[Said], levels: list[CouncilLevel], level: int, state: str, points: str | None
) -> None:
    expected = ItemStanding(level, AppraisalState(state), Fraction(points) if points else None)
    assert standing_of(words, levels) == expected


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        ([], []),
        ([said(1, 1, ACCEPT, "1"), said(2, 2, ADJUST, "0")], [1, 2]),
        ([said(1, 1, ACCEPT, "1"), said(2, 2, ADJUST, "0"), said(3, 1, ADJUST, "0")], [2, 3]),
        # The chair's word alone, or the vote's, whoever spoke before and after.
        ([said(1, 1, ACCEPT, "1"), said(2, 9, ADJUST, "0", capacity=CHAIR), said(3, 2, ACCEPT, "1")], [2]),
        ([said(1, 9, ADJUST, "0", capacity=CHAIR), said(2, 8, ADJUST, "1", capacity=VOTE)], [2]),
        ([said(1, 1, ACCEPT, "1"), said(2, 9, ADJUST, "0", capacity=CHAIR), said(3, 3, ACCEPT, "1", level=2)], [2]),
        # Of the claim as it now is, level by level.
        ([said(1, 2, ACCEPT, "1"), said(2, 1, ASK, answered=3), said(4, 1, ADJUST, "0")], [4]),
        ([said(1, 9, ADJUST, "0", capacity=CHAIR), said(2, 1, ASK, answered=3), said(4, 1, ACCEPT, "1")], [4]),
        ([said(4, 3, ASK, level=2, answered=5), said(6, 3, ADJUST, "0", level=2), said(7, 1, ACCEPT, "1")], [7, 6]),
        # Who asked in vain has given up what they said before; a question grants nothing.
        ([said(1, 1, ACCEPT, "1"), said(2, 1, ASK, closed=3), said(4, 2, ACCEPT, "1")], [4]),
        ([said(1, 1, ACCEPT, "1"), said(2, 2, ASK)], [1]),
    ],
)  # fmt: skip
def test_what_grants_the_points(words: list[Said], stand: list[int]) -> None:
    assert words_that_stand(words) == [one.opinion for at in stand for one in words if one.at == hour(at)]


_KINDS = st.sampled_from(OpinionKind)


@st.composite
def _words(draw: st.DrawFn) -> list[Said]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(_KINDS)
        points = None if kind is ASK else draw(st.fractions(0, 2, max_denominator=4))
        over = draw(st.sampled_from([None, "answered", "closed"])) if kind is ASK else None
        opinion = GivenOpinion(draw(st.integers(1, 3)), kind, points, draw(st.sampled_from(Capacity)))
        end = hour(2 * number + 1)
        found.append(Said(
            draw(st.integers(1, 2)), opinion, hour(2 * number), end if over == "answered" else None,
            end if over == "closed" else None,
        ))  # fmt: skip
    return found


@given(_words(), st.lists(st.sets(st.integers(1, 3)), min_size=2, max_size=2))
def test_whatever_was_said_an_item_is_settled_only_with_points_at_its_last_level(
    words: list[Said], assigned: list[set[int]]
) -> None:
    levels = [CouncilLevel(number, LevelRules(), tuple(found)) for number, found in enumerate(assigned, start=1)]
    found = standing_of(words, levels)
    assert found.level in (1, 2)
    if found.state in SETTLED:
        assert found.points is not None
        assert decision_of(words) is not None or found.level == max(
            one.number for one in levels if one.assigned or found.level == one.number
        )


@given(_words(), _words(), st.sampled_from([CHAIR, VOTE]), st.integers(1, 2), st.fractions(0, 2, max_denominator=4))
def test_what_chair_or_council_decide_stands_whatever_members_say_before_and_after(
    before: list[Said], after: list[Said], capacity: Capacity, level: int, points: Fraction
) -> None:
    decision = Said(level, GivenOpinion(9, ADJUST, points, capacity), hour(50))
    later = [
        replace(
            one, opinion=replace(one.opinion, capacity=Capacity.MEMBER), at=one.at + timedelta(60), answered_at=None
        )
        for one in after
    ]
    words = [*before, decision, *later]
    assert standing_of(words, [ONE, TWO]) == ItemStanding(level, AppraisalState.ADJUSTED, points)
    assert words_that_stand(words) == [decision.opinion]


@pytest.mark.parametrize(
    ("words", "granted"),
    [
        ([], None),
        ([said(1, 1, ACCEPT, "1")], "1"),
        ([said(1, 1, ASK)], None),
        ([said(1, 1, ADJUST, "1/2"), said(2, 3, ADJUST, "2", level=2)], "1/2"),
        ([said(1, 1, ADJUST, "1/2"), said(2, 3, ASK, level=2)], "1/2"),
        # The unit has answered since: that was said of another claim.
        ([said(1, 1, ADJUST, "1/2"), said(2, 3, ASK, level=2, answered=3)], None),
        ([said(1, 1, ASK, answered=3), said(4, 1, ADJUST, "1/2")], "1/2"),
        ([said(1, 1, ADJUST, "1/2"), said(2, 3, ASK, level=2, closed=3)], "1/2"),
    ],
)
def test_what_the_level_below_has_granted(words: list[Said], granted: str | None) -> None:
    assert granted_below(words, [ONE, TWO], 2) == (Fraction(granted) if granted else None)
    assert granted_below(words, [ONE, TWO], 1) is None


@pytest.mark.parametrize(
    ("state", "points", "claim", "name"),
    [
        ("accepted", "1/2", "2", "adjusted"),
        ("adjusted", "2", "2", "accepted"),
        ("accepted", "2", "2", "accepted"),
        ("adjusted", "0", None, "adjusted"),
        ("provisional", "2", "2", "provisional"),
        ("waiting", "1/2", "2", "waiting"),
    ],
)
def test_what_is_granted_is_named_by_the_claim(state: str, points: str, claim: str | None, name: str) -> None:
    standing = ItemStanding(2, AppraisalState(state), Fraction(points))
    named = against_claim(standing, Fraction(claim) if claim else None)
    assert named == ItemStanding(2, AppraisalState(name), Fraction(points))


def test_who_has_spoken_of_the_claim_as_it_now_is() -> None:
    words = [
        said(1, 1, ACCEPT, "1"),
        said(2, 2, ASK, answered=3),
        said(4, 2, ACCEPT, "1"),
        said(5, 3, ACCEPT, "1", level=2),
    ]
    words.append(said(6, 9, ADJUST, "0", capacity=CHAIR))
    assert [one for one in (1, 2, 3, 9) if has_spoken(words, 1, one)] == [2]


@given(_words(), st.lists(st.fractions(0, 2, max_denominator=4), max_size=3))
def test_what_a_blind_member_is_shown_does_not_change_with_what_others_say(
    words: list[Said], points: list[Fraction]
) -> None:
    others = [Said(1, GivenOpinion(2, ADJUST, one), hour(50 + place)) for place, one in enumerate(points)]
    assert shown_to_blind([*words, *others], [ONE, TWO], 1, 1) == shown_to_blind(words, [ONE, TWO], 1, 1)


@pytest.mark.parametrize(
    "more",
    [
        said(50, 1, ADJUST, "1"),
        said(50, 9, ADJUST, "1", capacity=CHAIR),
        said(50, 2, ASK, answered=51),
    ],
)
def test_what_a_blind_member_is_shown_changes_with_the_rest(more: Said) -> None:
    words = [said(1, 1, ACCEPT, "1")]
    assert shown_to_blind([*words, more], [ONE, TWO], 1, 1) != shown_to_blind(words, [ONE, TWO], 1, 1)
