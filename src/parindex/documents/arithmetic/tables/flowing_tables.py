"""Score sheets and criteria as their readers make them out of flowing text and split cells: rows, codes, points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.tables.labels import Code, CodeStyle, RowRole, code_of
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.table_rows import TableRow, nested
from parindex.documents.papers import Cell, PaperRow, PaperTable
from parindex.documents.printed_text import folded
from parindex.domain.errors import Place
from parindex.domain.values import number_text

_TITLES = ("", "", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định")


def with_read_tables(printed: Sequence[PrintedTable], tables: Sequence[PaperTable]) -> list[PrintedTable]:
    """The printed tables, and those of their readers that stand in no grid or whose grid reads otherwise.

    A reader joins codes that the layout splits, and knows columns by what they hold.
    """
    out = list(printed)
    for table in tables:
        # A group whose row the reader supplied stands in no grid.
        supplied = {code for one in table.doubts if one.kind == "groups_supplied" for code in one.facts["codes"]}
        codes = Counter(row.printed_code or row.code for row in table.rows if row.code not in supplied)
        same = [one for one in printed if _overlap(one, codes) * 2 >= codes.total()]
        if any(_overlap(one, codes) == codes.total() and _is_one(one) for one in same):
            continue
        out = [one for one in out if one not in same]
        out.append(_table(table))
    return out


def _codes(table: PrintedTable) -> Counter[str]:
    return Counter(row.code.text for row in table.rows if row.code.text and row.code.style is not CodeStyle.DASH)


def _is_one(table: PrintedTable) -> bool:
    """Whether a grid is one table: behind a total and the heads that follow it no code begins anew, as where the layout
    joins two.
    """
    rows = table.rows
    ends = [at for at in range(1, len(rows)) if (rows[at - 1].role, rows[at].role) == (RowRole.TOTAL, RowRole.NOTE)]
    return not any(
        {row.code.text for row in rows[:at]} & {row.code.text for row in rows[at:] if row.code.text} for at in ends
    )


def _overlap(table: PrintedTable, codes: Counter[str]) -> int:
    return (_codes(table) & codes).total()


def _table(table: PaperTable) -> PrintedTable:
    rows = [_row(row) for row in table.rows]
    totals = (table.printed_total, table.printed_self_total, table.printed_appraised_total)
    if any(one is not None for one in totals):
        cells = _cells("", "TỔNG ĐIỂM", totals, table.total_place)
        rows.append(
            TableRow(cells, table.total_place, Code("", CodeStyle.NONE), "TỔNG ĐIỂM", RowRole.TOTAL, len(cells))
        )
    return PrintedTable(_TITLES, tuple(map(folded, _TITLES)), tuple(nested(rows)), table.place, ())


def _row(row: PaperRow) -> TableRow:
    cells = _cells(row.code, row.title, (row.max_points, row.self_points, row.appraised_points), row.place)
    place = replace(row.place, code=row.code or None)
    return TableRow(cells, place, code_of(row.code), row.title, RowRole.DATA, len(cells))


def _cells(code: str, title: str, points: Sequence[Fraction | None], place: Place) -> tuple[Cell, ...]:
    texts = (code, title, *("" if one is None else number_text(one).replace(".", ",") for one in points))
    return tuple(Cell(text, place) for text in texts)
