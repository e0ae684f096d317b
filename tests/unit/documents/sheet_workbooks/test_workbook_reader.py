"""A workbook that is handed in: what is taken, and every problem with its sheet and cell."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl.worksheet.formula import ArrayFormula
from tests.sheet_workbook_sample import (
    FIGURES,
    FILE,
    ITEMS,
    SEAL,
    SHEET,
    as_ods,
    changed,
    filled,
    read,
    told,
    with_item,
    with_measure,
    written,
)

from parindex.documents.readers import limits
from parindex.documents.sheet_workbooks import entered_values, reader
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.reader import read_workbook
from parindex.documents.sheet_workbooks.writer import workbook_bytes
from parindex.domain.errors import InvalidInput
from parindex.wording import problems
from parindex.wording.workbook_words import workbook_words


def values(data: bytes, expected: Any = SHEET) -> dict[tuple[str, str], Any]:
    return {(one.kind.value, one.key): one.value for one in read(data, expected).entries}


def figure(measure: int, key: str, address: str, stored: Any, **facts: Any) -> Any:
    sheet = with_measure(measure, **facts)
    return read(filled({(FIGURES, address): stored}, sheet), sheet).of(EntryKind.FIGURE)[key].value


UNTOUCHED = {
    ("explanation", "1.1"): "- Kế hoạch số 12/KH-SMH\n- Báo cáo số 5/BC-SMH, trang 8",
    ("self_points", "1.2"): Fraction("0.4567"),
    ("explanation", "1.2"): None,
    ("self_points", "2.1"): None,
    ("explanation", "2.1"): None,
    ("figure", "received"): Fraction(53_576),
    ("figure", "rate"): None,
    ("figure", "issued"): "in_time",
    ("figure", "ideas"): ("=HYPERLINK(A1)", "Sáng kiến 2"),
}
FILLED = {
    (ITEMS, "G7"): "Viết lại\n  có thụt dòng",
    (ITEMS, "F8"): 0,
    (ITEMS, "G8"): "=không phải công thức",
    (ITEMS, "F10"): "0,75",
    (FIGURES, "E6"): None,
    (FIGURES, "E7"): 12.5,
    (FIGURES, "E8"): "  không ",
    (FIGURES, "E9"): "Một\n\n Hai  ba \n",
}
TAKEN = {
    ("explanation", "1.1"): "Viết lại\n  có thụt dòng",
    ("self_points", "1.2"): Fraction(0),
    ("explanation", "1.2"): "=không phải công thức",
    ("self_points", "2.1"): Fraction(3, 4),
    ("explanation", "2.1"): None,
    ("figure", "received"): None,
    ("figure", "rate"): Fraction(25, 2),
    ("figure", "issued"): "never",
    ("figure", "ideas"): ("Một", "Hai ba"),
}


def test_an_untouched_file_holds_what_was_entered() -> None:
    found = read(written())
    assert (found.sheet_id, found.version, found.made_at) == ("sheet-17", "v7", "2025-01-02T13:39")
    assert values(written()) == UNTOUCHED
    assert all(one.value == one.base for one in found.entries)
    assert found.of(EntryKind.SELF_POINTS)["1.2"].place.as_data() == {
        "file": "phieu.xlsx",
        "sheet": ITEMS,
        "cell": "F8",
    }


def test_a_filled_file() -> None:
    assert values(filled(FILLED)) == TAKEN


def test_the_open_format_of_an_office_suite() -> None:
    assert values(as_ods(written())) == UNTOUCHED
    indented = ("explanation", "1.1")
    found = values(as_ods(filled(FILLED)))
    # White space at the beginning of a line does not survive in every program.
    assert " ".join(found.pop(indented).split()) == " ".join(TAKEN[indented].split())
    assert found == {key: value for key, value in TAKEN.items() if key != indented}


def test_values_without_decimals_that_end_survive() -> None:
    third = with_measure(1, value=Fraction(1, 3))
    assert values(written(third), third)["figure", "rate"] == Fraction(1, 3)
    long = with_measure(1, value=Fraction("12.3456789012345678901"))
    assert values(written(long), long)["figure", "rate"] == Fraction("12.3456789012345678901")


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (0, Fraction(0)),
        (0.1, Fraction("0.1")),
        (12, Fraction(12)),
        ("12,5", Fraction("12.5")),
        ("12.5", Fraction("12.5")),
        (" 12 ", Fraction(12)),
        ("+3", Fraction(3)),
        ("0.125", Fraction("0.125")),
        ("1,125", Fraction("1.125")),
        (1e-7, Fraction("0.0000001")),
        ("", None),
        ("   ", None),
    ],
)
def test_numbers(stored: object, value: Fraction | None) -> None:
    assert figure(1, "rate", "E7", stored) == value


def test_large_and_negative_numbers() -> None:
    assert figure(0, "received", "E6", 1e21) == 10**21
    assert figure(1, "rate", "E7", "−2,5", minimum=None) == Fraction("-2.5")


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("1.234", "workbook_number_ambiguous"),
        ("1.234,5", "workbook_number_with_thousands"),
        ("1,234.5", "workbook_number_with_thousands"),
        ("53 576", "workbook_number_with_thousands"),
        ("80%", "workbook_number_with_percent"),
        ("45 hồ sơ", "workbook_not_a_number"),
        ("1/2", "workbook_not_a_number"),
        ("#REF!", "workbook_not_a_number"),
        (True, "workbook_not_a_number"),
        (1e300, "workbook_not_a_number"),
        (date(2025, 2, 1), "workbook_date_for_number"),
        (datetime(2025, 2, 1, 8), "workbook_date_for_number"),
        (time(1, 2), "workbook_date_for_number"),
        (-1, "below_minimum"),
        (100.5, "above_maximum"),
        ("101", "above_maximum"),
    ],
)
def test_what_is_no_number_for_the_cell(stored: object, kind: str) -> None:
    assert told(filled({(FIGURES, "E7"): stored})) == [(kind, FIGURES, "E7")]


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        (0.5, "workbook_not_whole"),
        ("1,5", "workbook_not_whole"),
        ("53.576", "workbook_number_with_thousands"),
        (-3, "negative_count"),
    ],
)
def test_what_is_no_count(stored: object, kind: str) -> None:
    assert told(filled({(FIGURES, "E6"): stored})) == [(kind, FIGURES, "E6")]


def test_a_number_that_may_be_two_is_asked_and_one_with_thousands_is_spelled_out() -> None:
    with pytest.raises(InvalidInput) as error:
        read(filled({(FIGURES, "E6"): "53.576", (FIGURES, "E7"): "1.234"}))
    assert [problems.message(one) for one in error.value.problems] == [
        "Hồ sơ tiếp nhận: “53.576” có dấu phân cách hàng nghìn nên thành chữ, không thành số.",
        "Tỷ lệ kiểm tra: “1.234” có thể là 1234 hoặc 1,234.",
    ]
    assert problems.remedy(error.value.problems[0]) == "Gõ lại 53576."


@pytest.mark.parametrize("stored", [float("inf"), float("nan")])
def test_a_number_that_is_none_in_the_file_itself(stored: float) -> None:
    with pytest.raises(entered_values.Unreadable) as error:
        entered_values.figure(stored, SHEET.measures[1])
    assert error.value.kind == "workbook_not_a_number"


@pytest.mark.parametrize(
    ("stored", "value"),
    [("Có, chậm", "late"), ("CÓ,  CHẬM", "late"), ("late", "late"), (None, None)],
)
def test_choices(stored: object, value: str | None) -> None:
    assert figure(2, "issued", "E8", stored) == value


def test_choices_that_look_like_numbers_or_truth_values() -> None:
    marks = {"a": "1", "b": "TRUE", "c": "2,5"}
    assert figure(2, "issued", "E8", 1, choices=marks, value=None, last_year=None) == "a"
    assert figure(2, "issued", "E8", True, choices=marks, value=None, last_year=None) == "b"


def test_an_unknown_choice_names_the_known_ones() -> None:
    with pytest.raises(InvalidInput) as error:
        read(filled({(FIGURES, "E8"): "Chưa rõ"}))
    assert [problems.remedy(one) for one in error.value.problems] == [
        "Chọn trong danh sách của ô, một trong: “Có, đúng hạn”, “Có, chậm”, “Không”."
    ]


@pytest.mark.parametrize(
    ("stored", "value"), [("0", ()), (0, ()), ("Một", ("Một",)), ("1) Một\n2", ("1) Một", "2")), (None, None)]
)
def test_lists(stored: object, value: tuple[str, ...] | None) -> None:
    assert figure(3, "ideas", "E9", stored) == value


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("3", "workbook_number_for_list"),
        (3, "workbook_number_for_list"),
        ("Một\nHai\nMỘT", "workbook_entry_twice"),
        (date(2025, 2, 1), "workbook_date_for_text"),
    ],
)
def test_what_is_no_list(stored: object, kind: str) -> None:
    assert told(filled({(FIGURES, "E9"): stored})) == [(kind, FIGURES, "E9")]


def test_points_typed_by_hand() -> None:
    assert told(filled({(ITEMS, "F8"): 0.51, (ITEMS, "F10"): "-1"})) == [
        ("workbook_points_above_maximum", ITEMS, "F8"),
        ("workbook_points_negative", ITEMS, "F10"),
    ]
    assert told(filled({(ITEMS, "F8"): "một"})) == [("workbook_not_a_number", ITEMS, "F8")]


def test_explanations_are_text_whatever_the_program_took_them_for() -> None:
    assert values(filled({(ITEMS, "G8"): 2020}))["explanation", "1.2"] == "2020"
    assert told(filled({(ITEMS, "G8"): date(2020, 12, 8)})) == [("workbook_date_for_text", ITEMS, "G8")]
    cleared = values(filled({(ITEMS, "G7"): "  \n "}))
    assert cleared["explanation", "1.1"] is None


def test_a_text_that_only_another_program_can_store() -> None:
    short = as_ods(filled({(ITEMS, "G8"): "xxx"}))
    long = _with_part("content.xml", lambda old: old.replace(b"xxx", b"x" * 32_768), short)
    assert told(long) == [("workbook_text_too_long", ITEMS, "G8")]


def test_other_spacing_is_no_change() -> None:
    text = "- Kế hoạch số 12/KH-SMH \r\n- Báo cáo  số 5/BC-SMH, trang 8\n"
    found = read(filled({(ITEMS, "G7"): text})).of(EntryKind.EXPLANATION)["1.1"]
    assert found.value == found.base


def test_a_formula_in_a_cell_for_entries() -> None:
    def calculate(book: Any) -> None:
        book[FIGURES]["E7"] = "=1+1"
        book[ITEMS]["G8"] = "=A1"

    expected = [("workbook_formula", ITEMS, "G8"), ("workbook_formula", FIGURES, "E7")]
    data = changed(written(), calculate)
    assert told(data) == expected
    assert told(as_ods(data)) == expected


def test_an_array_formula_over_cells_for_entries() -> None:
    def calculate(book: Any) -> None:
        book[FIGURES]["E6"] = ArrayFormula("E6:E7", "=D6:D7")
        book[FIGURES]["E7"] = 5

    assert told(changed(written(), calculate)) == [
        ("workbook_formula", FIGURES, "E6"),
        ("workbook_formula", FIGURES, "E7"),
    ]


# --- rows and locked cells -------------------------------------------------------------------------------------------


def test_locked_cells_that_were_changed() -> None:
    assert told(filled({(ITEMS, "B7"): "Khác", (FIGURES, "G6"): None, (ITEMS, "F7"): 1.5, (ITEMS, "A1"): "x"})) == [
        ("workbook_locked_cell_changed", ITEMS, "A1"),
        ("workbook_locked_cell_changed", ITEMS, "B7"),
        ("workbook_locked_cell_changed", ITEMS, "F7"),
        ("workbook_locked_cell_emptied", FIGURES, "G6"),
    ]


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


# --- whose file it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "kinds"),
    [
        (replace(SHEET, sheet_id="other", unit_title="Sở Khác"), ["workbook_of_other_unit"]),
        (replace(SHEET, sheet_id="other", cycle_title="Năm 2023"), ["workbook_of_other_cycle"]),
        (replace(SHEET, sheet_id="other"), ["workbook_of_other_sheet"]),
        (
            replace(SHEET, sheet_id="other", unit_title="Sở Khác", cycle_title="Năm 2023"),
            ["workbook_of_other_unit", "workbook_of_other_cycle"],
        ),
        (replace(SHEET, set_fingerprint="cd" * 32), ["workbook_of_other_set"]),
        (replace(SHEET, unit_title="Sở Mẫu (tên mới)", version="v8"), []),
    ],
)
def test_a_file_made_for_something_else(expected: Any, kinds: list[str]) -> None:
    assert [kind for kind, _, _ in told(written(), expected)] == kinds


def test_a_cell_whose_item_or_measure_is_gone() -> None:
    expected = replace(SHEET, items=SHEET.items[:4], measures=SHEET.measures[1:])
    assert told(written(), expected) == [
        ("workbook_entry_gone", ITEMS, "F10"),
        ("workbook_entry_gone", ITEMS, "G10"),
        ("workbook_entry_gone", FIGURES, "E6"),
    ]


def _hidden(book: Any) -> Any:
    return book["parindex"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda book: book.remove(_hidden(book)), "workbook_not_ours"),
        (lambda book: _hidden(book).__setitem__("A1", "something/1"), "workbook_not_ours"),
        (lambda book: _hidden(book).__setitem__("A2", "0" * 64), "workbook_seal_broken"),
        (lambda book: _hidden(book).__setitem__("A2", None), "workbook_seal_broken"),
        (lambda book: _hidden(book).__setitem__("A3", "e" + _hidden(book)["A3"].value), "workbook_seal_broken"),
        (lambda book: _hidden(book).__setitem__("A3", None), "workbook_seal_broken"),
    ],
)
def test_a_changed_or_missing_hidden_sheet(change: Any, kind: str) -> None:
    assert told(changed(written(), change)) == [(kind, None, None)]


def test_a_file_sealed_by_another_installation() -> None:
    other = workbook_bytes(SHEET, workbook_words(), seal_key=b"another secret")
    assert told(other) == [("workbook_seal_broken", None, None)]


# --- hostile and broken files ----------------------------------------------------------------------------------------


def _old_workbook() -> bytes:
    book, target = xlwt.Workbook(), BytesIO()
    book.add_sheet("Phiếu").write(0, 0, "x")
    book.save(target)
    return target.getvalue()


def _archive(**parts: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _with_part(name: str, change: Any, data: bytes | None = None) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data or written())) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return target.getvalue()


HIDDEN_PART = "xl/worksheets/sheet5.xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "file_empty"),
        (b"STT,\xc4\x90i\xe1\xbb\x83m\n", "workbook_format_unknown"),
        (b"%PDF-1.7", "workbook_format_unknown"),
        (_old_workbook(), "workbook_format_unknown"),
        (_archive(**{"word/document.xml": "<x/>"}), "workbook_format_unknown"),
        (written()[:4000], "file_damaged"),
        (_archive(**{"xl/workbook.xml": "<x/>"}), "file_damaged"),
        (_with_part("xl/workbook.xml", lambda _: b"<broken"), "file_damaged"),
        (_with_part("xl/worksheets/sheet1.xml", lambda _: b"<worksheet>"), "file_damaged"),
        (_with_part(HIDDEN_PART, lambda old: old.replace(b'r="A3"', b'r="XFD1048576"')), "cell_far_away"),
        (
            _with_part("xl/worksheets/sheet1.xml", lambda old: b'<!DOCTYPE a [<!ENTITY b "c">]>' + old),
            "file_with_entities",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_workbook_of_ours(data: bytes, kind: str) -> None:
    assert [found for found, _, _ in told(data)] == [kind]


def test_a_file_that_unpacks_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 100_000)
    bomb = _with_part("docProps/app.xml", lambda _: b"0" * 200_000)
    assert told(bomb) == [("file_unpacks_too_large", None, None)]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1_000)
    assert told(written()) == [("file_too_large", None, None)]


def test_links_to_other_files_are_never_followed() -> None:
    def link(book: Any) -> None:
        book[ITEMS]["G8"].hyperlink = "http://example.com/"
        book[ITEMS]["G8"] = "chữ"

    assert values(changed(written(), link))["explanation", "1.2"] == "chữ"


def test_a_file_with_a_password() -> None:
    package = "EncryptedPackage".encode("utf-16-le")
    assert told(limits.OLE + package) == [("file_encrypted", None, None)]


def test_the_path_is_only_a_name() -> None:
    assert (
        read_workbook(Path("nowhere/there.ods"), written(), SHEET, seal_key=SEAL).entries[0].place.file == "there.ods"
    )
    assert not FILE.exists()


def test_a_sheet_of_a_part_takes_only_its_entries() -> None:
    part = with_item(1, editable=False, reason_locked="Do đơn vị khác nhập.")
    assert ("explanation", "1.1") not in values(written(part), part)
    assert told(filled({(ITEMS, "G7"): "khác"}, part), part) == [("workbook_locked_cell_changed", ITEMS, "G7")]
