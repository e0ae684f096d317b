"""What a table would add and change, before anything is added or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from parindex.documents.unit_tables.rows import Cell
from parindex.domain.errors import Place, Problem


class TableRow(Protocol):
    """A row of any of the tables."""

    def cells(self) -> dict[str, Cell]:
        """The row by columns."""


Row = TypeVar("Row", bound=TableRow)


class ChangeKind(StrEnum):
    """What would happen to a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of a row that would change."""

    column: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class Change(Generic[Row]):
    """One row of the table, with the row that is there already; ``place`` is where it stands in the file."""

    kind: ChangeKind
    row: Row
    before: Row | None
    place: Place
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview(Generic[Row]):
    """Every row of the table in its order, what is there and not in the table, and what to look at.

    What is not in the table stays as it is: a table never removes anything.
    """

    changes: tuple[Change[Row], ...]
    untouched: tuple[Row, ...]
    notes: tuple[Problem, ...] = ()

    def of(self, kind: ChangeKind) -> tuple[Change[Row], ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they would be afterwards."""
        return tuple(change.row for change in self.changes)


def change(row: Row, before: Row | None, place: Place) -> Change[Row]:
    """What ``row`` does to ``before``."""
    if before is None:
        return Change(ChangeKind.ADDED, row, None, place)
    old = before.cells()
    found = tuple(Difference(name, old[name], cell) for name, cell in row.cells().items() if cell != old[name])
    return Change(ChangeKind.CHANGED if found else ChangeKind.UNCHANGED, row, before, place, found)


def preview(changes: Sequence[Change[Row]], existing: Sequence[Row], notes: Sequence[Problem]) -> Preview[Row]:
    """The changes with what stays untouched."""
    touched = {id(one.before) for one in changes if one.before is not None}
    return Preview(tuple(changes), tuple(row for row in existing if id(row) not in touched), tuple(notes))
