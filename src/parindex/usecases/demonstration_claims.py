"""Published claims in a sheet of the demonstration: figures, typed points and explanations, logged as an example."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, Figure, ScoreSheet
from parindex.database.models.entries import EntryState
from parindex.database.queries.saving import write_entry
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import recognise_citations
from parindex.usecases.demonstration_cycles import rows_of
from parindex.usecases.entry_points import rescored
from parindex.usecases.sheet_counts import update_counts


def enter_figures(sheet: ScoreSheet, folder: Path, *, by: Session, at: datetime) -> None:
    """The published figures of every year; rules work out the points."""
    Figure.objects.bulk_create(
        Figure(
            unit_id=sheet.unit_id, measure=row["measure"], year=int(row["year"]), value=row["value"], version=1,
            updated_at=at, updated_by=by.user,
        )
        for row in rows_of(folder / "figures.csv")
    )  # fmt: skip
    _score(sheet, {one.item_code: one for one in Entry.objects.filter(sheet=sheet)}, by=by, at=at)


def enter_claims(sheet: ScoreSheet, folder: Path, *, by: Session, at: datetime) -> None:
    """The published claims as they were made: the points that were claimed, whatever a rule would give, and why.

    A claim of 0 is a claim, of an item whose points an agency gives too; an item without a claim has none.
    """
    entries = {one.item_code: one for one in Entry.objects.filter(sheet=sheet).select_related("part")}
    claimed = {row["item"]: row["self_points"] for row in rows_of(folder / "entries.csv") if row["self_points"]}
    explained = {row["item"]: row["explanation"] for row in rows_of(folder / "explanations.csv")}
    mine = {code: one for code, one in entries.items() if one.state != EntryState.PENDING or code in claimed}
    for code, entry in mine.items():
        entry.self_points, entry.explanation = claimed.get(code, ""), explained.get(code, "")
    _score(sheet, mine, by=by, at=at)
    for code in explained.keys() & mine.keys():
        recognise_citations(mine[code], mine[code].part.lead_unit_id)


def _score(sheet: ScoreSheet, entries: dict[str, Entry], *, by: Session, at: datetime) -> None:
    rescored(sheet, frozen_set(sheet.group.set_version), entries)
    entered = [one for one in entries.values() if one.is_started]
    for entry in entered:
        entry.version, entry.updated_at, entry.updated_by = 1, at, by.user
        write_entry(entry)
    update_counts(sheet, act="edited", at=at, by=by)
    what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record("load_example", what, by=by, at=at, after={"items": len(entered)})
