"""Integers in a spreadsheet, exactly: in one cell while a double surely holds them, else cut into pieces.

A spreadsheet calculates with binary doubles, and takes back a hair that it believes to be an error: LibreOffice's INT
rounds to 15 digits first, Excel compares 15 digits. Below 2^47 neither does harm: sums, products, comparisons and
integer quotients of integers below that are exact in both. So a number stays in one cell while eight times the largest
value of its column is below it (:data:`PLAIN`: what somebody tries out may be larger than what was reported); a larger
one stands in pieces of six digits, a cell each. All pieces but the first are 0 to 999,999; the first has the sign.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from parindex.documents.bundles.live_workbook.formula_columns import LONG, Column, FormulaSheet, Head

PLAIN = 2**44
BASE = 10**6
#: A quotient below this is told by doubles to within one.
_STEP = 10**9
_RELATIONS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<": operator.lt, "<=": operator.le, "=": operator.eq,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flag:
    """What holds or not, on each row."""

    text: str
    values: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an integer: the text that gives it, and what it is on each row."""

    text: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer on each row: its pieces, the first one first (one where a cell holds it). ``fixed``: the same
    everywhere, and written as itself.
    """

    pieces: tuple[Piece, ...]
    values: Sequence[int]
    fixed: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether one cell holds it."""
        return len(self.pieces) == 1

    @property
    def text(self) -> str:
        """The number in a double: exact where it is plain."""
        if self.is_plain:
            return self.pieces[0].text
        powers = range(len(self.pieces) - 1, 0, -1)
        terms = [f"{one.text}*1E{6 * power}" for one, power in zip(self.pieces, powers, strict=False)]
        return f"({'+'.join(terms)}+{self.pieces[-1].text})"

    @property
    def most(self) -> int:
        """The largest size of a value, 1 at least."""
        return max(1, max(self.values, default=0), -min(self.values, default=0))

    @property
    def signed(self) -> bool:
        """Whether a value is below zero."""
        return min(self.values, default=0) < 0


#: A factor and what it multiplies.
Term = tuple[int, Whole]


def plain(text: str, values: Sequence[int]) -> Whole:
    """An integer that one cell, or one expression, holds."""
    return Whole((Piece(text, values),), values)


def literal(number: int) -> str:
    """An integer as a formula writes it."""
    digits = str(abs(number))
    zeros = len(digits) - len(digits.rstrip("0"))
    short = f"{digits[:-zeros]}E{zeros}" if zeros > 3 and number else digits
    return f"(-{short})" if number < 0 else short


