"""A rule on one row as one line: ``53.539 ÷ 53.576 × 1,5 = 1,49896``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.trace import RuleTrace
from parindex.wording.language import text
from parindex.wording.numbers import equals, points_text
from parindex.wording.quantity_words import fraction_words, is_share, quantity_words
from parindex.wording.reason_words import no_points
from parindex.wording.rule_parameters import as_share, chosen_words, exact

#: Branches whose points are what the formula shown comes to.
_CALCULATED = ("full", "linear", "counted", "nothing_deducted", "deducted", "added")


def formula_text(trace: RuleTrace, measures: Mapping[str, Measure] | None = None) -> str:
    """A rule on one row as one line: ``53.539 ÷ 53.576 × 1,5 = 1,49896``."""
    if trace.points is None:
        return no_points(NoPoints(trace.branch))
    points = points_text(trace.points)
    if trace.branch_name == "earlier_year" and trace.children:
        return text("không phát sinh, theo năm trước: {formula}", formula=formula_text(trace.children[0], measures))
    if trace.branch_name == "nothing_arose":
        return text("không phát sinh: {points} theo quy tắc", points=points)
    if trace.kind == "sum":
        return f"{' + '.join(_one_line(child, measures) for child in trace.children)} {equals(trace.points)} {points}"
    if trace.kind == "best":
        return formula_text(trace.children[trace.branch], measures) if trace.branch < len(trace.children) else points
    joint = "→"
    if trace.branch_name in _CALCULATED:
        joint = "≈" if any(one.rounding is not None for one in trace.quantities) else equals(trace.points)
    return f"{_one_line(trace, measures)} {joint} {points}"


def _one_line(trace: RuleTrace, measures: Mapping[str, Measure] | None) -> str:
    """What stands left of the points."""
    top = points_text(trace.max_points)
    if trace.kind == "option":
        return chosen_words(trace.choices[0], measures) if trace.choices else "–"
    if not trace.quantities:
        return points_text(trace.points)
    quantity = trace.quantities[0]
    if trace.kind == "ratio" and trace.branch_name in ("linear", "full"):
        target = dict(trace.parameters).get("target")
        divided = f" ÷ {as_share(target, is_share(quantity))}" if target else ""
        capped = " " + text("(lấy 100%)") if quantity.capped else ""
        return f"{fraction_words(quantity)}{capped}{divided}" + (f" × {top}" if trace.max_points != 1 else "")
    if trace.kind == "count":
        return f"{exact(dict(trace.parameters)['each'])} × {fraction_words(quantity)}"
    if trace.kind == "deduction":
        return f"{top} − {_deducted(trace)}"
    return quantity_words(quantity)


def _deducted(trace: RuleTrace) -> str:
    """What is taken off: every case, or only the gravest."""
    parameters = dict(trace.parameters)
    if parameters["mode"] == "worst":
        return text("{points} (mức nặng nhất)", points=points_text(trace.max_points - (trace.points or Fraction(0))))
    amounts = [value for name, value in trace.parameters if name.startswith("class ")]
    pairs = zip(amounts, trace.quantities, strict=False)
    return " − ".join(f"{_bare(amount)} × {fraction_words(quantity)}" for amount, quantity in pairs)


def _bare(amount: str) -> str:
    """An amount without the word for points."""
    name, _, value = amount.partition(" ")
    return exact(value) if name == "points" else exact(amount)
