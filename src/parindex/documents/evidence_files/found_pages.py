"""Looking for words in the pages of a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parindex.documents.evidence_files import isolated
from parindex.documents.evidence_files.content import Content


@dataclass(frozen=True, slots=True)
class FoundPage:
    """``page`` with the words, None where none of the ``searched`` of all ``pages`` has them."""

    page: int | None
    searched: int
    pages: int


def found_page(path: Path, content: Content, *, name: str, words: str, after: int = 0) -> FoundPage:
    """The first page after ``after``, and around again, on which ``words`` stand; only a PDF has words to look for.

    Raises :class:`~parindex.domain.errors.InvalidInput` where the file cannot be read.
    """
    if content is not Content.PDF:
        return FoundPage(None, 0, 1)
    facts = isolated.ask("search_in_pages", path, name=name, words=words, after=after).facts
    return FoundPage(facts["page"] or None, facts["searched"], facts["pages"])
