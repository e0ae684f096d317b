"""Points in running text: parts of a score against the score, points above their maximum, points lost.

``đạt 82,05/100 điểm, trong đó 56,94/66,5 điểm và 25,11/33,5 điểm``; ``đạt 9,5/8,5 điểm``; ``7,5/8,5 điểm, mất 1 điểm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, NAME, PAPER, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.rules.stretches import CODE, FOR_ITEM
from parindex.documents.arithmetic.prose.statements import Checked, finding

_LINK = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|cụ thể|chia ra|gồm có)(?!\w)")
_LOST = re.compile(
    rf"(?P<q>{QUOTIENT})\s?(?:điểm)?[^.;{MARKS}]{{0,40}}?[,(]?\s?(?:bị |còn )?"
    rf"(?P<word>mất|bị trừ|trừ|thiếu|hụt|chưa đạt|không đạt)(?: đi| mất)?\s(?P<c>{COUNT})\s?điểm"
)
_POINTS = re.compile(rf"(?P<q>{QUOTIENT})\s?điểm")
#: "điểm tối đa 1,5 điểm".
_MAXIMUM = re.compile(
    r"(?:điểm (?:tối đa|chuẩn|trần)|thang điểm|mức điểm cao nhất(?= của (?:tiêu chí|nội dung) này)"
    rf"|(?:(?<=\()|(?<=[:–-]\s))tối đa|(?<!\w)tối đa(?=\s{COUNT}(?:\sđiểm)?[,;]\s(?:điểm )?tự ))"
    r"(?: theo (?:quy định|hướng dẫn|bảng điểm))?"
    rf"(?: là| (?:của|cho) [^.;:,{MARKS}]{{0,40}}(?:(?:{NAME}|{CODE}) )?là)?"
    rf"\s?:?\s(?P<m>{COUNT})(?:\sđiểm)?\s?(?=[),;:.]|này[,.])"
    rf"|(?:{NAME}|{PAPER}|{CODE}|(?<!\w)này) (?:có |được |cho |chấm |quy định ){{0,2}}tối đa(?: là)? (?P<most>{COUNT})"
    r"\sđiểm(?=[,;.])"
    rf"|\((?P<of>{COUNT})\sđiểm\)(?=\s?[:,-]?\s?(?:điểm )?tự (?:chấm|đánh giá))"
)
#: "tự chấm 1,75 điểm", far behind its maximum only with the word behind the figure.
_GIVEN = re.compile(
    r"(?<!\w)(?P<by>tự chấm|tự đánh giá|tự cho|chấm|thẩm định|đạt|được|công nhận|thống nhất cho|đề nghị)"
    r"(?: của(?: [^\W\d_]+){1,3})?"
    rf"(?P<item>{FOR_ITEM})(?: là| được| đạt| ở mức| mức| tới| đến)?\s?:?\s(?P<p>{COUNT})"
    r"(?P<points>\s?điểm)?(?!\s?(?:/|hồ|lần|đơn|%))"
)
#: Behind points without their word: the end of what was said.
_ENDS = re.compile(r"\s?(?:[.;]|$)")
_NEAR, _FAR = 70, 500
#: What begins with another item, or tells of all of them.
_OTHER_ITEM = re.compile(
    r"tiêu chí|(?<!danh )mục \S|lĩnh vực|tổng|cộng|thưởng|bình quân|trung bình|năm trước(?=[^.]*$)|điểm tối đa|quy đổi"
)
#: Points of the same item are no more than so many times its maximum.
_MOST_TIMES = 2
_BONUS = re.compile(r"thưởng|cộng|hồ sơ|đơn vị|kế hoạch|đánh giá \w+/\w+|thứ|hạng")
_MOST = 20
#: "Tổng điểm 85,3/100" behind a list of points with their maxima; so many of them make one.
_TOTAL_BEHIND = re.compile(
    rf"(?<!\w)(?:tổng (?:số )?điểm|tổng cộng|cộng)(?: là| đạt|:| được){{0,2}}\s(?P<q>{QUOTIENT})"
)
_FEWEST_LISTED = 3
_RANK = re.compile(r"(?:thứ|hạng|vị trí)\s?$")
#: "mất 1 điểm (đạt 7,5/8,5 điểm)".
_LOST_OF = re.compile(
    rf"(?:mất|bị trừ|trừ)(?: đi| mất| là)?\s(?P<c>{COUNT})\s?điểm\s?\((?:chỉ )?(?:đạt |được )?(?P<q>{QUOTIENT})"
)


def scores(text: MarkedText) -> Iterator[Checked]:
    """Every statement about points in one passage."""
    yield from _above_told_maximum(text)
    if QUOTIENT not in text.text:
        return
    yield from _parts(text)
    yield from _lost(text)
    yield from _above_maximum(text)
    yield from _of_lists(text)


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
        yield Checked("sums", Fit.WRONG, at, end, _told_total(text, (at, end), at, whole, chosen))


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


def _of_lists(text: MarkedText) -> Iterator[Checked]:
    """ "16,9/18 điểm; 12,7/12; 6,8/10. Tổng điểm 36,4/40": what one of them is above, and what they add up to."""
    for total in _TOTAL_BEHIND.finditer(text.text):
        first, _ = text.period(total.start())
        before = text.period(first - 1)[0] if first and not text.text[first : total.start()].strip() else first
        parts = text.figures(before, total.start(), QUOTIENT)[-_MOST:]
        whole = text.figure(total.start("q"))
        chosen = _with_maxima(whole, [figure for _, figure in parts])
        if chosen is None or len(chosen) < max(_FEWEST_LISTED, len(parts)):
            continue
        at, end = parts[0][0], total.end()
        for place, figure in parts:
            if figure.over is not None and min(figure.readings) > max(figure.over.readings):
                yield Checked("points", Fit.WRONG, at, end, _told_above(text, place, figure))
                return
        found = sum((figure.value for figure in chosen), Fraction(0))
        if abs(found - whole.value) <= _rounded(whole, chosen) / 2:
            yield Checked("sums", Fit.RIGHT, at, end)
            continue
        yield Checked("sums", Fit.WRONG, at, end, _told_total(text, (at, end), total.start("q"), whole, chosen))


def _told_total(
    text: MarkedText, span: tuple[int, int], at: int, whole: TextFigure, parts: list[TextFigure]
) -> StatementFinding:
    total = sum((figure.value for figure in parts), Fraction(0))
    return finding(
        text, *span, StatementKind.TOTAL, "score_parts_apart", at=at, stated=whole.digits,
        found=in_form_of(whole, total, max(whole.places[0], *(one.places[0] for one in parts))),
        severity=Severity.CHANGES_SCORE,
        facts={"parts": " + ".join(one.digits for one in parts), "whole": whole.over.digits if whole.over else ""},
    )  # fmt: skip


def _told_above(text: MarkedText, at: int, score: TextFigure) -> StatementFinding:
    return finding(
        text, at, at + 1, StatementKind.RULE_POINTS, "text_points_above_maximum", stated=score.digits, found="",
        severity=Severity.CHANGES_SCORE, sure=Sure.CERTAIN, facts={"maximum": score.over.digits if score.over else ""},
    )  # fmt: skip


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
                facts={"points": score.digits, "maximum": score.over.digits},
            )  # fmt: skip
        yield Checked("differences", Fit.RIGHT if right else Fit.WRONG, found.start(), found.end(), told)


def _above_told_maximum(text: MarkedText) -> Iterator[Checked]:
    """ "(điểm tối đa 1,5 điểm): …, tự chấm 1,75 điểm"."""
    for stated in _MAXIMUM.finditer(text.text) if "điểm" in text.text or "tối đa" in text.text else ():
        maximum = text.figure(stated.start(next(name for name in ("m", "most", "of") if stated[name])))
        for found in _GIVEN.finditer(text.text, stated.end(), stated.end() + _FAR):
            points, between = text.figure(found.start("p")), text.text[stated.end() : found.start()]
            near = len(between) < _NEAR and not re.search(f"[.{MARKS}]", between)
            if _OTHER_ITEM.search(between) or points.scale * maximum.scale != 1:
                break
            far_above = _is_far_above(points, maximum) and not found["item"].endswith("này")
            bare = found["points"] is None and not (
                found["by"].startswith("tự ") and _ENDS.match(text.text, found.end())
            )
            if not near and (bare or far_above):
                continue
            above = min(points.readings) > max(maximum.readings)
            told = _told_above_told(text, (stated.start(), found.end()), found.start("p"), maximum) if above else None
            yield Checked("points", Fit.WRONG if told else Fit.RIGHT, stated.start(), found.end(), told)
            if told:
                break


def _is_far_above(points: TextFigure, maximum: TextFigure) -> bool:
    """Whether points are too many for an item, and more than a misprint before the comma ("1,5" of "0,5") makes."""
    most, lowest = max(maximum.readings), min(points.readings)
    return lowest > _MOST_TIMES * most and lowest > most + 1


def _told_above_told(text: MarkedText, span: tuple[int, int], at: int, maximum: TextFigure) -> StatementFinding:
    return finding(
        text, *span, StatementKind.RULE_POINTS, "text_points_above_maximum", at=at, stated=text.figure(at).digits,
        found="", sure=Sure.LIKELY, severity=Severity.CHANGES_SCORE, facts={"maximum": maximum.digits},
    )  # fmt: skip


def _above_maximum(text: MarkedText) -> Iterator[Checked]:
    """ "đạt 9,5/8,5 điểm"."""
    for found in _POINTS.finditer(text.text):
        score = text.figure(found.start("q"))
        around = text.text[max(0, found.start() - 40) : found.end() + 20]
        if score.over is None or _BONUS.search(around):
            continue
        above = min(score.readings) > max(score.over.readings)
        told = _told_above(text, found.start("q"), score) if above else None
        yield Checked("points", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)
