"""Figures and entries of one sheet as the columns that the method computes with: columns of length one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Figure
from parindex.database.models.entries import EntryState as StoredState
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.score_sheet import EntryState, Origin, PointsColumn, ScoreSheets
from parindex.domain.units import Unit
from parindex.domain.values import Numbers, decimal_places, exact_number

#: One measure in one year.
Key = tuple[str, int]

_STATES = {
    StoredState.UNANSWERED: EntryState.NO_ENTRY,
    StoredState.ANSWERED: EntryState.NO_ENTRY,
    StoredState.NOT_ASSESSED_REQUESTED: EntryState.NOT_ASSESSED_REQUESTED,
    StoredState.NOT_ASSESSED: EntryState.NOT_ASSESSED,
    StoredState.PENDING: EntryState.PENDING,
}


def values_of(figures: Iterable[Figure]) -> dict[Key, str]:
    """The values that are entered, by measure and year."""
    return {(one.measure, one.year): one.value for one in figures if one.value != ""}


def figure_columns(values: Mapping[Key, str], frozen: FrozenSet, unit: Unit) -> Figures:
    """The figures of one unit; a measure that the set does not name is left out."""
    numbers: dict[Key, FigureColumn] = {}
    choices: dict[Key, ChoiceColumn] = {}
    present = np.ones(1, dtype=bool)
    for (measure, year), value in values.items():
        declared = frozen.criteria_set.measures.get(measure)
        if declared is None:
            continue
        if declared.kind is MeasureKind.CHOICE:
            choices[measure, year] = ChoiceColumn((value,), np.zeros(1, dtype=np.int16))
        else:
            numbers[measure, year] = FigureColumn(Numbers.of([exact_number(value)]), present)
    return Figures(frozen.year, (unit,), numbers, choices)


def sheet_columns(entries: Iterable[Entry], frozen: FrozenSet, unit: Unit, codes: Sequence[str]) -> ScoreSheets:
    """The entries of some items of one sheet: states, and the points that were typed."""
    rows = {entry.item_code: entry for entry in entries}
    states = [_STATES[StoredState(rows[code].state)] if code in rows else EntryState.NO_ENTRY for code in codes]
    typed = {
        code: _typed(row.self_points) for code, row in rows.items() if row.self_points != "" and code in frozen.items
    }
    return ScoreSheets((unit,), tuple(codes), np.array(states, dtype=np.int8).reshape(-1, 1), {Origin.SELF: typed})


def _typed(points: str) -> PointsColumn:
    value = exact_number(points)
    places = decimal_places(value) or 0
    return PointsColumn(Numbers.of([value]), np.ones(1, dtype=bool), np.array([places], dtype=np.int8))
