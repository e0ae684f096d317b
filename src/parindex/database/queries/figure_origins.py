"""Of which signed bundles figures were taken: as it stands now, and as it stood when a result was finalised."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from parindex.database.models import Figure, Finalisation, ReceivedBundle, Submission, TakenFigure, UnitResult
from parindex.database.queries.publications import detail_of
from parindex.domain.publication.fed_measures import added_up


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """What bundles gave a figure, in the order in which it was taken."""

    parts: Sequence[TakenFigure]

    @property
    def given(self) -> str:
        """What the figure is by the bundles."""
        return added_up([one.value for one in self.parts])

    def differs(self, value: str) -> bool:
        """Whether something else stands there than the bundles gave."""
        return value != self.given


def is_taken() -> Exists:
    """Whether a figure was taken of a bundle, as a column beside it: so that nobody asks where none was."""
    alike = {"unit": OuterRef("unit"), "measure": OuterRef("measure"), "year": OuterRef("year")}
    return Exists(TakenFigure.objects.filter(**alike, ended_at=None))


def origins_of(figures: Collection[Figure]) -> dict[str, FigureOrigin]:
    """Where figures of one unit and year come from, by measure; ``figures`` have the column of :func:`is_taken`. One
    query, and only where one was taken.
    """
    taken = [one for one in figures if getattr(one, "is_taken", False)]
    if not taken:
        return {}
    rows = TakenFigure.objects.filter(unit=taken[0].unit_id, year=taken[0].year, ended_at=None)
    return _by_measure(rows.filter(measure__in={one.measure for one in taken}))


def origins_at(unit_code: str, measures: Collection[str], year: int, at: datetime) -> dict[str, FigureOrigin]:
    """Where figures of a unit came from at a moment, by measure. One query."""
    return _by_measure(_at(at).filter(unit__code=unit_code, measure__in=measures, year=year))


def _at(at: datetime) -> QuerySet[TakenFigure]:
    return TakenFigure.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), taken_at__lte=at)


def _by_measure(rows: QuerySet[TakenFigure]) -> dict[str, FigureOrigin]:
    found: dict[str, list[TakenFigure]] = {}
    for one in rows.select_related("bundle").order_by("pk"):
        found.setdefault(one.measure, []).append(one)
    return {measure: FigureOrigin(tuple(parts)) for measure, parts in found.items()}


def feeding_bundles(of: Finalisation | Submission) -> list[ReceivedBundle]:
    """The bundles that fed what was finalised, or what was signed, each once, in the order of their fingerprints: those
    whose figures stood there as they had given them. What somebody had typed over a figure came of no bundle.

    Three queries at most, one where nothing was taken.
    """
    fed: dict[tuple[int, int, str], list[TakenFigure]] = {}
    for one in _taken_for(of).select_related("bundle__file").order_by("pk"):
        fed.setdefault((one.sheet_id, one.year, one.measure), []).append(one)
    if not fed:
        return []
    frozen = dict(_frozen_of_result(of, fed) if isinstance(of, Finalisation) else _frozen_claim(of))
    bundles = [
        part.bundle
        for key, parts in fed.items()
        if not FigureOrigin(parts).differs(frozen.get(key, ""))
        for part in parts
    ]
    return list({one.fingerprint: one for one in sorted(bundles, key=lambda one: (one.fingerprint, -one.pk))}.values())


def _taken_for(of: Finalisation | Submission) -> QuerySet[TakenFigure]:
    if isinstance(of, Finalisation):
        return _at(of.finalised_at).filter(sheet__cycle=of.cycle_id)
    return _at(of.submitted_at).filter(sheet=of.sheet_id)


def _frozen_of_result(
    of: Finalisation, fed: Collection[tuple[int, int, str]]
) -> Iterator[tuple[tuple[int, int, str], str]]:
    """The figures of the sheets that something was taken for, as they were finalised."""
    for result in UnitResult.objects.filter(finalisation=of, sheet__in={sheet for sheet, _, _ in fed}):
        for item in detail_of(result)["items"].values():
            for one in item["figures"]:
                yield (result.sheet_id, one["year"], one["measure"]), one["value"]


def _frozen_claim(of: Submission) -> Iterator[tuple[tuple[int, int, str], str]]:
    """The figures as they were signed."""
    for one in json.loads(of.claim)["figures"]:
        yield (of.sheet_id, one["year"], one["measure"]), str(one["value"])
