"""Fractions upside down that no per cent beside them tells: ``giải quyết 38/31 vụ việc``, ``phát hiện 251.900/3.960
văn bản``, and ``32/29 đại biểu`` where the same paragraph has ``29/32``.

Of what came in, no more can be dealt with; but a plan can be passed (``thu 3.456/3.210 tỷ đồng``), and a stroke joins
pairs (``45/67 vụ/bị can``), dates and codes: where such words stand near, nothing is said, unless a per cent behind
them is that of the fraction turned round: ``có 132/87 dự án giải ngân trên 80% kế hoạch, chiếm 65,91%``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.fitting import Fit, exactly, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import unit_behind

_WORDS = rf"[^.;:(){MARKS}]"
#: What is done with things that are there already, and what some of a number of people or places have.
_DONE = re.compile(
    r"(?<!\w)(?:giải quyết|xử lý|phát hiện|khắc phục|trả(?: kết quả| lời)?|hoàn thành|bố trí|cử|công nhận|thi hành xong"
    rf"|tổng số|chỉ có|đã có|có|với|(?:có mặt|tham dự|tham gia) là){_WORDS}{{0,36}}$"
)
#: Near these a count may pass what it is held against, or a stroke does not mean "of".
_PASSABLE = re.compile(
    r"kế hoạch|chỉ tiêu|(?:thụ lý|tiếp nhận)(?: và|,| -|/)+ (?:đã )?(?:giải quyết|xử lý)|theo yêu cầu|nhu cầu|định mức"
    r"|vượt|mục tiêu|được giao|tỉnh giao|đăng ký|nghị quyết|dự kiến|so với|cùng kỳ|việc làm"
    r"|tỷ số|bình quân|mật độ|xếp|hạng|(?<!\w)thứ(?!\w)|khóa|nhiệm kỳ|quyết định|công văn|văn bản số|thửa|đường"
    rf"|(?:ngày|tháng|năm|quý|kỳ)\s{QUOTIENT}"
)
_RATE = re.compile(r"(?<!\w)tỷ lệ(?!\w)")
_THINGS = re.compile(
    r"(?:hồ sơ|hs|đơn|vụ|việc|thủ tục|tthc|văn bản|kiến nghị|phản ánh|ý kiến|trường hợp|nhiệm vụ|nội dung|thông tin"
    r"|yêu cầu|đại biểu|phiếu|đồng chí|người|cán bộ|công chức|viên chức|đảng viên|hộ|thôn|bản|xã|phường|huyện|đơn vị"
    r"|cơ quan|sở|trường|cơ sở|tổ chức|doanh nghiệp|thành viên|ủy viên|vị trí|tiêu chí|chi bộ|giáo viên|học sinh"
    r"|công dân|cử tri|chủ đầu tư|địa phương|ban|ngành|chỉ tiêu|lĩnh vực|nội dung|dự án)(?!\w)"
)
#: "Số hồ sơ được giải quyết là 1.625/1.456": what is counted stands before it.
_COUNTED = re.compile(
    r"(?<!\w)số (?:lượng )?(?:hồ sơ|đơn|vụ|việc|thủ tục|văn bản|kiến nghị|ý kiến|nhiệm vụ)[^.;:,()]{0,40}(?:là|:)\s?$"
)
_THERE_ARE = re.compile(r"(?:^|[.;:,(]\s?|-\s)(?:hiện |đã |chỉ )?có\s$")
_PAIR = re.compile(r"^[^.;,()]{0,30}/")
_OF = r"\s?(?:/|(?:trên|trong)\s(?:tổng )?số)\s?"
_COUNTS = re.compile(rf"{COUNT}[^.;,:/(){MARKS}]{{0,24}}?{_OF}{COUNT}")
#: What leads to the per cent that a fraction makes.
_MAKES = re.compile(rf"(?:(?<!\w)(?:chiếm|đạt|bằng|tương ứng|tỷ lệ)(?!\w)|\()[^.;:(){MARKS}]{{0,24}}$")
_AROUND, _BEHIND, _LEAD = 70, 140, 36
#: Fewer are counted one by one, and "3/2" may be a day.
_FEWEST = 10
#: A day and a month.
_DAYS, _MONTHS = 31, 12


def inverted(text: MarkedText, told: Collection[int]) -> Iterator[Checked]:
    """Every fraction without a per cent whose part is above its whole; ``told``: where those with one stand."""
    quotients = [(at, figure) for at, figure in text.figures(0, len(text.text), QUOTIENT) if figure.over is not None]
    right_way = {(figure.over.readings[0], figure.readings[0]) for _, figure in quotients if figure.over is not None}
    for at, figure in quotients:
        whole = figure.over
        if whole is None or at in told or not _is_above(figure, whole, few=_has(text, at)) or _is_pair(text, at):
            continue
        elsewhere = (figure.readings[0], whole.readings[0]) in right_way and not _is_date(figure, whole)
        if elsewhere or _is_done(text, at, at) or _is_made(text, at, figure, whole):
            yield _told(text, at, at, figure, whole)
    for found in _COUNTS.finditer(text.text):
        at, last = found.start(), found.end() - 1
        part, whole = text.figure(at), text.figure(last)
        if at in told or not _is_above(part, whole) or _is_pair(text, last):
            continue
        if unit_behind(text, at) and alike(text, at, last) and _is_done(text, at, last):
            yield _told(text, at, last, part, whole)


def _is_above(part: TextFigure, whole: TextFigure, *, few: bool = False) -> bool:
    """Whether two counts are told of which the first is the larger, however they are read; ``few``: of any size."""
    plain = not (part.places[0] or whole.places[0]) and part.scale == whole.scale == 1
    plain = plain and (part.readings[0] >= _FEWEST or few)
    if len(part.readings) == len(whole.readings):
        return plain and all(0 < low < high for high, low in zip(part.readings, whole.readings, strict=True))
    return plain and 0 < max(whole.readings) < min(part.readings)


def _has(text: MarkedText, at: int) -> bool:
    """Whether so many of all that are counted have something: "có 06/02 chủ đầu tư giải ngân trên 90%"."""
    return bool(_THERE_ARE.search(text.text, max(0, at - 12), at) and _THINGS.match(text.text[at + 1 :].lstrip()[:20]))


def _is_pair(text: MarkedText, at: int) -> bool:
    """Whether a stroke goes on in the words behind: "45/67 vụ/bị can"."""
    return _PAIR.match(text.text[at + 1 : at + 40]) is not None


def _is_date(part: TextFigure, whole: TextFigure) -> bool:
    return part.readings[0] <= _DAYS and whole.readings[0] <= _MONTHS


def _is_made(text: MarkedText, at: int, part: TextFigure, whole: TextFigure) -> bool:
    """Whether a per cent behind in the sentence, with decimals, is to its last place that of the fraction turned round,
    none is that of the fraction, and no count stands between that it could be of.
    """
    end = min(text.sentence(at)[1], at + _BEHIND)
    behind = text.figures(at + 1, end, PER_CENT)
    turned = exactly(100 * whole.readings[0] / part.readings[0])
    straight = exactly(100 * part.readings[0] / whole.readings[0])
    if any(prints_as(straight, rate) for _, rate in behind):
        return False
    return any(
        rate.places[0]
        and prints_as(turned, rate)
        and _MAKES.search(text.text, max(at + 1, place - _LEAD), place)
        and not text.figures(at + 1, place, COUNT + QUOTIENT)
        for place, rate in behind
    )


def _is_done(text: MarkedText, at: int, last: int) -> bool:
    """Whether the words around a fraction say that a part of what there is was dealt with."""
    first, end = text.sentence(at)
    around = text.text[max(first, at - _AROUND) : min(end, last + _AROUND)]
    if (
        _PASSABLE.search(around)
        or _RATE.search(text.text, max(first, at - _AROUND), at)
        or not _DONE.search(text.text, max(first, at - _AROUND), at)
    ):
        return False
    if _COUNTED.search(text.text, max(first, at - _AROUND), at):
        return True
    return _THINGS.match(text.text[last + 1 : last + 20].lstrip()) is not None


def _told(text: MarkedText, at: int, last: int, part: TextFigure, whole: TextFigure) -> Checked:
    above = part.text.split("/")[0].strip() if part.over is not None else part.digits
    told = finding(
        text, at, last + 1, StatementKind.SWAPPED_RATIO, "fraction_inverted", sure=Sure.LIKELY,
        stated=f"{above}/{whole.digits}", found=f"{whole.digits}/{above}", facts={"part": above, "whole": whole.digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, at, last + 1, told)
