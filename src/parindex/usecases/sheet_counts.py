"""The counts and points that stand with a sheet, so that 3,500 of them are read at once.

They follow from the entries and are written in the transaction that changes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Protocol

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ScoreSheet
from parindex.domain.review.entry_marks import EntryMark, entry_mark
from parindex.domain.values import exact_number, number_text
from parindex.usecases.actors import Session

_FIELDS = ("item_code", "state", "points", "is_started", "lacks_evidence")


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """How far a sheet (or some of its entries) has come; ``points`` of ``max_points``: pending items in neither."""

    marks: Counter[EntryMark]
    points: Fraction
    max_points: Fraction

    @property
    def items(self) -> int:
        """The items that the unit enters."""
        return sum(self.marks.values()) - self.marks[EntryMark.PENDING]

    @property
    def done(self) -> int:
        """The items with nothing left to do: entered with evidence, or out with a request or approval."""
        return sum(
            self.marks[mark] for mark in (EntryMark.DONE, EntryMark.NOT_ASSESSED, EntryMark.NOT_ASSESSED_REQUESTED)
        )

    @property
    def per_cent(self) -> Fraction | None:
        """Points of the maximum in per cent; None where nothing is left to assess."""
        return self.points * 100 / self.max_points if self.max_points else None


class Counted(Protocol):
    """What is counted of an entry."""

    @property
    def item_code(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def points(self) -> str: ...
    @property
    def is_started(self) -> bool: ...
    @property
    def lacks_evidence(self) -> bool: ...


def mark_of(entry: Counted) -> EntryMark:
    """The mark of a stored entry."""
    return entry_mark(
        entry.state,
        has_points=entry.points != "",
        is_touched=entry.is_started,
        lacks_evidence=entry.lacks_evidence,
    )


def counts_of(entries: Iterable[Counted], frozen: FrozenSet) -> SheetCounts:
    """Count entries. Not entered and asked-for items earn nothing and stay in the maximum."""
    marks: Counter[EntryMark] = Counter()
    points = maximum = Fraction(0)
    for entry in entries:
        mark = mark_of(entry)
        marks[mark] += 1
        if mark in (EntryMark.NOT_ASSESSED, EntryMark.PENDING):
            continue
        item = frozen.items[entry.item_code]
        if item.node.code not in frozen.plan.outside:
            maximum += item.max_points
        if entry.points and entry.state != EntryMark.NOT_ASSESSED_REQUESTED:
            points += exact_number(entry.points)
    return SheetCounts(marks, points, maximum)


def update_counts(sheet: ScoreSheet, *, act: str, at: datetime, by: Session | None) -> SheetCounts:
    """Count the sheet anew and keep the counts with it: two queries."""
    entries = Entry.objects.filter(sheet=sheet).order_by().values_list(*_FIELDS, named=True)
    counts = counts_of(entries, frozen_set(sheet.group.set_version))
    sheet.items, sheet.items_done = counts.items, counts.done
    sheet.items_started = counts.marks[EntryMark.STARTED]
    sheet.items_without_evidence = counts.marks[EntryMark.LACKS_EVIDENCE]
    sheet.requests = counts.marks[EntryMark.NOT_ASSESSED_REQUESTED]
    sheet.points, sheet.max_points = number_text(counts.points), number_text(counts.max_points)
    sheet.last_act, sheet.last_act_at, sheet.last_act_by = act, at, by.user if by else None
    sheet.save(
        update_fields=[
            "items", "items_done", "items_started", "items_without_evidence", "requests",
            "points", "max_points", "last_act", "last_act_at", "last_act_by",
        ]
    )  # fmt: skip
    return counts
