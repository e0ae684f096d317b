"""Word files (.docx) through python-docx: paragraphs and tables in the order of the body.

Content controls, text boxes and tables inside tables are read where they stand. What is not printed (struck out,
hidden, deleted) is left out and named as a doubt. Automatic numbering is text that the file does not hold; it is
counted anew from the numbering definitions, because many tables number their rows with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from parindex.documents.papers import Block, Paragraph
from parindex.documents.readers import limits
from parindex.documents.readers.docx_numbering import Numbering
from parindex.documents.readers.docx_tables import Surroundings, cells_of, grid_of, is_layout, own_tables, rows_of
from parindex.documents.readers.docx_text import Doubts, Element, RunMarks, printed_children, text_boxes
from parindex.domain.errors import Place, Problem

Progress = Callable[[int, int], None]

_MAIN = "word/document.xml"
_PARTS = frozenset(map(qn, ("w:p", "w:tbl", "w:altChunk")))


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Paragraphs and tables of the body, with a doubt for everything that was left out.

    Raises :class:`~parindex.domain.errors.InvalidInput` (``file_encrypted``, ``file_damaged``,
    ``file_unpacks_too_large``, ``file_with_entities``, ``too_many_cells``, ``too_many_paragraphs``).
    """
    limits.require_safe_archive(path, data)
    limits.require_few_marks(path, data, _MAIN)
    try:
        document = docx.Document(BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None
    # The archive was searched for declarations already; one in an encoding of its own is seen only here.
    if document.element.getroottree().docinfo.doctype:
        raise limits.refused(path, "file_with_entities")
    doubts = Doubts(Place(file=path.name))
    whole = Surroundings(path, Numbering.of(document), RunMarks.of(document), doubts)
    blocks: list[Block] = []
    cells = 0
    parts = [part for part in printed_children(document.element.body, doubts) if part.tag in _PARTS]
    if len(parts) > limits.MAX_PARAGRAPHS:
        raise limits.refused(path, "too_many_paragraphs", limit=limits.MAX_PARAGRAPHS)
    for number, part in enumerate(parts, start=1):
        whole.at(number)
        for block in _blocks(part, whole, number):
            cells += sum(len(row) for row in block.rows) if not isinstance(block, Paragraph) else 0
            if cells > limits.MAX_CELLS:
                raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
            blocks.append(block)
        if progress is not None:
            progress(number, len(parts))
    return blocks, doubts.problems()


def _blocks(part: Element, whole: Surroundings, line: int) -> Iterator[Block]:
    """The blocks of one part of the body: a paragraph with its text boxes, a table with the tables inside it."""
    if part.tag == qn("w:p"):
        text = whole.text(part)
        if text:
            yield Paragraph(text, Place(file=whole.path.name, line=line))
        for box in text_boxes(part):
            yield from _blocks_within(box, whole, line)
    elif part.tag == qn("w:tbl"):
        inner = own_tables(part)
        if inner and is_layout(part):
            for row in rows_of(part, whole.doubts):
                for cell in cells_of(row, whole.doubts):
                    yield from _blocks_within(cell, whole, line)
            return
        yield grid_of(part, whole, line)
        for table in inner:
            yield from _blocks(table, whole, line)
    elif part.tag == qn("w:altChunk"):
        whole.doubts.add("embedded_part_left_out", part.get(qn("r:id"), "?"))


def _blocks_within(element: Element, whole: Surroundings, line: int) -> Iterator[Block]:
    for part in printed_children(element, whole.doubts):
        yield from _blocks(part, whole, line)
