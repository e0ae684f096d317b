"""Bringing the rows of units, their paths, and the paths that others keep into line with what is known of units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from parindex.database.models import Cycle, ScoreSheet, SheetPart, Unit, UnitSuccession, UnitVersion
from parindex.database.queries.units import versions_on
from parindex.documents.unit_tables.rows import UnitRow
from parindex.domain.review.refusal import Refusal
from parindex.domain.units import Decision
from parindex.domain.units.paths import DatedPath, dated_paths
from parindex.usecases import audit_log
from parindex.usecases.actors import Session

_PATH = 500


def store_rows(rows: Sequence[UnitRow]) -> None:
    """Write what differs: new units, versions with their paths, successions that are settled. Nothing is said of rows
    that agree.
    """
    codes = {row.record.code for row in rows}
    units = {unit.code: unit for unit in Unit.objects.all()}
    Unit.objects.bulk_create([Unit(code=code) for code in sorted(codes - units.keys())])
    units = {unit.code: unit for unit in Unit.objects.all()}
    _store_versions(rows, units)
    _store_successions(rows, units)


def _store_versions(rows: Sequence[UnitRow], units: dict[str, Unit]) -> None:
    by_record = {id(row.record): row for row in rows}
    wanted: dict[tuple[int, Any], dict[str, Any]] = {}
    for one in dated_paths(row.record for row in rows):
        if len(one.path) > _PATH:
            raise Refusal("unit_path_too_long", unit=one.record.code)
        unit, parent = units[one.record.code], units[one.record.parent] if one.record.parent else None
        row = by_record[id(one.record)]
        ending = row.ending if one.last == one.record.valid_to else Decision()  # only where the unit itself ends
        wanted[unit.pk, one.first] = _fields(one, parent) | {
            "decision_number": row.decision.number, "decision_date": row.decision.date,
            "ended_number": ending.number, "ended_date": ending.date,
        }  # fmt: skip
    there = {(one.unit_id, one.valid_from): one for one in UnitVersion.objects.all()}
    gone = [one.pk for key, one in there.items() if key not in wanted]
    UnitVersion.objects.filter(pk__in=gone).delete()
    new = []
    for key, fields in wanted.items():
        version = there.get(key)
        if version is None:
            new.append(UnitVersion(unit_id=key[0], valid_from=key[1], **fields))
        elif any(getattr(version, name) != value for name, value in fields.items()):
            UnitVersion.objects.filter(pk=version.pk).update(**fields)
    UnitVersion.objects.bulk_create(new)


def _fields(one: DatedPath, parent: Unit | None) -> dict[str, Any]:
    record = one.record
    return {
        "name": record.name, "short_name": record.short_name, "kind": record.kind,
        "parent_id": parent.pk if parent else None, "path": one.path, "valid_to": one.last,
    }  # fmt: skip


def _store_successions(rows: Sequence[UnitRow], units: dict[str, Unit]) -> None:
    """What is no longer said of predecessors goes: the log keeps how it stood."""
    wanted = {(units[one.predecessor].pk, units[one.successor].pk) for row in rows for one in row.successions}
    stored = UnitSuccession.objects.values_list("pk", "predecessor", "successor")
    gone = [key for key, *pair in stored if tuple(pair) not in wanted]
    UnitSuccession.objects.filter(pk__in=gone).delete()
    for row in rows:
        for one in row.successions:
            if one.decision.date is None:  # the rules of the tree have refused it already
                raise Refusal("decision_incomplete")
            said = {
                "decision_number": one.decision.number,
                "decision_date": one.decision.date,
                "overlap": one.overlap,
                "takes_over": one.takes_over is not False,
            }
            UnitSuccession.objects.update_or_create(
                predecessor=units[one.predecessor],
                successor=units[one.successor],
                defaults=said,
            )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A table whose rows keep the path of a unit: their columns, and how a row names the cycle that it belongs to."""

    model: type[Model]
    unit: str
    path: str
    cycle: str


#: In the order in which everybody holds them: a sheet before its parts.
_KEPT = (
    _Kept(Cycle, "owner", "owner_path", "pk"),
    _Kept(ScoreSheet, "unit", "unit_path", "cycle"),
    _Kept(SheetPart, "lead_unit", "lead_path", "sheet__cycle"),
)


@dataclass(frozen=True, slots=True)
class _Move:
    """A row that stands elsewhere now."""

    cycle: int
    unit: int
    before: str
    after: str


@transaction.atomic
def bring_paths_up_to_date(*, by: Session | None, at: datetime) -> int:
    """Let cycles, sheets and parts stand where their units stand today: rights are comparisons of paths.

    After each change of units, and once a day for changes that were entered for a later day (``by`` None: the clock);
    how many were moved. The chain of each cycle tells which units moved in it. Names stay as they were when the cycle
    was opened.
    """
    today = dict(versions_on(localdate(at)).values_list("unit", "path"))
    moves = [move for kept in _KEPT for move in _moved(kept, today)]
    if moves:
        _log(moves, by, at)
    return len(moves)


def _moved(kept: _Kept, today: dict[int, str]) -> list[_Move]:
    """Move the rows of one table, held in the order of their keys."""
    table, unit = kept.model._default_manager, f"{kept.unit}_id"
    stored = table.order_by().values_list(unit, kept.path).distinct()
    moving = {one for one, path in stored if today.get(one, path) != path}
    if not moving:
        return []
    found = table.filter(**{f"{unit}__in": moving}).order_by("pk")
    list(found.select_for_update(no_key=True).values_list("pk", flat=True))
    rows = found.values_list(unit, kept.path, kept.cycle)
    moves = [_Move(cycle, one, before, today[one]) for one, before, cycle in rows if before != today[one]]
    for one, before in dict.fromkeys((move.unit, move.before) for move in moves):
        table.filter(**{unit: one, kept.path: before}).update(**{kept.path: today[one]})
    return moves


def _log(moves: Collection[_Move], by: Session | None, at: datetime) -> None:
    """One record for each cycle, with the places of its units before and after, by their codes."""
    cycles = {one.pk: one for one in Cycle.objects.filter(pk__in={move.cycle for move in moves})}
    codes = dict(Unit.objects.filter(pk__in={move.unit for move in moves}).values_list("pk", "code"))
    audit_log.hold_chains([None, *cycles] if by is not None else cycles)  # a person's own act is told in the former
    for key, cycle in sorted(cycles.items()):
        mine = sorted((codes[move.unit], move.before, move.after) for move in moves if move.cycle == key)
        audit_log.record(
            "follow_units", audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at,
            before={"places": {code: before for code, before, _ in mine}},
            after={"places": {code: after for code, _, after in mine}},
        )  # fmt: skip
