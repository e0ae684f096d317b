"""What the page of differences shows: cell by cell what was, what is stored now, what the file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.database.models import HandedWorkbook, ScoreSheet
from parindex.documents.sheet_workbooks.difference import Change, ChangeKind
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.usecases.sheet_workbooks import PICKABLE, Compared, pick_name
from parindex.web.workbooks.cell_warnings import cell_warnings
from parindex.wording.places import place_text
from parindex.wording.workbook_changes import change_kind, entry_kind, value_text


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell that differs."""

    name: str
    kind: ChangeKind
    kind_words: str
    entry_words: str
    code: str
    title: str
    place: str
    base: str
    stored: str
    filled: str
    reason: str
    warnings: Sequence[str] = ()

    @property
    def can_pick(self) -> bool:
        """Whether it may be taken over."""
        return self.kind in PICKABLE

    @property
    def is_picked(self) -> bool:
        """Whether it is picked to begin with; of two people's values a person decides."""
        return self.can_pick and self.kind is not ChangeKind.CONFLICT


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """The handed-in workbook beside the sheet."""

    handed: HandedWorkbook
    sheet: ScoreSheet
    rows: Sequence[CellRow]
    unchanged: int
    seen: str

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many cells of each kind there are, the unchanged ones last."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.kind_words] = found.get(row.kind_words, 0) + 1
        return [*found.items(), (change_kind(ChangeKind.UNCHANGED), self.unchanged)]

    @property
    def pickable(self) -> int:
        """How many cells can be taken over."""
        return sum(row.can_pick for row in self.rows)


_ORDER = (ChangeKind.CONFLICT, ChangeKind.CHANGED, ChangeKind.CLEARED, ChangeKind.NEW, ChangeKind.REFUSED)


def difference_page(handed: HandedWorkbook, sheet: ScoreSheet, now: Compared) -> DifferencePage:
    """Everything that differs; conflicts first."""
    changed = [one for one in now.difference.changes if one.kind is not ChangeKind.UNCHANGED]
    warnings = cell_warnings(sheet, now)
    changed.sort(key=lambda one: _ORDER.index(one.kind))
    return DifferencePage(
        handed,
        sheet,
        [_row(one, now, warnings) for one in changed],
        len(now.difference.of(ChangeKind.UNCHANGED)),
        now.seen,
    )


def _row(one: Change, now: Compared, warnings: Mapping[str, Sequence[str]]) -> CellRow:
    items = [item.code for item in now.book.items if one.key in item.measures]
    return CellRow(
        name=pick_name(one),
        kind=one.kind,
        kind_words=change_kind(one.kind),
        entry_words=entry_kind(one.entry),
        code=items[0] if one.entry is EntryKind.FIGURE and items else one.key,
        title=one.title,
        place=place_text(one.place, file=False),
        base=value_text(one, one.base, now.book),
        stored=value_text(one, one.stored, now.book),
        filled=value_text(one, one.filled, now.book),
        reason=one.reason,
        warnings=warnings.get(one.key, ()) if one.entry is EntryKind.FIGURE else (),
    )
