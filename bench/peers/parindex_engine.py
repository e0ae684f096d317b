"""parindex itself: its readers and ``parindex.domain.index.compute``. Its whole command is ``parindex score``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import scores
from bench.plan import INDEX_PLACES, POINT_PLACES
from bench.scores import NO_INDEX, Scores
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.cycles.data_tables import Cycle, CycleFiles, read_cycle
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.index.compute import compute as compute_index
from parindex.domain.index.result import Result
from parindex.domain.scoring.usable import Plan, require_usable
from parindex.domain.values import Numbers

Data = tuple[CriteriaSet, Plan, Cycle]


def load(folder: Path) -> Data:
    """The set with its rules and both files by the product's own readers."""
    criteria_set = load_criteria_set(folder / "set.yaml")
    files = CycleFiles(figures=folder / "figures.parquet", entries=folder / "entries.parquet")
    return criteria_set, require_usable(criteria_set), read_cycle(criteria_set, files)


def compute(data: Data) -> Result:
    """The whole method."""
    criteria_set, plan, cycle = data
    return compute_index(criteria_set, cycle.figures, cycle.sheets, plan=plan)


def write(result: Result, folder: Path) -> None:
    """The two result files; refuses to drop a digit."""
    points = [_integers(column.points, POINT_PLACES) for column in result.items.values()]
    index = np.where(result.has_index, _integers(result.index, INDEX_PLACES), NO_INDEX)
    grade, rank = result.grade.astype(np.int64), result.rank.astype(np.int64)
    scores.write(Scores(tuple(unit.id for unit in result.units), np.array(points), index, grade, rank), folder)


def _integers(numbers: Numbers, places: int) -> NDArray[np.int64]:
    scaled = [value * 10**places for value in numbers.to_fractions()]
    if any(value.denominator != 1 for value in scaled):
        raise ValueError(f"more than {places} places")
    return np.array([value.numerator for value in scaled], dtype=np.int64)
