"""A unit that has reported nothing: all unanswered, or not evaluated at all, as the set declares."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.builders import criteria_set, figures, node, rule, sheets, units

from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Grade,
    IndexDeclaration,
    Measure,
    MeasureKind,
    WithoutFigures,
)
from parindex.domain.criteria.form_declarations import Feed, FormColumn, FormsDeclaration
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import IndexDerivation, explain
from parindex.domain.index.feeds import FedFigure, fed_figures, unsettled_units
from parindex.domain.index.result import Result
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import UnitGroup

ORDINARY = criteria_set(
    node("1", "9", rule=rule(kind="ratio", of="done", to="due")),
    node("2", "9", rule=rule(kind="ratio", of="paid", to="payable")),
    grades=(Grade("Tốt", Fraction(50)), Grade("Yếu", Fraction(0))),
    unit_groups=(UnitGroup("g", "Nhóm"),),
    feeds=(Feed("rated", "g"), Feed("rated_good", "g", "Tốt")),
)
NOT_RANKED = replace(ORDINARY, index=IndexDeclaration(without_figures=WithoutFigures.NOT_RANKED))


def of_four(made: CriteriaSet) -> Result:
    """Everything reported; a figure missing; that figure reported as 0; nothing reported."""
    known = units("all", "some", "zero", "none", group="g")
    given = figures(
        known,
        {
            "done": [9, 9, 9, None], "due": [9, 9, 9, None],
            "paid": [9, None, 0, None], "payable": [9, 9, 9, None],
        },
    )  # fmt: skip
    return compute(made, given, sheets(made, known))


def seen(result: Result) -> list[tuple[Fraction | None, str | None, int | None]]:
    return [(view.index, view.grade, view.rank) for view in map(result.unit, range(len(result.units)))]


def kinds(result: Result) -> list[tuple[str, dict[str, object]]]:
    return [(one.kind, dict(one.facts)) for one in result.problems]


def test_an_ordinary_set_gives_0_to_a_sheet_that_was_not_handed_in() -> None:
    """A sheet that is locked unsubmitted counts as unanswered, and unanswered earns nothing."""
    result = of_four(ORDINARY)
    assert seen(result) == [(100, "Tốt", 1), (50, "Tốt", 2), (50, "Tốt", 2), (0, "Yếu", 4)]
    assert result.problems == ()
    assert fed_figures(result)[0] == FedFigure("rated", 4)
    assert not result.without_figures.any()


def test_where_declared_it_has_no_index_no_grade_no_rank_and_is_named() -> None:
    result = of_four(NOT_RANKED)
    assert seen(result) == [(100, "Tốt", 1), (50, "Tốt", 2), (50, "Tốt", 2), (None, None, None)]
    assert kinds(result) == [
        ("items_without_figures", {"unit": "some", "items": ["2"], "measures": ["paid"]}),
        ("unit_without_figures", {"unit": "none"}),
    ]
    assert result.items_without_figures == {"some": ("2",)}
    assert result.unsettled.tolist() == [False, True, False, False]
    assert result.without_figures.tolist() == [False, False, False, True]
    assert [result.unit(row).without_figures for row in range(4)] == [False, False, False, True]
    derived = explain(result, "none")
    assert isinstance(derived, IndexDerivation)
    assert (derived.exact, derived.index, derived.ranked) == (None, None, 3)


def test_a_grade_that_may_still_change_is_fed_only_where_it_is_asked_for() -> None:
    """What is pending leaves a grade open as missing figures do; a unit of a group that nothing feeds is not named."""
    known = (*units("all", "some", "waits", group="g"), *units("other", group="h"))
    given = figures(known, {"done": [9] * 4, "due": [9] * 4, "paid": [9, None, 0, None], "payable": [9] * 4})
    made = replace(NOT_RANKED, unit_groups=(*NOT_RANKED.unit_groups, UnitGroup("h", "Nhóm khác")))
    result = compute(made, given, sheets(made, known, {("1", "waits"): EntryState.PENDING}))
    assert [view.grade for view in map(result.unit, range(4))] == ["Tốt", "Tốt", "Yếu", "Tốt"]
    assert result.unsettled.tolist() == [False, True, True, True]
    assert unsettled_units(result) == [1, 2]
    assert fed_figures(result) == (FedFigure("rated", 1, 2), FedFigure("rated_good", 1, 1))
    assert fed_figures(result, unsettled=True) == (FedFigure("rated", 3, 2), FedFigure("rated_good", 2, 1))


def test_what_somebody_has_said_about_an_item_is_not_missing() -> None:
    """Undecided (0/0) is said as such; an entry "unanswered" is known; typed points are points."""
    known = units("undecided", "entered", "typed", "out", group="g")
    given = figures(known, {"done": [9, 9, None, None], "due": [9, 9, None, None], "paid": [0, None, None, None],
                            "payable": [0, None, None, None]})  # fmt: skip
    states = {("2", "entered"): EntryState.UNANSWERED, ("1", "out"): EntryState.NOT_ASSESSED,
              ("2", "out"): EntryState.NOT_ASSESSED}  # fmt: skip
    typed = {Origin.SELF: {"1": [None, None, "9", None]}}
    result = compute(NOT_RANKED, given, sheets(NOT_RANKED, known, states, typed))
    assert [(kind, facts["unit"]) for kind, facts in kinds(result)] == [
        ("rule_undecided", "undecided"),
        ("items_without_figures", "typed"),
    ]
    assert [one[0] for one in seen(result)] == [50, 50, 50, None]
    assert not result.without_figures.any()  # nothing was left to assess of the last


def test_the_figures_that_are_missing_are_named_as_they_are_entered() -> None:
    """A measure by its name, counted forms by their column; what is there, chosen or typed by hand is not named."""
    measures = {"kind": Measure("kind", "Loại", MeasureKind.CHOICE, choices={"a": "A", "b": "B"})}
    made = replace(
        NOT_RANKED,
        areas=(
            *NOT_RANKED.areas,
            node("3", "2", rule=rule(kind="option", of="kind", options={"a": {"points": 2}, "b": {"points": 1}})),
            node("4", "2"),
            node("5", "2", rule=rule(kind="ratio", of="late", to={"measure": "late", "year": -1})),
        ),
        measures={**NOT_RANKED.measures, **measures, "late": Measure("late", "Trễ")},
        forms=FormsDeclaration((FormColumn("k", {Fraction(1): "done", Fraction(0): "due"}),)),
    )
    known = units("one", "two", "three", group="g")
    given = figures(
        known,
        {
            "done": [None, 9, 9], "due": [None, 9, 9], "paid": [5, None, 9], "payable": [9, None, 9],
            "late": [1, 1, None], ("late", 2023): [1, None, 2],
        },
        {"kind": (("a", "b"), ["a", None, "b"])},
    )  # fmt: skip
    result = compute(made, given, sheets(made, known, typed={Origin.SELF: {"4": ["1", "1", None]}}))
    assert [facts for kind, facts in kinds(result) if kind == "items_without_figures"] == [
        {"unit": "one", "items": ["1"], "measures": ["k"]},
        {"unit": "two", "items": ["2", "3", "5"], "measures": ["paid", "payable", "kind", "late"]},
        {"unit": "three", "items": ["4", "5"], "measures": ["late"]},
    ]
