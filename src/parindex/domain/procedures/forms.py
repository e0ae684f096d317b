"""Counting forms: how many forms of a unit (or official) give an indicator each score.

The mean of an indicator is Σ scores / number of forms (circular 01/2018/TT-VPCP, article 15), which a ratio rule makes
of these counts. Counts add up over quarters, offices and levels; means do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parindex.domain.criteria.form_declarations import FormColumn
from parindex.domain.units import Unit
from parindex.domain.values import Mask

#: For every form (n,) the position of its score among the declared scores of the column; −1 where it has none.
ScoreColumn = NDArray[np.int8]
#: For every form (n,) the row of the unit that it is about.
Subjects = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One measure over all units: how many forms have the score, and the units with any score in that column.

    A unit without any is missing, not zero: nobody knows whether nothing arose or nothing was handed in.
    """

    counts: NDArray[np.int64]
    present: Mask


def count_scores(
    columns: Sequence[FormColumn], subjects: Subjects, scores: Mapping[str, ScoreColumn], size: int
) -> dict[str, Counted]:
    """The counts of every measure of ``columns`` over ``size`` units."""
    found: dict[str, Counted] = {}
    for column in columns:
        mine = scores[column.column]
        filled = np.flatnonzero(mine >= 0)
        kinds = len(column.scores)
        cells = subjects[filled] * kinds + mine[filled]
        counts = np.bincount(cells, minlength=size * kinds).reshape(size, kinds)
        present: Mask = counts.sum(axis=1) > 0
        for position, measure in enumerate(column.scores.values()):
            found[measure] = Counted(counts[:, position].astype(np.int64), present)
    return found


def with_children(counted: Counted, units: Sequence[Unit]) -> Counted:
    """The forms of every unit and of all units below it. No unit may be below itself."""
    counts, present = counted.counts.copy(), counted.present.copy()
    for row, parent in upward(units):
        counts[parent] += counts[row]
        present[parent] |= present[row]
    return Counted(counts, present)


def upward(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Every unit that is below another with that other, as rows; the lowest level first. None may be below itself."""
    rows = {unit.id: row for row, unit in enumerate(units)}
    above = [rows.get(unit.parent or "", -1) for unit in units]
    for row in sorted(range(len(units)), key=lambda one: -_depth(above, one)):
        if above[row] >= 0:
            yield row, above[row]


def _depth(above: Sequence[int], row: int) -> int:
    """How many units are above a unit."""
    depth = 0
    while above[row] >= 0:
        row, depth = above[row], depth + 1
    return depth
