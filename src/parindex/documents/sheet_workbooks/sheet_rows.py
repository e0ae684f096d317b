"""Where the rows of a sheet have gone: found by what stands in their first column, not by their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parindex.documents.sheet_workbooks.cell_contents import stored_text
from parindex.documents.sheet_workbooks.layout import FIRST_ROW
from parindex.documents.sheet_workbooks.stored_cells import StoredSheet


@dataclass(frozen=True, slots=True)
class Rows:
    """``at``: the row where each written row stands now. Keys of rows that are gone, that stand twice (with the later
    row) or in another order, and rows that nobody wrote.
    """

    at: Mapping[int, int]
    deleted: tuple[str, ...] = ()
    twice: tuple[tuple[str, int], ...] = ()
    moved: tuple[str, ...] = ()
    added: tuple[int, ...] = ()


def find_rows(sheet: StoredSheet, keys: Mapping[int, str]) -> Rows:
    """The rows with the ``keys`` that were written, by the row where they were written."""
    filled = sorted({row for row, _ in sheet.cells if row >= FIRST_ROW})
    found: dict[str, list[int]] = {}
    for row in filled:
        found.setdefault(stored_text(sheet.cells.get((row, 0))), []).append(row)
    at: dict[int, int] = {}
    taken: set[int] = set()
    for row, key in keys.items():
        rows = found.get(key, [])
        if rows:
            at[row] = row if row in rows else rows[0]
            taken.add(at[row])
    lost = {row: key for row, key in keys.items() if row not in at}
    known = set(keys.values())
    # A key that was overwritten in its place is told as a changed cell, not as a row gone and another come.
    overwritten = {row for row in lost if row not in taken and stored_text(sheet.cells.get((row, 0))) not in known}
    still = {row for row in overwritten if any(position[0] == row for position in sheet.cells)}
    at |= {row: row for row in still}
    taken |= still
    twice = tuple((key, row) for key in keys.values() for row in found.get(key, []) if row not in taken)
    doubled = {row for _, row in twice}
    return Rows(
        at=at,
        deleted=tuple(key for row, key in lost.items() if row not in still),
        twice=twice,
        moved=_moved(at, keys),
        added=tuple(row for row in filled if row not in taken and row not in doubled),
    )


def _moved(at: Mapping[int, int], keys: Mapping[int, str]) -> tuple[str, ...]:
    """The keys of rows that now stand above one that was written before them."""
    out, lowest = [], -1
    for row in sorted(at):
        if at[row] < lowest:
            out.append(keys[row])
        lowest = max(lowest, at[row])
    return tuple(out)
