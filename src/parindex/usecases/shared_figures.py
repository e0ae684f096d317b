"""A figure of a unit that stands in several sheets: in one cycle and another, in one year's set and the next one's.

What a leader has signed stays as it was signed; sheets that are still open follow the figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ScoreSheet
from parindex.database.queries.saving import entries_of_items, write_points
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import EDITABLE, SheetState
from parindex.domain.scoring.context import shifted
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import asked_of, unasked_readers
from parindex.usecases.entry_points import rescored
from parindex.usecases.sheet_counts import update_counts

#: Stages of a part in which its figures may still change.
_CHANGEABLE = frozenset({*EDITABLE, SheetState.AWAITING_SIGNATURE})


def readers_of(frozen: FrozenSet, measure: str, year: int) -> list[str]:
    """The items of a set whose rules read ``measure`` of ``year``: as this year's, last year's or any other figure."""
    return [
        code
        for code in frozen.items_of.get(measure, ())
        if (rule := frozen.items[code].rule) is not None
        and any(name == measure and shifted(frozen.year, by) == year for name, by in rule.measures())
    ]


def require_unsigned(others: Sequence[ScoreSheet], measure: str, year: int) -> None:
    """Refused (``figure_signed_elsewhere``) where the figure stands in a part of another sheet that has been signed, or
    in an item there that the council has not asked about.
    """
    for sheet in others:
        frozen = frozen_set(sheet.group.set_version)
        codes = readers_of(frozen, measure, year)
        if codes and (unasked := unasked_readers(asked_of(sheet), frozen, codes)):
            raise Refusal("figure_signed_elsewhere", item=unasked[0], cycle=sheet.cycle.title)
        signed = Entry.objects.filter(sheet=sheet, item_code__in=codes).exclude(part__state__in=_CHANGEABLE)
        if codes and (entry := signed.order_by("position").first()) is not None:
            raise Refusal("figure_signed_elsewhere", item=entry.item_code, cycle=sheet.cycle.title)


@dataclass(frozen=True, slots=True)
class ChangedFigures:
    """Figures of a unit that were written on the sheet of ``cycle``: their values before and after, by measure."""

    cycle: int
    year: int
    before: Mapping[str, str]
    after: Mapping[str, str]


def follow(others: Sequence[ScoreSheet], changed: ChangedFigures, *, by: Session | None, at: datetime) -> None:
    """Work out anew what the changed figures give in the other sheets of the unit, each with a record in the chain of
    its own cycle for every item that reads them.

    The heads of all these chains, and of the one where the figures were written, are held before the first record.
    """
    followed = [found for sheet in others if (found := _followed(sheet, changed, by, at)) is not None]
    if followed:
        audit_log.hold_chains([changed.cycle, *(one.sheet.cycle_id for one in followed)])
    for one in followed:
        one.record(changed, by, at)


@dataclass(frozen=True, slots=True)
class _Followed:
    """A sheet that followed: its items that read the figures, which of them each reads, and the points before."""

    sheet: ScoreSheet
    year: int
    entries: Mapping[str, Entry]
    measures: Mapping[str, Sequence[str]]
    points: Mapping[str, str]

    def record(self, changed: ChangedFigures, by: Session | None, at: datetime) -> None:
        for code, entry in self.entries.items():
            names = {measure: self._name(measure, changed.year) for measure in self.measures[code]}
            audit_log.record(
                "follow_figure", audit_log.target(entry, unit=self.sheet.unit_id, cycle=self.sheet.cycle_id), by=by,
                at=at,
                before={**{name: changed.before[one] for one, name in names.items()}, "points": self.points[code]},
                after={**{name: changed.after[one] for one, name in names.items()}, "points": entry.points},
            )  # fmt: skip

    def _name(self, measure: str, year: int) -> str:
        """The name of the figure in the log: this year's by the measure alone, as where it is typed."""
        return f"figure.{measure}" if year == self.year else f"figure.{measure}.{year}"


def _followed(sheet: ScoreSheet, changed: ChangedFigures, by: Session | None, at: datetime) -> _Followed | None:
    frozen = frozen_set(sheet.group.set_version)
    measures: dict[str, list[str]] = {}
    for measure in sorted(changed.after):
        for code in readers_of(frozen, measure, changed.year):
            measures.setdefault(code, []).append(measure)
    codes = sorted(measures)
    entries = {one.item_code: one for one in entries_of_items(sheet=sheet.pk, codes=codes)} if codes else {}
    if not entries:
        return None
    points = {code: entry.points for code, entry in entries.items()}
    rescored(sheet, frozen, entries)
    for entry in entries.values():
        write_points(entry)
    update_counts(sheet, act="edited", at=at, by=by)
    return _Followed(sheet, frozen.year, entries, measures, points)
