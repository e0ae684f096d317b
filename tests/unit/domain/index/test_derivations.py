"""What a derivation of the index says besides the sums."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.builders import criteria_set, figures, node, rule, sheets, units

from parindex.domain.criteria.criteria_set import Grade, Measure, RoundingSteps
from parindex.domain.errors import InvalidValue
from parindex.domain.index.child_sums import ChildSum, summed
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import IndexDerivation, ItemDerivation, explain
from parindex.domain.index.item_states import ItemState
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import Unit
from parindex.domain.values import Rounding

GRADES = (Grade("Khá", Fraction(75)), Grade("Tốt", Fraction(85)))
THREE = units("a", "b", "c")


def result():  # type: ignore[no-untyped-def]
    made = criteria_set(
        node("1", "10", node("1.1", "8"), node("1.2", "2", rule=rule(kind="ratio", of="x", to="y"))),
        grades=GRADES,
        rounding=RoundingSteps(Rounding(3), Rounding(2)),
    )
    reasons = {("1.2", "b"): "Không có chức năng", ("1.1", "a"): "Theo số liệu của Bộ"}
    typed = {
        Origin.SELF: {"1.1": ["6", "6", None]},
        Origin.APPRAISED: {"1.1": ["7", None, None]},
    }
    states = {("1.2", "b"): EntryState.NOT_ASSESSED}
    given = figures(THREE, {"x": [1, 1, 0], "y": [3, 1, None]})
    return compute(made, given, sheets(made, THREE, states, typed, reasons))


def test_an_index_names_its_grade_the_next_edge_its_rank_and_its_company() -> None:
    derived = explain(result(), "b")
    assert isinstance(derived, IndexDerivation)
    assert (derived.exact, derived.index, derived.grade, derived.grade_lower) == (75, 75, "Khá", 75)
    assert derived.next_grade == ("Tốt", 85)
    assert (derived.rank, derived.tied, derived.ranked) == (2, 1, 3)
    gone = derived.removed[0]
    assert (gone.code, gone.max_points, gone.state, gone.reason) == (
        "1.2", 2, ItemState.NOT_ASSESSED, "Không có chức năng"
    )  # fmt: skip


def test_the_exact_value_stands_beside_the_rounded_one() -> None:
    derived = explain(result(), "a")
    assert isinstance(derived, IndexDerivation)
    assert (derived.points, derived.index) == (Fraction("7.667"), Fraction("76.67"))
    assert derived.exact == Fraction("76.67")


def test_an_item_shows_every_origin_the_reason_and_the_step() -> None:
    derived = explain(result(), "a", "1.1")
    assert isinstance(derived, ItemDerivation)
    assert [(one.origin, one.points, one.agrees) for one in derived.typed] == [
        (Origin.SELF, 6, None), (Origin.APPRAISED, 7, None)
    ]  # fmt: skip
    assert (derived.origin, derived.reason, derived.step) == (Origin.APPRAISED, "Theo số liệu của Bộ", None)
    by_rule = explain(result(), "a", "1.2")
    assert isinstance(by_rule, ItemDerivation)
    assert (by_rule.rule_points, by_rule.points, by_rule.step) == (Fraction(2, 3), Fraction("0.667"), Rounding(3))


def test_nothing_entered_is_no_grade_and_the_whole_way_to_the_first() -> None:
    derived = explain(result(), "c")
    assert isinstance(derived, IndexDerivation)
    assert (derived.index, derived.grade, derived.grade_lower, derived.next_grade) == (0, None, None, ("Khá", 75))


def test_a_unit_or_code_that_does_not_exist_is_named() -> None:
    with pytest.raises(InvalidValue) as unit:
        explain(result(), "z")
    with pytest.raises(InvalidValue) as code:
        explain(result(), "a", "1.3")
    assert (unit.value.kind, code.value.kind) == ("unknown_unit", "unknown_code")
    assert code.value.facts["near"] == ["1.1", "1.2"]


def test_a_figure_that_is_a_sum_names_the_child_units_and_what_they_entered() -> None:
    made = criteria_set(
        node(
            "1",
            "2",
            node(
                "1.1",
                "2",
                rule=rule(
                    kind="sum",
                    parts=[
                        {"kind": "ratio", "of": {"quantity": {"of": "x"}}, "to": "n", "max_points": "1"},
                        {"kind": "ratio", "of": "x", "to": {"number": "9"}, "max_points": "1"},
                    ],
                ),
            ),
        ),
        measures={"x": Measure("x", "Đúng hạn", sum_of_children=True), "n": Measure("n", "Đã giải quyết")},
    )
    tree = (Unit("t", "Tỉnh", "g"), Unit("a", "Xã A", "g", "t"), Unit("b", "Xã B", "g", "t"))
    scored = compute(made, figures(tree, {"x": [None, 3, None], "n": [9, 4, 5]}), sheets(made, tree))
    top, below = (explain(scored, unit, "1.1") for unit in ("t", "a"))
    assert isinstance(top, ItemDerivation)
    assert isinstance(below, ItemDerivation)
    assert top.sums == (ChildSum("x", 2024, ((tree[1], Fraction(3)), (tree[2], None))),)
    assert below.sums == ()


def test_a_sum_over_child_units_waits_for_the_last_of_them() -> None:
    assert summed([Fraction(1, 2), Fraction(0)]) == Fraction(1, 2)
    assert summed([Fraction(1, 2), None]) is None