class Integers:
    """Exact arithmetic on the rows of a sheet; what is used again gets a column there, under the ``code`` of now."""

    def __init__(self, sheet: FormulaSheet) -> None:
        self.sheet = sheet
        self.code = ""

    # --- columns -----------------------------------------------------------------------------------------------

    def column(self, name: str, one: Piece) -> Piece:
        """The same in a column; names its cell."""
        return Piece(self.sheet.add(Column(Head(self.code, name), one.values, one.text, "integer")), one.values)

    def kept(self, name: str, number: Whole) -> Whole:
        """The same in cells, so that it can be named again; as it is where it is a cell or a number already."""
        if not number.is_plain or _is_short(number.text):
            return number
        return Whole((self.column(name, number.pieces[0]),), number.values)

    def blank_column(self, name: str, one: Piece, shown: Sequence[bool]) -> Piece:
        """A column that shows nothing on some rows."""
        values = [value if here else "" for value, here in zip(one.values, shown, strict=True)]
        return Piece(self.sheet.add(Column(Head(self.code, name), values, one.text, "integer")), one.values)

    def kept_flag(self, name: str, flag: Flag) -> Flag:
        """The same in a column of 1 and 0."""
        cell = self.column(name, Piece(f"IF({flag.text},1,0)", [int(one) for one in flag.values]))
        return Flag(f"{cell.text}=1", flag.values)

    def number(self, value: int) -> Whole:
        """The same integer on every row."""
        values = [value] * self.sheet.units
        if abs(value) < PLAIN:
            return Whole((Piece(literal(value), values),), values, value)
        cut = _cut(value, _pieces_for(abs(value)))
        return Whole(tuple(Piece(literal(one), [one] * self.sheet.units) for one in cut), values, value)

    # --- arithmetic --------------------------------------------------------------------------------------------

    def sum(self, terms: Sequence[Term], name: str = "tổng") -> Whole:
        """Σ factor · number."""
        terms = [(factor, one) for factor, one in terms if factor] or [(0, self.number(0))]
        if len(terms) == 1 and (terms[0][0] == 1 or terms[0][1].fixed is not None):
            factor, one = terms[0]
            return one if one.fixed is None else self.number(factor * one.fixed)
        values = _added([(factor, one.values) for factor, one in terms])
        if not _fits(terms):
            return self._long_sum(terms, values, name)
        text = _sum_text([(factor, one.text) for factor, one in terms])
        if len(text) < LONG:
            return plain(text, values)
        if len(terms) == 1:
            return self.sum([(terms[0][0], self.in_cell(name, terms[0][1]))], name)
        half = len(terms) // 2
        parts = [self.in_cell(name, self.sum(some, name)) for some in (terms[:half], terms[half:])]
        return self.sum([(1, part) for part in parts], name)

    def times(self, one: Whole, two: Whole, name: str = "tích") -> Whole:
        """The product."""
        if one.fixed is not None or two.fixed is not None:
            factor, number = (one.fixed, two) if one.fixed is not None else (two.fixed, one)
            return self.sum([(factor or 0, number)], name)
        values = [a * b for a, b in zip(one.values, two.values, strict=True)]
        if one.is_plain and two.is_plain and one.most * two.most < PLAIN:
            return self._short(name, plain(f"{grouped(one.text)}*{grouped(two.text)}", values))
        return self._carried(self._convolved(self._split(one, name), self._split(two, name)), values, name)

    def where(self, flag: Flag, yes: Whole, no: Whole, name: str = "chọn") -> Whole:
        """``yes`` where the flag holds, else ``no``."""
        values = _chosen(flag, yes.values, no.values)
        if yes.is_plain and no.is_plain:
            return self._short(name, plain(f"IF({flag.text},{yes.text},{no.text})", values))
        left, right = self._split(yes, name), self._split(no, name)
        count = max(len(left), len(right))
        pairs = zip(self._wide(left, count), self._wide(right, count), strict=True)
        flag = self.kept_flag(f"{name}?", flag)
        pieces = [
            self.column(name, Piece(f"IF({flag.text},{a.text},{b.text})", _chosen(flag, a.values, b.values)))
            for a, b in pairs
        ]
        return Whole(tuple(pieces), values)

    # --- comparison --------------------------------------------------------------------------------------------

    def compared(self, one: Sequence[Term], sign: str, two: Sequence[Term]) -> Flag:
        """Whether Σ ``one`` stands in the relation ``sign`` (>= > < <= =) to Σ ``two``."""
        if _fits(one) and _fits(two):
            left, right = self.sum(one), self.sum(two)
            values = list(map(_RELATIONS[sign], left.values, right.values))
            return Flag(f"{left.text}{sign}{right.text}", values)
        difference = self.sum([*one, *((-factor, number) for factor, number in two)], "hiệu để so sánh")
        values = list(map(_RELATIONS[sign], difference.values, repeat(0)))
        if difference.is_plain:
            return Flag(f"{difference.text}{sign}0", values)
        first, rest = difference.pieces[0].text, "+".join(one.text for one in difference.pieces[1:])
        texts = {
            ">=": f"{first}>=0",
            "<": f"{first}<0",
            "=": f"AND({first}=0,{rest}=0)",
            ">": f"AND({first}>=0,{first}+{rest}>0)",
            "<=": f"OR({first}<0,{first}+{rest}=0)",
        }
        return Flag(texts[sign], values)

    # --- division ----------------------------------------------------------------------------------------------

    def divided(self, number: Whole, by: Whole, name: str = "thương") -> Whole:
        """The integer quotient; ``number`` is not below zero, ``by`` above."""
        values = [a // b for a, b in zip(number.values, by.values, strict=True)]
        if number.is_plain and by.is_plain and number.most < PLAIN:
            return self._short(name, plain(f"INT({grouped(number.text)}/{grouped(by.text)})", values))
        if max(values, default=0) < _STEP:
            return self._guessed(number, by, values, name)
        by = self.sum([(1, by)], "số chia")
        high = self.in_cell(name, self.divided(number, self.sum([(_STEP, by)], "số chia"), name))
        left = self.sum([(1, number), (-_STEP, self.times(high, by, "số bị trừ"))], "phần dư")
        low = self.in_cell(name, self.divided(left, by, name))
        return self.sum([(_STEP, high), (1, low)], name)

    def _guessed(self, number: Whole, by: Whole, values: list[int], name: str) -> Whole:
        """Doubles tell the quotient to within one; what is left over says which it is.

        The values are those of exact arithmetic: a guess that is one off stands in the file as the quotient itself
        until it is calculated.
        """
        text = f"INT({grouped(number.text)}/{grouped(by.text)})"
        guess = Whole((self.column(f"{name}, ước", Piece(text, values)),), values)
        rest = self.sum([(1, number), (-1, self.times(guess, by, "số bị trừ"))], "phần dư")
        less, more = self.compared([(1, rest)], "<", []), self.compared([(1, rest)], ">=", [(1, by)])
        text = f"{guess.text}-IF({less.text},1,0)+IF({more.text},1,0)"
        return Whole((self.column(name, Piece(text, values)),), values)

    # --- pieces ------------------------------------------------------------------------------------------------

    def of_pieces(self, pieces: Sequence[Piece], values: Sequence[int], name: str) -> Whole:
        """The integer of pieces that may be of any size and sign (the first one first), carried."""
        return self._carried(list(pieces), values, name)

    def cut(self, number: Whole, name: str) -> Whole:
        """A number of up to 14 digits that stands in a cell, in pieces."""
        return Whole(self._split(number, name), number.values)

    def _long_sum(self, terms: Sequence[Term], values: Sequence[int], name: str) -> Whole:
        small: list[tuple[int, tuple[Piece, ...]]] = []
        for factor, one in terms:
            if abs(factor) <= BASE:
                small.append((factor, self._split(one, name)))
            else:
                product = self._convolved(self._split(self.number(factor), name), self._split(one, name))
                small.append((1, self._carried(product, [factor * v for v in one.values], name).pieces))
        count = max(len(pieces) for _, pieces in small)
        rows = [(factor, self._wide(pieces, count)) for factor, pieces in small]
        sums = [
            Piece(
                _sum_text([(factor, pieces[at].text) for factor, pieces in rows]),
                _added([(factor, pieces[at].values) for factor, pieces in rows]),
            )
            for at in range(count)
        ]
        return self._carried(sums, values, name)

    @staticmethod
    def _convolved(left: Sequence[Piece], right: Sequence[Piece]) -> list[Piece]:
        texts: list[list[str]] = [[] for _ in range(len(left) + len(right) - 1)]
        values: list[list[int]] = [[0] * len(left[0].values) for _ in texts]
        for at, a in enumerate(left):
            for by, b in enumerate(right):
                texts[at + by].append(f"{grouped(a.text)}*{grouped(b.text)}")
                values[at + by] = [v + x * y for v, x, y in zip(values[at + by], a.values, b.values, strict=True)]
        return [Piece("+".join(some), those) for some, those in zip(texts, values, strict=True)]

    def _carried(self, sums: list[Piece], values: Sequence[int], name: str) -> Whole:
        """Pieces of any size as pieces of six digits: what is above goes to the piece before."""
        count = _pieces_for(max(1, max(values, default=0), -min(values, default=0)))
        sums = [*self._wide(tuple(sums), max(count, len(sums)))]
        while len(sums) > max(count, 1):
            first, second = sums[0], sums[1]
            folded = [a * BASE + b for a, b in zip(first.values, second.values, strict=True)]
            sums[:2] = [Piece(f"{grouped(first.text)}*1E6+{second.text}", folded)]
        found: list[Piece] = []
        carry: Piece | None = None
        for one in reversed(sums[1:]):
            raw = one if carry is None else _plus(one, carry)
            raw = self.column(f"{name}, chưa nhớ", raw)
            carry = Piece(f"INT({raw.text}/1E6)", [v // BASE for v in raw.values])
            digits = [v % BASE for v in raw.values]
            found.append(self.column(name, Piece(f"{raw.text}-1E6*{carry.text}", digits)))
        top = sums[0] if carry is None else _plus(sums[0], carry)
        found.append(self.column(name, top))
        return Whole(tuple(reversed(found)), values)

    def _split(self, number: Whole, name: str) -> tuple[Piece, ...]:
        """A number as pieces, in cells."""
        if not number.is_plain:
            return number.pieces
        count = _pieces_for(number.most)
        if number.fixed is not None:
            cut = _cut(number.fixed, count)
            return tuple(Piece(literal(one), [one] * self.sheet.units) for one in cut)
        cell = self.in_cell(name, number).pieces[0]
        if count == 1:
            return (cell,)
        found: list[Piece] = []
        above = cell
        for _ in range(count - 1):
            carry = self.column(
                f"{name}, đoạn trước", Piece(f"INT({above.text}/1E6)", [v // BASE for v in above.values])
            )
            digits = [v % BASE for v in above.values]
            found.append(self.column(f"{name}, đoạn", Piece(f"{above.text}-1E6*{carry.text}", digits)))
            above = carry
        return (above, *reversed(found))

    def _short(self, name: str, number: Whole) -> Whole:
        return number if len(number.text) < LONG else self.in_cell(name, number)

    def in_cell(self, name: str, number: Whole) -> Whole:
        """The same in one cell at least, constants apart."""
        if not number.is_plain or number.fixed is not None or is_cell(number.text):
            return number
        return Whole((self.column(name, number.pieces[0]),), number.values)

    def _wide(self, pieces: tuple[Piece, ...], count: int) -> list[Piece]:
        nothing = Piece("0", [0] * self.sheet.units)
        return [*([nothing] * (count - len(pieces))), *pieces]


def grouped(text: str) -> str:
    """The text so that it can be multiplied: in brackets where it is not one thing."""
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter in "+-*/=<>&":
            return f"({text})"
    return text


def _sum_text(terms: Sequence[tuple[int, str]]) -> str:
    texts = []
    for factor, text in terms:
        if text == "0" or not factor:
            continue
        product = grouped(text) if factor < 0 or abs(factor) != 1 else text
        product = product if abs(factor) == 1 else f"{product}*{literal(abs(factor))}"
        texts.append(("-" if factor < 0 else "+") + product)
    return "".join(texts).removeprefix("+") or "0"


def _plus(one: Piece, two: Piece) -> Piece:
    values = [a + b for a, b in zip(one.values, two.values, strict=True)]
    return Piece(two.text if one.text == "0" else f"{one.text}+{two.text}", values)


def _added(terms: Sequence[tuple[int, Sequence[int]]]) -> list[int]:
    if len(terms) == 1:
        factor, values = terms[0]
        return [factor * value for value in values]
    return [sum(row) for row in zip(*(_added([one]) for one in terms), strict=True)]


def _chosen(flag: Flag, yes: Sequence[int], no: Sequence[int]) -> list[int]:
    return [a if here else b for here, a, b in zip(flag.values, yes, no, strict=True)]


def _pieces_for(size: int) -> int:
    """How many pieces hold eight times as much."""
    return -(-len(str(size * 8)) // 6)


def _cut(number: int, count: int) -> list[int]:
    found = []
    for _ in range(count - 1):
        number, digits = divmod(number, BASE)
        found.append(digits)
    return [number, *reversed(found)]


def _fits(terms: Sequence[Term]) -> bool:
    """Whether the sum surely stays exact in one cell."""
    return all(one.is_plain for _, one in terms) and sum(abs(factor) * one.most for factor, one in terms) < PLAIN


def never_blank(text: str) -> str:
    """The text where MIN and MAX stand around it: they pass over a cell with nothing in it, which is 0 elsewhere."""
    return f"{text}+0" if is_cell(text) else text


def is_cell(text: str) -> bool:
    """Whether a text names one cell and nothing more."""
    return text.startswith("\1") and text.find("\0") == len(text) - 1


def _is_short(text: str) -> bool:
    bare = text.removeprefix("MAX(1,").removesuffix(")")
    return is_cell(bare) or text.replace("E", "").isdigit()
