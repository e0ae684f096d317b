"""The printed lines of a score sheet in flowing text, page by page, without the running heads of the pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

#: A running head is short and comes back at the top of at least this many pages.
_RUNNING_HEAD_TIMES = 2
_RUNNING_HEAD_WORDS = 6
_URL_REST = re.compile(r"[\w.]*[./=?&_-]", re.ASCII)
_URL = re.compile(r"\S*(?:https?://|www\.)\S*$")
#: A web address is no longer than this.
_LONGEST_URL = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words, where it stands, and the page (counted from 1) that it was found on.

    ``gaps`` are the positions of words that follow one space too many: where a letter or a cell is missing, its space
    stays.
    """

    words: tuple[str, ...]
    place: Place
    page: int
    gaps: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(self.words)


def read_lines(paragraphs: Sequence[Paragraph]) -> tuple[Line, ...]:
    """The lines with something on them; running heads are dropped, pages counted.

    A page starts where the reader of the file says so (``place.page``), at a form feed, or, in a bare text, where a
    line follows closer than the lines of this paper usually do (the writer of the text layer puts no blank line there).
    """
    filled = [(index, paragraph) for index, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    distances = _distances(filled)
    usual = Counter(distances[1:]).most_common(1)[0][0] if len(distances) > 1 else 1
    starts = [_starts_page(filled, at, distances[at], usual) for at in range(len(filled))]
    heads = _running_heads([paragraph.text for _, paragraph in filled], distances, starts, usual)
    lines: list[Line] = []
    page = 1
    for at, (_, paragraph) in enumerate(filled):
        page += starts[at] or at in heads
        if at not in heads:
            lines.append(_line(paragraph, page, indent=not starts[at]))
    return tuple(lines)


def joint(before: str, line: str) -> str:
    """What stands between a line and the text before it in one paragraph: nothing where a hyphen or a web address was
    cut by the end of the line, else a space.
    """
    if not before or not line:
        return ""
    tail = before[-_LONGEST_URL:]
    cut = re.search(r"\w-$", tail) is not None and line[0].isalnum()
    cut_url = _URL.search(tail) and _URL_REST.match(line) and not tail.endswith((".", ",", ";"))
    return "" if cut or cut_url else " "


def _line(paragraph: Paragraph, page: int, *, indent: bool) -> Line:
    text = unicodedata.normalize("NFC", paragraph.text).replace("\xa0", " ").replace("\f", " ").rstrip()
    chunks = re.findall(r"(\s*)(\S+)", text)
    gaps = frozenset(at for at, (space, _) in enumerate(chunks) if len(space) > (1 if at else 1 - indent))
    return Line(tuple(word for _, word in chunks), paragraph.place, page, gaps)


def _distances(filled: Sequence[tuple[int, Paragraph]]) -> list[int]:
    """How many lines each filled line stands below the one before it."""
    at = [index if paragraph.place.line is None else paragraph.place.line for index, paragraph in filled]
    return [0] + [below - above for above, below in zip(at, at[1:], strict=False)]


def _starts_page(filled: Sequence[tuple[int, Paragraph]], at: int, distance: int, usual: int) -> bool:
    if at == 0:
        return False
    here, before = filled[at][1], filled[at - 1][1]
    if here.place.page is not None and before.place.page is not None:
        return here.place.page != before.place.page
    return "\f" in here.text or 0 < distance < usual


def _running_heads(texts: Sequence[str], distances: Sequence[int], starts: Sequence[bool], usual: int) -> set[int]:
    """Lines that come back and always stand apart or at the top of a page: the running head."""
    plain = [" ".join(text.split()) for text in texts]
    apart = [
        at
        for at, text in enumerate(plain)
        if (not at or distances[at] > usual or starts[at])
        and len(text.split()) <= _RUNNING_HEAD_WORDS
        and not text[0].isdigit()
    ]
    times, everywhere = Counter(plain[at] for at in apart), Counter(plain)
    return {at for at in apart if _RUNNING_HEAD_TIMES <= times[plain[at]] == everywhere[plain[at]]}
