"""The derivation of one row: the column evaluation once more, read row by row into a :class:`RuleTrace`."""

from __future__ import annotations

from fractions import Fraction

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import Branches, NoPoints, Outcome, Settled
from parindex.domain.scoring.quantities import Quantity, Term, Values, summed
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.trace import ChoiceTrace, QuantityTrace, RuleTrace, TermTrace
from parindex.domain.values import Numbers


def derive(rule: Rule, context: Context, row: int, outcome: Outcome | None = None) -> RuleTrace:
    """How ``rule`` came to its points on ``row``; ``outcome`` is what it answers, where it has been evaluated."""
    if outcome is None:
        outcome = rule.evaluate(context)
    branch = int(outcome.branch[row])
    if branch == Settled.EARLIER_YEAR:
        children: tuple[RuleTrace, ...] = (derive(rule, context.earlier(), row),)
    else:
        children = tuple(derive(child, context, row) for child in rule.child_of(branch))
    return RuleTrace(
        kind=rule.kind,
        branch=branch,
        branch_name=_branch_name(rule, branch),
        max_points=rule.max_points,
        points=outcome.points.row(row) if branch >= 0 else None,
        year=context.year,
        quantities=tuple(_quantity(one, context, row) for one in rule.quantities()),
        choices=tuple(_choice(term, context, row) for term in rule.choices()),
        parameters=rule.parameters(),
        children=children,
    )


def _branch_name(rule: Rule, branch: int) -> str:
    if branch < 0:
        return NoPoints(branch).name.lower()
    return Settled(branch).name.lower() if branch >= Settled.NOTHING_AROSE else rule.branch_name(branch)


def _quantity(quantity: Quantity, context: Context, row: int) -> QuantityTrace:
    measured = quantity.measure(context)
    stated = measured.zero_base is not None and row in measured.zero_base
    of = summed(quantity.of, context)
    to = summed(quantity.to, context) if quantity.to else None
    return QuantityTrace(
        of=tuple(_term(term, context, row) for term in quantity.of),
        to=tuple(_term(term, context, row) for term in quantity.to),
        numerator=_at((of.weighted, of.reason), row),
        denominator=None if to is None else _at((to.weighted, to.reason), row),
        value=None if stated else _at((measured.value, measured.reason), row),
        reason=_reason(measured.reason, row),
        over=quantity.over.value,
        capped=measured.capped is not None and bool(measured.capped[row]),
        rounding=quantity.round,
    )


def _term(term: Term, context: Context, row: int) -> TermTrace:
    there = context.at(term.year)
    return TermTrace(
        measure=term.measure,
        number=term.number,
        quantity=None if term.quantity is None else _quantity(term.quantity, there, row),
        year=there.year,
        weight=term.weight,
        within_group=term.within_group.value if term.within_group else "",
        own=_at(term.own(context), row),
        value=_at(term.value(context), row),
    )


def _choice(term: Term, context: Context, row: int) -> ChoiceTrace:
    there = context.at(term.year)
    column = there.choice(term.measure)
    chosen = int(column.chosen[row])
    return ChoiceTrace(term.measure, there.year, column.keys[chosen] if chosen >= 0 else "")


def _at(values: Values, row: int) -> Fraction | None:
    numbers: Numbers = values[0]
    return numbers.row(row) if _reason(values[1], row) == 0 else None


def _reason(reason: Branches | None, row: int) -> int:
    return 0 if reason is None else int(reason[row])
