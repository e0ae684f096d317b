"""What the files of a bundle say of the same: manifest, yardsticks, opinions and estimates against the snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import attrgetter, lt
from typing import Any

from parindex.documents.bundles import paths
from parindex.documents.bundles.estimate_checks import estimate_findings
from parindex.documents.bundles.list_cells import SHOWN, Cells, cell_problem, listed_number
from parindex.documents.bundles.opened import Opened
from parindex.documents.canonical_json import NotCanonical, canonical_bytes, parsed
from parindex.documents.json_differences import first_difference
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.publication.bundle import BundleKind, BundleOpinion, Manifest
from parindex.domain.publication.snapshot import FrozenItem
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.scoring.score_sheet import EntryState, Origin

#: So many wrong rows of a list are named: a hostile one has a million.
MOST_OF_LIST = 1_000
#: Levels of sets above that of an office, by it; there may be other kinds of units: nothing is said of them.
_ABOVE = {"commune": ("district", "department", "province"), "district": ("province",)}
#: So many simulated units are named.
_NAMED = 5
_CAPACITIES = frozenset(one.value for one in Capacity)
_VERDICTS = frozenset(one.value for one in OpinionKind)


def manifest_findings(manifest: Manifest, stored: StoredSnapshot) -> Iterator[Problem]:
    """``manifest_differs`` (``field``, ``found``, ``expected``: what the snapshot says), ``sheet_of_several``,
    ``level_below_set`` (``found``, ``expected``: the level of a set), ``simulated_of_no_unit`` (``group``, ``unit``),
    ``list_order`` for simulated units that are not in order.
    """
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
            facts_of = {"field": field, "found": str(found)[:SHOWN], "expected": str(expected)[:SHOWN]}
            yield Problem("manifest_differs", Place(file=paths.MANIFEST), facts_of)
    yield from _levels(facts.level, stored)
    yield from _simulated(manifest, stored)


def _levels(level: str, stored: StoredSnapshot) -> Iterator[Problem]:
    """The level of the owner against those of the sets: nobody publishes an index of a level above their own."""
    for found in dict.fromkeys(group.criteria_set.level for group in stored.snapshot.groups):
        if found in _ABOVE.get(level, ()):
            yield Problem("level_below_set", Place(file=paths.MANIFEST), {"found": level, "expected": found})


def _simulated(manifest: Manifest, stored: StoredSnapshot) -> Iterator[Problem]:
    """What the manifest names as simulated, and is not there."""
    units = {(group.code, unit.code) for group in stored.snapshot.groups for unit in group.units}
    for one in manifest.simulated:
        if (one.group, one.unit) not in units:
            facts = {"group": one.group[:SHOWN], "unit": one.unit[:SHOWN]}
            yield Problem("simulated_of_no_unit", Place(file=paths.MANIFEST), facts)
    if not _in_order(manifest.simulated, attrgetter("group", "unit")):
        yield Problem("list_order", Place(file=paths.MANIFEST))


def simulated_notes(manifest: Manifest, stored: StoredSnapshot) -> Iterator[Problem]:
    """``simulated_units`` (``count``, ``all``, ``names``: the first of them): figures that are made up."""
    if manifest.simulated:
        names = {(group.code, unit.code): unit.name for group in stored.snapshot.groups for unit in group.units}
        first = [names[one.group, one.unit] for one in manifest.simulated[:_NAMED]]
        facts = {"count": len(manifest.simulated), "all": len(names), "names": first}
        yield Problem("simulated_units", Place(file=paths.MANIFEST), facts)


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
    """The first :data:`MOST_OF_LIST` of each list.

    Problem kinds: ``list_order``, ``list_unknown_place`` (``group``, ``unit``, ``item``), ``list_not_a_number``
    (``field``, ``found``), ``opinion_word`` (``field``, ``found``), ``opinion_against_points``, ``list_count``
    (``field``, ``found``: a number below what it counts from), ``opinion_reason_withheld``, ``opinion_missing``
    (``level``, ``round``), and those of
    :func:`~parindex.documents.bundles.estimate_checks.estimate_findings`, each with ``unit`` and the item as code of
    the place.
    """
    cells = Cells(stored)
    for found in (_opinion_findings(made, cells), _estimate_findings(made, cells)):
        yield from islice(found, MOST_OF_LIST)


def _opinion_findings(made: Opened, cells: Cells) -> Iterator[Problem]:
    if made.opinions is not None:
        if not _in_order(made.opinions, attrgetter("group", "unit", "item", "level", "round")):
            yield Problem("list_order", Place(file=paths.OPINIONS))
        yield from _opinions(made.opinions, cells)


def _estimate_findings(made: Opened, cells: Cells) -> Iterator[Problem]:
    if made.estimates is not None:
        if not _in_order(made.estimates, attrgetter("group", "unit", "item")):
            yield Problem("list_order", Place(file=paths.ESTIMATES))
        yield from estimate_findings(made.estimates, cells)


def _in_order(rows: Sequence[object], key: Callable[[object], Any]) -> bool:
    """Whether the rows stand in order, none twice."""
    keys = list(map(key, rows))
    return all(map(lt, keys, keys[1:]))


def _opinions(opinions: Sequence[BundleOpinion], cells: Cells) -> Iterator[Problem]:
    yield from map(_misplaced, _out_of_place(opinions))
    words = list(islice((one for opinion in _unworded(opinions) for one in _words(opinion)), MOST_OF_LIST))
    yield from words
    for (group, unit, item), rows in groupby(opinions, key=attrgetter("group", "unit", "item")):
        cell = cells.find(group, unit, item)
        if cell is None:
            yield cell_problem("list_unknown_place", paths.OPINIONS, group, unit, item)
        elif not words:
            listed = list(rows)
            yield from _missing(listed)
            yield from _granted(listed, *cell)


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
        return cell_problem("opinion_reason_withheld", paths.OPINIONS, one.group, one.unit, one.item)
    facts = {"field": field, "found": value}
    return cell_problem("list_count", paths.OPINIONS, one.group, one.unit, one.item, **facts)


def _unworded(opinions: Sequence[BundleOpinion]) -> Iterator[BundleOpinion]:
    """The opinions with a word or a number that is none; looked for among the distinct ones first."""
    seen = {(one.capacity, one.verdict, one.points) for one in opinions}
    wrong = {
        (capacity, verdict, points)
        for capacity, verdict, points in seen
        if capacity not in _CAPACITIES or verdict not in _VERDICTS or (points and listed_number(points) is None)
    }
    return (one for one in opinions if wrong and (one.capacity, one.verdict, one.points) in wrong)


def _words(one: BundleOpinion) -> Iterator[Problem]:
    """What of an opinion is no word of the format, or no number."""
    for field, found, known in (
        ("capacity", one.capacity, _CAPACITIES),
        ("verdict", one.verdict, _VERDICTS),
    ):
        if found not in known:
            facts = {"field": field, "found": found[:SHOWN]}
            yield cell_problem("opinion_word", paths.OPINIONS, one.group, one.unit, one.item, **facts)
    if one.points and listed_number(one.points) is None:
        facts = {"field": "points", "found": one.points[:SHOWN]}
        yield cell_problem("list_not_a_number", paths.OPINIONS, one.group, one.unit, one.item, **facts)


def _missing(opinions: Sequence[BundleOpinion]) -> Iterator[Problem]:
    """Opinions on a cell are counted from 1 at each level: the first that is not there, but one behind it is."""
    level, last = 0, 0
    for one in opinions:
        if one.level != level:
            level, last = one.level, 0
        if one.round > last + 1:
            facts = {"level": level, "round": last + 1}
            yield cell_problem("opinion_missing", paths.OPINIONS, one.group, one.unit, one.item, **facts)
        last = one.round


def _granted(opinions: Sequence[BundleOpinion], item: FrozenItem, row: int) -> Iterator[Problem]:
    """The points of the council lie between the least and the most that the opinions of the highest level grant."""
    granting = [one for one in opinions if one.stands and one.points and one.verdict != OpinionKind.ASK]
    if not granting or item.states[row] is EntryState.NOT_ASSESSED:
        return
    level = max(one.level for one in granting)
    points = [number for one in granting if one.level == level and (number := listed_number(one.points)) is not None]
    column = item.typed.get(Origin.APPRAISED, ())
    stated = listed_number(column[row]) if column else None
    if stated is None or not min(points) <= stated <= max(points):
        one = granting[0]
        given = sorted({each.points for each in granting if each.level == level})
        facts = {"found": column[row] if column else "", "given": given}
        yield cell_problem("opinion_against_points", paths.OPINIONS, one.group, one.unit, one.item, **facts)


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
            yield Problem("evidence_of_no_item", place, {"item": item[:SHOWN]})
        if times > 1:
            yield Problem("evidence_item_twice", place, {"item": item[:SHOWN]})
