"""What new sheets begin with: a figure is entered once, so what units have reported already gives points at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parindex.database.mapping.figures import Key, values_of
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Figure, ScoreSheet
from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.scoring.context import shifted
from parindex.domain.values import number_text
from parindex.usecases.entry_points import set_points
from parindex.usecases.sheet_counts import SheetCounts, counts_of
from parindex.usecases.sheet_scoring import ItemPoints, item_points

COUNTED = ("items", "items_done", "items_started", "items_without_evidence", "points", "max_points")


class Starting:
    """The points of entries that are being made, in memory; one query for all units."""

    def __init__(self, frozen: FrozenSet, units: Sequence[int]) -> None:
        self.frozen = frozen
        self.readers: dict[Key, list[str]] = {}
        for code, item in frozen.items.items():
            for measure, by in item.rule.measures() if item.rule is not None else ():
                self.readers.setdefault((measure, shifted(frozen.year, by)), []).append(code)
        measures = sorted({measure for measure, _ in self.readers})
        figures: dict[int, list[Figure]] = {}
        for one in Figure.objects.filter(unit__in=units, measure__in=measures).order_by("pk"):
            figures.setdefault(one.unit_id, []).append(one)
        self.values = {unit: values_of(rows) for unit, rows in figures.items()}
        self._without: tuple[dict[str, ItemPoints], SheetCounts] | None = None

    def begin(self, sheet: ScoreSheet, entries: Sequence[Entry]) -> None:
        """Write points and marks into new entries, and the counts into their sheet."""
        values = self.values.get(sheet.unit_id, {})
        if self._without is None:
            points = self._points(sheet, entries, {})
            self._set(entries, points, {})
            self._without = points, counts_of(entries, self.frozen)
        points, counts = self._without
        touched = {code for key in values.keys() & self.readers.keys() for code in self.readers[key]}
        self._set(entries, points, values)
        if touched:
            read = [one for one in entries if one.item_code in touched]
            self._set(read, self._points(sheet, read, values), values)
            counts = counts_of(entries, self.frozen)
        _count(sheet, counts)

    def _points(self, sheet: ScoreSheet, entries: Sequence[Entry], values: Mapping[Key, str]) -> dict[str, ItemPoints]:
        codes = frozenset(one.item_code for one in entries)
        return item_points(sheet, self.frozen, entries, values, codes)

    def _set(self, entries: Sequence[Entry], points: Mapping[str, ItemPoints], values: Mapping[Key, str]) -> None:
        for entry in entries:
            found, code = points[entry.item_code], entry.item_code
            typed = any((measure, self.frozen.year) in values for measure in self.frozen.measures_of[code])
            set_points(entry, found, is_touched=typed)
            entry.lacks_evidence = bool(self.frozen.items[code].node.evidence) and found.points is not None


def _count(sheet: ScoreSheet, counts: SheetCounts) -> None:
    sheet.items, sheet.items_done = counts.items, counts.done
    sheet.items_started = counts.marks[EntryMark.STARTED]
    sheet.items_without_evidence = counts.marks[EntryMark.LACKS_EVIDENCE]
    sheet.points, sheet.max_points = number_text(counts.points), number_text(counts.max_points)
