"""Where an item stands by all that was said, level after level, question after question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.item_standings import CouncilLevel, ItemStanding, Said, standing_of
from parindex.domain.review.opinions import SETTLED, AppraisalState, Capacity, GivenOpinion, LevelRules, OpinionKind

ACCEPT, ADJUST, ASK = OpinionKind.ACCEPT, OpinionKind.ADJUST, OpinionKind.ASK
_START = datetime(2025, 12, 1, tzinfo=UTC)
ONE, TWO = CouncilLevel(1, assigned=(1, 2)), CouncilLevel(2, assigned=(3,))


def hour(number: int) -> datetime:
    return _START + timedelta(hours=number)


def said(
    at: int, author: int, kind: OpinionKind, points: str = "", *, level: int = 1, answered: int = 0, closed: int = 0,
    capacity: Capacity = Capacity.MEMBER,
) -> Said:  # fmt: skip
    opinion = GivenOpinion(author, kind, Fraction(points) if points else None, capacity)
    return Said(level, opinion, hour(at), hour(answered) if answered else None, hour(closed) if closed else None)


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
        ([said(1, 1, ACCEPT, "1"), said(2, 3, ASK, level=2, answered=3)], [ONE, TWO], 2, "explained", "1"),
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
        assert found.level == max(one.number for one in levels if one.assigned or found.level == one.number)
