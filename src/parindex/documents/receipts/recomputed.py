"""A claim computed again from nothing but its own text and the criteria set that it names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.receipts.claim import FORMAT, Claim
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.index.compute import compute
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import UnitResult
from parindex.domain.scoring.one_unit import figures_of, sheet_of
from parindex.domain.scoring.score_sheet import EntryState, ScoreSheets
from parindex.domain.units import Unit

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
    try:
        figures = figures_of(claim.figures, criteria_set, criteria_set.year or 0, unit)
        sheet = _sheet(claim, criteria_set, unit)
    except InvalidValue as error:
        facts = {"format": FORMAT, "reason": str(error)}
        raise InvalidInput([Problem("not_a_claim", Place(), facts)]) from None
    result = compute(criteria_set, figures, sheet).unit(0)
    different = []
    for item in claim.items:
        now = result.items.get(item.code)
        points = now.points if now is not None and now.state is ItemState.ANSWERED else None
        if points != item.points:
            different.append(ItemDifference(item.code, item.points, points))
    return Recomputed(result, tuple(different))


def _sheet(claim: Claim, criteria_set: CriteriaSet, unit: Unit) -> ScoreSheets:
    codes = [node.code for node in criteria_set.items()]
    known = [one for one in claim.items if one.code in set(codes)]
    states = {one.code: _STATES.get(one.state, EntryState.NO_ENTRY) for one in known}
    return sheet_of(codes, states, {one.code: one.self_points for one in known if one.self_points}, unit)
