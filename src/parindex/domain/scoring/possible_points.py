"""The points that a rule can give at all, where they are a few values; a ratio gives any."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.reach import Measures, counts_whole
from parindex.domain.scoring.rule import ZERO, Rule
from parindex.domain.scoring.rules.bands import Bands
from parindex.domain.scoring.rules.best import Best
from parindex.domain.scoring.rules.count import Count
from parindex.domain.scoring.rules.option import Option
from parindex.domain.scoring.rules.sum import Sum
from parindex.domain.values import Rounding

#: More values than this are no list to choose from.
MOST = 60
_Values = set[Fraction] | None


def possible_points(rule: Rule | None, measures: Measures, step: Rounding | None = None) -> tuple[Fraction, ...] | None:
    """Every value that the rule of an item can give, the largest first; None where any value can come out, or where no
    rule works out the points.

    ``step``: the declared rounding of items, which holds where the rule has none of its own. Zero is always among
    them: whoever has nothing to show earns nothing.
    """
    found = None if rule is None else _values(rule, measures)
    if rule is None or found is None:
        return None
    if step is not None and rule.round is None:
        found = {min(step.apply(one), rule.max_points) for one in found}
    return tuple(sorted({*found, ZERO}, reverse=True)) if len(found) <= MOST else None


def _values(rule: Rule, measures: Measures) -> _Values:
    found = _of_kind(rule, measures)
    if found is None:
        return None
    if rule.settings.nothing is not None and isinstance(rule.settings.nothing.gives, Amount):
        found = {*found, rule.settings.nothing.gives.points}
    if rule.round is not None:
        found = {rule.round.apply(one) for one in found}
    return {min(one, rule.max_points) for one in found}


def _of_kind(rule: Rule, measures: Measures) -> _Values:
    if isinstance(rule, Option):
        return {amount.points for _, amount in rule.options}
    if isinstance(rule, Count):
        return _multiples(rule, measures)
    if isinstance(rule, Bands):
        gives = [one.gives for one in rule.bands]
        return _together([{one.points} if isinstance(one, Amount) else _values(one, measures) for one in gives])
    if isinstance(rule, Best):
        return _together([_values(one, measures) for one in rule.alternatives])
    if isinstance(rule, Sum):
        return _added([_values(one, measures) for one in rule.parts])
    return None


def _multiples(rule: Count, measures: Measures) -> _Values:
    """So many times the points for one, up to the maximum, where only whole numbers are counted."""
    most = rule.max_points // rule.each.points
    if not counts_whole(rule.quantity, measures) or most > MOST:
        return None
    return {*(rule.each.points * times for times in range(most + 1)), rule.max_points}


def _together(found: Sequence[_Values]) -> _Values:
    known = [one for one in found if one is not None]
    return set().union(*known) if len(known) == len(found) else None


def _added(found: Sequence[_Values]) -> _Values:
    """Every sum of one value of each part."""
    sums = {ZERO}
    for one in found:
        if one is None or len(sums) * len(one) > MOST * MOST:
            return None
        sums = {before + value for before in sums for value in one}
    return sums
