"""Totals of months and quarters: ``Quý I`` below its months, ``6 tháng`` below two quarters, ``Cả năm``.

Such titles speak of a total only where the rows above them are the months or quarters that it is of; elsewhere
"6 tháng" and "9 tháng" are rows as others are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parindex.documents.arithmetic.tables.labels import NO_CODE, RowRole
from parindex.documents.arithmetic.tables.table_rows import TableRow
from parindex.documents.printed_text import folded

_MONTH = re.compile(r"(?:thang|t) ?(?:0?[1-9]|1[0-2])(?: ?/ ?\d{4})?")
_QUARTER = re.compile(r"(?:cong |tong )?quy (?:[1-4]|i{1,3}|iv)(?: ?/ ?\d{4}| nam \d{4})?")
_SEVERAL = re.compile(
    r"(?:cong |tong |luy ke )?(?:(?:0?[2-9]|1[0-2]|hai|ba|bon|nam|sau|chin) thang(?: dau nam| cuoi nam)?|ca nam|ca quy)"
    r"(?: (?:nam )?\d{4})?"
)
_FEWEST_MONTHS, _FEWEST_QUARTERS = 3, 2


def with_periods(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows, those of several months made totals where the months or quarters stand above them."""
    out: list[TableRow] = []
    months = quarters = 0
    for row in rows:
        title = _title(row)
        is_quarter = _QUARTER.fullmatch(title) is not None
        total = (is_quarter and months >= _FEWEST_MONTHS) or (
            _SEVERAL.fullmatch(title) is not None and (months >= _FEWEST_MONTHS or quarters >= _FEWEST_QUARTERS)
        )
        months += row.role is RowRole.DATA and _MONTH.fullmatch(title) is not None
        quarters += row.role is RowRole.DATA and is_quarter
        out.append(replace(row, role=RowRole.TOTAL, code=NO_CODE) if total and row.role is RowRole.DATA else row)
    return out


def _title(row: TableRow) -> str:
    """What a row is called; the number of "6 tháng" is no code."""
    title = folded(row.title).strip(" .:")
    return f"{row.code.text} {title}" if title.startswith("thang") and row.code.text.isdigit() else title
