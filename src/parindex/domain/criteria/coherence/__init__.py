"""Contradictions of a criteria set and its paper: :func:`contradictions` finds them, :func:`structure` counts.

One module a family of checks; rules are looked at above, in :mod:`parindex.domain.scoring.rule_findings`, and
:func:`parindex.domain.scoring.check.check` brings all together. A set read from a paper and a set shipped as YAML are
checked by the same function. A finding names its kind and the facts; :mod:`parindex.wording.findings` words it. One
slip is one finding: see ``outline`` and ``point_sums`` for how the consequences of a wrong code or figure are kept
from being reported again.
"""

from __future__ import annotations

from collections.abc import Sequence

from parindex.domain.criteria.coherence.declarations import declaration_findings
from parindex.domain.criteria.coherence.declared import count_findings, part_findings
from parindex.domain.criteria.coherence.grades import grade_findings
from parindex.domain.criteria.coherence.numbering import numbering_findings
from parindex.domain.criteria.coherence.outline import outline
from parindex.domain.criteria.coherence.places import in_order
from parindex.domain.criteria.coherence.point_sums import point_sums, total_findings
from parindex.domain.criteria.coherence.presence import presence_findings
from parindex.domain.criteria.coherence.sources import item_sources
from parindex.domain.criteria.coherence.structure import AreaStructure, Structure, structure_of
from parindex.domain.criteria.coherence.titles import title_findings
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding

#: What can only be found in a whole set: an excerpt leaves codes out, and the declared numbers are not of it.
OF_A_WHOLE_SET = frozenset(
    {"numbering_gap", "count_areas", "count_criteria", "count_subcriteria", "count_in_area", "parts_points"}
)

__all__ = ["AreaStructure", "Structure", "contradictions", "structure"]


def contradictions(criteria_set: CriteriaSet, *, others: Sequence[CriteriaSet] = ()) -> tuple[Finding, ...]:
    """Every contradiction and doubt of ``criteria_set`` but those inside its rules, errors first.

    ``others`` are the other tables of the same paper (a title may have been copied from one of them).
    """
    rows = outline(criteria_set)
    sums = point_sums(criteria_set, rows)
    sources = item_sources(criteria_set, rows, sums)
    found = in_order(
        (
            *numbering_findings(rows, sums),
            *sums.findings,
            *total_findings(criteria_set, rows, sums),
            *part_findings(criteria_set, rows, sums, sources),
            *count_findings(criteria_set, rows),
            *sources.findings,
            *title_findings(criteria_set, rows, others),
            *presence_findings(rows),
            *grade_findings(criteria_set),
            *declaration_findings(criteria_set),
        )
    )
    return _of_excerpt(criteria_set, found) if criteria_set.excerpt else found


def _of_excerpt(criteria_set: CriteriaSet, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What still holds of a selection: its groups need no points of their own, and its codes may leave gaps."""
    groups = {node.code for node in criteria_set.walk() if not node.is_item}
    return tuple(
        finding
        for finding in found
        if not (finding.kind in OF_A_WHOLE_SET and not finding.facts.get("children"))
        and not (finding.kind == "points_missing" and finding.code in groups)
    )


def structure(criteria_set: CriteriaSet) -> Structure:
    """What the table of ``criteria_set`` has, counted anew, beside what its paper declares."""
    rows = outline(criteria_set)
    sums = point_sums(criteria_set, rows)
    return structure_of(criteria_set, rows, sums, item_sources(criteria_set, rows, sums))
