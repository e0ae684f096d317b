"""What was recorded wrongly of the end of a unit is put right: the day, the decision, who took its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from parindex.database.models import Unit
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.successions import without_predecessors
from parindex.domain.review.refusal import Refusal
from parindex.domain.units import Decision
from parindex.usecases.actors import Session
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.unit_rights import UnitRights
from parindex.usecases.units import decision_text, locked_rows, log_change, store, told, unit_texts
from parindex.usecases.written_texts import reason_of


@transaction.atomic
def correct_ending(
    *,
    by: Session,
    at: datetime,
    code: str,
    last: date | None,
    decision: Decision,
    reason: str,
    taken_back: Collection[str] = (),
    said: Mapping[str, bool] | None = None,
    confirmed: bool = False,
    seen: str | None = None,
) -> Unit:
    """Another last day of a unit that was recorded as ended, or none: it goes on as if it had not ended.

    ``decision`` is the one that ends it, or that says it goes on; ``reason`` what was wrong. ``taken_back``: the
    successors, by code, that have not followed it after all; each has a record of its own. ``said`` of the others as
    :func:`~parindex.usecases.units.close_unit` takes it. Of a unit that goes on it only stays who was given a part:
    who takes its place is said, or decided by the days, when it ends again.
    """
    rows, rights = locked_rows(), UnitRights(by, at)
    require_as_read(unit_texts(code), seen)
    before = _last_version(rows, code)
    ended = before.record.valid_to
    if ended is None:
        raise Refusal("unit_not_ended")
    for day in {ended, last or ended}:
        rights.check_unit(code, day)
    if not decision.is_complete:
        raise Refusal("decision_incomplete")
    why = f"{reason_of(reason)} ({decision_text(decision)})"
    after = replace(
        before, record=replace(before.record, valid_to=last), ending=decision if last is not None else Decision()
    )
    freed = {
        number: without_predecessors(row, [code]) for number, row in enumerate(rows) if _follows(row, code, taken_back)
    }
    for number in freed:
        rights.check_unit(rows[number].record.code, rows[number].record.first)
    changed = [
        after if row is before else freed.get(number) or told(row, code, said or {}, rights)
        for number, row in enumerate(rows)
    ]  # fmt: skip
    logged = {(rows[number].record.code, rows[number].record.first) for number in freed}
    store(rows, changed, by, at, confirmed=confirmed, logged=logged)
    for number, row in freed.items():
        log_change("take_back_succession", by, at, row.record.code, rows[number], row, why)
    return log_change("correct_ending", by, at, code, before, after, why)


def _last_version(rows: Collection[UnitRow], code: str) -> UnitRow:
    return max((row for row in rows if row.record.code == code), key=lambda one: one.record.first)


def _follows(row: UnitRow, code: str, successors: Collection[str]) -> bool:
    return row.record.code in successors and code in row.predecessors
