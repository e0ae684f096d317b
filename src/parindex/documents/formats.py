"""Which reader reads which extension, and the files that are refused before any reader sees them.

A reader is loaded when a file needs it: what only asks which files are papers does not wait for the libraries behind.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from parindex.documents.papers import Block
from parindex.documents.readers import contents, limits
from parindex.domain.errors import Place, Problem

#: Called with (done, all): sheets, pages, lines or body parts read.
Progress = Callable[[int, int], None]
Reader = Callable[[Path, bytes, Progress | None], tuple[list[Block], list[Problem]]]


def _workbook(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    from parindex.documents.readers import workbook

    return workbook.read(path, data, progress)


def _docx(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    from parindex.documents.readers import docx

    return docx.read(path, data, progress)


def _pdf(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    from parindex.documents.readers import pdf

    return pdf.read(path, data, progress)


def _text(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    from parindex.documents.readers import text

    return text.read(path, data, progress)


def _delimited(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    from parindex.documents.readers import text

    return text.read_delimited(path, data, progress)


def _html(path: Path, data: bytes, progress: Progress | None) -> tuple[list[Block], list[Problem]]:
    from parindex.documents.readers import html

    return html.read(path, data, progress)


READERS: dict[str, Reader] = {
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xls": _workbook,
    ".ods": _workbook,
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".txt": _text,
    ".tsv": _text,
    ".csv": _delimited,
}


def read_blocks(path: Path, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """The grids and paragraphs of a file, with the doubts of its reader.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``unknown_extension`` (facts ``extension``, ``known``),
    ``word_with_macros``, ``extension_differs`` (fact ``content``), and what
    :mod:`~parindex.documents.readers.limits` and the reader of the format refuse.
    """
    extension = path.suffix.lower()
    if extension == ".docm":
        raise limits.refused(path, "word_with_macros")
    reader = READERS.get(extension)
    if reader is None:
        raise limits.refused(path, "unknown_extension", extension=extension, known=sorted(READERS))
    data = limits.file_bytes(path)
    content = contents.content_of(data)
    # An encrypted Word file or workbook looks like neither: its reader says so.
    if contents.differs(extension, content) and not (limits.is_compound(data) and limits.is_encrypted_compound(data)):
        raise limits.refused(path, "extension_differs", content=content)
    blocks, doubts = reader(path, data, progress)
    if limits.holds_macros(data):
        doubts = [Problem("macros_not_run", Place(file=path.name)), *doubts]
    return blocks, doubts
