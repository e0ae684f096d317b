"""Codes as printed, and the codes meant."""

from __future__ import annotations

import pytest

from parindex.documents.criteria_tables.nesting import parents
from parindex.documents.criteria_tables.printed_codes import read_code, roman_value, settle, split_leading


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "1"),
        ("1.", "1"),
        ("1.10.\n1", "1.10.1"),
        (" 2 . 3 . 1 ", "2.3.1"),
        ("1,2", "1.2"),
        ("a)", "a"),
        ("(3)", "3"),
        ("IV.", "IV"),
        ("Lĩnh vực 2", "2"),
        ("Tiêu chí thành phần 1.1.1", "1.1.1"),
        ("2001-01-01", "2001-01-01"),
    ],
)
def test_a_code_in_a_cell(text: str, code: str) -> None:
    assert read_code(text) == code


@pytest.mark.parametrize("text", ["", "-", "Sở Nội vụ", "12345", "TỔNG ĐIỂM", "1/2/3x", "IIII"])
def test_no_code(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.1. Kế hoạch", ("1.1", "Kế hoạch")),
        ("I. CÔNG TÁC", ("I", "CÔNG TÁC")),
        ("Lĩnh vực 1: CÔNG TÁC", ("1", "CÔNG TÁC")),
        ("Kế hoạch 1.1", None),
        ("100% hồ sơ", None),
    ],
)
def test_code_and_title_in_one_cell(text: str, parts: tuple[str, str] | None) -> None:
    assert split_leading(text) == parts


@pytest.mark.parametrize(("code", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("IIII", None), ("A", None)])
def test_roman_numerals(code: str, value: int | None) -> None:
    assert roman_value(code) == value


def _settled(*codes: str, number: bool = False) -> list[tuple[str, str, str]]:
    return [(row.code, row.printed, row.kind) for row in settle([(code, number) for code in codes])]


def test_a_zero_that_a_spreadsheet_lost_is_restored() -> None:
    codes = ["1", *(f"1.{n}" for n in range(1, 10)), "1.1", "1.11"]
    assert _settled(*codes, number=True)[-2:] == [("1.10", "", "code_restored"), ("1.11", "", "")]
    assert _settled(*codes)[-2:] == [("1.10", "1.1", "code_restored"), ("1.11", "", "")]


def test_twenty_after_nineteen() -> None:
    codes = ["2", *(f"2.{n}" for n in range(1, 20)), "2.2"]
    assert _settled(*codes)[-1] == ("2.20", "2.2", "code_restored")


def test_a_code_twice_is_left_as_it_is() -> None:
    assert _settled("2", "2.3", "2.3.1", "2.3.1")[-1] == ("2.3.1", "", "")
    assert _settled("1", "1.1", "1.1")[-1] == ("1.1", "", "")


def test_a_code_that_became_a_day() -> None:
    assert _settled("1", "1.1", "2001-01-01", "2002-01-01")[2:] == [
        ("1.1.1", "2001-01-01", "code_was_date"),
        ("1.1.2", "2002-01-01", "code_was_date"),
    ]


def test_roman_areas_whose_criteria_carry_their_number_become_numbers() -> None:
    assert [row[0] for row in _settled("I", "1.1", "1.1.1", "II", "2.1")] == ["1", "1.1", "1.1.1", "2", "2.1"]


def test_numberings_that_begin_again_are_qualified() -> None:
    codes = [row[0] for row in _settled("I", "1", "1.1", "2", "II", "1", "1.1")]
    assert codes == ["I", "I.1", "I.1.1", "I.2", "II", "II.1", "II.1.1"]
    codes = [row[0] for row in _settled("A", "I", "1", "a", "b", "B", "I")]
    assert codes == ["A", "A.I", "A.I.1", "A.I.1.a", "A.I.1.b", "B", "B.I"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["1", "1.1", "1.1.1", "1.2", "2"], [None, 0, 1, 0, None]),
        (["1", "1.1", "1.1.1", "1.1.1", "1.2"], [None, 0, 1, 1, 0]),  # a code twice
        (["1", "1.1", "1.1.1", "11.2", "1.1.3"], [None, 0, 1, 1, 1]),  # a dot missing
        (["1", "1.1", "1.11", "1.1.2"], [None, 0, 1, 1]),  # the other dot missing
        (["2", "2.3", "2.3.1", "2.4.2", "2.4"], [None, 0, 1, 1, 0]),  # another parent's prefix
        (["1", "1.1", "1.1", "1.2.1"], [None, 0, 0, 2]),  # the parent has the wrong code
        (["1", "1.1.1"], [None, 0]),  # no parent of its own
    ],
)
def test_rows_hang_where_the_paper_prints_them(codes: list[str], expected: list[int | None]) -> None:
    assert parents(codes) == expected
