"""Word tables as grids: merged cells stand once, at their top left; what a cell holds of other tables is told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from docx.oxml.ns import qn

from parindex.documents.papers import Cell, Grid
from parindex.documents.readers import limits
from parindex.documents.readers.docx_numbering import Numbering
from parindex.documents.readers.docx_text import (
    ALTERNATE,
    DELETIONS,
    Doubts,
    Element,
    RunMarks,
    all_text,
    is_on,
    paragraph_text,
    printed_children,
    text_boxes,
)
from parindex.documents.readers.sheet_cells import cell_name
from parindex.domain.errors import Place

#: A table in a cell is one of its own from this size on; a smaller one is text of its cell.
_OWN_COLUMNS, _OWN_ROWS = 3, 3
#: A table that holds other tables and is not larger than this only lays out the page.
_LAYOUT_COLUMNS, _LAYOUT_ROWS = 2, 2


@dataclass(slots=True)
class Surroundings:
    """What reading a part of a document needs to know of the whole."""

    path: Path
    numbering: Numbering
    marks: RunMarks
    doubts: Doubts

    def at(self, line: int, cell: str | None = None) -> None:
        """Doubts that follow stand in the part ``line`` of the body."""
        self.doubts.place = Place(file=self.path.name, cell=cell, line=line)

    def text(self, paragraph: Element) -> str:
        """The text of a paragraph with the number that Word prints before it."""
        label = self.numbering.label(paragraph)
        text = paragraph_text(paragraph, self.marks, self.doubts)
        return f"{label} {text}".strip() if label else text


def rows_of(table: Element, doubts: Doubts) -> Iterator[Element]:
    """The printed rows of ``table``; deleted and hidden ones are noted as left out."""
    for row in printed_children(table, doubts):
        if row.tag != qn("w:tr"):
            continue
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            doubts.add("deleted_text_left_out", _row_text(row))
        elif properties is not None and _is_hidden(properties.find(qn("w:hidden"))):
            doubts.add("hidden_text_left_out", _row_text(row))
        else:
            yield row


def _row_text(row: Element) -> str:
    return " | ".join(filter(None, (all_text(cell).strip() for cell in row.iter(qn("w:tc")))))


def _is_hidden(element: Element | None) -> bool:
    return element is not None and is_on(element.get(qn("w:val"), "true"))


def cells_of(row: Element, doubts: Doubts) -> list[Element]:
    """The cells of ``row``, also those inside content controls."""
    return [cell for cell in printed_children(row, doubts) if cell.tag == qn("w:tc")]


def own_tables(table: Element) -> list[Element]:
    """The tables inside the cells of ``table`` that are tables of their own, in reading order."""
    return [inner for inner in _inner_tables(table) if _is_own(inner)]


def _inner_tables(element: Element) -> Iterator[Element]:
    for child in element.iterchildren():
        if child.tag == qn("w:tbl"):
            yield child
        elif child.tag == ALTERNATE:
            for chosen in list(child)[:1]:  # the other branches hold the same again
                yield from _inner_tables(chosen)
        elif child.tag not in DELETIONS:
            yield from _inner_tables(child)


def _is_own(table: Element) -> bool:
    unheard = Doubts(Place())
    counts = [len(cells_of(row, unheard)) for row in rows_of(table, unheard)]
    large = len(counts) >= _OWN_ROWS and max(counts, default=0) >= _OWN_COLUMNS
    return large or any(_is_own(inner) for inner in _inner_tables(table))


def is_layout(table: Element) -> bool:
    """Whether ``table`` only puts other tables side by side or into a frame."""
    unheard = Doubts(Place())
    counts = [len(cells_of(row, unheard)) for row in rows_of(table, unheard)]
    return len(counts) <= _LAYOUT_ROWS or max(counts, default=0) <= _LAYOUT_COLUMNS


def grid_of(table: Element, whole: Surroundings, line: int) -> Grid:
    """The table as a rectangle: cells that span columns or go on from the row above are covered ones."""
    place = Place(file=whole.path.name)
    printed = list(rows_of(table, whole.doubts))
    widest = _widest(table, printed)
    rows: list[list[Cell]] = []
    total = 0
    for number, row in enumerate(printed):
        rows.append(_row_cells(row, whole, line, number, widest))
        total += len(rows[-1])
        if total > limits.MAX_CELLS or len(rows[-1]) > limits.MAX_COLUMNS:
            raise limits.refused(whole.path, "too_many_cells", limit=limits.MAX_CELLS)
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > limits.MAX_CELLS:
        raise limits.refused(whole.path, "too_many_cells", limit=limits.MAX_CELLS)
    for filled in rows:
        filled.extend(Cell("", place, covered=True) for _ in range(width - len(filled)))
    whole.at(line)
    return Grid(tuple(map(tuple, rows)), place)


def _widest(table: Element, rows: list[Element]) -> int:
    """How many columns a cell can span at most: a span may claim more than the table has."""
    unheard = Doubts(Place())
    declared = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
    return max([declared, *(len(cells_of(row, unheard)) for row in rows)])


def _row_cells(row: Element, whole: Surroundings, line: int, number: int, widest: int) -> list[Cell]:
    place = Place(file=whole.path.name)
    covered = Cell("", place, covered=True)
    cells = [covered] * min(_span(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")), widest)
    whole.at(line, cell_name(number, 0))
    for cell in cells_of(row, whole.doubts):
        whole.at(line, cell_name(number, len(cells)))
        properties = cell.find(qn("w:tcPr"))
        span, goes_on = 1, False
        if properties is not None:
            span = max(1, min(_span(properties.find(qn("w:gridSpan"))), widest))
            goes_on = any(_goes_on(properties.find(qn(tag))) for tag in ("w:vMerge", "w:hMerge"))
        text = _cell_text(cell, properties, whole)
        cells.append(replace(covered, text=text, covered=goes_on and not text))
        cells.extend([covered] * (span - 1))
    return cells


def _goes_on(merge: Element | None) -> bool:
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _cell_text(cell: Element, properties: Element | None, whole: Surroundings) -> str:
    if properties is not None and properties.find(qn("w:cellDel")) is not None:
        whole.doubts.add("deleted_text_left_out", all_text(cell))
        return ""
    return "\n".join(filter(None, _lines(cell, whole)))


def _lines(element: Element, whole: Surroundings) -> Iterator[str]:
    """The paragraphs of a cell with those of its text boxes and of small tables in it."""
    for child in printed_children(element, whole.doubts):
        if child.tag == qn("w:p"):
            yield whole.text(child)
            for box in text_boxes(child):
                yield from _lines(box, whole)
        elif child.tag == qn("w:tbl") and not _is_own(child):
            for row in rows_of(child, whole.doubts):
                for cell in cells_of(row, whole.doubts):
                    yield from _lines(cell, whole)


def _span(element: Element | None) -> int:
    value = element.get(qn("w:val"), "0") if element is not None else "0"
    return min(int(value), limits.MAX_COLUMNS) if value.isdecimal() and len(value) < 10 else 0
