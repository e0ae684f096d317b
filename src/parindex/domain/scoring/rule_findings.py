"""Findings about the rules of items: whether they can be read, and what they can give once they are.

Rules are read by :func:`~parindex.domain.scoring.usable.read_rule` and by nothing else: what scoring refuses is an
error of the check, and the check has no opinion of its own on what a rule means.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.domain.criteria.coherence.outline import Line, Outline, outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.criteria_set import CriteriaSet, RuleData
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.scoring.reach import Measures
from parindex.domain.scoring.rule import NothingArose, Rule
from parindex.domain.scoring.rule_limits import ReadRule, limit_findings, rules_in
from parindex.domain.scoring.usable import read_rule, within_rule


def rule_findings(criteria_set: CriteriaSet, *, measures_known: bool = True) -> Iterator[Finding]:
    """What is wrong with each rule by itself, item by item; then what concerns several items."""
    known = criteria_set.measures if measures_known else None
    read: list[ReadRule] = []
    unread = 0
    for line in _scored(outline(criteria_set)):
        if line.node.rule is None:
            continue
        rule, problems = _read(line, line.node.rule, criteria_set, known)
        yield from _problem_findings(line, problems, criteria_set.measures)
        if rule is None:
            unread += 1
        else:
            read.append(ReadRule(line, rule, criteria_set.measures, criteria_set.rounding.item))
            yield from limit_findings(read[-1])
    yield from _undeclared(read)
    if measures_known and not unread:
        yield from _unused(criteria_set, read)


def _scored(rows: Outline) -> Iterator[Line]:
    """The rows that are items as understood, and those that scoring takes for items: a wrong code may part the two."""
    items = {line.position for line in rows.items()}
    return (line for line in rows.lines if line.node.is_item or line.position in items)


def _read(
    line: Line, rule: RuleData, criteria_set: CriteriaSet, measures: Measures | None
) -> tuple[Rule | None, list[Problem]]:
    """The rule and what keeps it from being scored; a rule that only names unknown measures is looked at further."""
    try:
        return read_rule(line.node, rule, criteria_set, measures), []
    except InvalidInput as error:
        problems = error.problems
    if {problem.kind for problem in problems} == {"unknown_measure"}:
        return read_rule(line.node, rule, criteria_set), problems
    return None, problems


# --- rules that cannot be read -------------------------------------------------------------------------------------


def _problem_findings(line: Line, problems: list[Problem], measures: Measures) -> Iterator[Finding]:
    """One finding a problem; a measure that is not declared is one, however often the rule names it."""
    unknown: set[str] = set()
    for problem in problems:
        if problem.kind == "unknown_measure":
            measure = problem.facts["measure"]
            if measure not in unknown:
                unknown.add(measure)
                facts = {"measure": measure, "title": line.node.title, "near": near(measure, measures)}
                yield Finding("unknown_measure", Severity.ERROR, place_of(line), line.code, measure, None, facts)
        elif problem.kind == "bands_overlap":
            yield _overlap(line, problem)
        else:
            yield _unreadable(line, problem)


def _unreadable(line: Line, problem: Problem) -> Finding:
    facts = {"title": line.node.title, "problem": problem.kind, "path": problem.place.path, "facts": problem.facts}
    stated = problem.facts.get("found")
    return Finding("rule_unreadable", Severity.ERROR, within_rule(line.node, problem), line.code, stated, None, facts)


def _overlap(line: Line, problem: Problem) -> Finding:
    low, high = problem.facts["low"], problem.facts["high"]
    kind = "band_edge" if low == high and low is not None else "bands_overlap"
    facts = {
        "title": line.node.title,
        "low": None if low is None else Fraction(low),
        "high": None if high is None else Fraction(high),
        "is_share": problem.facts["share"],
        "twice": True,
        "outer": False,
    }
    return Finding(kind, Severity.ERROR, within_rule(line.node, problem), line.code, low, high, facts)


def near(measure: str, known: Measures) -> tuple[str, ...]:
    """Known measures that share most words with a name that is not: for the remedy."""
    pieces = set(measure.split("_"))
    return tuple(name for name in known if pieces & set(name.split("_")))[:3]


# --- several items -------------------------------------------------------------------------------------------------


def _undeclared(read: list[ReadRule]) -> Iterator[Finding]:
    """Ratios that do not say what nothing of nothing gives: such an item stays open until somebody decides."""
    lines = [one.line for one in read if _is_undeclared(one.rule)]
    if lines:
        codes = tuple(line.code for line in lines)
        code = codes[0] if len(codes) == 1 else ""
        place = place_of(lines[0]) if len(codes) == 1 else Place(table=lines[0].node.place.table)
        facts = {"count": len(codes), "of": len(read), "codes": codes}
        yield Finding("nothing_arose_undeclared", Severity.NOTE, place, code, None, str(len(codes)), facts)


def _is_undeclared(rule: Rule) -> bool:
    own = rule.settings.nothing
    if own is not None and own.gives is not NothingArose.UNDECIDED:
        return False
    found = [one.settings.nothing for one in rules_in(rule)]
    return any(one is not None and one.gives is NothingArose.UNDECIDED for one in found)


def _unused(criteria_set: CriteriaSet, read: list[ReadRule]) -> Iterator[Finding]:
    """Measures that nothing uses; only where every rule was read, so that all uses are known."""
    used = {measure for identity in criteria_set.identities for measure in (*identity.left, *identity.right)}
    used |= {measure for one in read for measure, _ in one.rule.measures()}
    unused = tuple(measure for measure in criteria_set.measures if measure not in used)
    if unused:
        facts = {"count": len(unused), "measures": unused}
        yield Finding("unused_measure", Severity.NOTE, Place(), "", None, str(len(unused)), facts)
