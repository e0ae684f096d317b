"""Derivations for machines: JSON data and one flat table."""

from __future__ import annotations

from typing import Any

from parindex.cli.exact_data import exact_data
from parindex.documents.results.result_files import ResultTable, decimal_text, table
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.index.child_sums import ChildSum
from parindex.domain.index.explain import IndexDerivation, ItemDerivation, Line, NodeDerivation
from parindex.domain.index.result import PointsOfMaximum
from parindex.domain.scoring.trace import QuantityTrace, RuleTrace, TermTrace
from parindex.domain.values import Rounding, number_text
from parindex.wording.reasons import trace_lines

Derivation = ItemDerivation | NodeDerivation | IndexDerivation


def derivation_data(derived: Derivation, made: CriteriaSet) -> dict[str, Any]:
    """The derivation with every figure; decimals are strings with a point."""
    if isinstance(derived, ItemDerivation):
        return _item(derived, made)
    if isinstance(derived, NodeDerivation):
        node = derived.node
        return {
            "unit": derived.unit.id,
            "code": node.code,
            "title": node.title,
            **_of(derived.of),
            "children": [_line(line) for line in derived.children],
        }
    return _index(derived)


def derivation_table(derived: Derivation) -> ResultTable:
    """One row a figure or summand."""
    if isinstance(derived, ItemDerivation):
        rows: list[list[Any]] = [["typed", one.origin.name.lower(), one.points] for one in derived.typed]
        if derived.rule_points is not None:
            rows.append(["rule", "rule", derived.rule_points])
        rows.append(["result", derived.origin.name.lower(), derived.points])
        return table("derivation", ["what", "origin", "points"], rows)
    lines = derived.children if isinstance(derived, NodeDerivation) else derived.areas
    columns = ["code", "title", "points", "max_points", "per_cent", "state"]
    return table("derivation", columns, [_line_row(line) for line in lines])


def _line_row(line: Line) -> list[Any]:
    state = line.state.name.lower() if line.state is not None else None
    return [line.code, line.title, line.of.points, line.of.max_points, line.of.per_cent, state]


def _item(derived: ItemDerivation, made: CriteriaSet) -> dict[str, Any]:
    rule = derived.rule
    return {
        "unit": derived.unit.id,
        "item": derived.node.code,
        "title": derived.node.title,
        **exact_data(max_points=derived.max_points, points=derived.points),
        "state": derived.state.name.lower(),
        "entry": derived.entry.name.lower(),
        "origin": derived.origin.name.lower(),
        "part": derived.part or None,
        "reason": derived.reason or None,
        "typed": [
            {
                "origin": one.origin.name.lower(),
                "points": decimal_text(one.points),
                "places": one.places,
                "agrees_with_rule": one.agrees,
            }
            for one in derived.typed
        ],
        "rule": None
        if rule is None
        else {"data": rule.data, "clause": rule.clause or None, "assumed": rule.assumed, "proposed": rule.proposed},
        "rule_points": decimal_text(derived.rule_points),
        "rule_points_exact": None if derived.rule_points is None else number_text(derived.rule_points),
        "rounding": _step(derived.step),
        "trace": None if derived.trace is None else _trace(derived.trace),
        "sums": [_child_sum(one) for one in derived.sums],
        "words": [] if derived.trace is None else [one.words for one in trace_lines(derived.trace, made.measures)],
        "survey": {"source": derived.survey_source or None, "standard_error": decimal_text(derived.survey_error)},
        "reference": derived.node.reference or None,
    }


def _trace(trace: RuleTrace) -> dict[str, Any]:
    return {
        "kind": trace.kind,
        "branch": trace.branch_name,
        "year": trace.year,
        "max_points": decimal_text(trace.max_points),
        "points": decimal_text(trace.points),
        "parameters": dict(trace.parameters),
        "quantities": [_quantity(one) for one in trace.quantities],
        "choices": [{"measure": one.measure, "year": one.year, "chosen": one.chosen or None} for one in trace.choices],
        "children": [_trace(child) for child in trace.children],
    }


def _child_sum(one: ChildSum) -> dict[str, Any]:
    parts = [{"unit": unit.id, "value": decimal_text(value)} for unit, value in one.parts]
    own = {"own": decimal_text(one.own)} if one.own else {}
    return {"measure": one.measure, "year": one.year, "parts": parts, **own}


def _quantity(quantity: QuantityTrace) -> dict[str, Any]:
    return {
        "of": [_term(term) for term in quantity.of],
        "to": [_term(term) for term in quantity.to],
        "numerator": decimal_text(quantity.numerator),
        "denominator": decimal_text(quantity.denominator),
        "value": decimal_text(quantity.value),
        "capped": quantity.capped,
        "rounding": _step(quantity.rounding),
    }


def _term(term: TermTrace) -> dict[str, Any]:
    return {
        "measure": term.measure or None,
        "number": decimal_text(term.number),
        "quantity": None if term.quantity is None else _quantity(term.quantity),
        "year": term.year,
        "weight": decimal_text(term.weight),
        "within_group": term.within_group or None,
        "own": decimal_text(term.own),
        "value": decimal_text(term.value),
    }


def _index(derived: IndexDerivation) -> dict[str, Any]:
    return {
        "unit": derived.unit.id,
        "title": derived.unit.title,
        **exact_data(points=derived.points, max_points=derived.inside.max_points),
        "exact": None if derived.exact is None else number_text(derived.exact),
        "rounding": _step(derived.step),
        "index": decimal_text(derived.index),
        "grade": derived.grade,
        "rank": derived.rank,
        "tied": derived.tied,
        "ranked": derived.ranked,
        "provisional": derived.provisional,
        "bonus": decimal_text(derived.bonus),
        "penalty": decimal_text(derived.penalty),
        "areas": [_line(line) for line in derived.areas],
        "removed": [
            {
                "item": one.code,
                "title": one.title,
                "max_points": decimal_text(one.max_points),
                "state": one.state.name.lower(),
                "reason": one.reason or None,
            }
            for one in derived.removed
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    state = None if line.state is None else line.state.name.lower()
    return {"code": line.code, "title": line.title, **_of(line.of), "state": state}


def _of(of: PointsOfMaximum) -> dict[str, Any]:
    return exact_data(points=of.points, max_points=of.max_points) | {"per_cent": decimal_text(of.per_cent)}


def _step(step: Rounding | None) -> dict[str, Any] | None:
    return None if step is None else {"places": step.places, "mode": step.mode.value}
