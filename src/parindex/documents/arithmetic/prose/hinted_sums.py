"""Sums that the wording only hints at, told where one misprinted digit keeps them from holding: ``138.139 doanh nghiệp.
Theo khu vực: dịch vụ 99.548 doanh nghiệp …; công nghiệp 36.652 …; nông nghiệp 2.029``.

A list that does not say that it is the whole may leave something out, and a total may be that of other figures: a gap
alone proves nothing. That digits of one figure have changed places, or that one of many is another, and that all holds
without that, is no accident where the words name few figures that may belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, is_misprint
from parindex.documents.arithmetic.prose.counted_things import count_alike, is_thing
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import EACH, OTHERS, TO_PARTS, is_compared, may_overlap_in
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_move, unit_of

#: What leads from a whole to its parts, a sentence or two behind it.
_LINK = re.compile(rf"(?<!\w)(?:{TO_PARTS}|chia (?:ra|theo)|(?:phân )?theo [^.;:,()]{{2,40}}:)")
#: What begins a second way of parting what was told before.
_BY_KIND = re.compile(r"(?<=[.;]\s)(?:về|theo|phân theo|chia theo) (?!trình độ|lý luận)[^.;:,()\d]{2,30}:")
#: A total behind its parts.
_TOTAL = re.compile(
    rf"(?<!\w)(?:(?:nâng|đưa) )?(?:tổng|lũy kế|cộng dồn)"
    rf"(?:[^.;:(]{{0,140}}?(?<!\w)(?:là|lên|đạt|có|được)|[^.;:(]{{0,60}}:)"
    rf"\s(?P<t>{COUNT})"
)
#: "trong số 896 đơn vị …, có 4 đơn vị …, 30 đơn vị … và 862 đơn vị".
_OF_ALL = re.compile(
    rf"(?<!\w)(?:trong|trên) (?:tổng )?số [^.;:(){MARKS}]{{0,40}}?(?P<t>{COUNT})"
    r"[^.;:()]{0,160}?,(?=\s(?:thì )?(?:có|đã có|gồm)\s)"
)
_BRACKET = re.compile(r"\((?=[^()]{4})")
#: "Nhật Bản (39 người), Đài Loan (46 người), Hàn Quốc (2 người)": names with their counts behind them.
_IN_BRACKETS = re.compile(
    rf"[^.;:(){MARKS}]{{2,60}}\({COUNT}[^(){MARKS}]{{0,30}}\)(?:,?[^.;:(){MARKS}]{{2,60}}\({COUNT}[^(){MARKS}]{{0,30}}\)){{2,12}}"
)
#: How far before the link its whole stands, and behind it the last part.
_BEFORE, _BEHIND = 420, 700
#: Of the wholes before a link so many are tried with every beginning of the list; those farther away with all of it.
_NEAREST_WHOLES, _MOST_WHOLES = 2, 5
_MOST_PARTS = 8
#: Of the figures before a total, so many are tried two by two and three by three.
_NEAREST_PARTS = 4
#: What parts a whole in a second way comes as near to it as a fifth.
_PARTED_NEARLY = 5
#: A list with so many parts or more is hardly one of examples.
_LONG_LIST = 4
#: A whole of so many digits fits no other figures by accident.
_TELLING_WHOLE = 5
#: Less than this part of a whole may be left out by a list (1/200); shorter wholes fit by accident.
_LEFT_OUT, _FEWEST_DIGITS = 200, 4


@dataclass(frozen=True, slots=True)
class _Count:
    """A count at ``at`` of ``unit`` ("" where none is told)."""

    at: int
    figure: TextFigure
    unit: str


def hinted_sums(text: MarkedText) -> Iterator[Checked]:
    """Every hinted sum that holds, and those that one misprint keeps from it."""
    if text.text.count(COUNT) + text.text.count(QUOTIENT) < 3:
        return
    counts, moves = _counts(text), _counts(text, moves=True)
    parted: set[int] = set()
    for found in _LINK.finditer(text.text):
        for among in (counts, moves):
            for checked in _of_link(text, among, found.start(), found.end(), found.end() + _BEHIND):
                yield checked
                if checked.fit is Fit.RIGHT:
                    parted.add(checked.start)
    for found in _BY_KIND.finditer(text.text):
        yield from _parted_again(text, counts, parted, found.start(), found.end())
    for found in _OF_ALL.finditer(text.text):
        yield from _of_link(text, counts, found.start("t") + 1, found.end(), text.period(found.end())[1])
    for found in _IN_BRACKETS.finditer(text.text):
        whole_list = OTHERS.search(found[0][found[0].rfind(",") :]) is not None
        yield from _of_link(text, counts, found.start(), found.start(), found.end(), closed=whole_list)
    for found in _BRACKET.finditer(text.text):
        yield from _of_link(text, counts, found.start(), found.end(), text.text.find(")", found.end()))
    for found in _TOTAL.finditer(text.text):
        yield from _of_total(text, counts, found.start("t"))


def _counts(text: MarkedText, *, moves: bool = False) -> list[_Count]:
    """The counts of a text; of a fraction both, for either may be the whole of what follows. ``moves``: those by which
    something rose or fell instead ("giảm 2,75 điểm, gồm: tiêu chí 1.3 giảm 0,50 điểm; …").
    """
    out: list[_Count] = []
    for at, figure in text.figures(0, len(text.text), COUNT + QUOTIENT):
        if is_move(text, at) is not moves or is_about(text.text, at) or is_compared(text, at):
            continue
        unit = unit_of(text, at)
        if not is_thing(unit):
            continue
        out += [_Count(at, one, unit) for one in (figure, figure.over) if one is not None]
    return out


def _of_link(
    text: MarkedText, counts: Sequence[_Count], start: int, after: int, end: int, *, closed: bool = False
) -> Iterator[Checked]:
    """The wholes before a link with the parts behind it, up to ``end``: those of the whole's unit, and where its digits
    tell enough all. ``closed``: the list says that it has all.
    """
    wholes = [one for one in counts if start - _BEFORE <= one.at < start][-_MOST_WHOLES:]
    behind = [one for one in counts if after <= one.at < end]
    if len(behind) < 2:
        return
    tried: list[tuple[_Count, list[_Count], list[list[_Count]]]] = []
    for number, whole in enumerate(reversed(wholes)):
        for parts in (_alike(whole, behind), _of_one_scale(whole, behind)):
            parts = parts[:_MOST_PARTS]
            telling = len(digits_of(whole.figure.digits)) > _TELLING_WHOLE
            shortest = 2 if number < _NEAREST_WHOLES else max(2 if telling else 3, len(parts))
            runs = [parts[:count] for count in range(shortest, len(parts) + 1) if _are_one_list(text, parts[:count])]
            tried.append((whole, parts, runs))
    # What makes up one whole exactly is no misprinted list of another.
    checked = next((one for whole, _, runs in tried if (one := _held(whole, runs)) is not None), None)
    if checked is None:
        checked = next((one for each in tried if (one := _not_held(text, *each)) is not None), None)
    if checked is None and closed and tried and tried[0][2] and tried[0][0].unit:
        whole, parts, _ = tried[0]
        checked = _told(text, whole, parts, _Sum(whole.figure, [one.figure for one in parts], True).total)
    if checked is not None:
        yield checked


def _parted_again(
    text: MarkedText, counts: Sequence[_Count], parted: set[int], start: int, after: int
) -> Iterator[Checked]:
    """A whole that one list has made up, parted once more behind "về đối tượng:": that list is to make it up, too."""
    whole = next((one for one in reversed(counts) if one.at in parted and one.at < start), None)
    if whole is None or not whole.unit:
        return
    _, end = text.period(after)
    parts = _alike(whole, [one for one in counts if after <= one.at < end])
    one = _Sum(whole.figure, [part.figure for part in parts], True)
    gap = abs(one.total - whole.figure.readings[0])
    if len(parts) < 2 or one.holds() or not _are_one_list(text, parts) or may_overlap_in(text, after, end):
        return
    if _PARTED_NEARLY * gap <= whole.figure.readings[0]:
        yield _told(text, whole, parts, one.total)


def _held(whole: _Count, runs: Sequence[Sequence[_Count]]) -> Checked | None:
    """The first run that makes up a whole."""
    for run in runs:
        if _Sum(whole.figure, [one.figure for one in run], False).holds():
            return Checked("sums", Fit.RIGHT, min(whole.at, run[0].at), max(whole.at, run[-1].at) + 1)
    return None


def _not_held(
    text: MarkedText, whole: _Count, parts: Sequence[_Count], runs: Sequence[Sequence[_Count]]
) -> Checked | None:
    """The first run that one misprint keeps from making up a whole, or a second way of parting it."""
    for run in runs:
        one = _Sum(whole.figure, [part.figure for part in run], len(run) == len(parts))
        if one.is_one_misprint() and not EACH.search(text.text, whole.at, run[-1].at + 40):
            return _told(text, whole, run, one.total)
    return _partitions(text, whole, parts)


def _partitions(text: MarkedText, whole: _Count, parts: Sequence[_Count]) -> Checked | None:
    """A whole that is parted in several ways, a clause each: where one makes it up, another that all but does is wrong:
    "612 người, trong đó 424 người đúng ngành, 118 người gần ngành; thạc sĩ 65 người, đại học 547 người".
    """
    clauses: dict[tuple[int, int], list[_Count]] = {}
    for one in parts:
        clauses.setdefault(_clause(text, one.at), []).append(one)
    lists = [several for several in clauses.values() if len(several) > 1]
    sums = [_Sum(whole.figure, [one.figure for one in several], True) for several in lists]
    if len(lists) < 2 or not any(one.holds() for one in sums):
        return None
    for several, parted in zip(lists, sums, strict=True):
        gap = abs(parted.total - whole.figure.readings[0])
        if not parted.holds() and _PARTED_NEARLY * gap <= whole.figure.readings[0]:
            return _told(text, whole, several, parted.total)
    return Checked("sums", Fit.RIGHT, whole.at, parts[-1].at + 1)


def _clause(text: MarkedText, at: int) -> tuple[int, int]:
    """Which sentence and which part of it between semicolons a figure stands in."""
    first, _ = text.period(at)
    return first, text.text.count(";", first, at)


def _are_one_list(text: MarkedText, parts: Sequence[_Count]) -> bool:
    """Whether parts stand in one clause or each in one of its own: of "chết 27 người, bị thương 16 người; chết 3 người,
    bị thương 9 người" no list has all.
    """
    clauses = [_clause(text, one.at) for one in parts]
    return len(set(clauses)) in (1, len(clauses))


def _of_total(text: MarkedText, counts: Sequence[_Count], at: int) -> Iterator[Checked]:
    """A total with the figures of its kind before it."""
    whole = next((one for one in counts if one.at == at and one.unit), None)
    if whole is None:
        return
    before = _alike(whole, [one for one in counts if at - _BEHIND <= one.at < at])[-_MOST_PARTS:]
    runs = [before[-count:] for count in range(2, len(before) + 1)]
    near = before[-_NEAREST_PARTS:]
    runs += [list(some) for count in (2, 3) for some in combinations(near, count)]
    checked = _held(whole, runs) or _not_held(text, whole, (), runs)
    if checked is not None:
        yield checked


def _alike(whole: _Count, counts: Sequence[_Count]) -> list[_Count]:
    """Those that count the same at the same scale; where no unit stands behind a figure, it is that of the others."""
    return [
        one for one in _below(whole, counts)
        if one.figure.scale == whole.figure.scale and (not one.unit or count_alike(one.unit, whole.unit))
    ]  # fmt: skip


def _of_one_scale(whole: _Count, counts: Sequence[_Count]) -> list[_Count]:
    """All at the scale of a whole that no sum meets by accident, whatever is said to be counted."""
    if len(digits_of(whole.figure.digits)) < _TELLING_WHOLE:
        return []
    return [one for one in _below(whole, counts) if one.figure.scale == whole.figure.scale]


def _below(whole: _Count, counts: Sequence[_Count]) -> list[_Count]:
    return [one for one in counts if one.figure.over is None and one.figure.value < whole.figure.value]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A whole and what may be its parts, all of one scale; ``all_of_them``: the text lists no others."""

    whole: TextFigure
    parts: Sequence[TextFigure]
    all_of_them: bool

    @property
    def total(self) -> Fraction:
        return sum((one.readings[0] for one in self.parts), Fraction(0))

    @property
    def _slack(self) -> Fraction:
        """What rounding can have taken or added: figures with decimals are rounded each for itself."""
        figures = (self.whole, *self.parts)
        steps = [one.step() / one.scale for one in figures if one.places[0] or one.scale > 1]
        half = sum(steps, Fraction(0)) / 2
        return half + max(steps) if len(set(steps)) > 1 else half

    def holds(self) -> bool:
        """Whether the parts make up the whole."""
        return abs(self.total - self.whole.readings[0]) <= self._slack

    def is_one_misprint(self) -> bool:
        """Whether they would with one figure as its misprint was meant. A little that is missing may be a part that
        the list leaves out.
        """
        stated = self.whole.readings[0]
        gap = stated - self.total
        digits = self._fewest_digits()
        if 0 < gap < stated / _LEFT_OUT or len(digits_of(self.whole.digits)) < digits:
            return False
        exchanged = 2 if self.all_of_them and len(self.parts) >= _LONG_LIST - 1 else 3
        if is_misprint(self.whole, self.total, self._slack, exchanged=exchanged):
            return True
        return any(is_misprint(one, one.readings[0] + gap, self._slack, exchanged=exchanged) for one in self.parts)

    def _fewest_digits(self) -> int:
        """Digits that a whole must have: the longer a list that leaves nothing out, the fewer."""
        if not self.all_of_them or len(self.parts) < _LONG_LIST - 1:
            return _FEWEST_DIGITS
        return _FEWEST_DIGITS - 2 if len(self.parts) >= _LONG_LIST else _FEWEST_DIGITS - 1


def _told(text: MarkedText, whole: _Count, run: Sequence[_Count], total: Fraction) -> Checked:
    start, end = min(whole.at, run[0].at), max(whole.at, run[-1].at) + 1
    told = finding(
        text, start, end, StatementKind.PART_OF_WHOLE, "parts_apart", at=whole.at, sure=Sure.LIKELY,
        stated=whole.figure.digits, found=in_form_of(whole.figure, total),
        facts={"parts": " + ".join(one.figure.digits for one in run)},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)
