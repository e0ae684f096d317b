"""Rules that differ only in the measures they read and in their maximum, evaluated together.

A national run has a hundred items but a dozen rules: "in proportion" over many pairs of measures, once of 1,5 points
and once of 2. The columns of such items are laid end to end and the rule is evaluated once over the long column, with
all its points taken as shares of the maximum; the result is multiplied by the maximum of each item and cut again.
Nothing else changes: it is the same rule over more rows. A rule that compares units within their group is evaluated
alone, and one that rounds points inside keeps its maximum, because the rounded share is not the share of the rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from parindex.domain.scoring.context import Context, shifted
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.quantities import ONE, Term
from parindex.domain.scoring.rule import Nothing, Rule, Settings
from parindex.domain.values import joined, scaled


@dataclass(frozen=True, slots=True)
class Batch:
    """Items whose rules are equal but for the measures and the maximum.

    ``rule`` calls its measures "0", "1" … in the order in which they occur; ``measures[i]`` are those of the item
    ``codes[i]`` in this order, and its points are those of ``rule`` times ``scales[i]``.
    """

    rule: Rule
    codes: tuple[str, ...]
    measures: tuple[tuple[str, ...], ...]
    scales: tuple[Fraction, ...]
    #: What the rule reads, worked out once: the number of a measure, its year, whether it is a choice.
    reads: tuple[tuple[int, int, bool], ...] = field(init=False)
    #: The maximum of each item.
    maxima: tuple[Fraction, ...] = field(init=False)

    def __post_init__(self) -> None:
        chosen = {term.measure for one in _rules(self.rule) for term in one.choices()}
        reads = tuple((int(name), year, name in chosen) for name, year in sorted(self.rule.measures()))
        object.__setattr__(self, "reads", reads)
        object.__setattr__(self, "maxima", tuple(self.rule.max_points * scale for scale in self.scales))


def batched(rules: Iterable[tuple[str, Rule]]) -> tuple[Batch, ...]:
    """The batches of ``rules``, given with the codes of their items."""
    found: dict[Rule, list[tuple[str, tuple[str, ...], Fraction]]] = {}
    alone: list[Batch] = []
    for code, rule in rules:
        scale = _scale(rule)
        shape = _Shape(scale)
        shared = shape.of(rule)
        measures = tuple(shape.names)
        if rule.compares:
            alone.append(Batch(shared, (code,), (measures,), (scale,)))
        else:
            found.setdefault(shared, []).append((code, measures, scale))
    together = (Batch(rule, *zip(*items, strict=True)) for rule, items in found.items())
    return (*together, *alone)


def evaluate_batch(batch: Batch, figures: Figures) -> Outcome:
    """The outcome of the rules over the rows of all items of the batch, end to end."""
    outcome = batch.rule.evaluate(Context(_long(batch, figures), figures.year))
    return Outcome(scaled(outcome.points, batch.scales), outcome.branch)


def _long(batch: Batch, figures: Figures) -> Figures:
    """The figures that the items read, end to end, under the names of the shared rule."""
    numbers: dict[tuple[str, int], FigureColumn] = {}
    choices: dict[tuple[str, int], ChoiceColumn] = {}
    for name, offset, choice in batch.reads:
        year = shifted(figures.year, offset)
        measures = [named[name] for named in batch.measures]
        if choice:
            choices[str(name), year] = _joined_choices([figures.choice(measure, year) for measure in measures])
        else:
            numbers[str(name), year] = _joined_figures([figures.column(measure, year) for measure in measures])
    return Figures(figures.year, figures.units, numbers, choices, len(batch.codes))


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


def _scale(rule: Rule) -> Fraction:
    """What the points of the rule are shares of: its maximum, unless it rounds points inside."""
    fixed = rule.max_points <= 0 or any(one.round is not None for one in _rules(rule))
    return ONE if fixed else rule.max_points


@dataclass(slots=True)
class _Shape:
    """What is left of a rule without the names of its measures and with all points divided by ``scale``.

    ``names`` gets the number of every measure, in the order in which they occur.
    """

    scale: Fraction
    names: dict[str, str] = field(default_factory=dict)

    def of(self, value: Any) -> Any:
        """``value`` (a rule or anything in one) in this shape."""
        if isinstance(value, tuple):
            return tuple(self.of(one) for one in value)
        if isinstance(value, Amount):
            return Amount(value.points / self.scale, "")
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {one.name: self.of(getattr(value, one.name)) for one in fields(value) if one.init}
        if isinstance(value, Settings):
            changed["max_points"] = value.max_points / self.scale
        if isinstance(value, Term) and value.measure:
            changed["measure"] = self._name(value.measure)
        if isinstance(value, Nothing):
            changed["counted"] = tuple((self._name(measure), year) for measure, year in value.counted)
        return type(value)(**changed)

    def _name(self, measure: str) -> str:
        return self.names.setdefault(measure, str(len(self.names)))
