"""Titles printed in capitals: names and abbreviations keep theirs, everything else becomes a sentence.

``titles_in_capitals.tsv`` has headings of published papers (decision 2270/QĐ-UBND, report 401/BC-UBND, plan
509/KH-UBND and others), and how they are shown.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import criteria_set, node

from parindex.documents.checked_papers import ReadSet
from parindex.documents.criteria_drafts.draft import draft_of_paper
from parindex.documents.sentence_case import display_title, sentence_case

PAIRS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "titles_in_capitals.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("printed", "shown"), PAIRS, ids=[shown for _, shown in PAIRS])
def test_headings_of_published_papers(printed: str, shown: str) -> None:
    assert sentence_case(printed) == shown
    assert display_title(printed) == shown
    assert sentence_case(shown) == shown


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("NGHỊ QUYẾT CỦA QUỐC HỘI, CHÍNH PHỦ", "Nghị quyết của Quốc hội, Chính phủ"),
        ("BỘ PHẬN MỘT CỬA VÀ CƠ CHẾ MỘT CỬA", "Bộ phận Một cửa và cơ chế một cửa"),
        ("GIỮ HÒA BÌNH Ở TỈNH HÒA BÌNH", "Giữ hòa bình ở tỉnh Hòa Bình"),
        ("XỬ LÝ VI PHẠM", "Xử lý vi phạm"),
        ("VI. XỬ LÝ VI PHẠM CẤP VI", "VI. Xử lý vi phạm cấp VI"),
        ("VI PHẠM CỦA CẤP XÃ", "Vi phạm của cấp xã"),
        ("ỨNG DỤNG AI TRÊN WEBSITE", "Ứng dụng AI trên website"),
        ("WEBSITE CỦA SỞ NỘI VỤ", "Website của Sở Nội vụ"),
        ("TÀI KHOẢN VNEID", "Tài khoản VNeID"),
        ("TRIỂN KHAI ĐA06 THEO 766/QĐ-TTg", "Triển khai ĐA06 theo 766/QĐ-TTg"),
        ("MỤC TIÊU. GIẢI PHÁP", "Mục tiêu. Giải pháp"),
        ("CẢI CÁCH  THỂ CHẾ", "Cải cách thể chế"),
    ],
)
def test_words_by_what_they_are(printed: str, shown: str) -> None:
    assert sentence_case(printed) == shown


@pytest.mark.parametrize("title", ["Kết quả thực hiện CCHC", "Xây dựng kế hoạch", "CCHC", ""])
def test_what_is_no_heading_in_capitals_stays(title: str) -> None:
    assert sentence_case(title) == title
    assert display_title(title) == ""


def test_a_paper_that_is_read_gets_names_to_show_and_keeps_the_printed_ones() -> None:
    area = node("1", "1", node("1.1", title="Công khai TTHC"), title="CẢI CÁCH TTHC")
    made = replace(criteria_set(area), title="Bảng 1. CHỈ SỐ CCHC CÁC SỞ")
    draft = draft_of_paper(ReadSet(made))
    assert draft.criteria_set.title == "Bảng 1. Chỉ số CCHC các sở"
    assert [(one.title, one.display_title) for one in draft.criteria_set.walk()] == [
        ("CẢI CÁCH TTHC", "Cải cách TTHC"),
        ("Công khai TTHC", ""),
    ]
    assert 'display_title: "Cải cách TTHC"' in draft.content
