"""What one column of a table may be of others: their difference, quotient, growth, sum or mean; and how far a printed
figure may lie from that by rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.rounding_habits import ColumnHabit, Fit

_HUNDRED = Fraction(100)
#: More columns of figures than this make a sheet of data, whose columns are not tried in pairs.
MOST_COLUMNS = 16
_SHEET_OF_DATA = 28
_ZERO = Fraction(0)
#: What is cut lies less than a unit below.
_JUST_BELOW = Fraction(999_999, 1_000_000)


class Relation(StrEnum):
    """How a column follows from others."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    GROWTH = "growth"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that a column may have to others: of the first operand less or over the second, or of all."""

    relation: Relation
    target: int
    operands: tuple[int, ...]

    @property
    def columns(self) -> frozenset[int]:
        """All columns that take part."""
        return frozenset((self.target, *self.operands))


def candidates(
    columns: Sequence[int], kinds: dict[int, ColumnKind], percents: set[int], heads: Sequence[str]
) -> Iterator[Candidate]:
    """Every relation that a column of figures may have to the others; none in a sheet of very many columns."""
    if len(columns) > _SHEET_OF_DATA:
        return
    for target in columns:
        others = [one for one in columns if one != target]
        if kinds[target] is ColumnKind.MAXIMUM:
            continue
        for low in range(len(columns)):
            for high in range(low + 2, len(columns) + 1):
                block = tuple(columns[low:high])
                if target not in block:
                    yield Candidate(Relation.SUM, target, block)
                    yield Candidate(Relation.MEAN, target, block)
        if len(columns) > MOST_COLUMNS:
            continue
        for block in _every_other(columns, target, heads):
            yield Candidate(Relation.SUM, target, block)
        for pair in combinations(others, 2):
            for first, second in (pair, pair[::-1]):
                yield Candidate(Relation.DIFFERENCE, target, (first, second))
                if target in percents:
                    yield Candidate(Relation.RATIO, target, (first, second))
                    yield Candidate(Relation.GROWTH, target, (first, second))


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
    unit = own.unit(target) if made.relation in (Relation.DIFFERENCE, Relation.SUM) else target.unit
    if made.relation is Relation.DIFFERENCE:
        found, spread = values[0] - values[1], sum(units, _ZERO)
    elif made.relation is Relation.SUM:
        found, spread = sum(values, _ZERO), sum(units, _ZERO)
    elif made.relation is Relation.MEAN:
        found, spread = sum(values, _ZERO) / len(values), max(units, default=_ZERO)
    elif values[1] == 0:
        return None
    else:
        return _quotient_fit(made.relation, target, values, [] if exact else units)
    gap = target.value - found
    prone = (
        0
        if exact
        else sum(bool(one.value) and one.places >= habit.places for habit, one in zip(habits, operands, strict=True))
    )
    if exact and made.relation is not Relation.MEAN and (found / unit).denominator == 1:
        return Fit(gap, _ZERO, 0)
    allowed = (0 if exact else spread / 2) + unit / 2
    # A figure that was cut lies up to a unit below what it was made of.
    cut = unit if gap < 0 else spread if made.relation is Relation.SUM and not exact else _ZERO
    return Fit(gap, max(allowed, cut * _JUST_BELOW), prone)


def _quotient_fit(relation: Relation, target: Amount, values: Sequence[Fraction], units: Sequence[Fraction]) -> Fit:
    """Of counts, the quotient rounded or cut; of rounded amounts, any quotient that they may have had."""
    scale = (
        Fraction(1)
        if not target.percent and abs(target.value) <= 1 and target.places >= 2 and values[0] <= values[1]
        else _HUNDRED
    )
    half = [one / 2 for one in units] if len(units) == 2 else [_ZERO, _ZERO]
    found = values[0] / values[1] * scale
    ends = [
        (values[0] + up * half[0]) / (values[1] + down * half[1]) * scale
        for up in (-1, 1)
        for down in (-1, 1)
        if values[1] + down * half[1]
    ]
    if relation is Relation.GROWTH:
        found, ends = found - scale, [one - scale for one in ends]
    spread = max((abs(one - found) for one in ends), default=_ZERO)
    return Fit(target.value - found, spread + target.unit * _JUST_BELOW, 1)


def expected(made: Candidate, operands: Sequence[Amount], target: Amount) -> Fraction:
    """What follows from the operands."""
    values = [one.value for one in operands]
    if made.relation is Relation.DIFFERENCE:
        return values[0] - values[1]
    if made.relation is Relation.SUM:
        return sum(values, _ZERO)
    if made.relation is Relation.MEAN:
        return sum(values, _ZERO) / len(values)
    return target.value - _quotient_fit(made.relation, target, values, []).gap


def tells(made: Candidate, target: Amount, operands: Sequence[Amount]) -> bool:
    """Whether a row says anything of a relation: not 0 of equal figures, not the sum of one figure and zeros."""
    values = [one.value for one in operands]
    if made.relation is Relation.SUM:
        return sum(one != 0 for one in values) >= 2
    if made.relation is Relation.MEAN:
        return len(set(values)) >= 2
    if made.relation is Relation.DIFFERENCE:
        return target.value != 0 and all(values)
    return all(values) and values[0] != values[1]


def weights(made: Candidate) -> list[Fraction]:
    """What one more in each operand adds to the target; 0 where that depends on the figures."""
    if made.relation is Relation.DIFFERENCE:
        return [Fraction(1), Fraction(-1)]
    if made.relation is Relation.SUM:
        return [Fraction(1)] * len(made.operands)
    if made.relation is Relation.MEAN:
        return [Fraction(1, len(made.operands))] * len(made.operands)
    return [_ZERO, _ZERO]
