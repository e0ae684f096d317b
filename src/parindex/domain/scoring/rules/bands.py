"""Bands: the band that a quantity falls in gives the points.

    points = those of the band with lower edge ≤ q < upper edge, each edge open or closed as stated

Parameters:

- ``of``, ``to``, ``over``, ``zero_base``: the quantity q;
- ``bands``: a list, in any order; each band has a lower edge ``from`` (closed: q ≥ edge) or ``above`` (open: q > edge)
  or none, an upper edge ``below`` (open: q < edge) or ``up_to`` (closed: q ≤ edge) or none, and gives ``points``, a
  ``share`` of M, or what a ``rule`` of its own says. Edges are exact or dated. The inner rule takes the quantity and
  the maximum of this one unless it states its own, and speaks only where its band was hit.

Bands must not overlap and none may be empty (both refused when the rule is read); what falls between them is OUTSIDE.

Branches: the position of the band in the list, from 0.

No points: the reasons of the quantity; OUTSIDE; the reasons of the inner rule.

Example: 80,81 % with the bands 100 % → 1, from 50 % below 100 % → 0,5, below 50 % → 0 gives 0,5.

Source: catalogue of ARCHITECTURE.md, row 3, 7, 8, 9, 10, 15, 16, 17, 25, 28 (analysis of 2024: 7.3.4, 8.2, 8.3.2,
8.4; sheet of 2020: 5.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import NoPoints, Outcome
from parindex.domain.scoring.parameters import Amount, Section
from parindex.domain.scoring.quantities import Quantity
from parindex.domain.scoring.rule import ZERO, BranchNames, Rule, Scope, answered
from parindex.domain.scoring.settings import quantity_or_inherited, read_maximum, read_settings
from parindex.domain.values import Numbers, Positions, number_text

#: A cut of the number line: (edge, False) passes q ≥ edge, (edge, True) passes q > edge. They sort as they cut.
Cut = tuple[Fraction, bool]


@dataclass(frozen=True, slots=True)
class Band:
    """From the cut ``lower`` (None: unbounded) to before the cut ``upper``; gives an amount or what a rule says."""

    lower: Cut | None
    upper: Cut | None
    gives: Amount | Rule

    @property
    def text(self) -> str:
        """The edges and what they give, as exact text."""
        edges = []
        if self.lower is not None:
            edges.append(f"{'above' if self.lower[1] else 'from'} {number_text(self.lower[0])}")
        if self.upper is not None:
            edges.append(f"{'up_to' if self.upper[1] else 'below'} {number_text(self.upper[0])}")
        return ", ".join([*edges, self.gives.text if isinstance(self.gives, Amount) else "rule"])


@dataclass(frozen=True, slots=True)
class Bands(Rule):
    """See the module. ``cells[i]`` is the position of the band between cut i − 1 and cut i, or OUTSIDE."""

    kind: ClassVar[str] = "bands"
    branches: ClassVar[BranchNames] = "band"
    quantity: Quantity
    bands: tuple[Band, ...]
    cuts: tuple[Cut, ...]
    cells: tuple[int, ...]

    def score(self, context: Context) -> Outcome:
        """The points of the band that q falls in, over all units."""
        measured = self.quantity.measure(context)
        cell = np.zeros(context.rows, dtype=np.uint8)
        for edge, is_open in self.cuts:
            passed = measured.value.above(edge) if is_open else measured.value.at_least(edge)
            cell += passed.view(np.uint8)
        cells = cell.astype(np.intp)
        branch = np.array(self.cells, dtype=np.int8).take(cells)
        points = self._points(cells)
        for position, band in enumerate(self.bands):
            if isinstance(band.gives, Rule):
                points, branch = self._inner(band.gives, points, branch, position, context)
        return answered(points, branch, measured, self.quantity)

    def _points(self, cells: Positions) -> Numbers:
        """The stated points of each cell, looked up row by row."""
        gives = [self.bands[position].gives if position >= 0 else None for position in self.cells]
        table = Numbers.of(one.points if isinstance(one, Amount) else ZERO for one in gives)
        return table.take(cells)

    @staticmethod
    def _inner(
        rule: Rule, points: Numbers, branch: NDArray[np.int8], position: int, context: Context
    ) -> tuple[Numbers, NDArray[np.int8]]:
        hit = branch == position
        if not hit.any():
            return points, branch
        inner = rule.evaluate(context)
        branch = np.where(hit & (inner.branch < 0), inner.branch, branch)
        return inner.points.where(hit, points), branch

    def quantities(self) -> tuple[Quantity, ...]:
        """q."""
        return (self.quantity,)

    def children(self) -> tuple[Rule, ...]:
        """The rules inside bands."""
        return tuple(band.gives for band in self.bands if isinstance(band.gives, Rule))

    def child_of(self, branch: int) -> tuple[Rule, ...]:
        """The rule inside the band that was hit."""
        gives = self.bands[branch].gives if 0 <= branch < len(self.bands) else None
        return (gives,) if isinstance(gives, Rule) else ()

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The bands in the order stated."""
        return tuple((f"band {position}", band.text) for position, band in enumerate(self.bands))


