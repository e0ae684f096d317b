"""The sheet with the yardstick of a group: every node with its maximum, source, clause and rule, as data."""

from __future__ import annotations

import json
from typing import Any

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.sheet_writer import Formats, line, written
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.publication.snapshot import FrozenGroup
from parindex.domain.values import number_text

_WIDTHS = (10, 60, 10, 18, 18, 18, 10, 40, 80)
_HEAD_ROW = 2


def write_yardstick(sheet: Any, group: FrozenGroup, formats: Formats) -> None:
    """Write the yardstick of a group."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    _, title, note = words.SHEETS["k"]
    sheet.write_string(0, 0, f"{title}: {line(group.criteria_set.title)}", formats.title)
    sheet.write_string(1, 0, note, formats.note)
    for at, head in enumerate(words.YARDSTICK_HEADS):
        sheet.write_string(_HEAD_ROW, at, head, formats.head)
    for row, node in enumerate(group.criteria_set.walk(), start=_HEAD_ROW + 1):
        for at, cell in enumerate(_cells(group.criteria_set, node)):
            sheet.write_string(row, at, written(cell), formats.paragraph)


def _cells(criteria_set: CriteriaSet, node: Node) -> tuple[str, ...]:
    parts = {part.id: part.title for part in criteria_set.parts}
    rule = node.rule
    clause = "" if rule is None else "; ".join(filter(None, (rule.clause, words.ASSUMED if rule.assumed else "")))
    return (
        node.code,
        node.title,
        "" if node.max_points is None else number_text(node.max_points).replace(".", ","),
        words.SOURCES[node.source] if node.source else "",
        parts.get(criteria_set.part_of(node), "") if node.is_item else "",
        words.OUTSIDE[node.outside] if node.outside else "",
        words.YES if node.bonus else "",
        clause,
        "" if rule is None else json.dumps(rule.data, ensure_ascii=False, default=str),
    )
