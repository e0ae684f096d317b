"""What was read of a filled workbook: a typed value for every unlocked cell, with its place."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import Value
from parindex.domain.errors import Place


@dataclass(frozen=True, slots=True)
class Entered:
    """One cell: what it holds now and what it held when the workbook was made; None is a blank cell, 0 is an answer.

    ``value`` is ``base`` itself where nobody changed the cell, however the program stored it.
    """

    kind: EntryKind
    key: str
    value: Value | None
    base: Value | None
    place: Place


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """All unlocked cells of a workbook in the order in which they were written."""

    sheet_id: str
    version: str
    made_at: str
    entries: tuple[Entered, ...]

    def of(self, kind: EntryKind) -> dict[str, Entered]:
        """The cells of one kind by measure id or item code."""
        return {one.key: one for one in self.entries if one.kind is kind}
