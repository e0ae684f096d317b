"""What a filled workbook would change in the sheet as it is stored now: three values compared, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.sheet_workbook_sample import FIGURES, ITEMS, SHEET, filled, read, with_item, with_measure, written

from parindex.documents.sheet_workbooks.difference import Change, ChangeKind, difference
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook
from parindex.domain.errors import Place


def kinds(cells: dict[tuple[str, str], Any], current: SheetWorkbook = SHEET) -> dict[tuple[str, str], str]:
    """What becomes of every value that is not left as it is."""
    found = difference(read(filled(cells), current), current)
    return {(one.entry.value, one.key): one.kind.value for one in found.changes if one.kind is not ChangeKind.UNCHANGED}


def test_an_untouched_file_changes_nothing_whatever_happened_meanwhile() -> None:
    current = replace(with_measure(0, value=Fraction(1)), items=with_item(1, explanation="Khác").items)
    found = difference(read(written(), current), current)
    assert {one.kind for one in found.changes} == {ChangeKind.UNCHANGED}
    assert len(found.changes) == 9


def test_new_changed_and_cleared() -> None:
    cells = {(FIGURES, "E6"): 53_577, (FIGURES, "E7"): 0, (FIGURES, "E8"): None, (ITEMS, "F10"): 1, (ITEMS, "G7"): ""}
    assert kinds(cells) == {
        ("figure", "received"): "changed",
        ("figure", "rate"): "new",
        ("figure", "issued"): "cleared",
        ("self_points", "2.1"): "new",
        ("explanation", "1.1"): "cleared",
    }


def test_zero_is_an_answer_and_blank_is_none() -> None:
    zero = with_measure(1, value=Fraction(0))
    found = difference(read(filled({(FIGURES, "E7"): None}, zero), zero), zero)
    assert found.of(ChangeKind.CLEARED) == (
        Change(
            ChangeKind.CLEARED,
            EntryKind.FIGURE,
            "rate",
            "Tỷ lệ kiểm tra",
            Fraction(0),
            Fraction(0),
            None,
            Place(file="phieu.xlsx", sheet=FIGURES, cell="E7"),
        ),
    )
    assert kinds({(FIGURES, "E9"): 0}) == {("figure", "ideas"): "changed"}


def test_a_value_that_was_changed_on_both_sides_is_a_conflict() -> None:
    current = replace(with_measure(0, value=Fraction(1)), items=with_item(1, explanation="Bản trên trang").items)
    cells = {(FIGURES, "E6"): 2, (ITEMS, "G7"): "Bản trong tệp"}
    assert kinds(cells, current) == {("figure", "received"): "conflict", ("explanation", "1.1"): "conflict"}
    found = difference(read(filled(cells), current), current)
    assert [(one.base, one.stored, one.filled) for one in found.of(ChangeKind.CONFLICT)] == [
        (SHEET.items[1].explanation, "Bản trên trang", "Bản trong tệp"),
        (Fraction(53_576), Fraction(1), Fraction(2)),
    ]


def test_cleared_here_and_changed_there_is_a_conflict_too() -> None:
    assert kinds({(FIGURES, "E6"): None}, with_measure(0, value=Fraction(1))) == {("figure", "received"): "conflict"}
    assert kinds({(FIGURES, "E6"): 5}, with_measure(0, value=None)) == {("figure", "received"): "conflict"}


def test_the_same_change_on_both_sides_is_none() -> None:
    current = replace(with_measure(0, value=Fraction(2)), items=with_item(1, explanation="Như  nhau ").items)
    assert kinds({(FIGURES, "E6"): 2, (ITEMS, "G7"): "Như nhau"}, current) == {}


def test_what_can_no_longer_be_entered_is_refused_with_its_reason() -> None:
    locked = with_measure(0, editable=False, reason_locked="Phiếu đã khóa.")
    current = replace(locked, items=with_item(2, editable=False, reason_locked="Phần việc đã ký.").items)
    cells = {(FIGURES, "E6"): 2, (ITEMS, "F8"): 0.1, (ITEMS, "G8"): "Mới"}
    found = difference(read(filled(cells), current), current)
    assert [(one.key, one.entry, one.reason) for one in found.of(ChangeKind.REFUSED)] == [
        ("1.2", EntryKind.SELF_POINTS, "Phần việc đã ký."),
        ("1.2", EntryKind.EXPLANATION, "Phần việc đã ký."),
        ("received", EntryKind.FIGURE, "Phiếu đã khóa."),
    ]


def test_points_that_the_rule_gives_by_now_are_refused() -> None:
    current = with_item(2, points_by_hand=False, self_points=Fraction(1, 3))
    assert kinds({(ITEMS, "F8"): 0.1}, current) == {("self_points", "1.2"): "refused"}
