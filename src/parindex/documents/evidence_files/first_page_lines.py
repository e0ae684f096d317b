"""The lines of a first page in the order of reading: the left column of its head, the right one, and what follows."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parindex.documents.citations.citation import KIND_OF_CODE
from parindex.documents.evidence_files import isolated
from parindex.documents.evidence_files.page_images import Word, page_words
from parindex.documents.printed_text import clean, folded, in_capitals

_MOST_LINES = 120
_LONGEST_LINE = 2_000
#: A space between columns, in heights of a line; one between words is about a quarter.
_WIDE_SPACE = 1.0
_HEADINGS = frozenset(folded(kind) for kind in KIND_OF_CODE.values())
_ADDRESSED = re.compile(r"^Kính (?:gửi|trình)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FirstPageLines:
    """Lines without blank ones."""

    lines: tuple[str, ...]


def lines_of_docx(path: Path, name: str) -> FirstPageLines:
    """The first lines of a Word file: cell by cell, column by column where its head is a table.

    Raises :class:`~parindex.domain.errors.InvalidInput` as the reader of Word files does, and
    ``evidence_too_demanding``.
    """
    return _kept(json.loads(isolated.ask("lines_of_word_file", path, name=name).data))


def lines_of_pdf(path: Path, name: str) -> FirstPageLines:
    """The lines of the first page of a PDF; the words of its head are put into two columns by where they stand.

    Raises :class:`~parindex.domain.errors.InvalidInput` as
    :func:`~parindex.documents.evidence_files.page_images.page_words` does.
    """
    page = page_words(path, name=name)
    rows = [_pieces(row) for row in _rows(page.words)]
    end = next((at for at, row in enumerate(rows) if _ends_head(row)), len(rows))
    middle = page.width / 2
    left: list[str] = []
    right: list[str] = []
    for row in rows[:end]:
        for piece in row:
            (left if (piece.left + piece.right) / 2 < middle else right).append(piece.text)
    below = [" ".join(piece.text for piece in row) for row in rows[end:]]
    return _kept([*left, *right, *below])


def _kept(lines: Sequence[str]) -> FirstPageLines:
    kept = [text for line in lines if (text := clean(line[:_LONGEST_LINE]))]
    return FirstPageLines(tuple(kept[:_MOST_LINES]))


def _ends_head(row: Sequence[Word]) -> bool:
    text = " ".join(piece.text for piece in row)
    return bool(_ADDRESSED.match(text)) or (in_capitals(text) and folded(text).strip(" :") in _HEADINGS)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words line by line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.top + one.bottom, one.left)):
        middle = (word.top + word.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _pieces(row: Sequence[Word]) -> list[Word]:
    """The words of a line put together where no wide space parts them."""
    pieces: list[Word] = []
    for word in row:
        last = pieces[-1] if pieces else None
        if last is not None and word.left - last.right < (word.bottom - word.top) * _WIDE_SPACE:
            pieces[-1] = Word(
                last.left,
                min(last.top, word.top),
                word.right,
                max(last.bottom, word.bottom),
                f"{last.text} {word.text}",
            )
        else:
            pieces.append(word)
    return pieces
