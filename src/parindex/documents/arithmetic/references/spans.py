"""Spans of time whose length is printed beside their two days: ``từ 01/01/2023 đến 31/3/2023, tổng 90 ngày``, ``kéo dài
03 tháng, từ ngày 01/9 đến 30/11/2023``; and what ends on a day before it began: ``nhận ngày 05/6/2023, trả kết quả ngày
02/6/2023``.

A span may count both of its days or one; months and years are counted to a few days. Working days are no calendar days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted


def _day(number: int) -> str:
    return (
        rf"(?:ngày\s)?(?P<d{number}>\d{{1,2}})(?:/|-|\.|\stháng\s)(?P<m{number}>\d{{1,2}})"
        rf"(?:(?:/|-|\.|\snăm\s)(?P<y{number}>20\d\d))?(?![\d/])"
    )


#: Text without a length tells none of a span.
_UNITS = re.compile(r"\d (?:ngày|tháng|tuần|năm)")
_SPAN = re.compile(rf"từ(?<!\wtừ)\s{_day(1)}\s(?:đến|tới)\s(?:hết\s)?{_day(2)}", re.IGNORECASE)
_LENGTH = r"(?P<n>\d{1,4})\s(?P<unit>ngày|tháng|tuần|năm)(?!\s(?:làm|công|nghỉ|lễ|học|đêm|đầu|cuối)|/)"
_SAYS = (
    r"(?:tổng|tổng cộng|tổng số|tổng thời gian|là|với|trong|kéo dài|diễn ra|gồm|tương đương|tương ứng|tức|tức là"
    r"|thời gian|thời hạn|đủ|hết)"
)
_MONTHS = re.compile(
    r"từ(?<!\wtừ)\s(?:(?:đầu|giữa|cuối)\s)?tháng\s(?P<a>\d{1,2})(?:(?:/|\snăm\s)(?P<ya>20\d\d))?\s(?:đến|tới)\s"
    r"(?:(?:hết|đầu|giữa|cuối)\s){0,2}tháng\s(?P<b>\d{1,2})(?:(?:/|\snăm\s)(?P<yb>20\d\d))?(?![\d/])",
    re.IGNORECASE,
)
#: "từ ngày 12 đến ngày 18 tháng 10": both days are of the month that is printed once.
_DAYS_OF_MONTH = re.compile(
    r"từ(?<!\wtừ)\sngày\s(?P<a>\d{1,2})\s(?:đến|tới)\s(?:hết\s)?ngày\s(?P<b>\d{1,2})"
    r"(?:\stháng\s\d{1,2}|/\d{1,2}/20\d\d)(?!\d)",
    re.IGNORECASE,
)
#: "…, tổng 90 ngày", "… (90 ngày)", "… là 90 ngày".
_BEHIND = re.compile(rf"\s?(?:[,(–-]\s?|,?\s(?={_SAYS}\s))(?:{_SAYS}\s){{0,3}}{_LENGTH}\s?(?=[,.;)(]|$)", re.IGNORECASE)
#: "kéo dài 60 ngày, từ …", "thời gian thực hiện: 90 ngày (từ …".
_BEFORE = re.compile(
    rf"(?<!\w)(?:kéo dài|diễn ra|thời gian|thời hạn|thời lượng|tổng|trong|trong vòng|đợt)"
    rf"(?:\s[^\W\d_]{{1,10}}){{0,4}}?\s?:?\s"
    rf"{_LENGTH},?\s?\(?(?:tính\s|kể\s|bắt đầu\s)?$",
    re.IGNORECASE,
)
#: "lớp bồi dưỡng 3 ngày (từ …".
_AT_ONCE = re.compile(rf"(?<!\w){_LENGTH}\s\((?:tính\s|kể\s)?$", re.IGNORECASE)
_HANDLES = re.compile(r"hồ sơ|giải quyết|xử lý|tiếp nhận|mỗi|bình quân|ít nhất|tối thiểu|tối đa", re.IGNORECASE)
#: Behind a span, that not every day of it counts.
_NOT_EVERY_DAY = re.compile(
    r"[^.;]{0,60}?(?<!\w)(?:ngày làm việc|ngày nghỉ|nghỉ lễ|cuối tuần|chủ nhật|ngoài giờ|buổi|hằng tuần|hàng tuần"
    r"|(?:thứ|các thứ) (?:hai|ba|tư|năm|sáu|bảy|[2-7])(?=[,;.) ]|$)|(?:không|chưa) (?:tính|kể)|(?:trừ|học vào)(?!\w))",
    re.IGNORECASE,
)
_LEAD = 80
#: Years that a span without one is counted in: one of the usual length, and one with 29/02.
_USUAL_YEAR, _LEAP_YEAR = 2023, 2024
#: How many days a unit has, and by how many a span told in it may be off.
_DAYS = {"ngày": (1.0, 0.0), "tuần": (7.0, 1.0), "tháng": (30.44, 4.0), "năm": (365.25, 4.0)}
_BEGINS = r"nhận|nộp|bắt đầu|khởi công|khai mạc|khởi động|giao"
_ENDS = r"trả|nhận kết quả|có kết quả|kết thúc|hoàn thành|hoàn tất|bế mạc|bàn giao|nghiệm thu"
_FROM_TO = re.compile(
    rf"(?P<begins>{_BEGINS})(?!\w)(?P<g1>[^.;:\d]{{0,30}})ngày\s(?P<a>\d{{1,2}}/\d{{1,2}}/20\d\d)"
    rf"(?P<gap>(?:,|\svà|\s[-–])\s[^.;:\d]{{0,30}}?)(?<!\w)(?P<ends>{_ENDS})(?!\w)(?P<g2>[^.;:\d]{{0,30}})"
    r"ngày\s(?P<b>\d{1,2}/\d{1,2}/20\d\d)",
    re.IGNORECASE,
)
#: Another act, another thing, or a day that was only meant.
_ACT = re.compile(r"\s(?:nghĩa vụ|thủ tục|việc|khoản|nộp|thuế|phí|lệ phí|thanh toán|đóng)(?!\w)", re.IGNORECASE)
_ASIDE = re.compile(r"khác|trước|sau|dự kiến|kế hoạch|năm", re.IGNORECASE)


def told_spans(passage: Passage) -> Iterator[StatementFinding]:
    """Every span that is not as long as it is said to be, and every end before its beginning."""
    text = passage.text
    if "đến" not in text and "ngày" not in text:
        return
    yield from _of_days(passage)
    yield from _of_months(passage)
    for found in _DAYS_OF_MONTH.finditer(text):
        if int(found["b"]) < int(found["a"]):
            yield _backwards(passage, found, found[0][len("từ ") :])
    for found in _FROM_TO.finditer(text) if text.count("ngày") > 1 else ():
        first, last = _full(found["a"]), _full(found["b"])
        aside = any(_ASIDE.search(found[gap]) for gap in ("g1", "gap", "g2"))
        other = _ACT.match(found["g2"]) is not None
        if first is not None and last is not None and last < first and not aside and not other:
            yield _backwards(passage, found, f"{found['a']} – {found['b']}")


def _of_days(passage: Passage) -> Iterator[StatementFinding]:
    """Spans from day to day; one that ends before it begins is told elsewhere."""
    text = passage.text
    for found in _SPAN.finditer(text) if _UNITS.search(text) else ():
        first, last = _date(found, 1), _date(found, 2)
        length = _length(text, found)
        if first is None or last is None or last < first or length is None:
            continue
        end = max(found.end(), length.end() if length.start() > found.start() else 0)
        if _is_as_long(length, first, last) or _NOT_EVERY_DAY.match(text, end):
            continue
        if not _is_open_february(found, length, first, last):
            facts = {"first": _printed(first), "last": _printed(last)}
            yield _apart(passage, found, length, f"{(last - first).days + 1} ngày", facts)


def _of_months(passage: Passage) -> Iterator[StatementFinding]:
    """Spans from month to month, both counted or one."""
    text = passage.text
    for found in _MONTHS.finditer(text) if "tháng" in text else ():
        length, months = _length(text, found), _months(found)
        if months <= 0 and found["ya"] and found["yb"]:
            yield _backwards(passage, found, found[0][len("từ ") :])
        if months <= 0 or length is None or length["unit"].lower() != "tháng":
            continue
        if int(length["n"]) not in (months, months - 1):
            facts = {"first": f"tháng {found['a']}", "last": f"tháng {found['b']}"}
            yield _apart(passage, found, length, f"{months} tháng", facts)


def _backwards(passage: Passage, found: re.Match[str], stated: str) -> StatementFinding:
    return StatementFinding(
        StatementKind.IMPOSSIBLE_DATE, Severity.SLIP, Sure.LIKELY, passage.place_at(found.start("b")),
        quoted(passage.text, *found.span()), stated, "", "span_backwards",
    )  # fmt: skip


def _date(found: re.Match[str], number: int) -> date | None:
    """One day of a span; a year that is printed once is that of both."""
    year = found[f"y{number}"] or found[f"y{3 - number}"] or _USUAL_YEAR
    return _full(f"{found[f'd{number}']}/{found[f'm{number}']}/{year}")


def _full(printed: str) -> date | None:
    day, month, year = map(int, printed.split("/"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_as_long(length: re.Match[str], first: date, last: date) -> bool:
    days, slack = _DAYS[length["unit"].lower()]
    stated = int(length["n"]) * days
    between = (last - first).days
    return between - slack <= stated <= between + 1 + slack


def _is_open_february(found: re.Match[str], length: re.Match[str], first: date, last: date) -> bool:
    """Whether a span without a year, over the end of February, is as long as it is said to be in a leap year."""
    if found["y1"] or found["y2"]:
        return False
    return _is_as_long(length, first.replace(year=_LEAP_YEAR), last.replace(year=_LEAP_YEAR))


def _length(text: str, found: re.Match[str]) -> re.Match[str] | None:
    """The length that is printed beside a span."""
    behind = _BEHIND.match(text, found.end())
    if behind is not None:
        return behind
    near = max(0, found.start() - _LEAD), found.start()
    before = _AT_ONCE.search(text, *near) or _BEFORE.search(text, *near)
    if before is None or _HANDLES.search(text, max(0, before.start() - _LEAD), before.end()):
        return None
    return before


def _months(found: re.Match[str]) -> int:
    """How many months a span has, both ends counted; a year that is printed once is that of both."""
    years = [int(found[name] or found[other] or 0) for name, other in (("ya", "yb"), ("yb", "ya"))]
    return 12 * (years[1] - years[0]) + int(found["b"]) - int(found["a"]) + 1


def _apart(
    passage: Passage, found: re.Match[str], length: re.Match[str], right: str, facts: dict[str, str]
) -> StatementFinding:
    text = passage.text
    start, end = min(found.start(), length.start("n")), max(found.end(), length.end())
    stated = f"{length['n']} {length['unit'].lower()}"
    return StatementFinding(
        StatementKind.IMPOSSIBLE_DATE, Severity.SLIP, Sure.LIKELY, passage.place_at(length.start("n")),
        quoted(text, start, end), stated, right, "span_days_apart", facts,
    )  # fmt: skip


def _printed(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}"
