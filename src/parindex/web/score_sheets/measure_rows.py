"""The figures of an item as rows: last year's and this year's value, what changed, where else they count, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Figure, FigureLine
from parindex.database.queries.figure_origins import origins_of
from parindex.database.queries.item_pages import figures_of_measures
from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.values import exact_number
from parindex.usecases.child_figures import ChildFigures
from parindex.usecases.typed_values import digest
from parindex.web.received_bundles.origins import OriginView, origin_views

#: A change of more than half of last year's value is asked about.
JUMP = 50


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One figure to enter: what it is, last year's and this year's value, where else it counts."""

    measure: Measure
    value: str
    earlier: str
    shared: tuple[str, ...]
    lines: Sequence[FigureLine]
    of_children: ChildFigures | None = None
    origin: OriginView | None = None

    @property
    def name(self) -> str:
        """The name of the field."""
        return f"figure.{self.measure.id}"

    @property
    def read(self) -> str:
        """The digest of the value as it stands."""
        return digest(self.value)

    @property
    def is_choice(self) -> bool:
        """Whether one of several options is picked."""
        return self.measure.kind is MeasureKind.CHOICE

    @property
    def is_list(self) -> bool:
        """Whether the figure is how many lines of a list count."""
        return self.measure.kind is MeasureKind.LIST

    @property
    def is_other_than_sum(self) -> bool:
        """Whether what stands here is no longer what the child units add up to."""
        total = self.of_children.total if self.of_children else None
        return total is not None and bool(self.value) and exact_number(self.value) != total

    @property
    def change(self) -> Fraction | None:
        """This year's value less last year's; None where either is missing."""
        if self.is_choice or not self.value or not self.earlier:
            return None
        return exact_number(self.value) - exact_number(self.earlier)

    @property
    def growth(self) -> Fraction | None:
        """The change in per cent of last year's value; None where that is 0 or missing."""
        change = self.change
        return None if change is None or not exact_number(self.earlier) else change * 100 / exact_number(self.earlier)

    @property
    def jumps(self) -> bool:
        """Whether the figure moved by more than half."""
        return self.growth is not None and abs(self.growth) > JUMP


def figures_of_item(unit: int, frozen: FrozenSet, code: str) -> dict[Key, Figure]:
    """The figures that the rule of an item reads, of this and other years. One query, none for an item without rule."""
    rule = frozen.items[code].rule
    measures = {measure for measure, _ in rule.measures()} if rule is not None else set()
    if not measures:
        return {}
    rows = figures_of_measures(unit=unit, measures=sorted(measures))
    return {(one.measure, one.year): one for one in rows}


def measure_rows(
    frozen: FrozenSet, code: str, figures: Mapping[Key, Figure], values: Mapping[Key, str],
    of_children: Mapping[str, ChildFigures] | None = None,
) -> list[MeasureRow]:  # fmt: skip
    """One row a figure of this year, in the order of the rule; one query more where a list is among them, and one where
    a figure was taken of a signed bundle.
    """
    measures = frozen.criteria_set.measures
    origins = origins_of_item(frozen, code, figures, values)
    sums = of_children or {}
    lists = [measure for measure in frozen.measures_of[code] if measures[measure].kind is MeasureKind.LIST]
    lines: dict[int, list[FigureLine]] = {}
    held = [figures[measure, frozen.year].pk for measure in lists if (measure, frozen.year) in figures]
    if held:
        for line in FigureLine.objects.filter(figure__in=held, removed_at=None).order_by("figure", "position"):
            lines.setdefault(line.figure_id, []).append(line)
    return [
        MeasureRow(
            measures[measure],
            values.get((measure, frozen.year), ""),
            values.get((measure, frozen.year - 1), ""),
            tuple(other for other in frozen.items_of[measure] if other != code),
            lines.get(figures[measure, frozen.year].pk, ()) if (measure, frozen.year) in figures else (),
            sums.get(measure),
            origins.get(measure),
        )
        for measure in frozen.measures_of[code]
    ]


def origins_of_item(
    frozen: FrozenSet, code: str, figures: Mapping[Key, Figure], values: Mapping[Key, str]
) -> dict[str, OriginView]:
    """Of which signed bundles this year's figures of an item were taken; ``figures`` are those of
    :func:`figures_of_item`. One query, and only where one was.
    """
    mine = [figures[key] for one in frozen.measures_of[code] if (key := (one, frozen.year)) in figures]
    stored = {measure: value for (measure, year), value in values.items() if year == frozen.year}
    return origin_views(origins_of(mine), frozen.criteria_set.measures, stored)
