"""Per cents that make up the whole: ``đóng góp 5,76% … 51,08% … 43,16%``, ``đại học 65,81%, cao đẳng 3,1% …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of, is_misprint, misprint_between
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import OTHERS
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_LAST_WORD = re.compile(r"([^\W\d_]+)\s?:?\s?$")
_HUNDRED = 100
_MOST_PARTS = 8
_FEWEST_CLOSED, _LITTLE = 3, 5
_MOST_PLACES = 4
_FEWEST_DIGITS = 3
_REST = re.compile(
    rf"{PER_CENT}[^.{PER_CENT}{QUOTIENT}]{{0,60}}(?<!\w)còn lại(?!\w)[^.{PER_CENT}{QUOTIENT}]{{0,40}}{PER_CENT}"
)
#: "chi cho con người 62%, chi hoạt động 25%, chi khác 15%".
_OTHERS_LAST = re.compile(r"[,;]\s(?:và )?[^\W\d_]+(?: [^\W\d_]+)? khác(?: chiếm| là)?\s$")
_Share = tuple[int, TextFigure]


def hundreds(text: MarkedText) -> Iterator[Checked]:
    """Per cents that make up 100, or would but for a misprint: those of one sentence told with the same word ("đóng góp
    5,76% … đóng góp 51,08% … đóng góp 43,16%"), and those of one that prints nothing else.
    """
    if text.text.count(PER_CENT) < 2:
        return
    for found in _REST.finditer(text.text) if "còn lại" in text.text else ():
        checked = _rest(text, found)
        if checked is not None:
            yield checked
    for stop in text.periods():
        told: dict[str, list[_Share]] = {}
        every = text.figures(*stop, PER_CENT)
        alone = len(every) > 2 and not text.figures(every[0][0], every[-1][0], COUNT + QUOTIENT)
        for at, figure in every:
            word = _LAST_WORD.search(text.text, max(stop[0], at - 24), at)
            if not is_change(text, at) and (alone or word is not None):
                told.setdefault("" if alone or word is None else word[1], []).append((at, figure))
        for run in told.values():
            checked = _of_hundred(text, run) if 1 < len(run) <= _MOST_PARTS else None
            if checked is not None:
                yield checked


def _rest(text: MarkedText, found: re.Match[str]) -> Checked | None:
    """What is left of the whole, told beside the one other share of its sentence: "đạt 85,2%, còn lại 14,8%"."""
    first, last = text.period(found.start())
    shares = text.figures(first, last, PER_CENT)
    if len(shares) != 2 or any(is_change(text, at) for at, _ in shares) or shares[0][1].value >= _HUNDRED:
        return None
    (at, one), (rest_at, rest) = shares
    start, end = at, rest_at + 1
    if abs(_HUNDRED - one.value - rest.value) <= max(one.step(), rest.step()) / 2:
        return Checked("sums", Fit.RIGHT, start, end)
    for place, wrong, other in ((rest_at, rest, one), (at, one, rest)):
        meant = _HUNDRED - other.value
        printed, right = digits_of(wrong.digits), digits_of(in_form_of(wrong, meant))
        if len(printed) < _FEWEST_DIGITS or misprint_between(printed, right) is None:
            continue
        told = finding(
            text, start, end, StatementKind.PART_OF_WHOLE, "shares_not_whole", at=place, sure=Sure.LIKELY,
            stated=wrong.digits, found=in_form_of(wrong, meant),
            facts={"parts": f"{one.digits} + {rest.digits}", "sum": in_form_of(rest, one.value + rest.value)},
        )  # fmt: skip
        return Checked("sums", Fit.WRONG, start, end, told)
    return None


def _of_hundred(text: MarkedText, run: Sequence[_Share]) -> Checked | None:
    """All of a run, or all but the first or the first two: "trong hạn 96,5%; nông nghiệp 20%, công nghiệp 80%"."""
    for skipped in range(min(3, len(run) - 1)):
        part = run[skipped:]
        total = sum((one.value for _, one in part), Fraction(0))
        slack = sum((one.step() for _, one in part), Fraction(0)) / 2
        if abs(total - _HUNDRED) <= slack:
            return Checked("sums", Fit.RIGHT, part[0][0], part[-1][0] + 1)
    last = run[-1][0]
    if (len(run) > _FEWEST_CLOSED and OTHERS.search(text.text, last - 60, last + 40)) or (
        len(run) == _FEWEST_CLOSED and _OTHERS_LAST.search(text.text, last - 30, last)
    ):
        return _not_hundred(text, run)
    for skipped in range(min(3, len(run) - 1)):
        told = _near_hundred(text, run[skipped:])
        if told is not None:
            return told
    return None


def _not_hundred(text: MarkedText, run: Sequence[_Share]) -> Checked | None:
    """A list that ends with all others and comes to a little more than the whole; less may have left some out."""
    total = sum((one.value for _, one in run), Fraction(0))
    if not 0 < total - _HUNDRED <= _LITTLE:
        return None
    start, end = run[0][0], run[-1][0] + 1
    listed = " + ".join(each.digits for _, each in run)
    told = finding(
        text, start, end, StatementKind.PART_OF_WHOLE, "shares_above_whole", stated="100",
        found=in_form_of(run[0][1], total, 2), sure=Sure.LIKELY, facts={"parts": listed},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, start, end, told)


def _near_hundred(text: MarkedText, run: Sequence[_Share]) -> Checked | None:
    """The misprint that keeps a run from making up the whole: of digits, or of a decimal mark that moved."""
    total = sum((one.value for _, one in run), Fraction(0))
    start, end = run[0][0], run[-1][0] + 1
    for at, one in sorted(run, key=lambda each: -len(each[1].digits)):
        meant = one.value + _HUNDRED - total
        if is_misprint(one, meant) or (len(run) > 2 and _is_moved(one, meant)):
            told = finding(
                text, start, end, StatementKind.PART_OF_WHOLE, "shares_not_whole", at=at, sure=Sure.LIKELY,
                stated=one.digits, found=in_form_of(one, meant, None if is_misprint(one, meant) else _places(meant)),
                facts={"parts": " + ".join(each.digits for _, each in run), "sum": in_form_of(one, total)},
            )  # fmt: skip
            return Checked("sums", Fit.WRONG, start, end, told)
    return None


def _is_moved(figure: TextFigure, meant: Fraction) -> bool:
    """Whether the decimal mark of a per cent alone stands elsewhere: "5,7%" for "0,57%"; one digit tells nothing."""
    if meant <= 0 or len(digits_of(figure.digits).strip("0")) < 2:
        return False
    return meant in (figure.value / 10, figure.value / _HUNDRED, figure.value * 10)


def _places(value: Fraction) -> int:
    """The decimals without which a value is another one."""
    return next((places for places in range(_MOST_PLACES) if (value * 10**places).denominator == 1), _MOST_PLACES)
