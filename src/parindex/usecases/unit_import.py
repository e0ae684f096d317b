"""Units from a table: everything that it adds and changes, or nothing of it; each changed unit has its own record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from parindex.database.models import ScoreSheet, Unit
from parindex.documents.unit_tables.preview import Change, ChangeKind, Preview
from parindex.documents.unit_tables.rows import UnitRow
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.units import Decision
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.unit_rights import UnitRights
from parindex.usecases.units import decision_text, facts, locked_rows, store, work_handed_on


@transaction.atomic
def import_units(*, by: Session, at: datetime, preview: Preview[UnitRow], file: str, confirmed: bool = False) -> None:
    """Everything that a table adds and changes, or nothing of it; ``confirmed`` as in :func:`units.store`.

    Refused (``unit_table_outdated``) where somebody has changed units since the table was compared with them.
    """
    rows = locked_rows()
    changed = [one for one in preview.changes if one.kind is not ChangeKind.UNCHANGED]
    compared = [one.before for one in preview.changes if one.before is not None]
    if {repr(row) for row in rows} != {repr(row) for row in (*compared, *preview.untouched)}:
        raise Refusal("unit_table_outdated")
    problems = list(_not_managed(UnitRights(by, at), changed))
    if problems:
        raise InvalidInput(problems)
    logged = {(one.row.record.code, one.row.record.first) for one in changed}
    store(rows, [*preview.rows, *preview.untouched], by, at, confirmed=confirmed, logged=logged)
    _log(by, at, changed, {row.record.code for row in rows}, file)


def sheets_handed_on(preview: Preview[UnitRow]) -> list[ScoreSheet]:
    """The sheets in running cycles whose work a table would give to others."""
    before = [one.before for one in preview.changes if one.before is not None]
    return work_handed_on([*before, *preview.untouched], [*preview.rows, *preview.untouched])


def _log(by: Session, at: datetime, changed: list[Change[UnitRow]], known: set[str], file: str) -> None:
    """One record for each version of a unit that the table made or changed, and one for the table."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={one.row.record.code for one in changed})}
    for one in changed:
        unit = units[one.row.record.code]
        ends = one.row.ending != (one.before.ending if one.before else Decision()) and one.row.ending != Decision()
        audit_log.record(
            "close_unit" if ends else "change_unit" if unit.code in known else "create_unit",
            audit_log.target(unit, unit=unit), by=by, at=at, before=facts(one.before) if one.before else None,
            after=facts(one.row), reason=decision_text(one.row.ending if ends else one.row.decision),
        )  # fmt: skip
    after = {
        "file": file,
        "added": [one.row.record.code for one in changed if one.kind is ChangeKind.ADDED],
        "changed": [one.row.record.code for one in changed if one.kind is ChangeKind.CHANGED],
    }
    what = audit_log.Target("unit_table", file[:80], by.user.unit_id)
    audit_log.record("import_units", what, by=by, at=at, after=after)


def _not_managed(rights: UnitRights, changed: list[Change[UnitRow]]) -> Iterator[Problem]:
    """Rows about units, or below parents, that are not this person's to keep; new ones count by their parent."""
    founded: set[str] = set()
    for one in changed:
        record, before = one.row.record, one.before
        is_known = rights.knows(record.code)
        placed = (before is None or before.record.parent != record.parent) and record.parent not in founded
        if (is_known and refusal(rights.check_unit, record.code, record.first)) or (
            placed and refusal(rights.check_parent, record.parent, record.first)
        ):
            yield Problem("unit_not_managed", one.place, {"unit": record.code})
        elif not is_known:
            founded.add(record.code)
