"""A check without the findings that every small set of a test would give: no rules, no evidence, no word on 0/0."""

from __future__ import annotations

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding
from parindex.domain.scoring.check import check

_ALWAYS = ("rule_missing", "evidence_missing", "nothing_arose_undeclared")


def found_in(made: CriteriaSet, **options: object) -> tuple[Finding, ...]:
    """What the check finds, without what is missing from every small set."""
    return tuple(finding for finding in check(made, **options) if finding.kind not in _ALWAYS)  # type: ignore[arg-type]


def only(made: CriteriaSet, **options: object) -> Finding:
    """The one finding of a set."""
    findings = found_in(made, **options)
    assert len(findings) == 1, [finding.kind for finding in findings]
    return findings[0]
