"""A record of findings as a Word file in the layout of official papers (decree 30/2020): A4, Times New Roman, head with
issuer and motto, title in the middle, signatures at the end.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from parindex.documents.set_records.record import RecordTable, SetRecord

_FONT = "Times New Roman"
_BODY, _SMALL = Pt(13), Pt(11)


def record_docx(record: SetRecord) -> bytes:
    """The bytes of the file."""
    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, _BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(4)
    _head(paper, record)
    _line(paper, record.title, bold=True, size=Pt(14), centred=True)
    _line(paper, record.subject, bold=True, centred=True)
    for statement in record.statements:
        _line(paper, statement)
    for table in record.tables:
        _line(paper, table.title, bold=True)
        if table.rows:
            _table(paper, table)
        else:
            _line(paper, table.empty)
    for statement in record.closing:
        _line(paper, statement)
    _signatures(paper, record)
    _page_numbers(section)
    paper.core_properties.title = record.title
    paper.core_properties.author = record.issuer
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def _line(
    holder: Any, words: str, *, bold: bool = False, italic: bool = False, size: Any = None, centred: bool = False
) -> Any:
    paragraph = holder.add_paragraph()
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    if size is not None:
        run.font.size = size
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def _head(paper: Any, record: SetRecord) -> None:
    """Issuer on the left, country and motto on the right, date below."""
    table = paper.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    left.width, right.width = Mm(70), Mm(95)
    _first(left, record.superior.upper(), size=Pt(12))
    _line(left, record.issuer.upper(), bold=True, size=Pt(12), centred=True)
    _first(right, record.country.upper(), bold=True, size=Pt(12))
    _line(right, record.motto, bold=True, centred=True)
    _line(right, record.place_and_date, italic=True, centred=True)


def _first(cell: Any, words: str, *, bold: bool = False, size: Any = None) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, size
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(paper: Any, table: RecordTable) -> None:
    made = paper.add_table(rows=1, cols=len(table.heads))
    made.style = "Table Grid"
    for at, words in enumerate(table.heads):
        _cell(made.rows[0].cells[at], words, bold=True, centred=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        cells = made.add_row().cells
        for at, words in enumerate(row):
            _cell(cells[at], words, centred=at in table.numeric)
    paper.add_paragraph()


def _cell(cell: Any, words: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, _SMALL
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT


def _signatures(paper: Any, record: SetRecord) -> None:
    table = paper.add_table(rows=1, cols=len(record.signers))
    for cell, words in zip(table.rows[0].cells, record.signers, strict=True):
        _first(cell, words.upper(), bold=True)
        for _ in range(4):
            cell.add_paragraph()


def _page_numbers(section: Any) -> None:
    """The number of the page in the middle of the head line, not on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)
