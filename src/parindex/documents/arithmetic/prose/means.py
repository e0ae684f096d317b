"""Means of what is told beside them: ``năm 2021, 2022, 2023 lần lượt là 80; 84; 88 điểm, trung bình 84 điểm``, ``điểm
trung bình 3 lĩnh vực là 8,0 (7,5; 8,0; 8,5 điểm)``.

Values that are only some of those that a mean was taken of say nothing of it: they must be announced ("3 năm", "lần
lượt"), stand in a bracket behind it, or be told for a year each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_full
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import unit_behind

_V = f"[{COUNT}{PER_CENT}]"
#: The mean: behind its word, a few words and what it is taken of ("3 năm", "giai đoạn 2021-2023"); behind "lần lượt"
#: stand the values.
_MEAN = re.compile(
    r"(?:trung bình|bình quân)(?! (?:loại|yếu|khá|kém))"
    rf"(?:[ -](?:(?!lần lượt(?!\w))[^\W\d_]{{1,10}}"
    rf"|{COUNT}(?= (?:năm|quý|tháng|lĩnh|nhóm|tiêu|đơn|huyện|sở|xã|kỳ|đợt))|{YEAR})){{0,9}}?"
    rf":? (?P<m>{_V})(?! (?:năm|quý|tháng|lĩnh vực|nhóm|tiêu chí|kỳ|đợt)(?!\w))"
)
#: "trung bình điểm của 4 đơn vị (88; 90; 85; 93 điểm) là 89".
_BEHIND_BRACKET = re.compile(
    rf"(?:trung bình|bình quân)[^.;:()]{{0,60}}\([^()]{{3,160}}\)\s(?:là|đạt|bằng)\s(?P<m>{_V})"
)
#: What is told of one of the values, or of another mean.
_SPOILS = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|cao nhất|thấp nhất|riêng|cả nước|toàn quốc|so với|tăng|giảm|gia quyền|trọng số|hệ số"
    r"|quy đổi|(?:trung bình|bình quân)(?: chung)? (?:của )?(?:vùng|(?:cả |toàn )?tỉnh|khu vực|toàn ngành|các)"
    r"|kế hoạch|chỉ tiêu|(?:xếp )?loại trung bình)(?!\w)"
)
_IN_TURN = re.compile(r"(?<!\w)(?:lần lượt|tương ứng)(?!\w)")
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_IN_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(_NUMBERS)})(?= (?:năm|quý|tháng|lĩnh|nhóm|tiêu|đơn|huyện|sở|xã|kỳ|đợt))")
_FOR_EACH = re.compile(r"(?<!\w)mỗi (?!năm|quý|tháng)[^.;:,()]{1,24}$")
_EACH_REACH = 32
_PERIODS = re.compile(r"\s(?:năm|quý|tháng|kỳ)(?!\w)")
_BRACKET = re.compile(r"[^.;:()]{0,24}\((?:[^()]*)\)")
_LONGEST, _FEWEST, _MOST = 360, 2, 12
#: A mean that is further from its values is another thing.
_FARTHEST = Fraction(6, 5)


def means(text: MarkedText) -> Iterator[Checked]:
    """Every mean with the values that it was taken of."""
    if "bình" not in text.text:
        return
    for first, last in text.periods():
        if last - first <= _LONGEST and not _SPOILS.search(text.text, first, last):
            for found in (*_MEAN.finditer(text.text, first, last), *_BEHIND_BRACKET.finditer(text.text, first, last)):
                checked = _of_values(text, found.start("m"), first, last)
                if checked is not None:
                    yield checked


def _of_values(text: MarkedText, at: int, first: int, last: int) -> Checked | None:
    """The mean of all other values of its sentence, where these are all that it was taken of."""
    mean, letter, unit = text.figure(at), text.text[at], unit_behind(text, at).split()[:1]
    figures = [one for one in text.figures(first, last, COUNT + PER_CENT + QUOTIENT) if one[0] != at]
    values = [(place, one) for place, one in figures if text.text[place] == letter and _is_value(text, place, unit)]
    others = [one.value for place, one in figures if (place, one) not in values]
    count = len(values)
    if not _FEWEST <= count <= _MOST or any(one != count for one in others) or is_about(text.text, at):
        return None
    told = [one for _, one in values]
    scales = {one.scale for place, one in ((at, mean), *values) if unit_behind(text, place)}
    if len(scales) > 1 or not _are_all(text, at, first, last, values, bool(others)):
        return None
    low, high = min(one.readings[0] for one in told), max(one.readings[0] for one in told)
    stated = mean.readings[0]
    if mean.percent and not _are_by_year(text, first, last, count) and low <= stated <= high:
        return None  # per cents of wholes of other sizes
    if not low / _FARTHEST <= stated <= high * _FARTHEST:
        return None
    start, end = min(at, values[0][0]), max(at, values[-1][0]) + 1
    right = sum((one.readings[0] for one in told), Fraction(0)) / count
    if _may_be(right, mean, told):
        return Checked("ratios", Fit.RIGHT, start, end)
    found = finding(
        text, start, end, StatementKind.RATIO, "mean_apart", at=at, sure=Sure.LIKELY, stated=mean.digits,
        found=in_distinct_form(mean, right), facts={"parts": "; ".join(in_full(one, one.digits) for one in told)},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, end, found)


def _may_be(right: Fraction, mean: TextFigure, told: Sequence[TextFigure]) -> bool:
    """Whether a mean of values, themselves rounded half up, was printed as ``mean``, or cut."""
    steps = [one.step() / one.scale if one.places[0] or one.scale > 1 else Fraction(0) for one in told]
    step = mean.step() / mean.scale
    slack = sum(steps, Fraction(0)) / len(steps)
    stated = mean.readings[0]
    return abs(right - stated) < (slack + step) / 2 or right == stated - step / 2 or 0 <= right - stated < step


def _is_value(text: MarkedText, at: int, unit: Sequence[str]) -> bool:
    """Whether a figure counts what the mean does, or leaves that to others."""
    if _PERIODS.match(text.text, at + 1):
        return False
    own = unit_behind(text, at).split()[:1]
    return not own or own == unit or (not unit and may_count_alike(own[0], "điểm"))


def _are_all(
    text: MarkedText, at: int, first: int, last: int, values: Sequence[tuple[int, TextFigure]], announced: bool
) -> bool:
    """Whether something says that the mean is of these values and no others."""
    count = len(values)
    if _FOR_EACH.search(
        text.text, max(first, at - _EACH_REACH), at
    ):  # "lần lượt là 120, 150, 180; bình quân mỗi xã 150"
        return announced and _IN_TURN.search(text.text, first, last) is not None
    if announced or _IN_TURN.search(text.text, first, last) or _are_by_year(text, first, last, count):
        return True
    if any(_NUMBERS[found[0]] == count for found in _IN_WORDS.finditer(text.text, first, last)):
        return True
    bracket = _BRACKET.match(text.text, at + 1)
    return bracket is not None and all(at < place < bracket.end() for place, _ in values)


def _are_by_year(text: MarkedText, first: int, last: int, count: int) -> bool:
    """Whether as many years are told as there are values: "2021, 2022 và 2023", "giai đoạn 2021 - 2023"."""
    years = [(at, int(one.readings[0])) for at, one in text.figures(first, last, YEAR)]
    if len(years) == 2 and text.text[years[0][0] + 1 : years[1][0]].strip() in ("-", "–", "đến"):
        return years[1][1] - years[0][1] + 1 == count
    return len(years) == count
