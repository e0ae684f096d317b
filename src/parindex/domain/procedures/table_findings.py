"""Findings on a unit of a printed evaluation table: where they stand, and the figures in them as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedUnit, UnitGroup
from parindex.domain.values import number_text

#: The column that a finding is about, where it is always the same one.
_COLUMN_OF = {
    "evaluation_total": "total",
    "evaluation_grade": "grade",
    "evaluation_order": "total",
    "evaluation_rank": "rank",
    "evaluation_number": "number",
    "evaluation_unit_repeated": "unit",
}


def on_unit(kind: str, unit: PrintedUnit, stated: object, found: object, /, **facts: Any) -> Finding:
    """A finding at the cell of the figure that it is about, an error unless ``severity`` says otherwise."""
    severity = facts.pop("severity", Severity.ERROR)
    cell = unit.cells.get(facts.get("column") or _COLUMN_OF[kind]) or unit.place.cell
    place = replace(unit.place, code=unit.code or None, cell=cell)
    return Finding(kind, severity, place, unit.code, _text(stated), _text(found), {"unit": unit.title, **facts})


def units_of(table: EvaluationTable, group: int | None) -> tuple[PrintedUnit, ...]:
    """The units of a group, or (None) of the whole table."""
    return table.units if group is None else table.groups[group].units


def repeated(group: UnitGroup) -> Iterator[tuple[PrintedUnit, PrintedUnit]]:
    """The units that stand in the group already, by their name: each with the first one of that name."""
    seen: dict[str, PrintedUnit] = {}
    for unit in group.units:
        name = " ".join(unit.title.casefold().split())
        first = seen.setdefault(name, unit)
        if name and first is not unit:
            yield unit, first


def _text(value: object) -> str | None:
    if isinstance(value, Fraction):
        return number_text(value)
    return None if value is None else str(value)
