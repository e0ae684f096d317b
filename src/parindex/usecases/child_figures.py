"""A figure that the set declares the sum over child units: what those have entered in the same cycle.

Where no child unit reports the measure, the unit types the figure itself, as any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Figure, ScoreSheet
from parindex.database.queries.score_sheets import sheets
from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidValue
from parindex.domain.index.child_sums import summed
from parindex.domain.values import exact_number, number_text


@dataclass(frozen=True, slots=True)
class ChildFigures:
    """The child units that report a measure, by name, each with its figure; None where it has not entered it."""

    parts: tuple[tuple[str, Fraction | None], ...]

    @property
    def total(self) -> Fraction | None:
        """Their sum; None while one of them has not entered its figure."""
        return summed([value for _, value in self.parts])

    @property
    def missing(self) -> list[str]:
        """The units that have not entered their figure."""
        return [name for name, value in self.parts if value is None]

    def check(self, value: str) -> None:
        """Refuse another value than the sum (``figure_of_children``), and any before all have entered theirs
        (``children_missing``); what was entered may always be deleted.
        """
        if value and self.total is None:
            raise InvalidValue("children_missing", units=self.missing)
        if value and exact_number(value) != self.total:
            raise InvalidValue("figure_of_children", sum=number_text(self.total or Fraction(0)))


def child_figures(sheet: ScoreSheet, measures: Iterable[Measure]) -> dict[str, ChildFigures]:
    """For each measure that is a sum and that child units report: what they have entered.

    No query where none of ``measures`` is a sum, else one, and one more where there are child units in the cycle.
    """
    summing = [one.id for one in measures if one.sum_of_children and one.kind is MeasureKind.NUMBER]
    if not summing:
        return {}
    below = (
        sheets().filter(cycle=sheet.cycle_id, unit_path__startswith=f"{sheet.unit_path}/").order_by("position", "pk")
    )
    children = [one for one in below if one.unit_path.rpartition("/")[0] == sheet.unit_path]
    if not children:
        return {}
    year = frozen_set(sheet.group.set_version).year
    rows = Figure.objects.filter(unit__in=[one.unit_id for one in children], measure__in=summing, year=year)
    entered = {(one.unit_id, one.measure): one.value for one in rows if one.value}
    found = {}
    for measure in summing:
        parts = tuple(
            (one.unit_name, exact_number(value) if (value := entered.get((one.unit_id, measure))) else None)
            for one in children
            if measure in frozen_set(one.group.set_version).items_of
        )
        if parts:
            found[measure] = ChildFigures(parts)
    return found
