"""Papers that a paper names, each with the sentence around it, and the day of the paper itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from parindex.documents.arithmetic.passages import Passage
from parindex.documents.citations.citation import Citation
from parindex.domain.errors import Place

#: The line of place and day under the national title: "Điện Biên, ngày 28 tháng 12 năm 2022".
_OWN_DAY = re.compile(
    r"^[^\d,;.:]{2,40},\s{0,3}ngày\s{1,3}(?P<day>\d{1,2})\s{1,3}tháng\s{1,3}(?P<month>\d{1,2})\s{1,3}năm\s{1,3}(?P<year>\d{4})\.?$"
)
#: It stands among the first passages.
_HEAD = 30
#: Letters quoted on either side where the sentence is longer.
_BESIDE = 200
_SENTENCE_END = re.compile(r"[.;:](?=\s)")


@dataclass(frozen=True)
class Named:
    """A paper that is named: its citation, the passage that names it, and where that stands."""

    citation: Citation
    passage: Passage
    place: Place

    @property
    def sentence(self) -> str:
        """The sentence that names it."""
        return quoted(self.passage.text, self.citation.start, self.citation.end)

    @cached_property
    def key(self) -> str:
        """The number in the form that equal numbers share."""
        return self.citation.key

    @cached_property
    def digits(self) -> str:
        """The number without symbol and year: "401" of 401/BC-UBND."""
        return re.split(r"[/-]", self.key)[0]

    @cached_property
    def series(self) -> str:
        """What follows the number: papers with the same are numbered in one run, anew each year."""
        return self.key[len(self.digits) :]

    @property
    def day(self) -> date | None:
        """The day of the paper, None where none is printed or there is no such day."""
        return self.citation.date.day if self.citation.date is not None else None


def own_day(passages: Sequence[Passage]) -> date | None:
    """The day that a paper bears itself; None where it bears none."""
    for passage in passages[:_HEAD]:
        found = _OWN_DAY.match(passage.text)
        if found is not None:
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def quoted(text: str, start: int, end: int) -> str:
    """The sentence around ``start`` to ``end``, cut on both sides where it is long."""
    first = max(0, start - _BESIDE)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, first, start)]
    begin = ends[-1] if ends else first
    if not ends and first > 0:  # in the middle of a word
        begin = text.find(" ", first, start) + 1 or first
    last = min(len(text), end + _BESIDE)
    stop = _SENTENCE_END.search(text, end, last)
    finish = stop.start() if stop is not None else last
    if stop is None and last < len(text):
        finish = max(text.rfind(" ", end, last), end)
    return text[begin:finish].strip()
