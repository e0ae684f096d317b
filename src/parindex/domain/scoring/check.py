"""The check of a criteria set: every contradiction at once, those of the paper and those of the rules.

There is one check: whatever scoring refuses (:func:`~parindex.domain.scoring.usable.require_usable`) is an error here.
"""

from __future__ import annotations

from collections.abc import Sequence

from parindex.domain.criteria.coherence import contradictions
from parindex.domain.criteria.coherence.places import in_order
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding
from parindex.domain.scoring.refusal_findings import refusal_findings
from parindex.domain.scoring.rule_findings import rule_findings


def check(
    criteria_set: CriteriaSet, *, others: Sequence[CriteriaSet] = (), measures_known: bool = True
) -> tuple[Finding, ...]:
    """Every contradiction and doubt of ``criteria_set``, errors first.

    ``others`` are the other tables of the same paper (a title may have been copied from one of them).
    ``measures_known`` is False for a set read from a paper, whose rules name measures that nobody has declared yet,
    and whose year somebody may still have to add.
    """
    of_tree = contradictions(criteria_set, others=others)
    return in_order(
        (
            *refusal_findings(criteria_set, of_tree, from_paper=not measures_known),
            *of_tree,
            *rule_findings(criteria_set, measures_known=measures_known),
        )
    )
