"""PDF files with a text layer through pdfplumber: the ruled tables of each page as grids, the lines outside them as
paragraphs.

A table that goes on on the next page comes as the next grid, marked ``continues`` where it is the first thing on its
page. Page
numbers are left out. A PDF of scanned pages has no text: it is refused, not read as empty.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.printed_text import clean
from parindex.documents.procedure_tables import head_words as procedure_heads
from parindex.documents.procedure_tables.rows import is_heading
from parindex.documents.readers import limits
from parindex.documents.readers.aligned_columns import Columns, Line, Piece
from parindex.documents.readers.aligned_tables import AlignedTable, aligned_tables
from parindex.documents.readers.figure_tables import FigureColumns, FigureTable, Telling, figure_tables
from parindex.documents.satisfaction_tables import head_words as satisfaction_heads
from parindex.domain.errors import InvalidInput, Place, Problem

Progress = Callable[[int, int], None]
Box = tuple[float, float, float, float]

_PAGE_NUMBER = re.compile(r"^(?:trang|page)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?$", re.IGNORECASE)
#: A column of a table is at least one line of text high.
_LEAST_HEIGHT = 8
#: A space between columns, in heights of a line; one between words is about a quarter.
_WIDE_SPACE = 0.7
_SNAP: dict[str, Any] = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 4}


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Grids and paragraphs page by page.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``file_damaged``, ``file_encrypted``,
    ``file_without_text`` (scanned),
    ``too_many_pages``, ``too_many_cells``, ``file_unpacks_too_large``.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns about every odd font of an otherwise readable file
    if b"%PDF-" not in data[:1024]:
        raise limits.refused(path, "file_damaged", reason="no PDF header")
    limits.require_safe_pdf(path, data)
    try:
        return _pages(path, data, progress)
    except InvalidInput:
        raise
    except (PdfminerException, PDFException) as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        kind = "file_encrypted" if isinstance(cause, PDFPasswordIncorrect) else "file_damaged"
        raise limits.refused(path, kind, reason=type(cause).__name__) from None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None


def _pages(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    blocks: list[Block] = []
    doubts: list[Problem] = []
    cells = characters = 0
    columns: Columns | FigureColumns | None = None
    with pdfplumber.open(BytesIO(data)) as pdf:
        pages = len(pdf.pages)
        if pages > limits.MAX_PAGES:
            raise limits.refused(path, "too_many_pages", pages=pages, limit=limits.MAX_PAGES)
        for number, page in enumerate(pdf.pages, start=1):
            place = Place(file=path.name, page=number)
            found, columns, unsure = _page_blocks(page, place, columns)
            doubts.extend(unsure)
            characters += len(page.chars)
            if not page.chars:
                doubts.append(Problem("page_without_text", place))
            cells += sum(len(row) for block in found if isinstance(block, Grid) for row in block.rows)
            if cells > limits.MAX_CELLS:
                raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
            blocks.extend(found)
            page.close()
            if progress is not None:
                progress(number, pages)
    if characters == 0:
        raise limits.refused(path, "file_without_text", pages=pages)
    return blocks, doubts


def _page_blocks(
    page: Any, place: Place, columns: Columns | FigureColumns | None
) -> tuple[list[Block], Columns | FigureColumns | None, Sequence[Problem]]:
    """Paragraphs and grids of one page from top to bottom; ``columns`` are those of a table without lines on the page
    before.
    """
    tables = [
        table for table in page.find_tables(_settings(page)) if len(table.rows) > 1 or len(table.rows[0].cells) > 1
    ]
    if not tables:
        lines = _spaced_lines(page)
        aligned: Sequence[AlignedTable | FigureTable] = figure_tables(
            lines, place, _MEASURED, columns if isinstance(columns, FigureColumns) else None
        ) or aligned_tables(lines, place, exact=True, known=columns if isinstance(columns, Columns) else None)
        if aligned:
            doubts = [doubt for table in aligned for doubt in table.doubts]
            return _aligned_blocks(lines, aligned, place), aligned[-1].columns, doubts
    boxes: list[Box] = [table.bbox for table in tables]
    placed: list[tuple[float, Block]] = []
    for line in _lines_outside(page, boxes):
        text = clean(line["text"])
        if text and not _PAGE_NUMBER.match(text):
            placed.append((line["top"], Paragraph(text, place)))
    first_text = min((top for top, _ in placed), default=float("inf"))
    for table in tables:
        first = table.bbox[1] < first_text and table.bbox[1] == min(box[1] for box in boxes)
        placed.append((table.bbox[1], _grid(table, place, continues=first and (place.page or 1) > 1)))
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])], None, ()


def _spaced_lines(page: Any) -> list[Line]:
    """The lines of a page, the words of each put together where no wide space parts them; no page numbers."""
    words = sorted(page.extract_words(x_tolerance=2, y_tolerance=2), key=lambda word: (word["top"], word["x0"]))
    rows: list[list[Any]] = []
    for word in words:
        if rows and abs(word["top"] - rows[-1][0]["top"]) < (word["bottom"] - word["top"]) / 4:
            rows[-1].append(word)
        else:
            rows.append([word])
    out = []
    for row in rows:
        pieces: list[Piece] = []
        for word in sorted(row, key=lambda word: word["x0"]):
            wide = (word["bottom"] - word["top"]) * _WIDE_SPACE
            if pieces and word["x0"] - pieces[-1].right < wide:
                pieces[-1] = Piece(pieces[-1].left, word["x1"], f"{pieces[-1].text} {word['text']}")
            else:
                pieces.append(Piece(word["x0"], word["x1"], word["text"]))
        line = Line((row[0]["top"] + row[0]["bottom"]) / 2, tuple(pieces))
        if not _PAGE_NUMBER.match(clean(line.text)):
            out.append(line)
    return out


def _named(rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """The columns that the first row names as the head of a table of other measurements."""
    evaluation = procedure_heads.find_head(rows)
    if evaluation is not None and evaluation.first == 0:
        return frozenset(evaluation.columns)
    satisfaction = satisfaction_heads.find_head(rows)
    if satisfaction is None or satisfaction.first:
        return frozenset()
    columns = (satisfaction.title, *satisfaction.figures, satisfaction.code, satisfaction.difference)
    return frozenset(at for at in columns if at is not None)


_MEASURED = Telling(_named, is_heading)


def _aligned_blocks(lines: Sequence[Line], tables: Sequence[AlignedTable | FigureTable], place: Place) -> list[Block]:
    """The grids of tables without lines, and the lines around them as paragraphs."""
    blocks: list[Block] = []
    at = 0
    for table in tables:
        blocks.extend(Paragraph(clean(line.text), place) for line in lines[at : table.first])
        blocks.append(replace(table.grid, continues=table.grid.continues and not blocks))
        at = table.end
    blocks.extend(Paragraph(clean(line.text), place) for line in lines[at:])
    return blocks


def _settings(page: Any) -> dict[str, Any]:
    """Where to look for cells: the ruled lines, and a closing line at each end of the vertical ones.

    A table that goes on on another page is often left open where the page ends; its row there is a row all the same.
    """
    spans: list[tuple[float, float]] = []
    for edge in sorted((edge for edge in page.edges if edge["orientation"] == "v"), key=lambda edge: edge["top"]):
        if spans and edge["top"] <= spans[-1][1] + _SNAP["snap_tolerance"]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], edge["bottom"]))
        else:
            spans.append((edge["top"], edge["bottom"]))
    ends = [end for span in spans if span[1] - span[0] > _LEAST_HEIGHT for end in span]
    return _SNAP | {"explicit_horizontal_lines": ends}


def _lines_outside(page: Any, boxes: list[Box]) -> list[dict[str, Any]]:
    def outside(thing: dict[str, Any]) -> bool:
        middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(x0 <= middle_x <= x1 and top <= middle_y <= bottom for x0, top, x1, bottom in boxes)

    prose = page.filter(lambda thing: thing["object_type"] != "char" or outside(thing)) if boxes else page
    lines: list[dict[str, Any]] = prose.extract_text_lines(return_chars=False) if prose.chars else []
    return lines


def _grid(table: Any, place: Place, *, continues: bool) -> Grid:
    """The cells of one ruled table; a position without a cell of its own is covered by a merged one."""
    texts = table.extract(x_tolerance=2)
    rows = tuple(
        tuple(
            Cell("" if text is None else clean(text), place, covered=text is None) for text in row[: limits.MAX_COLUMNS]
        )
        for row in texts
    )
    return Grid(rows, place, continues)
