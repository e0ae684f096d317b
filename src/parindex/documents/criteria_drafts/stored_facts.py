"""Findings and problems as JSON, so that what a reader said of a paper stays with what was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place, Problem
from parindex.domain.values import number_text

_NUMBER, _PLACE = "#number", "#place"


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem as JSON data."""
    return {"kind": problem.kind, "place": problem.place.as_data(), "facts": _data(problem.facts)}


def problem_from_data(data: Mapping[str, Any]) -> Problem:
    """The problem again."""
    return Problem(data["kind"], Place(**data["place"]), _value(data["facts"]))


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON data."""
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "place": finding.place.as_data(),
        "code": finding.code,
        "stated": finding.stated,
        "found": finding.found,
        "facts": _data(finding.facts),
    }


def finding_from_data(data: Mapping[str, Any]) -> Finding:
    """The finding again."""
    return Finding(
        data["kind"],
        Severity(data["severity"]),
        Place(**data["place"]),
        data["code"],
        data["stated"],
        data["found"],
        _value(data["facts"]),
    )


def _data(value: Any) -> Any:
    if isinstance(value, Fraction):
        return {_NUMBER: number_text(value)}
    if isinstance(value, Place):
        return {_PLACE: value.as_data()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _data(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_data(one) for one in value]
    return value


def _value(data: Any) -> Any:
    if isinstance(data, dict):
        if _NUMBER in data:
            return Fraction(data[_NUMBER])
        if _PLACE in data:
            return Place(**data[_PLACE])
        return {key: _value(one) for key, one in data.items()}
    return [_value(one) for one in data] if isinstance(data, list) else data
