"""Figures that no rule looks at are said, by year."""

from __future__ import annotations

from tests.builders import criteria_set, figures, node, rule, units

from parindex.documents.cycles.unused_figures import unused_figures
from parindex.domain.criteria.criteria_set import CriteriaSet, Identity, Measure, MeasureKind
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.usable import require_usable

MEASURES = {name: Measure(name, name) for name in ("x", "y", "z")}
MEASURES["m"] = Measure("m", "m", MeasureKind.CHOICE, choices={"a": "A"})
GROWTH = rule(kind="ratio", of="x", to={"measure": "x", "year": -1}, over="allow")


def said(made: CriteriaSet, given: Figures) -> list[tuple[int, bool, int, list[str]]]:
    notes = unused_figures(made, require_usable(made), given)
    assert {note.kind for note in notes} <= {"figures_unused"}
    return [(one.facts["of_year"], one.facts["of_cycle"], one.facts["rows"], one.facts["measures"]) for one in notes]


def test_figures_of_a_year_that_no_rule_reads() -> None:
    made = criteria_set(node("1", rule=GROWTH), measures=MEASURES, identities=(Identity(("x",), ("y",)),))
    of = units("a", "b")
    used = {("x", 2024): ["1", "2"], ("x", 2023): ["1", "2"], ("y", 2024): ["1", "2"]}
    assert said(made, figures(of, used)) == []
    more = {
        **used,
        ("y", 2023): ["1", None],
        ("x", 2022): ["1", "2"],
        ("z", 2022): ["1", "2"],
        ("z", 2021): [None, None],
    }
    assert said(made, figures(of, more)) == [(2022, False, 4, ["x", "z"]), (2023, False, 1, ["y"])]


def test_figures_of_the_cycle_that_no_item_needs() -> None:
    base = rule(kind="ratio", of="x", to={"measure": "x", "year": 2015}, over="allow")
    made = criteria_set(node("1", rule=base), node("2"), measures=MEASURES)
    given = figures(units("a", "b"), {("x", 2024): ["1", "2"], ("x", 2015): ["1", "1"]}, {"m": (("a",), ("a", None))})
    assert said(made, given) == [(2024, True, 1, ["m"])]
