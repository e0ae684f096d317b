"""Units: founded, renamed, moved, closed and succeeded on a day, now, earlier or in the future.

Every act takes all units as they are known, changes them, and asks the rules of the dated tree whether the whole still
holds; then rows and paths are brought into line. What contradicts itself is refused with every contradiction at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from parindex.database.mapping.units import stored_units
from parindex.database.models import ScoreSheet, Unit, UnitVersion
from parindex.database.queries.ended_units import running_sheets
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.successions import said_of, settled, without_predecessors
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.refusal import Refusal
from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.check import check_units
from parindex.domain.units.endings import check_endings, handed_on
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.unit_rights import UnitRights
from parindex.usecases.unit_rows import bring_paths_up_to_date, store_rows


@dataclass(frozen=True, slots=True)
class UnitData:
    """What a version of a unit says; ``parent`` is a code, None for a root."""

    name: str
    short_name: str = ""
    kind: str = ""
    parent: str | None = None


@transaction.atomic
def create_unit(*, by: Session, at: datetime, code: str, data: UnitData, first: date, decision: Decision) -> Unit:
    """A unit that begins on ``first``."""
    rows, rights = locked_rows(), UnitRights(by, at)
    _check_parent(rights, data.parent, first)
    if any(row.record.code.lower() == code.lower() for row in rows):
        raise Refusal("unit_code_taken", unit=code)
    new = UnitRow(_record(code, data, first, None), decision)
    store(rows, [*rows, new], by, at)
    return log_change("create_unit", by, at, code, None, new)


def unit_texts(code: str) -> dict[str, str]:
    """What the forms of a unit show: every version of it by its first day, since each may be what they change."""
    versions = UnitVersion.objects.filter(unit__code=code).order_by("valid_from").select_related("parent")
    return {str(one.valid_from): "\n".join(_version_texts(one)) for one in versions}


def _version_texts(one: UnitVersion) -> tuple[str, ...]:
    above = one.parent.code if one.parent is not None else ""
    return one.name, one.short_name, one.kind, above, str(one.valid_to), one.ended_number, str(one.ended_date)


@transaction.atomic
def change_unit(
    *, by: Session, at: datetime, code: str, data: UnitData, first: date, decision: Decision, seen: str | None = None
) -> Unit:
    """Another name, kind or parent from ``first`` on; the version before ends the day before.

    From the first day of a version it is that version that is corrected.
    """
    rows, rights = locked_rows(), UnitRights(by, at)
    require_as_read(unit_texts(code), seen)
    before = _holding(rows, code, first)
    rights.check_unit(code, first)
    if data.parent != before.record.parent:
        _check_parent(rights, data.parent, first)
    if not decision.is_complete and rights.is_other_owner(code):
        raise Refusal("decision_incomplete")
    after = replace(before, record=_record(code, data, first, before.record.valid_to), decision=decision)
    if first != before.record.first:  # another name succeeds nobody
        after = replace(without_predecessors(after, after.predecessors), overlap="")
    store(rows, _replaced(rows, before, after), by, at)
    return log_change("change_unit", by, at, code, before, after)


@transaction.atomic
def close_unit(
    *, by: Session, at: datetime, code: str, last: date, decision: Decision, confirmed: bool = False,
    said: Mapping[str, bool] | None = None,
) -> Unit:  # fmt: skip
    """A unit that ends with ``last``; what stood below it must have gone elsewhere by then.

    ``said``: of the successors that it has, by code, whether they take its place or had been given a part; of the
    others the days decide. Refused (``unit_changes_later``) where something of it was changed for a later day: that
    would be lost.
    """
    rows = locked_rows()
    before = _holding(rows, code, last)
    UnitRights(by, at).check_unit(code, last)
    if not decision.is_complete:
        raise Refusal("decision_incomplete")
    _refuse_later(rows, code, last)
    after = replace(before, record=replace(before.record, valid_to=last), ending=decision)
    rights = UnitRights(by, at)
    changed = [after if row is before else told(row, code, said or {}, rights) for row in rows]
    store(rows, changed, by, at, confirmed=confirmed)
    return log_change("close_unit", by, at, code, before, after, decision_text(decision))


def told(row: UnitRow, code: str, said: Mapping[str, bool], rights: UnitRights) -> UnitRow:
    """``row`` with what is said of its succession to the unit ``code``."""
    taken = said.get(row.record.code)
    if taken is None or code not in row.predecessors:
        return row
    rights.check_unit(row.record.code, row.record.first)
    return said_of(row, code, taken=taken)


@transaction.atomic
def succeed_units(
    *,
    by: Session,
    at: datetime,
    predecessors: Sequence[str],
    successor: str,
    data: UnitData | None,
    first: date,
    decision: Decision,
    overlap: str = "",
    keep: bool = False,
    confirmed: bool = False,
) -> Unit:
    """``successor`` takes over from ``predecessors`` on ``first``, by the decision that says so.

    ``data`` founds the successor; None: it exists. Predecessors that still hold end the day before, unless
    they are to ``keep`` on, or had ended: then only a part of their work is given. ``overlap`` is the reason why
    predecessor and successor both hold for a time. A predecessor that is named again follows by what is said now.
    """
    rows = before = locked_rows()
    rights = UnitRights(by, at)
    if not decision.is_complete:
        raise Refusal("decision_incomplete")
    if not predecessors:
        raise Refusal("predecessors_missing")
    last = first - _DAY
    for code in filter(rights.knows, predecessors):
        rights.check_unit(code, last)
        if not keep:
            _refuse_later(rows, code, last)
    if data is not None:
        _check_parent(rights, data.parent, first)
        if any(code.lower() == successor.lower() for code in {row.record.code for row in rows}):
            raise Refusal("unit_code_taken", unit=successor)
        rows = [*rows, UnitRow(_record(successor, data, first, None), decision)]
    else:
        rights.check_unit(successor, first)
    was = _holding(rows, successor, first)
    rows = [without_predecessors(row, predecessors) if row.record.code == successor else row for row in rows]
    held = _holding(rows, successor, first)
    after = _following(held, predecessors, first, keep=keep)
    rows = _replaced(rows, held, replace(after, decision=decision, overlap=overlap))
    ending = [row for row in rows if not keep and row.record.code in predecessors and row.record.holds_on(first)]
    changed = [_ended(row, last, decision) if row in ending else row for row in rows]
    rows = store(before, changed, by, at, confirmed=confirmed, logged={(successor, first)})
    for row in ending:
        log_change("close_unit", by, at, row.record.code, row, _ended(row, last, decision), decision_text(decision))
    made = next(row for row in rows if (row.record.code, row.record.first) == (successor, first))
    return log_change("succeed_unit", by, at, successor, was if data is None else None, made, decision_text(decision))


def _following(held: UnitRow, predecessors: Sequence[str], first: date, *, keep: bool) -> UnitRow:
    """The version of a successor from ``first`` on, with what it follows besides if it is the same version."""
    if held.record.first != first:
        held = without_predecessors(held, held.predecessors)
    record = replace(held.record, valid_from=first)
    after = replace(held, record=record, predecessors=tuple(dict.fromkeys([*held.predecessors, *predecessors])))
    for code in predecessors if keep else ():
        after = said_of(after, code, taken=False)
    return after


@transaction.atomic
def log_unit_export(*, by: Session, at: datetime, rows: int) -> None:
    """That the table of units was taken."""
    what = audit_log.Target("unit_table", "", by.user.unit_id)
    audit_log.record("export_units", what, by=by, at=at, after={"rows": rows})


# --- how ------------------------------------------------------------------------------------------------------------


def locked_rows() -> list[UnitRow]:
    """All units, locked: a change of the tree is checked against the whole of it.

    Without their keys: the log, whose head another act may hold, points at units.
    """
    list(Unit.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return stored_units()


def _record(code: str, data: UnitData, first: date, last: date | None) -> UnitRecord:
    return UnitRecord(code, data.name, data.short_name, data.kind, data.parent or None, first, last)


def _holding(rows: Sequence[UnitRow], code: str, day: date) -> UnitRow:
    found = next((row for row in rows if row.record.code == code and row.record.holds_on(day)), None)
    if found is None:
        raise Refusal("unit_not_valid_on", unit=code, day=day)
    return found


def _replaced(rows: Sequence[UnitRow], before: UnitRow, after: UnitRow) -> list[UnitRow]:
    """``after`` from its first day on; what held before goes on until the day before."""
    first = after.record.first
    if before.record.first == first:
        return [after if row is before else row for row in rows]
    ended = _ended(before, first - timedelta(days=1))
    return [one for row in rows for one in ((ended, after) if row is before else (row,))]


def _ended(row: UnitRow, last: date, ending: Decision | None = None) -> UnitRow:
    """``row`` until ``last``; ``ending`` is the decision where the unit itself ends, not only this version of it."""
    if not row.record.holds_on(last + _DAY):
        return row
    return replace(row, record=replace(row.record, valid_to=last), ending=ending or Decision())


_DAY = timedelta(days=1)


def store(
    before: Sequence[UnitRow], after: Sequence[UnitRow], by: Session, at: datetime, *, confirmed: bool = False,
    logged: Collection[tuple[str, date]] = (),
) -> list[UnitRow]:  # fmt: skip
    """Write ``after`` in the place of ``before``, settled; refused with every contradiction that it would bring.
    ``logged``: the versions, by code and first day, of which the caller writes the record.

    Whatever the way of a change, form or table: a unit ends by a decision, and where the work of a unit goes to others
    while sheets of it are in running cycles, that is ``confirmed`` (``work_handed_on``).
    """
    known = _problems(before)
    problems = [one for one in _problems(after) if one not in known]
    problems += check_endings([row.version for row in before], [row.version for row in after])
    if problems:
        raise InvalidInput(problems)
    running = [] if confirmed else work_handed_on(before, after)
    if running:
        raise Refusal("work_handed_on", sheets=tuple(running))
    stored = settled(after)
    store_rows(stored)
    bring_paths_up_to_date(by=by, at=at)
    was = {(row.record.code, row.record.first): row for row in before}
    for row in stored:
        key = row.record.code, row.record.first
        if key in was and key not in logged and _follows_as(was[key]) != _follows_as(row):
            log_change("settle_succession", by, at, row.record.code, was[key], row)
    return stored


def _follows_as(row: UnitRow) -> tuple[tuple[str, ...], ...]:
    """Whom a version follows, and how."""
    return row.predecessors, row.replaced, row.parted


def work_handed_on(before: Sequence[UnitRow], after: Sequence[UnitRow]) -> list[ScoreSheet]:
    """The sheets in running cycles whose work a change of units gives to others, or gives back; two queries."""
    codes = handed_on(*((_records(rows), _successions(rows)) for rows in (settled(before), settled(after))))
    return running_sheets(codes) if codes else []


def _records(rows: Sequence[UnitRow]) -> list[UnitRecord]:
    return [row.record for row in rows]


def _successions(rows: Sequence[UnitRow]) -> list[Succession]:
    return [one for row in rows for one in row.successions]


def _problems(rows: Sequence[UnitRow]) -> list[Problem]:
    return check_units(_records(rows), _successions(rows))


def _check_parent(rights: UnitRights, parent: str | None, day: date) -> None:
    """Below whom a unit may be put; a root only by who keeps every unit."""
    if parent and not rights.knows(parent):
        raise Refusal("unit_not_valid_on", unit=parent, day=day)
    rights.check_parent(parent or None, day)


def _refuse_later(rows: Sequence[UnitRow], code: str, last: date) -> None:
    """Nothing of a unit that ends with ``last`` was changed for a later day: that would be lost."""
    later = [row.record for row in rows if row.record.code == code and row.record.first > last]
    if later:
        first = min(later, key=lambda one: one.first)
        raise Refusal("unit_changes_later", unit=code, day=first.first, name=first.name)


def decision_text(decision: Decision) -> str:
    """Number and date, as the reason of a change."""
    return f"{decision.number}, {decision.date:%d/%m/%Y}" if decision.date else decision.number


def log_change(
    action: str, by: Session, at: datetime, code: str, before: UnitRow | None, after: UnitRow, reason: str = ""
) -> Unit:
    """The record of a version of a unit that was made or changed."""
    unit = Unit.objects.get(code=code)
    audit_log.record(
        action, audit_log.target(unit, unit=unit), by=by, at=at, before=facts(before) if before else None,
        after=facts(after), reason=reason or decision_text(after.decision),
    )  # fmt: skip
    return unit


def facts(row: UnitRow) -> dict[str, object]:
    """A version of a unit as the log keeps it."""
    return {
        **asdict(row.record), "decision": decision_text(row.decision), "predecessors": list(row.predecessors),
        "replaced": list(row.replaced), "parted": [one for one in row.predecessors if one not in row.replaced],
        "overlap": row.overlap, "ending": decision_text(row.ending),
    }  # fmt: skip
