"""What the council said of a published item: every opinion in the order in which it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: What results that were finalised before these facts were kept do not have.
_NOTHING: Mapping[str, Any] = {"body": "", "given": "", "illustration": "", "withheld": False}


def opinions_in_order(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those that grant the points of an item (``stands``) and those before them, the oldest first."""
    standing = [{**_NOTHING, **one, "stands": True} for one in item["granted"]]
    before = [{**_NOTHING, **one, "stands": False} for one in item.get("earlier", ())]
    return sorted([*before, *standing], key=lambda one: one.get("opinion", 0))


def place_of_last(item: Mapping[str, Any], said: Sequence[Mapping[str, Any]]) -> int:
    """The place in ``said`` of the one whose points count, which is the last of the highest level; -1 for none."""
    last = item["granted"][-1].get("opinion") if item["granted"] else None
    return max((at for at, one in enumerate(said) if one["stands"] and one.get("opinion") == last), default=-1)
