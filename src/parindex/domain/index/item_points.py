"""The points of all items over all units: rule, typed points and their precedence, and the states that follow.

What is worked out for every item is worked out for all items at once, in tables with a row per item and a column per
unit; :class:`ScoredItems` shows one item of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from parindex.domain.index.item_states import StateTable, answered, entry_states, item_states
from parindex.domain.scoring.batches import Batch, evaluate_batch
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.rule import on_step
from parindex.domain.scoring.score_sheet import Origin, ScoreSheets
from parindex.domain.scoring.usable import Plan
from parindex.domain.values import Layer, Mask, Numbers, Rounding, block, joined, layered

#: Typed points in rising precedence: a later one replaces an earlier one.
TYPED_ORIGINS = (Origin.SELF, Origin.SURVEY, Origin.EXTERNAL, Origin.APPRAISED)


@dataclass(frozen=True, slots=True, eq=False)
class RulePoints:
    """What a rule gives, and its points after the declared item step; ``scored`` marks the rows that have points."""

    outcome: Outcome
    points: Numbers
    scored: Mask

    def cut(self, piece: slice) -> RulePoints:
        """The rows of ``piece``, as a view."""
        outcome = Outcome(self.outcome.points.cut(piece), self.outcome.branch[piece])
        return RulePoints(outcome, self.points.cut(piece), self.scored[piece])


@dataclass(frozen=True, slots=True, eq=False)
class BatchPoints:
    """What the rule of a batch gives its items, end to end; ``positions`` are those of the items in the plan."""

    positions: tuple[int, ...]
    rule: RulePoints


@dataclass(frozen=True, slots=True, eq=False)
class ItemColumn:
    """One item over all units. ``points`` is 0 where the item is not answered; ``rule`` is what the rule alone would
    give.
    """

    points: Numbers
    state: StateTable
    origin: StateTable
    rule: RulePoints | None


@dataclass(frozen=True, eq=False)
class ScoredItems(Mapping[str, ItemColumn]):
    """All items over all units, by code in reading order.

    ``points`` is a stack, one block an item; ``states`` and ``origins`` (:class:`ItemState`, :class:`Origin`) have a
    row per item and a column per unit, ``entries`` (:class:`EntryState`) likewise. ``batches`` holds what the rules
    alone give.
    """

    codes: tuple[str, ...]
    points: Numbers
    states: StateTable
    origins: StateTable
    entries: StateTable
    batches: tuple[BatchPoints, ...]

    @property
    def rows(self) -> int:
        """How many units there are."""
        return int(self.states.shape[1])

    def __getitem__(self, code: str) -> ItemColumn:
        at = self.positions[code]
        points = self.points.cut(block(at, self.rows))
        return ItemColumn(points, self.states[at], self.origins[at], self.rule_points(code))

    def rule_points(self, code: str) -> RulePoints | None:
        """What the rule of an item gives; None where it has none."""
        batch, number = self._batch_of.get(self.positions[code], (None, 0))
        return None if batch is None else batch.rule.cut(block(number, self.rows))

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each item."""
        return {code: at for at, code in enumerate(self.codes)}

    @cached_property
    def _batch_of(self) -> dict[int, tuple[BatchPoints, int]]:
        """The batch of each item that has a rule, and its number in there."""
        return {at: (batch, number) for batch in self.batches for number, at in enumerate(batch.positions)}


def scored_items(
    plan: Plan, figures: Figures, sheets: ScoreSheets, step: Rounding | None, absent: Collection[str]
) -> ScoredItems:
    """Bring the points of the rules (after the item ``step``) and the typed points of all items together.

    ``absent``: the codes of the items whose part is not measured in this cycle.
    """
    codes = tuple(item.node.code for item in plan.items)
    positions = {code: at for at, code in enumerate(codes)}
    batches = tuple(_batch_points(batch, figures, step, positions) for batch in plan.batches)
    origins, layers = _by_precedence(batches, sheets, positions)
    entries = entry_states(sheets, codes)
    states = item_states(entries, origins, [positions[code] for code in absent])
    return ScoredItems(codes, layered(layers, answered(states)), states, origins, entries, batches)


def _batch_points(batch: Batch, figures: Figures, step: Rounding | None, positions: Mapping[str, int]) -> BatchPoints:
    """A rule that rounds itself is not rounded by ``step``."""
    outcome = evaluate_batch(batch, figures)
    points = outcome.points
    if step is not None and batch.rule.round is None:
        points = _after_step(points.rounded(step), step, batch, len(figures.units))
    return BatchPoints(tuple(positions[code] for code in batch.codes), RulePoints(outcome, points, outcome.scored))


def _after_step(points: Numbers, step: Rounding, batch: Batch, rows: int) -> Numbers:
    """Rounded ``points`` limited to the maximum of each item, where that does not lie on the ``step`` itself."""
    if all(on_step(maximum, step) for maximum in batch.maxima):
        return points
    return joined([points.cut(block(at, rows)).limited(high=maximum) for at, maximum in enumerate(batch.maxima)])


def _by_precedence(
    batches: tuple[BatchPoints, ...], sheets: ScoreSheets, positions: Mapping[str, int]
) -> tuple[StateTable, list[Layer]]:
    """Where the points of each item and unit come from, and the points in rising precedence."""
    rows = len(sheets.units)
    origins = np.zeros((len(positions), rows), dtype=np.int8)
    layers = []
    for batch in batches:
        # Origin.NONE is 0 and Origin.RULE is 1.
        origins[list(batch.positions)] = batch.rule.scored.view(np.int8).reshape(-1, rows)
        layers.append(Layer(batch.positions, batch.rule.points))
    for source in TYPED_ORIGINS:
        for code, typed in sheets.typed.get(source, {}).items():
            at = positions[code]
            np.copyto(origins[at], np.int8(source), where=typed.present)
            layers.append(Layer((at,), typed.numbers, typed.present))
    return origins, layers
