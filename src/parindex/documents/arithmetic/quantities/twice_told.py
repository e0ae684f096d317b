"""A quantity that a paper tells twice, once misprinted: ``Phát hiện 311 tổ chức, cá nhân có sai phạm`` in the title and
``đã phát hiện 331 tổ chức, cá nhân có sai phạm`` in the text.

Two figures are one quantity where the words around them are the same and speak of no other time, body or level; one is
a misprint of the other where two of its digits changed places, or one is another. That alone may be chance: one of them
must stand at the head of the paper, or more than once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import MisprintKind, digits_of, misprint_between
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words
from parindex.documents.arithmetic.references.named_papers import quoted

_BREAK = re.compile(r"[.;:()\n](?=\s|$)|[()]|(?:^|\s)[-–+•*]\s|\d")
_CLAUSE = re.compile(r"[.;:,()\n](?=\s|$)|[()]|(?:^|\s)[-–+•*]\s|\d")
_SENTENCE = re.compile(r"[.;](?=\s|$)")
_UNIT = re.compile(r"\s{0,2}([^\W\d_]+(?:\s[^\W\d_]+)?)")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What tells of another time, another level or a comparison: both sentences must have the same of them.
_OTHER = re.compile(
    r"(?<!\w)(?:so với|tăng|giảm|lên|xuống|cùng kỳ|kế hoạch|mục tiêu|chỉ tiêu|dự kiến|phấn đấu|năm trước|trước đó"
    r"|trước đây|điều chỉnh|cấp tỉnh|cấp huyện|cấp xã|huyện|xã|phường|thị xã|thành phố|sở|ngành"
    r"|trực tuyến|trực tiếp|trong đó|còn lại|mới|bình quân|trung bình|cả nước|toàn quốc|vùng)(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<!\w)(?:(?:quý|tháng|tuần|ngày|kỳ)\s[\divx]+|(?:[\d]+|một|hai|ba|sáu|chín) (?:tháng|tuần|ngày)|(?:đầu|cuối) năm"
    r"|năm (?:trước|sau|nay)|kỳ (?:trước|sau)|hiện nay|đến nay|trước đây)(?!\w)"
)
#: Letters before and behind a figure, and words of them, that name its quantity.
_REACH, _MOST_WORDS = 130, 8
_LEAST_DIGITS, _LONG = 3, 4
#: So many figures of one unit and form has a short paper.
_SHORT = 6
#: Words of the shorter of two names that make them one; a digit that is another needs more.
_FEWEST, _FEWEST_OTHER = 3, 4
#: A paper with more figures than that has many that are alike.
_MOST, _MOST_OF_UNIT, _MOST_TOLD = 600, 40, 5


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with what names it: the words before it, the nearest first, and those behind. ``head``: it stands in the
    first paragraph of the paper.
    """

    passage: Passage
    figure: TextFigure
    digits: str
    unit: str
    before: tuple[str, ...]
    behind: tuple[str, ...]
    years: frozenset[str]
    times: frozenset[str]
    other: frozenset[str]
    names: frozenset[str]
    head: bool
    sentence: tuple[int, int]


