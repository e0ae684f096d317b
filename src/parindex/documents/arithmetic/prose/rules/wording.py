"""Rules of scoring that running text tells: ``từ 80% trở lên được 1 điểm; từ 70% đến dưới 80%: 0,5 điểm; dưới 70%: 0``,
``mỗi báo cáo chậm trừ 0,25 điểm``, ``từ 70% đến dưới 100% thì điểm = (tỷ lệ % x 1,5)/100%``.

What each piece of such a sentence is worth, and for which values, is read as in tables of criteria.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.prose.rules.pieces import FIGURE, pieces
from parindex.documents.criteria_tables.option_lines import OptionLine, read_line
from parindex.documents.criteria_tables.option_ranges import Range, read_range

#: Text without such words tells no rule.
_SPEAKS = re.compile(
    r"trở lên|dưới|trên|tối thiểu|ít nhất|mỗi|trừ|100\s?%|điểm\s?/|tỷ lệ[^.;]{0,60}[x×*]|>|<|≥|≤"
    r"|[ab]\s?/\s?[ab]\)?\s?[x×*]|tổng số[^.;]{0,60}[x×*]|từ \d\d? [^\W\d_]|\d\s?điểm (?:nếu|khi|cho|với)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"{FIGURE}\s?điểm(?! phần trăm)|thang điểm|cách tính|công thức(?: tính|:? (?:số )?điểm)"
    r"|điểm (?:đánh giá|tối đa|chuẩn)",
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
    rf"(?P<most>{FIGURE})(?:\sđiểm)?\s*$",
    re.IGNORECASE,
)
_BARE_FIGURE = re.compile(rf"(?:được|đạt|tính|chấm|cho|trừ)\s{FIGURE}\s*$", re.IGNORECASE)
#: A worth that is a part of the maximum: "(tỷ lệ % x 1,50)/100%", "điểm = tỷ lệ x 3,0".
_FORMULA = re.compile(
    rf"(?:điểm|tính).{{0,60}}?tỷ lệ[^;]{{0,60}}?\s?[x×*]\s?(?P<m>{FIGURE}|điểm (?:tối đa|chuẩn))", re.IGNORECASE
)
#: A formula that no range leads to holds for all shares.
_ONLY_FORMULA = re.compile(r"(?:cách tính:? |công thức:? )?(?:số )?điểm(?! tối)", re.IGNORECASE)
#: "(tối đa 0,25; tỷ lệ x 0,25)".
_SHORT_FORMULA = re.compile(
    rf"(?:cách tính:? |tính theo )?tỷ lệ(?: %)?(?: [^\W\d]+){{0,5}} ?[x×*] ?(?P<m>{FIGURE}|điểm (?:tối đa|chuẩn))",
    re.IGNORECASE,
)
#: "(b/a) x điểm tối đa", "(số hồ sơ đã số hóa/tổng số hồ sơ) x 2 điểm".
_QUOTIENT_FORMULA = re.compile(
    r"(?:[ab]\s?/\s?[ab]|số [^();/]{3,60}/[^();/]{3,60}?)\s?\)?\s?(?:[x×*]\s?100\s?%?\s?)?"
    rf"[x×*]\s?(?P<m>{FIGURE}|điểm (?:tối đa|chuẩn))(?!\d|\s?%)",
    re.IGNORECASE,
)
#: What is none of the told bands: "nếu không đạt 100% thì không có điểm", "các trường hợp còn lại: 0 điểm".
_ELSE = re.compile(
    r"(?:(?:các )?(?:trường hợp )?(?:còn lại|khác)|(?:ngược )?lại"
    r"|(?:không|chưa)(?: (?:đạt|đủ|hoàn thành)(?: (?:đủ )?100\s?%| (?:yêu cầu|tỷ lệ|mức)(?: trên| này| nêu trên)?)?)?)"
    rf"(?:\s?[:=]\s?|,?\s(?:(?:thì|được|chấm|tính|là)\s){{0,2}})"
    rf"(?P<p>{FIGURE}|không (?:được )?(?:có |được |tính |chấm |cho )?điểm)(?:\s?điểm)?",
    re.IGNORECASE,
)
#: Before the worth of "… cho 1 điểm nếu có từ 02 sáng kiến trở lên"; what such a worth is for.
_WORTH_LED = re.compile(
    rf"(?:^|(?<!\w)(?:được|cho|chấm|tính|đạt|là|quy định|[:-])\s)(?={FIGURE}\s?điểm\s(?:nếu|khi|cho|đối với|với)\s)",
    re.IGNORECASE,
)
#: "… thì bị trừ 0,25 điểm cho mỗi tháng chậm".
_CASE_LED = re.compile(rf"(?<!\w)(?:trừ|cộng) {FIGURE}\s?điểm (?:cho|đối với) mỗi(?!\w)", re.IGNORECASE)
#: "nếu b/a = 100%": what the share is called.
_RATIO_NAME = re.compile(r"^(?:tỷ lệ )?[ab]\s?/\s?[ab](?!\s?[x×*)])\s?(?:=|đạt|là)?\s?", re.IGNORECASE)
#: All that is asked is there: "đủ 04 báo cáo: 1 điểm", "gửi đúng hạn được 1 điểm".
_WHOLE = re.compile(
    r"(?<!\w)(?<!không )(?<!chưa )(?:đủ|đầy đủ|đúng hạn|đúng quy định|đúng thời hạn)(?!\w)", re.IGNORECASE
)
#: "thì đạt điểm tối đa 1 điểm", "thì điểm đánh giá là 0,5".
_NAMED_WORTH = re.compile(
    r"(?<!\w)(?:thì|được|đạt|cho|chấm|tính) điểm (?:tối đa|đánh giá|đạt được|số|chấm|đạt)?(?: ?(?:là|bằng|=))? ?"
    rf"(?P<p>{FIGURE})(?:\s?điểm)?\s*$",
    re.IGNORECASE,
)
#: "bị trừ 0,5 điểm vào điểm chuẩn 2 điểm (của tiêu chí)".
_TAKEN_FROM = re.compile(
    rf"\s(?:vào|trong|trên|từ|so với)\s(?:tổng )?(?:số )?điểm (?:chuẩn|tối đa)(?: (?:là )?{FIGURE}(?:\sđiểm)?)?"
    r"(?: của (?:tiêu chí|nội dung|mục)(?: thành phần)?(?: này)?)?\s*$",
    re.IGNORECASE,
)
#: "tỷ lệ x 1,5/80%".
_DIVIDED = re.compile(rf"\s?\)?\s?[/:]\s?(?P<whole>{FIGURE})\s?%")
#: "chỉ tổ chức 01 cuộc đối thoại".
_ONLY = re.compile(r"^(?:(?:chỉ|mới|có|tổ chức|thực hiện|mở|ban hành|được)\s){1,3}(?=\d)", re.IGNORECASE)
#: "sắp xếp xong 100% đơn vị".
_ALL_OF = re.compile(r"(?:(?!không|chưa|dưới)[^\W\d_]+\s){0,8}100\s?%(?: [^\W\d_]+){0,8}", re.IGNORECASE)
_WHOLE_SHARE = Range(Fraction(1), True, None, False, "%", "%")
_HUNDRED = 100
_ALL = Range(Fraction(0), True, None, False, "%", "%")
_MAXIMUM = re.compile(
    r"(?:tối đa|điểm chuẩn|điểm trần)(?: của (?:tiêu chí|nội dung|mục)(?: thành phần)?(?: này| \d[\d.]*)?)?"
    rf"(?: là| không quá)?:?\s\(?(?P<m>{FIGURE})(?!\d|\s?%)",
    re.IGNORECASE,
)
_WORTHS = re.compile(rf"{FIGURE}\s?điểm(?! phần trăm)", re.IGNORECASE)
#: Points that are taken off are worth of no band.
_TAKEN = re.compile(r"(?<!\w)trừ(?!\w)", re.IGNORECASE)
#: "1,5 điểm/sáng kiến".
_TAKES_OFF = re.compile(r"(?<!\w)(?:bị )?trừ\s$", re.IGNORECASE)
_OVER_EACH = re.compile(
    rf"(?P<p>{FIGURE})\s?điểm\s?/\s?(?:01\s|1\s|một\s|mỗi\s)?(?P<thing>[^\W\d_]{{2,8}}(?:\s[^\W\d_]{{2,8}})?)",
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
    are called late, missing or wrong; ``words``: all that it is told in.
    """

    thing: str
    points: Fraction
    minus: bool
    faults: bool
    most: Fraction | None = None
    words: frozenset[str] = frozenset()


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
    if "điểm" not in small and "cách tính" not in small and "công thức" not in small:
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
    whole: Fraction | None = None
    for start, end in pieces(text):
        words = _RATIO_NAME.sub("", _LEADS.sub("", text[start:end]).strip(' ,."“”'))
        band, case = _rest_of(words, bands) if bands else None, None
        if band is None:
            band, case = _read(words, maximum, counted=any(not one.range.is_share for one in bands))
        if band is not None and any(band.range.overlaps(one.range) for one in bands):
            if band.is_read:
                break  # what was reached, behind the rule
            continue
        whole = _whole(words) or whole if band is None and case is None and not cases else whole
        bands += [band] if band is not None else []
        cases += [case] if case is not None else []
        # A band whose worth is not read stands in the rule all the same: its edges are no results.
        goes_on = band is not None and bool(spans) and "." not in text[spans[-1][1] : start]
        spans += [(start, end)] if (band is not None and band.is_read) or case is not None or goes_on else []
    if not spans or not _is_sound(bands, maximum):
        return None
    if above is not None and any(case.minus and case.most == maximum for case in cases):
        maximum = above
    if maximum is None and cases and all(case.minus for case in cases):
        maximum = whole
    return ToldRule(tuple(bands), tuple(cases), maximum, spans[0][0], spans[-1][1])


