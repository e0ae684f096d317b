"""Which section of the prose goes to which table."""

from __future__ import annotations

import pytest

from parindex.documents.decisions.prose import attach
from parindex.documents.decisions.subjects import subjects
from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.domain.errors import Place


def _lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(line=number)) for number, text in enumerate(texts, start=1)]


def _table(name: str, title: str, *codes: str) -> PaperTable:
    rows = tuple(PaperRow(code, "Mục", Place(row=number)) for number, code in enumerate(codes, start=1))
    return PaperTable(TableKind.CRITERIA_SET, title, Place(table=name), rows)


DEPARTMENTS = _table("Phụ lục I", "Phụ lục I. BỘ TIÊU CHÍ CẤP SỞ", "1", "1.1", "1.2", "1.3")
COMMUNES = _table("Phụ lục II", "Phụ lục II. BỘ TIÊU CHÍ CẤP XÃ", "1", "1.1", "1.2")


def test_the_bodies_decide_before_numbers_and_captions_are_no_mention() -> None:
    lines = _lines(
        "Bộ tiêu chí cấp sở gồm 01 lĩnh vực, 02 tiêu chí.",
        "Bộ tiêu chí cấp xã gồm 01 lĩnh vực, 03 tiêu chí.",
        "Phụ lục I",
        "BỘ TIÊU CHÍ CẤP SỞ",
        "Phụ lục II",
    )
    (departments, communes), _ = attach([DEPARTMENTS, COMMUNES], lines)
    assert (departments.declared.criteria, communes.declared.criteria) == (2, 3)
    assert departments.doubts == communes.doubts == ()


def test_a_heading_above_the_sentence_names_the_bodies() -> None:
    lines = _lines(
        "1. Đối với UBND các xã, phường",
        "Bộ tiêu chí gồm 01 lĩnh vực, 05 tiêu chí.",
        "2. Đối với cơ quan chuyên môn",
        "Bộ tiêu chí gồm 01 lĩnh vực, 04 tiêu chí.",
    )
    (departments, communes), _ = attach([DEPARTMENTS, COMMUNES], lines)
    assert (departments.declared.criteria, communes.declared.criteria) == (4, 5)


def test_an_annex_is_named_in_either_numerals() -> None:
    lines = _lines(
        "Bộ tiêu chí gồm 01 lĩnh vực, 05 tiêu chí (Phụ lục số 02).",
        "Bộ tiêu chí gồm 01 lĩnh vực, 04 tiêu chí (Phụ lục 1).",
    )
    (departments, communes), _ = attach([DEPARTMENTS, COMMUNES], lines)
    assert (departments.declared.criteria, communes.declared.criteria) == (4, 5)


def test_prose_on_other_bodies_is_not_taken() -> None:
    (communes,), left = attach(
        [COMMUNES], _lines("Bộ tiêu chí cấp sở gồm 1 lĩnh vực, 4 tiêu chí.", "Cấp huyện: 1 lĩnh vực, 3 tiêu chí.")
    )
    assert communes.declared.criteria is None
    assert [(doubt.kind, doubt.place.line) for doubt in left] == [("prose_unattached", 1), ("prose_unattached", 2)]


def test_doubts_of_a_section_that_no_table_takes_are_kept() -> None:
    lines = _lines(
        "Bộ tiêu chí cấp xã gồm 1 lĩnh vực, 2 tiêu chí.",
        "Bộ tiêu chí cấp sở gồm 1 lĩnh vực, 4 tiêu chí.",
        "Xếp loại: Tốt: từ 90% trở lên; Khá: từ 70% đến dưới 90%; Trung bình: từ 50% đến dưới 70%; Yếu: dưới 40%.",
    )
    (communes,), left = attach([COMMUNES], lines)
    assert communes.doubts == ()
    assert [(doubt.kind, doubt.place.line) for doubt in left] == [("prose_unattached", 2), ("grades_gap", 3)]


def test_order_alone_is_a_doubt() -> None:
    lines = _lines("Bộ tiêu chí gồm 03 lĩnh vực, 09 tiêu chí.", "Bộ tiêu chí gồm 04 lĩnh vực, 08 tiêu chí.")
    (one, two), _ = attach([_table("", "A", "1"), _table("", "B", "1")], lines)
    assert (one.declared.criteria, two.declared.criteria) == (9, 8)
    assert [doubt.kind for doubt in (*one.doubts, *two.doubts)] == ["prose_attached", "prose_attached"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CHỈ SỐ CCHC CÁC CƠ QUAN CHUYÊN MÔN THUỘC TỈNH", {"department"}),
        ("Chỉ số CCHC của UBND các huyện, thị xã, thành phố", {"district"}),
        ("Bộ tiêu chí đối với đơn vị sự nghiệp công lập", {"public_service"}),
        ("Bộ chỉ số CCHC của các phường, xã", {"commune"}),
        ("Bộ tiêu chí", set()),
    ],
)
def test_subjects(text: str, expected: set[str]) -> None:
    assert subjects(text) == expected
