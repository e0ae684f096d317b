"""A claim computed again from nothing but its own text and the criteria set that it names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.receipts.claim import Claim, ClaimedItem
from parindex.domain.criteria.criteria_set import CriteriaSet, MeasureKind
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.index.compute import compute
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import UnitResult
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.score_sheet import EntryState, Origin, PointsColumn, ScoreSheets
from parindex.domain.units import Unit
from parindex.domain.values import Numbers, decimal_places, exact_number

_STATES = {
    "not_assessed_requested": EntryState.NOT_ASSESSED_REQUESTED,
    "not_assessed": EntryState.NOT_ASSESSED,
    "pending": EntryState.PENDING,
}


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item whose claimed points are not those that figures and rule give; None: no points."""

    code: str
    claimed: Fraction | None
    computed: Fraction | None


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The unit of a claim computed with the set, and the items that come out otherwise than claimed."""

    unit: UnitResult
    different: tuple[ItemDifference, ...]


def recomputed(claim: Claim, criteria_set: CriteriaSet, name: str = "") -> Recomputed:
    """Compute a claim anew. Raises :class:`InvalidInput` (``claim_of_other_set``) for another set than it names."""
    found = fingerprint(criteria_set)
    if found != claim.set_fingerprint:
        facts = {"set": name, "found": found[:16], "expected": claim.set_fingerprint[:16]}
        raise InvalidInput([Problem("claim_of_other_set", Place(), facts)])
    unit = Unit("1", claim.unit)
    result = compute(criteria_set, _figures(claim, criteria_set, unit), _sheets(claim, criteria_set, unit)).unit(0)
    different = []
    for item in claim.items:
        now = result.items.get(item.code)
        points = now.points if now is not None and now.state is ItemState.ANSWERED else None
        if points != item.points:
            different.append(ItemDifference(item.code, item.points, points))
    return Recomputed(result, tuple(different))


def _figures(claim: Claim, criteria_set: CriteriaSet, unit: Unit) -> Figures:
    numbers: dict[tuple[str, int], FigureColumn] = {}
    choices: dict[tuple[str, int], ChoiceColumn] = {}
    for (measure, year), value in claim.figures.items():
        declared = criteria_set.measures.get(measure)
        if declared is None:
            continue
        if declared.kind is MeasureKind.CHOICE:
            choices[measure, year] = ChoiceColumn((value,), np.zeros(1, dtype=np.int16))
        else:
            present = np.ones(1, dtype=bool)
            numbers[measure, year] = FigureColumn(Numbers.of([exact_number(value)]), present)
    return Figures(criteria_set.year or 0, (unit,), numbers, choices)


def _sheets(claim: Claim, criteria_set: CriteriaSet, unit: Unit) -> ScoreSheets:
    codes = [node.code for node in criteria_set.items()]
    items = {item.code: item for item in claim.items}
    states = [_STATES.get(items[code].state, EntryState.NO_ENTRY) if code in items else -1 for code in codes]
    typed = {code: _typed(item) for code, item in items.items() if item.self_points and code in set(codes)}
    return ScoreSheets((unit,), tuple(codes), np.array(states, dtype=np.int8).reshape(-1, 1), {Origin.SELF: typed})


def _typed(item: ClaimedItem) -> PointsColumn:
    value = exact_number(item.self_points)
    places = np.array([decimal_places(value) or 0], dtype=np.int8)
    return PointsColumn(Numbers.of([value]), np.ones(1, dtype=bool), places)
