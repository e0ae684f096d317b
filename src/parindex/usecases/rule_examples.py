"""A rule tried out: figures as somebody types them, the points that follow and why. The code is that of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.database.mapping.figures import Key, figure_columns
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure
from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import explain_row
from parindex.domain.scoring.usable import Plan
from parindex.domain.units import Unit
from parindex.usecases.typed_values import figure_value
from parindex.wording.formulas import formula_text
from parindex.wording.reasons import trace_lines
from parindex.wording.typed_values import value_text


@dataclass(frozen=True, slots=True)
class ExampleFigure:
    """One figure that a rule reads: what was typed for it, and what is wrong with that."""

    name: str
    measure: Measure
    year: int
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class Example:
    """Figures with the points that follow; no points while a figure is missing, and the lines say which."""

    figures: tuple[ExampleFigure, ...]
    points: Fraction | None
    formula: str
    lines: tuple[str, ...]


def example_of(criteria_set: CriteriaSet, rule: Rule, measures: Mapping[str, Measure], typed: Mapping[str, str]
               ) -> Example:  # fmt: skip
    """``typed``: texts by ``example.<measure>.<year>``. ``measures`` are those of the set and those just declared."""
    year = criteria_set.year or 0
    with_new = replace(criteria_set, measures=measures)
    figures = []
    values: dict[Key, str] = {}
    for measure, by in sorted(rule.measures(), key=lambda one: (-shifted(year, one[1]), one[0])):
        when = shifted(year, by)
        name = f"example.{measure}.{when}"
        text = typed.get(name, "")
        declared = measures.get(measure, Measure(measure, measure))
        error = ""
        try:
            value = figure_value(declared, text)
            if value:
                values[measure, when] = value
        except InvalidValue as refused:
            error = value_text(refused)
        figures.append(ExampleFigure(name, declared, when, text, error))
    frozen = FrozenSet(with_new, Plan((), (), {}))
    trace = explain_row(rule, figure_columns(values, frozen, Unit("example", "example", "example")), 0)
    lines = tuple(line.words for line in trace_lines(trace, measures))
    return Example(tuple(figures), trace.points, formula_text(trace, measures), lines)
