"""Formulas in running text: ``(225/572*1.0)+(347/572*0.5) = 0.6967``, ``29 + 10 + 129 = 168``, ``178/572 * 100 = 31%``,
``1499/1709 x 100% = 87,71%``, ``tổng 120 hồ sơ + 80 hồ sơ = 200 hồ sơ``.

Each two neighbours of a chain of equations are compared. Where one is a number, the other must be printed as it; where
a number of the chain was rounded before it was used again, its slack counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, readings_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.expressions import Expression, NoExpression, Operand, parsed
from parindex.documents.arithmetic.prose.fitting import Fit, Span, prints_as
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.domain.values import Rounding

_EQUALS = re.compile(r"(?<![<>!≥≤=:-])=(?![>=])")
#: Letters of an expression, read backwards and forwards from its sign of equality.
_SIGNS = frozenset(" \t0123456789.,%*x×·/:÷+-–−()[]{}")
#: Words between operands: "120 hồ sơ + 80 hồ sơ", "9 sở, ngành + 4 huyện", "45.000 đồng/giờ x 3,5 giờ".
_UNIT_WORDS = re.compile(
    r"(?<=[\d%])\s[^\W\d_]{1,12}(?:,?\s[^\W\d_]{1,12}){0,5}(?:/[^\W\d_]{1,12})?(?=\s?[+=)x×*/]|\s?$)"
    r"|(?<=[+(])\s?(?:[^\W\d_]{1,12}\s){1,5}(?=\d)"
)
#: Before an expression that begins here stands more of it.
_TORN = re.compile(r"(?:[*×·÷/+]|(?<!\w)x|\s:|\d\s?[–-])\s{0,2}$|\d:$")
_NOTE = re.compile(r"\((?=[^()\d]{0,60}[^\W\d_])[^()]{1,60}\)")
_LETTER = re.compile(r"[^\W\d_]")
#: A mark that no number holds; a bracket behind it may close a note that does.
_MARK_OF_WORDS = re.compile(r"[.,]\s(?!(?:[^\W\d_]{1,12}\s){1,5}\+)")
#: "87/100 điểm": points, a stroke, what they are out of.
_OF_MAXIMUM, _BEHIND_POINTS = 3, re.compile(r"\s?điểm(?!\w| phần trăm)")
_LONGEST = 400
_HUNDRED = 100


def formulas(text: MarkedText) -> Iterator[Checked]:
    """Every equation of the passage."""
    printed = text.passage.text
    if "=" not in printed:
        return
    links = [(one.start, one.end) for one in text.passage.pieces] if "http" in printed or "/" in printed else []
    signs = [found.start() for found in _EQUALS.finditer(printed)]
    taken = -1
    for at in signs:
        left = _left(printed, at, taken)
        right, end = _right(printed, at)
        if left is None or right is None or any(start <= at < stop for start, stop in links):
            continue
        taken = at
        checked = _compared(text, left, right, at, end)
        if checked is not None:
            yield checked


def _left(printed: str, at: int, taken: int) -> tuple[Expression, int] | None:
    """The longest expression that ends before ``at`` (not before ``taken``), with its beginning."""
    begin = at
    floor = max(taken + 1, at - _LONGEST)
    while begin > floor and (printed[begin - 1] in _SIGNS or _inside_word(printed, begin - 1)):
        begin -= 1
    return _first_parsed(printed, begin, at)


def _inside_word(printed: str, at: int) -> bool:
    return printed[at].isalpha()


def _first_parsed(printed: str, begin: int, end: int) -> tuple[Expression, int] | None:
    """The expression that begins earliest in the stretch and ends with it."""
    starts = [begin, *(begin + found.start() for found in re.finditer(r"(?<![\d.,%])[\d(\[{]", printed[begin:end]))]
    past = _last_mark_of_words(printed, begin, end)
    for start in starts[:80]:
        if start <= past:
            continue
        try:
            found = parsed(_bare(printed[start:end]))
        except NoExpression:
            continue
        return None if _TORN.search(printed, max(0, start - 4), start) else (found, start)
    return None


def _last_mark_of_words(printed: str, begin: int, end: int) -> int:
    """The place of the last comma or full stop of a sentence, not of a number or a note: no expression holds it."""
    places = [found.start() for found in _MARK_OF_WORDS.finditer(printed, begin, end)]
    for at in reversed(places):
        closed = printed.find(")", at, end)
        if closed < 0 or printed.find("(", at, closed) >= 0:
            return at
    return begin - 1


def _right(printed: str, at: int) -> tuple[Expression | None, int]:
    """The expression or number behind the sign at ``at``, with its end; up to the next sign."""
    stop = at + 1
    limit = min(len(printed), at + _LONGEST)
    while stop < limit and (printed[stop] in _SIGNS or printed[stop].isalpha()):
        stop += 1
    stretch = printed[at + 1 : stop]
    ends = [found.end() for found in re.finditer(r"\d\s{0,2}%|\d(?![\d.,]*\d)|[)\]}]", stretch)]
    mark = _MARK_OF_WORDS.search(stretch)
    last = mark.start() if mark and "(" not in stretch[: mark.start()] else len(stretch)
    for end in reversed(ends[:80]):
        if end > last:
            continue
        try:
            return parsed(_bare(stretch[:end])), at + 1 + end
        except NoExpression:
            continue
    return None, at


def _bare(stretch: str) -> str:
    """A stretch without the names of units and notes in brackets."""
    return (_UNIT_WORDS.sub("", _NOTE.sub("", stretch)) if _LETTER.search(stretch) else stretch).strip()


def _compared(text: MarkedText, left: tuple[Expression, int], right: Expression, at: int, end: int) -> Checked | None:
    one, begin = left
    right = _points(text.passage.text, one, right, end)
    if one.is_number == right.is_number:
        return None
    number, expression = (one.operands[0], right) if one.is_number else (right.operands[0], one)
    try:
        fit, value = _fit(number, expression)
    except NoExpression:
        return None
    start, stop = text.letter(begin), text.letter(end)
    if fit is not Fit.WRONG:
        return Checked("formulas", fit, start, stop)
    figure = _figure(number)
    value = value * _HUNDRED if number.percent else value
    found = _printed(figure, value, expression, per_cent=number.percent)
    formula = text.passage.text[slice(at + 1, end) if one.is_number else slice(begin, at)].strip()
    told = finding(
        text, start, stop, StatementKind.FORMULA, "formula_apart", stated=number.digits, found=found,
        sure=Sure.CERTAIN, facts={"formula": formula},
    )  # fmt: skip
    return Checked("formulas", fit, start, stop, told)


def _is_sum(expression: Expression) -> bool:
    """Whether an expression adds up plain numbers and nothing else."""
    signs = [sign for sign in expression.tokens if isinstance(sign, str)]
    return bool(signs) and all(sign == "+" for sign in signs) and not _has_per_cent(expression)


def _is_rounded_to(value: Fraction, number: Operand) -> bool:
    """Whether a value rounded half up is a number, by some reading."""
    return any(Rounding(places).apply(value) == stated for stated, places in readings_of(number.digits))


def _points(printed: str, left: Expression, right: Expression, end: int) -> Expression:
    """What a sum of points must come to: "= 87/100 điểm" tells the points and what they are out of."""
    is_sum = all(sign == "+" for sign in left.tokens if isinstance(sign, str)) and not left.is_number
    of_maximum = len(right.tokens) == _OF_MAXIMUM and right.tokens[1] == "/" and _BEHIND_POINTS.match(printed, end)
    return Expression(right.tokens[:1]) if is_sum and of_maximum else right


def _fit(number: Operand, expression: Expression) -> tuple[Fit, Fraction]:
    """How an expression fits its printed result, and its value as printed."""
    value = expression.value()
    is_sum = _is_sum(expression)
    for slack in (False, True):
        for reading in (0, 1):
            span = expression.value(slack=slack, reading=reading) if slack or reading else value
            if is_sum and span.low == span.high and not _is_rounded_to(span.low, number):
                continue  # nobody cuts off what was added up: "12,5 + 8,75 + 6,25 = 27"
            if any(_prints(factor, span, number) for factor in _factors(number, expression)):
                return (Fit.ROUNDED_BEFORE if slack else Fit.RIGHT), value.low
    return Fit.WRONG, value.low


def _factors(number: Operand, expression: Expression) -> list[Fraction]:
    """What may lie between the value and the number: a hundred where one of them is a per cent."""
    if number.percent:
        return [Fraction(_HUNDRED), Fraction(1)]
    if _has_per_cent(expression):
        return [Fraction(1), Fraction(_HUNDRED)]
    return [Fraction(1)]


def _prints(factor: Fraction, span: Span, number: Operand) -> bool:
    figure = _figure(number)
    scaled = Span(span.low * factor, span.high * factor)
    return any(prints_as(scaled, figure, reading) for reading in range(len(figure.readings)))


def _figure(number: Operand) -> TextFigure:
    read = readings_of(number.digits)
    return TextFigure(number.digits, 0, 0, tuple(value for value, _ in read), tuple(places for _, places in read))


def _printed(figure: TextFigure, value: Fraction, expression: Expression, *, per_cent: bool) -> str:
    stated = figure.readings[0]
    # Between per cents a hundred may be lost or won: the nearer value was meant.
    ways = [Fraction(1), Fraction(_HUNDRED), Fraction(1, _HUNDRED)]
    factor = (
        min(ways, key=lambda each: abs(value * each - stated))
        if _has_per_cent(expression) and not per_cent
        else Fraction(1)
    )
    places = max(figure.places[0], 0 if (value * factor).denominator == 1 else 2)
    return in_form_of(figure, value * factor, places)


def _has_per_cent(expression: Expression) -> bool:
    return any(operand.percent for operand in expression.operands)
