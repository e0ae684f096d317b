"""What an item needs before it can be scored: a rule, the evidence demanded, measures that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.criteria_set import CriteriaSet, Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place

#: Keys of rule data that hold a term or a list of terms.
_TERM_KEYS = ("of", "to", "nothing_when", "classes")


def presence_findings(criteria_set: CriteriaSet, rows: Outline, *, measures_known: bool) -> Iterator[Finding]:
    """One finding a matter, with all its items: 113 items without a rule are one thing to do."""
    items = list(rows.items())
    without = [line for line in items if line.node.rule is None]
    yield from _aggregated("rule_missing", Severity.WARNING, without, items)
    proposed = [line for line in items if line.node.rule is not None and line.node.rule.proposed]
    yield from _aggregated("rule_proposed", Severity.WARNING, proposed, items)
    assumed = [line for line in items if line.node.rule is not None and line.node.rule.assumed]
    yield from _aggregated("rule_assumed", Severity.NOTE, assumed, items)
    reported = [line for line in items if line.node.source in (None, Source.REPORT)]
    yield from _aggregated(
        "evidence_missing", Severity.NOTE, [one for one in reported if not one.node.evidence], reported
    )
    if measures_known:
        yield from _measures(criteria_set, rows)


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


# --- measures ------------------------------------------------------------------------------------------------------


def _measures(criteria_set: CriteriaSet, rows: Outline) -> Iterator[Finding]:
    used = {measure for identity in criteria_set.identities for measure in (*identity.left, *identity.right)}
    for line in rows.items():
        if line.node.rule is None:
            continue
        named = list(dict.fromkeys(measures_of(line.node.rule.data)))
        used.update(named)
        for measure in named:
            if measure not in criteria_set.measures:
                facts = {"measure": measure, "title": line.node.title, "near": _near(measure, criteria_set.measures)}
                yield Finding("unknown_measure", Severity.ERROR, place_of(line), line.code, measure, None, facts)
    unused = [measure for measure in criteria_set.measures if measure not in used]
    if unused:
        listed: dict[str, Any] = {"count": len(unused), "measures": tuple(unused)}
        yield Finding("unused_measure", Severity.NOTE, Place(), "", None, str(len(unused)), listed)


def measures_of(data: Mapping[str, Any]) -> Iterator[str]:
    """The measures that a rule names, in the order of its data, with those of the rules inside it."""
    for key, value in data.items():
        if key in _TERM_KEYS:
            yield from _terms(value)
        elif isinstance(value, Mapping):
            yield from measures_of(value)
        elif isinstance(value, list | tuple):
            for one in value:
                if isinstance(one, Mapping):
                    yield from measures_of(one)


def _terms(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        if "measure" in value:
            yield str(value["measure"])
        else:
            yield from measures_of(value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _terms(one)


def _near(measure: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """Known measures that share most letters with a name that is not: for the remedy."""
    pieces = set(measure.split("_"))
    return tuple(name for name in known if pieces & set(name.split("_")))[:3]
