"""Findings about the rules of items: what they can give at best, and whether their bands cover every value once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from parindex.domain.criteria.coherence.bands import BandFault, band_faults
from parindex.domain.criteria.coherence.best_points import best_points, choices, quantity
from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import InvalidValue
from parindex.domain.values import number_text

#: Keys of rule data that hold rules.
_INNER = ("parts", "alternatives")


def rule_findings(criteria_set: CriteriaSet, rows: Outline) -> Iterator[Finding]:
    """What is wrong with each rule by itself, item by item."""
    for line in rows.items():
        rule = line.node.rule
        if rule is None:
            continue
        try:
            yield from [*_best(criteria_set, line, rule.data), *_bands(criteria_set, line, rule.data)]
        except InvalidValue as error:
            facts = {"title": line.node.title, "text": error.facts.get("text")}
            yield Finding("rule_unreadable", Severity.ERROR, place_of(line), line.code, str(facts["text"]), None, facts)


def _best(criteria_set: CriteriaSet, line: Line, data: Mapping[str, Any]) -> Iterator[Finding]:
    maximum = line.node.max_points
    if not maximum or maximum < 0:
        return
    best = best_points(data, maximum, criteria_set.year)
    if best is not None and best != maximum:
        kind = "best_option_above_max" if best > maximum else "best_option_below_max"
        facts = {"title": line.node.title, "maximum": maximum, "best": best, "options": line.node.options}
        yield Finding(kind, Severity.ERROR, place_of(line), line.code, number_text(maximum), number_text(best), facts)


def _bands(criteria_set: CriteriaSet, line: Line, data: Mapping[str, Any]) -> Iterator[Finding]:
    for inner in _rules_in(data):
        if inner.get("kind") == "bands":
            for fault in band_faults(inner, criteria_set.year, criteria_set.measures):
                if "of" in inner or not fault.outer:
                    yield _band_finding(line, inner, fault)


def _rules_in(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rule and every rule inside it; one in a band without ``of`` sees no other values than those of the band."""
    yield data
    for key in _INNER:
        for part in choices(data.get(key)):
            yield from _rules_in(part)
    for band in choices(data.get("bands")):
        if isinstance(band.get("rule"), Mapping):
            yield from _rules_in(band["rule"])


def _band_finding(line: Line, data: Mapping[str, Any], fault: BandFault) -> Finding:
    facts = {
        "title": line.node.title,
        "low": fault.low,
        "high": fault.high,
        "is_share": "to" in quantity(data),
        "twice": fault.twice,
        "outer": fault.outer,
    }
    severity = Severity.WARNING if fault.kind == "bands_gap" and fault.outer else Severity.ERROR
    low = None if fault.low is None else number_text(fault.low)
    high = None if fault.high is None else number_text(fault.high)
    return Finding(fault.kind, severity, place_of(line), line.code, low, high, facts)
