"""A file under another extension than its own, and text in encodings that say nothing of themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentText
from reportlab.pdfgen.canvas import Canvas
from tests.integration.documents.word_files import criteria, write

from parindex.documents.read_paper import read_paper
from parindex.documents.readers import contents
from parindex.domain.errors import InvalidInput, Problem
from parindex.wording import problems

TABLE = "STT\tTiêu chí\tĐiểm tối đa\n1\tCÔNG KHAI\t5\n1.1\tBan hành kế hoạch\t2\n1.2\tThực hiện kế hoạch\t3\n"


def _xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "STT")


def _xls(path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("Bảng").write(0, 0, "STT")
    book.save(str(path))


def _pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(100, 700, "1.1")
    canvas.save()


def _docx(path: Path) -> None:
    write(path, criteria())


def _odt(path: Path) -> None:
    OpenDocumentText().save(str(path))


def _text(path: Path) -> None:
    path.write_text(TABLE, "utf-8")


def _html(path: Path) -> None:
    path.write_text("<html><table><tr><td>STT</td></tr></table></html>", "utf-8")


CONTENTS: dict[str, Callable[[Path], None]] = {
    ".xlsx": _xlsx, ".xls": _xls, ".pdf": _pdf, ".docx": _docx, ".odt": _odt, ".txt": _text, ".html": _html,
}  # fmt: skip
CALLED = [
    (content, extension)
    for content in CONTENTS
    for extension in (".xlsx", ".ods", ".docx", ".pdf", ".txt", ".csv")
    if contents.differs(extension, content)
]


def _refused(path: Path) -> list[Problem]:
    with pytest.raises(InvalidInput) as refusal:
        read_paper(path)
    return refusal.value.problems


@pytest.mark.parametrize(("content", "extension"), CALLED)
def test_the_true_format_is_named(tmp_path: Path, content: str, extension: str) -> None:
    made = tmp_path / f"made{content}"
    CONTENTS[content](made)
    called = tmp_path / f"called{extension}"
    shutil.copy(made, called)
    (problem,) = _refused(called)
    assert (problem.kind, problem.facts) == ("extension_differs", {"content": content})
    assert problems.message(problem) == (
        f"Nội dung tệp called{extension} không khớp với đuôi tệp: bên trong là dạng {content}."
    )


def test_no_wrong_extension_goes_unnoticed() -> None:
    assert len(CALLED) == 7 * 6 - 10  # the right ones, and the other formats of workbooks and of text


@pytest.mark.parametrize("extension", [".xlsx", ".xls", ".ods", ".docx", ".pdf"])
def test_a_damaged_file_says_nothing_of_the_program(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"damaged{extension}"
    path.write_bytes(b"\x00\x01\x02 damaged")
    (problem,) = _refused(path)
    words = f"{problems.message(problem)} {problems.remedy(problem)}"
    assert words == (
        f"Tệp damaged{extension} hỏng, bị cắt cụt hoặc không đúng định dạng của đuôi tệp. "
        "Mở tệp bằng phần mềm gốc rồi lưu lại; nếu không mở được, xin lại bản gốc."
    )


@pytest.mark.parametrize("extension", [".txt", ".csv"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(tmp_path: Path, encoding: str, extension: str) -> None:
    path = tmp_path / f"a{extension}"
    path.write_bytes(TABLE.encode(encoding))
    paper = read_paper(path)
    assert [row.max_points for row in paper.tables[0].rows] == [5, 2, 3]
    assert [(one.kind, one.facts) for one in paper.doubts] == [("encoding_guessed", {"encoding": encoding})]


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("utf-16-le")[:-1],
        TABLE.encode() + b"\x00",
        bytes(range(256)) * 8,
        "漢字\n\t数据 1".encode("utf-16-le") * 20,
        TABLE.encode("utf-32-le"),
    ],
    ids=["cut", "one zero", "bytes", "foreign", "utf-32"],
)
def test_what_only_resembles_utf16_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert [one.kind for one in _refused(path)] == ["not_text"]
