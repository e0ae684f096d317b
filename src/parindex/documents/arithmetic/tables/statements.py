"""The tables of a paper: every figure, sum, count and code that does not hold, each fault said once; and what the text
tells of a table otherwise than it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from parindex.documents.arithmetic.findings import Found, StatementFinding, StatementKind
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.tables import official_tables
from parindex.documents.arithmetic.tables.between_rows import check_between_rows
from parindex.documents.arithmetic.tables.column_means import check_means
from parindex.documents.arithmetic.tables.column_shares import check_shares
from parindex.documents.arithmetic.tables.column_sums import check_sums
from parindex.documents.arithmetic.tables.counted_in_text import rows_in_text
from parindex.documents.arithmetic.tables.counted_marks import check_marks
from parindex.documents.arithmetic.tables.counted_rows import check_numbers, count_findings
from parindex.documents.arithmetic.tables.culprits import single_faults
from parindex.documents.arithmetic.tables.flowing_tables import with_read_tables
from parindex.documents.arithmetic.tables.graded_rows import check_grades
from parindex.documents.arithmetic.tables.limits import check_limits
from parindex.documents.arithmetic.tables.line_tables import line_tables
from parindex.documents.arithmetic.tables.lost_cells import check_cells
from parindex.documents.arithmetic.tables.measured_tables import measured_tables
from parindex.documents.arithmetic.tables.missing_rows import check_missing_rows
from parindex.documents.arithmetic.tables.order_of_rows import check_order
from parindex.documents.arithmetic.tables.paired_cells import with_pairs_apart
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable, printed_tables
from parindex.documents.arithmetic.tables.rank_rows import check_rank_rows
from parindex.documents.arithmetic.tables.recoded_rows import recoded
from parindex.documents.arithmetic.tables.row_relations import check_rows
from parindex.documents.arithmetic.tables.scattered_tables import scattered_tables
from parindex.documents.arithmetic.tables.share_rows import check_share_rows
from parindex.documents.arithmetic.tables.shifted_rows import check_shifts
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks, finding
from parindex.documents.arithmetic.tables.told_blocks import told_blocks
from parindex.documents.arithmetic.tables.told_cells import told_cells
from parindex.documents.arithmetic.tables.told_codes import told_codes
from parindex.documents.arithmetic.tables.told_counts import but_of_regraded, told_counts
from parindex.documents.arithmetic.tables.told_grades import told_grades
from parindex.documents.arithmetic.tables.told_means import told_means
from parindex.documents.arithmetic.tables.told_moves import told_moves
from parindex.documents.arithmetic.tables.told_rules import explains_sum, told_rules
from parindex.documents.arithmetic.tables.told_tables import ToldTable
from parindex.documents.arithmetic.tables.told_totals import told_totals
from parindex.documents.arithmetic.tables.told_units import told_units
from parindex.documents.arithmetic.tables.told_values import told_values
from parindex.documents.arithmetic.tables.told_years import told_years
from parindex.documents.arithmetic.tables.unmarked_groups import with_unmarked_groups
from parindex.documents.arithmetic.tables.verdicts import check_verdicts
from parindex.documents.arithmetic.tables.whole_columns import told_heads
from parindex.documents.papers import Block, Grid, PaperTable
from parindex.domain.errors import Place

_Check = Callable[[TableChecks], None]
#: Longer and wider grids are data and no tables of a report; a table with more slips was misread.
_MOST_ROWS = 600
_MOST_COLUMNS = 40
_MOST_SLIPS = 12
#: What is held against what in a table of another measurement, whose means its own checker knows; and in any other.
_OF_MEASURED: tuple[_Check, ...] = (
    check_sums, check_rows, check_shares, check_limits, check_order, check_grades, check_numbers, check_verdicts,
)  # fmt: skip
_CHECKS: tuple[_Check, ...] = (
    check_sums, check_rows, check_means, check_shares, check_limits, check_order, check_grades, check_numbers,
    check_verdicts, check_between_rows, check_share_rows, check_rank_rows, check_marks, check_missing_rows,
)  # fmt: skip
#: What the text says of the tables.
_TOLD: tuple[Callable[[Sequence[ToldTable], Sequence[Passage]], Iterator[StatementFinding]], ...] = (
    told_counts, told_values, told_grades, told_codes, told_units, told_totals, told_moves, told_means, told_years,
    told_cells, told_blocks, rows_in_text, told_heads,
)  # fmt: skip
#: So many statements that hold by one habit of parting decimals, for each that does by the other, tell which it is.
_TELLING, _FEW_OF = 6, 3
#: Kinds that say the same of one figure.
_SUMS = (StatementKind.TABLE_SUM, StatementKind.PARENT_SUM, StatementKind.TOTAL, StatementKind.PARTIAL_TOTAL)


def find(blocks: Sequence[Block], file: str = "", text: Sequence[Passage] = ()) -> Found:
    """What does not hold in the tables of a paper, and how much was checked; ``text`` is held against them.

    What the checker of an official table says of a figure stands for what its figures alone show.
    """
    blocks = [block for block in blocks if not _is_data(block)]
    measured = measured_tables(blocks)
    paper = official_tables.criteria_tables(measured.rest, file)
    found = official_tables.find(paper, measured.findings, blocks)
    checked = +Counter(measured.checked)
    scattered, taken = scattered_tables(_outside(measured.rest, paper.tables))
    rest = [block for block in measured.rest if id(block) not in taken]
    as_printed = printed_tables(rest)
    ruled = list(told_rules(as_printed))
    printed = with_read_tables(as_printed, paper.tables)
    told_of: list[ToldTable] = []
    for table in (*(with_unmarked_groups(with_pairs_apart(one)) for one in printed), *scattered, *line_tables(rest)):
        mended = recoded(table)
        slips, counted = _in_table(mended.table if mended is not None else table, _CHECKS)
        checked.update(counted)
        told_of.append(ToldTable.of(table, slips))
        if mended is not None:
            slips = [mended.slip, *slips]
            found = [one for one in found if not _is_of_code(one, finding(table, mended.slip))]
        found += [*count_findings(table), *(finding(table, slip) for slip in slips)]
    said = [one.place for one in found]
    for table in (*printed_tables(measured.measured), *line_tables(measured.measured)):
        slips, counted = _in_table(table, _OF_MEASURED)
        checked.update(counted)
        told_of.append(ToldTable.of(table, slips))
        found += count_findings(table)
        found += [finding(table, slip) for slip in slips if not _is_said(table, slip.row, said)]
    for told in _TOLD:
        found += told(told_of, text)
    found = [*ruled, *(one for one in found if not (one.kind in _SUMS and any(explains_sum(of, one) for of in ruled)))]
    return list(_said_once(but_of_regraded(found))), checked


def _is_data(block: Block) -> bool:
    """Whether a grid is a sheet of data, too long or too wide for a table that somebody reads."""
    return isinstance(block, Grid) and (len(block.rows) > _MOST_ROWS or len(block.rows[0]) > _MOST_COLUMNS)


def _outside(blocks: Sequence[Block], tables: Sequence[PaperTable]) -> list[Block]:
    """The blocks that stand outside tables which have a reader of their own."""
    spans = []
    for table in tables:
        lines = [_line_of(row.place) for row in table.rows]
        spans.append((min(lines), max(lines)))
    return [block for block in blocks if not any(first <= _line_of(block.place) <= last for first, last in spans)]


def _is_said(table: PrintedTable, row: int, said: Sequence[Place]) -> bool:
    """Whether something was said of a row: at its own place, or where its title begins, below the row above."""
    place = table.rows[row].place
    above = _line_of(table.rows[row - 1].place) if row else _line_of(place)
    return any(
        _row_key(one) == _row_key(place) or (one.line is not None and above < _line_of(one) <= _line_of(place))
        for one in said
    )


def _is_of_code(one: StatementFinding, told: StatementFinding) -> bool:
    """Whether a finding is of the same misprinted code as another, though perhaps of the other row that has it."""
    near = (one.place.page, one.place.sheet) == (told.place.page, told.place.sheet)
    return one.kind is StatementKind.CODE is told.kind and near and one.stated == told.stated


def _line_of(place: Place) -> tuple[int, int]:
    return place.page or 0, place.line or 0


def _row_key(place: Place) -> tuple[object, ...]:
    """The row that a place stands in."""
    row = place.line or (place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or place.code
    return place.page, place.sheet, row


def _in_table(table: PrintedTable, of_table: Sequence[_Check]) -> tuple[list[Slip], Counter[str]]:
    """The slips of a table that are slips in every habit of parting decimals."""
    cells = TableChecks(table)
    check_cells(cells)
    check_shifts(cells)
    tried: list[TableChecks] = []
    for reading in table.by_marks():
        checks = TableChecks(reading)
        for check in of_table:
            check(checks)
        tried.append(checks)
    most = max(len(checks.holding) for checks in tried)
    # A habit by which next to nothing adds up that does by the other one is not the table's.
    tried = [checks for checks in tried if most < _TELLING or _FEW_OF * len(checks.holding) >= most]
    common = set.intersection(*({(one.row, one.column) for one in checks.slips} for checks in tried))
    slips = [one for one in tried[0].slips if (one.row, one.column) in common]
    if len(slips) > max(_MOST_SLIPS, len(table.rows) // 4):
        slips = []  # not the figures are wrong, the table was misread
    slips = single_faults(tried[0].table, slips, tried[0].holding)
    return sorted([*cells.slips, *slips], key=lambda one: (one.row, one.column)), tried[0].checked + cells.checked


def _said_once(findings: Sequence[StatementFinding]) -> Iterator[StatementFinding]:
    """The findings without those that repeat an earlier one: the same sort, the same place, the same figure."""
    seen: set[tuple[object, ...]] = set()
    for one in findings:
        sort = StatementKind.TABLE_SUM if one.kind in _SUMS else one.kind
        place = one.place
        at = place.cell or place.line or (place.table, place.row, place.code)
        key = (sort, place.page, place.sheet, at, one.stated.strip("+- %").replace(" ", ""))
        if key not in seen:
            seen.add(key)
            yield one
