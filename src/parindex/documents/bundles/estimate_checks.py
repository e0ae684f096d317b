"""The estimates of surveys against the snapshot, and the points that follow from them (docs/goi-ket-qua.md, 10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.bundles import paths
from parindex.documents.bundles.list_cells import SHOWN, Cells, cell_problem, listed_number
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.criteria.survey_points import EstimateFlaw, PointsWay, StatedPoints, estimate_flaws
from parindex.domain.errors import Place, Problem
from parindex.domain.publication.bundle import BundleEstimate
from parindex.domain.publication.snapshot import FrozenItem
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import number_text


def estimate_findings(estimates: Sequence[BundleEstimate], cells: Cells) -> Iterator[Problem]:
    """Problem kinds: ``list_unknown_place``, ``list_count``, ``list_not_a_number``, ``estimate_against_points``
    (``field``, ``found``, ``expected``: what the snapshot has), ``estimate_off_range`` (``estimate``),
    ``estimate_gives_other_points`` (``estimate``, ``found``, ``expected``: what follows from the estimate),
    ``estimate_of_too_few`` (``answers``, ``minimum``), ``estimate_error_off_range`` (``found``, ``most``).
    """
    for one in estimates:
        cell = cells.find(one.group, one.unit, one.item)
        if cell is None:
            yield cell_problem("list_unknown_place", paths.ESTIMATES, one.group, one.unit, one.item)
        else:
            numbers = listed_number(one.points), listed_number(one.estimate)
            stated = StatedPoints(*numbers, one.answers, listed_number(one.standard_error))
            yield from _stated(one, stated, *cell)
            yield from _followed(one, stated, _way(one, cells))


def _problem(kind: str, one: BundleEstimate, **facts: object) -> Problem:
    return cell_problem(kind, paths.ESTIMATES, one.group, one.unit, one.item, **facts)


def _stated(one: BundleEstimate, stated: StatedPoints, item: FrozenItem, row: int) -> Iterator[Problem]:
    """What a row says against what the snapshot says of the same."""
    survey, error = item.typed.get(Origin.SURVEY, ()), one.standard_error
    for field, found, number, expected in (
        ("points", one.points, stated.points, survey[row] if survey else ""),
        ("standard_error", error, error and listed_number(error), item.errors[row] if item.errors else ""),
        ("estimate", one.estimate, stated.estimate, one.estimate),
    ):
        if found and number is None:
            yield _problem("list_not_a_number", one, field=field, found=found[:SHOWN])
        elif found != expected and (found or field == "points"):
            yield _problem("estimate_against_points", one, field=field, found=found, expected=expected)


def _followed(one: BundleEstimate, stated: StatedPoints, way: PointsWay) -> Iterator[Problem]:
    """What a row says against itself: the points against those that its estimate gives, where the set says how."""
    for flaw in estimate_flaws(stated, way):
        if flaw is EstimateFlaw.ANSWERS_BELOW_ZERO:
            yield _problem("list_count", one, field="answers", found=one.answers)
        elif flaw is EstimateFlaw.OFF_RANGE:
            yield _problem("estimate_off_range", one, estimate=one.estimate[:SHOWN])
        elif flaw is EstimateFlaw.TOO_FEW:
            yield _problem("estimate_of_too_few", one, answers=one.answers, minimum=way.least_answers)
        elif flaw is EstimateFlaw.ERROR_OFF_RANGE:
            most = number_text(way.max_points)[:SHOWN] if way.max_points is not None else ""
            yield _problem("estimate_error_off_range", one, found=one.standard_error[:SHOWN], most=most)
        else:
            given = way.points(stated.estimate) if stated.estimate is not None else None
            expected = "" if given is None else number_text(given)[:SHOWN]
            yield _problem(
                "estimate_gives_other_points", one, estimate=one.estimate, found=one.points, expected=expected
            )


def _way(one: BundleEstimate, cells: Cells) -> PointsWay:
    """How the points of a row follow from its estimate."""
    node = cells.node(one.group, one.item)
    return PointsWay(node.survey, node.max_points, cells.step(one.group))


def is_followed(one: BundleEstimate, cells: Cells) -> bool:
    """Whether the points of a row can be recomputed: it has an estimate, and the set says how it becomes points."""
    estimate = listed_number(one.estimate)
    return estimate is not None and _way(one, cells).points(estimate) is not None


@dataclass(frozen=True, slots=True)
class FollowedPoints:
    """How many points of surveys were recomputed from their estimates (``followed``), of how many there are."""

    followed: int = 0
    all: int = 0


def followed_points(estimates: Sequence[BundleEstimate], stored: StoredSnapshot) -> FollowedPoints:
    """The points of surveys of a bundle in which nothing is wrong."""
    cells = Cells(stored)
    columns = [item.typed.get(Origin.SURVEY, ()) for group in stored.snapshot.groups for item in group.items.values()]
    every = sum(len(column) - column.count("") for column in columns)
    return FollowedPoints(sum(is_followed(one, cells) for one in estimates if one.points), every)


def estimate_notes(found: FollowedPoints) -> Iterator[Problem]:
    """``estimates_not_followed`` (``followed``, ``count``: of those no estimate is there, or no rule; ``all``): not all
    points of surveys were recomputed.
    """
    if found.followed < found.all:
        facts = {"followed": found.followed, "count": found.all - found.followed, "all": found.all}
        yield Problem("estimates_not_followed", Place(file=paths.ESTIMATES), facts)
