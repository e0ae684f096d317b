"""The figures and the sheet of one unit, from texts, as the columns of length one that the method computes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet, MeasureKind
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.score_sheet import EntryState, Origin, PointsColumn, ScoreSheets
from parindex.domain.units import Unit
from parindex.domain.values import Numbers, decimal_places, exact_number


def figures_of(values: Mapping[tuple[str, int], str], criteria_set: CriteriaSet, year: int, unit: Unit) -> Figures:
    """The figures of one unit, from the text entered for each measure and year.

    A measure that the set does not name is left out. Raises :class:`InvalidValue` for a text that is no number where
    the measure is one.
    """
    numbers: dict[tuple[str, int], FigureColumn] = {}
    choices: dict[tuple[str, int], ChoiceColumn] = {}
    present = np.ones(1, dtype=bool)
    for (measure, of_year), value in values.items():
        declared = criteria_set.measures.get(measure)
        if declared is None:
            continue
        if declared.kind is MeasureKind.CHOICE:
            choices[measure, of_year] = ChoiceColumn((value,), np.zeros(1, dtype=np.int16))
        else:
            numbers[measure, of_year] = FigureColumn(Numbers.of([exact_number(value)]), present)
    return Figures(year, (unit,), numbers, choices)


def sheet_of(
    codes: Sequence[str], states: Mapping[str, EntryState], self_points: Mapping[str, str], unit: Unit
) -> ScoreSheets:
    """The sheet of one unit: the state of every item of ``codes`` (no line where none is given) and typed points."""
    state = np.array([states.get(code, EntryState.NO_ENTRY) for code in codes], dtype=np.int8).reshape(-1, 1)
    typed = {code: _typed(points) for code, points in self_points.items()}
    return ScoreSheets((unit,), tuple(codes), state, {Origin.SELF: typed})


def _typed(points: str) -> PointsColumn:
    value = exact_number(points)
    places = decimal_places(value) or 0
    return PointsColumn(Numbers.of([value]), np.ones(1, dtype=bool), np.array([places], dtype=np.int8))
