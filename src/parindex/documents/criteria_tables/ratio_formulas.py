"""A ratio that a cell writes out: "(Số hồ sơ đúng hạn/Tổng số hồ sơ) x 2", "(A : B) × điểm tối đa, trong đó A là …".

Only what is plainly one count over another, times the maximum, is read; everything else stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.printed_text import folded, joined
from parindex.domain.values import parse_number

_N = r"\d{1,4}(?:[.,]\d{1,4})?"
_WHOLE = rf"(?:{_N}\s*(?:điểm|đ)?|(?:số\s+)?điểm\s+(?:tối đa|chuẩn)(?:\s+của\s+(?:mục|tiêu chí)(?:\s+thành phần)?)?)"
_TIMES = r"\s*[x×*]\s*"
_HUNDRED = r"(?:\s*[x×*]\s*100\s*%?)?"
#: Words of a count: no sign of another calculation, no further condition.
_COUNT = r"[^\W\d_][^/÷:×*=+()\[\];]{0,160}?"
_BRACKETED = rf"[(\[]\s*(?P<of>{_COUNT})\s*(?:/|÷|:|chia cho)\s*(?P<to>{_COUNT})\s*[)\]]"
#: Without brackets only a mark that stands by itself divides: "Quyết định số 12/QĐ-UBND" is no quotient.
_BARE = rf"(?P<of>{_COUNT})\s+(?:/|÷|:|chia cho)\s+(?P<to>{_COUNT})"
_LEAD = r"^(?:(?:tính theo )?công thức\s*:?\s*)?(?:(?:số |tổng )?điểm[^=:;()/]{0,60}[=:]\s*)?"
_REST = r"\s*(?:điểm)?\s*[.;,]?\s*(?P<rest>(?:\(?\s*(?:trong đó|với|ở đây)\b.*)?)$"
_SHAPES = tuple(
    re.compile(_LEAD + shape + _REST, re.IGNORECASE)
    for shape in (
        rf"{_BRACKETED}{_HUNDRED}{_TIMES}(?P<whole>{_WHOLE})",
        rf"(?P<whole>{_WHOLE}){_TIMES}{_BRACKETED}{_HUNDRED}",
        rf"{_BARE}(?:\s+[x×*]\s*100\s*%)?\s+[x×*]\s+(?P<whole>{_WHOLE})",
    )
)
_LETTER = re.compile(r"^[A-Za-zĐđ]\d?$")


@dataclass(frozen=True, slots=True)
class RatioFormula:
    """What is counted, over what."""

    of: str
    to: str


def read_formula(text: str, max_points: Fraction | None) -> RatioFormula | None:
    """The ratio of a cell; None where the text is none, or is worth anything but ``max_points`` at the most."""
    flat = joined(text)
    found = next((match for shape in _SHAPES if (match := shape.match(flat)) is not None), None)
    if found is None or max_points is None:
        return None
    number = re.match(_N, found["whole"])
    if number is not None and parse_number(number[0]) != max_points:
        return None
    of, to = (_said(found[name].strip(), found["rest"]) for name in ("of", "to"))
    counts = of and to and folded(of) != folded(to) and not folded(of).startswith(("ty le", "diem"))
    return RatioFormula(of, to) if counts else None


def _said(name: str, rest: str) -> str:
    """What a letter of a formula stands for, by the words behind the formula; other words say it themselves, and ""
    is what a letter says that nothing explains.
    """
    if not _LETTER.match(name):
        return name
    found = re.search(rf"(?:^|[\s,;(–-]){re.escape(name)}\s*(?:là|:|=)\s*(?P<said>[^\W\d_][^;,.=]*)", rest)
    return re.split(r"\s+và\s+(?=\w\d?\s*(?:là|:|=))", found["said"])[0].strip(" )") if found else ""
