"""Rules of scoring that running text tells: ``từ 80% trở lên được 1 điểm; từ 70% đến dưới 80%: 0,5 điểm; dưới 70%: 0``,
``mỗi báo cáo chậm trừ 0,25 điểm``, ``từ 70% đến dưới 100% thì điểm = (tỷ lệ % x 1,5)/100%``.

What each piece of such a sentence is worth, and for which values, is read as in tables of criteria.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.criteria_tables.option_lines import OptionLine, read_line
from parindex.documents.criteria_tables.option_ranges import Range, read_range

_FIGURE = r"\d{1,3}(?:[.,]\d{1,4})?"
#: Text without such words tells no rule.
_SPEAKS = re.compile(
    r"trở lên|dưới|trên|tối thiểu|ít nhất|mỗi|trừ|100\s?%|điểm\s?/|tỷ lệ[^.;]{0,60}[x×*]|>|<|≥|≤", re.IGNORECASE
)
_POINTS = re.compile(
    rf"{_FIGURE}\s?điểm(?! phần trăm)|thang điểm|(?:cách|công thức) tính|điểm (?:tối đa|chuẩn)", re.IGNORECASE
)
_BEGINS = (
    r"(?:còn |nếu |và |khi |trường hợp )?(?:tỷ lệ |đạt |có |hoàn thành )?"
    r"(?:từ|trên|dưới|đạt|mỗi|cứ|thiếu|chậm|[≥≤<>]|100\s?%)"
)
#: Where one piece of a rule ends and the next begins.
_CUT = re.compile(
    rf";|[.](?=\s|$)|[()]|(?<!công thức):\s(?={_BEGINS})|\s-\s(?!\s?(?:dưới|đến|<|\d))"
    rf"|,\s(?={_BEGINS}\s?[^,;]{{2,60}}(?:\d|không (?:có |được |tính )?)\s?(?:điểm)?)"
    r"|,\s(?=(?:sở|huyện|xã|phường|đơn vị|tỉnh|cơ quan|thành phố)\s"
    r"(?:[^\W\d_]+\s){0,4}?(?:có|chậm|thiếu|bị|gửi|tự|được)\s)"
    r"|,\s(?=(?:theo|căn cứ) (?:thang điểm|quy định|hướng dẫn))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:đạt |tỷ lệ )?(?:từ|trên|dưới|[≥≤<>])\s?\d", re.IGNORECASE)
_LEADS = re.compile(
    r"^\s*(?:(?:và|còn|nếu|khi|trường hợp|trong đó|theo thang điểm|theo quy định|quy định|yêu cầu)\s)*", re.IGNORECASE
)
_ENDS = re.compile(r"(?:\s(?:thì|được|chấm|tính|cho)|,)+\s*$")
#: What all cases together give or take off at the most: "…, tối đa trừ 1 điểm".
_AT_MOST = re.compile(
    rf",?\s(?:nhưng |và |song )?(?:tổng )?(?:điểm )?(?:bị )?(?:trừ )?"
    rf"(?:tối đa|không (?:vượt )?quá)(?: là| trừ| không quá)*\s"
    rf"(?P<most>{_FIGURE})(?:\sđiểm)?\s*$",
    re.IGNORECASE,
)
_BARE_FIGURE = re.compile(rf"(?:được|đạt|tính|chấm|cho|trừ)\s{_FIGURE}\s*$", re.IGNORECASE)
#: A worth that is a part of the maximum: "(tỷ lệ % x 1,50)/100%", "điểm = tỷ lệ x 3,0".
_FORMULA = re.compile(
    rf"(?:điểm|tính).{{0,60}}?tỷ lệ[^;]{{0,60}}?\s?[x×*]\s?(?P<m>{_FIGURE}|điểm (?:tối đa|chuẩn))", re.IGNORECASE
)
#: A formula that no range leads to holds for all shares.
_ONLY_FORMULA = re.compile(r"(?:cách tính:? |công thức:? )?(?:số )?điểm(?! tối)", re.IGNORECASE)
#: "(tối đa 0,25; tỷ lệ x 0,25)".
_SHORT_FORMULA = re.compile(
    rf"(?:cách tính:? |tính theo )?tỷ lệ(?: %)?(?: [^\W\d]+){{0,5}} ?[x×*] ?(?P<m>{_FIGURE}|điểm (?:tối đa|chuẩn))",
    re.IGNORECASE,
)
#: "tỷ lệ x 1,5/80%".
_DIVIDED = re.compile(rf"\s?\)?\s?[/:]\s?(?P<whole>{_FIGURE})\s?%")
_HUNDRED = 100
_ALL = Range(Fraction(0), True, None, False, "%", "%")
_FORMULA_BRACKETS = re.compile(r"\([^();]{0,80}\s?[x×*]\s?[^();]{0,40}\)")
_MAXIMUM = re.compile(
    rf"(?:tối đa|điểm chuẩn|điểm trần)(?: là| không quá)?:?\s(?P<m>{_FIGURE})(?!\d|\s?%)", re.IGNORECASE
)
#: "1,5 điểm/sáng kiến".
_TAKES_OFF = re.compile(r"(?<!\w)(?:bị )?trừ\s$", re.IGNORECASE)
_OVER_EACH = re.compile(
    rf"(?P<p>{_FIGURE})\s?điểm\s?/\s?(?:01\s|1\s|một\s|mỗi\s)?(?P<thing>[^\W\d_]{{2,8}}(?:\s[^\W\d_]{{2,8}})?)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?:mỗi|một|01|1)\s(?:một\s|01\s|1\s)?(?P<thing>[^\W\d_]{2,8}(?:\s[^\W\d_]{2,8}){0,3})", re.IGNORECASE
)
#: Words of a fault: what is counted is so many of what is late, missing, wrong.
_FAULT = re.compile(r"(?<!\w)(?:chậm|trễ|muộn|quá hạn|thiếu|không|chưa|sai|trái|vi phạm)(?!\w)", re.IGNORECASE)
_THING_ENDS = re.compile(
    r"(?<!\w)(?:chậm|trễ|muộn|quá|thiếu|không|chưa|sai|trái|vi phạm|được|bị|có|đã|của|từ|trong|do|đạt|trở|gửi|nộp"
    r"|ban hành)(?!\w)"
)
_MOST_POINTS = 100
_FEWEST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Band:
    """What values in ``range`` are worth: ``points``; else ``factor`` times the share; neither where it is not read."""

    range: Range
    points: Fraction | None
    factor: Fraction | None = None

    @property
    def is_read(self) -> bool:
        """Whether it is known what its values are worth."""
        return self.points is not None or self.factor is not None


@dataclass(frozen=True, slots=True)
class PerCase:
    """Points for each ``thing`` (words in small letters), taken off where ``minus``; ``faults``: only for those that
    are called late, missing or wrong.
    """

    thing: str
    points: Fraction
    minus: bool
    faults: bool
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule that stands in ``text[start:end]`` of a passage; ``maximum``: what it gives at the most, where told."""

    bands: tuple[Band, ...]
    cases: tuple[PerCase, ...]
    maximum: Fraction | None
    start: int
    end: int


