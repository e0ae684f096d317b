"""The values of a whole paper with the times that they are told for, and which of them count the same thing: what a
change may be held against wherever its two values stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.counted_things import count_the_same
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.values import VALUES, Value, unit_of, values_in

#: The time before, by whatever name.
LAST_TIME = -1
_LAST = re.compile(rf"(?<!\w)(?:cùng kỳ|năm trước|năm ngoái|kỳ trước|năm liền trước)[^.;:,({MARKS}]{{0,30}}:?\s?$")
#: "quý I/2024", "6 tháng năm 2024": a time within a year that stands behind a value.
_IN_YEAR = re.compile(rf"[^.;:,(){MARKS}]{{0,45}}(?<!so với )(?:trong |của )?(?:quý [ivx]{{1,3}}\s?/\s?|năm ){YEAR}")
_POINTS = re.compile(r"\s?(?:điểm (?:phần trăm|%)|điểm\s?%)")
_COMPARED = re.compile(r"so với[^.;]{0,30}$")
_FEWEST_DIGITS = 3
_REACH, _COMPARES = 60, 40


@dataclass(frozen=True, slots=True)
class Told:
    """A value of a paper: in which text, told for which time (a year, :data:`LAST_TIME`, or None: not said), and what
    it counts. ``clause``: the last year of its clause, where its own is not said.
    """

    text: MarkedText
    value: Value
    time: int | None
    clause: int | None
    unit: str

    @property
    def amount(self) -> Fraction:
        """The likeliest reading, with its scale."""
        return self.value.amount

    @property
    def is_telling(self) -> bool:
        """Whether it has so many digits that two such values hardly agree by accident."""
        return len(digits_of(self.value.figure.digits).strip("0")) >= _FEWEST_DIGITS


def told_in(texts: Iterable[MarkedText]) -> list[Told]:
    """Every count and per cent of a paper that is no change itself, in reading order."""
    return [
        _told(text, value)
        for text in texts
        for value in values_in(text, 0, len(text.text))
        if value.letter in (COUNT, PER_CENT)
    ]


def of_the_same(every: Sequence[Told], letter: str, unit: str) -> list[Told]:
    """The values of one sort (counts, per cents) that count the same thing."""
    return [
        one for one in every
        if one.value.letter == letter and (letter == PER_CENT or same_unit(one.unit, unit))
    ]  # fmt: skip


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same, or one says less than the other: "lượt người" is no "lượt xe"."""
    first, second = one.split(), other.split()
    if not count_the_same(one, other):
        return False
    return first[0] != second[0] or len(first) < 2 or len(second) < 2 or first[1] == second[1]


def is_points(text: MarkedText, at: int) -> bool:
    """Whether the figure at ``at`` is a change in points of a per cent."""
    return text.text[at] == PER_CENT or _POINTS.match(text.text, at + 1) is not None


def _told(text: MarkedText, value: Value) -> Told:
    time = _time(text, value)
    return Told(text, value, time, _clause(text, value) if time is None else time, unit_of(text, value.at))


def _clause(text: MarkedText, value: Value) -> int | None:
    """The last year before a value in its clause, unless that is what something is compared with."""
    years = text.figures(text.sentence(value.at)[0], value.at, YEAR)
    if not years or _COMPARED.search(text.text, max(0, years[-1][0] - _COMPARES), years[-1][0]):
        return None
    return int(years[-1][1].readings[0])


def _time(text: MarkedText, value: Value) -> int | None:
    if _LAST.search(text.text, max(0, value.at - _REACH), value.at):
        return LAST_TIME
    if value.year is not None:
        return value.year
    behind = _IN_YEAR.match(text.text, value.at + 1)
    if behind is None or re.search(f"[{VALUES}]", behind[0]):
        return None
    return int(text.figure(behind.end() - 1).readings[0])
