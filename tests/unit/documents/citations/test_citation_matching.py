"""Which of the unit's documents a citation means."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.documents.citations.matching import Match, Numbered, matched
from parindex.documents.citations.recognise import citations_in

DOCUMENTS = [
    Numbered("report of 2020", "401/BC-UBND", date(2020, 12, 8)),
    Numbered("report of 2022", "401/BC-UBND", date(2022, 12, 28)),
    Numbered("decision", "773 /QD-UBND", date(2020, 7, 8)),
    Numbered("undated", "5/SNV-CCHC"),
]


def match(text: str) -> Match[str]:
    (found,) = matched(citations_in(text), DOCUMENTS)
    return found


@pytest.mark.parametrize(
    ("text", "documents", "sure"),
    [
        ("Báo cáo số 401/BC-UBND ngày 08/12/2020", ("report of 2020",), True),
        ("Báo cáo số 401/BC-UBND", ("report of 2020", "report of 2022"), False),
        ("Báo cáo số 401/BC-UBND ngày 09/12/2020", ("report of 2020",), False),
        ("Báo cáo số 401/BC-UBND ngày 09/12/2021", ("report of 2020", "report of 2022"), False),
        ("Quyết định 773/QĐ-UBND", ("decision",), True),
        ("Quyết định 773/QĐ-UBND ngày 31/02/2020", ("decision",), False),
        ("Công văn số 05/SNV-CCHC ngày 1/2/2020", ("undated",), True),
        ("Công văn số 6/SNV-CCHC ngày 1/2/2020", (), False),
    ],
)
def test_by_number_then_by_date(text: str, documents: tuple[str, ...], sure: bool) -> None:
    found = match(text)
    assert (found.documents, found.sure) == (documents, sure)


def test_the_same_number_and_day_twice_is_not_sure() -> None:
    citations = citations_in("Báo cáo số 401/BC-UBND ngày 08/12/2020")
    (found,) = matched(citations, [*DOCUMENTS, Numbered("copy", "401/BC-UBND", date(2020, 12, 8))])
    assert (found.documents, found.sure) == (("report of 2020", "copy"), False)
