"""Bare NumPy: fixed-point ``int64`` matrices, written for this one tree and for nothing else. The lower bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import scores
from bench.peers import columns
from bench.peers.columns import NOT_ASSESSED
from bench.plan import GRADES, Item, items
from bench.scores import INDEX_SCALE, NO_INDEX, POINT_SCALE, Scores

Matrix = NDArray[np.int64]

PLAN = items()
_KIND = {
    kind: tuple(item for item in PLAN if item.kind == kind)
    for kind in ("ratio", "bands", "option", "deduction", "fixed")
}
_ROWS = {kind: np.array([at for at, item in enumerate(PLAN) if item.kind == kind]) for kind in _KIND}


def _column(kind: tuple[Item, ...], figure: Callable[[Item], object]) -> Matrix:
    return np.array([[int(str(figure(item)))] for item in kind], dtype=np.int64)


def _points(item: Item) -> int:
    return int(item.max_points * POINT_SCALE)


_TOP = {kind: _column(of, _points) for kind, of in _KIND.items()}
_TOPS = _column(PLAN, _points)
_TARGET = _column(_KIND["ratio"], lambda item: int(item.target * 10))
_FLOOR = _column(_KIND["ratio"], lambda item: int(item.floor * 10))
_EDGES = np.array([lower * INDEX_SCALE for _, lower in reversed(GRADES)])


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """One matrix (items of a kind × units) per kind and role, and what is assessed in reading order; −1 is a missing
    figure.
    """

    units: tuple[str, ...]
    ratio: tuple[Matrix, Matrix]
    bands: tuple[Matrix, Matrix]
    option: Matrix
    deduction: Matrix
    fixed: Matrix
    assessed: NDArray[np.bool_]


def load(folder: Path) -> Data:
    """Both files as matrices."""
    read = columns.load(folder)

    def stacked(kind: str, role: int = 0) -> Matrix:
        return np.array([read.figures[(item.measures or (item.code,))[role]] for item in _KIND[kind]])

    return Data(
        read.units,
        (stacked("ratio"), stacked("ratio", 1)),
        (stacked("bands"), stacked("bands", 1)),
        stacked("option"),
        stacked("deduction"),
        stacked("fixed"),
        np.array([read.states[item.code] for item in PLAN]) != NOT_ASSESSED,
    )


def compute(data: Data) -> Scores:
    """Points, index, grade and rank of every unit; a missing figure earns nothing."""
    points = np.empty(data.assessed.shape, dtype=np.int64)
    points[_ROWS["ratio"]] = _ratio(*data.ratio)
    points[_ROWS["bands"]] = _bands(*data.bands)
    top = _TOP["option"]
    points[_ROWS["option"]] = np.where(data.option == 0, top, np.where(data.option == 1, top // 2, 0))
    points[_ROWS["deduction"]] = _deduction(data.deduction)
    points[_ROWS["fixed"]] = np.maximum(data.fixed, 0)

    achieved = points.sum(axis=0)
    maximum = (data.assessed * _TOPS).sum(axis=0)
    has_index = maximum > 0
    maximum = np.maximum(maximum, 1)
    index = np.where(has_index, (achieved * (200 * INDEX_SCALE) + maximum) // (2 * maximum), NO_INDEX)
    grade = np.where(has_index, len(GRADES) - np.searchsorted(_EDGES, index, side="right"), -1)
    ordered = np.sort(index[has_index])
    rank = np.where(has_index, 1 + len(ordered) - np.searchsorted(ordered, index, side="right"), 0)
    return Scores(data.units, points, index, grade, rank)


def _ratio(part: Matrix, whole: Matrix) -> Matrix:
    top = _TOP["ratio"]
    reach = np.maximum(whole * _TARGET, 1)
    earned = np.minimum((part * (top * 20) + reach) // (2 * reach), top)
    earned[part * 10 < whole * _FLOOR] = 0
    return np.where(whole > 0, earned, np.where(whole == 0, top, 0))


def _bands(part: Matrix, whole: Matrix) -> Matrix:
    top = _TOP["bands"]
    earned = np.where(part * 2 >= whole, top // 4, 0)
    np.copyto(earned, top // 2, where=part * 10 >= whole * 7)
    np.copyto(earned, top, where=part >= whole)
    earned[whole <= 0] = 0
    return earned


def _deduction(cases: Matrix) -> Matrix:
    left: Matrix = np.maximum(_TOP["deduction"] - cases * (POINT_SCALE // 4), 0)
    left[cases < 0] = 0
    return left


def write(result: Scores, folder: Path) -> None:
    """The two result files."""
    scores.write(result, folder)