def read(section: Section, scope: Scope) -> Bands | None:
    """The rule in ``section``; None, with problems noted, where quantity or bands are not usable.

    Problem kinds: ``band_empty`` (``lower``, ``upper``), ``bands_overlap`` (``first``, ``second``: positions,
    ``edge``; ``low``, ``high``: from where to where, None without end; ``share``: whether of a whole).
    """
    maximum = read_maximum(section, scope)
    quantity = quantity_or_inherited(section, scope, maximum)
    inner = Scope(maximum, quantity)
    found = [_band(one, inner) for one in section.sections("bands")]
    bands = tuple(band for band in found if band is not None)
    above = [one for band in bands if isinstance(band.gives, Rule) for one in band.gives.above_the_line()]
    settings = read_settings(section, scope, maximum, quantity=quantity, above=above)
    if quantity is None or len(bands) < len(found) or not bands:
        return None
    cuts = tuple(sorted({cut for band in bands for cut in (band.lower, band.upper) if cut is not None}))
    return Bands(settings, quantity, bands, cuts, _cells(section, bands, cuts, share=bool(quantity.to)))


def _band(section: Section, scope: Scope) -> Band | None:
    lower = _cut(section, "from", "above")
    upper = _cut(section, "below", "up_to")
    gives = _gives(section, scope)
    section.close()
    if lower is not None and upper is not None and lower >= upper:
        section.problem("band_empty", lower=number_text(lower[0]), upper=number_text(upper[0]))
        return None
    return None if gives is None else Band(lower, upper, gives)


def _cut(section: Section, at: str, after: str) -> Cut | None:
    """The cut of an edge: the key ``at`` cuts before the edge, ``after`` behind it."""
    stated = [key for key in (at, after) if section.has(key)]
    if len(stated) > 1:
        section.problem("keys_exclude_each_other", keys=stated)
    return (section.number(stated[0]), stated[0] == after) if stated else None


def _gives(section: Section, scope: Scope) -> Amount | Rule | None:
    if not section.has("rule"):
        return section.amount(scope.max_points)
    others: list[Any] = [key for key in ("points", "share") if section.has(key)]
    if others:
        section.problem("keys_exclude_each_other", keys=["rule", *others])
        return None
    inner = section.section("rule")
    return None if inner is None else section.reading.read_rule(inner, scope)


def _cells(section: Section, bands: tuple[Band, ...], cuts: tuple[Cut, ...], *, share: bool) -> tuple[int, ...]:
    """The band of each cell between two cuts, from below all cuts to above them."""
    numbers = {cut: number for number, cut in enumerate(cuts, start=1)}
    cells = [int(NoPoints.OUTSIDE)] * (len(cuts) + 1)
    for position, band in enumerate(bands):
        first = 0 if band.lower is None else numbers[band.lower]
        behind = len(cells) if band.upper is None else numbers[band.upper]
        taken = [cell for cell in range(first, behind) if cells[cell] >= 0]
        if taken:
            edge = number_text(cuts[max(taken[0] - 1, 0)][0]) if cuts else ""
            low, high = _stretch(taken, cuts)
            facts = {"first": cells[taken[0]], "second": position, "edge": edge, "low": low, "high": high}
            section.problem("bands_overlap", "bands", **facts, share=share)
        cells[first:behind] = [position] * (behind - first)
    return tuple(cells)


def _stretch(cells: list[int], cuts: tuple[Cut, ...]) -> tuple[str | None, str | None]:
    """From where to where the first of ``cells`` and those right behind it reach."""
    last = cells[0]
    while last + 1 in cells:
        last += 1
    low = number_text(cuts[cells[0] - 1][0]) if cells[0] > 0 else None
    return low, number_text(cuts[last][0]) if last < len(cuts) else None
