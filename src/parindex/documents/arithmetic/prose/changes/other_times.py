"""Values of another time, or what was planned, in a bracket behind a value, and the changes between the two: ``1.284 hồ
sơ (cùng kỳ 1.157 hồ sơ, tăng 127 hồ sơ)``, ``74 phiên tòa (chỉ tiêu 60 phiên), vượt 14 phiên``, ``tiếp 2.416 lượt với
2.873 người (năm 2023: 2.688 lượt với 3.154 người), giảm 272 lượt và 281 người``.

A change belongs to the values that count what it counts: one in the bracket, and the nearest before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parindex.documents.arithmetic.findings import Sure
from parindex.documents.arithmetic.prose.changes.ties import Change, comparable, tied
from parindex.documents.arithmetic.prose.counted_things import count_the_same
from parindex.documents.arithmetic.prose.marked_text import COUNT, NAME, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.values import DOWN, UP, VALUES, Value, is_change, unit_behind, values_in

_OPENS = re.compile(
    rf"\(\s?(?:(?:so với|cùng|của|số liệu|kết quả|thực hiện)\s){{0,2}}"
    rf"(?:cùng kỳ|(?:năm|quý|tháng|kỳ|vụ|tuần|khóa|giai đoạn) (?:trước|ngoái|{YEAR}|{NAME})|kế hoạch|chỉ tiêu|mục tiêu"
    rf"|dự toán|định mức|nghị quyết|(?:được |tỉnh |trung ương )?giao)(?!\w)"
    rf"|(?<!\w)so với (?:cùng kỳ\s)?(?:(?:năm|quý|tháng|kỳ) (?:trước|ngoái|{YEAR}|{NAME})\s)?\("
    r"|(?<!\w)so với (?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)(?: đề ra| (?:được |tỉnh )?giao)?\s\("
)
#: Between the bracket, or the value in it, and the change: other changes, and words that go on with them.
_GOES_ON = re.compile(
    rf"(?:[^(){VALUES}]{{0,30}}\))?[\s,]*(?:(?:và|tương ứng|tương đương|tức là|tức|bằng|hay|đã|cũng|là|với|về|mức"
    r"|tỷ lệ|qua đó|như vậy|ứng với|cụ thể)[\s,]*){0,4}"
)
#: A change that another one of the same list goes before: "giảm 272 lượt và 281 người".
_ANOTHER = re.compile(rf"[^.;:(){VALUES}]{{1,30}}?(?:,|\svà|\svới|/)\s?(?:và\s)?(?P<c>{COUNT})(?!\s?%)")
_CHANGES = re.compile(
    rf"(?:{UP}|{DOWN})[^.;:(){VALUES}]{{0,25}}[{COUNT}{PER_CENT}][^.;:,(){VALUES}]{{0,40}}(?:,\s\w+(?=,))?"
)
_RANK = re.compile(r"(?:thứ|hạng|vị trí|bậc|vị thứ)\s?(?:thứ\s)?$")
#: "tăng 3% so với cùng kỳ": what a change is held against, where it says so itself.
_AGAINST = re.compile(rf"[^.;:,(){VALUES}]{{0,40}}?so với\s(?:cùng\s)?(?P<what>[^\W\d_]+)")
_FAR, _LONGEST, _NEAR = 320, 160, 60
#: Of one thing there is hardly more than so many times what there was; else the sentence before tells of another.
_MOST_TIMES = 2


def change_at(text: MarkedText, start: int, at: int, *, up: bool) -> Change | None:
    """The change at ``at``, whose word begins at ``start``, with the value of another time in a bracket before it, else
    with those that its sentence ties it to.
    """
    first = text.period(start)[0]
    near = max(first, start - _FAR)
    opened = [one.start() for one in _OPENS.finditer(text.text, near, start)] if "(" in text.text[near:start] else []
    change = _tied(text, first, opened[-1], start, at, up=up) if opened else None
    if change is None and opened and first and not text.text[first : opened[-1]].strip():
        change = _of_sentence_before(text, first, opened[-1], start, at, up=up)
    return change if change is not None and comparable(text, change) else tied(text, start, at, up=up)


def listed_behind(text: MarkedText, change: Change) -> Iterator[Change]:
    """The further changes of a list ("giảm 272 lượt và 281 người"), each with the values of its own kind."""
    found = _ANOTHER.match(text.text, change.at + 1)
    while found is not None:
        at = found.start("c")
        first = text.period(change.start)[0]
        opened = [one.start() for one in _OPENS.finditer(text.text, max(first, at - _FAR), at)]
        own = _tied(text, first, opened[-1], at, at, up=change.up) if opened and unit_behind(text, at) else None
        if own is None or own.new.at == change.new.at:
            return
        yield replace(own, end=at + 1)
        found = _ANOTHER.match(text.text, at + 1)


def _of_sentence_before(text: MarkedText, first: int, opened: int, start: int, at: int, *, up: bool) -> Change | None:
    """A sentence that begins with the other time ("So với năm 2022 (2.401 công chức) tăng 67 người."): the value is
    the only one of its kind that the sentence before tells.
    """
    before = text.period(first - 1)[0]
    change = _tied(text, before, opened, start, at, up=up)
    if change is None or not (unit_behind(text, at) or change.old.unit):
        return None
    alike = [
        one for one in values_in(text, max(before, opened - _FAR), opened)
        if one.letter == change.new.letter and _counts(one, change.old)
    ]  # fmt: skip
    later = change.new.year is None or change.old.year is None or change.old.year < change.new.year
    low, high = sorted((change.new.amount, change.old.amount))
    return change if len(alike) == 1 and later and high <= _MOST_TIMES * low else None


def _tied(text: MarkedText, first: int, opened: int, start: int, at: int, *, up: bool) -> Change | None:
    by, unit = text.figure(at), unit_behind(text, at)
    inside = values_in(text, opened, min(start, opened + _LONGEST))
    old = [one for one in inside if _may_be(text, one, unit, percent=by.percent)]
    against = _AGAINST.match(text.text, at + 1)
    if len(old) != 1 or not _leads_on(text, old[0].at, start):
        return None
    if against is not None and against["what"] not in text.text[opened : old[0].at]:
        return None
    new = [
        one for one in values_in(text, max(first, opened - _FAR), opened)
        if one.letter == old[0].letter and _counts(one, old[0]) and _may_be(text, one, unit, percent=by.percent)
        and not _is_compared_with(text, one.at)
    ]  # fmt: skip
    if not new or is_change(text, new[-1].at):
        return None
    return Change(by, at, up, old[0], new[-1], new[-1].at, at + 1, Sure.LIKELY)


def _is_compared_with(text: MarkedText, at: int) -> bool:
    """Whether a value stands in such a bracket itself: "so với năm 2023 (82,17%), …; so với năm 2022 …"."""
    return any(")" not in text.text[one.end() : at] for one in _OPENS.finditer(text.text, max(0, at - _NEAR), at))


def _counts(new: Value, old: Value) -> bool:
    """Whether two values count the same, or the one in the bracket goes without its unit."""
    return not old.unit or count_the_same(new.unit, old.unit)


def _may_be(text: MarkedText, value: Value, unit: str, *, percent: bool) -> bool:
    """Whether a change in ``unit`` can be that of a value; a per cent may be that of any."""
    if value.letter == QUOTIENT or _RANK.search(text.text, max(0, value.at - 12), value.at):
        return False
    return percent or not unit or not value.unit or count_the_same(value.unit, unit)


def _leads_on(text: MarkedText, at: int, start: int) -> bool:
    """Whether nothing stands between a value in a bracket and the change but more of the bracket and other changes."""
    between = text.text[at + 1 : start]
    closed = between.find(")")
    inside = re.split("[,;]", between)[-1]
    rest = between[closed + 1 :] if closed >= 0 else inside
    rest = _CHANGES.sub(" ", rest)
    return _GOES_ON.fullmatch(rest) is not None
