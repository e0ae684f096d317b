"""The table of units: read, checked against itself and what is there, and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from parindex.documents.unit_tables.cells import codes_of, day_of, decision_of
from parindex.documents.unit_tables.columns import UNITS
from parindex.documents.unit_tables.preview import Preview, change, preview
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.source import SourceRows, read_source
from parindex.documents.unit_tables.successions import settled
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.check import PlaceOf, check_units
from parindex.domain.units.endings import check_endings, decided_by_successions

_CODE = re.compile(r"[A-Za-z0-9_-]+")
#: What would only follow from a day that cannot be read.
_OF_DAYS = frozenset(
    {
        "unit_ends_without_decision",
        "unit_versions_overlap",
        "unit_parent_not_valid",
        "unit_name_twice",
        "succession_overlaps",
    }
)
#: The columns that say of predecessors whether their place was taken or a part was given.
_SAID = ("replaced", "parted")
#: The column in which a field of a succession stands.
_COLUMN_OF = {"predecessor": "predecessors", "successor": "code"}


class InvalidUnits(InvalidInput):
    """A table of units that cannot be taken, with what it calls the units, by code: nobody else knows new ones."""

    def __init__(self, problems: list[Problem], names: Mapping[str, str]) -> None:
        super().__init__(problems)
        self.names = names


@contextmanager
def told_by_name(found: Preview[UnitRow]) -> Iterator[None]:
    """What cannot be used of a table, with the names that stand in it."""
    try:
        yield
    except InvalidInput as refused:
        raise InvalidUnits(refused.problems, names_of(found)) from refused


def names_of(found: Preview[Any]) -> dict[str, str]:
    """What a table of units calls them, by code; other tables name none."""
    records = [row.record for row in found.rows if isinstance(row, UnitRow)]
    return {one.code: one.name for one in records if one.name != one.code}


def read_units(
    path: Path,
    existing: Sequence[UnitRow] = (),
    *,
    kinds: Mapping[str, str] | None = None,
    first_day: date | None = None,
) -> Preview[UnitRow]:
    """The units of a table beside those that are there.

    A row is about the version of its unit that begins on its first day; without a day it is about the latest version,
    and a unit that is not there yet begins on ``first_day``. Columns that the file does not have leave what is there.
    ``kinds`` are the kinds of units that are known, the official word of each by its code; a cell has either.

    Raises :class:`InvalidUnits` with every problem of rows, cells and of the tree that would
    come about (:func:`~parindex.domain.units.check.check_units`); of those that were there before nothing is said.
    """
    source = read_source(path, UNITS)
    known = _Known(existing)
    read: list[tuple[UnitRow, UnitRow | None]] = []
    rows: list[int] = []
    seen: dict[tuple[str, date | None], int] = {}
    for at in range(source.count):
        row, before = _unit_row(source, at, known, kinds, first_day)
        key = (row.record.code, row.record.valid_from)
        if row.record.code and key in seen:
            source.add("unit_version_twice", at, "code", unit=row.record.code, first=source.line(seen[key]))
            continue
        seen[key] = at
        if row.record.code:
            read.append((row, before))
            rows.append(at)
    told = _with_endings([row for row, _ in read], existing)
    replacing = {id(before) for _, before in read if before is not None}
    told = settled([*told, *(row for row in existing if id(row) not in replacing)])[: len(told)]
    changes = [
        change(row, before, source.place(at)) for row, (_, before), at in zip(told, read, rows, strict=True)
    ]  # fmt: skip
    found = preview(changes, existing, source.notes)
    source.problems += _tree_problems(found, source, rows, existing)
    with told_by_name(found):
        source.refuse()
    return found


def _with_endings(rows: Sequence[UnitRow], existing: Sequence[UnitRow]) -> list[UnitRow]:
    """A unit that ends without a word of its own, because another one takes its place, ends by the decision of that."""
    successions = [(one, row.record.valid_from) for row in (*rows, *existing) for one in row.successions]
    return [replace(row, ending=decided_by_successions(row.version, successions)) for row in rows]


class _Known:
    """The versions that are there, by unit in the order of time."""

    def __init__(self, existing: Sequence[UnitRow]) -> None:
        self.versions: dict[str, list[UnitRow]] = {}
        for row in sorted(existing, key=lambda one: one.record.first):
            self.versions.setdefault(row.record.code, []).append(row)
        self._without_zeros = {code.lstrip("0"): code for code in self.versions if code.startswith("0")}

    def with_zeros(self, code: str) -> str | None:
        """The code that ``code`` may have been before a spreadsheet took it for a number: communes have 00012."""
        return self._without_zeros.get(code) if code not in self.versions else None

    def version(self, code: str, first: date | None) -> UnitRow | None:
        """The version that begins on ``first``; without a day the one without a day, else the latest."""
        versions = self.versions.get(code, [])
        exact = next((one for one in versions if one.record.valid_from == first), None)
        return exact if exact is not None or first is not None or not versions else versions[-1]


def _unit_row(
    source: SourceRows, at: int, known: _Known, kinds: Mapping[str, str] | None, first_day: date | None
) -> tuple[UnitRow, UnitRow | None]:
    source.require(at, "code", "name")
    code = source.text(at, "code")
    if code and not _CODE.fullmatch(code):
        source.add("unit_code_malformed", at, "code")
    if near := known.with_zeros(code):
        source.add("unit_code_lost_zeros", at, "code", near=near)
    first = _day(source, at, "valid_from")
    before = known.version(code, first)
    old = before or UnitRow(UnitRecord(code, "", valid_from=first_day))
    record = UnitRecord(
        code,
        source.text(at, "name") or code,  # a name that is missing was said; it is no name that units share
        _text(source, at, "short_name", old.record.short_name),
        _kind(source, at, kinds) if source.has("kind") else old.record.kind,
        _text(source, at, "parent", old.record.parent or "") or None,
        first or old.record.valid_from,
        _day(source, at, "valid_to") if source.has("valid_to") else old.record.valid_to,
    )
    predecessors = codes_of(source.text(at, "predecessors")) if source.has("predecessors") else old.predecessors
    overlap = _text(source, at, "overlap", old.overlap)
    ending = old.ending if record.valid_to == old.record.valid_to else Decision()
    ending = _decision(source, at, ending, "ending", "ending_date")
    decision = _decision(source, at, old.decision, "decision", "decision_date")
    replaced, parted = (_said(source, at, column, predecessors, old) for column in _SAID)
    for twice in sorted(set(replaced) & set(parted)):
        source.add("unit_replaced_and_parted", at, "parted", unit=twice)
    return UnitRow(record, decision, predecessors, overlap, ending, replaced, parted), before


def _said(source: SourceRows, at: int, column: str, predecessors: Sequence[str], old: UnitRow) -> tuple[str, ...]:
    """Of which predecessors a column says it. Where the file has neither column, what is there stays; of a predecessor
    that the file takes away nothing is said any more.
    """
    if not any(source.has(one) for one in _SAID):
        before: tuple[str, ...] = getattr(old, column)
        return tuple(code for code in before if code in predecessors)
    codes = codes_of(source.text(at, column))
    for code in codes:
        if code not in (*predecessors, *old.predecessors):
            source.add("unit_no_predecessor", at, column, unit=code)
    return tuple(code for code in codes if code in predecessors)


def _text(source: SourceRows, at: int, column: str, otherwise: str) -> str:
    return source.text(at, column) if source.has(column) else otherwise


def _day(source: SourceRows, at: int, column: str) -> date | None:
    text = source.text(at, column)
    day = day_of(text)
    if text and day is None:
        source.add("not_a_day", at, column)
    return day


def _kind(source: SourceRows, at: int, kinds: Mapping[str, str] | None) -> str:
    written = source.text(at, "kind")
    if not written or kinds is None:
        return written
    plain = written.casefold()
    meant = [code for code, word in kinds.items() if plain in _spellings(code, word)]
    if len(meant) != 1:
        source.add("unit_kind_unknown", at, "kind", known=list(kinds.values()))
        return written
    return meant[0]


def _spellings(code: str, word: str) -> set[str]:
    """How a kind may be written: by code, by its whole word, or by one of the words in it (``xã``)."""
    return {code.casefold(), word.casefold(), *(one.strip() for one in word.casefold().split(","))}


def _decision(source: SourceRows, at: int, otherwise: Decision, column: str, day_column: str) -> Decision:
    """Number and day, the day from its own column or from what stands behind the number."""
    number, behind = decision_of(source.text(at, column))
    day = _day(source, at, day_column)
    said = day_of(behind)
    if behind and said is None:
        source.add("not_a_day", at, column)
    if day is not None and said is not None and day != said:
        source.add("decision_days_differ", at, day_column, one=said, other=day)
    if not source.has(column):
        number = otherwise.number
    if not source.has(day_column) and not source.has(column):
        said = otherwise.date
    return Decision(number, day or said)


def _tree_problems(
    found: Preview[UnitRow], source: SourceRows, rows: Sequence[int], existing: Sequence[UnitRow]
) -> list[Problem]:
    """Contradictions of the tree as it would be, those in the file at their cells."""
    merged = [*found.rows, *found.untouched]
    pairs: list[tuple[int, Succession]] = [(at, one) for at, row in enumerate(merged) for one in row.successions]

    def record_place(at: int, column: str) -> Place:
        return source.place(rows[at], column) if at < len(rows) else Place(code=merged[at].record.code)

    def succession_place(at: int, column: str) -> Place:
        return record_place(pairs[at][0], _COLUMN_OF.get(column, column))

    problems = _checked(merged, [one for _, one in pairs], record_place, succession_place)
    problems += check_endings([row.version for row in existing], [row.version for row in merged], place=record_place)
    before = _checked(existing, [one for row in existing for one in row.successions], None, None)
    undated = {one.place.row for one in source.problems if one.kind == "not_a_day"}
    return [
        problem
        for problem in problems
        if not (problem.kind in _OF_DAYS and problem.place.row in undated)
        and (problem.place.file is not None or problem not in before)
    ]


def _checked(
    rows: Sequence[UnitRow], successions: Sequence[Succession], record: PlaceOf | None, succession: PlaceOf | None
) -> list[Problem]:
    records = [row.record for row in rows]
    return check_units(records, successions, record_place=record, succession_place=succession)
