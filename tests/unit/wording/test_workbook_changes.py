"""The page of differences: every kind has its word, every value reads as on the screen."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.sheet_workbook_sample import SHEET

from parindex.documents.sheet_workbooks.difference import Change, ChangeKind
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import Value
from parindex.domain.errors import Place
from parindex.wording.workbook_changes import change_kind, entry_kind, value_text


def test_every_kind_has_a_word_of_its_own() -> None:
    assert [change_kind(kind) for kind in ChangeKind] == [
        *("Không đổi", "Nhập mới", "Thay đổi", "Xóa trống", "Hai bên cùng sửa", "Không nhập được nữa")
    ]
    assert [entry_kind(kind) for kind in EntryKind] == ["Số liệu", "Điểm tự đánh giá", "Giải trình"]


@pytest.mark.parametrize(
    ("entry", "key", "value", "words"),
    [
        (EntryKind.FIGURE, "received", Fraction(53_576), "53.576"),
        (EntryKind.FIGURE, "rate", Fraction("0.123456789012"), "0,123456789012"),
        (EntryKind.FIGURE, "rate", Fraction(0), "0"),
        (EntryKind.FIGURE, "issued", "late", "Có, chậm"),
        (EntryKind.FIGURE, "ideas", ("Một", "Hai"), "Một\nHai"),
        (EntryKind.FIGURE, "ideas", (), "không có mục nào"),
        (EntryKind.SELF_POINTS, "1.2", Fraction("1234.5"), "1234,5"),
        (EntryKind.EXPLANATION, "1.1", "Theo kế hoạch", "Theo kế hoạch"),
        (EntryKind.EXPLANATION, "1.1", None, "chưa nhập"),
    ],
)
def test_a_value(entry: EntryKind, key: str, value: Value | None, words: str) -> None:
    change = Change(ChangeKind.CHANGED, entry, key, "", None, None, value, Place())
    assert value_text(change, value, SHEET) == words
