"""The estimates of surveys against the snapshot, and the points that follow from them (docs/goi-ket-qua.md, 10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.documents.bundles import paths
from parindex.documents.bundles.list_cells import SHOWN, Cells, cell_problem, listed_number
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.criteria.survey_points import points_of_estimate
from parindex.domain.errors import Place, Problem
from parindex.domain.publication.bundle import BundleEstimate
from parindex.domain.publication.snapshot import FrozenItem
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import number_text


def estimate_findings(estimates: Sequence[BundleEstimate], cells: Cells) -> Iterator[Problem]:
    """Problem kinds: ``list_unknown_place``, ``list_count``, ``list_not_a_number``, ``estimate_against_points``
    (``field``, ``found``, ``expected``: what the snapshot has), ``estimate_gives_other_points`` (``estimate``,
    ``found``, ``expected``: what follows from the estimate), ``estimate_of_too_few`` (``answers``, ``minimum``).
    """
    for one in estimates:
        cell = cells.find(one.group, one.unit, one.item)
        if cell is None:
            yield cell_problem("list_unknown_place", paths.ESTIMATES, one.group, one.unit, one.item)
        else:
            yield from _stated(one, *cell)
            yield from _followed(one, cells)


def _problem(kind: str, one: BundleEstimate, **facts: object) -> Problem:
    return cell_problem(kind, paths.ESTIMATES, one.group, one.unit, one.item, **facts)


def _stated(one: BundleEstimate, item: FrozenItem, row: int) -> Iterator[Problem]:
    """What a row says against what the snapshot says of the same."""
    if one.answers is not None and one.answers < 0:
        yield _problem("list_count", one, field="answers", found=one.answers)
    survey = item.typed.get(Origin.SURVEY, ())
    for field, found, expected in (
        ("points", one.points, survey[row] if survey else ""),
        ("standard_error", one.standard_error, item.errors[row] if item.errors else ""),
        ("estimate", one.estimate, one.estimate),
    ):
        if found and listed_number(found) is None:
            yield _problem("list_not_a_number", one, field=field, found=found[:SHOWN])
        elif found != expected and (found or field == "points"):
            yield _problem("estimate_against_points", one, field=field, found=found, expected=expected)


def _followed(one: BundleEstimate, cells: Cells) -> Iterator[Problem]:
    """The points of a row against those that its estimate gives, where the criteria set says how."""
    survey = cells.node(one.group, one.item).survey
    if survey is None or not is_followed(one, cells):
        return
    least = max(survey.minimum or 1, 1)
    if one.answers is not None and 0 <= one.answers < least:
        yield _problem("estimate_of_too_few", one, answers=one.answers, minimum=least)
    expected = _given(one, cells)
    if expected is not None and listed_number(one.points) is not None and expected != one.points:
        yield _problem(
            "estimate_gives_other_points", one, estimate=one.estimate, found=one.points, expected=expected[:SHOWN]
        )


def _given(one: BundleEstimate, cells: Cells) -> str | None:
    """The points that follow from an estimate, as the format writes them; None where it is no number."""
    node, estimate = cells.node(one.group, one.item), listed_number(one.estimate)
    if node.survey is None or node.max_points is None or estimate is None:
        return None
    return number_text(points_of_estimate(estimate, node.max_points, node.survey.step(cells.step(one.group))))


def is_followed(one: BundleEstimate, cells: Cells) -> bool:
    """Whether the points of a row can be recomputed: it has an estimate, and the set says how it becomes points."""
    node = cells.node(one.group, one.item)
    return one.estimate != "" and node.survey is not None and node.max_points is not None


def estimate_notes(estimates: Sequence[BundleEstimate], stored: StoredSnapshot) -> Iterator[Problem]:
    """``estimates_not_followed`` (``count``, ``all``): points of surveys that no estimate is there for, or no rule. Of
    a bundle in which nothing is wrong.
    """
    cells = Cells(stored)
    columns = [item.typed.get(Origin.SURVEY, ()) for group in stored.snapshot.groups for item in group.items.values()]
    every = sum(len(column) - column.count("") for column in columns)
    followed = sum(is_followed(one, cells) for one in estimates if one.points)
    if followed < every:
        yield Problem("estimates_not_followed", Place(file=paths.ESTIMATES), {"count": every - followed, "all": every})
