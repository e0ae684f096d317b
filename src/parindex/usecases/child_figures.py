"""A figure that the set declares the sum over child units: what those have entered in the same cycle.

Where no child unit reports the measure, the unit types the figure itself, as any other. A child unit without a figure
is waited for only while it may still come: not where its items with the measure are out of the assessment or wait for
somebody else, and not where its sheet is locked or signed. Where that leaves none, there is no sum and no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, Figure, ScoreSheet
from parindex.database.models.entries import EntryState
from parindex.database.queries.score_sheets import sheets
from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidValue
from parindex.domain.index.child_sums import summed
from parindex.domain.review.stages import EDITABLE, SheetState
from parindex.domain.values import exact_number, number_text

#: Stages of a sheet and its parts in which a figure may still come.
_MAY_COME = EDITABLE | {SheetState.AWAITING_SIGNATURE}


@dataclass(frozen=True, slots=True)
class ChildFigures:
    """The child units that report a measure, by name, each with its figure; None where it has not entered it yet.

    ``closed`` are those without a figure that are not waited for, each with whether its sheet is locked (else signed).
    """

    parts: tuple[tuple[str, Fraction | None], ...]
    closed: tuple[tuple[str, bool], ...] = ()

    @property
    def total(self) -> Fraction | None:
        """Their sum; None while one of them has not entered its figure, and where none of them has one."""
        return summed([value for _, value in self.parts]) if self.parts else None

    @property
    def missing(self) -> list[str]:
        """The units that have not entered their figure and still may."""
        return [name for name, value in self.parts if value is None]

    def check(self, value: str) -> None:
        """Refuse another value than the sum (``figure_of_children``), any before all have entered theirs
        (``children_missing``), and any where nothing comes (``children_closed``); what was entered may always be
        deleted.
        """
        if value and not self.parts:
            raise InvalidValue("children_closed", units=[name for name, _ in self.closed])
        if value and self.total is None:
            raise InvalidValue("children_missing", units=self.missing)
        if value and exact_number(value) != self.total:
            raise InvalidValue("figure_of_children", sum=number_text(self.total or Fraction(0)))


def child_figures(sheet: ScoreSheet, measures: Iterable[Measure]) -> dict[str, ChildFigures]:
    """For each measure that is a sum and that child units report: what they have entered.

    No query where none of ``measures`` is a sum, else one, one more where there are child units in the cycle, and
    another one where some of those have not entered their figures.
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
    asked = {(one.pk, measure): _codes(one, measure) for one in children for measure in summing}
    states = _states_of_missing([
        (one.pk, asked[one.pk, measure]) for one in children for measure in summing
        if (one.unit_id, measure) not in entered and asked[one.pk, measure]
    ])  # fmt: skip
    found = {}
    for measure in summing:
        parts: list[tuple[str, Fraction | None]] = []
        closed: list[tuple[str, bool]] = []
        for one in children:
            codes = asked[one.pk, measure]
            mine = {states[one.pk, code] for code in codes if (one.pk, code) in states}
            if codes and (value := entered.get((one.unit_id, measure))):
                parts.append((one.unit_name, exact_number(value)))
            elif mine and one.state in _MAY_COME and not mine.isdisjoint(_MAY_COME):
                parts.append((one.unit_name, None))
            elif mine:
                closed.append((one.unit_name, SheetState.LOCKED in {one.state, *mine}))
        if parts or closed:
            found[measure] = ChildFigures(tuple(parts), tuple(closed))
    return found


def _codes(sheet: ScoreSheet, measure: str) -> list[str]:
    """The items of a sheet that ask for the figure of this year."""
    frozen = frozen_set(sheet.group.set_version)
    return [code for code in frozen.items_of.get(measure, ()) if measure in frozen.measures_of[code]]


def _states_of_missing(asked: Sequence[tuple[int, Sequence[str]]]) -> Mapping[tuple[int, str], str]:
    """The stage of the part of each of these items of sheets that the unit enters itself: neither out of the
    assessment nor waiting for somebody else. No query for no item.
    """
    if not asked:
        return {}
    rows = Entry.objects.filter(
        sheet__in={sheet for sheet, _ in asked}, item_code__in={code for _, codes in asked for code in codes}
    ).exclude(state__in=[EntryState.NOT_ASSESSED, EntryState.PENDING])
    listed = rows.order_by().values_list("sheet", "item_code", "part__state")
    return {(sheet, code): state for sheet, code, state in listed}
