"""Which column of a table words of the text name: ``đang giải quyết 1.358 hồ sơ`` the one under "Số hồ sơ đang giải
quyết", ``tổng điểm thẩm định`` the one under "Kết quả năm 2024 / Điểm thẩm định".

A column is named by the words of its head that its neighbours do not begin with, too; where these say nothing ("Tổng
số" below "Số hồ sơ tiếp nhận") by those above them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic.quantities.told_figures import words_of
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.told_tables import YEAR

#: Columns of which the text tells otherwise than by their head.
_NO_QUANTITY = (ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR)
_CHANGES = re.compile(r"(?<!\w)(?:tang|(?<!cat )giam|chenh lech|so sanh|so voi)(?!\w)|\+/-")
#: Words of a head that name nothing; "đã", "đang", "chưa" do.
_EMPTY = frozenset(
    {
        *("số", "tổng", "cộng", "của", "các", "có", "được", "trong", "năm", "là", "và", "tại", "cho", "theo", "với"),
        *("so", "trên", "này", "những", "điểm", "tỷ", "tỉ", "lệ", "kết", "quả", "triệu", "đồng", "nghìn"),
        *("người", "đvt", "đạt"),
    }
)


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column: ``own`` are the words that name it, ``whole`` all of its head, ``year`` the one that its head names or
    "", ``others``: whether other columns differ from it by nothing but the year.
    """

    at: int
    own: frozenset[str]
    whole: frozenset[str]
    year: str
    percent: bool
    maximum: bool
    by_years: bool


def named_columns(table: PrintedTable) -> tuple[NamedColumn, ...]:
    """The columns of a table that hold quantities."""
    columns = [
        at for at in range(table.width)
        if table.kind(at) not in _NO_QUANTITY and not _CHANGES.search(table.heads[at])
        if any(table.amount(row, at) is not None for row in range(len(table.rows)))
    ]  # fmt: skip
    heads = {at: words_of(table.titles[at].lower()) for at in range(table.width)}
    out = []
    for at in columns:
        own = _telling(_own(heads, at)) or _telling(heads[at])
        years = YEAR.findall(table.titles[at])
        whole = _telling(heads[at])
        alike = any(other != at and _telling(heads[other]) == whole for other in columns)
        out.append(
            NamedColumn(
                at, own, whole, years[-1] if years else "", _is_percent(table, at),
                table.kind(at) is ColumnKind.MAXIMUM, alike,
            )
        )  # fmt: skip
    return tuple(out)


def column_of(columns: Sequence[NamedColumn], words: frozenset[str], *, percent: bool, year: str) -> NamedColumn | None:
    """The one column that words name: all its own words are among them, and those of every other such column are among
    its words, too. ``year``: the one that the words are told of, "" where they are told of none.
    """
    fits = [
        one for one in columns
        if one.own and one.own <= words and one.percent == percent and _is_of_year(one, year)
    ]  # fmt: skip
    best = max(fits, key=lambda one: len(one.whole & words), default=None)
    if best is None or any(one is not best and not one.whole & words < best.whole & words for one in fits):
        return None
    return best


def _is_of_year(column: NamedColumn, year: str) -> bool:
    if not column.year:
        return True
    return column.year == year or (not year and not column.by_years)


def _telling(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in words if word not in _EMPTY and len(word) > 1)


def _own(heads: dict[int, list[str]], at: int) -> list[str]:
    """The words of a head without those with which a neighbour's begins, too."""
    shared = max((_common(heads[at], heads[other]) for other in (at - 1, at + 1) if other in heads), default=0)
    return heads[at][shared:]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two heads begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )  # fmt: skip


def _is_percent(table: PrintedTable, column: int) -> bool:
    amounts = (table.amount(row, column) for row in range(len(table.rows)))
    return "%" in table.titles[column] or any(one is not None and one.percent for one in amounts)
