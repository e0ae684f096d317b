"""What is left, told in another sentence than the whole or beside a small part in words: ``đã giải quyết: 561/650 hồ sơ
(đạt 86,3%). … Đang giải quyết 89 hồ sơ``, ``tổng số là 54, đã thi hành xong năm bản án, còn 49``.

Some of the whole may be neither done nor open (drawn back, sent on). A gap is told only where one misprinted figure
explains it; a part in words leaves room for no more than a small one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import MisprintKind, are_exchanged, digits_of, misprint_between
from parindex.documents.arithmetic.prose.counted_things import may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

_WORK = r"giải quyết|xử lý|thực hiện|thụ lý|xem xét|hoàn thành|thi hành|xác minh"
_DONE = re.compile(rf"(?<!\w)(?:đã|được)\s(?:được\s)?(?:{_WORK})(?:\s[^\W\d_]{{1,8}}){{0,3}}\s?:?\s(?P<q>{QUOTIENT})")
_OPEN = (
    rf"(?:(?:đang|chưa)\s(?:trong\s)?(?:được\s)?(?:{_WORK})|(?:còn|đang) tồn(?: đọng)?|còn lại|tồn đọng"
    r"|chuyển (?:sang )?(?:kỳ|năm|quý|tháng) (?:sau|tới))"
)
#: "đang giải quyết 1.089 hồ sơ", "số hồ sơ chưa giải quyết là 1.089".
_LEFT = re.compile(rf"(?<!\w){_OPEN}(?:\s[^\W\d_]{{1,8}}){{0,4}}\s?:?\s(?P<c>{COUNT})(?!\s?(?:điểm|lần))")
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
#: "đã thi hành xong năm bản án, số vụ việc còn đang theo dõi là 49".
_IN_WORDS = re.compile(
    rf"(?<!\w)đã\s(?:được\s)?(?:{_WORK})(?:\s(?:xong|được|dứt điểm))?\s(?P<n>{'|'.join(_NUMBERS)})\s"
    rf"(?P<unit>[^\W\d_]{{1,12}}(?:\s[^\W\d_]{{1,12}})?)\s?[,;]\s(?:và\s)?(?:số [^.;:,{MARKS}]{{0,30}})?"
    rf"còn(?: lại)?(?:\s[^\W\d_]{{1,10}}){{0,4}}?\s(?P<c>{COUNT})"
)
_WHOLE = re.compile(rf"tổng (?:số)?[^.;:{MARKS}]{{0,60}}?(?:là|có|:|gồm)\s(?P<w>{COUNT})")
_REACH, _BEHIND = 400, 420
#: A rest with fewer digits is another one by accident.
_FEWEST_DIGITS = {MisprintKind.EXCHANGED: 3, MisprintKind.OTHER: 4}
#: A small gap beside a part in words: a tenth of the whole.
_TENTH = 10


def open_rests(text: MarkedText) -> Iterator[Checked]:
    """Every rest behind the sentence of its whole that holds, and those that one misprint keeps from it."""
    for found in _DONE.finditer(text.text):
        checked = _of_quotient(text, found)
        if checked is not None:
            yield checked
    for found in _IN_WORDS.finditer(text.text):
        checked = _in_words(text, found)
        if checked is not None:
            yield checked


def _of_quotient(text: MarkedText, found: re.Match[str]) -> Checked | None:
    at = found.start("q")
    part, unit = text.figure(at), unit_behind(text, at)
    whole = part.over
    if whole is None or not unit or part.places[0] or whole.places[0] or part.value > whole.value:
        return None
    left = _LEFT.search(text.text, found.end(), found.end() + _BEHIND)
    if left is None or QUOTIENT in text.text[found.end() : left.end()]:
        return None
    place = left.start("c")
    rest = text.figure(place)
    if not may_count_alike(unit_behind(text, place), unit) or rest.places[0] or is_change(text, place):
        return None
    if text.figures(left.end(), text.period(left.start())[1], COUNT):  # "còn tồn 900 hồ sơ, 60 hồ sơ được rút"
        return None
    missing = Fraction(whole.value - part.value)
    start, end = found.start(), left.end()
    if rest.value == missing:
        return Checked("sums", Fit.RIGHT, start, end)
    others = ((part, whole.value - rest.value), (whole, part.value + rest.value))
    if _is_misprint(rest, missing) or any(are_exchanged(*_bare(figure, right)) for figure, right in others):
        return Checked("sums", Fit.WRONG, start, end, _told(text, (start, end), left.start("c"), part, whole))
    return None


def _is_misprint(figure: TextFigure, right: Fraction) -> bool:
    """Whether two digits changed places, or one of four or more is another."""
    if right <= 0:
        return False
    one, other = _bare(figure, right)
    kind = misprint_between(one, other)
    return kind is not None and len(one) >= _FEWEST_DIGITS[kind]


def _bare(figure: TextFigure, right: Fraction) -> tuple[str, str]:
    """The digits of a figure as printed and as they would be right."""
    return digits_of(figure.digits), digits_of(in_form_of(figure, right))


def _told(text: MarkedText, span: tuple[int, int], at: int, part: TextFigure, whole: TextFigure) -> StatementFinding:
    rest = text.figure(at)
    return finding(
        text, *span, StatementKind.PART_OF_WHOLE, "rest_apart", at=at, sure=Sure.LIKELY, stated=rest.digits,
        found=in_form_of(rest, Fraction(whole.value - part.value)),
        facts={"part": part.digits, "whole": whole.digits},
    )  # fmt: skip


def _in_words(text: MarkedText, found: re.Match[str]) -> Checked | None:
    """The whole is the last "tổng số" before, within the paragraph."""
    wholes = list(_WHOLE.finditer(text.text, max(0, found.start() - _REACH), found.start()))
    if not wholes:
        return None
    whole, rest = text.figure(wholes[-1].start("w")), text.figure(found.start("c"))
    at = wholes[-1].start("w")
    if whole.places[0] or rest.places[0] or is_about(text.text, at):
        return None
    missing = Fraction(whole.value - _NUMBERS[found["n"]])
    if rest.value == missing:
        return Checked("sums", Fit.RIGHT, at, found.end())
    gap = abs(rest.value - missing)
    if missing <= 0 or not (
        _TENTH * gap <= whole.value or are_exchanged(*_bare(rest, missing), 2) or rest.value > whole.value
    ):
        return None
    told = finding(
        text, at, found.end(), StatementKind.PART_OF_WHOLE, "rest_apart", at=found.start("c"), sure=Sure.LIKELY,
        stated=rest.digits, found=in_form_of(rest, missing),
        facts={"part": f"{found['n']} {found['unit']}", "whole": whole.digits},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, at, found.end(), told)
