"""The table of who appraises what: read, checked against the council, and compared with the lines that there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parindex.documents.appraisal_tables.rows import AppraisalRow
from parindex.documents.cycles.table_files import Layout
from parindex.documents.unit_tables.preview import Change, ChangeKind, Preview, preview
from parindex.documents.unit_tables.source import SourceRows, read_source

#: Official heads, in the order in which the table is written.
HEADS = {"level": "Cấp", "member": "Thành viên", "item": "Mục", "unit_group": "Nhóm", "unit": "Đơn vị"}
LAYOUT = Layout(
    "appraisal_assignments", required=("member",), optional=("level", "item", "unit_group", "unit"),
    heads={
        "cấp": "level", "cấp_thẩm_định": "level", "thành_viên": "member", "người": "member",
        "người_thẩm_định": "member",
        "tên_đăng_nhập": "member", "username": "member", "appraiser": "member", "mục": "item", "mã_mục": "item",
        "tiêu_chí": "item", "node": "item", "lĩnh_vực": "item", "nhóm": "unit_group", "nhóm_đơn_vị": "unit_group",
        "group": "unit_group", "đơn_vị": "unit", "mã_đơn_vị": "unit",
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What a table may name: levels, members (username by what is typed, folded), nodes, codes of groups and of units
    by what is typed, folded.
    """

    levels: Collection[str]
    members: Mapping[str, str]
    nodes: Collection[str]
    groups: Mapping[str, str]
    units: Mapping[str, str]


def read_appraisal_assignments(path: Path, existing: Sequence[AppraisalRow], known: Known) -> Preview[AppraisalRow]:
    """The lines of a table beside those that there are; what is not in the table stays.

    Without a level the first one is meant. Raises :class:`~parindex.domain.errors.InvalidInput` with every problem.
    """
    source = read_source(path, LAYOUT)
    there = {_key(row): row for row in existing}
    seen: dict[tuple[str, ...], int] = {}
    changes: list[Change[AppraisalRow]] = []
    for at in range(source.count):
        row = _row(source, at, known)
        if row is None:
            continue
        if _key(row) in seen:
            source.add("appraisal_line_twice", at, "member", first=source.line(seen[_key(row)]))
            continue
        seen[_key(row)] = at
        before = there.get(_key(row))
        kind = ChangeKind.ADDED if before is None else ChangeKind.UNCHANGED
        changes.append(Change(kind, row, before, source.place(at)))
    source.refuse()
    return preview(changes, existing, source.notes)


def _key(row: AppraisalRow) -> tuple[str, ...]:
    return (row.level, row.member, row.node, row.group, row.unit)


def _row(source: SourceRows, at: int, known: Known) -> AppraisalRow | None:
    """One line; None where something is wrong with it."""
    wrong = len(source.problems)
    source.require(at, "member")
    level = source.text(at, "level") or min(known.levels, default="1", key=int)
    if level not in known.levels:
        source.add("appraisal_level_unknown", at, "level")
    member = known.members.get(source.text(at, "member").casefold(), "")
    if source.text(at, "member") and not member:
        source.add("appraisal_member_unknown", at, "member")
    node = source.text(at, "item").rstrip(".")
    if node and node not in known.nodes:
        source.add("appraisal_item_unknown", at, "item")
    group, unit = (
        _code(source, at, column, codes) for column, codes in (("unit_group", known.groups), ("unit", known.units))
    )
    if len(source.problems) > wrong:
        return None
    return AppraisalRow(level, member, node, group, unit, source.text(at, "member"))


def _code(source: SourceRows, at: int, column: str, codes: Mapping[str, str]) -> str:
    typed = source.text(at, column)
    if typed and typed.casefold() not in codes:
        source.add("appraisal_group_unknown" if column == "unit_group" else "appraisal_unit_unknown", at, column)
    return codes.get(typed.casefold(), "")
