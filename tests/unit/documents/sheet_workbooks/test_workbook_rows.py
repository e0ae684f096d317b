"""Rows and locked cells of a workbook that is handed in: what became of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.sheet_workbook_sample import (
    FIGURES,
    ITEMS,
    UNTOUCHED,
    changed,
    filled,
    read,
    told,
    values,
    written,
)

from parindex.documents.sheet_workbooks import reader
from parindex.domain.errors import InvalidInput
from parindex.wording.problems import message


def test_locked_cells_that_were_changed() -> None:
    assert told(filled({(ITEMS, "B7"): "Khác", (FIGURES, "G6"): None, (ITEMS, "F7"): 1.5, (ITEMS, "A1"): "x"})) == [
        ("workbook_locked_cell_changed", ITEMS, "A1"),
        ("workbook_locked_cell_changed", ITEMS, "B7"),
        ("workbook_locked_cell_changed", ITEMS, "F7"),
        ("workbook_locked_cell_emptied", FIGURES, "G6"),
    ]


def test_a_formula_in_a_locked_cell_is_called_one() -> None:
    """A program that has not worked it out stores nothing, which looks like an emptied cell."""

    def calculate(book: Any) -> None:
        book[FIGURES]["G6"], book[ITEMS]["B7"] = "=2+3", "=A1"

    data = changed(written(), calculate)
    assert told(data) == [
        ("workbook_locked_cell_formula", ITEMS, "B7"),
        ("workbook_locked_cell_formula", FIGURES, "G6"),
    ]
    with pytest.raises(InvalidInput) as refused:
        read(data)
    assert message(refused.value.problems[0]).startswith("Ô khóa có công thức; khi tải về là “")


def test_a_code_that_was_overwritten_is_a_changed_cell() -> None:
    assert told(filled({(ITEMS, "A7"): "1.x"})) == [("workbook_locked_cell_changed", ITEMS, "A7")]
    assert told(filled({(ITEMS, "A7"): None})) == [("workbook_locked_cell_emptied", ITEMS, "A7")]


def test_a_number_that_stands_as_text_in_a_locked_cell_is_no_change() -> None:
    assert told(filled({(ITEMS, "C7"): "1.5"})) == []


def test_cells_and_rows_that_the_form_does_not_have() -> None:
    assert told(filled({(ITEMS, "K7"): "ghi chú", (ITEMS, "C20"): "thêm", (FIGURES, "B3"): 5})) == [
        ("workbook_cell_outside", ITEMS, "K7"),
        ("workbook_row_added", ITEMS, "C20"),
        ("workbook_cell_outside", FIGURES, "B3"),
    ]


def test_a_row_that_was_deleted() -> None:
    data = changed(written(), lambda book: book[ITEMS].delete_rows(7))
    assert told(data) == [("workbook_rows_deleted", ITEMS, None)]


def test_a_row_put_between_leaves_the_others_where_they_are_found() -> None:
    def insert(book: Any) -> None:
        book[ITEMS].insert_rows(7)
        book[ITEMS]["B7"] = "dòng thêm"
        book[ITEMS]["F9"] = 7

    assert told(changed(written(), insert)) == [
        ("workbook_row_added", ITEMS, "B7"),
        ("workbook_points_above_maximum", ITEMS, "F9"),
    ]


def test_an_empty_row_put_between_changes_nothing() -> None:
    assert values(changed(written(), lambda book: book[ITEMS].insert_rows(7))) == UNTOUCHED


def _swap(sheet: Any, one: int, other: int) -> None:
    for column in range(1, 9):
        first, second = sheet.cell(one, column), sheet.cell(other, column)
        first.value, second.value = second.value, first.value


def test_rows_that_were_sorted() -> None:
    with pytest.raises(InvalidInput) as error:
        read(changed(written(), lambda book: _swap(book[FIGURES], 6, 8)))
    assert [(one.kind, one.facts) for one in error.value.problems] == [
        ("workbook_rows_moved", {"rows": ["2", "3"], "count": 2})
    ]


def test_a_row_that_was_copied() -> None:
    def copy(book: Any) -> None:
        for column in range(1, 9):
            book[ITEMS].cell(12, column).value = book[ITEMS].cell(7, column).value

    assert told(changed(written(), copy)) == [("workbook_row_twice", ITEMS, "A12")]


def test_a_sheet_that_was_renamed_or_deleted() -> None:
    def rename(book: Any) -> None:
        book[FIGURES].title = "Của tôi"
        book[ITEMS]["F8"] = 7

    with pytest.raises(InvalidInput) as error:
        read(changed(written(), rename))
    assert [(one.kind, one.facts) for one in error.value.problems] == [
        ("workbook_sheet_missing", {"sheet": FIGURES, "known": [ITEMS, "Của tôi", "Hướng dẫn"]}),
        ("workbook_points_above_maximum", {"item": "1.2", "points": Fraction(7), "max_points": Fraction(1, 2)}),
    ]


def test_the_guide_may_be_thrown_away() -> None:
    assert values(changed(written(), lambda book: book.remove(book["Hướng dẫn"]))) == UNTOUCHED


def test_problems_without_end_are_counted() -> None:
    found = told(filled({(ITEMS, f"K{row}"): "x" for row in range(50, 50 + reader._LISTED + 5)}))
    assert [kind for kind, _, _ in found] == ["workbook_row_added"] * reader._LISTED + ["more_of_the_same"]
