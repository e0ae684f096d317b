"""What a quantity can be and what a rule can give at best, as far as the rule and the declared measures say.

All bounds are safe: a quantity is never outside its range and a rule never gives more than :func:`at_best`, so that
what is reported as out of reach is out of reach. Figures are taken to be 0 or more unless their measure declares a
``minimum``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.quantities import ONE, Over, Quantity, Term, WithinGroup
from parindex.domain.scoring.rule import ZERO, Rule
from parindex.domain.scoring.rules.bands import Bands
from parindex.domain.scoring.rules.best import Best
from parindex.domain.scoring.rules.count import Count
from parindex.domain.scoring.rules.option import Option
from parindex.domain.scoring.rules.ratio import Ratio
from parindex.domain.scoring.rules.sum import Sum

Measures = Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, both included; None: no end to that side."""

    low: Fraction | None
    high: Fraction | None

    def times(self, factor: Fraction) -> Range:
        """The range of the values times ``factor``."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Range(high, low) if factor < 0 else Range(low, high)


def reach(quantity: Quantity, measures: Measures) -> Range:
    """The values that ``quantity`` can have."""
    of = _sum(quantity.of, measures)
    if not quantity.to:
        found = of
    else:
        to = _sum(quantity.to, measures)
        found = Range(_least(of, to, quantity.over), _smaller(_most(of, to), _most_of_whole(quantity, measures)))
    if quantity.round is None:
        return found
    step = quantity.round
    return Range(*(None if end is None else step.apply(end) for end in (found.low, found.high)))


def _sum(terms: Iterable[Term], measures: Measures) -> Range:
    ranges = [_term(term, measures).times(term.weight) for term in terms]
    lows = [one.low for one in ranges if one.low is not None]
    highs = [one.high for one in ranges if one.high is not None]
    return Range(
        sum(lows, ZERO) if len(lows) == len(ranges) else None,
        sum(highs, ZERO) if len(highs) == len(ranges) else None,
    )


def _term(term: Term, measures: Measures) -> Range:
    """The values of a term before its weight."""
    if term.within_group is WithinGroup.RANK:
        return Range(ONE, None)
    if term.number is not None:
        return Range(term.number, term.number)
    if term.quantity is not None:
        return reach(term.quantity, measures)
    measure = measures.get(term.measure)
    if measure is None:
        return Range(ZERO, None)
    return Range(ZERO if measure.minimum is None else measure.minimum, measure.maximum)


def _least(of: Range, to: Range, over: Over) -> Fraction | None:
    """The least quotient; a denominator is above 0, or there is no value."""
    if of.low is None or of.low < 0:
        return None
    return ZERO if over is Over.CAP or to.high is None or to.high <= 0 else of.low / to.high


def _most(of: Range, to: Range) -> Fraction | None:
    if of.high is None or of.high <= 0:
        return None if of.high is None else ZERO
    return None if to.low is None or to.low <= 0 else of.high / to.low


def _most_of_whole(quantity: Quantity, measures: Measures) -> Fraction | None:
    """The most that is left by ``over``: 100 %, times the largest weight of what is counted."""
    if quantity.over is Over.ALLOW:
        return None
    above, below = [term.weight for term in quantity.of], [term.weight for term in quantity.to]
    if all(abs(weight) == 1 for weight in (*above, *below)):
        return ONE
    values = [_term(term, measures) for term in quantity.of]
    if min(above) < 0 or min(below) <= 0 or any(one.low is None or one.low < 0 for one in values):
        return None
    if any(one.low is None or one.low < 0 for one in (_term(term, measures) for term in quantity.to)):
        return None
    return max(above) / min(below)


def _smaller(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    known = [end for end in (one, two) if end is not None]
    return min(known) if known else None


def counts_whole(quantity: Quantity, measures: Measures) -> bool | None:
    """Whether only whole numbers can occur; None where a measure is not declared, so that nobody knows."""
    if quantity.to:
        return False
    found = [_is_whole(term, measures) for term in quantity.of]
    return False if False in found else None if None in found else True


def _is_whole(term: Term, measures: Measures) -> bool | None:
    if term.weight.denominator != 1:
        return False
    if term.within_group is WithinGroup.RANK:
        return True
    if term.number is not None:
        return term.number.denominator == 1
    if term.quantity is not None:
        return counts_whole(term.quantity, measures)
    measure = measures.get(term.measure)
    return None if measure is None else measure.integer or measure.kind is MeasureKind.LIST


# --- points --------------------------------------------------------------------------------------------------------


def at_best(rule: Rule, measures: Measures) -> Fraction:
    """The most that ``rule`` can give on figures, apart from what it states for nothing having arisen."""
    found = _of_kind(rule, measures)
    return found if rule.round is None else min(rule.max_points, rule.round.apply(found))


def _of_kind(rule: Rule, measures: Measures) -> Fraction:
    match rule:
        case Ratio():
            return _linear(rule, rule.quantity, rule.max_points / rule.target, measures)
        case Count():
            return _linear(rule, rule.quantity, rule.each.points, measures)
        case Option():
            return max(amount.points for _, amount in rule.options)
        case Bands():
            stated = rule.quantity.zero_base
            gives = (band.gives for band in rule.bands)
            found = [at_best(one, measures) if isinstance(one, Rule) else one.points for one in gives]
            return max(found if stated is None else [*found, stated.points])
        case Sum():
            return min(rule.max_points, sum((at_best(part, measures) for part in rule.parts), ZERO))
        case Best():
            return max(at_best(one, measures) for one in rule.alternatives)
    return rule.max_points


def _linear(rule: Rule, quantity: Quantity, slope: Fraction, measures: Measures) -> Fraction:
    """What grows with a quantity, up to the maximum."""
    high = reach(quantity, measures).high
    found = rule.max_points if high is None else max(ZERO, min(rule.max_points, high * slope))
    return found if quantity.zero_base is None else max(found, quantity.zero_base.points)
