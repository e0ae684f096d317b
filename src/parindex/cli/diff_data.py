"""``parindex diff`` for machines: JSON data and a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.criteria_sets.plain_values import plain
from parindex.documents.results.result_files import ResultTable, table
from parindex.domain.criteria.comparison import Pair, SetComparison, Side
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import Place


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two sets; ``paper`` and ``doubts`` are those that it was read with, where it is no YAML."""

    criteria_set: CriteriaSet
    paper: Place | None = None
    doubts: int = 0


def diff_data(old: Compared, new: Compared, compared: SetComparison) -> dict[str, Any]:
    """The comparison for machines."""
    return {
        "old": _set_data(old),
        "new": _set_data(new),
        "added": [_side(side) for side in compared.added],
        "gone": [_side(side) for side in compared.gone],
        "changed": [_pair(pair) for pair in compared.changed],
        "set": [{"what": one.name, "old": plain(one.old), "new": plain(one.new)} for one in compared.set_differences],
    }


def _set_data(one: Compared) -> dict[str, Any]:
    data: dict[str, Any] = {"id": one.criteria_set.id, "fingerprint": fingerprint(one.criteria_set)}
    return data if one.paper is None else data | {"paper": one.paper.as_data(), "doubts": one.doubts}


def _side(side: Side) -> dict[str, Any]:
    return {
        "code": side.node.code,
        "title": side.node.title,
        "level": side.level,
        "max_points": plain(side.node.max_points),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "code": {"old": pair.old.node.code, "new": pair.new.node.code},
        "title": {"old": pair.old.node.title, "new": pair.new.node.title},
        "moved": pair.moved,
        "renamed": pair.renamed,
        "differences": [
            {"what": one.aspect.value, "old": plain(one.old), "new": plain(one.new)} for one in pair.differences
        ],
    }


def _cell(value: Any) -> str | None:
    """A value in a cell: text and numbers as they are, anything else as JSON."""
    data = plain(value)
    return data if data is None or isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def diff_table(compared: SetComparison) -> ResultTable:
    """The comparison as a table, one row a difference."""
    rows: list[list[Any]] = [["added", None, side.node.code, side.node.title, None, None] for side in compared.added]
    rows.extend(["gone", side.node.code, None, side.node.title, None, None] for side in compared.gone)
    for pair in compared.changed:
        for one in pair.differences:
            values = (_cell(side) for side in (one.old, one.new))
            rows.append([one.aspect.value, pair.old.node.code, pair.new.node.code, pair.new.node.title, *values])
    return table("diff", ["what", "old_code", "new_code", "title", "old", "new"], rows)
