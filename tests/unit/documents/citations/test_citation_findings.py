"""What is wrong or doubtful in citations, alone and against each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parindex.documents.citations.findings import Placed, citation_findings
from parindex.documents.citations.issuers import same_issuer
from parindex.documents.citations.recognise import citations_in
from parindex.domain.errors import Place


def found(*texts: str, **settings: Any) -> list[tuple[str | None, str, dict[str, Any]]]:
    """(code, kind, facts) of every finding; the texts stand at the items 1, 2, …"""
    placed = [
        Placed(citation, Place(code=str(at)))
        for at, text in enumerate(texts, start=1)
        for citation in citations_in(text)
    ]
    return [(one.place.code, one.kind, one.facts) for one in citation_findings(placed, **settings)]


def test_a_good_citation_has_no_finding() -> None:
    text = "Báo cáo số 401/BC-UBND ngày 08/12/2020 của UBND tỉnh"
    assert found(text, text, today=date(2021, 4, 1), assessed_year=2020) == []


def test_a_day_that_does_not_exist() -> None:
    assert found("Quyết định số 773/QĐ-UBND ngày 31/02/2020", today=date(2021, 1, 1), assessed_year=2020) == [
        ("1", "citation_date_impossible", {"number": "773/QĐ-UBND", "date": "31/02/2020"})
    ]


def test_a_day_in_the_future_of_a_given_day() -> None:
    text = "Quyết định số 773/QĐ-UBND ngày 02/01/2021"
    facts = {"number": "773/QĐ-UBND", "date": "02/01/2021", "today": "01/01/2021"}
    assert found(text, today=date(2021, 1, 1), assessed_year=2020) == [("1", "citation_date_future", facts)]
    assert found(text, today=date(2021, 1, 2)) == []
    assert found(text) == []


def test_a_day_after_the_assessed_year_is_a_doubt() -> None:
    facts = {"number": "42/BC-UBND", "date": "18/02/2021", "year": "2020"}
    assert found("Báo cáo số 42/BC-UBND ngày 18/02/2021", today=date(2021, 4, 1), assessed_year=2020) == [
        ("1", "citation_after_year", facts)
    ]


def test_a_year_of_two_digits_is_a_doubt() -> None:
    facts = {"number": "42/BC-UBND", "date": "18/02/21", "read": "18/02/2021"}
    assert found("Báo cáo số 42/BC-UBND ngày 18/02/21") == [("1", "citation_two_digit_year", facts)]


def test_the_year_of_the_number_against_that_of_the_date() -> None:
    facts = {"number": "61/2018/NĐ-CP", "date": "23/4/2019"}
    assert found("Nghị định 61/2018/NĐ-CP ngày 23/4/2019") == [("1", "citation_year_differs", facts)]


def test_a_number_with_two_dates_is_said_at_the_later_place_and_once() -> None:
    texts = [f"Quyết định số 2059/QĐ-BNV ngày {day}/12/2015" for day in (21, 31, 21, 31)]
    facts = {"number": "2059/QĐ-BNV", "dates": ["21/12/2015", "31/12/2015"], "at": "1"}
    assert found(*texts) == [("2", "citation_two_dates", facts)]


def test_the_same_day_written_otherwise_is_one() -> None:
    assert found("Báo cáo 30/BC-STTTT ngày 7/1/2021", "báo cáo 30/bc-stttt ngày 07 tháng 01 năm 2021") == []


def test_an_impossible_day_contradicts_the_right_one() -> None:
    kinds = [one[:2] for one in found("QĐ 773/QĐ-UBND ngày 07/07/20120", "QĐ 773/QĐ-UBND ngày 08/07/2020")]
    assert kinds == [("1", "citation_date_impossible"), ("2", "citation_two_dates")]


def test_numbers_of_two_years_may_be_two_documents() -> None:
    facts = {"number": "48/QĐ-UBND", "dates": ["16/01/2019", "24/02/2020"], "at": "1"}
    assert found("48/QĐ-UBND ngày 16/01/2019", "48/QĐ-UBND ngày 24/02/2020") == [("2", "citation_two_years", facts)]


def test_two_issuers_of_one_document() -> None:
    text = "Báo cáo số 9/BC-CCHC ngày 08/12/2020 của {}"
    facts = {"number": "9/BC-CCHC", "issuers": ["UBND tỉnh", "Sở Nội vụ"], "at": "1"}
    assert found(text.format("UBND tỉnh"), text.format("Sở Nội vụ")) == [("2", "citation_two_issuers", facts)]
    other_year = "Báo cáo số 9/BC-CCHC ngày 08/12/2021 của Sở Nội vụ"
    assert [one[1] for one in found(text.format("UBND tỉnh"), other_year)] == ["citation_two_years"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Điện Biên", True),
        ("Sở TTTT", "Sở Thông tin và Truyền thông", True),
        ("Sở TT&TT tỉnh Điện Biên", "Sở Thông tin và Truyền thông", True),
        ("Bộ trưởng Bộ Nội vụ", "Bộ Nội vụ", True),
        ("Đoàn ĐBQH", "Đoàn Đại biểu Quốc hội", True),
        ("UBND tỉnh", "UBND huyện", False),
        ("Chính phủ", "Thủ tướng Chính phủ", False),
    ],
)
def test_abbreviated_names_are_the_same_body(one: str, other: str, same: bool) -> None:
    assert same_issuer(one, other) is same


def test_a_kind_that_the_symbol_contradicts() -> None:
    facts = {"number": "73/QĐ-UBND", "stated": "Báo cáo", "kind": "Quyết định"}
    assert found("Báo cáo số 73/QĐ-UBND") == [("1", "citation_kind_differs", facts)]
    assert found("Văn bản số 73/QĐ-UBND, Công văn số 5/SNV-VP") == []


def test_digits_in_another_order() -> None:
    texts = ["Kế hoạch 1794/KH-UBND ngày 08/7/2020", *["Kế hoạch 1974/KH-UBND ngày 08/07/2020"] * 2]
    facts = {"number": "1974/KH-UBND", "other": "1794/KH-UBND", "date": "08/07/2020", "at": "1"}
    assert found(*texts) == [("2", "citation_digits_swapped", facts)]
    assert found("Kế hoạch 1794/KH-UBND ngày 08/7/2020", "Kế hoạch 1974/KH-UBND ngày 09/7/2020") == []


def test_a_number_with_very_many_dates_is_said_a_few_times() -> None:
    texts = [f"Báo cáo 1/BC-UBND ngày {1 + at % 28}/{1 + at // 28}/2020 của Sở A{at:03d}" for at in range(300)]
    assert len(found(*texts)) < 60
