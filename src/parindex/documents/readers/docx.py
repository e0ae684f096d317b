"""Word files (.docx) through python-docx: paragraphs and tables in the order of the body.

Merged cells stand once, at their top left. Deleted text (tracked changes) is left out. Automatic numbering is text
that the file
does not hold; it is counted anew from the numbering definitions, because many tables number their rows with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.printed_text import clean
from parindex.documents.readers import limits
from parindex.documents.readers.docx_numbering import Numbering
from parindex.domain.errors import Place, Problem

Progress = Callable[[int, int], None]
#: lxml elements have no useful static type.
Element = Any


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Paragraphs and tables of the body. Raises :class:`~parindex.domain.errors.InvalidInput` (``file_encrypted``,
    ``file_damaged``, ``file_unpacks_too_large``, ``too_many_cells``)."""
    limits.require_safe_archive(path, data)
    try:
        document = docx.Document(BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None
    numbering = Numbering.of(document)
    blocks: list[Block] = []
    cells = 0
    parts = list(_body_parts(document.element.body))
    for number, part in enumerate(parts):
        if part.tag == qn("w:p"):
            text = _paragraph_text(part, numbering)
            if text:
                blocks.append(Paragraph(text, Place(file=path.name, line=number + 1)))
        else:
            grid = _grid(part, path, numbering)
            cells += sum(len(row) for row in grid.rows)
            if cells > limits.MAX_CELLS:
                raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
            blocks.append(grid)
        if progress is not None:
            progress(number + 1, len(parts))
    return blocks, []


def _body_parts(element: Element) -> Iterator[Element]:
    """Paragraphs and tables below ``element``, through content controls, in reading order."""
    for child in element.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _body_parts(content)


def _paragraph_text(paragraph: Element, numbering: Numbering) -> str:
    label = numbering.label(paragraph)
    text = clean("".join(_runs(paragraph)))
    return f"{label} {text}".strip() if label else text


def _runs(paragraph: Element) -> Iterator[str]:
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag == qn("w:tab"):
            if node.getparent().tag == qn("w:r"):  # not a tab stop of the paragraph's format
                yield "\t"
        else:
            yield "-" if node.tag == qn("w:noBreakHyphen") else "\n"


def _grid(table: Element, path: Path, numbering: Numbering) -> Grid:
    """The table as a rectangle: cells that span columns or go on from the row above are covered ones."""
    rows: list[list[Cell]] = []
    place = Place(file=path.name)
    for number, row in enumerate(table.iterchildren(qn("w:tr"))):
        if number * limits.MAX_COLUMNS > limits.MAX_CELLS * 100:
            raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
        rows.append(_row_cells(row, place, numbering))
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend(Cell("", place, covered=True) for _ in range(width - len(row)))
    return Grid(tuple(map(tuple, rows)), place)


def _row_cells(row: Element, place: Place, numbering: Numbering) -> list[Cell]:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    cells = [Cell("", place, covered=True)] * _span(before)
    for cell in _row_parts(row):
        properties = cell.find(qn("w:tcPr"))
        span, goes_on = 1, False
        if properties is not None:
            span = max(1, _span(properties.find(qn("w:gridSpan"))))
            merge = properties.find(qn("w:vMerge"))
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        text = "\n".join(filter(None, (_paragraph_text(p, numbering) for p in cell.iter(qn("w:p")))))
        cells.append(Cell(text, place, covered=goes_on and not text))
        cells.extend([Cell("", place, covered=True)] * (min(span, limits.MAX_COLUMNS) - 1))
    return cells[: limits.MAX_COLUMNS]


def _row_parts(element: Element) -> Iterator[Element]:
    for child in element.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _row_parts(child)


def _span(element: Element) -> int:
    value = element.get(qn("w:val"), "0") if element is not None else "0"
    return min(int(value), limits.MAX_COLUMNS) if value.isdecimal() else 0
