"""The cells of a workbook that is handed in: what is taken of them, and what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import pytest
from openpyxl.worksheet.formula import ArrayFormula
from tests.sheet_workbook_sample import (
    FIGURES,
    ITEMS,
    SHEET,
    UNTOUCHED,
    as_ods,
    changed,
    filled,
    read,
    told,
    values,
    with_measure,
    with_part,
    written,
)

from parindex.documents.sheet_workbooks import entered_values
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.domain.errors import InvalidInput
from parindex.wording import problems


def figure(measure: int, key: str, address: str, stored: Any, **facts: Any) -> Any:
    sheet = with_measure(measure, **facts)
    return read(filled({(FIGURES, address): stored}, sheet), sheet).of(EntryKind.FIGURE)[key].value


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
    long = with_part("content.xml", lambda old: old.replace(b"xxx", b"x" * 32_768), short)
    assert told(long) == [("workbook_text_too_long", ITEMS, "G8")]


def test_a_text_longer_than_the_installation_takes() -> None:
    short = replace(SHEET, explanation_length=5)
    data = filled({(ITEMS, "G8"): "sáu ký", (ITEMS, "G10"): "năm k"}, short)
    with pytest.raises(InvalidInput) as error:
        read(data, short)
    assert [(one.kind, one.place.cell, one.facts) for one in error.value.problems] == [
        ("workbook_text_too_long", "G8", {"limit": 5})
    ]


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
