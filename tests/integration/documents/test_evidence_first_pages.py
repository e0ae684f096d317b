"""Proposals from the first page of real files: heads in two columns, as tables in Word and as places in PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.papers import evidence_files as made

from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.first_page import FirstPage, propose
from parindex.domain.errors import InvalidInput

LEFT, RIGHT = 150, 420  # the middles of the two columns
DECISION = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("TỈNH ĐIỆN BIÊN", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 2270 /QĐ-UBND", "Điện Biên, ngày 13 tháng 12 năm 2024"),
)
LETTER = (
    ("UBND TỈNH ĐIỆN BIÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 126/STTTT-CNTT", "Điện Biên, ngày 29 tháng 01 năm 2021"),
    ("V/v báo cáo kết quả ứng dụng", ""),
    ("công nghệ thông tin năm 2020", ""),
)
DECISION_BODY = (
    "QUYẾT ĐỊNH",
    "Phê duyệt Đề án xác định Chỉ số cải cách hành chính",
    "năm 2024 của các cơ quan chuyên môn",
)
DECISION_BODY += ("ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN", "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;")
LETTER_BODY = ("Kính gửi: Sở Nội vụ", "Thực hiện Công văn số 383/BNV-CCHC ngày 28/01/2021 của Bộ Nội vụ,")
OF_DECISION = {
    "number": "2270/QĐ-UBND",
    "date": date(2024, 12, 13),
    "issuer": "Ủy ban nhân dân tỉnh Điện Biên",
    "kind": "Quyết định",
    "abstract": "Phê duyệt Đề án xác định Chỉ số cải cách hành chính năm 2024 của các cơ quan chuyên môn",
}
OF_LETTER = {
    "number": "126/STTTT-CNTT",
    "date": date(2021, 1, 29),
    "issuer": "Sở Thông tin và Truyền thông",
    "kind": "Công văn",
    "abstract": "Báo cáo kết quả ứng dụng công nghệ thông tin năm 2020",
}
SHAPES = [(DECISION, DECISION_BODY, OF_DECISION), (LETTER, LETTER_BODY, OF_LETTER)]


def values(found: FirstPage) -> dict[str, Any]:
    names = ("number", "date", "issuer", "kind", "abstract")
    return {name: one for name in names if (one := getattr(found, name)) is not None}


def centred(words: str, middle: float, top: float) -> tuple[float, float, str]:
    return middle - made.width_of(words) / 2, top, words


@pytest.mark.parametrize(("head", "body", "expected"), SHAPES)
@pytest.mark.parametrize("shift", [0, 4])
def test_a_pdf(
    tmp_path: Path, head: tuple[tuple[str, str], ...], body: tuple[str, ...], expected: dict[str, Any], shift: float
) -> None:
    """The right column may stand a little lower than the left one."""
    words = [centred(left, LEFT, 60 + 16 * at) for at, (left, _) in enumerate(head)]
    words += [centred(right, RIGHT, 60 + 16 * at + shift) for at, (_, right) in enumerate(head) if right]
    words += [centred(line, 297, 200 + 16 * at) for at, line in enumerate(body)]
    path = made.pdf(tmp_path / "x", [words, [(72, 72, "Số: 999/QĐ-KHAC")]])
    found = propose(path, Content.PDF, name="a.pdf")
    assert values(found) == expected
    assert found.doubts == ()


@pytest.mark.parametrize(("head", "body", "expected"), SHAPES)
def test_a_word_file_whose_head_is_a_table(
    tmp_path: Path, head: tuple[tuple[str, str], ...], body: tuple[str, ...], expected: dict[str, Any]
) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, zip(*head, strict=True), strict=True):
        cell.text = "\n".join(lines)
    for line in body:
        document.add_paragraph(line)
    document.save(str(tmp_path / "x"))
    assert values(propose(tmp_path / "x", Content.DOCX, name="a.docx")) == expected


@pytest.mark.parametrize(("head", "body", "expected"), SHAPES)
def test_a_word_file_whose_head_is_set_with_tabs(
    tmp_path: Path, head: tuple[tuple[str, str], ...], body: tuple[str, ...], expected: dict[str, Any]
) -> None:
    path = made.word(tmp_path / "x", *("\t".join(line) for line in head), *body)
    assert values(propose(path, Content.DOCX, name="a.docx")) == expected


def test_a_scan_has_no_text(tmp_path: Path) -> None:
    found = propose(made.pdf(tmp_path / "x", [[]]), Content.PDF, name="quét.pdf")
    assert values(found) == {}
    assert [(one.kind, one.place.file, one.place.page) for one in found.doubts] == [
        ("first_page_without_text", "quét.pdf", 1)
    ]


def test_other_files_propose_nothing(tmp_path: Path) -> None:
    assert propose(made.picture(tmp_path / "x", format="PNG"), Content.PNG, name="a") == FirstPage()


def test_a_damaged_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"%PDF-1.7 cut")
    with pytest.raises(InvalidInput) as caught:
        propose(tmp_path / "x", Content.PDF, name="a.pdf")
    assert [one.kind for one in caught.value.problems] == ["file_damaged"]


def test_a_word_file_with_a_bomb_is_a_problem_at_its_own_name(tmp_path: Path) -> None:
    path = made.with_members(made.word(tmp_path / "x"), {"word/media/a.xml": bytes(300 * 2**20)})
    with pytest.raises(InvalidInput) as caught:
        propose(path, Content.DOCX, name="báo cáo.docx")
    assert [(one.kind, one.place.file) for one in caught.value.problems] == [("file_unpacks_too_large", "báo cáo.docx")]


def test_a_paragraph_of_endless_length_costs_no_time(tmp_path: Path) -> None:
    path = made.word(tmp_path / "x", "ngày tháng " + "." * 500_000, "Số " + "." * 500_000)
    assert values(propose(path, Content.DOCX, name="a.docx")) == {}
