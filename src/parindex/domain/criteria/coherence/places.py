"""Where a finding stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parindex.domain.criteria.coherence.outline import Line
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place

_SEVERITY_ORDER = {severity: order for order, severity in enumerate(Severity)}


def place_of(line: Line) -> Place:
    """The place of a row, with the code that is printed there."""
    return replace(line.node.place, code=line.node.code)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, then notes; each in the order in which they were found."""
    return tuple(sorted(findings, key=lambda finding: _SEVERITY_ORDER[finding.severity]))
