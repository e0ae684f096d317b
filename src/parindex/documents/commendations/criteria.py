"""The criteria for commendation that ship with parindex, read once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from parindex.documents.criteria_sets.yaml_text import read_yaml_file
from parindex.domain.publication.commendations import Criterion
from parindex.domain.values import parse_number

_DEMANDS = frozenset({"rank", "ranked", "grades", "rise", "area_share", "unanswered"})


@cache
def criteria() -> tuple[Criterion, ...]:
    """Those of ``data/commendations/criteria.yaml``, in their order."""
    with as_file(files("parindex") / "data" / "commendations" / "criteria.yaml") as path:
        read: Any = read_yaml_file(path).data
    return criteria_of(read["criteria"])


def criteria_of(rows: list[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Criteria from plain data; an unknown demand or the same id twice is a mistake in the file."""
    found = tuple(_criterion(one) for one in rows)
    if len({one.id for one in found}) < len(found):
        raise ValueError("the same criterion twice")
    return found


def _criterion(row: Mapping[str, Any]) -> Criterion:
    asked: Mapping[str, Any] = row["demands"]
    if unknown := set(asked) - _DEMANDS:
        raise ValueError(f"criterion {row['id']} demands {sorted(unknown)}")
    return Criterion(
        id=str(row["id"]),
        title=str(row["title"]),
        award=str(row["award"]),
        reason=str(row["reason"]),
        assumed=bool(row["assumed"]),
        rank=_whole(asked, "rank"),
        ranked=_whole(asked, "ranked") or 1,
        grades=tuple(str(one) for one in asked.get("grades", ())),
        rise=_exact(asked, "rise"),
        area_share=_exact(asked, "area_share"),
        unanswered=_whole(asked, "unanswered"),
    )


def _whole(asked: Mapping[str, Any], name: str) -> int | None:
    return int(asked[name]) if name in asked else None


def _exact(asked: Mapping[str, Any], name: str) -> Fraction | None:
    """A number as it is written: never a float on the way."""
    return parse_number(asked[name]) if name in asked else None
