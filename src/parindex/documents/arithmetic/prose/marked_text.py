"""A passage with one letter for each figure, so that what stands between figures is words and nothing else.

``249/832 TTHC, đạt 30%`` becomes ``Q tthc, đạt P``: a pattern over it meets neither the dots of numbers nor those of
dates, and needs no pattern of a number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from parindex.documents.arithmetic.figures import TextFigure, is_figure_place
from parindex.documents.arithmetic.passages import Passage
from parindex.domain.errors import Place

#: Letters that stand for figures: a count or an amount, a per cent, a quotient, a year, the number of something, a
#: date or the number of a document.
COUNT, PER_CENT, QUOTIENT, YEAR, NAME, PAPER = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
MARKS = "\ue000-\ue005"
#: Anything but figures and the end of a clause.
WORDS = rf"[^.;:{MARKS}]"
_ONE_WAY = str.maketrans({"\xa0": " "})
_SPELLINGS = (("tỉ ", "tỷ "), ("thuỷ", "thủy"))
#: "hoà", "khoá": the mark may stand on either letter where the word ends; "hoàn", "khoán" have it on the second.
_OPEN_ENDS = re.compile(r"(?:hoà|khoá)(?![^\W\d_])")
_ENDS_ONE_WAY = {"hoà": "hòa", "khoá": "khóa"}
#: "TP. Huế", "ThS. An": no full stops. (Asked behind the stop: a pattern that begins with a mark is found many times as
#: fast as one that begins by looking back.)
_NOT_SHORTENED = "".join(rf"(?<!\b{word}\.)" for word in ("tp", "tx", "tt", "ths", "ts", "pgs", "gs", "bs"))
_SENTENCE_END = re.compile(rf"[.;!?](?=\s|$){_NOT_SHORTENED}|\s[-–+•*]\s(?=[^\W\d_])")
_FULL_STOP = re.compile(rf"[.!?](?=\s|$){_NOT_SHORTENED}")
#: A bracket is closed within so many letters, or it was left open.
_LONGEST_BRACKET = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """The figure that one letter of a marked text stands for; ``at`` is the letter, ``figure`` is None for a paper."""

    at: int
    letter: str
    start: int
    end: int
    figure: TextFigure | None


@dataclass(frozen=True, eq=False)
class MarkedText:
    """``text`` in small letters with its marks; ``passage`` is what it was made of."""

    passage: Passage
    text: str
    marks: tuple[Mark, ...]

    @cached_property
    def _places(self) -> list[int]:
        return [mark.at for mark in self.marks]

    def figure(self, at: int) -> TextFigure:
        """The figure whose letter stands at ``at``."""
        found = self.marks[bisect_left(self._places, at)].figure
        if found is None:  # pragma: no cover - callers look for letters of figures only
            raise LookupError(at)
        return found

    def figures(self, start: int, end: int, letters: str) -> list[tuple[int, TextFigure]]:
        """The figures with one of ``letters`` from ``start`` to ``end``, with the places of their letters."""
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        return [
            (mark.at, mark.figure) for mark in self.marks[first:last] if mark.letter in letters and mark.figure
        ]  # fmt: skip

    def given(self, at: int) -> int:
        """The place in the passage of the letter ``at``."""
        before = bisect_right(self._places, at) - 1
        if before < 0:
            return at
        mark = self.marks[before]
        return mark.start if mark.at == at else mark.end + at - mark.at - 1

    def letter(self, given: int) -> int:
        """The letter that stands at ``given`` of the passage: :meth:`given` the other way round."""
        index = bisect_right(self._print_ends, given)
        if index < len(self.marks) and self.marks[index].start < given:
            return self.marks[index].at
        if not index:
            return given
        before = self.marks[index - 1]
        return before.at + 1 + given - before.end

    @cached_property
    def _print_ends(self) -> list[int]:
        return [mark.end for mark in self.marks]

    def printed(self, start: int, end: int) -> str:
        """What the passage prints between two letters."""
        return self.passage.text[self.given(start) : self.given(end)].strip()

    def place(self, at: int) -> Place:
        """Where the letter ``at`` stands in the paper."""
        return self.passage.place_at(self.given(at))

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence that holds ``at`` begins and ends."""
        index = bisect_right(self._ends, at)
        return (self._ends[index - 1] if index else 0), (
            self._ends[index] if index < len(self._ends) else len(self.text)
        )

    @cached_property
    def _ends(self) -> list[int]:
        ends: list[int] = []
        depth = at = 0
        for found in _SENTENCE_END.finditer(self.text):
            depth = max(0, depth + self.text.count("(", at, found.start()) - self.text.count(")", at, found.start()))
            at = found.start()
            # A bracket holds its semicolons together, unless it was never closed.
            if depth and ")" in self.text[at : at + _LONGEST_BRACKET]:
                continue
            depth = 0
            ends.append(found.end())
        return ends

    def period(self, at: int) -> tuple[int, int]:
        """Where the sentence that holds ``at`` begins and ends, semicolons passed over."""
        index = bisect_right(self._stops, at)
        return (self._stops[index - 1] if index else 0), (
            self._stops[index] if index < len(self._stops) else len(self.text)
        )

    def periods(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends, semicolons passed over."""
        cuts = [0, *self._stops, len(self.text)]
        yield from ((start, end) for start, end in zip(cuts, cuts[1:], strict=False) if start < end)

    @cached_property
    def _stops(self) -> list[int]:
        return [found.end() for found in _FULL_STOP.finditer(self.text)]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends."""
        cuts = [0, *self._ends, len(self.text)]
        yield from ((start, end) for start, end in zip(cuts, cuts[1:], strict=False) if start < end)


def marked(passage: Passage) -> MarkedText:
    """The passage with its figures marked."""
    printed = passage.text
    spans: list[tuple[int, int, str, TextFigure | None]] = [
        (figure.start, figure.end, _letter(figure), figure) for figure in passage.figures
    ]
    figures = sorted(spans)
    for token in passage.pieces:
        if not is_figure_place(token) and not _meets(figures, token.start, token.end):
            spans.append((token.start, token.end, PAPER, None))
    out: list[str] = []
    marks: list[Mark] = []
    at, length, small = 0, 0, _words(printed)
    for start, end, letter, figure in sorted(spans, key=lambda span: span[:2]):
        if start < at:
            continue
        words = small[at:start]
        out += (words, letter)
        length += len(words)
        marks.append(Mark(length, letter, start, end, figure))
        length += 1
        at = end
    out.append(small[at:])
    return MarkedText(passage, "".join(out), tuple(marks))


def _meets(spans: Sequence[tuple[int, int, str, TextFigure | None]], start: int, end: int) -> bool:
    index = bisect_left(spans, (start,))
    near = spans[max(0, index - 1) : index + 1]
    return any(one[0] < end and start < one[1] for one in near)


def _letter(figure: TextFigure) -> str:
    if figure.named:
        return YEAR if figure.is_year else NAME
    if figure.over is not None:
        return QUOTIENT
    return PER_CENT if figure.percent else COUNT


def _words(text: str) -> str:
    """The words in small letters and one spelling, letter by letter."""
    small = text.translate(_ONE_WAY).lower()
    if len(small) != len(text):  # a capital that has no small letter of one character
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for printed, usual in _SPELLINGS:
        small = small.replace(printed, usual)
    if "oà" in small or "oá" in small:
        small = _OPEN_ENDS.sub(lambda found: _ENDS_ONE_WAY[found[0]], small)
    return small
