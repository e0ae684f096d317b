"""What is left of a whole: ``55/60 biên chế, còn 05 biên chế``, ``có 77 đơn, đã giải quyết 66 đơn, còn 11 đơn``,
``19/33 vụ việc, 14 vụ còn lại đang giải quyết``; and of 100 %: ``đúng hạn 96,55%, quá hạn 3,45%``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import are_exchanged, digits_of
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, is_move, unit_behind

_WORD = r"[^\W\d_]{2,12}"
#: "55/60 biên chế, còn 05 biên chế chưa tuyển".
_OF_QUOTIENT = re.compile(
    rf"(?P<q>{QUOTIENT})\s(?P<unit>{_WORD})[^.;{COUNT}{QUOTIENT}]{{0,120}}?[,;(]\s?"
    rf"(?:còn(?: lại)?(?: có)?\s(?P<c>{COUNT})\s(?P<own>{_WORD})"
    rf"|(?P<d>{COUNT})\s(?P<other>{_WORD})(?:\s{_WORD})?\scòn lại(?!\w))"
)
#: "đã giải quyết 66 đơn (đạt 85,71%), còn 11 đơn đang thụ lý".
_OF_COUNTS = re.compile(
    r"đã (?:được )?(?:giải quyết|xử lý|hoàn thành|thực hiện|thụ lý)(?: được| xong)?\s"
    rf"(?P<part>{COUNT})\s(?P<unit>{_WORD})"
    rf"[^.;:{COUNT}{QUOTIENT}]{{0,60}}?[,;]\s?(?:và )?còn(?: lại)?(?: có)?\s(?P<c>{COUNT})\s(?P<own>{_WORD})"
    r"[^.;,]{0,30}?(?:đang|chưa|tiếp tục)(?!\w)"
)
_IN_TIME = re.compile(rf"(?<!không )(?:đúng|trước) hạn(?P<gap>[^.;:{PER_CENT}]{{0,90}}?)(?P<p>{PER_CENT})")
_LATE = re.compile(rf"(?:quá|trễ|chậm) hạn(?P<gap>[^.;:{PER_CENT}]{{0,90}}?)(?P<p>{PER_CENT})")
_REACH = 240
_APART = 260
_ALL = 100
#: What is left may be misprinted, but is near what it should be: a twentieth of the whole, and one at the least.
_NEAR = 20


def rests(text: MarkedText) -> Iterator[Checked]:
    """Every statement of what is left beside the part and the whole."""
    yield from _of_quotients(text)
    yield from _of_counts(text)
    yield from _of_all(text)


def _of_quotients(text: MarkedText) -> Iterator[Checked]:
    for found in _OF_QUOTIENT.finditer(text.text):
        at = found.start("c") if found["c"] else found.start("d")
        part, rest = text.figure(found.start("q")), text.figure(at)
        whole = part.over
        if whole is None or found["unit"] != (found["own"] or found["other"]):
            continue
        if not (part.places[0] or whole.places[0] or rest.places[0]) and not _goes_on(text, at, whole, part):
            yield _checked(text, found, at, part, whole)


def _goes_on(text: MarkedText, at: int, whole: TextFigure, part: TextFigure) -> bool:
    """Whether the rest is parted: "48/50 nhiệm vụ, còn 1 nhiệm vụ đang thực hiện, 1 nhiệm vụ xin lùi thời hạn"."""
    unit, left = unit_behind(text, at), Fraction(whole.value - part.value)
    for place, figure in text.figures(at, text.period(at)[1], COUNT):
        if place == at or count_alike(unit_behind(text, place), unit):
            left -= figure.value
            if not left and place != at:
                return True
    return False


def _of_counts(text: MarkedText) -> Iterator[Checked]:
    """The whole is the last count of the same thing before; it may be in the sentence before."""
    for found in _OF_COUNTS.finditer(text.text):
        part, rest = text.figure(found.start("part")), text.figure(found.start("c"))
        if found["unit"] != found["own"] or part.places[0] or rest.places[0]:
            continue
        first = max(text.period(max(text.period(found.start())[0] - 2, 0))[0], found.start() - _REACH)
        near = [
            (at, one)
            for at, one in text.figures(first, found.start(), COUNT + QUOTIENT)
            if unit_behind(text, at).split()[:1] == [found["unit"]] and not is_move(text, at)
        ]
        near = [each for each in near if each[1].over is None and not each[1].places[0]]
        if not near or any(one.value == part.value + rest.value for _, one in near[:-1]):
            continue
        at, whole = near[-1]
        begin, end = text.period(found.start())
        # Behind "tổng số" in the same sentence the parts are added up; behind the rest there may be more of it.
        if (at > begin and "tổng số" in text.text[begin:at]) or text.figures(found.end(), end, COUNT):
            continue
        off = abs(part.value + rest.value - whole.value)
        if part.value < whole.value and off <= max(Fraction(1), Fraction(whole.value) / _NEAR):
            yield _checked(text, found, found.start("c"), part, whole)


def _checked(text: MarkedText, found: re.Match[str], at: int, part: TextFigure, whole: TextFigure) -> Checked:
    rest, missing = text.figure(at), whole.value - part.value
    told = None
    if rest.value != missing and missing >= 0:
        told = finding(
            text, found.start(), found.end(), StatementKind.PART_OF_WHOLE, "rest_apart", at=at,
            stated=rest.digits, found=in_form_of(rest, missing), sure=Sure.LIKELY,
            facts={"part": part.text.split("/")[0].strip(), "whole": whole.digits},
        )  # fmt: skip
    return Checked("sums", Fit.WRONG if told else Fit.RIGHT, found.start(), found.end(), told)


def _of_all(text: MarkedText) -> Iterator[Checked]:
    """In time and too late, in per cents that would make up 100 % if the digits of one had not changed places."""
    for found in _IN_TIME.finditer(text.text):
        late = _LATE.search(text.text, found.end(), min(text.period(found.start())[1], found.end() + _APART))
        if late is None or is_change(text, found.start("p")) or is_change(text, late.start("p")):
            continue
        if re.search(rf"tổng|[{MARKS}]\s?%|toàn", text.text[found.end() : late.start()][-20:]):
            continue
        one, other = text.figure(found.start("p")), text.figure(late.start("p"))
        if one.places[0] != other.places[0] or one.value >= _ALL:
            continue
        right = in_form_of(other, _ALL - one.value)
        if one.value + other.value == _ALL or not are_exchanged(digits_of(other.digits), digits_of(right)):
            continue
        told = finding(
            text, found.start(), late.end(), StatementKind.PART_OF_WHOLE, "complement_apart", at=late.start("p"),
            stated=other.digits, found=right, sure=Sure.LIKELY, facts={"other": one.digits},
        )  # fmt: skip
        yield Checked("sums", Fit.WRONG, found.start(), late.end(), told)
