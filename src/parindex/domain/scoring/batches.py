"""Rules that differ only in the measures they read, evaluated together.

A national run has a hundred items but a dozen rules: "1,5 points, in proportion" over many pairs of measures. The
columns of such items are laid end to end and the rule is evaluated once over the long column; the result is cut
again. Nothing else changes: it is the same rule over more rows. A rule that compares units within their group is
evaluated alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from parindex.domain.scoring.context import FIRST_CALENDAR_YEAR, Context
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.quantities import Term
from parindex.domain.scoring.rule import Nothing, Rule
from parindex.domain.values import joined


@dataclass(frozen=True, slots=True)
class Batch:
    """Items whose rules are equal but for the measures.

    ``rule`` calls its measures "0", "1" … in the order in which they occur; ``measures[i]`` are those of the item
    ``codes[i]`` in this order.
    """

    rule: Rule
    codes: tuple[str, ...]
    measures: tuple[tuple[str, ...], ...]


def batched(rules: Iterable[tuple[str, Rule]]) -> tuple[Batch, ...]:
    """The batches of ``rules``, given with the codes of their items."""
    found: dict[Rule, list[tuple[str, tuple[str, ...]]]] = {}
    alone: list[Batch] = []
    for code, rule in rules:
        names: dict[str, str] = {}
        shared = _renamed(rule, names)
        if rule.compares:
            alone.append(Batch(shared, (code,), (tuple(names),)))
        else:
            found.setdefault(shared, []).append((code, tuple(names)))
    together = (Batch(rule, tuple(c for c, _ in items), tuple(m for _, m in items)) for rule, items in found.items())
    return (*together, *alone)


def evaluate_batch(batch: Batch, figures: Figures) -> Outcome:
    """The outcome of the rule over the rows of all items of the batch, end to end."""
    return batch.rule.evaluate(Context(_long(batch, figures), figures.year))


def _long(batch: Batch, figures: Figures) -> Figures:
    """The figures that the items read, end to end, under the names of the shared rule."""
    chosen = {term.measure for one in _rules(batch.rule) for term in one.choices()}
    numbers: dict[tuple[str, int], FigureColumn] = {}
    choices: dict[tuple[str, int], ChoiceColumn] = {}
    for name, offset in batch.rule.measures():
        year = offset if offset >= FIRST_CALENDAR_YEAR else figures.year + offset
        measures = [named[int(name)] for named in batch.measures]
        if name in chosen:
            choices[name, year] = _joined_choices([figures.choice(measure, year) for measure in measures])
        else:
            numbers[name, year] = _joined_figures([figures.column(measure, year) for measure in measures])
    units = figures.units if len(batch.codes) == 1 else figures.units * len(batch.codes)
    return Figures(figures.year, units, numbers, choices)


def _joined_figures(columns: list[FigureColumn]) -> FigureColumn:
    if len(columns) == 1:
        return columns[0]
    return FigureColumn(joined([one.numbers for one in columns]), np.concatenate([one.present for one in columns]))


def _joined_choices(columns: list[ChoiceColumn]) -> ChoiceColumn:
    """The choices end to end, over the keys of all."""
    keys = tuple(dict.fromkeys(key for one in columns for key in one.keys))
    pieces = []
    for one in columns:
        positions = [*(keys.index(key) for key in one.keys), -1]  # the last is that of −1, nothing chosen
        pieces.append(one.chosen if one.keys == keys else np.array(positions, dtype=np.int16)[one.chosen])
    return ChoiceColumn(keys, np.concatenate(pieces))


def _rules(rule: Rule) -> Iterator[Rule]:
    yield rule
    for child in rule.children():
        yield from _rules(child)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """``value`` with every measure called by its number in ``names``, which grows as measures occur."""
    if isinstance(value, tuple):
        return tuple(_renamed(one, names) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {one.name: _renamed(getattr(value, one.name), names) for one in fields(value) if one.init}
    if isinstance(value, Term) and value.measure:
        changed["measure"] = _name(value.measure, names)
    if isinstance(value, Nothing):
        changed["counted"] = tuple((_name(measure, names), year) for measure, year in value.counted)
    return type(value)(**changed)


def _name(measure: str, names: dict[str, str]) -> str:
    return names.setdefault(measure, str(len(names)))
