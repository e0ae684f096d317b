"""Which reader reads which extension, and the files that are refused before any reader sees them.

A reader is loaded when a file needs it: what only asks which files are papers does not wait for the libraries behind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path, PurePath

from parindex.documents.papers import Block
from parindex.documents.readers import contents, limits
from parindex.domain.errors import InvalidInput, Place, Problem

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


#: What Word calls documents and templates that carry macros.
_WORD_WITH_MACROS = frozenset({".docm", ".dotm"})

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


def refused_name(name: str, known: Collection[str] = ()) -> Problem | None:
    """Why a file of this name is not taken, whatever is in it: ``word_with_macros``, ``unknown_extension`` (facts
    ``extension``, ``known``); None for one that is. ``known``: the extensions that are (default: those with a reader).
    """
    extension = PurePath(name).suffix.lower()
    if extension in _WORD_WITH_MACROS:
        return Problem("word_with_macros", Place(file=name))
    taken = list(known) or sorted(READERS)
    if extension not in taken:
        return Problem("unknown_extension", Place(file=name), {"extension": extension, "known": taken})
    return None


def read_blocks(path: Path, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """The grids and paragraphs of a file, with the doubts of its reader.

    Raises :class:`~parindex.domain.errors.InvalidInput`: those of :func:`refused_name`, ``extension_differs`` (fact
    ``content``), and what
    :mod:`~parindex.documents.readers.limits` and the reader of the format refuse.
    """
    problem = refused_name(path.name or str(path))
    if problem is not None:
        raise InvalidInput([problem])
    extension = path.suffix.lower()
    data = limits.file_bytes(path)
    content = contents.content_of(data)
    # An encrypted Word file or workbook looks like neither: its reader says so.
    if contents.differs(extension, content) and not (limits.is_compound(data) and limits.is_encrypted_compound(data)):
        raise limits.refused(path, "extension_differs", content=content)
    blocks, doubts = READERS[extension](path, data, progress)
    if limits.holds_macros(data):
        doubts = [Problem("macros_not_run", Place(file=path.name)), *doubts]
    return blocks, doubts
