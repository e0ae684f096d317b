"""The difference of two publications as JSON, and back: what a correction changed, unit by unit, item by item."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from parindex.domain.publication.difference import ItemDifference, UnitDifference
from parindex.domain.publication.recomputation import UnitOutcome


def difference_json(units: Sequence[UnitDifference]) -> str:
    """``[{"group", "code", "name", "before": {…}, "after": {…}, "items": [{"code", "before", "after"}]}]``."""
    return json.dumps([asdict(one) for one in units], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_difference(text: str) -> tuple[UnitDifference, ...]:
    """What :func:`difference_json` wrote; nothing for "" (a first publication has no difference)."""
    return tuple(_unit(one) for one in json.loads(text)) if text else ()


def _unit(data: Mapping[str, Any]) -> UnitDifference:
    items = tuple(ItemDifference(one["code"], tuple(one["before"]), tuple(one["after"])) for one in data["items"])
    before, after = (None if data[side] is None else UnitOutcome(**data[side]) for side in ("before", "after"))
    return UnitDifference(data["group"], data["code"], data["name"], before, after, items)


def difference_digest(difference: str) -> str:
    """The SHA-256 of what a correction says differs, as the log keeps it; "" for the first publication."""
    return hashlib.sha256(difference.encode()).hexdigest() if difference else ""
