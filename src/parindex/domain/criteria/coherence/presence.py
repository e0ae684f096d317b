"""What an item needs before it can be scored (a rule, and the evidence demanded), and rules that stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place


def presence_findings(rows: Outline) -> Iterator[Finding]:
    """One finding a matter, with all its items: 113 items without a rule are one thing to do."""
    items = list(rows.items())
    without = [line for line in items if line.node.rule is None]
    unread = tuple(line.code for line in without if line.node.options)
    for finding in _aggregated("rule_missing", Severity.WARNING, without, items):
        yield replace(finding, facts={**finding.facts, "unread": unread}) if unread else finding
    groups = [line for line in rows.counted() if not line.is_item and not line.node.is_item]
    ruled = [line for line in groups if line.node.rule is not None]
    yield from _aggregated("rule_on_group", Severity.WARNING, ruled, groups)
    proposed = [line for line in items if line.node.rule is not None and line.node.rule.proposed]
    yield from _aggregated("rule_proposed", Severity.WARNING, proposed, items)
    assumed = [line for line in items if line.node.rule is not None and line.node.rule.assumed]
    yield from _aggregated("rule_assumed", Severity.NOTE, assumed, items)
    reported = [line for line in items if line.node.source in (None, Source.REPORT)]
    yield from _evidence(reported)


def _evidence(reported: list[Line]) -> Iterator[Finding]:
    """Items that demand no evidence; where none names a source, they cannot be called reported."""
    without = [line for line in reported if not line.node.evidence]
    for finding in _aggregated("evidence_missing", Severity.NOTE, without, reported):
        unsourced = all(line.node.source is None for line in reported)
        yield replace(finding, facts={**finding.facts, "unsourced": unsourced})


def _aggregated(kind: str, severity: Severity, lines: list[Line], of: list[Line]) -> Iterator[Finding]:
    if lines:
        facts = {
            "count": len(lines),
            "of": len(of),
            "codes": tuple(line.code for line in lines),
            "all": len(lines) == len(of),
        }
        code = lines[0].code if len(lines) == 1 else ""
        place = place_of(lines[0]) if len(lines) == 1 else Place(table=lines[0].node.place.table)
        yield Finding(kind, severity, place, code, None, str(len(lines)), facts)
