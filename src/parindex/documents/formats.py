"""Which reader reads which extension, and the files that are refused before any reader sees them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from parindex.documents.papers import Block
from parindex.documents.readers import contents, docx, limits, pdf, text, workbook
from parindex.domain.errors import Problem

#: Called with (done, all): sheets, pages, lines or body parts read.
Progress = Callable[[int, int], None]
Reader = Callable[[Path, bytes, Progress | None], tuple[list[Block], list[Problem]]]

READERS: dict[str, Reader] = {
    ".xlsx": workbook.read,
    ".xlsm": workbook.read,
    ".xls": workbook.read,
    ".ods": workbook.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".txt": text.read,
    ".tsv": text.read,
    ".csv": text.read_delimited,
}


def read_blocks(path: Path, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """The grids and paragraphs of a file, with the doubts of its reader.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``unknown_extension`` (facts ``extension``, ``known``),
    ``extension_differs`` (fact ``content``), and what :mod:`~parindex.documents.readers.limits` and the reader of the format refuse.
    """
    extension = path.suffix.lower()
    reader = READERS.get(extension)
    if reader is None:
        raise limits.refused(path, "unknown_extension", extension=extension, known=sorted(READERS))
    data = limits.file_bytes(path)
    content = contents.content_of(data)
    # An encrypted Word file or workbook looks like neither: its reader says so.
    if contents.differs(extension, content) and not (limits.is_compound(data) and limits.is_encrypted_compound(data)):
        raise limits.refused(path, "extension_differs", content=content)
    return reader(path, data, progress)
