"""What the first cells of a row say: its code, its name, whether it is a total, a mean, a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from parindex.documents.printed_text import joined


class RowRole(StrEnum):
    """What a row is within its table."""

    DATA = "data"
    TOTAL = "total"
    MEAN = "mean"
    MAXIMUM = "maximum"
    HEADING = "heading"
    NOTE = "note"


class CodeStyle(StrEnum):
    """How a row is numbered: 1.2.3, A1 or I.2, IV, B, 7, c), or not at all."""

    DOTTED = "dotted"
    LETTERED = "lettered"
    ROMAN = "roman"
    CAPITAL = "capital"
    NUMBER = "number"
    SMALL = "small"
    DASH = "dash"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Code:
    """A code as printed without its last dot, and its style."""

    text: str
    style: CodeStyle

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of a code, without the letter that it begins with."""
        return tuple(int(part) for part in _DIGITS.findall(self.text))

    @property
    def above(self) -> str:
        """The code of the group that it names: 1.2 of 1.2.3, A of A1, I of I.2; "" where it names none."""
        if self.style not in (CodeStyle.DOTTED, CodeStyle.LETTERED):
            return ""
        return _LAST_PART.sub("", self.text)


#: What stands in a cell for "yes".
MARKS = ("x", "X", "✓", "✔", "√", "×")
NO_CODE = Code("", CodeStyle.NONE)
_DIGITS = re.compile(r"\d+")
_LAST_PART = re.compile(r"\.?\d+$")
_DOTTED = re.compile(r"^\d{1,3}(?:\s?\.\s?\d{1,3}){1,4}\.?$")
_LETTERED = re.compile(r"^(?:[A-HĐ]\.?|[IVX]{1,4}\.)\d{1,2}(?:\.\d{1,2}){0,3}\.?$")
_NUMBER = re.compile(r"^\(?\d{1,4}[.)]?$")
_ROMAN = re.compile(r"^(?=[IVXL])(?:X{0,3})(?:IX|IV|V?I{0,3})[.)]?$")
_CAPITAL = re.compile(r"^[A-HK-ZĐ][.)]?$")
_SMALL = re.compile(r"^[a-zđ][.)]$|^[a-eđ]$")
_DASH = re.compile(r"^[-+*•–]$")
_BEFORE_TITLE = re.compile(
    r"^(?P<code>\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|[IVX]{1,5}\.?|[A-HK-ZĐ]\.|(?:[A-HĐ]|[IVX]{1,4}\.)\d{1,2}(?:\.\d{1,2}){0,3}\.)\s+(?P<title>[^\W\d].*)$"
)
_DASH_BEFORE_TITLE = re.compile(r"^(?P<code>[-–+*•])\s?(?P<title>[^\W\d].*)$")
_STYLES = (
    (_DOTTED, CodeStyle.DOTTED),
    (_LETTERED, CodeStyle.LETTERED),
    (_NUMBER, CodeStyle.NUMBER),
    (_ROMAN, CodeStyle.ROMAN),
    (_CAPITAL, CodeStyle.CAPITAL),
    (_SMALL, CodeStyle.SMALL),
    (_DASH, CodeStyle.DASH),
)
#: "Tổng", "Tổng cộng (I+II)", "Cộng nhóm I", "Tổng 3 nhóm", "TỔNG ĐIỂM TỐI ĐA", "Toàn tỉnh", "Total"; never
#: "Công tác …".
_TOTAL = re.compile(
    r"^(?:tổng(?: (?:cộng|số|chung|điểm|hợp|toàn))?|cộng|tong cong|total|sub ?total"
    r"|toàn (?:tỉnh|quốc|ngành|huyện|thành phố|hệ thống))"
    r"(?:\s*(?:tối đa|đạt được|chung|cộng|số|điểm|các .{0,30}|nhóm .{0,30}|phần .{0,20}|mục .{0,20}|khối .{0,30}"
    r"|(?:cả )?\d{1,2} (?:nhóm|mục|phần|khối|lĩnh vực|nội dung|tiêu chí|khoản|nguồn|đơn vị|quý)"
    r"|[ivx]{1,4}|\(?[a-z0-9ivx+= ,.]{1,20}\)?))?\s*[:.]?$"
)
#: Totals of something named; what more is in one, or was taken off, nothing of the table adds up to.
_TOTAL_OF = re.compile(
    r"^(?:tổng (?:số|cộng|điểm)|cộng|tổng (?:kinh phí|dự toán|chi phí|nguồn vốn|giá trị|nhu cầu)"
    r"(?!.*(?<!\w)(?:gồm|vat|thuế|dự phòng|làm tròn|sau|còn|tiết kiệm|chênh lệch|giảm)(?!\w)))(?!\w)"
)
_MAXIMUM = re.compile(r"^(?:thang )?điểm (?:tối đa|chuẩn)$|^thang điểm$")
_MEAN = re.compile(r"^(?:giá trị |điểm |tỷ lệ |chỉ số )?(?:trung bình|bình quân|đtb|tb)\b.{0,40}$")
#: Places of the columns, which nothing adds up: "Xếp hạng", "Thứ hạng năm 2023"; never "Hạng II", "Hạng mục".
_RANKS = re.compile(
    r"^(?:xếp hạng|thứ hạng|vị thứ|xếp thứ|hạng)"
    r"(?: (?:chung|cả năm|(?:năm|tháng|quý|kỳ|toàn|trong|trước|cụm|khối) .{1,30}))?$"
)


def code_of(text: str) -> Code:
    """The code that a cell holds and nothing else."""
    plain = joined(text)
    if not plain or len(plain) > 16:
        return NO_CODE
    for pattern, style in _STYLES:
        if pattern.match(plain):
            if style is CodeStyle.DASH:
                plain = plain.replace("–", "-")
            return Code(plain.replace(" ", "").strip("().") or plain, style)
    return NO_CODE


def split_title(text: str) -> tuple[Code, str]:
    """A code before a title in one cell, and the title."""
    plain = joined(text)
    found = _BEFORE_TITLE.match(plain) or _DASH_BEFORE_TITLE.match(plain)
    return (code_of(found["code"]), found["title"]) if found else (NO_CODE, plain)


def is_total_of(title: str) -> bool:
    """Whether a title may be that of a total of something named: "Tổng số cán bộ, công chức"."""
    return bool(_TOTAL_OF.match(joined(title).lower().strip(" *-–:")))


def role_of(title: str, *, has_figures: bool) -> RowRole:
    """What a row with such a title is."""
    plain = joined(title).lower().strip(" *-–:")
    if has_figures and len(plain) <= 60:
        if _MEAN.match(plain):
            return RowRole.MEAN
        if _MAXIMUM.match(plain):
            return RowRole.MAXIMUM
        if _TOTAL.match(plain):
            return RowRole.TOTAL
        if _RANKS.match(plain):
            return RowRole.NOTE
    if has_figures:
        return RowRole.DATA
    return RowRole.HEADING if plain else RowRole.NOTE
