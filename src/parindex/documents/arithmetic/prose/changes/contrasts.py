"""Changes between two values that words of time or of stage tell apart, wherever these stand: ``Đầu năm có 520 người,
cuối năm còn 495 người, giảm 25 người``, ``tự chấm 85,5 điểm, Hội đồng công nhận 82 điểm, thấp hơn 3,5 điểm``.

The sentence names one value before and one after, no other of the same unit and no other change of it; what the change
is told against, if anything, is one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.arithmetic.prose.changes.ties import Change, comparable
from parindex.documents.arithmetic.prose.counted_things import count_the_same
from parindex.documents.arithmetic.prose.fitting import is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.values import DOWN, UP, VALUES, Value, is_change, unit_behind, values_in

_WORK = (
    r"(?:sắp xếp|sáp nhập|rà soát|cắt giảm|đơn giản hóa|điều chỉnh|thực hiện|tinh giản|hợp nhất|kiện toàn|đổi mới"
    r"|cải cách|tổ chức lại|chuyển đổi|áp dụng|triển khai|kiểm tra|thẩm định|phúc tra|rút ngắn)"
)
_TIME = r"(?:năm|kỳ|quý|tháng|nhiệm kỳ|giai đoạn|đợt|mùa|vụ)(?: (?:học|thi|giải|đánh giá|khảo sát|báo cáo))?"
#: What a value before is told by, and what one after it.
_SIDES = tuple(
    (re.compile(rf"(?<!\w)(?:{old})(?!\w)"), re.compile(rf"(?<!\w)(?:{new})(?!\w)"))
    for old, new in (
        (
            rf"đầu {_TIME}|ban đầu|lúc đầu|trước đây|trước đó|cũ|theo quy định|trước (?:khi )?{_WORK}",
            rf"cuối {_TIME}|đến nay|hiện|hiện nay|nay|còn|còn lại|sau|sau khi|sau {_WORK}|mới|thực tế|xuống|lên",
        ),
        (
            rf"{_TIME} (?:trước|ngoái)|cùng kỳ|(?:lần|vòng) (?:trước|một)",
            rf"{_TIME} (?:nay|này)|(?:lần|vòng) (?:này|hai)",
        ),
        (
            "kế hoạch|chỉ tiêu|được giao|giao|dự toán|mục tiêu|dự kiến|đăng ký",
            "thực hiện|đạt|đã|kết quả|hoàn thành|thực tế|tổ chức|có mặt|quyết toán",
        ),
        (
            "tự chấm|tự đánh giá|tự chấm điểm|đề nghị",
            "thẩm định|hội đồng|công nhận|tổ thẩm định|bộ nội vụ|thống nhất|phê duyệt",
        ),
    )
)
#: "tỷ lệ đạt 68,4%; con số này cuối năm 2023 là 59,7%", "đạt 76,18 điểm; năm trước là 74,35 điểm": nothing but its time
#: is told of the second value, so it is the first one's of that time.
_THE_SAME_BEFORE = re.compile(
    rf"[;,(]\s?(?:còn |trong khi |trong khi đó,? )?"
    rf"(?:(?:con số|chỉ tiêu|chỉ số|tỷ lệ|kết quả|mức|số|điểm số)\s(?:này|tương ứng|đó|trên)\s(?:của\s)?)?"
    rf"(?:ở |vào |tại )?(?:thời điểm )?(?:(?:cùng kỳ|cuối|hết|đầu|tháng {NAME} )\s?)?"
    rf"(?:năm {YEAR}|(?:năm|kỳ|quý|tháng|mùa|nhiệm kỳ) (?:trước|ngoái)|cùng kỳ)\s"
    rf"(?:chỉ |mới )?(?:là|đạt|ở mức|có|dừng ở)\s(?:mức\s)?$"
)
_AFTER_A_YEAR = re.compile(r"(?<!\w)(?:chỉ )?sau (?:một|1|hơn một) năm(?!\w)")
_ROMAN = ("", "i", "ii", "iii", "iv")
_NUMBERED = re.compile(rf"(?<!\w)(?P<sort>tháng|quý|tuần|đợt|vòng)\s(?P<number>{NAME}|iii|ii|iv|i)(?!\w)")
_NOW = re.compile(r"\s?(?:đến|tính đến|hiện|cuối)(?!\w)")
_BREAK = re.compile(rf"[.;:,()]|[{VALUES}]")
#: What makes one of the values a part, or the change one of something else.
_OTHER = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|bao gồm|gồm|riêng|mỗi|nếu|tối đa|tối thiểu|cả nước|lần lượt"
    r"|mục tiêu đến|phấn đấu|sẽ)(?!\w)"
)
_MEANS = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?!\w)")
#: Between the values and the change, that it is that of another time: "dự kiến năm 2026 tăng".
_OTHER_TIME = re.compile(rf"{YEAR}|(?<!\w)(?:dự kiến|trong (?:năm|kỳ|quý|tháng)|riêng)(?!\w)")
_AGAINST = re.compile(r"(?<!\w)so (?:với|cùng)\s(?P<what>[^.;:,()]{1,60})")
_WORD = re.compile(rf"[^\W\d_]+|[{MARKS}]")
_EMPTY = frozenset("điểm số kết quả mức của cùng với là được người có tỷ lệ thì trên đã".split())  # noqa: SIM905
_JOINING = frozenset(
    "như vậy đã qua đó tức là tương ứng đương thì nên do còn và cũng nhưng chỉ so với được thêm tổng cộng cả kế"  # noqa: SIM905
    " hoạch tiêu mức giao dự toán thực tế điểm chấm tự thẩm định theo quy bằng hay lại toàn bộ số lượng kết quả".split()
)
_DIRECTION = re.compile(
    rf"^(?:{UP}|{DOWN}|(?:rút ngắn|tiết kiệm|bớt)(?: được)?|bị trừ)(?: năm)?(?: trước| cũ| ban đầu| đầu năm| cùng kỳ)?"
)
#: "thấp hơn", "cao hơn" compare either with the other.
_COMPARES = re.compile(r"\w+ hơn|kém|chênh")
_FAR, _WORDS_OF_VALUE = 220, 60


def contrasted(text: MarkedText, start: int, at: int, *, up: bool) -> Change | None:
    """The change at ``at``, whose word begins at ``start``, with the values before and after in its sentence."""
    first, last = text.period(start)
    begin, end = max(first, start - _FAR), min(last, at + _FAR)
    if is_about(text.text, at) or _OTHER.search(text.text, begin, end):
        return None
    values = _values(text, begin, end, at)
    if len(values) != 2 or (values[0].at < start < values[1].at and not _leads_to(text, at, values[1].at)):
        return None
    if _MEANS.search(text.text, values[0].at, end):
        return None  # "trung bình" before the first value is what both are
    if values[1].at < start and _OTHER_TIME.search(text.text, values[1].at, start):
        return None
    pair = in_order(text, values)
    if not _goes_on(text, values, start, at):
        return None
    if pair is None or not _is_against(text, begin, end, pair) or _changes_again(text, begin, end, at):
        return None
    old, new = pair
    is_plain = _COMPARES.match(text.text, start) is None
    span = [old.at, new.at, start, at]
    goes_up = up if is_plain else old.amount < new.amount
    change = Change(text.figure(at), at, goes_up, old, new, min(span), max(span) + 1)
    return change if comparable(text, change) else None


def _leads_to(text: MarkedText, at: int, value: int) -> bool:
    """Whether nothing but what it is compared with stands between a change and the value behind it."""
    between = text.text[at + 1 : value]
    return "so với" in between and len(between) <= _WORDS_OF_VALUE and not re.search(r"[,;.()]", between)


def _goes_on(text: MarkedText, values: Sequence[Value], start: int, at: int) -> bool:
    """Whether no other thing is named beside the change than its values have: "…; lĩnh vực thể chế giảm 1,5 điểm"."""
    told = {word for one in values for word in _WORD.findall(_label(text, one.at))}
    nearest = max((one.at for one in values if one.at < start), default=start)
    before = _AFTER_A_YEAR.sub(" ", text.text[nearest + 1 : start])
    words = _WORD.findall(f"{before} {_DIRECTION.sub('', text.text[start:at])}")
    return all(word in told or word in _JOINING for word in words)


def in_order(text: MarkedText, values: Sequence[Value]) -> tuple[Value, Value] | None:
    """Two values in their order of time or stage, by the words around them; None where these do not tell it."""
    one, other = values
    numbers = _number(text, one.at), _number(text, other.at)
    if numbers[0] and numbers[1] and numbers[0][0] == numbers[1][0] and numbers[0] != numbers[1]:
        return (one, other) if numbers[0] < numbers[1] else (other, one)
    if _is_the_same_before(text, one, other):
        return other, one
    labels = _label(text, one.at), _label(text, other.at)
    is_now = _NOW.match(text.text, text.period(one.at)[0], one.at) is not None
    for before, after in _SIDES:
        old = [before.search(label) is not None for label in labels]
        new = [after.search(label) is not None and not is_old for label, is_old in zip(labels, old, strict=True)]
        if old[0] and new[1]:
            return one, other
        if old[1] and not old[0] and is_now and before is _SIDES[0][0]:
            return other, one  # "Đến hết năm 2023, số hồ sơ tồn là 74 hồ sơ, đầu năm là 92 hồ sơ"
        if old[1] and new[0]:
            return other, one
    return None


def _is_the_same_before(text: MarkedText, one: Value, other: Value) -> bool:
    """Whether nothing is told of ``other`` but that it is ``one`` of the year before."""
    if _THE_SAME_BEFORE.search(text.text, one.at, other.at) is None:
        return False
    return one.year is None or other.year is None or one.year > other.year


def _number(text: MarkedText, at: int) -> tuple[str, int] | None:
    """Which month, quarter or turn a value is told for: ("quý", 3)."""
    before = text.text[max(0, at - _WORDS_OF_VALUE) : at]
    told = list(_NUMBERED.finditer(before))
    if not told or _BREAK.search(before, told[-1].end()) or YEAR in before[told[-1].end() :]:
        return None
    sort, number = told[-1]["sort"], told[-1]["number"]
    if number != NAME:
        return sort, _ROMAN.index(number)
    return sort, int(text.figure(at - len(before) + told[-1].start("number")).readings[0])


def _label(text: MarkedText, at: int) -> str:
    """The words of a value: those before it in its clause, and those behind it."""
    before = _BREAK.split(text.text[max(0, at - _WORDS_OF_VALUE) : at])[-1]
    behind = _BREAK.split(text.text[at + 1 : at + 1 + _WORDS_OF_VALUE], maxsplit=1)[0]
    return f"{before} {behind}"


def _values(text: MarkedText, begin: int, end: int, at: int) -> list[Value]:
    """The values that the change at ``at`` may lead from and to."""
    unit = unit_behind(text, at)
    every = [one for one in values_in(text, begin, end) if one.at != at and not is_about(text.text, one.at)]
    if text.text[at] == PER_CENT:
        shares = [one for one in every if one.letter == PER_CENT]
        return shares or _of_one_unit([one for one in every if one.letter == COUNT])
    if unit.startswith("điểm phần"):
        return [one for one in every if one.letter == PER_CENT]
    return [
        one for one in every
        if one.letter == COUNT and (not unit or not one.unit or count_the_same(one.unit, unit))
    ]  # fmt: skip


def _of_one_unit(values: list[Value]) -> list[Value]:
    alike = len(values) == 2 and all(one.unit for one in values) and count_the_same(values[0].unit, values[1].unit)
    return values if alike else []


def _is_against(text: MarkedText, begin: int, end: int, pair: tuple[Value, Value]) -> bool:
    """Whether all that the sentence compares with is one of the two values."""
    told = {word for one in pair for word in _WORD.findall(_label(text, one.at))} - _EMPTY
    for found in _AGAINST.finditer(text.text, begin, end):
        words = set(_WORD.findall(found["what"])) - _EMPTY
        if words and not words & told:
            return False
    return True


def _changes_again(text: MarkedText, begin: int, end: int, at: int) -> bool:
    """Whether the sentence tells another change in figures: they may add up."""
    return any(one != at and is_change(text, one) for one, _ in text.figures(begin, end, COUNT))
