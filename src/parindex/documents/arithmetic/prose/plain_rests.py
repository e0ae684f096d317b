"""A whole, what is done of it and what is left, the three alone in their sentence: ``Biên chế giao 2.350, có mặt 2.280,
còn thiếu 70``, ``định mức 25 người, bố trí 22 người, thiếu 3 người``, ``chỉ tiêu 150 tin, thực hiện 178 tin,
vượt 28 tin``.

The words before the third figure, or behind it, say that it is the difference of the other two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, in_full
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.counted_things import is_thing, may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.parts.sums import kind_between
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import unit_behind

_NO = rf"[^.;:,(){MARKS}]"
#: What is left over, whatever it is; and what exceeds a target.
_SURELY = re.compile(
    rf"(?<!\w)(?:(?:còn (?:lại|trống|tồn)|tồn|chênh lệch(?! so)|để lại)(?!\w){_NO}{{0,40}}$"
    r"|(?:thiếu|thừa|dư|hụt|(?<!không )vượt)(?: (?:là|hụt|kế hoạch|chỉ tiêu|dự toán|định mức|biên chế|số))* $)"
)
_OPEN = (
    r"(?:(?<!\w)(?:còn(?! nợ)|đang(?! tuyển)|chưa (?:được |sử |tuyển|giải|xử|hoàn|thực|giao|thu|chi|trả|bố|phân|triển"
    r"|kiểm|ban|công bố|đạt|đến hạn|có|cấp|tổ|gửi|nộp|ký|thẩm|rà|số|tích|kết))"
)
_RATHER = re.compile(rf"{_OPEN}){_NO}{{0,40}}$")
#: "còn 4 đơn vị chưa giao", "15 phiếu chưa thu về".
_BEHIND = re.compile(rf"\s[^.;:,()]{{0,30}}?(?!còn(?! lại)){_OPEN})")
_NOT = re.compile(rf"(?<!\w)(?:không|chưa)\s(?P<verb>[^\W\d_]+){_NO}{{0,30}}$")
_MORE = re.compile(r"(?<!\w)(?:vượt|thừa|chênh lệch)(?!\w)")
#: What should be told behind what is: "hiện có 148 nhà, cần có 160, thiếu 12 nhà".
_TO_HAVE = re.compile(r"(?<!\w)(?:cần|phải|nhu cầu|định mức|quy định|tối thiểu)(?!\w)")
#: What the second figure must not be: a part of the first, what came to it, the same of another time.
_NO_DONE = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|chuyển|kỳ trước|tồn|bổ sung|thêm|năm trước|cùng kỳ|so với|dự kiến|gồm|tăng|giảm"
    r"|mỗi|bình quân|trung bình|lượt|phát sinh|tiếp nhận mới)(?!\w)"
)
_NO_REST = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|năm trước|cùng kỳ|so với|tăng|giảm|mỗi|bình quân|gồm|đến năm"
    r"|chủ yếu|tối đa|min|max)(?!\w)|[=+]"
)
_NO_WHOLE = re.compile(r"(?<!\w)(?:tồn|kỳ trước|chuyển|bình quân|mỗi|tăng|giảm)(?!\w)")
_COMPARED = re.compile(r"[^.;:,()]{0,30}(?<!\w)so với(?!\w)")
#: "còn 2 người đang đi học": no work that is not done yet.
_OTHERWISE = re.compile(
    r"[^.;:,()]{0,30}(?<!\w)đang(?! (?:trong|được|giải quyết|xử lý|thực hiện|xem xét|triển khai|thụ lý|thẩm|rà))(?!\w)"
)
#: "xếp loại Khá (từ 70 đến dưới 80 điểm)": a band of points.
_BAND = re.compile(r"(?:đến|[-–])\s(?:dưới|cận)\s|trở (?:lên|xuống)")
#: "chi đầu tư còn 120 tỷ đồng": what is left of something else, named before it.
_OF_ANOTHER = re.compile(rf"[,;(]\s(?!số |hiện ){_NO}{{6,40}}\s(?:còn|chưa|đang)(?!\w){_NO}{{0,24}}$")
_LONGEST = 260
#: What is told by a word that may mean another rest, is near what it should be: a twentieth of the whole; by a word
#: that means no other, a fifth.
_NEAR, _RATHER_NEAR = 20, 5


@dataclass(frozen=True, slots=True)
class _Three:
    """A whole, what is done and what is left, at their places."""

    places: tuple[int, int, int]
    figures: tuple[TextFigure, TextFigure, TextFigure]

    @property
    def off(self) -> Fraction:
        """What the first two differ by."""
        return abs(self.figures[0].value - self.figures[1].value)

    @property
    def slack(self) -> Fraction:
        """What rounding leaves open."""
        rounded = [one.step() for one in self.figures if one.places[0] or one.scale > 1]
        return sum(rounded, Fraction(0)) / 2 if len(set(rounded)) > 1 or rounded else Fraction(0)


def plain_rests(text: MarkedText) -> Iterator[Checked]:
    """Every sentence of three figures the last of which is what is left."""
    if text.text.count(COUNT) < 3:
        return
    for first, last in text.periods():
        if last - first > _LONGEST or _BAND.search(text.text, first, last):
            continue
        counts = [
            one for one in text.figures(first, last, COUNT + QUOTIENT) if is_thing(unit_behind(text, one[0]))
        ]  # fmt: skip
        if len(counts) != 3 or any(one.over is not None or is_about(text.text, at) for at, one in counts):
            continue
        three = _Three(
            (counts[0][0], counts[1][0], counts[2][0]), (counts[0][1], counts[1][1], counts[2][1])
        )  # fmt: skip
        checked = _checked(text, three, first, last)
        if checked is not None:
            yield checked


def _checked(text: MarkedText, three: _Three, first: int, last: int) -> Checked | None:
    whole, done, rest = three.figures
    at = three.places[2]
    surely = _SURELY.search(text.text, three.places[1], at) is not None
    if (
        not (surely or _is_open(text, three, last))
        or not _are_of_one_thing(text, three)
        or _is_another(text, three, first)
        or _are_parts(text, three, first)
    ):
        return None
    more = _MORE.search(text.text, three.places[1], at) is not None
    if done.value > whole.value and not (more or _TO_HAVE.search(text.text, three.places[0], three.places[1])):
        return None
    start, end = first, at + 1
    if abs(three.off - rest.value) <= three.slack:
        return Checked("sums", Fit.RIGHT, start, end)
    right = Fraction(three.off, rest.scale)
    near = (_RATHER_NEAR if surely else _NEAR) * abs(three.off - rest.value) <= max(whole.value, Fraction(_NEAR))
    printed = digits_of(rest.digits)
    explained = len(printed) > 1 and kind_between(printed, digits_of(in_form_of(rest, right))) is not None
    if not three.off or not (near or explained or (surely and rest.value > whole.value)):
        return None
    told = _told(text, three, more or done.value > whole.value, right)
    return Checked("sums", Fit.WRONG, start, end, told)


def _are_parts(text: MarkedText, three: _Three, first: int) -> bool:
    """Whether the three make up what the sentence before tells: "2,4 tỷ đồng. Đã giải ngân 1,1 tỷ đồng, …"."""
    total = sum((one.value for one in three.figures), Fraction(0))
    return any(one.value == total for _, one in text.figures(max(0, first - _LONGEST), first, COUNT))


def _is_open(text: MarkedText, three: _Three, last: int) -> bool:
    """Whether the words of the third figure say that it is what is not done."""
    _, done, at = three.places
    if _OTHERWISE.match(text.text, at + 1) or _OF_ANOTHER.search(text.text, done, at):
        return False
    if _RATHER.search(text.text, done, at) or _BEHIND.match(text.text, at + 1, last):
        return True
    return _is_denied(text, three)


def _is_denied(text: MarkedText, three: _Three) -> bool:
    """Whether the third figure is of what the second is not: "thu về 585 phiếu, không thu được 15 phiếu"."""
    whole, done, at = three.places
    negated = _NOT.search(text.text, done, at)
    return negated is not None and negated["verb"] in text.text[whole:done].split()


def _is_another(text: MarkedText, three: _Three, first: int) -> bool:
    """Whether one of the figures plays another part: what came in anew, a part of the second, another time."""
    whole, done, rest = three.places
    return bool(
        _NO_WHOLE.search(text.text, first, whole)
        or _NO_DONE.search(text.text, whole, done)
        or _NO_REST.search(text.text, done, rest)
        or (text.figures(first, done, YEAR) and text.figures(done, rest, YEAR))  # two years
        or _COMPARED.match(text.text, rest + 1)
    )


def _told(text: MarkedText, three: _Three, more: bool, right: Fraction) -> StatementFinding:
    whole, done, rest = three.figures
    in_words = len({one.scale for one in three.figures}) > 1
    one, other = (in_full(figure, figure.digits) if in_words else figure.digits for figure in (whole, done))
    return finding(
        text, three.places[0], three.places[2] + 1, StatementKind.PART_OF_WHOLE,
        "difference_apart" if more else "rest_apart", at=three.places[2], sure=Sure.LIKELY, stated=rest.digits,
        found=in_form_of(rest, right), facts={"part": other, "whole": one},
    )  # fmt: skip


def _are_of_one_thing(text: MarkedText, three: _Three) -> bool:
    units = [unit_behind(text, at) for at in three.places]
    # "15 chỉ tiêu, trúng tuyển 11 người, còn 4 chỉ tiêu"
    people = units[1].startswith("người") and bool(units[0]) and units[0].split()[0] == units[2].partition(" ")[0]
    alike = people or all(may_count_alike(one, other) for one in units for other in units)
    scaled = [one.scale > 1 or "đồng" in unit for one, unit in zip(three.figures, units, strict=True)]
    named = any(units) or _is_denied(text, three)
    return alike and len(set(scaled)) == 1 and named
