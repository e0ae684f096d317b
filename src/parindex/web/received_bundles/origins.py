"""Beside a figure: of which signed bundle it was taken, and whether something else stands there by now."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.models import TakenFigure
from parindex.database.queries.figure_origins import FigureOrigin
from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.values import exact_number
from parindex.wording.numbers import exact_figure
from parindex.wording.received_bundles import origin_words, way_words


@dataclass(frozen=True, slots=True)
class OriginPart:
    """One bundle that gave a figure, or a part of it: in words, how it gave it, what it gave (printed)."""

    bundle: int
    words: str
    way: str
    value: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where a figure comes from; ``given``: what the bundles gave, printed, where something else stands there."""

    parts: tuple[OriginPart, ...]
    given: str

    @property
    def differs(self) -> bool:
        """Whether the figure is not what the bundles gave."""
        return self.given != ""


def origin_views(
    origins: Mapping[str, FigureOrigin], measures: Mapping[str, Measure], values: Mapping[str, str]
) -> dict[str, OriginView]:
    """The origins of some figures by measure; ``values``: what stands there now."""
    return {
        measure: _view(origin, measures[measure], values.get(measure, ""))
        for measure, origin in origins.items()
        if measure in measures
    }


def _view(origin: FigureOrigin, measure: Measure, value: str) -> OriginView:
    parts = tuple(_part(one, measure) for one in origin.parts)
    return OriginView(parts, printed(measure, origin.given) if origin.differs(value) else "")


def _part(one: TakenFigure, measure: Measure) -> OriginPart:
    lacking: Collection[str] = json.loads(one.lacking) if one.lacking else ()
    words = way_words(one.way, len(json.loads(one.of)))
    return OriginPart(one.bundle_id, origin_words(one.bundle), words, printed(measure, one.value), tuple(lacking))


def printed(measure: Measure, value: str) -> str:
    """A figure as pages print it; a choice by its label, "–" for none."""
    if value == "":
        return "–"
    if measure.kind is MeasureKind.CHOICE:
        return measure.choices.get(value, value)
    exact: Fraction = exact_number(value)
    return exact_figure(exact)