def told_twice(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The figures that are a misprint of another of the same quantity."""
    if sum(len(passage.figures) for passage in passages) > _MOST or not _may_be_told(passages):
        return
    told = list(_told(passages))
    groups: dict[tuple[object, ...], list[_Told]] = defaultdict(list)
    for one in told:
        shape = re.sub(r"\d", "0", one.figure.digits)
        groups[one.figure.percent, one.figure.scale, one.unit.split(" ")[0], shape].append(one)
    said: set[str] = set()
    for group in groups.values():
        for first, second in combinations(group[:_MOST_OF_UNIT], 2):
            pair = _odd_one(first, second, group)
            if pair is not None and pair[0].digits not in said and len(said) < _MOST_TOLD:
                said.add(pair[0].digits)
                yield _finding(*pair)


def _may_be_told(passages: Sequence[Passage]) -> bool:
    """Whether any two figures are alike: few papers have such, and no others need be read closely."""
    shapes: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for passage in passages:
        for figure in passage.figures:
            digits = figure.digits
            if not figure.named and len(digits) >= _LEAST_DIGITS:
                shapes[figure.percent, re.sub(r"\d", "0", digits)].add(digits_of(digits))
    return any(
        misprint_between(one, other) is not None
        for shape in shapes.values() for one, other in combinations(sorted(shape), 2)
    )  # fmt: skip


def _told(passages: Sequence[Passage]) -> Iterator[_Told]:
    printed = [passage for passage in passages if passage.text]
    for at, passage in enumerate(printed):
        ends: list[int] = []
        for figure in passage.figures:
            digits = digits_of(figure.digits)
            if figure.named or figure.over is not None or len(digits) < _LEAST_DIGITS:
                continue
            ends = ends or [found.end() for found in _SENTENCE.finditer(passage.text)]
            yield _read(
                passage, figure, digits, _sentence(passage.text, ends, figure), head=at == 0 and len(printed) > 1
            )


def _read(passage: Passage, figure: TextFigure, digits: str, sentence: tuple[int, int], *, head: bool) -> _Told:
    text = passage.text
    start, end = sentence
    before = _CLAUSE.split(text[max(start, figure.start - _REACH) : figure.start])[-1]
    behind = _BREAK.split(text[figure.end : min(end, figure.end + _REACH)])[0]
    unit = _UNIT.match(text, figure.end)
    first, last = (_WORD.findall(part.lower()) for part in (before, behind))
    around = text[start:end]
    return _Told(
        passage, figure, digits, unit[1].lower() if unit and not figure.percent else "",
        tuple(first[: -_MOST_WORDS - 1 : -1]), tuple(last[:_MOST_WORDS]),
        frozenset(_YEAR.findall(around)), frozenset(_TIME.findall(around.lower())),
        frozenset(each.lower() for each in _OTHER.findall(before + behind)),
        _names(f"{before} {behind}"), head, (start, end),
    )  # fmt: skip


def _names(words: str) -> frozenset[str]:
    """The words with a capital behind another word."""
    return frozenset(word for word in words.split()[1:] if word[0].isupper())


def _sentence(text: str, ends: Sequence[int], figure: TextFigure) -> tuple[int, int]:
    at = bisect_right(ends, figure.start)
    return (ends[at - 1] if at else 0), (ends[at] if at < len(ends) else len(text))


def _odd_one(first: _Told, second: _Told, group: Sequence[_Told]) -> tuple[_Told, _Told] | None:
    """The misprint and the figure that it is one of: the rarer, the later in a draw."""
    kind = misprint_between(first.digits, second.digits)
    if kind is None or (first.passage is second.passage and first.sentence == second.sentence):
        return None
    if _tells_both(first, second, group) or _tells_both(second, first, group):
        return None
    counts = [sum(one.digits == each.digits for one in group) for each in (first, second)]
    if max(counts) > 1 and min(counts) > 1:
        return None
    odd, usual = (first, second) if counts[0] < counts[1] else (second, first)
    if not (max(counts) > 1 or first.head or second.head):
        return None
    # Four digits in a short paper of few such figures are not alike by chance, whatever else is said.
    exchanged = kind is MisprintKind.EXCHANGED
    telling = exchanged and max(counts) > 1 and len(odd.digits) >= _LONG and len(group) <= _SHORT
    return (odd, usual) if _one_quantity(first, second, exchanged=exchanged, telling=telling) else None


def _tells_both(one: _Told, other: _Told, group: Sequence[_Told]) -> bool:
    """Whether the paragraph of one figure has the other, too: it speaks of two things."""
    return any(each.passage is one.passage and each.digits == other.digits for each in group)


def _one_quantity(one: _Told, two: _Told, *, exchanged: bool, telling: bool) -> bool:
    if one.years and two.years and one.years != two.years:
        return False
    if (one.times, one.other, one.unit) != (two.times, two.other, two.unit):
        return False
    if one.names and two.names and not one.names & two.names:
        return False
    if telling and " " in one.unit and " " in two.unit:
        return True
    # "đúng hạn" and "trước hạn", "hộ nghèo" and "hộ cận nghèo" are two things: what both say is word for word the same.
    common: list[str] = []
    for first, second in ((one.before, two.before), (one.behind, two.behind)):
        said = list(zip(first, second, strict=False))
        if any(each != other for each, other in said):
            return False
        common += [each for each, _ in said]
    return len(telling_words(" ".join(common))) >= (_FEWEST if exchanged else _FEWEST_OTHER)


def _finding(odd: _Told, usual: _Told) -> StatementFinding:
    figure = odd.figure
    place = usual.passage.place_at(usual.figure.start)
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, odd.passage.place_at(figure.start),
        quoted(odd.passage.text, figure.start, figure.end), figure.digits, usual.figure.digits, "quantity_told_twice",
        {"at": place},
    )  # fmt: skip
