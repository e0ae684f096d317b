"""Checked papers as JSON, so that what was found can be worded whenever, and in whichever language, it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parindex.documents.arithmetic.findings import CheckedPaper, Severity, StatementFinding, StatementKind, Sure
from parindex.documents.stored_facts import facts_data, facts_from_data
from parindex.domain.errors import Place


def checked_data(checked: CheckedPaper) -> dict[str, Any]:
    """A checked paper as JSON data."""
    return {
        "file": checked.file,
        "findings": [finding_data(one) for one in checked.findings],
        "checked": dict(checked.checked),
    }


def checked_from_data(data: Mapping[str, Any]) -> CheckedPaper:
    """The checked paper again."""
    found = tuple(finding_from_data(one) for one in data["findings"])
    return CheckedPaper(data["file"], found, dict(data["checked"]))


def finding_data(finding: StatementFinding) -> dict[str, Any]:
    """A finding as JSON data."""
    return {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "sure": finding.sure.value,
        "place": finding.place.as_data(),
        "text": finding.text,
        "stated": finding.stated,
        "found": finding.found,
        "why": finding.why,
        "facts": facts_data(finding.facts),
    }


def finding_from_data(data: Mapping[str, Any]) -> StatementFinding:
    """The finding again; tuples among its facts come back as lists."""
    return StatementFinding(
        StatementKind(data["kind"]),
        Severity(data["severity"]),
        Sure(data["sure"]),
        Place(**data["place"]),
        data["text"],
        data["stated"],
        data["found"],
        data["why"],
        facts_from_data(data["facts"]),
    )
