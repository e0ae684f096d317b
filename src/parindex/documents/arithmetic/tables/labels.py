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
    HEADING = "heading"
    NOTE = "note"


class CodeStyle(StrEnum):
    """How a row is numbered: 1.2.3, IV, B, 7, c), or not at all."""

    DOTTED = "dotted"
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
        """The parts of a dotted code or a number."""
        return tuple(int(part) for part in self.text.split(".")) if self.text[:1].isdigit() else ()


NO_CODE = Code("", CodeStyle.NONE)
_DOTTED = re.compile(r"^\d{1,3}(?:\s?\.\s?\d{1,3}){1,4}\.?$")
_NUMBER = re.compile(r"^\(?\d{1,4}[.)]?$")
_ROMAN = re.compile(r"^(?=[IVXL])(?:X{0,3})(?:IX|IV|V?I{0,3})[.)]?$")
_CAPITAL = re.compile(r"^[A-HK-ZĐ][.)]?$")
_SMALL = re.compile(r"^[a-zđ][.)]$|^[a-eđ]$")
_DASH = re.compile(r"^[-+*•–]$")
_BEFORE_TITLE = re.compile(
    r"^(?P<code>\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|[IVX]{1,5}\.?|[A-HK-ZĐ]\.)\s+(?P<title>[^\W\d].*)$"
)
_STYLES = (
    (_DOTTED, CodeStyle.DOTTED),
    (_NUMBER, CodeStyle.NUMBER),
    (_ROMAN, CodeStyle.ROMAN),
    (_CAPITAL, CodeStyle.CAPITAL),
    (_SMALL, CodeStyle.SMALL),
    (_DASH, CodeStyle.DASH),
)
#: "Tổng", "Tổng cộng (I+II)", "Cộng nhóm I", "TỔNG ĐIỂM TỐI ĐA", "Toàn tỉnh", "Total"; never "Công tác …".
_TOTAL = re.compile(
    r"^(?:tổng(?: (?:cộng|số|chung|điểm|hợp|toàn))?|cộng|tong cong|total|sub ?total"
    r"|toàn (?:tỉnh|quốc|ngành|huyện|thành phố|hệ thống))"
    r"(?:\s*(?:tối đa|đạt được|chung|cộng|số|điểm|các .{0,30}|nhóm .{0,30}|phần .{0,20}|mục .{0,20}|khối .{0,30}"
    r"|[ivx]{1,4}|\(?[a-z0-9ivx+= ,.]{1,20}\)?))?\s*[:.]?$"
)
_TOTAL_OF = re.compile(r"^(?:tổng (?:số|cộng)|cộng)\b")
_MEAN = re.compile(r"^(?:giá trị |điểm |tỷ lệ |chỉ số )?(?:trung bình|bình quân|đtb|tb)\b.{0,40}$")


def code_of(text: str) -> Code:
    """The code that a cell holds and nothing else."""
    plain = joined(text)
    if not plain or len(plain) > 16:
        return NO_CODE
    for pattern, style in _STYLES:
        if pattern.match(plain):
            return Code(plain.replace(" ", "").strip("().") or plain, style)
    return NO_CODE


def split_title(text: str) -> tuple[Code, str]:
    """A code before a title in one cell, and the title."""
    plain = joined(text)
    found = _BEFORE_TITLE.match(plain)
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
        if _TOTAL.match(plain):
            return RowRole.TOTAL
    if has_figures:
        return RowRole.DATA
    return RowRole.HEADING if plain else RowRole.NOTE
