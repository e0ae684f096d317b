"""Directions that the two values beside them turn round, without a printed change: ``đạt 93,96%, vượt so với kế hoạch
đề ra là 97,35%``, ``hiện có 526 đơn vị, sẽ giảm xuống 623 đơn vị``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.changes.wrong_changes import printed, turned
from parindex.documents.arithmetic.prose.counted_things import may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import VALUES, Value, is_change, value_at

_ONE = f"[{COUNT}{PER_CENT}]"
_AIM = r"(?:kế hoạch|chỉ tiêu|mục tiêu|nghị quyết|dự toán|yêu cầu)"
_MEAN = r"(?:mức bình quân|bình quân|mức trung bình|trung bình|mặt bằng)"
#: "đạt A vượt so với kế hoạch đề ra là B", "đạt A, cao hơn mức bình quân chung cả nước (B)".
_ABOVE = re.compile(
    rf"(?<!\w)(?:đạt|là|có|:)\s(?P<a>{_ONE})(?P<unit>[^.;:(){MARKS}]{{0,30}}?),?\s\(?(?:và\s)?"
    rf"(?P<word>vượt|cao hơn|lớn hơn|thấp hơn)(?: so)?(?: với)?(?P<of>[^.;:(){MARKS}]{{0,20}}?(?:{_AIM}|{_MEAN})"
    rf"[^.;:(){MARKS}]{{0,40}}?)(?P<link>\s(?:là\s|:\s|mức\s)?|\s?\((?:(?:{_AIM}|{_MEAN})[^.;:(){MARKS}]{{0,20}}\s)?)"
    rf"(?P<b>{_ONE})"
)
#: "đạt A, thấp hơn năm Y (B)", "đạt A, cao hơn mức B của năm trước", "điểm năm Y (A) cao hơn điểm năm Z (B)".
_OF_OTHER = re.compile(
    rf"(?P<a>{_ONE})(?P<unit>[^.;:(){MARKS}]{{0,30}}?)(?:\s?\([^(){MARKS}]{{0,30}}[{MARKS}][^(){MARKS}]{{0,30}}\))?\)?,?\s\(?"
    rf"(?:và |nhưng |đã |đều )?(?P<word>tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|lớn hơn|nhỏ hơn)(?: so)?(?: với)?"
    rf"(?P<of>\s(?:[^.;:,(){MARKS}]|{YEAR}){{0,60}}?)"
    rf"(?P<link>(?<=\smức\s)|(?<=\scon số\s)|(?<=\stỷ lệ\s)|\((?:[^(){VALUES}{NAME}]{{0,24}}\s)?)"
    rf"(?P<b>{_ONE})(?P<end>[^.;:,(){MARKS}]{{0,24}}\)|\s(?:của|trong|năm|cùng)\s)?"
)
_RISES = ("tăng", "cao hơn", "nhiều hơn", "lớn hơn")
_PART = re.compile(r"(?<!\w)(?:trong (?:số )?đó|bình quân|trung bình|mục tiêu|kế hoạch|chỉ tiêu)(?!\w)")
#: "so với năm 2021 (15%), tăng gấp rưỡi so với năm 2022 (30%)": 15% was itself compared with.
_COMPARED_WITH = re.compile(r"so với[^.;()]{0,40}\([^.;()]{0,24}$")
_RANK = re.compile(r"(?:thứ|hạng|vị trí|bậc)\s(?:thứ\s)?$")
#: What is better the less there is of it: its aim is beaten from above.
_FALLING = re.compile(
    r"nghèo|thất nghiệp|quá hạn|trễ hạn|chậm|tử vong|chết|tai nạn|suy dinh dưỡng|thấp còi|tỷ suất sinh|nợ|hao hụt"
    r"|bỏ học|mù chữ|tội phạm|vi phạm|bội chi|thất thoát|ô nhiễm|giảm|hụt|cắt|mắc|sinh con|tồn|lạm phát|giá"
)
#: "hiện có A đơn vị, … giảm xuống B".
_TO = re.compile(
    rf"(?<!\w)(?P<dir>giảm|tăng|nâng|rút)\s(?:xuống còn|xuống|còn|lên|lên thành)\s(?:còn\s|thành\s)?(?P<b>{_ONE})"
)
_NOW = re.compile(r"(?<!\w)(?:hiện|hiện nay|hiện tại|đang|trước đây|ban đầu)\s(?:đang\s)?(?:có|là|đạt)\s$")
#: Between what there is now and what it becomes, no other thing may be named.
_GOES_ON = re.compile(
    r"[\s,]*(?:(?:(?:đến |năm )?nay|đã|sẽ|và|thì|có thể|dự kiến|được|phấn đấu|sau (?:khi )?sắp xếp|sau đó)[\s,]*){0,8}"
)
#: A body, whatever sort it is of.
_BODY = "đơn"
_BODIES = frozenset(("xã", "phường", "huyện", "sở", "phòng", "trường", "cơ", "tổ", "thôn", "ban", "trung", _BODY))
_REACH = 160
_MOST_APART = 2


def directions(text: MarkedText) -> Iterator[Checked]:
    """Every value told to be above or below an aim, or to become another, with both printed."""
    for found in _ABOVE.finditer(text.text):
        yield from _against_aim(text, found)
    for found in _OF_OTHER.finditer(text.text) if "so với" in text.text or "hơn " in text.text else ():
        yield from _against_other(text, found)
    for found in _TO.finditer(text.text):
        yield from _becoming(text, found)


def _against_aim(text: MarkedText, found: re.Match[str]) -> Iterator[Checked]:
    one, other = value_at(text, found.start("a")), value_at(text, found.start("b"))
    first, _ = text.sentence(found.start())
    subject = text.text[max(first, found.start() - _REACH) : found.start("a")].rpartition("; ")[2]
    if not _comparable(text, one, other) or _FALLING.search(subject):
        return
    above = found["word"] != "thấp hơn"
    # "vượt kế hoạch là 5%" may be by how much: that is never more than there is. What is lacking may be.
    if not above and "(" not in found["link"]:
        return
    wrong = one.amount < other.amount if above else one.amount > other.amount
    # Whoever says "vượt kế hoạch (105%)" means the share of the plan.
    if wrong and (other.amount > 100 or one.amount > 100) and one.letter == PER_CENT:
        return
    if max(one.amount, other.amount) > _MOST_APART * min(one.amount, other.amount):
        return
    told = _told(text, found, one, other, "value_turned", found["word"]) if wrong else None
    yield Checked("differences", Fit.WRONG if wrong else Fit.RIGHT, found.start(), found.end(), told)


def _against_other(text: MarkedText, found: re.Match[str]) -> Iterator[Checked]:
    """A value against one of another time: the direction is told, by how much is not."""
    one, other = value_at(text, found.start("a")), value_at(text, found.start("b"))
    first, _ = text.sentence(found.start())
    if (found["end"] or " ").endswith(")") != ("(" in found["link"]) or _PART.search(text.text, first, found.end()):
        return
    if is_change(text, one.at) or not _comparable(text, one, other):
        return
    if _COMPARED_WITH.search(text.text, first, one.at):
        return
    if any(_RANK.search(text.text, max(0, each.at - 14), each.at) for each in (one, other)):
        return
    rises = found["word"] in _RISES
    wrong = one.amount < other.amount if rises else one.amount > other.amount
    if max(one.amount, other.amount) > _MOST_APART * min(one.amount, other.amount):
        return
    why = "value_turned" if found["word"].endswith("hơn") else "change_turned"
    pair = (one, other) if why == "value_turned" else (other, one)
    told = _told(text, found, *pair, why, found["word"]) if wrong else None
    yield Checked("differences", Fit.WRONG if wrong else Fit.RIGHT, found.start(), found.end(), told)


def _becoming(text: MarkedText, found: re.Match[str]) -> Iterator[Checked]:
    first, _ = text.sentence(found.start())
    begin = max(first, found.start() - _REACH)
    before = text.figures(begin, found.start(), COUNT + PER_CENT)
    if len(before) != 1 or re.search(rf"[{MARKS}]", text.text[before[0][0] + 1 : found.start()]):
        return
    at = before[0][0]
    one, other = value_at(text, at), value_at(text, found.start("b"))
    between = text.text[at + 1 + len(one.unit) + 1 : found.start()]
    if not _NOW.search(text.text, max(first, at - 24), at) or is_change(text, at) or not _comparable(text, one, other):
        return
    rises = found["dir"] in ("tăng", "nâng")
    wrong = one.amount > other.amount if rises else one.amount < other.amount
    # A part of what there is now may rise to less than all of it.
    if rises and not _GOES_ON.fullmatch(between):
        return
    told = _told(text, found, one, other, "change_turned", found["dir"]) if wrong else None
    yield Checked("differences", Fit.WRONG if wrong else Fit.RIGHT, at, found.end(), told)


def _comparable(text: MarkedText, one: Value, other: Value) -> bool:
    if one.letter != other.letter or len(one.figure.readings) != len(other.figure.readings):
        return False
    if any(is_about(text.text, each.at) for each in (one, other)):
        return False
    first, second = (each.unit.split()[:1] for each in (one, other))
    bodies = {*first, *second}
    return may_count_alike(one.unit, other.unit) or (_BODY in bodies and bodies <= _BODIES)


def _told(text: MarkedText, found: re.Match[str], one: Value, other: Value, why: str, word: str) -> StatementFinding:
    other_way = turned(word) or "thấp hơn"
    if why == "change_turned":
        other_way = "giảm" if word in ("tăng", "nâng") else "tăng"
    return finding(
        text, min(one.at, found.start()), found.end(), StatementKind.DIFFERENCE, why, at=other.at, sure=Sure.LIKELY,
        stated=word, found=other_way, facts=dict(zip(("old", "new"), printed(one.figure, other.figure), strict=True)),
    )  # fmt: skip
