"""Days, decisions and lists of codes as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.documents.unit_tables.cells import codes_of, day_of, day_text, decision_of, guarded, unguarded


@pytest.mark.parametrize(
    "text", ["01/07/2025", "1/7/2025", "1-7-2025", "01.07.2025", "2025-07-01", "2025-07-01 00:00:00",
             "ngày 1 tháng 7 năm 2025", "01 tháng 07 năm 2025"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_of(text) == date(2025, 7, 1)


@pytest.mark.parametrize(
    "text", ["", "31/02/2025", "2025-13-01", "1/7-2025", "07/2025", "1/7/25", "45839", "2025-07-01 08:00:00", "mai"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


def test_a_day_is_written_with_its_zeros() -> None:
    assert (day_text(date(987, 2, 1)), day_text(None)) == ("01/02/0987", "")


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("12/QĐ-UBND", "12/QĐ-UBND", ""),
        ("Quyết định số 12/QĐ-UBND ngày 01/02/2020", "12/QĐ-UBND", "01/02/2020"),
        ("nghị quyết số: 1656/NQ-UBTVQH15, ngày 16 tháng 6 năm 2025", "1656/NQ-UBTVQH15", "16 tháng 6 năm 2025"),
        ("Quyết định thành lập", "Quyết định thành lập", ""),
        ("", "", ""),
    ],
)
def test_a_decision_is_number_and_day(text: str, number: str, day: str) -> None:
    assert decision_of(text) == (number, day)


def test_codes_stand_apart_by_any_mark() -> None:
    assert codes_of(" a; b,c\nd ") == ("a", "b", "c", "d")


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1", "'=1", "''@x", "＝1"])
def test_what_a_spreadsheet_would_calculate_is_guarded_and_comes_back(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Sở", "'tên", "a=b"])
def test_other_text_is_left(text: str) -> None:
    assert guarded(text) == text == unguarded(text)
