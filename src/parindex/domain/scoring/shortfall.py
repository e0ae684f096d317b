"""What is missing to the maximum: how far one figure above the line must rise for the full points.

There is an answer only where it is one number: the rule asks for a quantity of at least so much, exactly one figure of
this year counts above the line, and more of it changes nothing else (it does not stand below the line, and what it
is compared with stays). The answer is not worked out beside the rule but tried on it: the raised figure must give the
maximum, else there is none. So a figure that would exceed its whole is never proposed.

Example: 178 of 572 procedures, target 50 %: 286 give the maximum, 108 more than there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.context import Context
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.quantities import Quantity, Term, summed
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rules.bands import Bands, Cut
from parindex.domain.scoring.rules.count import Count
from parindex.domain.scoring.rules.ratio import Ratio
from parindex.domain.values import Numbers


@dataclass(frozen=True, slots=True)
class Raised:
    """The figure of ``measure`` that gives the maximum, and how much more that is than what is reported."""

    measure: str
    value: Fraction
    more: Fraction


def raised_to_maximum(
    rule: Rule, figures: Figures, points: Fraction | None, measures: Mapping[str, Measure]
) -> Raised | None:
    """The one figure that, raised, gives the maximum. None where there is no such answer.

    ``figures`` of one unit; ``points``: what the rule gives for them (None: none).
    """
    if figures.rows != 1 or len(rule.quantities()) != 1 or points is None or points >= rule.max_points:
        return None
    quantity = rule.quantities()[0]
    least, term = _least(rule), _raisable(quantity, measures)
    if least is None or term is None:
        return None
    context = Context(figures, figures.year)
    now = context.column(term.measure).numbers.row(0)
    above, below = _line(quantity.of, context), _line(quantity.to, context) if quantity.to else Fraction(1)
    if below <= 0:
        return None
    value = _enough(now + (least[0] * below - above) / term.weight, least, measures[term.measure])
    if value is None or value <= now:
        return None
    tried = rule.evaluate(Context(_with(figures, term.measure, value), figures.year))
    full = tried.branch[0] >= 0 and tried.points.row(0) == rule.max_points
    return Raised(term.measure, value, value - now) if full else None


def _least(rule: Rule) -> Cut | None:
    """From which quantity on the rule gives its maximum: (edge, whether the edge itself is not enough)."""
    if isinstance(rule, Ratio):
        return (rule.target if rule.floor is None else max(rule.target, rule.floor)), False
    if isinstance(rule, Count):
        return rule.max_points / rule.each.points, False
    if isinstance(rule, Bands):
        full = [
            band.lower
            for band in rule.bands
            if band.lower is not None and isinstance(band.gives, Amount) and band.gives.points == rule.max_points
        ]
        return min(full, default=None)
    return None


def _raisable(quantity: Quantity, measures: Mapping[str, Measure]) -> Term | None:
    """The one term above the line that a unit can raise; None where there are several, or where it counts elsewhere."""
    own = [term for term in quantity.of if term.measure and term.year == 0 and term.weight > 0]
    if len(own) != 1 or quantity.round is not None or quantity.compares or own[0].measure not in measures:
        return None
    elsewhere = [pair for term in (*quantity.of, *quantity.to) if term is not own[0] for pair in term.figures(0)]
    return None if (own[0].measure, 0) in elsewhere else own[0]


def _line(terms: tuple[Term, ...], context: Context) -> Fraction:
    return summed(terms, context).weighted.row(0)


def _enough(edge: Fraction, least: Cut, measure: Measure) -> Fraction | None:
    """The smallest value of the measure that reaches ``edge``; None where no smallest one exists."""
    if measure.integer or measure.kind is MeasureKind.LIST:
        return Fraction(floor(edge) + 1 if least[1] else ceil(edge))
    return None if least[1] else edge


def _with(figures: Figures, measure: str, value: Fraction) -> Figures:
    column = FigureColumn(Numbers.of([value]), np.ones(1, dtype=bool))
    return replace(figures, numbers={**figures.numbers, (measure, figures.year): column})
