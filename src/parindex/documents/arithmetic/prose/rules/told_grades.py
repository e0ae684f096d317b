"""Grades in words against the bands that the paper tells: ``xếp loại Tốt (từ 85 điểm trở lên)`` … ``87 điểm, xếp loại
Khá``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.rules.grade_bands import GRADE, GradeBand, grade_of, told_bands
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_V = f"[{COUNT}{PER_CENT}{QUOTIENT}]"
_OF_GRADE = r"(?:xếp|đạt|thuộc|ở|được)?\s?(?:loại|mức|hạng|nhóm|đánh giá|xếp loại|xếp)(?: là| đạt)?:?\s"
#: "87 điểm, xếp loại Tốt", "loại Khá (83,75 điểm)".
_VALUE_FIRST = re.compile(
    rf"(?P<v>{_V})(?P<unit>\s?điểm)?\s?"
    r"(?:,\s(?:sở|huyện|xã|phường|đơn vị|cơ quan|tỉnh|ban)\s(?:[^\W\d_]+\s){0,3}?|[,;)(–-]?\s?)"
    rf"(?:(?:và |nên )?(?:được )?){_OF_GRADE}{GRADE}"
)
_GRADE_FIRST = re.compile(
    rf"(?<!\w){_OF_GRADE}{GRADE}\s?(?:\(|với |:\s?)(?:đạt |chỉ số |tổng )?(?P<v>{_V})(?P<unit>\s?điểm)?"
)
_COMPARED = re.compile(r"(?<!\w)(?:từ|trên|dưới|đến|hơn|tối thiểu|ít nhất|phấn đấu|mục tiêu)\s(?:đạt )?$")
_POINTS = re.compile(r"(?<!\w)điểm(?: số)?(?: là| đạt|:)?\s$")
_HUNDRED = 100


def told_grades(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every grade of a value that the told bands give another, with the text that states it."""
    bands = told_bands(text.passage.text for text in texts)
    for text in texts if bands else ():
        for pattern in (_VALUE_FIRST, _GRADE_FIRST):
            for found in pattern.finditer(text.text):
                at = found.start("v")
                if _COMPARED.search(text.text, max(0, at - 20), at) or is_change(text, at) or is_about(text.text, at):
                    continue
                for value, percent in _values(text, at, _is_points(text, found)):
                    checked = _checked(text, found, value, [band for band in bands if band.percent is percent])
                    if checked is not None:
                        yield text, checked
                        break


def _is_points(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether a figure is points by the word behind it, or before it: "Điểm 73,5"."""
    at = found.start("v")
    return bool(found["unit"]) or _POINTS.search(text.text, max(0, at - 20), at) is not None


def _values(text: MarkedText, at: int, points: bool) -> Iterator[tuple[Fraction, bool]]:
    """What a figure may be graded as: the value, and whether it is a per cent."""
    figure = text.figure(at)
    if figure.scale > 1:
        return
    if figure.percent:
        yield figure.readings[0], True
    elif figure.over is not None and figure.over.value:
        yield figure.readings[0], False
        yield _HUNDRED * figure.value / figure.over.value, True
    elif points:
        yield figure.readings[0], False


def _checked(text: MarkedText, found: re.Match[str], value: Fraction, bands: Sequence[GradeBand]) -> Checked | None:
    grade = found["grade"]
    if not any(band.grade == grade or band.holds(value) for band in bands):
        return None
    told = None
    if any(band.excludes(grade, value) for band in bands):
        at = found.start("grade")
        told = finding(
            text, found.start(), found.end(), StatementKind.RULE_POINTS, "grade_apart", at=at,
            stated=text.printed(at, found.end("grade")), found=grade_of(value, bands), sure=Sure.LIKELY,
            severity=Severity.CHANGES_SCORE, facts={"value": text.figure(found.start("v")).text},
        )  # fmt: skip
    return Checked("points", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)
