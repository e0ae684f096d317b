"""What the checkers of evaluations and of satisfaction find in a paper, and the blocks that these tables leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.tables.printed_tables import printed_tables
from parindex.documents.arithmetic.tables.shifted_rows import check_shifts
from parindex.documents.arithmetic.tables.slips import TableChecks
from parindex.documents.papers import Block, Grid, MeasuredTable
from parindex.documents.printed_text import folded
from parindex.documents.procedure_tables.tables import evaluation_tables
from parindex.documents.satisfaction_tables.tables import satisfaction_tables
from parindex.domain.criteria.findings import Finding
from parindex.domain.procedures import table_check as evaluations
from parindex.domain.procedures.printed_table import EvaluationTable
from parindex.domain.survey.satisfaction_tables import table_check as satisfactions
from parindex.domain.survey.satisfaction_tables.printed_table import SatisfactionTable

#: So many differences that hold to the last digit do not by chance.
_ENOUGH_ROWS = 29
#: Where more of its rows contradict themselves a table was misread: another one was taken for its next page.
_MOST_FINDINGS = 4
_MOST_OUTSIDE = 1


#: Heads of what was planned, in the first rows of a table.
_PLAN = re.compile(r"\b(?:ke hoach|du toan|th ?/ ?kh)\b")
_HEAD_ROWS, _LONGEST = 4, 80


@dataclass(frozen=True, slots=True)
class MeasuredTables:
    """``findings`` of tables of other measurements; ``rest``: the blocks without these tables; ``measured``: the
    blocks of these tables, of which their checkers leave alone what is no part of the measurement: places that a unit
    rose by, differences of figures with more decimals.
    """

    findings: tuple[Finding, ...]
    checked: Counter[str]
    rest: Sequence[Block]
    measured: Sequence[Block]


def measured_tables(blocks: Sequence[Block]) -> MeasuredTables:
    """The tables of other measurements among the blocks; those that were misread are left among the rest."""
    found, others = evaluation_tables(blocks)
    findings: list[Finding] = []
    checked: Counter[str] = Counter()
    evaluated = _taken(blocks, others) if found else []
    if _are_shifted(evaluated) or not _take(found, findings, checked):
        others, evaluated = list(blocks), []
    planned = {id(block) for block in others if _is_of_plan(block)}
    satisfied, left = satisfaction_tables([block for block in others if id(block) not in planned])
    kept = planned | {id(block) for block in left}
    rest = [block for block in others if id(block) in kept]
    if not _take(satisfied, findings, checked):
        return MeasuredTables(tuple(findings), checked, others, evaluated)
    return MeasuredTables(tuple(findings), checked, rest, [*evaluated, *(_taken(others, rest) if satisfied else ())])


def _is_of_plan(block: Block) -> bool:
    """Whether a grid holds results against a plan, which may be more than all of it, and no satisfaction."""
    head = block.rows[:_HEAD_ROWS] if isinstance(block, Grid) else ()
    return any(_PLAN.search(folded(cell.text)) for row in head for cell in row if len(cell.text) <= _LONGEST)


def _taken(blocks: Sequence[Block], left: Sequence[Block]) -> list[Block]:
    kept = {id(one) for one in left}
    return [one for one in blocks if id(one) not in kept]


def _are_shifted(blocks: Sequence[Block]) -> bool:
    """Whether a row of a table lost a cell or has one twice, so that its figures are those of other columns."""
    for table in printed_tables(blocks):
        checks = TableChecks(table)
        check_shifts(checks)
        if checks.slips:
            return True
    return False


def _take(tables: Sequence[MeasuredTable], findings: list[Finding], checked: Counter[str]) -> bool:
    """Adds what is found in the tables that were read well; whether all were."""
    well = True
    for read in tables:
        table = read.table
        if isinstance(table, EvaluationTable):
            found, rows = evaluations.check_table(table), len(table.units)
            counted = {"sums": rows, "counts": len(table.counts)}
        else:
            found = tuple(one for one in satisfactions.check_table(table) if not _is_rounding(one, table))
            rows = len(table.rows)
            differences = sum(row.difference is not None for row in table.rows)
            counted = {"differences": differences, "quantities": len(table.stated)}
        outside = sum(one.kind in ("satisfaction_range", "evaluation_value_range") for one in found)
        if len(found) > max(_MOST_FINDINGS, rows // 8) or outside > _MOST_OUTSIDE:
            well = False
            continue
        findings += found
        checked.update(counted)
    return well


def _is_rounding(finding: Finding, table: SatisfactionTable) -> bool:
    """Whether a mean or a difference is off by no more than rounding, in a table too short to show that it never is."""
    if finding.kind not in ("satisfaction_mean", "satisfaction_difference"):
        return False
    places = table.difference_places if finding.kind == "satisfaction_difference" else table.places
    gap = abs(Fraction(finding.stated or 0) - Fraction(finding.found or 0))
    rows = [row for row in table.rows if row.difference]
    return gap <= Fraction(1, 10**places) and len(rows) < _ENOUGH_ROWS
