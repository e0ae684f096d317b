"""Numbers that differ in spelling only are one number."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.documents.citations.citation import Citation, CitedDate, kind_of_number, number_key


@pytest.mark.parametrize(
    "printed",
    ["401/BC-UBND", "401 / BC - UBND", "0401/BC–UBND", "401/bc-ubnd", "00401/BC\u2011UBND", "401\u00a0/BC-UBND"],
)
def test_spelling_does_not_count(printed: str) -> None:
    assert number_key(printed) == "401/BC-UBND"


def test_d_with_and_without_its_bar() -> None:
    assert number_key("1187/QĐ-UBND") == number_key("1187/QD-UBND") == number_key("1187/qđ-ubnd")


def test_other_numbers_stay_others() -> None:
    keys = {
        number_key(one) for one in ("10/QĐ-UBND", "1/QĐ-UBND", "10/2020/QĐ-UBND", "10-QĐ/TU", "10a/QĐ-UBND", "0/QĐ")
    }
    assert len(keys) == 6


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("401/BC-UBND", "Báo cáo"),
        ("61/2018/NĐ-CP", "Nghị định"),
        ("12-NQ/TU", "Nghị quyết"),
        ("252/TTr-STNMT", "Tờ trình"),
        ("3485/BTTTT-THH", ""),
        ("không số", ""),
    ],
)
def test_the_symbol_names_the_kind(number: str, kind: str) -> None:
    assert kind_of_number(number) == kind


def test_the_year_is_that_of_the_number_before_that_of_the_date() -> None:
    day = CitedDate("x", date(2021, 1, 5))
    assert Citation("", "61/2018/NĐ-CP", 0, 0, "", day).year == 2018
    assert Citation("", "61/NĐ-CP", 0, 0, "", day).year == 2021
    assert Citation("", "61/NĐ-CP", 0, 0, "", CitedDate("31/02/2020", None)).year is None
    assert Citation("", "61/NĐ-CP", 0, 0, "").year is None
