"""A claim computed again from nothing but its own text and the criteria set that it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.receipts.claim import FORMAT, Claim, ClaimedArea, ClaimedItem
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
    """What a claim says otherwise of an item than figures, rule and set.

    ``what``: its ``points`` (None: none), its ``max_points``, as what it is ``counted``, as what it counts ``outside``
    the hundred (None: inside), or whether it is ``listed``.
    """

    code: str
    what: str
    claimed: Fraction | str | None
    computed: Fraction | str | None


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The unit of a claim computed with the set, its areas, and the items that come out otherwise than claimed."""

    unit: UnitResult
    areas: tuple[ClaimedArea, ...]
    different: tuple[ItemDifference, ...]


def recomputed(claim: Claim, criteria_set: CriteriaSet, name: str = "", file: str = "") -> Recomputed:
    """Compute the claim of ``file`` anew with the set of ``name``.

    Raises :class:`InvalidInput` (``claim_of_other_set``) for another set than it names.
    """
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
        raise InvalidInput([Problem("not_a_claim", Place(file=file or None), facts)]) from None
    result = compute(criteria_set, figures, sheet).unit(0)
    listed = {one.code for one in claim.items}
    different = [one for item in claim.items for one in _differences(item, criteria_set, result)]
    if not claim.is_part:
        kept = [code for code, one in result.items.items() if one.state is not ItemState.ABSENT]
        different += [ItemDifference(code, "listed", "no", "yes") for code in kept if code not in listed]
    return Recomputed(result, tuple(_areas(listed, criteria_set, result)), tuple(different))


def _differences(item: ClaimedItem, criteria_set: CriteriaSet, result: UnitResult) -> Iterator[ItemDifference]:
    now = result.items.get(item.code)
    if now is None:
        yield ItemDifference(item.code, "listed", "yes", "no")
        return
    points = now.points if now.state is ItemState.ANSWERED else None
    most, outside = _maximum(item.code, criteria_set)
    if points != item.points:
        yield ItemDifference(item.code, "points", item.points, points)
    if most != item.max_points:
        yield ItemDifference(item.code, "max_points", item.max_points, most)
    if item.counted_as != now.state.name.lower():
        yield ItemDifference(item.code, "counted", item.counted_as, now.state.name.lower())
    if item.outside != outside:
        yield ItemDifference(item.code, "outside", item.outside or None, outside or None)


def _maximum(code: str, criteria_set: CriteriaSet) -> tuple[Fraction, str]:
    """What an item can earn inside the hundred, and as what it counts outside."""
    outside = criteria_set.outside_items().get(code)
    if outside is not None:
        return Fraction(0), outside.value
    return next(node.max_points or Fraction(0) for node in criteria_set.items() if node.code == code), ""


def _areas(listed: Collection[str], criteria_set: CriteriaSet, result: UnitResult) -> Iterator[ClaimedArea]:
    """The lines of the areas, of the items that the claim lists; one without an item that is counted has none."""
    for area in criteria_set.areas:
        codes = [
            node.code
            for node in area.items()
            if node.code in listed and result.items[node.code].state not in (ItemState.PENDING, ItemState.ABSENT)
        ]
        if not codes:
            continue
        states = {code: result.items[code].state for code in codes}
        most = {code: _maximum(code, criteria_set)[0] for code in codes}
        earned = sum((result.items[code].points for code in codes if states[code] is ItemState.ANSWERED), Fraction(0))
        out = sum((most[code] for code in codes if states[code] is ItemState.NOT_ASSESSED), Fraction(0))
        yield ClaimedArea(area.code, earned, sum(most.values(), Fraction(0)) - out, out)


def _sheet(claim: Claim, criteria_set: CriteriaSet, unit: Unit) -> ScoreSheets:
    codes = [node.code for node in criteria_set.items()]
    known = [one for one in claim.items if one.code in set(codes)]
    states = {one.code: _STATES.get(one.state, EntryState.NO_ENTRY) for one in known}
    return sheet_of(codes, states, {one.code: one.self_points for one in known if one.self_points}, unit)
