"""Figures and entries of one sheet as the columns that the method computes with: columns of length one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Figure
from parindex.database.models.entries import EntryState as StoredState
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.one_unit import figures_of, sheet_of
from parindex.domain.scoring.score_sheet import EntryState, ScoreSheets
from parindex.domain.units import Unit

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
    return figures_of(values, frozen.criteria_set, frozen.year, unit)


def sheet_columns(entries: Iterable[Entry], frozen: FrozenSet, unit: Unit, codes: Sequence[str]) -> ScoreSheets:
    """The entries of some items of one sheet: states, and the points that were typed."""
    rows = [entry for entry in entries if entry.item_code in frozen.items]
    states = {row.item_code: _STATES[StoredState(row.state)] for row in rows}
    return sheet_of(codes, states, {row.item_code: row.self_points for row in rows if row.self_points != ""}, unit)
