"""Counts over the codes right behind them: ``05 tiêu chí thành phần (1.2.1, 2.3, 4.1.2, 5.6 và 7.1.10)``; and per cents
of people by what they think that are together more than 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, readings_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_CODE = r"\d{1,2}(?:\.\d{1,2}){1,4}"
_AND = r"\s?(?:[,;]|,?\svà)\s?(?:(?:tiêu chí(?: thành phần)?|tctp|mục)\s)?"
#: A count of items whose codes follow, and nothing else.
_CODES = re.compile(
    r"(?<![\d.,/])(?P<count>\d{1,2})\s(?P<unit>tiêu chí(?: thành phần)?|tctp|chỉ số(?: thành phần)?|nội dung)"
    rf"[^.;:()\d]{{0,80}}(?::|\(|gồm)\s?(?:gồm|là|các|tiêu chí(?: thành phần)?|tctp|:|\s){{0,6}}"
    rf"(?P<list>{_CODE}(?:{_AND}{_CODE}){{1,40}})"
    r"(?=\s?(?:[).;]|$))",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\)?\s?(?:số |phiếu |người |ý kiến |người dân |trả lời |đánh giá |là |cho rằng |cảm thấy |thấy |được hỏi |mức "
    r"|loại |xếp loại |được |đảng viên |cán bộ |công chức |viên chức |đơn vị |tổ chức |cơ sở |mức độ |ở ){0,7}"
    r"(?P<opinion>rất hài lòng|rất không hài lòng|không hài lòng|hài lòng|bình thường|rất tốt|tốt|khá|trung bình|yếu"
    r"|kém|xuất sắc|không có ý kiến|hoàn thành xuất sắc|hoàn thành tốt|không hoàn thành|hoàn thành)(?!\w)"
)
_FEWEST_NAMES, _MOST_OPINIONS = 2, 6
_HUNDRED = 100


def named_lists(text: MarkedText) -> Iterator[Checked]:
    """Every count with its codes behind it, and every 100 per cent parted by opinion or grade."""
    printed = text.passage.text
    for found in _CODES.finditer(printed):
        yield _counted(text, found, len(set(re.findall(_CODE, found["list"]))), Sure.CERTAIN)
    yield from _opinions(text)


def _counted(text: MarkedText, found: re.Match[str], count: int, sure: Sure) -> Checked:
    start, end = text.letter(found.start()), text.letter(found.end())
    digits = found["count"]
    if int(digits) == count:
        return Checked("counts", Fit.RIGHT, start, end)
    read = readings_of(digits)
    figure = TextFigure(digits, 0, 0, tuple(value for value, _ in read), tuple(places for _, places in read))
    told = finding(
        text, start, end, StatementKind.COUNT, "count_listed", stated=digits,
        found=in_form_of(figure, Fraction(count)), sure=sure, facts={"unit": found["unit"]},
    )  # fmt: skip
    return Checked("counts", Fit.WRONG, start, end, told)


def _opinions(text: MarkedText) -> Iterator[Checked]:
    """Per cents of people by what they think, or of units by grade: together no more than 100."""
    for first, last in text.sentences():
        told = text.figures(first, last, PER_CENT)
        if not _FEWEST_NAMES < len(told) <= _MOST_OPINIONS or text.figures(told[0][0], told[-1][0], COUNT + QUOTIENT):
            continue
        ends = [at for at, _ in told[1:]] + [last]
        words = [_OPINION.match(text.text[at + 1 : end]) for (at, _), end in zip(told, ends, strict=True)]
        names = [word["opinion"] for word in words if word is not None]
        if len(names) < len(told) or len(set(names)) < len(names):
            continue
        total = sum((figure.value for _, figure in told), Fraction(0))
        slack = sum((figure.step() for _, figure in told), Fraction(0))
        found = None
        if total > _HUNDRED + slack:
            listed = " + ".join(figure.digits for _, figure in told)
            found = finding(
                text, told[0][0], told[-1][0] + 1, StatementKind.PART_OF_WHOLE, "shares_above_whole", stated="100",
                found=in_form_of(told[0][1], total), sure=Sure.LIKELY, facts={"parts": listed},
            )  # fmt: skip
        yield Checked("sums", Fit.WRONG if found else Fit.RIGHT, told[0][0], told[-1][0] + 1, found)