def may_tell_rule(text: str) -> bool:
    """Whether a text has the words of a rule at all: most have none, and cost no search for their figures."""
    small = text.lower()
    if "điểm" not in small and "cách tính" not in small and "công thức tính" not in small:
        return False
    return _SPEAKS.search(text) is not None and _POINTS.search(text) is not None


def tells_fault(words: str) -> bool:
    """Whether what is counted is called late, missing or wrong."""
    return _FAULT.search(words) is not None


def told_maximum(text: str) -> Fraction | None:
    """The last maximum that a text tells ("điểm tối đa 1,5"); None where it tells none."""
    found = [value for each in _MAXIMUM.finditer(text) if (value := _value(each["m"])) is not None]
    return found[-1] if found else None


def told_rule(text: str, above: Fraction | None = None) -> ToldRule | None:
    """The rule of a paragraph; None where it tells none. ``above``: the maximum told in the heading above it."""
    if not may_tell_rule(text):
        return None
    maximum = told_maximum(text)
    maximum = above if maximum is None else maximum
    bands: list[Band] = []
    cases: list[PerCase] = []
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        band, case = _read(text[start:end], maximum)
        if band is not None and any(band.range.overlaps(one.range) for one in bands):
            if band.is_read:
                break  # what was reached, behind the rule
            continue
        bands += [band] if band is not None else []
        cases += [case] if case is not None else []
        spans += [(start, end)] if (band is not None and band.is_read) or case is not None else []
    if not spans or not _is_sound(bands, maximum):
        return None
    if above is not None and any(case.minus and case.most == maximum for case in cases):
        maximum = above
    return ToldRule(tuple(bands), tuple(cases), maximum, spans[0][0], spans[-1][1])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each piece stands; the brackets of a formula hold nothing of their own."""
    plain = _FORMULA_BRACKETS.sub(lambda found: f" {found[0][1:-1]} ", text)
    start = 0
    for cut in _CUT.finditer(plain):
        if cut.start() - start >= _FEWEST_LETTERS:
            yield start, cut.start()
        start = cut.end()
    if len(text) - start >= _FEWEST_LETTERS:
        yield start, len(text)


def _read(piece: str, maximum: Fraction | None) -> tuple[Band | None, PerCase | None]:
    words = _LEADS.sub("", piece).strip(" ,")
    over = _OVER_EACH.search(words)
    if over is not None:
        points = _value(over["p"])
        minus = _TAKES_OFF.search(words, 0, over.start()) is not None
        thing = over["thing"].lower()
        return None, (PerCase(thing, points, minus, minus and tells_fault(words)) if points else None)
    formula = _SHORT_FORMULA.fullmatch(words) or _FORMULA.search(words)
    if formula is not None:
        return _part_of_maximum(words, formula, maximum), None
    if _BARE_FIGURE.search(words):
        words += " điểm"
    tail = _AT_MOST.search(words)
    most = _value(tail["most"]) if tail is not None else None
    line = read_line(words[: tail.start()] if tail is not None else words)
    if line is None:
        return _unread(words), None
    if (line.points or 0) > _MOST_POINTS:
        return None, None
    case = _per_case(line, most)
    if case is not None or line.minus or line.per:
        return None, case
    band = read_range(_ENDS.sub("", line.label))
    points = line.points if line.share is None else (line.share * maximum if maximum is not None else None)
    if band is None or band.is_none or (band.low is None and band.high is None) or band.qualifier:
        return None, None
    if "=" in line.label or words.startswith(":"):
        return None, None  # what was reached: "9/9 = 100%, đạt 0,25 điểm"
    return Band(band, points), None


def _part_of_maximum(words: str, formula: re.Match[str], maximum: Fraction | None) -> Band | None:
    """A band whose values are worth their share of some points: "từ 70% đến dưới 100%: tỷ lệ x 1,5"."""
    band = read_range(words[: formula.start()])
    factor = _value(formula["m"]) or maximum
    divided = _DIVIDED.match(words, formula.end())
    if divided is not None and factor and (whole := _value(divided["whole"])):
        factor = factor * _HUNDRED / whole
    if band is None and (_ONLY_FORMULA.match(words) or formula.re is _SHORT_FORMULA):
        band = _ALL
    return Band(band, None, factor) if band is not None and band.is_share and factor else None


def _unread(words: str) -> Band | None:
    """A band whose worth is not told in points: nothing is said of what lies in it."""
    band = read_range(words) if _RANGE.match(words) else None
    return Band(band, None) if band is not None and band.is_share and not band.is_number else None


def _per_case(line: OptionLine, most: Fraction | None) -> PerCase | None:
    each = _EACH.search(line.label)
    if each is None or not line.points or not (line.per or line.minus):
        return None
    thing = _THING_ENDS.split(each["thing"].lower())[0].strip()
    faults = tells_fault(line.label)
    return PerCase(thing, line.points, line.minus, faults, most if line.minus else None) if thing else None


def _is_sound(bands: list[Band], maximum: Fraction | None) -> bool:
    """Whether bands are of one unit and give more for more, or less for more, and nothing above the maximum: what
    gives anything else is no rule, or one that is not read.
    """
    if len({band.range.unit for band in bands}) > 1:
        return False
    known = sorted((band.range.low or Fraction(-1), band.points) for band in bands if band.points is not None)
    points = [worth for _, worth in known]
    if maximum is not None and any(worth > maximum for worth in points):
        return False
    return points in (sorted(points), sorted(points, reverse=True)) and len(set(points)) == len(points)


def _value(digits: str) -> Fraction | None:
    read = readings_of(digits) if digits[:1].isdigit() else ()
    return read[0][0] if read else None
