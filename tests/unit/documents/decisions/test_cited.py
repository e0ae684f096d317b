"""The structure of another document is not that of the paper."""

from __future__ import annotations

import pytest

from parindex.documents.decisions.prose import attach
from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.domain.errors import Place

OWN = "Bộ tiêu chí gồm 01 lĩnh vực, 02 tiêu chí."
CITED = "Theo Quyết định số 876/QĐ-BNV, Chỉ số CCHC cấp tỉnh gồm 8 lĩnh vực, 37 tiêu chí (tổng điểm 100)."


def _lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(line=number)) for number, text in enumerate(texts, start=1)]


def _table(*codes: str) -> PaperTable:
    rows = tuple(PaperRow(code, "Mục", Place(row=number)) for number, code in enumerate(codes, start=1))
    return PaperTable(TableKind.CRITERIA_SET, "Bảng 1", Place(table="Bảng 1"), rows)


def _declared(*texts: str, codes: tuple[str, ...] = ("1", "1.1", "1.2")) -> tuple[tuple[object, ...], list[object]]:
    (table,), doubts = attach([_table(*codes)], _lines(*texts))
    declared = table.declared
    return (declared.areas, declared.criteria, declared.max_points), [(one.kind, one.facts["number"]) for one in doubts]


@pytest.mark.parametrize(
    ("texts", "declared"),
    [
        ((CITED,), (None, None, None)),
        ((CITED, OWN), (1, 2, None)),
        ((f"{CITED} {OWN}",), (1, 2, None)),
        ((f"{OWN} {CITED}",), (1, 2, None)),
    ],
)
def test_a_cited_structure_is_left_out_with_a_doubt(texts: tuple[str, ...], declared: tuple[object, ...]) -> None:
    assert _declared(*texts) == (declared, [("structure_cited", "876/QĐ-BNV")])


def test_a_cited_structure_that_the_table_has_is_its_own() -> None:
    text = "Theo Quyết định số 876/QĐ-BNV, Bộ tiêu chí gồm 01 lĩnh vực, 02 tiêu chí, 03 tiêu chí thành phần."
    assert _declared(text) == ((1, 2, None), [])


def test_the_number_of_the_paper_itself_cites_no_other() -> None:
    text = "Theo Quyết định số 12/QĐ-UBND, Bộ tiêu chí gồm 03 lĩnh vực, 07 tiêu chí."
    assert _declared("Số: 12/QĐ-UBND", text) == ((3, 7, None), [])


def test_other_sentences_that_cite_are_no_structure() -> None:
    assert _declared("Căn cứ Nghị định số 35/2025/NĐ-CP của Chính phủ;", OWN) == ((1, 2, None), [])