def _rest_of(words: str, bands: list[Band]) -> Band | None:
    """The band of all that is below the told ones: "nếu không đạt 100% thì không có điểm"."""
    found = _ELSE.fullmatch(words)
    lowest = min(bands, key=lambda band: (band.range.low or Fraction(0), not band.range.low_closed)).range
    if found is None or lowest.low is None:
        return None
    points = _value(found["p"]) if found["p"][0].isdigit() else Fraction(0)
    below = Range(None, False, lowest.low, not lowest.low_closed, lowest.unit, lowest.unit_text)
    return Band(below, points)


def _whole(words: str) -> Fraction | None:
    """What everything that is asked is worth, from which cases are taken off: "gửi đủ, đúng hạn được 1 điểm"."""
    line = read_line(words) if _WHOLE.search(words) else None
    return line.points if line is not None and not line.per and not line.minus else None


def _read(words: str, maximum: Fraction | None, *, counted: bool) -> tuple[Band | None, PerCase | None]:
    """What a piece tells; ``counted``: the pieces before it are of numbers, so that one of "01" is of just one."""
    over = _OVER_EACH.search(words)
    if over is not None and "tối đa" in words[: over.start()].lower():
        return None, None  # so much at the most for each
    if over is not None:
        points = _value(over["p"])
        minus = _TAKES_OFF.search(words, 0, over.start()) is not None
        thing = over["thing"].lower()
        return None, (PerCase(thing, points, minus, minus and tells_fault(words)) if points else None)
    formula = _SHORT_FORMULA.fullmatch(words) or _FORMULA.search(words) or _QUOTIENT_FORMULA.search(words)
    if formula is not None:
        return _part_of_maximum(words, formula, maximum), None
    line, most = _line_of(words)
    if line is None:
        return _unread(words), None
    if (line.points or 0) > _MOST_POINTS or len(_WORTHS.findall(line.label)) > 0:
        return None, None  # two pieces that were not told apart
    of_one = counted and not line.minus and line.label[:1].isdigit()
    case = None if of_one else _per_case(line, most)
    if case is not None or (line.per and not of_one) or (line.minus and maximum is None):
        return None, case
    label = _ONLY.sub("", _ENDS.sub("", line.label))
    band = read_range(label) or (_WHOLE_SHARE if _ALL_OF.fullmatch(label.rpartition(": ")[2]) else None)
    points = line.points if line.share is None else (line.share * maximum if maximum is not None else None)
    if line.minus and points is not None and maximum is not None:
        points = maximum - points  # "chậm từ 5 ngày trở lên trừ 0,5 điểm"
    if band is None or band.is_none or (band.low is None and band.high is None) or band.qualifier:
        return None, None
    if "=" in line.label or words.startswith(":") or _TAKEN.search(line.label):
        return None, None  # what was reached: "9/9 = 100%, đạt 0,25 điểm"
    return Band(band, points), None


