"""Amounts of money in the wrong unit: the budget of a province in millions, beside single sums that are larger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted
from parindex.documents.printed_text import folded

_MONEY = re.compile(r"\s{0,2}(?:đồng|VNĐ|VND|đ(?!\w))", re.IGNORECASE)
#: The whole of a budget; letters of "ngân" are lost in some prints.
_BUDGET = re.compile(r"tong (?:so )?(?:thu|chi)(?: can doi)?(?: (?:ng.{0,3}n sach|nsnn|nsdp))")
#: Sums that are a part of some budget; others (product, investment, trade) may be larger than any.
_PART = re.compile(
    r"giai ng.{0,3}n|nop (?:vao |ve )?(?:ng.{0,3}n sach|nsnn)|thu hoi|kien nghi|kinh phi|chi thuong xuyen|tiet kiem"
    r"|von dau tu cong|ke hoach von"
)
_NO_PART = re.compile(
    r"gr?dp|tong san pham|toan xa hoi|kim ngach|doanh thu|du no|huy dong|trung uong|ca nuoc|giai doan"
)
_REACH = 130
_TIMES = 10
_SCALE = 1000
_UNITS = {10**3: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng"}
#: Two amounts of one thing in two years are in one unit where one is about a thousand times the other as printed.
_NEAR = Fraction(1, 2), Fraction(2)
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Amount:
    passage: Passage
    figure: TextFigure
    before: str

    @property
    def value(self) -> Fraction:
        return self.figure.value

    @property
    def printed(self) -> str:
        return self.passage.text[self.figure.start : self.figure.end]


def units_apart(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """Amounts that are out of scale: a whole budget far below sums that are a part of one; of two years one a thousand
    times the other.
    """
    amounts = [amount for passage in passages for amount in _amounts(passage)][:_MOST]
    told: set[tuple[int, int]] = set()
    for one in [*_small_budgets(amounts), *_scales_apart(amounts)]:
        wrong, other = one
        key = id(wrong.passage), wrong.figure.start
        if key not in told:
            told.add(key)
            yield _finding(wrong, other)


def _amounts(passage: Passage) -> Iterator[_Amount]:
    if "đồng" not in passage.text and "VN" not in passage.text:
        return
    for figure in passage.figures:
        if figure.scale > 1 and not figure.named and not figure.percent and _MONEY.match(passage.text, figure.end):
            before = re.split(r"[.;](?=\s)", passage.text[max(0, figure.start - _REACH) : figure.start])[-1]
            yield _Amount(passage, figure, folded(before))


def _small_budgets(amounts: Sequence[_Amount]) -> Iterator[tuple[_Amount, _Amount]]:
    parts = [one for one in amounts if _PART.search(one.before) and not _NO_PART.search(one.before)]
    for one in amounts:
        if not _BUDGET.search(one.before) or one.figure.scale * _SCALE not in _UNITS:
            continue
        above = [other for other in parts if other.value >= _TIMES * one.value]
        right = [other for other in above if other.value <= _SCALE * one.value]
        if right:
            yield one, max(right, key=lambda other: other.value)


def _scales_apart(amounts: Sequence[_Amount]) -> Iterator[tuple[_Amount, _Amount]]:
    """Neighbours in one passage with near figures and units far apart: 1.210 tỷ, then 1.280 triệu."""
    for one, other in zip(amounts, amounts[1:], strict=False):
        if one.passage is not other.passage or not _one_thing(one, other):
            continue
        low, high = sorted((one.figure.scale, other.figure.scale))
        as_printed = other.figure.readings[0] / one.figure.readings[0] if one.figure.readings[0] else Fraction(0)
        if high == _SCALE * low and _NEAR[0] <= as_printed <= _NEAR[1]:
            yield other, one


def _one_thing(one: _Amount, other: _Amount) -> bool:
    """Whether the second amount is that of the same thing in another year ("năm 2019 là …; năm 2020 là …")."""
    between = other.passage.text[one.figure.end : other.figure.start].lower()
    return bool(
        re.fullmatch(r"\s?(?:đồng|vnđ)?[,;.]?\s(?:và\s)?(?:đến\s)?năm 20\d\d\s(?:là|đạt|ước đạt|tăng lên)?\s?", between)
    )


def _finding(wrong: _Amount, other: _Amount) -> StatementFinding:
    unit = _UNITS.get(wrong.figure.scale * _SCALE, "")
    if other.figure.scale > wrong.figure.scale:
        unit = _UNITS.get(other.figure.scale, unit)
    text = wrong.passage.text
    end = _MONEY.match(text, wrong.figure.end)
    stated = text[wrong.figure.start : end.end() if end else wrong.figure.end]
    digits = re.match(r"[\d.,\s]{0,40}", stated)
    found = f"{digits[0].strip()} {unit}" if digits is not None and unit else ""
    facts = {"other": other.printed.strip() + " đồng", "at": other.passage.place_at(other.figure.start)}
    return StatementFinding(
        StatementKind.WRONG_UNIT, Severity.WRONG_FIGURE, Sure.LIKELY, wrong.passage.place_at(wrong.figure.start),
        quoted(text, wrong.figure.start, wrong.figure.end), stated, found, "unit_apart", facts,
    )  # fmt: skip
