"""Rules that differ only in the measures they read, evaluated together.

A national run has a hundred items but a dozen rules: "1,5 points, in proportion" over many pairs of measures. The
columns of such items are laid end to end and the rule is evaluated once over the long column; the result is cut again.
Nothing else changes: it is the same rule over more rows. A rule that compares units within their group is evaluated
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from parindex.domain.scoring.context import FIRST_CALENDAR_YEAR, Context
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.quantities import Term
from parindex.domain.scoring.rule import Nothing, Rule
from parindex.domain.values import Numbers, Rounding, joined


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule whose measures are called by the order in which they occur, and the measures of one item in that order.

    Two items belong together where their ``rule`` is equal.
    """

    rule: Rule
    measures: tuple[str, ...]


def shape_of(rule: Rule) -> Shape:
    """The shape of ``rule``."""
    names: dict[str, str] = {}
    return Shape(_renamed(rule, names), tuple(names))


def batches(shapes: Sequence[Shape]) -> tuple[tuple[int, ...], ...]:
    """The positions of shapes that can be evaluated together, each position once."""
    together: dict[object, list[int]] = {}
    for position, shape in enumerate(shapes):
        key = position if shape.rule.compares else shape.rule
        together.setdefault(key, []).append(position)
    return tuple(tuple(positions) for positions in together.values())


def evaluate_together(
    shapes: Sequence[Shape], figures: Figures, step: Rounding | None
) -> Iterator[tuple[Outcome, Numbers]]:
    """For each of ``shapes``, which share one rule: the outcome, and its points after ``step``.

    A rule that rounds itself is not rounded again.
    """
    rule, rows = shapes[0].rule, len(figures.units)
    outcome = rule.evaluate(Context(_long(shapes, figures), figures.year))
    points = outcome.points if step is None or rule.round is not None else outcome.points.rounded(step)
    for start in range(0, rows * len(shapes), rows):
        piece = slice(start, start + rows)
        yield Outcome(outcome.points.cut(piece), outcome.branch[piece]), points.cut(piece)


def _long(shapes: Sequence[Shape], figures: Figures) -> Figures:
    """The figures that the shapes read, end to end, under the names of the shared rule."""
    rule = shapes[0].rule
    chosen = {term.measure for one in _rules(rule) for term in one.choices()}
    numbers: dict[tuple[str, int], FigureColumn] = {}
    choices: dict[tuple[str, int], ChoiceColumn] = {}
    for name, offset in rule.measures():
        year = offset if offset >= FIRST_CALENDAR_YEAR else figures.year + offset
        measures = [shape.measures[int(name)] for shape in shapes]
        if name in chosen:
            choices[name, year] = _joined_choices([figures.choice(measure, year) for measure in measures])
        else:
            numbers[name, year] = _joined_figures([figures.column(measure, year) for measure in measures])
    units = figures.units if len(shapes) == 1 else figures.units * len(shapes)
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
