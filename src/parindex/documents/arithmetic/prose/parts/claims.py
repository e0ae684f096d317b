"""What a reader of a shape hands to the judge: a whole, what may be its parts, and how surely the words say that they
are all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.counted_things import count_alike, is_thing
from parindex.documents.arithmetic.prose.fitting import is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import Part, is_compared, rows_told
from parindex.documents.arithmetic.prose.parts.sums import Sum
from parindex.documents.arithmetic.prose.values import is_move, unit_of

#: Words that say of a list that it has all.
LISTS_ALL = ("gồm", "bao gồm", "gồm có", "chia ra", "phân theo", "được phân")


_ENDS_CLAUSE = (",", ";", "(", " và ")


class Says(StrEnum):
    """What the words say of a list."""

    ALL = "all"  # "gồm", "chia ra"; a bracket right behind the whole; "tổng cộng" behind the parts
    SOME = "some"  # "trong đó", "cụ thể", a colon; "tổng số … là" behind the parts
    NEAR = "near"  # no more than that they stand near each other


@dataclass(frozen=True, slots=True)
class Count:
    """A count at ``at`` of ``unit`` ("" where none is told); ``about``: "gần", "hơn" stands before it."""

    at: int
    figure: TextFigure
    unit: str
    about: bool = False


@dataclass(frozen=True)
class Claim:
    """That ``parts`` make up ``whole``. ``far``: another figure or sentence stands between them; ``tried``: the how
    manieth claim of its place it is; ``whole_list``: the list has no other figure that may be a part; ``within``: the
    words say that each part comes out of the whole ("trong đó"); ``named``: the whole names all its kinds ("24 phường,
    xã, trong đó có 15 phường và 9 xã").
    """

    whole: Count
    parts: Sequence[Part]
    says: Says
    far: bool = False
    tried: int = 1
    whole_list: bool = True
    within: bool = False
    named: bool = False

    @cached_property
    def sum(self) -> Sum:
        """Its arithmetic."""
        return Sum(self.whole.figure, [part.figure for part in self.parts])

    @cached_property
    def rows(self) -> list[list[Part]]:
        """The runs of its parts that are all kinds of something."""
        return rows_told(self.parts)

    @property
    def is_closed(self) -> bool:
        """Whether all its parts together are all kinds of something."""
        return any(len(run) == len(self.parts) for run in self.rows)

    @property
    def is_total(self) -> bool:
        """Whether the whole stands behind its parts."""
        return self.whole.at > self.parts[-1].at

    @property
    def start(self) -> int:
        """The first letter of what it speaks of."""
        return min(self.whole.at, self.parts[0].at)

    @property
    def end(self) -> int:
        """The end of what it speaks of."""
        return max(self.whole.at, self.parts[-1].at) + 1

    @cached_property
    def counts_one_thing(self) -> bool:
        """Whether no part counts anything else than the whole."""
        unit = self.whole.unit
        return bool(unit) and all(not part.unit or count_alike(part.unit, unit) for part in self.parts)


@lru_cache(maxsize=8)
def counts_in(text: MarkedText, *, moves: bool = False) -> tuple[Count, ...]:
    """The counts of a text in reading order; of a fraction both, for either may be the whole of what follows.
    ``moves``: those by which something rose or fell instead ("giảm 2,75 điểm, gồm: tiêu chí 1.3 giảm 0,50 điểm; …").
    """
    out: list[Count] = []
    for at, figure in text.figures(0, len(text.text), COUNT + QUOTIENT):
        if is_move(text, at) is not moves or is_compared(text, at) or _is_entry_number(text, at):
            continue
        unit = unit_of(text, at)
        if not is_thing(unit):
            continue
        about = not figure.places[0] and is_about(text.text, at)
        out += [Count(at, one, unit, about) for one in (scaled(figure), figure.over) if one is not None]
    return tuple(out)


def _is_entry_number(text: MarkedText, at: int) -> bool:
    """Whether a figure numbers the paragraph that it begins: "5. Phiên thứ nhất …"."""
    return text.text[at + 1 : at + 2] in (".", ")") and not text.text[:at].strip()


def scaled(figure: TextFigure) -> TextFigure:
    """A figure at the scale of what stands below its stroke: "3.910/4.070 triệu đồng"."""
    if figure.over is None or figure.over.scale <= figure.scale:
        return figure
    return replace(figure, scale=figure.over.scale)


def as_part(text: MarkedText, count: Count) -> Part:
    """A count as a part of something, with the words of its clause."""
    return Part(count.figure, count.at, clause(text, count.at), count.unit)


@lru_cache(maxsize=512)
def clause(text: MarkedText, at: int) -> str:
    """The words between the commas around a figure; of one in brackets with the name before them."""
    first, last = text.sentence(at)
    named = at - (text.text[at - 1 : at] == "(")  # "các nước khác (12 người)"
    for mark in _ENDS_CLAUSE:
        before, behind = text.text.rfind(mark, first, named), text.text.find(mark, at, last)
        first = before + len(mark) if before >= 0 else first
        last = behind if behind >= 0 else last
    return text.text[first:last]
