"""What is declared beside the tree: measures and the limits of what counts outside the hundred."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.domain.criteria.criteria_set import CriteriaSet, MeasureKind
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.values import number_text


def declaration_findings(criteria_set: CriteriaSet) -> Iterator[Finding]:
    """Declarations that no figure and no index can meet."""
    yield from _measures(criteria_set)
    yield from _caps(criteria_set)


def _measures(criteria_set: CriteriaSet) -> Iterator[Finding]:
    for measure in criteria_set.measures.values():
        place = Place(path=f"measures/{measure.id}")
        facts = {"measure": measure.id, "title": measure.title}
        low, high = measure.minimum, measure.maximum
        if low is not None and high is not None and low > high:
            yield Finding("measure_limits", Severity.ERROR, place, "", number_text(low), number_text(high), facts)
        if measure.sum_of_children and measure.kind is MeasureKind.CHOICE:
            yield Finding("choice_summed", Severity.ERROR, place, "", measure.id, None, facts)
        if (measure.kind is MeasureKind.CHOICE) is not bool(measure.choices):
            kind = "choices_missing" if measure.kind is MeasureKind.CHOICE else "choices_unused"
            severity = Severity.ERROR if measure.kind is MeasureKind.CHOICE else Severity.WARNING
            yield Finding(kind, severity, place, "", measure.id, None, facts)


def _caps(criteria_set: CriteriaSet) -> Iterator[Finding]:
    for name in ("bonus_cap", "penalty_cap", "cap"):
        cap = getattr(criteria_set.index, name)
        if cap is not None and cap < 0:
            place, facts = Place(path=f"index/{name}"), {"name": f"index.{name}"}
            yield Finding("cap_negative", Severity.ERROR, place, "", number_text(cap), None, facts)
