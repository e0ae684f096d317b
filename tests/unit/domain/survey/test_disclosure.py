"""No small group is seen, and none can be worked out from what is published."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest

from parindex.domain.survey import disclosure
from parindex.domain.survey.disclosure import withheld


def hidden(counts: list[int], minimum: int, sums: list[list[int]]) -> list[int]:
    return np.flatnonzero(withheld(np.array(counts), minimum, sums)).tolist()


def test_large_cells_are_published() -> None:
    assert hidden([10, 20, 30], 5, [[0, 1, 2]]) == []


def test_a_small_cell_takes_the_smallest_other_one_with_it() -> None:
    assert hidden([3, 40, 20, 63], 5, [[0, 1, 2, 3]]) == [0, 2]


def test_two_small_cells_protect_each_other() -> None:
    assert hidden([3, 4, 20, 27], 5, [[0, 1, 2, 3]]) == [0, 1]


def test_hidden_cells_of_a_sum_hold_the_minimum_together() -> None:
    assert hidden([1, 2, 20, 30, 53], 5, [[0, 1, 2, 3, 4]]) == [0, 1, 2]


def test_items_of_one_group_are_answered_by_the_same_people() -> None:
    """Two items of three people each: the same three, so that together they are not six."""
    mask = withheld(np.array([3, 3, 20, 22]), 5, [], shared=[[0, 1, 2, 3]])
    assert np.flatnonzero(mask).tolist() == [0, 1, 2]
    assert np.flatnonzero(withheld(np.array([3, 3, 20]), 5, [[0, 1, 2]])).tolist() == [0, 1]


def test_where_the_sum_is_withheld_nothing_can_be_subtracted_from_it() -> None:
    mask = withheld(np.array([3, 20, 23]), 5, [[0, 1, 2]], np.array([False, False, True]))
    assert np.flatnonzero(mask).tolist() == [0, 2]


def test_a_cell_that_is_its_own_margin_is_withheld_with_it() -> None:
    assert hidden([3, 0, 3], 5, [[0, 1, 2]]) == [0, 2]


def test_an_empty_cell_protects_nothing() -> None:
    assert hidden([3, 0, 20, 30, 53], 5, [[0, 1, 2, 3, 4]]) == [0, 2]


def test_a_cell_in_no_published_sum_stands_alone() -> None:
    assert hidden([3, 20, 20], 5, []) == [0]


def test_with_a_minimum_of_one_everything_is_published() -> None:
    assert hidden([1, 2, 3], 1, [[0, 1, 2]]) == []


def test_where_nothing_is_left_to_withhold_the_search_ends() -> None:
    assert hidden([3, 3, 3], 5, [[0, 1, 2], [0, 2, 1]]) == [0, 1, 2]


def test_two_rings_joined_by_one_small_cell_do_not_tell_it() -> None:
    """Every line has two hidden cells, and yet the cell that joins two rings is told by them together."""
    rows, columns = 4, 4
    small = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)}
    counts, sums = _square(rows, columns, small)
    mask = withheld(np.array(counts), 5, sums)
    assert not _told(mask, sums, [row * columns + column for row, column in small])
    assert int(mask.sum()) > len(small)


def test_a_few_in_a_line_whose_other_hidden_cell_is_told_are_not_told_together() -> None:
    """The line 2, 1, 20 hides enough, but 20 joins two rings and is told, and with it what 2 and 1 have together: one
    more is withheld. The rings themselves are evenly spaced and protect their cells: nothing else is.
    """
    cells = [2, 1, 20, 30, 3, 4, 30, 30, 30, 30, 3, 3, 30, 30, 3, 3]
    counts, sums = _lines(4, 4, cells)
    mask = withheld(np.array(counts), 5, sums)
    told = _told(mask, sums, np.flatnonzero(mask).tolist())
    assert not [cell for cell in told if counts[cell] < 5]
    for line in sums:
        if not mask[line[-1]] or line[-1] in told:
            rest = [cell for cell in line[:-1] if mask[cell] and cell not in told]
            assert not rest or sum(counts[cell] for cell in rest) >= 5
    assert np.flatnonzero(mask).tolist() == [0, 1, 2, 3, 4, 5, 10, 11, 14, 15]


def test_items_of_the_same_few_are_not_told_together_when_the_rest_is() -> None:
    """Two items of the same 3 people beside one of 20 that three sums of two tell: their group is withheld too."""
    counts = np.array([3, 3, 20, 22, 20, 20, 40, 40, 40])
    already = np.isin(np.arange(9), [2, 4, 5])
    mask = withheld(counts, 5, [[2, 4, 6], [2, 5, 7], [4, 5, 8]], already, shared=[[0, 1, 2, 3]])
    assert np.flatnonzero(mask).tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("rounds", [0, 8])
def test_rings_that_need_many_rounds_come_to_an_end(rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "_ROUNDS", rounds)
    test_two_rings_joined_by_one_small_cell_do_not_tell_it()


def test_a_large_crossing_takes_a_moment() -> None:
    """21 × 6 places of 45 variables with small cells everywhere: it took minutes before."""
    rng = np.random.default_rng(1)
    places, width = (21, 6), 45
    inner = rng.poisson(9, (20, 5))
    whole = np.zeros((*places, width), np.intp)
    whole[:20, :5] = rng.binomial(inner[:, :, None], 0.97, (20, 5, width))
    whole[20, :5] = whole[:20, :5].sum(axis=0)
    whole[:, 5] = whole[:, :5].sum(axis=1)
    at = np.arange(whole.size).reshape(whole.shape)
    sums = [at[:, column, variable].tolist() for column in range(6) for variable in range(width)]
    sums += [at[row, :, variable].tolist() for row in range(21) for variable in range(width)]
    shared = [at[row, column, [*range(39), 44]].tolist() for row in range(21) for column in range(6)]
    started = time.process_time()
    mask = withheld(whole.ravel(), 5, sums, shared=shared)
    assert time.process_time() - started < 10
    small = (whole.ravel() > 0) & (whole.ravel() < 5)
    assert mask[small].all()
    assert mask.mean() < 0.6


def _square(rows: int, columns: int, small: set[tuple[int, int]]) -> tuple[list[int], list[list[int]]]:
    return _lines(rows, columns, [3 if at in small else 20 for at in product(range(rows), range(columns))])


def _lines(rows: int, columns: int, cells: list[int]) -> tuple[list[int], list[list[int]]]:
    lines = [[row * columns + column for column in range(columns)] for row in range(rows)]
    lines += [[row * columns + column for row in range(rows)] for column in range(columns)]
    counts = list(cells)
    sums = []
    for line in lines:
        sums.append([*line, len(counts)])
        counts.append(sum(cells[cell] for cell in line))
    return counts, sums


def _told(mask: np.ndarray, sums: list[list[int]], cells: list[int]) -> list[int]:
    """The cells that the published sums determine: adding one as an unknown direction does not raise the rank."""
    places = np.flatnonzero(mask).tolist()
    matrix = np.array([[(-1 if cell == line[-1] else 1) * (cell in line) for cell in places] for line in sums], float)
    rank = np.linalg.matrix_rank(matrix)
    return [
        cell
        for cell in cells
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(places))[places.index(cell)]])) == rank
    ]


@pytest.mark.parametrize("seed", range(20))
def test_in_random_crossings_no_small_cell_is_told(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = 5, 6
    small = {(int(row), int(column)) for row, column in rng.integers(0, [rows, columns], (rng.integers(1, 6), 2))}
    counts, sums = _square(rows, columns, small)
    mask = withheld(np.array(counts), 5, sums)
    assert not _told(mask, sums, [row * columns + column for row, column in small])
