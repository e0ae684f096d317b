"""A filled workbook back into values: whose it is, what became of its rows, what stands in its cells.

Everything that is wrong is told at once; nothing of a workbook with a problem is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from parindex.documents.readers.sheet_cells import cell_name
from parindex.documents.sheet_workbooks import entered_values, manifest
from parindex.documents.sheet_workbooks.cell_contents import Stored, number_content, same_text, stored_text
from parindex.documents.sheet_workbooks.entered_values import Unreadable
from parindex.documents.sheet_workbooks.filled_workbook import Entered, FilledWorkbook
from parindex.documents.sheet_workbooks.layout import EntryKind, SheetKind, value_content
from parindex.documents.sheet_workbooks.manifest import EntryCell, Manifest
from parindex.documents.sheet_workbooks.sheet_rows import Rows, find_rows
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value, WorkbookItem, WorkbookMeasure
from parindex.documents.sheet_workbooks.stored_cells import StoredSheet, stored_sheets
from parindex.domain.errors import InvalidInput, Place, Problem

#: Problems of one kind beyond this number are counted, not listed.
_LISTED = 100
_SHOWN = 80


def read_workbook(path: Path, data: bytes, expected: SheetWorkbook, *, seal_key: bytes) -> FilledWorkbook:
    """The values in the unlocked cells of the file ``path`` with the content ``data``.

    ``expected`` is the sheet that the file is handed in for, as it is stored now. Blank is unanswered, 0 is an answer.
    Raises :class:`~parindex.domain.errors.InvalidInput`: what :func:`.stored_cells.stored_sheets` refuses; whose
    file it is (``workbook_not_ours``, ``workbook_seal_broken``, ``workbook_of_other_unit``, ``…_cycle``, ``…_sheet``,
    ``…_set``); or everything that is wrong with rows and cells.
    """
    sheets = stored_sheets(path, data)
    written = _manifest(path, sheets.get(manifest.MANIFEST_SHEET), seal_key)
    foreign = list(_foreign(path, written, expected))
    if foreign:
        raise InvalidInput(foreign)
    reading = _Reading(path, sheets, written, expected)
    entries = reading.entries()
    if reading.problems:
        raise InvalidInput(_limited(sorted(reading.problems, key=reading.order), Place(file=path.name)))
    return FilledWorkbook(written.sheet_id, written.version, written.made_at, tuple(entries))


def _manifest(path: Path, sheet: StoredSheet | None, seal_key: bytes) -> Manifest:
    lines = [stored_text(value) for (_, column), value in sorted((sheet or StoredSheet()).cells.items()) if column == 0]
    if lines[:1] != [manifest.MARK]:
        raise InvalidInput([Problem("workbook_not_ours", Place(file=path.name))])
    try:
        return manifest.read_lines(lines, seal_key)
    except manifest.BrokenSeal:
        raise InvalidInput([Problem("workbook_seal_broken", Place(file=path.name))]) from None


def _foreign(path: Path, written: Manifest, expected: SheetWorkbook) -> Iterator[Problem]:
    """That the file was made for something else, told by the first thing in which it differs."""
    place = Place(file=path.name)
    if written.sheet_id != expected.sheet_id:
        kinds = (
            ("workbook_of_other_unit", written.unit_title, expected.unit_title),
            ("workbook_of_other_cycle", written.cycle_title, expected.cycle_title),
        )
        differing = [(kind, had, wanted) for kind, had, wanted in kinds if had != wanted]
        for kind, had, wanted in differing or [("workbook_of_other_sheet", written.unit_title, expected.unit_title)]:
            yield Problem(kind, place, {"found": had, "expected": wanted})
    elif written.set_fingerprint != expected.set_fingerprint:
        facts = {"found": written.set_title, "expected": expected.set_title}
        yield Problem("workbook_of_other_set", place, facts)


def _limited(problems: Iterable[Problem], place: Place) -> list[Problem]:
    """The problems in the order of the sheets, as many of a kind as a person can still use."""
    out: list[Problem] = []
    counts: dict[str, int] = {}
    for problem in problems:
        counts[problem.kind] = counts.get(problem.kind, 0) + 1
        if counts[problem.kind] <= _LISTED:
            out.append(problem)
    more = {kind: count - _LISTED for kind, count in counts.items() if count > _LISTED}
    return out + [Problem("more_of_the_same", place, {"of_kind": kind, "count": n}) for kind, n in more.items()]


class _Reading:
    """One pass over the sheets of a workbook that is ours."""

    def __init__(self, path: Path, sheets: dict[str, StoredSheet], written: Manifest, expected: SheetWorkbook) -> None:
        self._file = path.name
        self._written = written
        self._measures = expected.measures_by_id()
        self._items = expected.items_by_code()
        self._explanation_length = expected.explanation_length
        self._sheets: dict[SheetKind, StoredSheet] = {}
        self._rows: dict[SheetKind, Rows] = {}
        self._keys = {kind: written.row_keys(kind) for kind in SheetKind}
        self.problems: list[Problem] = []
        for kind, name in written.names.items():
            if name not in sheets:
                known = [one for one in sheets if one not in (manifest.MANIFEST_SHEET, manifest.CHOICES_SHEET)]
                facts = {"sheet": name, "known": known[:10]}
                self.problems.append(Problem("workbook_sheet_missing", Place(file=self._file), facts))
                continue
            self._sheets[kind] = sheets[name]
            self._rows[kind] = find_rows(sheets[name], self._keys[kind])

    def entries(self) -> list[Entered]:
        """The values of all unlocked cells that can be read; what is wrong goes to :attr:`problems`."""
        out: list[Entered] = []
        for kind in self._sheets:
            self.problems += self._of_rows(kind)
            self.problems += self._of_locked_cells(kind)
            for cell in self._written.entries:
                if cell.sheet is kind:
                    out += self._entered(cell)
        return out

    def order(self, problem: Problem) -> tuple[int, int, str]:
        """Sheet by sheet, what concerns a whole sheet first, then from row to row."""
        sheets = list(self._written.names.values())
        row = re.sub(r"[^0-9]", "", problem.place.cell or "")
        at = sheets.index(problem.place.sheet) if problem.place.sheet in sheets else -1
        return at, int(row or -1), (problem.place.cell or "").removesuffix(row).rjust(3)

    # --- rows and locked cells ----------------------------------------------------------------------------------------

    def _of_rows(self, kind: SheetKind) -> Iterator[Problem]:
        rows = self._rows[kind]
        sheet = Place(file=self._file, sheet=self._written.names[kind])
        if rows.deleted:
            facts = {"rows": list(rows.deleted), "count": len(rows.deleted)}
            yield Problem("workbook_rows_deleted", sheet, facts)
        if rows.moved:
            facts = {"rows": list(rows.moved), "count": len(rows.moved)}
            yield Problem("workbook_rows_moved", sheet, facts)
        for key, row in rows.twice:
            yield Problem("workbook_row_twice", self._place(kind, row, 0), {"key": key})
        cells = self._sheets[kind].cells
        first = dict(sorted(cells, reverse=True))
        for row in rows.added:
            found = _short(stored_text(cells[row, first[row]]))
            yield Problem("workbook_row_added", self._place(kind, row, first[row]), {"text": found})

    def _of_locked_cells(self, kind: SheetKind) -> Iterator[Problem]:
        """Locked cells that hold something else, and cells that the form does not have."""
        cells, rows, formulas = self._sheets[kind].cells, self._rows[kind], self._sheets[kind].formulas
        locked = {(self._row(kind, row), column): text for (row, column), text in self._written.locked[kind].items()}
        for (row, column), text in locked.items():
            found = stored_text(cells.get((row, column))) if row is not None else text
            if row is not None and found != text:
                facts = {"found": _short(found), "expected": _short(text)}
                changed = "workbook_locked_cell_changed" if found else "workbook_locked_cell_emptied"
                if (row, column) in formulas:  # whatever its program has worked out, or not yet
                    changed = "workbook_locked_cell_formula"
                yield Problem(changed, self._place(kind, row, column), facts)
        own = {*locked, *((self._row(kind, one.row), one.column) for one in self._written.entries if one.sheet is kind)}
        strange = {*rows.added, *(row for _, row in rows.twice)}
        for (row, column), value in sorted(cells.items(), key=lambda one: one[0]):
            if (row, column) not in own and row not in strange:
                facts = {"text": _short(stored_text(value))}
                yield Problem("workbook_cell_outside", self._place(kind, row, column), facts)

    def _row(self, kind: SheetKind, row: int) -> int | None:
        """Where a written row stands now; rows above the data stay."""
        return self._rows[kind].at.get(row) if row in self._keys[kind] else row

    def _place(self, kind: SheetKind, row: int, column: int) -> Place:
        return Place(file=self._file, sheet=self._written.names[kind], cell=cell_name(row, column))

    # --- entries ------------------------------------------------------------------------------------------------------

    def _entered(self, cell: EntryCell) -> list[Entered]:
        row = self._row(cell.sheet, cell.row)
        if row is None:
            return []  # its row is gone, which is told once
        place = self._place(cell.sheet, row, cell.column)
        sheet = self._sheets[cell.sheet]
        subject = self._measures.get(cell.key) if cell.kind is EntryKind.FIGURE else self._items.get(cell.key)
        if subject is None:
            self.problems.append(Problem("workbook_entry_gone", place, {"key": cell.key}))
            return []
        if (row, cell.column) in sheet.formulas:
            self.problems.append(Problem("workbook_formula", place))
            return []
        stored = sheet.cells.get((row, cell.column))
        try:
            value = cell.base if _untouched(cell, subject, stored) else self._value(cell.kind, subject, stored)
        except Unreadable as error:
            self.problems.append(entered_values.problem(error, place))
            return []
        return [Entered(cell.kind, cell.key, value, cell.base, place)]

    def _value(self, kind: EntryKind, subject: WorkbookMeasure | WorkbookItem, stored: Stored) -> Value | None:
        if isinstance(subject, WorkbookMeasure):
            return entered_values.figure(stored, subject)
        if kind is EntryKind.SELF_POINTS:
            return entered_values.points(stored, subject)
        return entered_values.explanation(stored, self._explanation_length)


def _untouched(cell: EntryCell, subject: WorkbookMeasure | WorkbookItem, stored: Stored) -> bool:
    """Whether a cell still holds what was written into it, however the program stored it."""
    if isinstance(cell.base, str) and cell.kind is EntryKind.EXPLANATION:
        return same_text(cell.base, stored_text(stored))
    if isinstance(subject, WorkbookMeasure):
        return stored_text(value_content(subject, cell.base)) == stored_text(stored)
    points = cell.base if isinstance(cell.base, Fraction) else None
    return stored_text(number_content(points)) == stored_text(stored)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
