"""Bringing the rows of units, their paths, and the paths that others keep into line with what is known of units."""

from __future__ import annotations

from collections.abc import Sequence
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

_PATH = 500


def store_rows(rows: Sequence[UnitRow]) -> None:
    """Write what differs: new units, versions with their paths, successions. Nothing is said of rows that agree."""
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
    for row in rows:
        for one in row.successions:
            if one.decision.date is None:  # the rules of the tree have refused it already
                raise Refusal("decision_incomplete")
            UnitSuccession.objects.update_or_create(
                predecessor=units[one.predecessor],
                successor=units[one.successor],
                defaults={
                    "decision_number": one.decision.number,
                    "decision_date": one.decision.date,
                    "overlap": one.overlap,
                },
            )


@transaction.atomic
def bring_paths_up_to_date(*, at: datetime) -> int:
    """Let cycles, sheets and parts stand where their units stand today: rights are comparisons of paths.

    After each change of units, and once a day for changes that were entered for a later day; how many were moved.
    Names stay as they were when the cycle was opened.
    """
    today = dict(versions_on(localdate(at)).values_list("unit", "path"))
    moved = 0
    kept: tuple[tuple[type[Model], str, str], ...] = (
        (ScoreSheet, "unit", "unit_path"), (SheetPart, "lead_unit", "lead_path"), (Cycle, "owner", "owner_path")
    )  # fmt: skip
    for model, unit, path in kept:
        rows = model._default_manager.order_by().values_list(f"{unit}_id", path).distinct()
        for unit_id, stored in list(rows):
            here = today.get(unit_id, stored)
            if here != stored:
                moved += model._default_manager.filter(**{unit: unit_id, path: stored}).update(**{path: here})
    return moved
