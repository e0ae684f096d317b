"""Results that ``parindex score`` has written as JSON, read back so that they can be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from parindex.documents.readers import limits
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import ItemResult, PointsOfMaximum, UnitResult
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.units import Unit
from parindex.domain.values import parse_number

FORMAT = "parindex/result/1"
_MAX_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A result as it was written: the units with everything that was computed of them.

    ``criteria_set`` holds the nodes with their titles and nothing else of the set.
    """

    criteria_set: CriteriaSet
    fingerprint: str
    results: tuple[UnitResult, ...]
    items: Mapping[str, Node]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units in the order of the file."""
        return tuple(one.unit for one in self.results)

    def unit(self, row: int) -> UnitResult:
        """Everything of one unit."""
        return self.results[row]


def load_result(path: Path) -> StoredResult:
    """The result in a JSON file.

    Raises :class:`InvalidInput`: ``result_format_unknown`` for anything that ``score`` did not write.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise limits.refused(path, "file_too_large", bytes=path.stat().st_size, limit=_MAX_BYTES)
    try:
        data = json.loads(path.read_text("utf-8-sig"))
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError(FORMAT)
        return _result(data)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidValue, RecursionError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise limits.refused(path, "result_format_unknown") from None


def _result(data: Mapping[str, Any]) -> StoredResult:
    described = data["set"]
    nodes = [Node(one["code"], one["title"], _number(one["max_points"])) for one in described["nodes"]]
    items = {node.code: node for node, one in zip(nodes, described["nodes"], strict=True) if one["item"] is True}
    made = CriteriaSet(described["id"], described["title"], described["year"], "", tuple(nodes))
    return StoredResult(made, described["fingerprint"], tuple(_unit(one) for one in data["units"]), items)


def _unit(data: Mapping[str, Any]) -> UnitResult:
    return UnitResult(
        unit=Unit(data["unit"], data["title"], data["unit_group"], group_title=data.get("unit_group_title", "")),
        points=_number(_either(data, "points")) or Fraction(0),  # null: nothing was reported
        max_points=_exact(_either(data, "max_points")),
        index=_number(_either(data, "index")),
        grade=data["grade"],
        rank=data["rank"],
        provisional=data["provisional"] is True,
        bonus=_exact(_either(data, "bonus")),
        penalty=_exact(_either(data, "penalty")),
        parts={one["part"]: _of(one) for one in data["parts"]},
        nodes={one["code"]: _of(one) for one in (*data["areas"], *data["criteria"])},
        items={one["item"]: _item(one) for one in data["items"]},
        totals={name: _exact(value) for name, value in (data["totals"] | data.get("totals_exact", {})).items()},
    )


def _of(data: Mapping[str, Any]) -> PointsOfMaximum:
    return PointsOfMaximum(_exact(_either(data, "points")), _exact(_either(data, "max_points")))


def _item(data: Mapping[str, Any]) -> ItemResult:
    state, origin = ItemState[data["state"].upper()], Origin[data["origin"].upper()]
    return ItemResult(state, origin, _exact(_either(data, "points")), _number(_either(data, "rule_points")))


def _either(data: Mapping[str, Any], name: str) -> object:
    """The exact value where the decimal is cut."""
    return data.get(f"{name}_exact") or data[name]


def _number(text: object) -> Fraction | None:
    return None if text is None else parse_number(text)


def _exact(text: object) -> Fraction:
    return parse_number(text)
