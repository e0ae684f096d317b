"""Every rule kind by its name: reading a rule, deriving one row.

Problem kinds of :func:`parse_rule` beside those of the modules that it calls: ``unknown_rule_kind`` (``found``,
``near``, ``allowed``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import numpy as np

from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.context import Context, shifted
from parindex.domain.scoring.derivation import derive
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.outcome import Outcome
from parindex.domain.scoring.parameters import Reading, Section, shown
from parindex.domain.scoring.rule import Rule, Scope
from parindex.domain.scoring.rules import bands, best, count, deduction, given, option, ratio
from parindex.domain.scoring.rules import sum as sum_rule
from parindex.domain.scoring.trace import QuantityTrace, RuleTrace, TermTrace

__all__ = ["KINDS", "QuantityTrace", "RuleTrace", "TermTrace", "explain_row", "parse_rule"]

#: Rule kind to what reads it.
KINDS: Mapping[str, Callable[[Section, Scope], Rule | None]] = {
    "ratio": ratio.read,
    "bands": bands.read,
    "option": option.read,
    "count": count.read,
    "deduction": deduction.read,
    "sum": sum_rule.read,
    "best": best.read,
    "given": given.read,
}


def parse_rule(
    data: Mapping[str, Any], *, max_points: Fraction, year: int, measures: Mapping[str, Measure] | None = None
) -> Rule:
    """Read a rule for an item with the maximum ``max_points``; dated parameters are bound to ``year``.

    ``measures`` are those of the criteria set; None: measures are not checked. Raises :class:`InvalidInput` with every
    problem at once, each with its path inside the rule (``bands/1/from``; positions count from 0).
    """
    reading = Reading(year, measures, _read)
    top = Section({}, (), reading).inside(data)
    rule = None if top is None else _read(top, Scope(max_points, root=True))
    if reading.problems or rule is None:
        raise InvalidInput(reading.problems)
    return rule


def _read(section: Section, scope: Scope) -> Rule | None:
    if section.too_deep():
        return None
    kind = section.raw("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        if "kind" in section.data:
            near = get_close_matches(str(kind), KINDS, n=1) if isinstance(kind, str) else []
            facts = {"near": near[0] if near else "", "allowed": list(KINDS)}
            section.problem("unknown_rule_kind", "kind", found=shown(kind), **facts)
        return None
    rule = KINDS[kind](section, scope)
    section.close()
    return rule


def explain_row(rule: Rule, figures: Figures, row: int, outcome: Outcome | None = None) -> RuleTrace:
    """How ``rule`` came to its points for the unit at ``row``: its evaluation, read at one row.

    ``outcome``: what it answered on the figures of this unit alone, where that is known already.
    """
    if figures.rows == 1:
        return derive(rule, Context(figures, figures.year), 0, outcome)
    if rule.compares:
        group = figures.units[row].group
        rows = [at for at, unit in enumerate(figures.units) if unit.group == group]
    else:
        rows = [row]
    context = Context(_only(figures, rows, rule), figures.year)
    return derive(rule, context, rows.index(row))


def _only(figures: Figures, rows: list[int], rule: Rule) -> Figures:
    """The figures that ``rule`` reads, of ``rows`` alone."""
    picked = np.array(rows, dtype=np.intp)
    needed = {(measure, shifted(figures.year, by)) for measure, by in rule.measures()}
    return Figures(
        figures.year,
        tuple(figures.units[row] for row in rows),
        {key: _taken(figures.numbers[key], picked) for key in needed & figures.numbers.keys()},
        {
            key: ChoiceColumn(figures.choices[key].keys, figures.choices[key].chosen[picked])
            for key in needed & figures.choices.keys()
        },
    )


def _taken(column: FigureColumn, rows: np.typing.NDArray[np.intp]) -> FigureColumn:
    return FigureColumn(column.numbers.take(rows), column.present[rows])
