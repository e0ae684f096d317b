"""Lists whose layout is lost: correct ones yield nothing, a wrong total, figure or count is found in every layout."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from tests.papers.drawn_loss_lists import LAYOUTS, LossList, loss_list

from parindex.documents.arithmetic.tables.statements import find

SEEDS = range(6)
Said = list[tuple[str, str]]


def _drawn(seed: int, layout: str) -> LossList:
    drawn = next(one for number in range(99) if len((one := loss_list(Random(100 * seed + number))).rows) > 5)
    drawn.layout = layout
    return drawn


def _found(drawn: LossList) -> Said:
    found, _ = find(drawn.blocks())
    return [(one.kind.value, one.found) for one in found]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_list_is_checked_and_yields_nothing(seed: int, layout: str) -> None:
    found, checked = find(_drawn(seed, layout).blocks())
    assert found == []
    assert checked["sums"] >= 2


def _wrong_total(drawn: LossList) -> None:
    drawn.total[1] += Fraction(drawn.draw.choice([-1, 1, 2]), 5)


def _wrong_points(drawn: LossList) -> None:
    points = next(points for _, _, points in drawn.rows if points[1] > Fraction(1, 2))
    points[1] -= Fraction(3, 10)


def _wrong_count(drawn: LossList) -> None:
    drawn.stated += drawn.draw.choice([-1, 1])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("slip", [_wrong_total, _wrong_points, _wrong_count])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_slip_is_found(seed: int, slip: Callable[[LossList], None], layout: str) -> None:
    drawn = _drawn(seed, layout)
    slip(drawn)
    told = _found(drawn)
    assert 1 <= len(told) <= 2
    assert (told[0][0] == "count") == (slip is _wrong_count)


def test_a_list_with_a_lost_row_is_left_alone() -> None:
    """Where no column agrees with its total, a row was lost with the layout: nothing is said of sums or counts."""
    drawn = _drawn(1, "words")
    del drawn.rows[2]
    drawn.total = [one + 1 for one in drawn.total]
    assert _found(drawn) == []
