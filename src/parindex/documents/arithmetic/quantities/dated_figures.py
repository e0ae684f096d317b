"""Figures with the year that a paper tells them of: ``năm 2023 có 655 doanh nghiệp``, ``655 doanh nghiệp thành lập mới
trong năm 2024``, ``(năm 2020: 826 đơn vị)``.

Only words that join both at once bind a figure to a year; plans, changes and comparisons bind none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import telling_words

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TIME = rf"(?:(?:trong |cả )?năm |(?:đến )?(?:hết )?(?:ngày )?31/12/|(?:đến )?cuối năm ){_YEAR}(?![\d/])"
_TOLD_YEAR = re.compile(r"(?:năm |31/12/)(?:19|20)\d\d", re.IGNORECASE)
#: Up to that many words without figures join a year to what follows.
_BEFORE = re.compile(rf"(?<!\w){_TIME},?(?P<gap>(?:\s[^\W\d]+){{0,7}})\s?(?:[:(]\s?|\s)\Z", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?P<gap>(?:\s[^\W\d_]+){{0,6}}?)\s(?:(?:của|trong|cho|thuộc|vào)\s)?(?:PAR ?INDEX |SIPAS |PCI |PAPI )?{_TIME}",
    re.IGNORECASE,
)
#: What begins another thing, tells a change or a plan, or holds one year against another.
_OTHERWISE = re.compile(
    r"(?<!\w)(?:tăng|giảm|hơn|thêm|vượt|so|bằng|kế hoạch|mục tiêu|chỉ tiêu|dự toán|dự kiến|phấn đấu|giai đoạn|và|đến|từ"
    r"|sang|thì|bình quân|trung bình|cùng kỳ|trước|sau|đầu|gấp|chênh|tối thiểu|ít nhất|trên|dưới|gần|khoảng)(?!\w)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:so với|hơn|bằng|từ|giữa|từ cuối|kế hoạch|mục tiêu|dự toán|chỉ tiêu)\s(?:cùng kỳ )?\Z", re.IGNORECASE
)
#: Indexes that are measured each for itself.
_INDEX = re.compile(r"(?<!\w)(?:pci|papi|sipas|par ?index|ddci|dti|pgi|hài lòng|chuyển đổi số)(?!\w)")
_UNIT = re.compile(r"\s{0,2}([^\W\d_]+)")
_SENTENCE = re.compile(r"[.;!?](?=\s|$)|\n")
_REACH = 90
_MOST = 2_000


@dataclass(frozen=True)
class DatedFigure:
    """A figure of a passage with its unit ("" behind a per cent, and where no word follows)."""

    passage: Passage
    figure: TextFigure
    unit: str

    @cached_property
    def year(self) -> int:
        """The year that it is told of; 0 where there is none."""
        return _year(self.passage.text, self.figure)

    @property
    def value(self) -> Fraction:
        """Its likeliest reading, with its scale."""
        return self.figure.value

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of its sentence."""
        return telling_words(self.passage.text[slice(*self.sentence)])

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        text = self.passage.text
        ends = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
        begin = max(end for end in ends if end <= self.figure.start)
        return begin, min((end for end in ends if end >= self.figure.end), default=len(text))

    @cached_property
    def indexes(self) -> frozenset[str]:
        """The indexes that its sentence names."""
        return frozenset(_INDEX.findall(self.passage.text[slice(*self.sentence)].lower()))

    def may_be_of(self, other: DatedFigure) -> bool:
        """Whether both count the same sort of thing, as far as is printed."""
        if self.figure.percent != other.figure.percent or self.figure.places[0] != other.figure.places[0]:
            return False
        if self.unit != other.unit and (self.figure.percent or "" not in (self.unit, other.unit)):
            return False
        return not self.indexes or not other.indexes or bool(self.indexes & other.indexes)


def dated_figures(passages: Sequence[Passage]) -> list[DatedFigure]:
    """The plain figures of a paper in reading order."""
    out: list[DatedFigure] = []
    for passage in passages:
        out.extend(_of(passage))
        if len(out) > _MOST:
            break
    return out


def _of(passage: Passage) -> Iterator[DatedFigure]:
    text = passage.text
    for figure in passage.figures:
        if figure.named or figure.is_year or figure.over is not None:
            continue
        found = None if figure.percent else _UNIT.match(text, figure.end)
        yield DatedFigure(passage, figure, found[1].lower() if found else "")


def _year(text: str, figure: TextFigure) -> int:
    years = set()
    start = max(0, figure.start - _REACH)
    if not any(start < end <= figure.end + _REACH for end in _ends_of_years(text)):
        return 0
    before = _BEFORE.search(text[start : figure.start])
    if before is not None and not _OTHERWISE.search(before["gap"]):
        # "so với năm 2023 (86,40%": in brackets stands what that year had.
        told_at_once = not before["gap"] and before[0].endswith("(")
        held = _AGAINST.search(text[max(0, start + before.start() - _REACH) : start + before.start()])
        if told_at_once or held is None:
            years.add(int(before["year"]))
    behind = _BEHIND.match(text, figure.end, figure.end + _REACH)
    if behind is not None and not _OTHERWISE.search(behind["gap"]):
        years.add(int(behind["year"]))
    return years.pop() if len(years) == 1 else 0


@lru_cache(maxsize=4)
def _ends_of_years(text: str) -> list[int]:
    """Where the years end that a figure may be told of: most passages have none or few."""
    return [found.end() for found in _TOLD_YEAR.finditer(text)]
