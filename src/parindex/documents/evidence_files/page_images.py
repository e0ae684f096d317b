"""Pages of PDFs and pictures, drawn on the server one at a time; the text of a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from parindex.documents.evidence_files import isolated
from parindex.documents.evidence_files.content import Content
from parindex.documents.readers import limits
from parindex.domain.errors import Place

MIN_WIDTH, MAX_WIDTH = 40, 4_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: ``data`` is a PNG or a JPEG, as ``media_type`` says. ``pages`` is how many the file has."""

    data: bytes
    media_type: str
    width: int
    height: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page and where it stands, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page."""

    width: float
    height: float
    pages: int
    words: tuple[Word, ...]


def page_image(path: Path, content: Content, *, name: str, page: int = 1, width: int = 1_000) -> PageImage:
    """Page ``page`` (from 1), about ``width`` points wide; a picture is never made larger than it is.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``no_page_images`` (a Word file), ``no_such_page``,
    ``file_damaged``, ``page_damaged``, ``file_encrypted``, ``picture_too_large``, ``evidence_too_demanding``.
    """
    width = max(MIN_WIDTH, min(width, MAX_WIDTH))
    operation = "image_of_picture" if _drawn(content, name).is_picture else "image_of_page"
    answer = isolated.ask(operation, path, name=name, page=page, width=width)
    facts = answer.facts
    return PageImage(answer.data, facts["media_type"], facts["width"], facts["height"], page, facts["pages"])


def page_words(path: Path, *, name: str, page: int = 1) -> PageWords:
    """The words of a page of a PDF with their places; raises as :func:`page_image` does."""
    answer = isolated.ask("pieces_of_page", path, name=name, page=page)
    facts = answer.facts
    words = tuple(Word(*word) for word in json.loads(answer.data))
    return PageWords(facts["width"], facts["height"], facts["pages"], words)


def _drawn(content: Content, name: str) -> Content:
    if not content.has_page_images:
        raise limits.refused(Path(name), "no_page_images", place=Place(file=name), content=content.extension)
    return content
