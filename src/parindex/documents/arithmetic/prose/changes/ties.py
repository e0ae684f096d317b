"""Which two values a change is tied to: ``từ A lên B, tăng C``, ``B, tăng C so với năm Y (A)``, ``so với năm Y (A), …
tăng C, đạt B``, ``năm Y1: A; năm Y2: B, giảm C``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Sure
from parindex.documents.arithmetic.prose.counted_things import may_count_alike, tells_whose
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.values import (
    VALUES,
    Value,
    is_change,
    unit_behind,
    value_at,
    values_in,
)

_V = f"[{VALUES}]"
_NO_VALUE = f"[^.;{VALUES}]"
#: "so với năm 2023 (85,12%)", "so với mức 85,12% của năm 2023", "so với cùng kỳ là 120"; a rank may stand between.
_AGAINST = re.compile(
    rf"^{_NO_VALUE}{{0,50}}?(?:\(?[^.;:{VALUES}]{{0,20}}{PER_CENT}\)?[^.;{VALUES}]{{0,20}}?)?"
    rf"(?:(?:và|,)[^.;:{VALUES}]{{0,20}}[{COUNT}]\s?(?:bậc|hạng|vị trí)[^.;:{VALUES}]{{0,20}}?)?so với"
    rf"(?P<gap>{_NO_VALUE}{{0,90}})(?P<a>{_V})"
)
#: "(năm 2023 đạt 59,51 điểm)", "(điểm tự chấm 87 điểm)" right behind the change.
_BRACKET = re.compile(
    rf"^[^.;:{VALUES}]{{0,40}}?\((?:kết quả |cùng kỳ |thực hiện )?"
    rf"(?:năm {YEAR}|(?:năm|quý|tháng|kỳ) trước|cùng kỳ|(?:điểm )?tự chấm)[^().;{VALUES}]{{0,40}}?(?P<a>{_V})"
)
_AGAINST_YEAR = re.compile(
    rf"^[^.;,{VALUES}]{{0,60}}?(?:(?:và|,)[^.;:{VALUES}]{{0,20}}[{COUNT}]\s?(?:bậc|hạng|vị trí)"
    rf"[^.;:{VALUES}]{{0,20}}?)?so với[^.;,(){VALUES}{YEAR}]{{0,40}}?(?:năm )?(?P<year>{YEAR})"
)
_TOLD = re.compile(
    r"(?:\((?:[^()]{0,50}[\s:])?|(?<!\w)(?:là|đạt|mức|bằng|chỉ có|có|chỉ đạt|chỉ tiêu|thực hiện|:)\s?:?\s?)\s?$"
)
_FROM_TO = re.compile(
    rf"(?<!\w)từ(?P<g0>[^.;:,(){VALUES}]{{0,40}}?)(?P<a>{_V})(?P<g1>[^.;:{VALUES}]{{0,60}}?)"
    rf"(?<!\w)(?P<to>lên|xuống|thành|còn|đến|sang)(?P<g2>[^.;:,{VALUES}]{{0,40}}?)(?P<b>{_V})"
)
_AGAINST_BEFORE = re.compile(rf"so với{_NO_VALUE}{{0,60}}?(?:\(|là |đạt |mức )(?P<a>{_V})\)?[^.;{VALUES}]{{0,80}}$")
_REACHING = re.compile(rf"[^.;:{VALUES}]{{0,30}}?(?:đạt|lên|xuống|còn|\()\s?(?:mức |là |thành )?(?P<b>{_V})")
_PAIR_BEHIND = re.compile(
    rf"[^.;:(){VALUES}]{{0,60}}\((?P<b>{_V})[^.;(){VALUES}]{{0,20}}?so với[^.;(){VALUES}]{{0,20}}?(?P<a>{_V})"
)
_RESULT_BEHIND = re.compile(
    rf"[^.;:(){VALUES}]{{0,60}}?đạt\s(?:mức )?(?P<b>{_V})[^.;:(){VALUES}]{{0,20}}"
    rf"\((?:năm {YEAR}|năm trước|cùng kỳ)[^().;{VALUES}]{{0,40}}?(?P<a>{_V})"
)
_RESULT_AGAINST = re.compile(
    rf"[^.;:(){VALUES}]{{0,30}}?,?\s(?:còn|đạt|lên|xuống)\s(?:mức )?(?P<b>{_V})[^.;:(){VALUES}]{{0,20}}?\sso với\s"
    rf"(?:mức )?(?P<a>{_V})"
)
_FROM_BEHIND = re.compile(
    rf"[^.;:,(){VALUES}]{{0,20}},?\s(?:từ|so với)\s(?:mức\s)?(?P<a>{_V})"
    rf"(?=[^.;:,(){VALUES}]{{0,24}}(?:năm|cùng kỳ|kỳ trước))"
)
_LEADS_UP = re.compile(rf"[^.;{VALUES}]{{0,40}}(?:lên|xuống|thành|còn|đến|sang)(?!\w)")
#: "cao hơn trung bình cả nước (87,92 điểm) là", "cao hơn mức 87,40% của năm 2023 là".
_ABOVE = re.compile(
    rf"\([^(){VALUES}]{{0,30}}(?P<a>{_V})[^(){VALUES}]{{0,20}}\)\s(?:là )?$"
    rf"|\s(?:mức|con số|kết quả)\s(?P<mark>{_V})[^.;:,(){VALUES}]{{0,40}}\slà $"
)
RANKS = re.compile(r"^\s?(?:bậc|hạng|vị trí|thứ hạng|thứ bậc|bước)")
_RANK_WORD = re.compile(r"(?:thứ|hạng|vị trí|bậc|vị thứ)\s?(?:thứ\s)?$")
_NEXT_CLAUSE = re.compile(r",\s?(?!là|đạt|chỉ|khi|\()")
_ANOTHER = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|bao gồm|gồm|cụ thể|và số|còn số|trong khi|mục tiêu|tối đa|tối thiểu"
    r"|chưa (?:tính|kể|gồm))(?!\w)|chỉ tiêu (?:giao|đề ra)"
)
_OF_ANOTHER = re.compile(
    rf"\((?:cùng kỳ|năm trước|năm ngoái|kỳ trước|kế hoạch|chỉ tiêu|năm {YEAR})[^(){VALUES}]{{0,40}}$"
    rf"|(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|cùng kỳ)[^.;(){VALUES}]{{0,20}}\([^(){VALUES}]{{0,20}}$"
    rf"|so với[^.;(){VALUES}]{{0,40}}\([^(){VALUES}]{{0,20}}$"
    rf"|(?:cao hơn|thấp hơn|nhiều hơn|ít hơn)[^.;{VALUES}]{{0,50}}"
    rf"(?:[{VALUES}][^.;{VALUES}]{{0,20}}\)\s(?:là )?|\([^(){VALUES}]{{0,20}})$"
)
_OF_WHAT = re.compile(
    rf"[^.;:,(){VALUES}]{{0,20}}(?<!\w)(?:với|đối với|ở|tại|của|thuộc)\s(?:lĩnh vực|cấp|khối|nhóm|thủ tục|hồ sơ|đơn vị)"
)
#: "xếp loại Tốt (từ 85 điểm trở lên)": what has to be reached.
_MARK_TO_REACH = re.compile(r"\((?:\w+\s){0,2}(?:từ|trên|dưới|tối đa|tối thiểu|thang điểm)\s[^()]{0,40}$")
#: "3.805 con (giảm 6,5% so với cùng kỳ, 4.070 con)": the bracket ends with the other value.
_ENDS_BRACKET = re.compile(rf"[^(){VALUES}]{{0,25}}\)")
#: Words that many labels have.
_ANY_LABEL = frozenset(["tỷ", "lệ", "số", "chỉ", "tổng", "kết", "quả", "điểm", "mức", "giá", "trị", "tỉnh", "của"])
NEAR = 100
#: A clause that begins with a change goes on with the clause before it.
_AT_ONCE = 12
#: The value of the year before stands in a series within so many letters.
_SERIES = 160
#: Another year's value is looked for within so many letters.
_FAR = 1200
#: A sentence with more values than this ties none of them by their years alone.
_MOST_VALUES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """By how much (``by``, at ``at``) something went up or down, from ``old`` to ``new``; ``tied``: how surely the
    sentence ties the three together.
    """

    by: TextFigure
    at: int
    up: bool
    old: Value
    new: Value
    start: int
    end: int
    tied: Sure = Sure.CERTAIN


def tied(text: MarkedText, start: int, at: int, *, up: bool) -> Change | None:
    """The change at ``at``, whose word begins at ``start``, with the two values that its sentence ties it to."""
    first, last = text.sentence(start)
    for way in (
        _from_to_near,
        _both_behind,
        _above,
        _against_value,
        _in_bracket,
        _against_before,
        _from_behind,
        _against_year,
        _two_years,
        _year_before,
    ):
        change = way(text, (first, last), start, at, up)
        if change is not None and comparable(text, change):
            return change
    return None


def _from_to_near(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "từ A lên B, tăng C" and "tăng C (từ A lên B)"."""
    first, last = max(sentence[0], start - 3 * NEAR), min(sentence[1], at + 3 * NEAR)
    for found in _FROM_TO.finditer(text.text, first, last):
        if not leads(text, found):
            continue
        near = 0 <= start - found.end() <= NEAR // 2 or 0 <= found.start() - at <= NEAR // 2
        between = text.text[found.end() : start] if start > found.end() else text.text[at + 1 : found.start()]
        if near and not re.search(f"[{VALUES}]|\\).*\\(", between) and not _are_of_two(text, between, at):
            old, new = value_at(text, found.start("a")), value_at(text, found.start("b"))
            return Change(text.figure(at), at, up, old, new, min(start, found.start()), max(at + 1, found.end()))
    return None


