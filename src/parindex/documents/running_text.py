"""Lines of prose as one text that sentences can be looked up in, with the place of every letter."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

#: What ends a sentence, and the dash or plus that begins an entry of a list.
_BREAK = re.compile(r"[.;](?=\s|$)|(?:^|\n)\s*[-+–•*](?=\s)")


@dataclass(frozen=True, slots=True)
class RunningText:
    """``text`` as printed, ``plain`` the same without accents and capitals, letter by letter; lines by a line break."""

    text: str
    plain: str
    _starts: list[int] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)

    def place(self, at: int) -> Place:
        """The place of the line that the letter ``at`` stands in."""
        line = bisect_right(self._starts, at) - 1
        return self._places[line] if 0 <= line < len(self._places) else Place()

    def sentence(self, start: int, end: int) -> str:
        """The plain words from the beginning of the sentence that holds ``start`` up to ``end``."""
        return self.plain[self._begin(start) : end].replace("\n", " ")

    def _begin(self, at: int) -> int:
        breaks = [found.end() for found in _BREAK.finditer(self.plain, max(0, at - 800), at)]
        return max(breaks, default=max(0, at - 800))

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every match of ``pattern`` in the plain words (a line break is a blank)."""
        yield from pattern.finditer(self.plain.replace("\n", " "))


def running_text(paragraphs: Sequence[Paragraph]) -> RunningText:
    """The lines that say something, one after the other."""
    lines = [line for line in paragraphs if line.text.strip()]
    starts, at = [], 0
    texts = []
    for line in lines:
        text = unicodedata.normalize("NFC", line.text.replace("\n", " "))
        starts.append(at)
        texts.append(text)
        at += len(text) + 1
    text = "\n".join(texts)
    return RunningText(text, "".join(map(_plain, text)), starts, [line.place for line in lines])


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return {"đ": "d"}.get(base, base[0])
