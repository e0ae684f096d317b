"""Skip conditions and limits as XLSForm expressions (the XPath of ODK), written and read.

Only what our language of conditions can say is understood; anything else raises :class:`NotUnderstood`, and whoever
reads a form says so. What is written here is read back as the same condition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from parindex.domain.survey.questionnaire.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Not,
    OneOf,
    normal,
)
from parindex.domain.values import number_text

_LONGEST = 20_000
_DEEPEST = 60
_TOKEN = re.compile(
    r"""\s*(?:(?P<ref>\$\{\s*[\w.-]+\s*\}|(?:\.\./)+[\w.-]+)|(?P<text>'[^']*'|"[^"]*")|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<word>[A-Za-z][\w-]*)|(?P<sign><=|>=|!=|[=<>(),.+*-]))"""
)
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


class NotUnderstood(Exception):
    """An expression that our conditions cannot say."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """What a question of the form may be answered with: option codes (None: it is none of options), or a number."""

    codes: tuple[str, ...] | None
    numeric: bool = False


# --- writing -------------------------------------------------------------------------------------------------------


def expression(condition: Condition) -> str:
    """The condition as an expression over ``${question}``."""
    if isinstance(condition, AllOf):
        return "(" + " and ".join(expression(part) for part in condition.parts) + ")"
    if isinstance(condition, AnyOf):
        return "(" + " or ".join(expression(part) for part in condition.parts) + ")"
    if isinstance(condition, Not):
        return f"not({expression(condition.part)})"
    if isinstance(condition, OneOf):
        chosen = [f"selected(${{{condition.question}}}, '{option}')" for option in condition.options]
        return chosen[0] if len(chosen) == 1 else "(" + " or ".join(chosen) + ")"
    if isinstance(condition, Answered):
        return f"${{{condition.question}}} != ''"
    parts = [f"${{{condition.question}}} {sign} {number_text(bound)}" for sign, bound in _bounds(condition)]
    return parts[0] if len(parts) == 1 else "(" + " and ".join(parts) + ")"


def _bounds(bounds: Between) -> list[tuple[str, Fraction]]:
    stated = ((">=", bounds.from_), (">", bounds.above), ("<", bounds.below), ("<=", bounds.up_to))
    return [(sign, bound) for sign, bound in stated if bound is not None]


# --- reading -------------------------------------------------------------------------------------------------------


def condition_of(text: str, questions: Mapping[str, Answerable]) -> Condition | None:
    """The condition that ``text`` says, in its one spelling; None where it always holds.

    Raises :class:`NotUnderstood` with a few words of what is not.
    """
    reader = _Reader(_tokens(text), questions)
    found = reader.either(0)
    if reader.peek() is not None:
        raise NotUnderstood(reader.rest())
    return None if found == _ALWAYS else normal(found)


#: ``true()``: an ``all`` of nothing.
_ALWAYS = AllOf(())


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: ``kind`` is ``ref``, ``text``, ``number``, ``word`` or ``sign``."""

    kind: str
    text: str


