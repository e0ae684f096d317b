"""Papers with one fault each: what is refused, what is read with a doubt; never silence, never a stack trace."""

from __future__ import annotations

import json
import zipfile
import zlib
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from parindex.documents.read_paper import read_paper
from parindex.documents.readers import limits
from parindex.domain.errors import InvalidInput, Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "papers"
PAPERS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")


def _as_data(problems: list[Problem]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "place": one.place.as_data(), "facts": one.facts} for one in problems]


def _outcome(path: Path) -> dict[str, Any]:
    """What reading a paper gives: the problems it is refused for, or its rows and every doubt."""
    try:
        paper = read_paper(path)
    except InvalidInput as refusal:
        return {"refused": _as_data(refusal.problems)}
    return {
        "rows": [
            [row.code, row.title, None if row.max_points is None else str(row.max_points)]
            for table in paper.tables
            for row in table.rows
        ],
        "doubts": _as_data([*paper.doubts, *(doubt for table in paper.tables for doubt in table.doubts)]),
    }


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    """Each file beside its expected outcome (``<file>.json``)."""
    expected = json.loads(path.with_name(path.name + ".json").read_text("utf-8"))
    assert json.loads(json.dumps(_outcome(path), ensure_ascii=False)) == expected


def _kinds(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as refusal:
        read_paper(path)
    return [problem.kind for problem in refusal.value.problems]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert _kinds(tmp_path / "none.xlsx") == ["file_not_found"]


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "paper.docx"
    folder.mkdir()
    assert _kinds(folder) == ["is_a_folder"]


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("x" * 100)
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 99)
    assert _kinds(path) == ["file_too_large"]


@pytest.mark.parametrize("extension", ["xlsx", "ods", "docx"])
def test_an_archive_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extension: str) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 10**6)
    path = tmp_path / f"bomb.{extension}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b"0" * (10**6 + 1))
    assert path.stat().st_size < 10_000
    assert _kinds(path) == ["file_unpacks_too_large"]


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    """The declared size is small, the stream is not: the checksum fails before any reader sees it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b"0" * 10**6)
    data = buffer.getvalue().replace((10**6).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path = tmp_path / "lie.ods"
    path.write_bytes(data)
    assert _kinds(path) == ["file_damaged"]


def test_a_pdf_stream_that_inflates_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 10**6)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(b"%PDF-1.4\nstream\n" + zlib.compress(b"0" * (3 * 10**6)) + b"\nendstream")
    assert _kinds(path) == ["file_unpacks_too_large"]


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    path = tmp_path / "encrypted.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("user", "owner"))
    canvas.drawString(100, 700, "1.1")
    canvas.save()
    assert _kinds(path) == ["file_encrypted"]


def test_a_scanned_pdf(tmp_path: Path) -> None:
    path = tmp_path / "scanned.pdf"
    canvas = Canvas(str(path))
    canvas.rect(100, 100, 200, 200)
    canvas.save()
    assert _kinds(path) == ["file_without_text"]


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 1)
    path = tmp_path / "long.pdf"
    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawString(100, 700, "1.1")
        canvas.showPage()
    canvas.save()
    assert _kinds(path) == ["too_many_pages"]


@pytest.mark.parametrize("extension", ["txt", "csv", "xlsx"])
def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extension: str) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 10)
    path = tmp_path / f"wide.{extension}"
    if extension == "xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for row in range(4):
                sheet.write_row(row, 0, "abcd")
    else:
        mark = "\t" if extension == "txt" else ";"
        path.write_text("\n".join(mark.join("abcd") for _ in range(4)))
    assert _kinds(path) == ["too_many_cells"]


def test_a_hidden_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "paper.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Bảng")
        for r, row in enumerate([["STT", "Tiêu chí", "Điểm"], ["1", "LĨNH VỰC", "2"], ["1.1", "Kế hoạch", "2"]]):
            sheet.write_row(r, 0, row)
        hidden = book.add_worksheet("Cũ")
        hidden.write(0, 0, "STT")
        hidden.hide()
    paper = read_paper(path)
    assert [(doubt.kind, doubt.place.sheet) for doubt in paper.doubts] == [("hidden_sheet_left_out", "Cũ")]
    assert [row.max_points for row in paper.tables[0].rows] == [Fraction(2), Fraction(2)]
