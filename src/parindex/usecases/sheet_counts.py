"""The counts and points that stand with a sheet, so that 3,500 of them are read at once.

They follow from the entries and are written in the transaction that changes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, Protocol

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import ScoreSheet
from parindex.database.queries.saving import write_counts
from parindex.database.queries.score_sheets import counted_columns
from parindex.domain.review.entry_marks import FINISHED, EntryMark, entry_mark
from parindex.domain.values import exact_number, number_text
from parindex.usecases.actors import Session


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
        """The items that are done: entered with evidence, or out by a decision. A request alone is not done."""
        return sum(self.marks[mark] for mark in FINISHED)

    @property
    def requested(self) -> int:
        """The items that somebody has to decide on: they count as not entered until then, and stop nobody signing."""
        return self.marks[EntryMark.NOT_ASSESSED_REQUESTED]

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


#: What is counted of an entry: its state, points, whether it is started and whether it lacks evidence.
Alike = tuple[str, str, bool, bool]
#: Points that are read from their text again and again.
_exact = lru_cache(maxsize=4096)(exact_number)


def counts_of(entries: Iterable[Counted], frozen: FrozenSet) -> SheetCounts:
    """Count entries. Not entered and asked-for items earn nothing and stay in the maximum."""
    alike: dict[Alike, list[str]] = {}
    for one in entries:
        alike.setdefault((one.state, one.points, one.is_started, one.lacks_evidence), []).append(one.item_code)
    return _counted(alike.items(), frozen)


def _counted(alike: Iterable[tuple[Alike, Sequence[str]]], frozen: FrozenSet) -> SheetCounts:
    """Entries that count alike are counted together, and sums stay integers until the end."""
    marks: Counter[EntryMark] = Counter()
    earned: Counter[int] = Counter()  # numerators by denominator
    most = 0
    for (state, points, is_started, lacks_evidence), codes in alike:
        mark = entry_mark(state, has_points=points != "", is_touched=is_started, lacks_evidence=lacks_evidence)
        marks[mark] += len(codes)
        if mark in (EntryMark.NOT_ASSESSED, EntryMark.PENDING):
            continue
        most += sum(map(frozen.maxima.numerators.__getitem__, codes))
        if points and mark is not EntryMark.NOT_ASSESSED_REQUESTED:
            exact = _exact(points)
            earned[exact.denominator] += exact.numerator * len(codes)
    total = sum((Fraction(numerator, denominator) for denominator, numerator in earned.items()), Fraction(0))
    return SheetCounts(marks, total, Fraction(most, frozen.maxima.denominator))


class CountedSheet(NamedTuple):
    """What a sheet counts, and from what: the items whose entries count alike, by their part and by what is counted."""

    alike: Mapping[tuple[int, Alike], Sequence[str]]
    counts: SheetCounts

    @property
    def parts(self) -> frozenset[int]:
        """The parts that have items."""
        return frozenset(part for part, _ in self.alike)

    def of_parts(self, parts: Collection[int], frozen: FrozenSet) -> SheetCounts:
        """What the items of some parts count."""
        if self.parts <= set(parts):
            return self.counts
        return _counted(((key, codes) for (part, key), codes in self.alike.items() if part in parts), frozen)


def counted_sheet(sheet: ScoreSheet) -> CountedSheet:
    """Count a sheet as it stands: one query, that of every save; so its rows are counted as they come."""
    alike: dict[tuple[int, Alike], list[str]] = {}
    for code, part, state, points, is_started, lacks_evidence in counted_columns(sheet=sheet.pk):
        alike.setdefault((part, (state, points, is_started, lacks_evidence)), []).append(code)
    counts = _counted(((key, codes) for (_, key), codes in alike.items()), frozen_set(sheet.group.set_version))
    return CountedSheet(alike, counts)


def update_counts(sheet: ScoreSheet, *, act: str, at: datetime | None, by: Session | None) -> CountedSheet:
    """Count the sheet anew and keep the counts with it: two queries."""
    found = counted_sheet(sheet)
    set_counts(sheet, found.counts, act=act, at=at, by=by)
    write_counts(sheet)
    return found


def set_counts(sheet: ScoreSheet, counts: SheetCounts, *, act: str, at: datetime | None, by: Session | None) -> None:
    """What a sheet counts, and who moved it last, written into it (not saved)."""
    sheet.items, sheet.items_done = counts.items, counts.done
    sheet.items_started = counts.marks[EntryMark.STARTED]
    sheet.items_without_evidence = counts.marks[EntryMark.LACKS_EVIDENCE]
    sheet.requests = counts.requested
    sheet.points, sheet.max_points = number_text(counts.points), number_text(counts.max_points)
    sheet.last_act, sheet.last_act_at, sheet.last_act_by = act, at, by.user if by else None
