"""Figures of the text as claims of a table: the row that each is told of, the column, and what speaks against it.

A figure is of the row that its sentence names last before it, or of the row of totals where it names none. What it is
told of must be known: no word before it since the last figure may be one that neither the table nor any report has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.told_figures import ToldFigure, words_of
from parindex.documents.arithmetic.tables.told_columns import NamedColumn, column_of
from parindex.documents.arithmetic.tables.told_rows import ToldRow, ToldRows
from parindex.documents.arithmetic.tables.told_tables import YEAR

_FULL_STOP = re.compile(r"[.!?](?=\s|$)")
_CLAUSE_END, _BEHIND = re.compile(r"[,;:()\n]|\.\s"), 60
#: A bracket that is open, and the letters before it that say what stands in it.
_OPEN, _LEAD = re.compile(r"\([^()]{0,200}\Z"), 40
#: What makes a figure another one than that of the cell, unless the head of its column says so, too.
OTHERWISE = re.compile(
    r"(?<!\w)(?:kế hoạch|mục tiêu|chỉ tiêu|dự kiến|ước|phấn đấu|bình quân|trung bình|mỗi|cùng kỳ|(?:năm|kỳ|quý) trước"
    r"|sau khi|trước khi|lần \w+|so với|tăng|giảm|cao hơn|thấp hơn|còn lại|tối thiểu|tối đa|ngoài|riêng)(?!\w)"
)
_TIME = re.compile(
    r"(?<!\w)(?:(?:tháng|quý|ngày|tuần)\s\d|\d{1,2}\s(?:tháng|quý|tuần|ngày)(?!\w)|đến (?:hết )?\d{1,2}/\d)"
)
#: Words of any report, which make no figure another one.
_OF_REPORTS = frozenset(
    {
        *("là", "đạt", "có", "được", "với", "đã", "số", "tổng", "cộng", "của", "các", "những", "trong", "năm"),
        *("tại", "cho", "theo", "trên", "này", "và", "đến", "hết", "tính", "khoảng", "đồng", "triệu", "tỷ"),
        *("nghìn", "điểm", "toàn", "tỉnh", "huyện", "thành", "phố", "xã", "sở", "chung", "đơn", "vị", "cơ"),
        *("quan", "địa", "phương", "lĩnh", "vực", "tiêu", "chí", "chỉ", "phần", "kết", "quả", "thực", "hiện"),
        *("đó", "kinh", "phí", "bằng", "chiếm", "về", "ở", "do", "phải", "còn", "thì", "ra", "chi", "thu", "gồm"),
        *("bao", "ngành", "khối", "người", "hồ", "sơ", "phiếu", "biên", "chế", "lệ", "mở", "tổ", "chức", "ban"),
        *("hành", "hoàn", "bố", "trí", "phân", "bổ", "giao", "sử", "dụng", "lượt", "đứng", "đầu", "xếp", "thứ"),
        *("cuối", "cao", "nhất", "thấp", "tương", "ứng", "văn", "bản", "vốn", "tất", "cả", "trăm", "giá", "trị"),
        *("mức", "dự", "toán"),
    }
)  # fmt: skip
#: Figures with fewer digits may be told of anything; so many of one that stands in the row bind a sentence to it.
_FEWEST_DIGITS, BINDING = 2, 3


@dataclass(frozen=True)
class Claim:
    """A figure of the text, the row that it is told of, the words of its clause, those ``between`` it and the figure
    before it, those that ``led`` to it (also to the bracket that it stands in), and its year, "" where there is none.
    """

    told: ToldFigure
    row: ToldRow
    words: frozenset[str]
    between: str
    led: str
    year: str

    @property
    def figure(self) -> TextFigure:
        """The figure itself."""
        return self.told.figure

    @cached_property
    def is_right(self) -> bool:
        """Whether a cell of the row may be told so."""
        return self.row.holds(self.figure)

    @cached_property
    def column(self) -> NamedColumn | None:
        """The column that it is told of; what its words call a plan or a mean is none that does not say so."""
        column = column_of(self.row.columns, self.words, percent=self.figure.percent, year=self.year)
        if column is None:
            return None
        others = {word for found in OTHERWISE.findall(self.led) for word in found.split()}
        return column if others <= column.whole | self.row.words else None

    @property
    def binds(self) -> bool:
        """Whether it is right, and no accident: by its digits, or by the words of its column."""
        if not self.is_right:
            return False
        if len(self.told.digits.lstrip("0")) >= BINDING:
            return True
        return self.column is not None and self.row.value(self.figure, self.column.at) in self.figure.readings

    @cached_property
    def is_known(self) -> bool:
        """Whether all words around it are those of its table, of its row, or of any report."""
        root = self.told.root
        if _TIME.search(self.between) or (root is not None and not self.row.holds(root)):
            return False
        own = self.row.words | self.row.above | _OF_REPORTS
        around = {word for word in (*words_of(self.between), *self.told.behind) if len(word) > 1}
        saved = any("giảm" in column.whole for column in self.row.columns)  # "Chi phí cắt giảm"
        return around <= own and (saved or not self.told.scope.change)


def claims_by_row(
    passage: Passage, sentence: Sequence[ToldFigure], rows: ToldRows, totals: Sequence[ToldRow]
) -> dict[ToldRow, list[Claim]]:
    """The figures of a sentence by the rows that they are told of."""
    out: dict[ToldRow, list[Claim]] = defaultdict(list)
    for claim in _claims(passage, sentence, rows, totals):
        out[claim.row].append(claim)
    return out


def sentences(told: Sequence[ToldFigure]) -> Iterator[tuple[Passage, list[list[ToldFigure]]]]:
    """The figures of each passage, those of each sentence up to its full stop: what stands behind a semicolon goes on
    with it.
    """
    by_passage: dict[int, list[ToldFigure]] = defaultdict(list)
    for one in told:
        by_passage[id(one.passage)].append(one)
    for ones in by_passage.values():
        passage = ones[0].passage
        ends = [found.end() for found in _FULL_STOP.finditer(passage.text)]
        by_sentence: dict[int, list[ToldFigure]] = defaultdict(list)
        for one in ones:
            by_sentence[bisect_right(ends, one.figure.start)].append(one)
        yield passage, list(by_sentence.values())


def _claims(
    passage: Passage, sentence: Sequence[ToldFigure], rows: ToldRows, totals: Sequence[ToldRow]
) -> Iterator[Claim]:
    first, end = sentence[0], sentence[-1].figure.end
    start = max((found.end() for found in _FULL_STOP.finditer(passage.text, 0, first.figure.start)), default=0)
    lowered = first.sentence.lowered
    named = rows.named_in(lowered, start, end)
    past = start
    for one in sentence:
        between = lowered[past : one.figure.start]
        past = one.figure.end
        if one.rounding or one.limits or len(one.digits) < _FEWEST_DIGITS:
            continue
        led = _led(lowered, start, one.figure.start) or between
        year = _year(lowered, start, one.figure)
        words = frozenset((*one.before, *one.behind))
        for row in rows.of_figure(named, totals, passage.text, one.figure.start):
            if row.table.may_be_of(passage.text[start:end]):
                yield Claim(one, row, words, between, led, year)


def _led(lowered: str, start: int, at: int) -> str:
    """The words before the bracket that is open at a place, and those in it; "" where none is."""
    opened = _OPEN.search(lowered, start, at)
    return "" if opened is None else lowered[max(start, opened.start() - _LEAD) : at]


def _year(lowered: str, start: int, figure: TextFigure) -> str:
    """The year that a clause names behind a figure, or its sentence before it."""
    behind = _CLAUSE_END.split(lowered[figure.end : figure.end + _BEHIND])[0]
    years = YEAR.findall(behind) or YEAR.findall(lowered, start, figure.start)
    return years[-1] if years else ""
