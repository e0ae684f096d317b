"""What figures are the sum of: those of the child units, where the set declares a measure so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.index.result import Result
from parindex.domain.scoring.trace import QuantityTrace, RuleTrace
from parindex.domain.units import Unit


@dataclass(frozen=True, slots=True)
class ChildSum:
    """The figures of the child units that one figure of a unit is the sum of; None where one is not entered.

    ``own`` is what the unit adds itself: an office that has forms of its own and of those below it.
    """

    measure: str
    year: int
    parts: tuple[tuple[Unit, Fraction | None], ...]
    own: Fraction = Fraction(0)


def summed(parts: Sequence[Fraction | None]) -> Fraction | None:
    """The figure of a unit from those of its child units; None while one of them is not entered."""
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def child_sums(result: Result, unit: Unit, trace: RuleTrace) -> tuple[ChildSum, ...]:
    """The sums among the figures that ``trace`` used, each once, in the order of use."""
    children = [row for row, one in enumerate(result.units) if one.parent == unit.id]
    mine = result.sheets.row_of(unit.id)
    if not children:
        return ()
    declared = result.criteria_set.measures
    used = dict.fromkeys(_figures(trace))
    sums = [one for one in used if one[0] in declared and declared[one[0]].sum_of_children]
    return tuple(_child_sum(result, measure, year, mine, children) for measure, year in sums)


def _child_sum(result: Result, measure: str, year: int, mine: int, children: list[int]) -> ChildSum:
    whole = _figure(result, measure, year, mine)
    parts = tuple((result.units[row], _figure(result, measure, year, row)) for row in children)
    of_children = sum((part for _, part in parts if part is not None), Fraction(0))
    return ChildSum(measure, year, parts, Fraction(0) if whole is None else whole - of_children)


def _figure(result: Result, measure: str, year: int, row: int) -> Fraction | None:
    column = result.figures.column(measure, year)
    return column.numbers.row(row) if column.present[row] else None


def _figures(trace: RuleTrace) -> Iterator[tuple[str, int]]:
    for quantity in trace.quantities:
        yield from _of_quantity(quantity)
    for child in trace.children:
        yield from _figures(child)


def _of_quantity(quantity: QuantityTrace) -> Iterator[tuple[str, int]]:
    for term in (*quantity.of, *quantity.to):
        if term.quantity is not None:
            yield from _of_quantity(term.quantity)
        elif term.measure:
            yield term.measure, term.year
