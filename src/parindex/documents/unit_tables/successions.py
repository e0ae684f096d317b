"""Rows of units in which it is decided who has taken whose place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from parindex.documents.unit_tables.rows import UnitRow
from parindex.domain.units.successions import last_days_known, takes_over


def settled(rows: Sequence[UnitRow]) -> list[UnitRow]:
    """``rows``, which are all that is known of units, with what is said of each succession, or what its days say.

    A row in which nothing changes is the same object.
    """
    ended = last_days_known(row.record for row in rows)
    return [_settled(row, ended) if row.predecessors else row for row in rows]


def _settled(row: UnitRow, ended: Mapping[str, date | None]) -> UnitRow:
    found = {
        one.predecessor: takes_over(one.takes_over, row.record.first, ended.get(one.predecessor))
        for one in row.successions
    }
    replaced = tuple(code for code, taken in found.items() if taken)
    parted = tuple(code for code, taken in found.items() if taken is False)
    if (replaced, parted) == (row.replaced, row.parted):
        return row
    return replace(row, replaced=replaced, parted=parted)


def without_predecessors(row: UnitRow, gone: Sequence[str]) -> UnitRow:
    """``row`` without some of its predecessors; the reason of an overlap goes with the last."""
    left = tuple(one for one in row.predecessors if one not in gone)
    if left == row.predecessors:
        return row
    return replace(
        row, predecessors=left, overlap=row.overlap if left else "",
        replaced=tuple(one for one in row.replaced if one in left),
        parted=tuple(one for one in row.parted if one in left),
    )  # fmt: skip


def said_of(row: UnitRow, predecessor: str, *, taken: bool | None) -> UnitRow:
    """``row`` with what is said of one predecessor; None: nothing, the days decide."""
    replaced = tuple(one for one in row.replaced if one != predecessor)
    parted = tuple(one for one in row.parted if one != predecessor)
    if taken is not None:
        replaced, parted = ((*replaced, predecessor), parted) if taken else (replaced, (*parted, predecessor))
    return replace(row, replaced=replaced, parted=parted)
