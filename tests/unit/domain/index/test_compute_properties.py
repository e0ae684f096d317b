"""The whole method against a plain scalar one written from the definitions, unit by unit, with ``Fraction``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import criteria_set, figures, node, rule, sheets, units

from parindex.domain.criteria.criteria_set import CriteriaSet, Grade, Node, RoundingSteps
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import IndexDerivation, ItemDerivation, NodeDerivation, explain
from parindex.domain.index.item_states import ItemState
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import Rounding, RoundingMode

GRADES = (Grade("Tốt", Fraction(85)), Grade("Khá", Fraction(75)), Grade("Yếu", Fraction(0)))
ORIGINS = (Origin.SELF, Origin.SURVEY, Origin.EXTERNAL, Origin.APPRAISED)
maxima = st.sampled_from(["0", "0.25", "0.5", "1", "1.5", "2", "3.75"])


@dataclass(frozen=True)
class Drawn:
    """One cycle: the set, figures as (n, d) per item and unit, states, and typed points by origin."""

    made: CriteriaSet
    counts: dict[str, list[tuple[int | None, int | None]]]
    states: dict[tuple[str, str], EntryState]
    typed: dict[Origin, dict[str, list[str | None]]]
    ids: tuple[str, ...]


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    areas = []
    for area in range(1, draw(st.integers(1, 3)) + 1):
        children = []
        for criterion in range(1, draw(st.integers(1, 3)) + 1):
            code = f"{area}.{criterion}"
            below = draw(st.integers(0, 2))
            leaves = [draw_item(draw, f"{code}.{leaf}") for leaf in range(1, below + 1)]
            children.append(node(code, "1", *leaves) if leaves else draw_item(draw, code))
        areas.append(node(str(area), "1", *children))
    return areas


def draw_item(draw: st.DrawFn, code: str) -> Node:
    name = "m" + code.replace(".", "_")
    data = rule(kind="ratio", of=f"{name}_n", to=f"{name}_d", nothing_arose="full") if draw(st.booleans()) else None
    return node(code, draw(maxima), rule=data)


@st.composite
def cycles(draw: st.DrawFn) -> Drawn:
    step = st.none() | st.builds(Rounding, st.integers(0, 5), st.sampled_from(RoundingMode))
    made = criteria_set(*draw(trees()), rounding=RoundingSteps(draw(step), draw(step)), grades=GRADES)
    ids = tuple("abcd"[: draw(st.integers(1, 4))])
    figure = st.none() | st.integers(0, 9)
    counts, states = {}, {}
    typed: dict[Origin, dict[str, list[str | None]]] = {origin: {} for origin in ORIGINS}
    for item in made.items():
        pairs = [(draw(figure), draw(figure)) for _ in ids]
        counts[item.code] = [(n if n is None or d is None else min(n, d), d) for n, d in pairs]
        for unit in ids:
            states[item.code, unit] = draw(st.sampled_from(EntryState))
        for origin in ORIGINS:
            if draw(st.integers(0, 3)) == 0:
                typed[origin][item.code] = [draw(st.sampled_from([None, "0", "0,25", "0,1875"])) for _ in ids]
    return Drawn(made, counts, states, typed, ids)


def computed(drawn: Drawn):  # type: ignore[no-untyped-def]
    of = units(*drawn.ids)
    numbers = {}
    for code, pairs in drawn.counts.items():
        name = "m" + code.replace(".", "_")
        numbers[f"{name}_n"] = [n for n, _ in pairs]
        numbers[f"{name}_d"] = [d for _, d in pairs]
    made_sheets = sheets(drawn.made, of, drawn.states, drawn.typed)
    return compute(drawn.made, figures(of, numbers), made_sheets)


def scalar_item(drawn: Drawn, item: Node, row: int) -> tuple[ItemState, Fraction]:
    """One item of one unit straight from the definitions."""
    points, origin = None, Origin.NONE
    n, d = drawn.counts[item.code][row]
    maximum = item.max_points or Fraction(0)
    if item.rule is not None and (d == 0 or (n is not None and d is not None)):
        points, origin = maximum * (n or 0) / d if d else maximum, Origin.RULE
        if drawn.made.rounding.item is not None:
            points = drawn.made.rounding.item.apply(points)
    for one in ORIGINS:
        written = drawn.typed[one].get(item.code, [None] * len(drawn.ids))[row]
        if written is not None:
            points, origin = Fraction(written.replace(",", ".")), one
    entry = drawn.states[item.code, drawn.ids[row]]
    if entry in (EntryState.NOT_ASSESSED, EntryState.PENDING):
        return ItemState[entry.name], Fraction(0)
    held = entry in (EntryState.UNANSWERED, EntryState.NOT_ASSESSED_REQUESTED) and origin is not Origin.APPRAISED
    if points is None or held:
        return ItemState.UNANSWERED, Fraction(0)
    return ItemState.ANSWERED, points


@given(cycles())
def test_the_column_method_equals_the_scalar_one(drawn: Drawn) -> None:
    result = computed(drawn)
    for row in range(len(drawn.ids)):
        view = result.unit(row)
        points = maximum = Fraction(0)
        for item in drawn.made.items():
            state, value = scalar_item(drawn, item, row)
            assert (view.items[item.code].state, view.items[item.code].points) == (state, value)
            if state <= ItemState.ANSWERED:
                points, maximum = points + value, maximum + (item.max_points or 0)
        assert (view.points, view.max_points) == (points, maximum)
        index = None if maximum == 0 else points * 100 / maximum
        if index is not None and drawn.made.rounding.index is not None:
            index = drawn.made.rounding.index.apply(index)
        assert view.index == index
        assert view.grade == (None if index is None else next(g.title for g in GRADES if index >= g.lower))
        waits = any(item.state is ItemState.PENDING for item in view.items.values())
        refused = any(one.facts.get("blocks") for one in result.problems if one.facts.get("unit") == view.unit.id)
        assert view.provisional == (waits or refused)


@given(cycles())
def test_every_level_sums_what_is_below_and_ranks_follow_the_index(drawn: Drawn) -> None:
    result = computed(drawn)
    views = [result.unit(row) for row in range(len(drawn.ids))]
    for view in views:
        for group in (one for one in drawn.made.walk() if not one.is_item):
            below = [view.nodes[child.code] for child in group.children]
            assert view.nodes[group.code].points == sum(one.points for one in below)
            assert view.nodes[group.code].max_points == sum(one.max_points for one in below)
        better = sum(other.index is not None and view.index is not None and other.index > view.index for other in views)
        assert view.rank == (None if view.index is None else better + 1)


@settings(max_examples=40)
@given(cycles())
def test_every_figure_is_derived_down_to_what_was_entered(drawn: Drawn) -> None:
    result = computed(drawn)
    for row, unit in enumerate(drawn.ids):
        view = result.unit(row)
        whole = explain(result, unit)
        assert isinstance(whole, IndexDerivation)
        assert (whole.points, whole.index, whole.rank) == (view.points, view.index, view.rank)
        assert sum(line.of.points for line in whole.areas) == view.points
        gone = sum(one.max_points for one in whole.removed)
        assert view.max_points + gone == sum(item.max_points or 0 for item in drawn.made.items())
        for one in drawn.made.walk():
            derived = explain(result, unit, one.code)
            if isinstance(derived, ItemDerivation):
                item = view.items[one.code]
                assert (derived.points, derived.state, derived.rule_points) == (
                    item.points,
                    item.state,
                    item.rule_points,
                )
                assert derived.trace is None or derived.trace.points == derived.rule_points
                chosen = [typed.points for typed in derived.typed if typed.origin is derived.origin]
                assert (
                    derived.state is not ItemState.ANSWERED or derived.origin is Origin.RULE or chosen == [item.points]
                )
            else:
                assert isinstance(derived, NodeDerivation)
                assert sum(line.of.points for line in derived.children) == derived.of.points
