"""Points in running text: parts of a score against the score, points above their maximum, points lost.

``đạt 82,05/100 điểm, trong đó 56,94/66,5 điểm và 25,11/33,5 điểm``; ``đạt 9,5/8,5 điểm``; ``7,5/8,5 điểm, mất 1 điểm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_LINK = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|cụ thể|chia ra|gồm có)(?!\w)")
_LOST = re.compile(
    rf"(?P<q>{QUOTIENT})\s?(?:điểm)?[^.;{MARKS}]{{0,40}}?[,(]?\s?(?:bị |còn )?"
    rf"(?P<word>mất|bị trừ|trừ|thiếu|hụt|chưa đạt|không đạt)(?: đi| mất)?\s(?P<c>{COUNT})\s?điểm"
)
_POINTS = re.compile(rf"(?P<q>{QUOTIENT})\s?điểm")
#: "điểm tối đa 1,5 điểm): tự chấm 1,75 điểm".
_OF_MAXIMUM = re.compile(
    rf"điểm (?:tối đa|chuẩn|trần)(?: là| của [^.;:,{MARKS}]{{0,40}}là)?\s?:?\s(?P<m>{COUNT})(?:\sđiểm)?\s?[),;:]"
    rf"[^.{MARKS}]{{0,60}}?(?:tự chấm|tự đánh giá|chấm|thẩm định|đạt|được)(?: là| được)?\s?:?\s(?P<p>{COUNT})"
    r"(?!\s?(?:/|hồ|lần|đơn|%))"
)
_BONUS = re.compile(r"thưởng|cộng|hồ sơ|đơn vị|kế hoạch|đánh giá \w+/\w+|thứ|hạng")
_MOST = 20
_RANK = re.compile(r"(?:thứ|hạng|vị trí)\s?$")
#: "mất 1 điểm (đạt 7,5/8,5 điểm)".
_LOST_OF = re.compile(
    rf"(?:mất|bị trừ|trừ)(?: đi| mất)?\s(?P<c>{COUNT})\s?điểm\s?\((?:chỉ )?(?:đạt |được )?(?P<q>{QUOTIENT})"
)


def scores(text: MarkedText) -> Iterator[Checked]:
    """Every statement about points in one passage."""
    yield from _above_told_maximum(text)
    if QUOTIENT not in text.text:
        return
    yield from _parts(text)
    yield from _lost(text)
    yield from _above_maximum(text)


def _parts(text: MarkedText) -> Iterator[Checked]:
    for link in _LINK.finditer(text.text):
        first, last = text.period(link.start())
        wholes = [
            each for each in text.figures(first, link.start(), QUOTIENT) if not _RANK.search(text.text[: each[0]][-12:])
        ]
        parts = text.figures(link.end(), last, QUOTIENT)[:_MOST]
        if not wholes or len(parts) < 2:
            continue
        at, whole = wholes[-1]
        chosen = _with_maxima(whole, [figure for _, figure in parts])
        if chosen is None:
            continue
        end = parts[len(chosen) - 1][0] + 1
        total = sum((figure.value for figure in chosen), Fraction(0))
        slack = sum((figure.step() for figure in chosen if figure.places[0]), Fraction(0))
        if abs(total - whole.value) <= min(slack, _rounded(whole, chosen)):
            yield Checked("sums", Fit.RIGHT, at, end)
            continue
        told = finding(
            text, at, end, StatementKind.TOTAL, "score_parts_apart", at=at, stated=_digits(whole),
            found=in_form_of(whole, total, max(whole.places[0], *(one.places[0] for one in chosen))),
            severity=Severity.CHANGES_SCORE,
            facts={"parts": " + ".join(map(_digits, chosen)), "whole": whole.over.digits if whole.over else ""},
        )  # fmt: skip
        yield Checked("sums", Fit.WRONG, at, end, told)


def _rounded(whole: TextFigure, parts: list[TextFigure]) -> Fraction:
    """By how much a total of rounded points may be off: a step for every part."""
    step = min((figure.step() for figure in (*parts, whole) if figure.places[0]), default=Fraction(0))
    return step * len(parts)


def _with_maxima(whole: TextFigure, parts: list[TextFigure]) -> list[TextFigure] | None:
    """The first parts whose maxima add up to that of the whole."""
    maximum = Fraction(0)
    for number, figure in enumerate(parts, start=1):
        maximum += figure.over.value if figure.over else 0
        if whole.over is not None and maximum == whole.over.value and number > 1:
            return parts[:number]
    return None


def _lost(text: MarkedText) -> Iterator[Checked]:
    """ "đạt 7,5/8,5 điểm, mất 1 điểm"."""
    for found in (*_LOST.finditer(text.text), *_LOST_OF.finditer(text.text)):
        score, lost = text.figure(found.start("q")), text.figure(found.start("c"))
        if score.over is None or score.value > score.over.value:
            continue
        missing = score.over.value - score.value
        right = lost.value == missing or abs(lost.value - missing) < _rounded(lost, [score]) / 2
        told = None
        if not right:
            told = finding(
                text, found.start(), found.end(), StatementKind.DIFFERENCE, "lost_apart", at=found.start("c"),
                stated=lost.digits, found=in_form_of(lost, missing, max(lost.places[0], score.places[0])),
                facts={"points": _digits(score), "maximum": score.over.digits},
            )  # fmt: skip
        yield Checked("differences", Fit.RIGHT if right else Fit.WRONG, found.start(), found.end(), told)


def _above_told_maximum(text: MarkedText) -> Iterator[Checked]:
    """ "(điểm tối đa 1,5 điểm): tự chấm 1,75 điểm"."""
    for found in _OF_MAXIMUM.finditer(text.text):
        maximum, points = text.figure(found.start("m")), text.figure(found.start("p"))
        told = None
        if min(points.readings) > max(maximum.readings) and points.scale == maximum.scale == 1:
            told = finding(
                text, found.start(), found.end(), StatementKind.RULE_POINTS, "text_points_above_maximum",
                at=found.start("p"), stated=points.digits, found="", sure=Sure.LIKELY,
                severity=Severity.CHANGES_SCORE, facts={"maximum": maximum.digits},
            )  # fmt: skip
        yield Checked("points", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)


def _above_maximum(text: MarkedText) -> Iterator[Checked]:
    """ "đạt 9,5/8,5 điểm"."""
    for found in _POINTS.finditer(text.text):
        score = text.figure(found.start("q"))
        around = text.text[max(0, found.start() - 40) : found.end() + 20]
        if score.over is None or _BONUS.search(around):
            continue
        told = None
        if min(score.readings) > max(score.over.readings):
            told = finding(
                text, found.start(), found.end(), StatementKind.RULE_POINTS, "text_points_above_maximum",
                stated=_digits(score), found="", severity=Severity.CHANGES_SCORE,
                sure=Sure.CERTAIN, facts={"maximum": score.over.digits},
            )  # fmt: skip
        yield Checked("points", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)


def _digits(figure: TextFigure) -> str:
    return figure.text.split("/")[0].strip()
