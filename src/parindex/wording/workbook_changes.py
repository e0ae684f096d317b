"""What a filled workbook would change, in words: kinds of change, what is changed, values old and new."""

from __future__ import annotations

from fractions import Fraction

from parindex.documents.sheet_workbooks.difference import Change, ChangeKind
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value
from parindex.wording.language import mark, text
from parindex.wording.numbers import number, points_text

_KINDS = {
    ChangeKind.UNCHANGED: mark("Không đổi"),
    ChangeKind.NEW: mark("Nhập mới"),
    ChangeKind.CHANGED: mark("Thay đổi"),
    ChangeKind.CLEARED: mark("Xóa trống"),
    ChangeKind.CONFLICT: mark("Hai bên cùng sửa"),
    ChangeKind.REFUSED: mark("Không nhập được nữa"),
}
_ENTRIES = {
    EntryKind.FIGURE: mark("Số liệu"),
    EntryKind.SELF_POINTS: mark("Điểm tự đánh giá"),
    EntryKind.EXPLANATION: mark("Giải trình"),
}
#: So many decimals are shown: a change must not look like none.
_PLACES = 12


def change_kind(kind: ChangeKind) -> str:
    """What becomes of a stored value."""
    return text(_KINDS[kind])


def entry_kind(kind: EntryKind) -> str:
    """What is changed."""
    return text(_ENTRIES[kind])


def value_text(change: Change, value: Value | None, book: SheetWorkbook) -> str:
    """One of the values of ``change`` as the screen shows it; a list has a line for each entry."""
    if value is None:
        return text("chưa nhập")
    if isinstance(value, tuple):
        return "\n".join(value) or text("không có mục nào")
    if isinstance(value, Fraction):
        points = change.entry is EntryKind.SELF_POINTS
        return points_text(value, _PLACES) if points else number(value, _PLACES)
    measure = book.measures_by_id().get(change.key) if change.entry is EntryKind.FIGURE else None
    return measure.label(value) if measure is not None else value
