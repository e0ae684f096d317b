"""The tables of items and nodes of a result, and sheets whose lines stand in another order than the set."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from tests.builders import criteria_set, figures, node, sheets, units

from parindex.domain.criteria.criteria_set import Part, Source
from parindex.domain.index.compute import compute
from parindex.domain.scoring.score_sheet import EntryState, Origin, ScoreSheets

TREE = (node("1", "4", node("1.1", "1"), node("1.2", "3")), node("2", "2"))
TYPED = {Origin.SELF: {"1.1": ["1"], "1.2": ["2"], "2": ["0,5"]}}


def test_items_and_nodes_are_listed_in_reading_order() -> None:
    made, of = criteria_set(*TREE), units("a")
    result = compute(made, figures(of), sheets(made, of, typed=TYPED))
    assert (list(result.items), len(result.items)) == (["1.1", "1.2", "2"], 3)
    assert (list(result.nodes), len(result.nodes)) == (["1", "1.1", "1.2", "2"], 4)
    assert {code: totals.points.row(0) for code, totals in result.nodes.items()} == {
        "1": 3, "1.1": 1, "1.2": 2, "2": Fraction(1, 2),
    }  # fmt: skip


def test_a_sheet_may_list_its_items_in_another_order() -> None:
    made, of = criteria_set(*TREE), units("a", "b")
    ordered = sheets(
        made, of, {("1.2", "a"): EntryState.NOT_ASSESSED, ("2", "b"): EntryState.PENDING},
        {Origin.SELF: {"1.1": ["1", "0"], "1.2": ["2", "2"], "2": ["1", "1"]}},
    )  # fmt: skip
    order = [2, 0, 1]
    shuffled = ScoreSheets(of, tuple(ordered.items[at] for at in order), ordered.state[order], ordered.typed)
    one, other = (compute(made, figures(of), of_both) for of_both in (ordered, shuffled))
    assert np.array_equal(one.items.states, other.items.states)
    assert [one.unit(row) for row in (0, 1)] == [other.unit(row) for row in (0, 1)]


def test_an_item_that_counts_in_no_part_is_in_none() -> None:
    parts = (Part("survey", "Điều tra", (Source.OPINION_SURVEY,)),)
    made, of = criteria_set(TREE[0], node("2", "2", source=Source.OPINION_SURVEY), parts=parts), units("a")
    result = compute(made, figures(of), sheets(made, of, typed=TYPED))
    assert {part: totals.points.row(0) for part, totals in result.parts.items()} == {"survey": Fraction(1, 2)}
