"""The table of units: who is assessed, in which group, under which parent, ranked or not."""

from __future__ import annotations

from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.units import Unit

#: How a yes or a no is written in a data table; an empty cell is None.
YES_NO = {
    "yes": True, "y": True, "true": True, "1": True, "x": True, "có": True,
    "no": False, "n": False, "false": False, "0": False, "không": False,
}  # fmt: skip


def read_units_table(table: DataTable, criteria_set: CriteriaSet, problems: Problems) -> tuple[Unit, ...]:
    """The units in table order.

    Problems: ``unit_missing``, ``unit_twice``, ``unknown_group``, ``not_yes_no``, ``unknown_parent``,
    ``parent_circle``.
    """
    groups = [group.id for group in criteria_set.unit_groups]
    units: dict[str, Unit] = {}
    rows: dict[str, int] = {}
    for row in range(table.rows):
        name = table.text(row, "unit")
        if not name:
            problems.add("unit_missing", table.place(row, "unit"))
        elif name in units:
            problems.add("unit_twice", table.place(row, "unit"), unit=name, first=rows[name] + 1)
        else:
            units[name] = _unit(table, row, name, groups, problems)
            rows[name] = row
    for unit in units.values():
        if unit.parent is not None and unit.parent not in units:
            problems.add("unknown_parent", table.place(rows[unit.id], "parent"), unit=unit.id, parent=unit.parent)
        elif _is_circle(unit, units):
            problems.add("parent_circle", table.place(rows[unit.id], "parent"), unit=unit.id)
    return tuple(units.values())


def _unit(table: DataTable, row: int, name: str, groups: list[str], problems: Problems) -> Unit:
    group = table.text(row, "unit_group") or (groups[0] if len(groups) == 1 else "")
    if group and groups and group not in groups:
        problems.add("unknown_group", table.place(row, "unit_group"), group=group, known=groups)
    written = table.text(row, "ranked")
    ranked = YES_NO.get(written.lower()) if written else True
    if ranked is None:
        problems.add("not_yes_no", table.place(row, "ranked"), column="ranked", text=written)
    return Unit(name, table.text(row, "title") or name, group, table.text(row, "parent") or None, bool(ranked))


def _is_circle(unit: Unit, units: dict[str, Unit]) -> bool:
    """Whether the way up from ``unit`` comes back to it."""
    seen, above = {unit.id}, unit.parent
    while above is not None and above in units and above not in seen:
        seen.add(above)
        above = units[above].parent
    return above == unit.id
