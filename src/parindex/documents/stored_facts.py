"""Problems, and the facts of findings, as JSON, so that what was said of a paper stays with what was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from parindex.domain.errors import Place, Problem
from parindex.domain.values import number_text

_NUMBER, _PLACE, _DAY = "#number", "#place", "#day"


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem as JSON data."""
    return {"kind": problem.kind, "place": problem.place.as_data(), "facts": facts_data(problem.facts)}


def problem_from_data(data: Mapping[str, Any]) -> Problem:
    """The problem again."""
    return Problem(data["kind"], Place(**data["place"]), facts_from_data(data["facts"]))


def facts_data(value: Any) -> Any:
    """Facts of any depth as JSON data: fractions, places and days are marked, so that they come back as such."""
    if isinstance(value, Fraction):
        return {_NUMBER: number_text(value)}
    if isinstance(value, Place):
        return {_PLACE: value.as_data()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): facts_data(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [facts_data(one) for one in value]
    return value


def facts_from_data(data: Any) -> Any:
    """The facts again; sets and tuples come back as lists."""
    if isinstance(data, dict):
        if _NUMBER in data:
            return Fraction(data[_NUMBER])
        if _PLACE in data:
            return Place(**data[_PLACE])
        if _DAY in data:
            return date.fromisoformat(data[_DAY])
        return {key: facts_from_data(one) for key, one in data.items()}
    return [facts_from_data(one) for one in data] if isinstance(data, list) else data
