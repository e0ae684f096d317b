"""A figure of a unit that stands in several sheets: in one cycle and another, in one year's set and the next one's.

What a leader has signed stays as it was signed; sheets that are still open follow the figure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ScoreSheet
from parindex.database.queries.saving import entries_of_items, write_points
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import EDITABLE, SheetState
from parindex.domain.scoring.context import shifted
from parindex.usecases.actors import Session
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
    """Refused (``figure_signed_elsewhere``) where the figure stands in a part of another sheet that has been signed."""
    for sheet in others:
        codes = readers_of(frozen_set(sheet.group.set_version), measure, year)
        signed = Entry.objects.filter(sheet=sheet, item_code__in=codes).exclude(part__state__in=_CHANGEABLE)
        if codes and (entry := signed.order_by("position").first()) is not None:
            raise Refusal("figure_signed_elsewhere", item=entry.item_code, cycle=sheet.cycle.title)


def follow(others: Sequence[ScoreSheet], measures: Collection[str], year: int, *, by: Session, at: datetime) -> None:
    """Work out anew what the changed figures give in the other sheets of the unit."""
    for sheet in others:
        frozen = frozen_set(sheet.group.set_version)
        codes = {code for measure in measures for code in readers_of(frozen, measure, year)}
        entries = {one.item_code: one for one in entries_of_items(sheet=sheet.pk, codes=sorted(codes))} if codes else {}
        if entries:
            rescored(sheet, frozen, entries)
            for entry in entries.values():
                write_points(entry)
            update_counts(sheet, act="edited", at=at, by=by)
