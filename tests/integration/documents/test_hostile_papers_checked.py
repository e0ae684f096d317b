"""Papers that want to stall, to fetch or to run something: refused with a clear message, or passed over, in time."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlsxwriter
from tests.papers.planted_slips import write_docx

from parindex.documents.arithmetic.bounded import MOST_LETTERS, MOST_LETTERS_OF_A_PAPER, bounded
from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.findings import CheckedPaper
from parindex.documents.formats import read_blocks
from parindex.documents.papers import Paragraph
from parindex.domain.errors import InvalidInput, Place
from parindex.wording import problems

#: Seconds of CPU for any of these files; most take hundredths.
IN_TIME = 4.0
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
TEXT = "w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@contextmanager
def in_time() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < IN_TIME


def checked(path: Path) -> CheckedPaper:
    return check_papers([PrintedPaper(path.name, read_blocks(path)[0])])[0]


def refused(path: Path) -> list[str]:
    with in_time(), pytest.raises(InvalidInput) as error:
        checked(path)
    assert all(problems.message(one) and problems.remedy(one) for one in error.value.problems)
    return [one.kind for one in error.value.problems]


def word_file(folder: Path, body: str, head: str = "") -> Path:
    """A Word file whose main part is ``body``, written by hand into one that is whole."""
    whole, path = folder / "whole.docx", folder / "bao-cao.docx"
    write_docx(whole, ["x"])
    main = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, main if name == "word/document.xml" else old.read(name))
    return path


def page(folder: Path, text: str, name: str = "trang.html") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_entities_are_not_asked_for(tmp_path: Path) -> None:
    assert refused(word_file(tmp_path, "<" + TEXT.format("&x;"), ENTITY)) == ["file_with_entities"]
    assert refused(page(tmp_path, f"{ENTITY}<p>&x;</p>")) == ["file_with_entities"]


def test_deep_nesting_and_too_many_parts_are_refused(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 2_000 + "<" + TEXT.format("x") + "</w:tc></w:tr></w:tbl>" * 2_000
    assert refused(word_file(tmp_path, deep)) == ["file_damaged"]
    assert refused(word_file(tmp_path, "<w:p/>" * 4_100_000)) == ["too_many_paragraphs"]
    assert refused(page(tmp_path, "x\n" * 110_000, "bao-cao.txt")) == ["too_many_paragraphs"]
    assert refused(page(tmp_path, "<a " * 2_100_000)) == ["too_many_paragraphs"]
    assert refused(page(tmp_path, "<table><tr><td colspan=99999 rowspan=0>1" + "<tr><td>2" * 600)) == ["too_many_cells"]
    assert refused(page(tmp_path, "chữ và số " * 310_000, "bao-cao.txt")) == ["paper_too_long"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_with_two_main_parts_is_refused(tmp_path: Path) -> None:
    """A word processor and this reader would show different ones."""
    path = word_file(tmp_path, "<" + TEXT.format("x"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", archive.read("word/document.xml"))
    assert refused(path) == ["file_with_doubled_part"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 270_000_000)
    assert refused(path) == ["file_unpacks_too_large"]


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ " + "9" * 600_000 + "/" + "8" * 600_000 + " đạt 45%",
        "1." * 300_000 + " " + "1," * 300_000,
        "(" * 100_000 + "1+2" + ")" * 100_000 + " = 3",
        "1 + " * 200_000 + "1 = 3",
        "1/2/3/4" * 100_000,
    ],
)
def test_numbers_without_end_are_passed_over(tmp_path: Path, text: str) -> None:
    with in_time():
        assert checked(page(tmp_path, text, "bao-cao.txt")).findings == ()


@pytest.mark.parametrize(
    "text", ["<!--" * 500_000, "<div>" * 100_000 + "<table><tr><td>" * 20_000 + "5", "&" * 900_000]
)
def test_pages_that_never_end_are_read_in_time(tmp_path: Path, text: str) -> None:
    with in_time():
        assert checked(page(tmp_path, text)).findings == ()


def test_macros_are_not_run_and_it_is_said(tmp_path: Path) -> None:
    macro = tmp_path / "vbaProject.bin"
    macro.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    book = tmp_path / "phieu.xlsm"
    with xlsxwriter.Workbook(str(book)) as made:
        made.add_worksheet("Bảng").write_row(0, 0, ["Tổng số", 5])
        made.add_vba_project(str(macro))
    assert [doubt.kind for doubt in read_blocks(book)[1]][:1] == ["macros_not_run"]
    assert refused(page(tmp_path, "x", "mau.docm")) == ["word_with_macros"]


def test_long_paragraphs_are_cut_behind_sentences_and_nothing_of_them_is_lost() -> None:
    text = "Tỷ lệ đạt 80,6% (29/36 TTHC). " * 1_000
    pieces = [block.text for block in bounded("x", [Paragraph(text, Place(line=1))]) if isinstance(block, Paragraph)]
    assert " ".join(piece.strip() for piece in pieces) == text.strip()
    assert all(len(piece) <= MOST_LETTERS and piece.rstrip().endswith(".") for piece in pieces)
    with pytest.raises(InvalidInput):
        bounded("x", [Paragraph("x" * (MOST_LETTERS_OF_A_PAPER + 1), Place())])
