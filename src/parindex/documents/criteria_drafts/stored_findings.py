"""Findings as JSON, so that what a reader said of a paper stays with what was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parindex.documents.stored_facts import facts_data, facts_from_data
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON data."""
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "place": finding.place.as_data(),
        "code": finding.code,
        "stated": finding.stated,
        "found": finding.found,
        "facts": facts_data(finding.facts),
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
        facts_from_data(data["facts"]),
    )
