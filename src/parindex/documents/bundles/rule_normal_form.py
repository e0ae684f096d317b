"""A rule in normal form: what :mod:`parindex.domain.scoring` has read, written out in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.quantities import Quantity, Term
from parindex.domain.scoring.rule import Nothing, Rule
from parindex.domain.scoring.rules.bands import Band, Bands, Cut
from parindex.domain.scoring.rules.best import Best
from parindex.domain.scoring.rules.count import Count
from parindex.domain.scoring.rules.deduction import Deduction
from parindex.domain.scoring.rules.given import Given
from parindex.domain.scoring.rules.option import Option
from parindex.domain.scoring.rules.ratio import Ratio
from parindex.domain.scoring.rules.sum import Sum
from parindex.domain.values import Rounding, number_text


def rule_data(rule: Rule) -> dict[str, Any]:
    """The normal form of a rule: what every kind has, then what its kind has."""
    of = rule.settings
    return {
        "kind": rule.kind,
        "max_points": number_text(of.max_points),
        "nothing": None if of.nothing is None else _nothing(of.nothing),
        "missing": "zero" if of.missing_is_zero else "unanswered",
        "round": rounding_data(of.round),
        **_PARAMETERS[type(rule)](rule),
    }


def number(value: Fraction | None) -> str:
    """An exact text; "" for none."""
    return "" if value is None else number_text(value)


def rounding_data(step: Rounding | None) -> dict[str, Any] | None:
    """A declared rounding step; None where nothing is rounded."""
    return None if step is None else {"places": step.places, "mode": step.mode.value}


def _nothing(of: Nothing) -> dict[str, Any]:
    points = of.gives.points if isinstance(of.gives, Amount) else None
    return {
        "when": [_term(term) for term in of.when],
        "counted": [{"measure": measure, "year": year} for measure, year in of.counted],
        "gives": "points" if isinstance(of.gives, Amount) else of.gives.value,
        "points": number(points),
    }


def quantity_data(of: Quantity) -> dict[str, Any]:
    """The normal form of a quantity."""
    return {
        "of": [_term(term) for term in of.of],
        "to": [_term(term) for term in of.to],
        "over": of.over.value,
        "zero_base": number(of.zero_base.points if of.zero_base is not None else None),
        "round": rounding_data(of.round),
    }


def _term(term: Term) -> dict[str, Any]:
    kind = "number" if term.number is not None else "quantity" if term.quantity is not None else "measure"
    return {
        "kind": kind,
        "measure": term.measure,
        "number": number(term.number),
        "quantity": None if term.quantity is None else quantity_data(term.quantity),
        "weight": number_text(term.weight),
        "year": term.year,
        "within_group": term.within_group.value if term.within_group is not None else "",
    }


# --- the kinds ---------------------------------------------------------------------------------------------------


def _ratio(rule: Ratio) -> dict[str, Any]:
    return {
        "quantity": quantity_data(rule.quantity),
        "target": number_text(rule.target),
        "floor": number(rule.floor),
    }


def _bands(rule: Bands) -> dict[str, Any]:
    return {"quantity": quantity_data(rule.quantity), "bands": [_band(one) for one in rule.bands]}


def _band(band: Band) -> dict[str, Any]:
    inner = band.gives if isinstance(band.gives, Rule) else None
    return {
        "lower": _edge(band.lower, behind=False),
        "upper": _edge(band.upper, behind=True),
        "points": number(band.gives.points) if isinstance(band.gives, Amount) else "",
        "rule": None if inner is None else rule_data(inner),
    }


def _edge(cut: Cut | None, *, behind: bool) -> dict[str, Any] | None:
    """An edge and whether it belongs to the band: an upper one where the cut is ``behind`` it, a lower one before."""
    return None if cut is None else {"at": number_text(cut[0]), "closed": cut[1] is behind}


def _option(rule: Option) -> dict[str, Any]:
    return {
        "measure": rule.of.measure,
        "year": rule.of.year,
        "options": [{"key": key, "points": number_text(amount.points)} for key, amount in rule.options],
    }


def _count(rule: Count) -> dict[str, Any]:
    return {"quantity": quantity_data(rule.quantity), "each": number_text(rule.each.points)}


def _deduction(rule: Deduction) -> dict[str, Any]:
    return {
        "mode": rule.mode.value,
        "classes": [
            {"quantity": quantity_data(one.quantity), "each": number_text(one.each.points)} for one in rule.classes
        ],
    }


def _sum(rule: Sum) -> dict[str, Any]:
    return {"parts": [rule_data(one) for one in rule.parts]}


def _best(rule: Best) -> dict[str, Any]:
    return {"alternatives": [rule_data(one) for one in rule.alternatives]}


def _given(rule: Given) -> dict[str, Any]:
    del rule
    return {}


_PARAMETERS: Mapping[type[Rule], Callable[[Any], dict[str, Any]]] = {
    Ratio: _ratio,
    Bands: _bands,
    Option: _option,
    Count: _count,
    Deduction: _deduction,
    Sum: _sum,
    Best: _best,
    Given: _given,
}