def _tokens(text: str) -> list[Token]:
    if len(text) > _LONGEST:
        raise NotUnderstood(text[:40] + "…")
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotUnderstood(text[at : at + 40])
        kind = str(found.lastgroup)
        value = found[kind]
        if kind == "ref":
            value = value.rpartition("/")[2] if value.startswith(".") else value[2:-1].strip()
        elif kind == "text":
            value = value[1:-1]
        tokens.append(Token(kind, value))
        at = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens: or, and, not, a comparison."""

    def __init__(self, tokens: list[Token], questions: Mapping[str, Answerable]) -> None:
        self.tokens = tokens
        self.questions = questions
        self.at = 0

    def peek(self, ahead: int = 0) -> Token | None:
        """The token that comes next, or so many after it; None behind the last."""
        position = self.at + ahead
        return self.tokens[position] if position < len(self.tokens) else None

    def rest(self) -> str:
        """The next few tokens as text, for saying what was not understood."""
        return " ".join(token.text for token in self.tokens[self.at : self.at + 6]) or "…"

    def take(self, *wanted: str) -> Token:
        """The next token, which has to be one of ``wanted`` where any are named. Raises :class:`NotUnderstood`."""
        token = self.peek()
        if token is None or (wanted and token.text not in wanted):
            raise NotUnderstood(self.rest())
        self.at += 1
        return token

    def either(self, depth: int) -> Condition:
        """Conditions joined by ``or``. Raises :class:`NotUnderstood`, also where parentheses are nested too deep."""
        if depth > _DEEPEST:
            raise NotUnderstood(self.rest())
        parts = [self.both(depth)]
        while self.peek() == Token("word", "or"):
            self.at += 1
            parts.append(self.both(depth))
        if _ALWAYS in parts:
            return _ALWAYS
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self, depth: int) -> Condition:
        """Conditions joined by ``and``, those that always hold left out."""
        parts = [self.one(depth)]
        while self.peek() == Token("word", "and"):
            self.at += 1
            parts.append(self.one(depth))
        parts = [part for part in parts if part != _ALWAYS]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def one(self, depth: int) -> Condition:
        """One condition: in parentheses, negated, ``true()``, ``selected(…)`` or a comparison."""
        token = self.peek()
        if token == Token("sign", "("):
            return self._inside(depth)
        if token == Token("word", "not"):
            self.at += 1
            if (inner := self._inside(depth)) == _ALWAYS:
                raise NotUnderstood("not(true())")
            return Not(inner)
        if token == Token("word", "true"):
            self.at += 1
            self.take("(")
            self.take(")")
            return _ALWAYS
        if token == Token("word", "selected"):
            return self._selected()
        return self._compared()

    def _inside(self, depth: int) -> Condition:
        self.take("(")
        found = self.either(depth + 1)
        self.take(")")
        return found

    def _selected(self) -> Condition:
        start = self.at
        self.take("selected")
        self.take("(")
        question, codes = self._question()
        self.take(",")
        option = self.take().text
        self.take(")")
        if codes.codes is None or option not in codes.codes:
            raise NotUnderstood(self._since(start))
        return OneOf(question, (option,))

    def _question(self) -> tuple[str, Answerable]:
        token = self.take()
        if token.kind != "ref" or token.text not in self.questions:
            raise NotUnderstood(f"${{{token.text}}}" if token.kind == "ref" else token.text)
        return token.text, self.questions[token.text]

    def _since(self, start: int) -> str:
        return " ".join(token.text for token in self.tokens[start : self.at])

    def _compared(self) -> Condition:
        start = self.at
        turned = (first := self.peek()) is not None and first.kind in ("text", "number")
        value = self._value() if turned else None
        if value is not None:
            sign = _TURNED.get(self.take().text, "")
            question, codes = self._question()
        else:
            question, codes = self._question()
            sign = self.take().text
            value = self._value()
        if sign not in _TURNED:
            raise NotUnderstood(self._since(start))
        found = _comparison(question, codes, sign, value)
        if found is None:
            raise NotUnderstood(self._since(start))
        return found

    def _value(self) -> Token:
        negative = self.peek() == Token("sign", "-")
        self.at += negative
        token = self.take()
        if token.kind not in ("text", "number") or (negative and token.kind != "number"):
            raise NotUnderstood(token.text)
        return Token("number", "-" + token.text) if negative else token


def _comparison(question: str, codes: Answerable, sign: str, value: Token) -> Condition | None:
    if value == Token("text", ""):
        answered = Answered(question)
        return answered if sign == "!=" else Not(answered) if sign == "=" else None
    if codes.codes is not None:
        return _option_comparison(question, codes.codes, sign, value)
    if not codes.numeric:
        return None
    try:
        number = Fraction(value.text)
    except ValueError:
        return None
    return _number_comparison(question, sign, number)


def _option_comparison(question: str, codes: tuple[str, ...], sign: str, value: Token) -> Condition | None:
    if sign in ("=", "!="):
        if value.text not in codes:
            return None
        chosen = OneOf(question, (value.text,))
        return chosen if sign == "=" else Not(chosen)
    try:
        edge = Fraction(value.text)
        numbers = {code: Fraction(code) for code in codes}
    except ValueError:
        return None
    kept = {"<": edge.__gt__, "<=": edge.__ge__, ">": edge.__lt__, ">=": edge.__le__}[sign]
    chosen_codes = tuple(code for code, number in numbers.items() if kept(number))
    return OneOf(question, chosen_codes) if chosen_codes else None


def _number_comparison(question: str, sign: str, number: Fraction) -> Condition:
    if sign in ("=", "!="):
        equal = Between(question, from_=number, up_to=number)
        return equal if sign == "=" else Not(equal)
    return Between(question, **{{"<": "below", "<=": "up_to", ">": "above", ">=": "from_"}[sign]: number})


# --- limits of answers ---------------------------------------------------------------------------------------------

_LIMIT = re.compile(r"\s*\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*")
_MOST = re.compile(r"\s*count-selected\(\s*\.\s*\)\s*<=\s*(\d{1,4})\s*")
_AND = re.compile(r"and\s")
_ALONE = re.compile(
    r"""\s*not\(\s*selected\(\s*\.\s*,\s*['"](\w+)['"]\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)\s*"""
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a constraint says: bounds of a number; how many options, and which exclude all others."""

    minimum: Fraction | None = None
    maximum: Fraction | None = None
    most: int | None = None
    alone: tuple[str, ...] = ()


def constraint(limits: Limits) -> str:
    """The limits as a constraint on ``.``; "" for none."""
    parts = [f". >= {number_text(limits.minimum)}"] if limits.minimum is not None else []
    parts += [f". <= {number_text(limits.maximum)}"] if limits.maximum is not None else []
    parts += [f"count-selected(.) <= {limits.most}"] if limits.most is not None else []
    parts += [f"not(selected(., '{code}') and count-selected(.) > 1)" for code in limits.alone]
    return " and ".join(parts)


def limits_of(text: str, whole: bool = False) -> Limits:
    """The limits that a constraint says; of whole numbers (``whole``) also those without their edge.

    Raises :class:`NotUnderstood`.
    """
    found: dict[str, Fraction | int] = {}
    alone: list[str] = []
    rest = text if len(text) <= _LONGEST else "…"
    while rest:
        if piece := _ALONE.match(rest):
            alone.append(piece[1])
        elif piece := _MOST.match(rest):
            _state(found, "most", int(piece[1]), rest)
        elif piece := _LIMIT.match(rest):
            side, edge = _edge(piece[1], Fraction(piece[2]), whole, rest)
            _state(found, side, edge, rest)
        else:
            raise NotUnderstood(rest[:40])
        rest = rest[piece.end() :]
        joined = _AND.match(rest)
        if rest and (joined is None or joined.end() == len(rest)):
            raise NotUnderstood(rest[:40])
        rest = rest[joined.end() :] if joined else ""
    most = found.pop("most", None)
    bounds = {side: Fraction(edge) for side, edge in found.items()}
    return Limits(bounds.get("minimum"), bounds.get("maximum"), None if most is None else int(most), tuple(alone))


def _edge(sign: str, edge: Fraction, whole: bool, rest: str) -> tuple[str, Fraction]:
    side = "minimum" if sign.startswith(">") else "maximum"
    if sign.endswith("="):
        return side, edge
    if not whole:
        raise NotUnderstood(rest[:40])
    return side, Fraction(floor(edge) + 1 if side == "minimum" else ceil(edge) - 1)


def _state(found: dict[str, Fraction | int], name: str, value: Fraction | int, rest: str) -> None:
    if name in found:
        raise NotUnderstood(rest[:40])
    found[name] = value
