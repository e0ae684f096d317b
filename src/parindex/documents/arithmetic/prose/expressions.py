"""Arithmetic as papers print it: ``(225/572*1.0)+(347/572*0.5)``, ``29 + 10 + 129``, ``31.1%*0.5/50%``.

A small parser with limits of its own: no names, no powers, so many operands, so deep. Values are spans, so that an
operand that was rounded before can be given its slack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, readings_of
from parindex.documents.arithmetic.prose.fitting import Span, exactly, is_weight, meant

#: Limits against hostile text.
MOST_OPERANDS = 60
_DEEPEST = 12
_OPERATORS = {
    "*": "*",
    "x": "*",
    "×": "*",
    "·": "*",
    "/": "/",
    ":": "/",
    "÷": "/",
    "+": "+",
    "-": "-",
    "–": "-",
    "−": "-",
}
_OPEN, _CLOSE = "([{", ")]}"
_TOKEN = re.compile(
    r"\s{0,3}(?:(?P<number>\d[\d.,]{0,40}(?<=\d))(?P<percent>\s{0,2}%)?|(?P<operator>[*x×·/÷+\-–−]|(?<=\s):(?=\s)|(?<=[\d)]):(?=[\d(]))|(?P<bracket>[()\[\]{}]))"
)


class NoExpression(ValueError):
    """What was taken for an expression is none."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A number of an expression as printed."""

    digits: str
    percent: bool

    def spans(self, slack: bool) -> list[Span]:
        """What the number can stand for; a per cent is a hundredth."""
        read = readings_of(self.digits)
        out = []
        for value, places in read:
            figure = TextFigure(self.digits, 0, 0, (value,), (places,))
            share = value / 100 if self.percent else value
            span = meant(figure) if slack and not is_weight(share) else exactly(value)
            out.append(Span(span.low / 100, span.high / 100) if self.percent else span)
        return out


@dataclass(frozen=True, slots=True)
class Expression:
    """The tokens of an expression: operands, operators and brackets in reading order."""

    tokens: tuple[Operand | str, ...]

    @property
    def operands(self) -> list[Operand]:
        """The numbers in it."""
        return [token for token in self.tokens if isinstance(token, Operand)]

    @property
    def is_number(self) -> bool:
        """Whether it is one number and nothing else."""
        return len(self.operands) == 1 and len(self.tokens) == 1

    def value(self, *, slack: bool = False, reading: int = 0) -> Span:
        """The value; ``reading``: which reading of numbers that have two. Raises :class:`NoExpression`."""
        parser = _Parser(self.tokens, slack=slack, reading=reading)
        span = parser.sum(0)
        if parser.at != len(self.tokens):
            raise NoExpression
        return span


def parsed(text: str) -> Expression:
    """The expression that ``text`` is. Raises :class:`NoExpression` where it is none."""
    tokens: list[Operand | str] = []
    at, operands = 0, 0
    text = text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or operands > MOST_OPERANDS:
            raise NoExpression
        if found["number"]:
            operands += 1
            if not readings_of(found["number"]):
                raise NoExpression
            tokens.append(Operand(found["number"], bool(found["percent"])))
        else:
            sign = found["operator"] or found["bracket"]
            tokens.append(_OPERATORS.get(sign) or ("(" if sign in _OPEN else ")"))
        at = found.end()
    if not operands:
        raise NoExpression
    return Expression(tuple(tokens))


class _Parser:
    """Recursive descent over the tokens, with a limit on depth."""

    def __init__(self, tokens: Sequence[Operand | str], *, slack: bool, reading: int) -> None:
        self._tokens = tokens
        self._slack = slack
        self._reading = reading
        self.at = 0

    def sum(self, depth: int) -> Span:
        """A chain of products with plus and minus."""
        if depth > _DEEPEST:
            raise NoExpression
        value = self._product(depth)
        while self._next() in ("+", "-"):
            sign = self._take()
            other = self._product(depth)
            value = _added(value, other) if sign == "+" else _added(value, Span(-other.high, -other.low))
        return value

    def _product(self, depth: int) -> Span:
        value = self._factor(depth)
        while self._next() in ("*", "/"):
            sign = self._take()
            other = self._factor(depth)
            if sign == "/":
                if other.low <= 0 <= other.high:
                    raise NoExpression
                other = exactly(1 / other.low) if other.low is other.high else Span(1 / other.high, 1 / other.low)
            value = _multiplied(value, other)
        return value

    def _factor(self, depth: int) -> Span:
        token = self._take()
        if isinstance(token, Operand):
            spans = token.spans(self._slack)
            return spans[min(self._reading, len(spans) - 1)]
        if token == "-":
            other = self._factor(depth + 1) if depth < _DEEPEST else None
            if other is None:
                raise NoExpression
            return Span(-other.high, -other.low)
        if token != "(":
            raise NoExpression
        value = self.sum(depth + 1)
        if self._take() != ")":
            raise NoExpression
        return value

    def _next(self) -> Operand | str | None:
        return self._tokens[self.at] if self.at < len(self._tokens) else None

    def _take(self) -> Operand | str:
        token = self._next()
        if token is None:
            raise NoExpression
        self.at += 1
        return token


def _added(one: Span, other: Span) -> Span:
    if one.low is one.high and other.low is other.high:
        return exactly(one.low + other.low)
    return Span(one.low + other.low, one.high + other.high)


def _multiplied(one: Span, other: Span) -> Span:
    if one.low is one.high and other.low is other.high:
        return exactly(one.low * other.low)
    edges: list[Fraction] = [
        a * b for a in (one.low, one.high) for b in (other.low, other.high)
    ]  # fmt: skip
    return Span(min(edges), max(edges))
