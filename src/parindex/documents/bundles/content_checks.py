"""What the files of a bundle say of the same: manifest, yardsticks, opinions and estimates against the snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, lt
from typing import Any

from parindex.documents.bundles import paths
from parindex.documents.bundles.opened import Opened
from parindex.documents.canonical_json import NotCanonical, canonical_bytes, parsed
from parindex.documents.json_differences import first_difference
from parindex.documents.results.snapshots import MOST_CHARACTERS, StoredSnapshot
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.publication.bundle import BundleKind, BundleOpinion, Manifest
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import exact_number, number_text

_SHOWN = 60
_CAPACITIES = frozenset(one.value for one in Capacity)
_VERDICTS = frozenset(one.value for one in OpinionKind)


def manifest_findings(manifest: Manifest, stored: StoredSnapshot) -> Iterator[Problem]:
    """``manifest_differs`` (``field``, ``found``, ``expected``: what the snapshot says), ``sheet_of_several``."""
    snapshot, facts = stored.snapshot, manifest.publication
    owner = snapshot.owner
    if manifest.kind is BundleKind.SHEET:
        units = [unit.code for group in snapshot.groups for unit in group.units]
        if len(units) != 1:
            yield Problem("sheet_of_several", Place(file=paths.SNAPSHOT), {"units": len(units)})
        owner = units[0] if units else ""
    for field, found, expected in (
        ("title", facts.title, snapshot.title),
        ("year", facts.year, snapshot.year),
        ("owner", facts.owner.code, owner),
        ("fingerprint", manifest.snapshot, stored.fingerprint),
        ("withheld", manifest.withheld, stored.withheld),
    ):
        if found != expected:
            facts_of = {"field": field, "found": str(found)[:_SHOWN], "expected": str(expected)[:_SHOWN]}
            yield Problem("manifest_differs", Place(file=paths.MANIFEST), facts_of)


# --- yardsticks ----------------------------------------------------------------------------------------------------


def yardstick_findings(made: Opened, forms: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """The yardsticks against ``forms``, those that follow from the snapshot by path: ``yardstick_differs`` (``at``,
    ``found``, ``expected``), ``yardstick_of_no_group``.
    """
    for path, file in made.archive.files.items():
        if not paths.is_set(path):
            continue
        place = Place(file=path)
        if path not in forms:
            yield Problem("yardstick_of_no_group", place)
        elif canonical_bytes(forms[path]) != file.content:
            try:
                at, found, expected = first_difference(parsed(file.content), forms[path])
            except NotCanonical as error:
                yield Problem(error.kind, place, error.facts)
            else:
                yield Problem("yardstick_differs", place, {"at": at, "found": found, "expected": expected})


# --- opinions and estimates ----------------------------------------------------------------------------------------


def list_findings(made: Opened, stored: StoredSnapshot) -> Iterator[Problem]:
    """Problem kinds: ``list_order``, ``list_unknown_place`` (``group``, ``unit``, ``item``), ``list_not_a_number``
    (``field``, ``found``), ``opinion_word`` (``field``, ``found``), ``opinion_against_points``,
    ``estimate_against_points``, ``list_count`` (``field``, ``found``: a number below what it counts from),
    ``opinion_reason_withheld``, each with ``unit`` and the item as code of the place.
    """
    cells = _Cells(stored)
    if made.opinions is not None:
        if not _in_order(made.opinions, attrgetter("group", "unit", "item", "level", "round")):
            yield Problem("list_order", Place(file=paths.OPINIONS))
        yield from _opinions(made.opinions, cells)
    if made.estimates is not None:
        if not _in_order(made.estimates, attrgetter("group", "unit", "item")):
            yield Problem("list_order", Place(file=paths.ESTIMATES))
        yield from _estimates(made, cells)


def _in_order(rows: Sequence[object], key: Callable[[object], Any]) -> bool:
    """Whether the rows stand in order, none twice."""
    keys = list(map(key, rows))
    return all(map(lt, keys, keys[1:]))


class _Cells:
    """What the snapshot says of one item of one unit."""

    def __init__(self, stored: StoredSnapshot) -> None:
        self._groups: dict[str, FrozenGroup] = {one.code: one for one in stored.snapshot.groups}
        self._rows = {code: {u.code: at for at, u in enumerate(one.units)} for code, one in self._groups.items()}

    def find(self, group: str, unit: str, item: str) -> tuple[FrozenItem, int] | None:
        """The columns of the item and the row of the unit; None where there is no such cell."""
        row = self._rows.get(group, {}).get(unit)
        found = self._groups[group].items.get(item) if row is not None else None
        return None if found is None or row is None else (found, row)


def _problem(kind: str, path: str, group: str, unit: str, item: str, **facts: object) -> Problem:
    return Problem(kind, Place(file=path, code=item), {"group": group, "unit": unit, "item": item, **facts})


def _opinions(opinions: Sequence[BundleOpinion], cells: _Cells) -> Iterator[Problem]:
    yield from map(_misplaced, _out_of_place(opinions))
    words = [one for opinion in _unworded(opinions) for one in _words(opinion)]
    yield from words
    for (group, unit, item), rows in groupby(opinions, key=attrgetter("group", "unit", "item")):
        cell = cells.find(group, unit, item)
        if cell is None:
            yield _problem("list_unknown_place", paths.OPINIONS, group, unit, item)
        elif not words:
            yield from _granted(list(rows), *cell)


def _out_of_place(opinions: Sequence[BundleOpinion]) -> Iterator[tuple[BundleOpinion, str, object]]:
    """Opinions at a level or place that there is not, or whose reason is kept from the public and stands there."""
    for one in opinions:
        if one.level < 1:
            yield one, "level", one.level
        if one.round < 1:
            yield one, "round", one.round
        if one.withheld and one.reason:
            yield one, "withheld", one.reason


def _misplaced(found: tuple[BundleOpinion, str, object]) -> Problem:
    one, field, value = found
    if field == "withheld":
        return _problem("opinion_reason_withheld", paths.OPINIONS, one.group, one.unit, one.item)
    facts = {"field": field, "found": value}
    return _problem("list_count", paths.OPINIONS, one.group, one.unit, one.item, **facts)


def _unworded(opinions: Sequence[BundleOpinion]) -> Iterator[BundleOpinion]:
    """The opinions with a word or a number that is none; looked for among the distinct ones first."""
    seen = {(one.capacity, one.verdict, one.points) for one in opinions}
    wrong = {
        (capacity, verdict, points)
        for capacity, verdict, points in seen
        if capacity not in _CAPACITIES or verdict not in _VERDICTS or (points and _number(points) is None)
    }
    return (one for one in opinions if wrong and (one.capacity, one.verdict, one.points) in wrong)


def _words(one: BundleOpinion) -> Iterator[Problem]:
    """What of an opinion is no word of the format, or no number."""
    for field, found, known in (
        ("capacity", one.capacity, _CAPACITIES),
        ("verdict", one.verdict, _VERDICTS),
    ):
        if found not in known:
            facts = {"field": field, "found": found[:_SHOWN]}
            yield _problem("opinion_word", paths.OPINIONS, one.group, one.unit, one.item, **facts)
    if one.points and _number(one.points) is None:
        facts = {"field": "points", "found": one.points[:_SHOWN]}
        yield _problem("list_not_a_number", paths.OPINIONS, one.group, one.unit, one.item, **facts)


@lru_cache(maxsize=4096)
def _number(text: str) -> Fraction | None:
    """None for what is no number as the format writes it, or a longer one."""
    try:
        found = exact_number(text) if len(text) <= MOST_CHARACTERS else None
    except InvalidValue:
        return None
    return found if found is not None and number_text(found) == text else None


def _granted(opinions: Sequence[BundleOpinion], item: FrozenItem, row: int) -> Iterator[Problem]:
    """The points of the council lie between the least and the most that the opinions of the highest level grant."""
    granting = [one for one in opinions if one.stands and one.points and one.verdict != OpinionKind.ASK]
    if not granting or item.states[row] is EntryState.NOT_ASSESSED:
        return
    level = max(one.level for one in granting)
    points = [number for one in granting if one.level == level and (number := _number(one.points)) is not None]
    column = item.typed.get(Origin.APPRAISED, ())
    stated = _number(column[row]) if column else None
    if stated is None or not min(points) <= stated <= max(points):
        one = granting[0]
        given = sorted({each.points for each in granting if each.level == level})
        facts = {"found": column[row] if column else "", "given": given}
        yield _problem("opinion_against_points", paths.OPINIONS, one.group, one.unit, one.item, **facts)


def _estimates(made: Opened, cells: _Cells) -> Iterator[Problem]:
    for one in made.estimates or ():
        cell = cells.find(one.group, one.unit, one.item)
        if cell is None:
            yield _problem("list_unknown_place", paths.ESTIMATES, one.group, one.unit, one.item)
            continue
        item, row = cell
        if one.answers is not None and one.answers < 0:
            facts = {"field": "answers", "found": one.answers}
            yield _problem("list_count", paths.ESTIMATES, one.group, one.unit, one.item, **facts)
        survey = item.typed.get(Origin.SURVEY, ())
        for field, found, expected in (
            ("points", one.points, survey[row] if survey else ""),
            ("standard_error", one.standard_error, item.errors[row] if item.errors else ""),
            ("estimate", one.estimate, one.estimate),
        ):
            if found and _number(found) is None:
                facts = {"field": field, "found": found[:_SHOWN]}
                yield _problem("list_not_a_number", paths.ESTIMATES, one.group, one.unit, one.item, **facts)
            elif found != expected and (found or field == "points"):
                facts = {"field": field, "found": found, "expected": expected}
                yield _problem("estimate_against_points", paths.ESTIMATES, one.group, one.unit, one.item, **facts)


def usable_problems(error: InvalidInput, path: str) -> list[Problem]:
    """The problems of a set that cannot be computed with, at the file of its yardstick."""
    return [
        Problem(one.kind, Place(file=path, code=one.place.code, path=one.place.path), one.facts)
        for one in error.problems
    ]


# --- evidence ------------------------------------------------------------------------------------------------------


def evidence_findings(made: Opened, stored: StoredSnapshot) -> Iterator[Problem]:
    """What a sheet names as evidence against its items: ``evidence_of_result``, ``evidence_of_no_item`` and
    ``evidence_item_twice`` (``item``).
    """
    if made.evidence is None:
        return
    place = Place(file=paths.EVIDENCE)
    if made.manifest is not None and made.manifest.kind is not BundleKind.SHEET:
        yield Problem("evidence_of_result", place)
    items = {code for group in stored.snapshot.groups for code in group.items}
    for item, times in Counter(one.item for one in made.evidence).items():
        if item not in items:
            yield Problem("evidence_of_no_item", place, {"item": item[:_SHOWN]})
        if times > 1:
            yield Problem("evidence_item_twice", place, {"item": item[:_SHOWN]})
