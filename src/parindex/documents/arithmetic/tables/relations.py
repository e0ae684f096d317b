"""What one column of a table may be of others: their difference, quotient, growth, product, sum or mean; and how far a
printed figure may lie from that by rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.rounding_habits import ColumnHabit, Fit

#: More columns of figures than this make a sheet of data, whose columns are not tried in pairs.
MOST_COLUMNS = 16
_SHEET_OF_DATA = 28
#: Among so many columns a share of several together is looked for.
_MOST_SHARED = 12
_ZERO = Fraction(0)
#: What is cut lies less than a unit below.
_JUST_BELOW = Fraction(999_999, 1_000_000)
#: What a column of products, or one of its factors, is called.
_PRODUCT = re.compile(r"\b(?:quy doi|trong so|he so|nhan|thanh tien|don gia|quyen so)\b")


class Relation(StrEnum):
    """How a column follows from others."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    SHARE = "share"
    LEFT = "left"
    GROWTH = "growth"
    PRODUCT = "product"
    SUM = "sum"
    MEAN = "mean"


_ROUNDED = (Relation.RATIO, Relation.SHARE, Relation.LEFT, Relation.GROWTH, Relation.PRODUCT)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that a column may have to others: of the first operand less the others, over the second, over both
    together (a share), less the second over itself (what is left), or of all; a ratio may be of several together over
    the last one.

    ``scale``: what one whole is printed as, 100 for per cents, and for products of weights in per cent; ``named``: the
    head says so ("(3)=(1)-(2)").
    """

    relation: Relation
    target: int
    operands: tuple[int, ...]
    scale: int = 1
    named: bool = False

    @property
    def columns(self) -> frozenset[int]:
        """All columns that take part."""
        return frozenset((self.target, *self.operands))


def candidates(
    columns: Sequence[int], kinds: dict[int, ColumnKind], percents: dict[int, tuple[int, ...]], heads: Sequence[str]
) -> Iterator[Candidate]:
    """Every relation that a column of figures may have to the others; none in a sheet of very many columns.

    ``percents``: the columns of shares, each with what one whole may be printed as.
    """
    if len(columns) > _SHEET_OF_DATA:
        return
    for target in columns:
        if kinds[target] is ColumnKind.MAXIMUM:
            continue
        for low in range(len(columns)):
            for high in range(low + 2, len(columns) + 1):
                block = tuple(columns[low:high])
                if target not in block and not _are_ranks(kinds, (target, *block)):
                    yield Candidate(Relation.SUM, target, block)
                    yield Candidate(Relation.MEAN, target, block)
        if len(columns) > MOST_COLUMNS:
            continue
        for block in _every_other(columns, target, heads):
            yield Candidate(Relation.SUM, target, block)
        for pair in combinations([one for one in columns if one != target], 2):
            wholes = () if _are_ranks(kinds, (target, *pair)) else percents.get(target, ())
            yield from _of_pair(target, pair, wholes, heads)
        if target in percents and kinds[target] is ColumnKind.RATIO and len(columns) <= _MOST_SHARED:
            yield from _of_several([one for one in columns if one != target], target, kinds)


def _are_ranks(kinds: dict[int, ColumnKind], columns: Sequence[int]) -> bool:
    """Whether ranks are among columns: of two ranks only the difference tells something."""
    return any(kinds[one] is ColumnKind.RANK for one in columns)


def _of_pair(target: int, pair: tuple[int, int], wholes: Sequence[int], heads: Sequence[str]) -> Iterator[Candidate]:
    """The relations that a column may have to two others; a product only under words that speak of one."""
    for operands in (pair, pair[::-1]):
        yield Candidate(Relation.DIFFERENCE, target, operands)
        for scale in wholes:
            yield Candidate(Relation.RATIO, target, operands, scale)
            yield Candidate(Relation.SHARE, target, operands, scale)
            yield Candidate(Relation.LEFT, target, operands, scale)
            yield Candidate(Relation.GROWTH, target, operands, scale)
    if any(_PRODUCT.search(heads[one]) for one in (target, *pair)):
        yield Candidate(Relation.PRODUCT, target, pair)
        yield Candidate(Relation.PRODUCT, target, pair, 100)


def _of_several(columns: Sequence[int], target: int, kinds: dict[int, ColumnKind]) -> Iterator[Candidate]:
    """The share that two or three columns side by side have together of another one: satisfied and very satisfied."""
    for low in range(len(columns)):
        for high in range(low + 2, min(low + 3, len(columns)) + 1):
            for whole in (*columns[:low], *columns[high:]):
                if not _are_ranks(kinds, (*columns[low:high], whole)):
                    yield Candidate(Relation.RATIO, target, (*columns[low:high], whole), 100)


def _last_word(head: str) -> str:
    return head.rpartition(" ")[2]


def _every_other(columns: Sequence[int], target: int, heads: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Columns that stand as far from each other as from the target, under heads that end alike: the same column of
    several groups, of which the first or the last is of all.
    """
    if not heads[target]:
        return
    at = columns.index(target)
    for step in range(2, len(columns) // 2 + 1):
        for block in (columns[at + step :: step], columns[at % step : at : step]):
            if len(block) >= 2 and len({_last_word(heads[one]) for one in (target, *block)}) == 1:
                yield tuple(block)


def fit(
    made: Candidate, target: Amount, operands: Sequence[Amount], habits: Sequence[ColumnHabit], own: ColumnHabit
) -> Fit | None:
    """How a printed figure stands to those it follows from; None where nothing follows (a division by zero)."""
    units = [habit.unit(one) for habit, one in zip(habits, operands, strict=True) if one.value]
    exact = all(habit.exact for habit in habits)
    values = [one.value for one in operands]
    if made.relation in _ROUNDED:
        return _rounded_fit(made, target, values, [] if exact else units)
    unit = target.unit if made.relation is Relation.MEAN else own.unit(target)
    found = _follows(made, values)
    gap = target.value - found
    if exact and made.relation is not Relation.MEAN and _is_whole(found, unit):
        return Fit(gap, _ZERO, 0)
    spread = max(units, default=_ZERO) if made.relation is Relation.MEAN else sum(units, _ZERO)
    prone = (
        0
        if exact
        else sum(bool(one.value) and one.places >= habit.places for habit, one in zip(habits, operands, strict=True))
    )
    allowed = (0 if exact else spread / 2) + unit / 2
    # A figure that was cut lies up to a unit below what it was made of.
    cut = unit if gap < 0 else spread if made.relation is Relation.SUM and not exact else _ZERO
    return Fit(gap, max(allowed, cut * _JUST_BELOW), prone)


def _is_whole(value: Fraction, unit: Fraction) -> bool:
    """Whether a value is so many units; most units are one in some place, and cost no division."""
    if unit.numerator == 1:
        return unit.denominator % value.denominator == 0
    return (value / unit).denominator == 1


def fit_of_printed(made: Candidate, target: Amount, operands: Sequence[Amount]) -> Fit | None:
    """How a printed quotient stands to that of the printed figures, as if none of these were rounded; None where
    nothing follows.
    """
    return _rounded_fit(made, target, [one.value for one in operands], [])


def _follows(made: Candidate, values: Sequence[Fraction]) -> Fraction:
    """What follows from the values of the operands."""
    if made.relation is Relation.DIFFERENCE:
        return values[0] - sum(values[1:], _ZERO)
    if made.relation is Relation.SUM:
        return sum(values, _ZERO)
    if made.relation is Relation.MEAN:
        return sum(values, _ZERO) / len(values)
    if made.relation is Relation.PRODUCT:
        return values[0] * values[1] / made.scale
    if made.relation is Relation.SHARE:
        return values[0] / (values[0] + values[1]) * made.scale
    if made.relation is Relation.LEFT:
        return (values[0] - values[1]) / values[0] * made.scale
    quotient = sum(values[:-1], _ZERO) / values[-1] * made.scale
    return quotient - made.scale if made.relation is Relation.GROWTH else quotient


def _rounded_fit(made: Candidate, target: Amount, values: Sequence[Fraction], units: Sequence[Fraction]) -> Fit | None:
    """Of counts, the quotient or product rounded or cut; of rounded amounts, any that they may have had."""
    half = [_ZERO, _ZERO]
    if len(units) == len(values):
        half = [sum(units[:-1], _ZERO) / 2, units[-1] / 2]
    values = [sum(values[:-1], _ZERO), values[-1]]
    if made.relation is Relation.PRODUCT:
        half = [_ZERO, _ZERO]  # weights and points are what they are printed as
    elif _divisor(made, values) == 0:
        return None
    found = _follows(made, values)
    if not any(half):
        return Fit(target.value - found, target.unit * _JUST_BELOW, 1)
    around = [(values[0] + up * half[0], values[1] + down * half[1]) for up in (-1, 1) for down in (-1, 1)]
    spread = max((abs(_follows(made, pair) - found) for pair in around if _divisor(made, pair)), default=_ZERO)
    return Fit(target.value - found, spread + target.unit * _JUST_BELOW, 1)


def _divisor(made: Candidate, values: Sequence[Fraction]) -> Fraction:
    """What a quotient is over."""
    if made.relation is Relation.SHARE:
        return values[0] + values[1]
    return values[0] if made.relation is Relation.LEFT else values[1]


def expected(made: Candidate, operands: Sequence[Amount]) -> Fraction:
    """What follows from the operands."""
    return _follows(made, [one.value for one in operands])


def asked(made: Candidate, operands: Sequence[Amount], target: Amount, place: int) -> Fraction | None:
    """What the operand at ``place`` must be for the printed target; None where no one figure makes it."""
    values = [one.value for one in operands]
    if made.relation in (Relation.SUM, Relation.DIFFERENCE, Relation.MEAN):
        weight = weights(made)[place]
        return values[place] + (target.value - _follows(made, values)) / weight
    if made.relation is Relation.PRODUCT:
        other = values[1 - place]
        return target.value * made.scale / other if other else None
    if made.relation in (Relation.SHARE, Relation.LEFT):
        return _asked_of_share(made, values, target.value, place)
    quotient = target.value / made.scale + (1 if made.relation is Relation.GROWTH else 0)
    if place < len(values) - 1:
        return quotient * values[-1] - sum(values[:-1], _ZERO) + values[place]
    return sum(values[:-1], _ZERO) / quotient if quotient else None


def _asked_of_share(made: Candidate, values: Sequence[Fraction], share: Fraction, place: int) -> Fraction | None:
    """What an operand must be for the printed share, or for the share that is left."""
    rest = made.scale - share
    if made.relation is Relation.LEFT:
        if place == 1:
            return values[0] * rest / made.scale
        return values[1] * made.scale / rest if rest else None
    if place == 0:
        return share * values[1] / rest if rest else None
    return rest * values[0] / share if share else None


def tells(made: Candidate, target: Amount, operands: Sequence[Amount]) -> bool:
    """Whether a row says anything of a relation: not 0 of equal figures, not the sum of one figure and zeros."""
    values = [one.value for one in operands]
    if made.relation is Relation.SUM:
        return sum(one != 0 for one in values) >= 2
    if made.relation is Relation.MEAN:
        return len(set(values)) >= 2
    if made.relation is Relation.DIFFERENCE:
        return target.value != 0 and all(values)
    if made.relation is Relation.PRODUCT:
        return all(value not in (0, 1, made.scale) for value in values)
    if len(values) > 2:
        return sum(map(bool, values)) > 2 and sum(values[:-1], _ZERO) != values[-1]
    return all(values) and values[0] != values[1]


def weights(made: Candidate) -> list[Fraction]:
    """What one more in each operand adds to the target; 0 where that depends on the figures."""
    if made.relation is Relation.DIFFERENCE:
        return [Fraction(1), *(Fraction(-1) for _ in made.operands[1:])]
    if made.relation is Relation.SUM:
        return [Fraction(1)] * len(made.operands)
    if made.relation is Relation.MEAN:
        return [Fraction(1, len(made.operands))] * len(made.operands)
    return [_ZERO, _ZERO]
