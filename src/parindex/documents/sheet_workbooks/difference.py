"""What handing in a filled workbook would change, cell by cell, before anything is changed.

Three values are compared: what the cell held when the workbook was made, what it holds now, and what is stored now. A
cell that nobody touched changes nothing, whatever happened to the stored value meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from parindex.documents.sheet_workbooks.cell_contents import same_text
from parindex.documents.sheet_workbooks.filled_workbook import Entered, FilledWorkbook
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value
from parindex.domain.errors import Place


class ChangeKind(StrEnum):
    """What becomes of a stored value.

    ``CONFLICT``: both the cell and the stored value were changed since the workbook was made, to different values.
    ``REFUSED``: the cell was changed, and what it belongs to can no longer be entered.
    """

    UNCHANGED = "unchanged"
    NEW = "new"
    CHANGED = "changed"
    CLEARED = "cleared"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: ``base`` when the workbook was made, ``stored`` now, ``filled`` in the file; None is unanswered.

    ``title`` is that of the measure or the item; ``reason`` says why a change is refused, in the caller's words.
    """

    kind: ChangeKind
    entry: EntryKind
    key: str
    title: str
    base: Value | None
    stored: Value | None
    filled: Value | None
    place: Place
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All cells of a workbook in its order."""

    changes: tuple[Change, ...]

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """The changes of these kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)


@dataclass(frozen=True, slots=True)
class _Stored:
    title: str
    value: Value | None
    editable: bool
    reason: str


def difference(filled: FilledWorkbook, current: SheetWorkbook) -> Difference:
    """What ``filled`` would change in ``current``, the sheet as it is stored now."""
    return Difference(tuple(_changes(filled, current)))


def _changes(filled: FilledWorkbook, current: SheetWorkbook) -> Iterator[Change]:
    stored = _stored_values(current)
    for entered in filled.entries:
        # The reader has told every cell whose item or measure is gone.
        now = stored[entered.kind, entered.key]
        kind = _kind(entered, now)
        reason = now.reason if kind is ChangeKind.REFUSED else ""
        values = (entered.base, now.value, entered.value)
        yield Change(kind, entered.kind, entered.key, now.title, *values, entered.place, reason)


def _stored_values(current: SheetWorkbook) -> dict[tuple[EntryKind, str], _Stored]:
    out: dict[tuple[EntryKind, str], _Stored] = {}
    for one in current.measures:
        out[EntryKind.FIGURE, one.id] = _Stored(one.title, one.value, one.editable, one.reason_locked)
    for item in current.items:
        text, reason = item.explanation or None, item.reason_locked
        out[EntryKind.EXPLANATION, item.code] = _Stored(item.title, text, item.editable, reason)
        by_hand = item.editable and item.points_by_hand
        out[EntryKind.SELF_POINTS, item.code] = _Stored(item.title, item.self_points, by_hand, reason)
    return out


def _kind(entered: Entered, now: _Stored) -> ChangeKind:
    if _same(entered.value, entered.base) or _same(entered.value, now.value):
        return ChangeKind.UNCHANGED
    if not now.editable:
        return ChangeKind.REFUSED
    if not _same(entered.base, now.value):
        return ChangeKind.CONFLICT
    if now.value is None:
        return ChangeKind.NEW
    return ChangeKind.CLEARED if entered.value is None else ChangeKind.CHANGED


def _same(one: Value | None, other: Value | None) -> bool:
    """Whether two values say the same; 0 and unanswered do not, texts may differ in their spacing."""
    if isinstance(one, str) and isinstance(other, str):
        return same_text(one, other)
    return one == other
