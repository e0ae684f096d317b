"""Findings about what scoring refuses beside the rules of items: year, parts, totals, identities, codes, maxima.

Scoring decides (:func:`~parindex.domain.scoring.usable.set_problems`), the check repeats it as findings. Codes that
stand twice and maxima that are missing are found in the tree already, with a proposal; they are said here only where
the tree as understood hides them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Problem
from parindex.domain.scoring.rule_findings import near
from parindex.domain.scoring.usable import set_problems

#: Findings after which the tree is another one: what its items lack is looked at when these are mended.
_OF_CODES = frozenset({"duplicate_code", "missing_dot", "wrong_parent", "parent_missing", "options_as_subcriteria"})
_OF_MAXIMA = frozenset({"points_missing", "points_negative"})


def refusal_findings(
    criteria_set: CriteriaSet, of_tree: Sequence[Finding], *, from_paper: bool = False
) -> Iterator[Finding]:
    """An error for everything that scoring refuses, apart from rules and from what ``of_tree`` says already.

    ``from_paper``: the set was just read from a paper, and its year may still have to be added.
    """
    errors = [finding for finding in of_tree if finding.severity is Severity.ERROR]
    for problem in set_problems(criteria_set):
        if problem.kind == "code_twice" or (problem.kind == "set_without_year" and from_paper):
            continue  # duplicate_code or a finding on one of the rows says the first
        if problem.kind == "item_without_maximum":
            if not any(_says(finding, problem) for finding in errors):
                facts = {"proposal": None}
                yield Finding("points_missing", Severity.ERROR, problem.place, problem.facts["code"], None, None, facts)
        else:
            yield _finding(criteria_set, problem)


def _says(finding: Finding, problem: Problem) -> bool:
    return finding.kind in _OF_CODES or (finding.kind in _OF_MAXIMA and finding.place.code == problem.facts["code"])


def _finding(criteria_set: CriteriaSet, problem: Problem) -> Finding:
    facts = dict(problem.facts)
    stated = next((facts[name] for name in ("part", "item", "measure") if name in facts), None)
    if problem.kind == "unknown_measure":
        facts |= {"identity": True, "near": near(facts["measure"], criteria_set.measures)}
    code = problem.place.code or ""
    return Finding(problem.kind, Severity.ERROR, problem.place, code, stated, None, facts)
