"""Of which signed bundles figures were taken: as it stands now, and as it stood when a result was finalised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from parindex.database.models import Cycle, Figure, ReceivedBundle, TakenFigure
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


def feeding_bundles(cycle: Cycle, at: datetime, sheet: int | None = None) -> list[ReceivedBundle]:
    """The bundles whose figures stood on the sheets of a cycle (or on one of them) at a moment, each once, in the order
    of their fingerprints. One query.
    """
    fed = _at(at).filter(sheet__cycle=cycle) if sheet is None else _at(at).filter(sheet=sheet)
    rows = ReceivedBundle.objects.filter(pk__in=fed.order_by().values("bundle")).select_related("file")
    return list({one.fingerprint: one for one in rows.order_by("fingerprint", "-pk")}.values())
