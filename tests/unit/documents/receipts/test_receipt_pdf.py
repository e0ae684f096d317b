"""The receipt as PDF: the same bytes again, hostile texts as they stand, several pages, the marks of a paper."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFile
from tests.unit.documents.receipts.receipts_made import many_areas, receipt

import parindex
from parindex.documents.official_papers import typesetting as module
from parindex.documents.receipts.paper import ReceiptPaper
from parindex.documents.receipts.receipt_pdf import receipt_pdf
from parindex.wording.receipt_papers import receipt_paper

FONTS = sorted((Path(parindex.__file__).parent / "data" / "fonts").glob("*.ttf"))
ROOT = Path(__file__).parents[4]
HOSTILE = '#panic("x") *đậm* _n_ $x^2$ @ref <lb> // c /* */ `raw` \\u{41} [#read("/etc/passwd")] "q" --- ...'


def pages(paper: ReceiptPaper) -> list[str]:
    """The text of every page; without the marks at which a long word may break."""
    document = pypdfium2.PdfDocument(receipt_pdf(paper))
    texts = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.replace("\u200b", "").split()) for text in texts]


def test_the_same_paper_is_the_same_file() -> None:
    assert receipt_pdf(receipt_paper(receipt())) == receipt_pdf(receipt_paper(receipt()))
    assert receipt_pdf(receipt_paper(receipt())) != receipt_pdf(receipt_paper(receipt(office="Phó Giám đốc")))


def test_a_short_receipt_is_one_upright_a4_page_with_everything_in_its_order() -> None:
    document = pypdfium2.PdfDocument(receipt_pdf(receipt_paper(receipt(number="15/PXN-SNV"))))
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    (text,) = pages(receipt_paper(receipt(number="15/PXN-SNV")))
    order = [
        "ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 15/PXN-SNV", "Điện Biên, ngày 05 tháng 02 năm 2026", "PHIẾU XÁC NHẬN NỘP PHIẾU CHẤM ĐIỂM",
        "Cải cách thủ tục hành chính 12 8,5 7,5 1 0", "Tổng cộng 20 18,5 15,125 1 2", "≈ 84,02778%", "SHA-256",
        "Nơi nhận:", "NGƯỜI KÝ NỘP GIÁM ĐỐC", "Họ Và Tên",
    ]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_on_several_pages_heads_repeat_and_pages_are_numbered_from_the_second() -> None:
    first, *others = pages(receipt_paper(receipt(areas=many_areas(90))))
    assert len(others) >= 2
    assert not re.match(r"\d", first)
    for number, text in enumerate(others, start=2):
        assert text.startswith(f"{number} TT Lĩnh vực Số mục Điểm tối đa")
    assert "Lĩnh vực 90 5 5 4 0 0 Tổng cộng" in others[-1]


@pytest.mark.parametrize("count", range(1, 45))
def test_the_signature_is_never_alone_on_a_page(count: int) -> None:
    last = pages(receipt_paper(receipt(areas=many_areas(count))))[-1]
    assert "Cách kiểm chứng" in last
    assert last.endswith("Họ Và Tên")


def test_markup_in_texts_is_printed_as_it_stands() -> None:
    areas = (replace(receipt().areas[0], title=HOSTILE), receipt().areas[1])
    paper = receipt_paper(receipt(areas=areas, unit=HOSTILE, recipients=(HOSTILE,)))
    assert " ".join(pages(paper)).replace(" ", "").count(HOSTILE.replace(" ", "")) == 3


@settings(max_examples=25)
@given(st.lists(st.text(max_size=60), min_size=4, max_size=4))
def test_any_text_makes_a_paper(texts: list[str]) -> None:
    unit, cycle, signer, number = texts
    paper = receipt_paper(receipt(unit=unit, cycle=cycle, signer=signer, number=number))
    assert receipt_pdf(paper).startswith(b"%PDF-")


def test_a_word_without_end_stays_inside_its_column_and_the_page() -> None:
    areas = (replace(receipt().areas[0], title="Z" * 600), receipt().areas[1])
    pdf = receipt_pdf(receipt_paper(receipt(areas=areas, unit="W" * 400, signer="Q" * 90)))
    with pdfplumber.open(BytesIO(pdf)) as document:
        letters = [letter for page in document.pages for letter in page.chars if letter["text"].strip()]
    assert max(letter["x1"] for letter in letters) <= (210 - 15) / 25.4 * 72 + 0.5
    # The column of titles ends where 82 mm of figures begin.
    assert max(letter["x1"] for letter in letters if letter["text"] == "Z") <= (210 - 15 - 82) / 25.4 * 72
    assert {text: sum(letter["text"] == text for letter in letters) for text in "ZWQ"} == {
        "Z": 600, "W": 2 * 400, "Q": 90,  # the unit is named as who submitted and as recipient
    }  # fmt: skip


def test_nothing_invisible_and_nothing_that_turns_the_text_is_printed() -> None:
    (text,) = pages(receipt_paper(receipt(signer="A\u202eB\u200bC\x00D\nE\u2011F")))
    assert text.endswith("A B C D E-F")


def test_a_letter_that_the_fonts_lack_is_a_box() -> None:
    (text,) = pages(receipt_paper(receipt(signer="Tên 漢字 😀")))
    assert text.endswith("Tên □□ □")


def test_all_that_is_printed_is_in_every_face() -> None:
    assert [path.name for path in FONTS] == [
        f"LiberationSerif-{face}.ttf" for face in ("Bold", "BoldItalic", "Italic", "Regular")
    ]
    printed = {code for code in range(0x20, 0x30000) if not module._NOT_IN_FONTS.match(chr(code))}
    for path in FONTS:
        assert printed - set(TTFontFile(str(path)).charToGlyph) == set()
    assert {ord(letter) for letter in "ẾỆặđƯỹ–“”…≈−₫"} <= printed


def test_only_the_fonts_of_the_package_are_in_the_file() -> None:
    with pdfplumber.open(BytesIO(receipt_pdf(receipt_paper(receipt())))) as document:
        names = {letter["fontname"].partition("+")[2] for page in document.pages for letter in page.chars}
    assert names == {f"LiberationSerif{face}" for face in ("", "-Bold", "-Italic", "-BoldItalic")}


def test_the_file_does_not_depend_on_where_the_package_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = receipt_pdf(receipt_paper(receipt()))
    elsewhere = tmp_path / "nơi khác"
    for name in ("receipts/receipt.typ", "official_papers/layout.typ"):
        (elsewhere / name).parent.mkdir(parents=True)
        (elsewhere / name).write_bytes(Path(str(module._TEMPLATES / name)).read_bytes())
    monkeypatch.setattr(module, "_TEMPLATES", elsewhere)
    monkeypatch.chdir(elsewhere)
    assert receipt_pdf(receipt_paper(receipt())) == before


def test_a_server_that_makes_one_paper_after_another_does_not_grow() -> None:
    """Measured in a process of its own: what other tests took is not given back."""
    program = """
import resource
from tests.unit.documents.receipts.receipts_made import receipt
from parindex.documents.receipts.receipt_pdf import receipt_pdf
from parindex.wording.receipt_papers import receipt_paper

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

for _ in range(40):
    receipt_pdf(receipt_paper(receipt()))
before = most()
for _ in range(100):
    receipt_pdf(receipt_paper(receipt()))
print(most() - before)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(ran.stdout) < 12 * 1024  # kB; what typst keeps of a template given as bytes would be three times as much
