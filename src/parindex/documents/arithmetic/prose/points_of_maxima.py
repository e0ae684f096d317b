"""Points beside what they could be at the most, in words: ``2,25 điểm trên tổng số 3 điểm, mất 0,75 điểm``, ``tự chấm
2,5 điểm (điểm tối đa 3 điểm)``, ``1,5 điểm/2 điểm tối đa``, ``bị trừ 0,5 điểm, còn 1,5 điểm trên 2 điểm``.

No points are above their maximum, and what was lost is what lacks to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding

_MOST = r"(?:(?:số |mức )?điểm tối đa|mức tối đa|tối đa|thang điểm|điểm (?:chuẩn|trần))"
#: "2,25 điểm trên tổng số 3 điểm", "1,5 điểm/2 điểm tối đa", "2,5 điểm (điểm tối đa 3 điểm)".
_PAIR = re.compile(
    rf"(?P<p>{COUNT})(?:\sđiểm)?\s?(?:"
    rf"(?:/|trên|trong)\s?(?:(?:tổng số|tổng|số|mức|thang|tối đa|của|là|điểm)\s){{0,4}}(?P<m>{COUNT})\sđiểm(?!\s?/)"
    rf"|[(,;/–-]?\s?(?:trên |trong khi |so với |của |cho (?:nội dung|tiêu chí)(?: này)? (?:có |là )?)?{_MOST}"
    rf"(?: (?:là|chỉ|theo quy định|quy định|của (?:tiêu chí|nội dung)(?: này)?)){{0,2}}"
    rf"\s?:?\s(?P<of>{COUNT})(?!\s?[/%])(?=\sđiểm|\s?[),;.]|$))"
)
#: "điểm tối đa 4 điểm, tỉnh đạt 3,25 điểm".
_MAXIMUM_FIRST = re.compile(
    rf"{_MOST}(?: (?:là|của (?:tiêu chí|nội dung|phần)(?: này)?(?: là)?))?\s?:?\s(?P<m>{COUNT})(?:\sđiểm)?\)?[,;:]?\s"
    rf"(?:[^.;:,(){MARKS}]{{0,30}}\s)?(?:đạt|được|chấm|tự đánh giá)(?: được| điểm| là| tới| đến| chỉ){{0,2}}"
    rf"\s(?P<p>{COUNT})\sđiểm"
)
_QUOTIENT = re.compile(rf"(?P<q>{QUOTIENT})\sđiểm")
#: What leads to points that are given, not to those that a rule tells.
_GIVEN = re.compile(
    r"(?<!\w)(?:chấm|đánh giá|đạt|được|thẩm định|còn|công nhận|hưởng|đề nghị|điểm)(?: của(?: [^\W\d_]+){1,3})?"
    r"(?: là| được| đạt| lại| điểm| số| chỉ)*\s?:?\s$"
)
_RULE = re.compile(
    r"(?<!\w)(?:mỗi|cứ|nếu|thì|từ|trở lên|dưới|tổng|cộng|thưởng|bình quân|trung bình|quy đổi|các tiêu chí)(?!\w)"
)
#: Behind a maximum: what may lead above it.
_ADDED = re.compile(rf"[^.;{MARKS}]{{0,30}}(?<!\w)(?:cộng|thưởng)(?!\w)|[^.;]{{0,40}}(?<!\w)điểm (?:cộng|thưởng)(?!\w)")
#: Between points and a maximum, that they are of two things.
_ANOTHER = re.compile(r"(?<!\w)(?:lĩnh vực|tổng điểm|cả nhóm|chỉ số)(?!\w)")
_LOST = re.compile(
    rf"(?<!\w)(?:mất|bị trừ|trừ|thiếu|hụt|chưa đạt|không đạt)(?: đi| mất| tổng cộng| hết)?\s(?P<c>{COUNT})\sđiểm"
)
_LEAD, _BESIDE = 44, 60


def points_of_maxima(text: MarkedText) -> Iterator[Checked]:
    """Every points with their maximum, and what was lost beside them."""
    if "điểm" not in text.text:
        return
    for pattern in (_PAIR, _MAXIMUM_FIRST):
        for found in pattern.finditer(text.text):
            yield from _of_pair(text, found)
    for found in _QUOTIENT.finditer(text.text) if _LOST.search(text.text) else ():
        points = text.figure(found.start())
        if points.over is not None and points.scale * points.over.scale == 1:
            yield from _lost(text, found.span(), points, points.over, behind=False)


def _of_pair(text: MarkedText, found: re.Match[str]) -> Iterator[Checked]:
    at, most_at = found.start("p"), found.start("m") if found["m"] else found.start("of")
    if is_about(text.text, at) or (at < most_at and not _GIVEN.search(text.text, max(0, at - _LEAD), at)):
        return
    if _ANOTHER.search(text.text, min(at, most_at), max(at, most_at)):
        return
    first, last = text.period(at)
    points, most = text.figure(at), text.figure(most_at)
    if _RULE.search(text.text, max(first, found.start() - _BESIDE), at) or points.scale * most.scale != 1:
        return
    if _ADDED.match(text.text, found.end(), last):
        return
    yield _against_maximum(text, found, at, points, most)
    yield from _lost(text, found.span(), points, most)


def _against_maximum(text: MarkedText, found: re.Match[str], at: int, points: TextFigure, most: TextFigure) -> Checked:
    told = None
    if min(points.readings) > max(most.readings):
        told = finding(
            text, *found.span(), StatementKind.RULE_POINTS, "text_points_above_maximum", at=at, stated=points.digits,
            found="", sure=Sure.LIKELY, severity=Severity.CHANGES_SCORE, facts={"maximum": most.digits},
        )  # fmt: skip
    return Checked("points", Fit.WRONG if told else Fit.RIGHT, *found.span(), told)


def _lost(
    text: MarkedText, span: tuple[int, int], points: TextFigure, most: TextFigure, *, behind: bool = True
) -> Iterator[Checked]:
    """What the sentence says was lost, where it tells no other points; ``behind``: also behind the points."""
    start, end = span
    first, last = text.period(start)
    told = list(_LOST.finditer(text.text, max(first, start - _BESIDE), min(last, end + _BESIDE if behind else start)))
    if len(told) != 1 or points.value > most.value or len(points.readings) + len(most.readings) > 2:
        return
    at = told[0].start("c")
    lost = text.figure(at)
    between = text.text[min(end, at) : max(start, at)]
    others = re.findall(rf"[{MARKS}]\sđiểm", text.text[first:last])
    is_one = len(others) <= len(re.findall(rf"[{MARKS}]\sđiểm", text.text[start:end])) + 1
    if not is_one or re.search(rf"[{MARKS}]", between.replace(COUNT, "", 1)) or is_about(text.text, at):
        return
    missing = Fraction(most.value - points.value)
    rounded = sum((one.step() for one in (points, most, lost) if one.places[0] > 1), Fraction(0))
    wrong = abs(lost.value - missing) > rounded
    found = None
    if wrong:
        found = finding(
            text, min(start, at), max(end, told[0].end()), StatementKind.DIFFERENCE, "lost_apart", at=at,
            stated=lost.digits, found=in_form_of(lost, missing, max(lost.places[0], points.places[0], most.places[0])),
            facts={"points": points.digits, "maximum": most.digits},
        )  # fmt: skip
    yield Checked("differences", Fit.WRONG if wrong else Fit.RIGHT, min(start, at), max(end, at + 1), found)
