"""The rows of the satisfaction table and of the nine indicators as the page of the demonstration shows them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parindex.cli.demo_measured import found_totals, grade_counts, group_name, is_wrong, ranks
from parindex.cli.measured_tables import signed
from parindex.domain.procedures.printed_table import EvaluationTable
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable
from parindex.domain.survey.satisfaction_tables.table_rollup import roll_up
from parindex.wording import numbers
from parindex.wording.language import text

#: The mark of a row: as many units long as the figure has per cents.
BAR = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """A printed figure, the computed one beside it ("" where there is none), and whether they differ."""

    printed: str
    computed: str
    differs: bool


@dataclass(frozen=True, slots=True)
class SatisfactionLine:
    """One row: its figures by column, the difference last; ``now`` and ``before`` are lengths of its mark."""

    level: str
    label: str
    title: str
    pairs: tuple[Pair, ...]
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the evaluation."""

    number: str
    title: str
    indicators: tuple[str, ...]
    total: Pair
    official: str
    grade: str
    rank: str


@dataclass(frozen=True, slots=True)
class GroupLines:
    """One group of units with its count of grades."""

    numeral: str
    title: str
    counts: str
    units: tuple[UnitLine, ...]


def satisfaction_heads(table: SatisfactionTable) -> list[str]:
    """The heads of the columns of figures."""
    return [*(text("Năm {year}", year=year) for year in table.years), text("Tăng/giảm")]


def satisfaction_lines(table: SatisfactionTable) -> list[SatisfactionLine]:
    """Every row; what an item prints is where the computation starts, so that only its difference is computed."""
    rolled = roll_up(table)
    later, earlier = (table.later or 0, table.earlier if table.earlier is not None else -1)
    out = []
    for row, values, change in zip(table.rows, rolled.values, rolled.differences, strict=True):
        item = row.level is RowLevel.ITEM
        pairs = [
            Pair(
                numbers.percent(stated, table.places),
                "" if item else numbers.percent(found, table.places),
                stated != found,
            )
            for stated, found in zip(row.values, values, strict=True)
        ]
        places = table.difference_places
        pairs.append(Pair(signed(row.difference, places), signed(change, places), row.difference != change))
        out.append(
            SatisfactionLine(
                row.level.value,
                row.label,
                row.title,
                tuple(pairs),
                _length(row.values[later]),
                _length(row.values[earlier]),
            )
        )
    return out


def _length(value: Fraction | None) -> str:
    """A length for the drawing: floats decide nothing."""
    return f"{float((value or Fraction(0)) * BAR / 100):.2f}"


def evaluation_groups(table: EvaluationTable) -> list[GroupLines]:
    """The units group by group; the order is by what the indicators add up to."""
    found = found_totals(table)
    points = numbers.points_text
    return [
        GroupLines(
            group.numeral,
            group_name(group),
            grade_counts(group),
            tuple(
                UnitLine(
                    unit.number,
                    unit.title,
                    tuple(points(value) for value in unit.indicators),
                    Pair(points(unit.total), points(found[unit.code]), is_wrong(unit, found[unit.code])),
                    points(unit.official),
                    unit.grade,
                    str(places[unit.code]),
                )
                for unit in group.units
            ),
        )
        for group in table.groups
        for places in (ranks(group),)
    ]
