"""What Word keeps in a file besides what it prints, and where it keeps what it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.integration.documents.word_files import ROWS, cell, criteria, row, run, sdt, table, write

from parindex.documents.read_paper import read_paper
from parindex.domain.errors import InvalidInput

AS_WRITTEN = [(code, title, int(points)) for code, title, points in ROWS]
HEAD_ROW, *DATA_ROWS = [row(("STT", "Tiêu chí", "Điểm tối đa")), *map(row, ROWS)]
RAISED = '<w:vertAlign w:val="superscript"/>'


def _read(path: Path) -> tuple[list[tuple[str, str, object]], list[tuple[str, str | None, str]]]:
    """The rows of the only table, and kind, cell and text of every doubt of the reader."""
    paper = read_paper(path)
    (found,) = paper.tables
    doubts = [(one.kind, one.place.cell, one.facts["text"]) for one in paper.doubts if "text" in one.facts]
    return [(one.code, one.title, one.max_points) for one in found.rows], doubts


def _last_cell_spans(columns: str) -> str:
    points = cell(run("3"), f'<w:gridSpan w:val="{columns}"/>')
    return table([HEAD_ROW, *DATA_ROWS[:-1], row(["1.2", "Thực hiện kế hoạch", points])])


@pytest.mark.parametrize(
    "body",
    [
        table([HEAD_ROW, *DATA_ROWS[:-1], sdt(DATA_ROWS[-1])]),
        table([HEAD_ROW, sdt(sdt("".join(DATA_ROWS)))]),
        table([HEAD_ROW, f'<w:customXml w:element="x">{"".join(DATA_ROWS)}</w:customXml>']),
        table([HEAD_ROW, f'<w:ins w:id="1" w:author="a">{"".join(DATA_ROWS)}</w:ins>']),
        table([HEAD_ROW, *DATA_ROWS[:-1], row(["1.2", sdt(cell(run("Thực hiện kế hoạch"))), "3"])]),
        sdt(sdt(criteria())),
        f'<w:customXml w:element="x">{criteria()}</w:customXml>',
        table([row([cell(criteria() + "<w:p/>")])], columns=1),
        table([row([cell(f"<w:p>{run('Phụ lục')}</w:p>" + sdt(criteria()) + "<w:p/>"), "ghi chú"])], columns=2),
        table(
            [HEAD_ROW, *DATA_ROWS[:-1], row(["1.2", "Thực hiện kế hoạch", cell(run("3"), '<w:gridSpan w:val="900"/>')])]
        ),
        table(
            [HEAD_ROW, *DATA_ROWS[:-1], row(["1.2", "Thực hiện kế hoạch", cell(run("3"), '<w:gridSpan w:val="-4"/>')])]
        ),
        f"<w:p><w:r><w:pict><w:txbxContent>{criteria()}</w:txbxContent></w:pict></w:r></w:p>",
    ],
    ids=[
        "row",
        "rows",
        "custom",
        "inserted",
        "cell",
        "table",
        "custom table",
        "layout",
        "page",
        "wide",
        "negative",
        "box",
    ],
)
def test_nothing_is_lost_in_a_wrapper(tmp_path: Path, body: str) -> None:
    assert _read(write(tmp_path / "a.docx", body)) == (AS_WRITTEN, [])


@pytest.mark.parametrize(
    ("points", "doubt"),
    [
        (run("5", "<w:strike/>") + run("3"), ("struck_text_left_out", "C4", "5")),
        (run("3") + run("0", '<w:dstrike w:val="1"/>'), ("struck_text_left_out", "C4", "0")),
        (run("3") + run("1", "<w:vanish/>"), ("hidden_text_left_out", "C4", "1")),
        (f"<w:moveFrom>{run('7')}</w:moveFrom><w:moveTo>{run('3')}</w:moveTo>", ("deleted_text_left_out", "C4", "7")),
        (f"<w:del><w:r><w:delText>5</w:delText></w:r></w:del>{run('3')}", ("deleted_text_left_out", "C4", "5")),
        (run("3") + run("1", RAISED), ("note_mark_left_out", "C4", "1")),
        (run("3") + run("(2)", RAISED), ("note_mark_left_out", "C4", "(2)")),
        (run("3") + '<w:r><w:footnoteReference w:id="2"/></w:r>', ("note_left_out", "C4", "3")),
    ],
)
def test_what_is_not_printed_is_left_out_and_said(tmp_path: Path, points: str, doubt: tuple[str, str, str]) -> None:
    assert _read(write(tmp_path / "a.docx", criteria(points))) == (AS_WRITTEN, [doubt])


def test_marks_that_are_switched_off_leave_the_text(tmp_path: Path) -> None:
    off = '<w:strike w:val="0"/><w:vanish w:val="false"/><w:vertAlign w:val="baseline"/>'
    assert _read(write(tmp_path / "a.docx", criteria(run("3", off)))) == (AS_WRITTEN, [])


def test_raised_digits_of_a_unit_stay(tmp_path: Path) -> None:
    title = run("Thực hiện trên 500 m") + run("2", RAISED)
    rows, doubts = _read(write(tmp_path / "a.docx", criteria(title=title)))
    assert (rows[-1][1], doubts) == ("Thực hiện trên 500 m2", [])


@pytest.mark.parametrize(
    ("properties", "kind"), [("<w:del/>", "deleted_text_left_out"), ("<w:hidden/>", "hidden_text_left_out")]
)
def test_a_row_that_is_not_printed(tmp_path: Path, properties: str, kind: str) -> None:
    rows = [HEAD_ROW, *DATA_ROWS, row(["1.3", "Việc cũ", "9"], properties)]
    assert _read(write(tmp_path / "a.docx", table(rows))) == (AS_WRITTEN, [(kind, None, "1.3 | Việc cũ | 9")])


def test_alternatives_are_read_once(tmp_path: Path) -> None:
    """A text box stands in the file twice: for new programs and for old ones."""
    box = f"<w:txbxContent><w:p>{run('theo quý')}</w:p></w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    branches = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    both = f"<mc:AlternateContent {namespace}>{branches}</mc:AlternateContent>"
    rows, _ = _read(write(tmp_path / "a.docx", criteria(title=f"{run('Thực hiện kế hoạch')}<w:r>{both}</w:r>")))
    assert rows[-1][1] == "Thực hiện kế hoạch theo quý"


def test_a_table_that_is_hidden_is_named_with_the_refusal(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", table([row(["STT", "Tiêu chí", "Điểm"], "<w:hidden/>")]))
    with pytest.raises(InvalidInput) as refusal:
        read_paper(path)
    assert [one.kind for one in refusal.value.problems] == ["no_table", "hidden_text_left_out"]


@pytest.mark.parametrize("inner", ['<!ENTITY a "b">', '<!ENTITY a SYSTEM "file:///etc/hostname">', ""])
def test_a_document_type_is_refused(tmp_path: Path, inner: str) -> None:
    path = write(tmp_path / "a.docx", criteria(), prolog=f"<!DOCTYPE d [{inner}]>")
    with pytest.raises(InvalidInput) as refusal:
        read_paper(path)
    assert [one.kind for one in refusal.value.problems] == ["file_with_entities"]
