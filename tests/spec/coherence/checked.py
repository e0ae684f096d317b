"""Sets of one rule, and a check without what every small set would be told: no rules, no evidence, 0/0 open."""

from __future__ import annotations

from typing import Any

from tests.builders import criteria_set, node, rule

from parindex.domain.criteria.criteria_set import CriteriaSet, Measure
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


RATIO: dict[str, Any] = {"kind": "ratio", "of": "x", "to": "y"}


def of_rule(
    points: str = "2", *, year: int = 2024, measures: dict[str, Measure] | None = None, **data: Any
) -> CriteriaSet:
    """A set of one item with a rule."""
    more = {"measures": measures} if measures else {}
    return criteria_set(node("1", points, rule=rule(**data), evidence=("Báo cáo",)), year=year, **more)


def of_bands(*bands: dict[str, Any], **more: Any) -> tuple[Finding, ...]:
    """The findings on a rule with bands of a share."""
    return found_in(of_rule(kind="bands", **{"of": "x", "to": "y", **more}, bands=list(bands)))


def kinds(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.stated, one.found) for one in findings]
