"""The figures of many units of a group as columns: what flags are found from, and how far the group is spread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from django.core.cache import cache

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup
from parindex.database.queries.flags import SheetLine, figure_rows, submitted_lines
from parindex.documents.flag_thresholds import thresholds
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.review.measured_quantities import Spread, measured, quantities_of, spread_of
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.quantities import Quantity
from parindex.domain.units import Unit
from parindex.domain.values import Numbers, exact_number

#: How long what a group is spread by may be used for pages before somebody has signed.
_KEPT_SECONDS = 3600
#: In a larger group it is worked out anew when so many parts of it have signed.
_STEPS = 50

#: The spread of each quantity of each item.
Spreads = Mapping[str, tuple[Spread | None, ...]]


@dataclass(frozen=True)
class FigureTable:
    """Figures of units as columns; ``rows``: the row of each unit, ``texts``: the values as they are stored."""

    figures: Figures
    rows: Mapping[int, int]
    texts: Mapping[Key, Sequence[str]]

    def text(self, measure: str, year: int, row: int) -> str:
        """What is entered; "" for nothing."""
        column = self.texts.get((measure, year))
        return "" if column is None else column[row]


@lru_cache(maxsize=64)
def item_quantities(frozen: FrozenSet) -> Mapping[str, tuple[Quantity, ...]]:
    """What the rule of each item measures, of this unit's own figures: not what is compared within the group anyway."""
    return {
        code: tuple(one for one in quantities_of(item.rule) if not one.compares) for code, item in frozen.items.items()
    }


def years_read(frozen: FrozenSet) -> set[Key]:
    """Every measure and year that the rules of a set read, and each measure of the year before."""
    year = frozen.year
    found = {
        (measure, shifted(year, by))
        for item in frozen.items.values() if item.rule is not None
        for measure, by in item.rule.measures()
    }  # fmt: skip
    return found | {(measure, year + by) for measure in frozen.items_of for by in (0, -1)}


def figure_table(group: CycleGroup, sheets: Sequence[SheetLine]) -> FigureTable:
    """The figures of the units of ``sheets``, one query."""
    frozen = frozen_set(group.set_version)
    wanted = years_read(frozen)
    rows = {sheet.unit_id: row for row, sheet in enumerate(sheets)}
    texts: dict[Key, list[str]] = {}
    for unit, measure, year, value in figure_rows(group.pk, rows.keys(), {year for _, year in wanted}):
        if (measure, year) in wanted:
            column = texts.get((measure, year))
            if column is None:
                column = texts[measure, year] = [""] * len(rows)
            column[rows[unit]] = value
    units = tuple(Unit(str(sheet.unit_id), sheet.unit_name, group.code) for sheet in sheets)
    return FigureTable(_columns(frozen, units, texts), rows, texts)


def _columns(frozen: FrozenSet, units: tuple[Unit, ...], texts: Mapping[Key, Sequence[str]]) -> Figures:
    known: dict[str, Fraction] = {"": Fraction(0)}
    numbers: dict[Key, FigureColumn] = {}
    choices: dict[Key, ChoiceColumn] = {}
    for (measure, year), column in texts.items():
        if frozen.criteria_set.measures[measure].kind is MeasureKind.CHOICE:
            keys = tuple(dict.fromkeys(value for value in column if value))
            at = {key: position for position, key in enumerate(keys)} | {"": -1}
            choices[measure, year] = ChoiceColumn(keys, np.array([at[value] for value in column], dtype=np.int16))
            continue
        for value in column:
            if value not in known:
                known[value] = exact_number(value)
        present = np.array([value != "" for value in column], dtype=bool)
        numbers[measure, year] = FigureColumn(Numbers.of([known[value] for value in column]), present)
    return Figures(frozen.year, units, numbers, choices)


def spreads_of(frozen: FrozenSet, figures: Figures, rows: Sequence[int]) -> Spreads:
    """The spread of every quantity over some rows; None where too few units have it."""
    found: dict[str, tuple[Spread | None, ...]] = {}
    picked = np.array(rows, dtype=np.intp)
    for code, quantities in item_quantities(frozen).items():
        found[code] = tuple(_spread(one, figures, picked) for one in quantities)
    return found


def _spread(quantity: Quantity, figures: Figures, rows: np.typing.NDArray[np.intp]) -> Spread | None:
    values, present = measured(quantity, figures)
    mine = rows[present[rows]]
    return spread_of(values.take(mine)) if mine.size >= thresholds().peers.least else None


def group_spreads(group: CycleGroup) -> Spreads:
    """How far the units of a group that have signed are spread; kept for a while, because a page asks for it.

    One query, one more where it has to be worked out; none after that where the group is too small.
    """
    sheets = submitted_lines(group.pk)
    if len(sheets) < thresholds().peers.least:
        return {}
    kept: Spreads | None = cache.get(_key(group.pk, len(sheets)))
    if kept is None:
        table = figure_table(group, sheets)
        kept = keep_spreads(group, spreads_of(frozen_set(group.set_version), table.figures, range(len(sheets))), sheets)
    return kept


def keep_spreads(group: CycleGroup, spreads: Spreads, sheets: Iterable[SheetLine]) -> Spreads:
    """Keep what has just been worked out over ``sheets``."""
    cache.set(_key(group.pk, len(list(sheets))), spreads, _KEPT_SECONDS)
    return spreads


def _key(group: int, signed: int) -> str:
    step = max(1, signed // _STEPS)
    return f"flag-spreads:{group}:{signed // step}:{step}"
