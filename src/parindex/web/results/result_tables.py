"""Results as tables: one a group, by rank, with the year before beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.models import UnitResult
from parindex.database.queries.publications import LastYear
from parindex.domain.review.stages import SheetState
from parindex.domain.values import exact_number
from parindex.usecases.computed_cycles import ComputedCycle


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a unit had the year before; ``name`` where it is of a unit whose place it has taken, else ""."""

    index: Fraction | None
    rank: int | None
    name: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One unit; exact numbers, "" and None where there is none. ``open``: index and rank may still change; ``locked``:
    it has never submitted its sheet.
    """

    sheet: int
    unit: str
    index: Fraction | None
    points: str
    max_points: str
    grade: str
    rank: int | None
    ranked: bool
    open: bool = False
    locked: bool = False
    last_year: Sequence[Earlier] = ()


@dataclass(frozen=True, slots=True)
class ResultTable:
    """One group in the order of its ranks, units without one last."""

    code: str
    title: str
    rows: Sequence[ResultRow]

    @property
    def ranked(self) -> int:
        """How many units have a rank."""
        return sum(row.rank is not None for row in self.rows)

    @property
    def locked(self) -> list[ResultRow]:
        """Those who have never submitted their sheets."""
        return [row for row in self.rows if row.locked]


def stored_tables(
    results: Iterable[UnitResult], titles: Mapping[str, str], last_year: Mapping[int, Sequence[LastYear]]
) -> list[ResultTable]:
    """What a finalisation gave; ``last_year`` by unit. The sheets must have been read with the results."""
    groups: dict[str, list[ResultRow]] = {code: [] for code in titles}
    for one in results:
        row = ResultRow(
            one.sheet_id, one.unit_name, _number(one.index), one.points, one.max_points, one.grade, one.rank,
            one.ranked, locked=one.sheet.state == SheetState.LOCKED,
            last_year=[_earlier(of) for of in last_year.get(one.sheet.unit_id, ())],
        )  # fmt: skip
        groups.setdefault(one.group_code, []).append(row)
    return [_table(code, titles.get(code, code), rows) for code, rows in groups.items()]


def computed_tables(computed: ComputedCycle) -> list[ResultTable]:
    """What comes out now, provisionally."""
    tables = []
    for group, result, outcome in zip(computed.groups, computed.results, computed.outcomes, strict=True):
        rows = [
            ResultRow(
                sheet.pk, one.name, _number(one.index), one.points, one.max_points, one.grade, one.rank, one.ranked,
                open=bool(result.provisional[at]), locked=sheet.is_locked,
            )
            for at, (sheet, one) in enumerate(zip(group.sheets, outcome.units, strict=True))
        ]  # fmt: skip
        tables.append(_table(outcome.code, group.values.title, rows))
    return tables


def _number(text: str) -> Fraction | None:
    return exact_number(text) if text else None


def _earlier(one: LastYear) -> Earlier:
    return Earlier(_number(one.result.index), one.result.rank, one.name if one.taken_over else "")


def _table(code: str, title: str, rows: Sequence[ResultRow]) -> ResultTable:
    ordered = sorted(enumerate(rows), key=lambda one: (one[1].rank is None, one[1].rank or 0, one[0]))
    return ResultTable(code, title, tuple(row for _, row in ordered))
