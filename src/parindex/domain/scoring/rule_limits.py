"""What a rule that can be read gives and cannot give: its best against the maximum, deductions, floors, sums, steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.coherence.outline import Line
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.reach import Measures, at_best
from parindex.domain.scoring.rule import ZERO, Rule
from parindex.domain.scoring.rule_bands import BandFault, band_faults, inherits
from parindex.domain.scoring.rules.bands import Bands
from parindex.domain.scoring.rules.deduction import Deduction
from parindex.domain.scoring.rules.option import Option
from parindex.domain.scoring.rules.ratio import Ratio
from parindex.domain.scoring.rules.sum import Sum
from parindex.domain.values import Rounding, number_text


@dataclass(frozen=True, slots=True)
class ReadRule:
    """The rule of an item, with what it is judged by: the measures and the item step of the set."""

    line: Line
    rule: Rule
    measures: Measures
    step: Rounding | None

    def finding(self, kind: str, severity: Severity, stated: Fraction, found: Fraction, **facts: object) -> Finding:
        """A finding on this item about two figures."""
        more = {"title": self.line.node.title, **facts}
        texts = number_text(stated), number_text(found)
        return Finding(kind, severity, place_of(self.line), self.line.code, *texts, more)


def limit_findings(read: ReadRule) -> Iterator[Finding]:
    """Everything about one rule and the rules inside it. An item without points to reach is not judged by them."""
    if read.line.node.max_points:
        yield from _best(read)
        for rule in rules_in(read.rule):
            yield from _of_kind(read, rule)
            yield from _choices(read, rule)
            yield from _step(read, rule, rule.round or (read.step if rule is read.rule else None))
    for rule, inside in _bands_in(read.rule):
        if not inside:
            for fault in band_faults(rule, read.measures):
                yield _band_finding(read, rule, fault)


def rules_in(rule: Rule) -> Iterator[Rule]:
    """The rule and every rule inside it."""
    yield rule
    for child in rule.children():
        yield from rules_in(child)


def _bands_in(rule: Rule, inside: bool = False) -> Iterator[tuple[Bands, bool]]:
    """Every rule of bands, and whether it splits a band of the rule around it further (then it is checked there)."""
    if isinstance(rule, Bands):
        yield rule, inside
    for child in rule.children():
        both = isinstance(rule, Bands) and isinstance(child, Bands)
        yield from _bands_in(child, both and inherits(child, rule))  # type: ignore[arg-type]


# --- the best that it gives ----------------------------------------------------------------------------------------


def _best(read: ReadRule) -> Iterator[Finding]:
    """More is stated than the rule may give, or the maximum of the item is out of reach."""
    maximum = read.line.node.max_points or ZERO
    facts = {"maximum": maximum, "options": read.line.node.options}
    stated = [(one.stated, rule.max_points) for rule in rules_in(read.rule) for one in amounts(rule)]
    above = [pair for pair in stated if pair[0] > pair[1]]
    if above:
        most, limit = max(above, key=lambda pair: pair[0] - pair[1])
        more = {**facts, "maximum": limit, "best": most}
        yield read.finding("best_option_above_max", Severity.ERROR, limit, most, **more)
        return
    best = at_best(read.rule, read.measures)
    if best < maximum:
        yield read.finding("best_option_below_max", Severity.ERROR, maximum, best, **facts, best=best)


def amounts(rule: Rule) -> Iterator[Amount]:
    """The points that a rule states itself; not those that it takes away."""
    if isinstance(rule, Option):
        yield from (amount for _, amount in rule.options)
    if isinstance(rule, Bands):
        yield from (band.gives for band in rule.bands if isinstance(band.gives, Amount))
    for quantity in () if isinstance(rule, Deduction) else rule.quantities():
        if quantity.zero_base is not None:
            yield quantity.zero_base
    if rule.settings.nothing is not None and isinstance(rule.settings.nothing.gives, Amount):
        yield rule.settings.nothing.gives


# --- parameters of a kind ------------------------------------------------------------------------------------------


def _of_kind(read: ReadRule, rule: Rule) -> Iterator[Finding]:
    maximum = rule.max_points
    if isinstance(rule, Ratio) and rule.floor is not None and rule.floor > rule.target:
        yield read.finding(
            "floor_above_target", Severity.ERROR, rule.floor, rule.target,
            floor=rule.floor, target=rule.target, is_share=bool(rule.quantity.to),
        )  # fmt: skip
    if isinstance(rule, Sum):
        whole = sum((part.max_points for part in rule.parts), ZERO)
        if whole > maximum:
            yield read.finding("sum_above_max", Severity.WARNING, maximum, whole)
    if isinstance(rule, Deduction) and maximum:
        for case in rule.classes:
            each = case.each.points
            if each == 0:
                yield read.finding("deduction_zero", Severity.WARNING, maximum, each)
            elif each > maximum:
                yield read.finding("deduction_above_max", Severity.WARNING, maximum, each)


def _choices(read: ReadRule, rule: Rule) -> Iterator[Finding]:
    """Choices that may be entered and give no points. Options that are no choices are refused where rules are read."""
    if isinstance(rule, Option) and (measure := read.measures.get(rule.of.measure)) is not None:
        stated = {key for key, _ in rule.options}
        without = tuple(key for key in measure.choices if key not in stated)
        if without:
            facts = {"title": read.line.node.title, "measure": measure.id, "choices": without}
            facts |= {"labels": tuple(measure.choices[key] or key for key in without)}
            place = place_of(read.line)
            counts = str(len(measure.choices)), str(len(measure.choices) - len(without))
            yield Finding("choice_without_points", Severity.WARNING, place, read.line.code, *counts, facts)


def _step(read: ReadRule, rule: Rule, step: Rounding | None) -> Iterator[Finding]:
    """The maximum is no number of the step: rounded points would exceed it, or never reach it."""
    if step is not None and step.apply(rule.max_points) != rule.max_points:
        rounded = step.apply(rule.max_points)
        yield read.finding("maximum_off_step", Severity.WARNING, rule.max_points, rounded, places=step.places)


# --- bands ---------------------------------------------------------------------------------------------------------


def _band_finding(read: ReadRule, rule: Bands, fault: BandFault) -> Finding:
    severity = Severity.WARNING if fault.kind == "bands_gap" and fault.outer else Severity.ERROR
    facts = {
        "title": read.line.node.title,
        "low": fault.low,
        "high": fault.high,
        "is_share": bool(rule.quantity.to),
        "twice": False,
        "outer": fault.outer,
    }
    low = None if fault.low is None else number_text(fault.low)
    high = None if fault.high is None else number_text(fault.high)
    return Finding(fault.kind, severity, place_of(read.line), read.line.code, low, high, facts)
