"""Units between rows of the database and rows as the rules of the dated tree see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from parindex.database.models import UnitSuccession, UnitVersion
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.successions import said_of, settled
from parindex.domain.units import Decision, UnitRecord


def stored_units() -> list[UnitRow]:
    """Every version of every unit with what it succeeded; two queries.

    Versions that differ by their path alone, because a unit above them moved, are one row.
    """
    rows: list[UnitRow] = []
    versions = UnitVersion.objects.select_related("unit", "parent").order_by("unit__code", "valid_from")
    for _, group in groupby(versions, key=lambda one: one.unit_id):
        merged: list[UnitRow] = []
        for version in group:
            row = _row(version)
            if merged and _continues(merged[-1], row):
                before = merged[-1]
                record = replace(before.record, valid_to=row.record.valid_to)
                merged[-1] = replace(before, record=record, ending=row.ending)
            else:
                merged.append(row)
        rows += merged
    return _with_successions(rows)


def _row(version: UnitVersion) -> UnitRow:
    record = UnitRecord(
        version.unit.code, version.name, version.short_name, version.kind,
        version.parent.code if version.parent else None, version.valid_from, version.valid_to,
    )  # fmt: skip
    decision = Decision(version.decision_number, version.decision_date)
    return UnitRow(record, decision, ending=Decision(version.ended_number, version.ended_date))


def _continues(before: UnitRow, row: UnitRow) -> bool:
    ends: date | None = before.record.valid_to
    if ends is None or row.record.valid_from != ends + timedelta(days=1):
        return False
    same = replace(row.record, valid_from=before.record.valid_from, valid_to=before.record.valid_to)
    return same == before.record and row.decision == before.decision


def _with_successions(rows: list[UnitRow]) -> list[UnitRow]:
    """Each succession at the version of the successor that was made by its decision; else at its first version."""
    at: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        at.setdefault((row.record.code, row.decision.number), number)
        first.setdefault(row.record.code, number)
    for one in UnitSuccession.objects.select_related("predecessor", "successor").order_by("predecessor__code"):
        code = one.successor.code
        number = at.get((code, one.decision_number), first[code])
        row = rows[number]
        decision = row.decision if row.decision.number else Decision(one.decision_number, one.decision_date)
        row = replace(
            row, decision=decision, predecessors=(*row.predecessors, one.predecessor.code),
            overlap=row.overlap or one.overlap,
        )  # fmt: skip
        rows[number] = said_of(row, one.predecessor.code, taken=one.takes_over)
    return settled(rows)