def _line_of(words: str) -> tuple[OptionLine | None, Fraction | None]:
    """A piece as an option of a table of criteria, and what all its cases together are worth at the most."""
    if _BARE_FIGURE.search(words):
        words += " điểm"
    words = _NAMED_WORTH.sub(lambda found: f"được {found['p']} điểm", _TAKEN_FROM.sub("", words))
    if (case := _CASE_LED.search(words)) is not None:
        words = words[case.start() :]
    led = list(_WORTH_LED.finditer(words))
    if led and "%" not in words[: led[-1].end()]:
        words = words[led[-1].end() :]
    tail = _AT_MOST.search(words)
    most = _value(tail["most"]) if tail is not None else None
    return read_line(words[: tail.start()] if tail is not None else words), most


def _part_of_maximum(words: str, formula: re.Match[str], maximum: Fraction | None) -> Band | None:
    """A band whose values are worth their share of some points: "từ 70% đến dưới 100%: tỷ lệ x 1,5"."""
    band = read_range(words[: formula.start()])
    factor = _value(formula["m"]) or maximum
    divided = _DIVIDED.match(words, formula.end())
    if divided is not None and factor and (whole := _value(divided["whole"])):
        factor = factor * _HUNDRED / whole
    plain = band is None or not band.is_share
    if plain and (_ONLY_FORMULA.match(words) or formula.re is not _FORMULA):
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
    words = frozenset(line.label.lower().split())
    return PerCase(thing, line.points, line.minus, faults, most if line.minus else None, words) if thing else None


def _is_sound(bands: list[Band], maximum: Fraction | None) -> bool:
    """Whether bands are of one unit and give more for more, or less for more, and nothing above the maximum: what
    gives anything else is no rule, or one that is not read.
    """
    if len({band.range.unit.split(" ")[0] for band in bands}) > 1:
        return False
    known = sorted((band.range.low or Fraction(-1), band.points) for band in bands if band.points is not None)
    points = [worth for _, worth in known]
    if maximum is not None and any(worth > maximum for worth in points):
        return False
    return points in (sorted(points), sorted(points, reverse=True)) and len(set(points)) == len(points)


def _value(digits: str) -> Fraction | None:
    read = readings_of(digits) if digits[:1].isdigit() else ()
    return read[0][0] if read else None