def _are_of_two(text: MarkedText, between: str, at: int) -> bool:
    """Whether both values and change say what they are of: "… 20 ngày với lĩnh vực A, giảm 5 ngày với lĩnh vực B"."""
    return _OF_WHAT.search(between) is not None and _OF_WHAT.match(text.text, at + 1) is not None


def leads(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether "từ … đến …" leads from one value to another, not through a range or to a rank."""
    if found["to"] == "đến" and not re.search(r"tăng|giảm|năm", found["g1"] + found["g2"]):
        return False
    return not any(_RANK_WORD.search(found[gap]) for gap in ("g0", "g2")) and not RANKS.match(
        text.text[found.start("a") + 1 : found.start("a") + 12]
    )


def _against_value(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "B, tăng C so với năm Y (A)"."""
    found = _AGAINST.match(text.text[at + 1 : sentence[1]])
    if found is None or _ANOTHER.search(found["gap"]):
        return None
    enclosed = _is_enclosed(text, start, at + 1 + found.start("a")) and found["gap"].count(",") == 1
    if not enclosed and not (_TOLD.search(found["gap"]) or _is_mark(found["gap"])):
        return None
    if _NEXT_CLAUSE.search(found["gap"]) and not enclosed:
        return None  # "tăng 14,38% so với cuối năm 2021, dư nợ trung hạn đạt 32.000 tỷ"
    if ")" in found["gap"].partition("(")[0]:  # "(giảm 51,4% so với cùng kỳ) và có 5 doanh nghiệp": another clause
        return None
    where = at + 1 + found.start("a")
    if is_change(text, where):  # "giảm 6,5% so với cùng kỳ (giảm 3.674 ha)": the change once more
        return None
    new = _before(text, sentence[0], start, text.text[where])
    if new is None:
        return None
    return Change(text.figure(at), at, up, value_at(text, where), new, new.at, where + 1)


def _is_enclosed(text: MarkedText, start: int, at: int) -> bool:
    """Whether a bracket holds a change from its first word, and the value at ``at`` as its last."""
    opened = text.text[max(0, start - 2) : start].rstrip().endswith("(")
    return opened and _ENDS_BRACKET.match(text.text, at + 1) is not None


def _both_behind(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "cao hơn năm Y là C (B so với A)"; "giảm C so với năm Y, đạt B (năm Y: A)"; "giảm C, còn B so với A"."""
    for pattern in (_PAIR_BEHIND, _RESULT_BEHIND, _RESULT_AGAINST):
        found = pattern.match(text.text, at + 1, sentence[1])
        if found is not None:
            new, old = value_at(text, found.start("b")), value_at(text, found.start("a"))
            return Change(text.figure(at), at, up, old, new, start, found.end())
    return None


def _above(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "B, cao hơn mức bình quân (A) là C"."""
    found = _ABOVE.search(text.text, start, at)
    if found is None:
        return None
    where = found.start("a") if found["a"] else found.start("mark")
    new = _before(text, sentence[0], start, text.text[where])
    return Change(text.figure(at), at, up, value_at(text, where), new, new.at, at + 1) if new else None


def _in_bracket(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "B, cao hơn năm Y là C (năm Y: A)"."""
    found = _BRACKET.match(text.text[at + 1 : sentence[1]])
    if found is None or is_change(text, at + 1 + found.start("a")):
        return None
    where = at + 1 + found.start("a")
    new = _before(text, sentence[0], start, text.text[where])
    if new is None:
        return None
    return Change(text.figure(at), at, up, value_at(text, where), new, new.at, where + 1)


def _against_before(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "So với năm Y (A), … tăng C, đạt B"."""
    before = _AGAINST_BEFORE.search(text.text, sentence[0], start)
    behind = _REACHING.match(text.text, at + 1, sentence[1])
    if before is None or behind is None:
        return None
    old, new = value_at(text, before.start("a")), value_at(text, behind.start("b"))
    return Change(text.figure(at), at, up, old, new, before.start(), behind.end())


def _from_behind(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "B, tăng C, từ A năm Y"."""
    found = _FROM_BEHIND.match(text.text, at + 1, sentence[1])
    if found is None or _LEADS_UP.match(text.text, found.end()):
        return None
    old = value_at(text, found.start("a"))
    new = _before(text, sentence[0], start, old.letter)
    return Change(text.figure(at), at, up, old, new, new.at, found.end()) if new is not None else None


def _is_mark(gap: str) -> bool:
    """Whether the value follows "so với" at once: "so với 85,12% của năm 2023"."""
    return bool(re.fullmatch(r"\s(?:mức |con số |kết quả |tỷ lệ |chỉ số |điểm |điểm số )*", gap))


def _against_year(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "…năm 2019 là A … - … năm 2020 là B tăng C so với năm 2019": the other year's value stands elsewhere."""
    found = _AGAINST_YEAR.match(text.text[at + 1 : sentence[1]])
    new = _before(text, sentence[0], start, "")
    if found is None or new is None:
        return None
    year = int(text.figure(at + 1 + found.start("year")).readings[0])
    if new.year == year:
        return None
    told = [
        value for value in values_in(text, max(0, at - _FAR), at + _FAR)
        if value.year == year and value.letter == new.letter and value.at != new.at and _same_label(value, new)
        and may_count_alike(value.unit, new.unit)
    ]  # fmt: skip
    if len({value.amount for value in told}) != 1:
        return None
    old = told[0]
    begin, end = min(old.at, new.at), max(old.at, at) + 1
    return Change(text.figure(at), at, up, old, new, begin, end, Sure.LIKELY)


def _year_before(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "năm 2020: A; năm 2021: B, tăng C": a series, each year against the one before."""
    new = _before(text, sentence[0], start, "")
    if new is None or new.year is None or re.match(rf"[^.;]{{0,40}}so với[^.;]{{0,30}}{YEAR}", text.text[at + 1 :]):
        return None
    told = [
        value for value in values_in(text, max(0, new.at - _SERIES), new.at)
        if value.year == new.year - 1 and value.letter == new.letter and may_count_alike(value.unit, new.unit)
    ]  # fmt: skip
    if len(told) != 1 or _of_third_year(text, [*told, new], start):
        return None
    return Change(text.figure(at), at, up, told[0], new, told[0].at, at + 1, Sure.LIKELY)


def _same_label(one: Value, other: Value) -> bool:
    own, others = one.label - _ANY_LABEL, other.label - _ANY_LABEL
    if own and others and own.isdisjoint(others):
        return False  # "tỷ lệ đúng hạn", "tỷ lệ trực tuyến"
    few = min(len(one.label), len(other.label))
    if not few:
        return bool(one.label) == bool(other.label) or bool(one.year and other.year)
    return 2 * len(one.label & other.label) >= few


def _two_years(text: MarkedText, sentence: tuple[int, int], start: int, at: int, up: bool) -> Change | None:
    """ "năm Y1: A; năm Y2: B … giảm C" in one sentence that names no other value."""
    by = text.figure(at)
    values = [value for value in values_in(text, *sentence) if value.at != at]
    sorts = (PER_CENT, COUNT, QUOTIENT) if by.percent else (COUNT, QUOTIENT)
    pairs = [[value for value in values if value.letter == sort and value.year is not None] for sort in sorts]
    told = next((pair for pair in pairs if len(pair) == 2), [])
    if not told or told[0].year == told[1].year or len(values) > _MOST_VALUES:
        return None
    if _of_third_year(text, told, start):
        return None
    old, new = sorted(told, key=lambda value: value.year or 0)
    if abs(old.at - at) > 3 * NEAR or abs(new.at - at) > 3 * NEAR:
        return None
    span = [old.at, new.at, start, at]
    return Change(by, at, up, old, new, min(span), max(span) + 1, Sure.LIKELY)


def _of_third_year(text: MarkedText, told: list[Value], start: int) -> bool:
    """Whether another year stands between two values and a change: "năm 2024 dự kiến giảm 40"."""
    years = text.figures(max(one.at for one in told), start, YEAR)
    return any(int(year.readings[0]) not in (one.year for one in told) for _, year in years)


def _before(text: MarkedText, first: int, start: int, sort: str) -> Value | None:
    """The value right before the word of a change, in its clause: of the ``sort`` of the other value (a per cent or
    none), where brackets stand between.
    """
    if not text.figures(first, start, VALUES) and start - first <= _AT_ONCE:
        first = text.period(start)[0]  # "đạt 9,02/9,5 điểm, xếp thứ 20; tăng 0,52 điểm so với …"
    near = max(first, start - NEAR)
    told = [at for at, _ in text.figures(near, start, VALUES) if not is_change(text, at)]
    if not told or _ANOTHER.search(text.text[told[-1] : start]):
        return None
    # "xếp thứ 51/63, tăng 3,13 điểm": the rank is not what rose.
    kept = [at for at in told if not _RANK_WORD.search(text.text[max(0, at - 12) : at]) and not _is_aside(text, at)]
    if len(kept) > 1 and tells_whose(text, kept[-2], kept[-1], start):
        del kept[-1]  # "583 văn bản của 21 địa phương, tăng 74 văn bản"
    alike = [at for at in kept if not sort or (text.text[at] == PER_CENT) == (sort == PER_CENT)]
    passed = kept[kept.index(alike[-1]) + 1 :] if alike else []
    if alike and all(_beside_points(text, alike[-1], at) for at in passed):
        return value_at(text, alike[-1])
    return None


def _is_aside(text: MarkedText, at: int) -> bool:
    """Whether a value is that of another time in a bracket ("(năm 2023: 689 người)"), by how much something was above
    what a bracket tells, or that ("cao hơn trung bình (87,92 điểm) là 0,72 điểm"), or one of the parts in a bracket.
    """
    if _is_listed_in_bracket(text, at):
        return True
    near = max(0, at - 60)
    return any(pattern.search(text.text, near, at) is not None for pattern in (_OF_ANOTHER, _MARK_TO_REACH))


def _is_listed_in_bracket(text: MarkedText, at: int) -> bool:
    """Whether a value is one of several counts in a bracket: "61 văn bản (23 nghị quyết và 38 quyết định)"."""
    opened = text.text.rfind("(", max(0, at - NEAR), at)
    closed = text.text.find(")", at, at + NEAR)
    if opened < 0 or closed < 0 or ")" in text.text[opened:at] or text.text[at] != COUNT:
        return False
    return text.text.count(COUNT, opened, closed) > 1


def _beside_points(text: MarkedText, points: int, at: int) -> bool:
    """Whether a value is the other form of the one before it: "8,25/9,5 điểm, đạt 86,84%", "61 điểm (89,72%)"."""
    between = text.text[points + 1 : at]
    return len(between) <= NEAR // 2 and bool(
        re.search(r"(?:đạt|bằng|chiếm|tương ứng|tỷ lệ|chỉ số|\()[^,()]{0,20}$", between)
    )


def comparable(text: MarkedText, change: Change) -> bool:
    """Whether the change can be one of these values: of one sort, in one unit."""
    old, new = change.old, change.new
    sorts = {old.letter, new.letter}
    if PER_CENT in sorts and len(sorts) > 1:
        return False
    if PER_CENT in sorts and text.text[change.at] == COUNT and not re.match(r"điểm|$", unit_behind(text, change.at)):
        return False  # "193 vụ, bằng 0,69%, giảm 29 vụ"
    if text.text[change.at] == PER_CENT or PER_CENT in sorts:
        return may_count_alike(old.unit, new.unit) or PER_CENT in sorts
    unit = unit_behind(text, change.at)
    # "gồm 24 nghị quyết và 44 quyết định; tăng 11 văn bản so với năm 2023 (57 văn bản)": what rose has its own name.
    if unit and new.unit and old.unit.split()[:1] == unit.split()[:1] != new.unit.split()[:1]:
        return False
    return may_count_alike(unit, new.unit) and may_count_alike(unit, old.unit)


def from_to(text: MarkedText) -> list[re.Match[str]]:
    """Every "từ A lên B" of the passage (groups ``a``, ``to``, ``b``)."""
    return [found for found in _FROM_TO.finditer(text.text) if leads(text, found)]
