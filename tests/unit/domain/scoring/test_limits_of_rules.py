"""Where bands overlap, from where to where; and that rounding gives nothing above the maximum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.builders import answers

from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.rule import on_step
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.values import Rounding


def test_an_overlap_reaches_over_every_cut_inside_it() -> None:
    bands = [
        {"from": "0", "below": "10", "points": "1"},
        {"from": "2", "below": "8", "points": "0.5"},
        {"from": "5", "below": "8", "points": "0"},
    ]
    with pytest.raises(InvalidInput) as caught:
        parse_rule({"kind": "bands", "of": "x", "bands": bands}, max_points=Fraction(1), year=2024)
    found = [(one.facts["low"], one.facts["high"]) for one in caught.value.problems]
    assert found == [("2", "8"), ("5", "8")]


def test_rounding_gives_nothing_above_the_maximum_and_else_what_it_says() -> None:
    data = {"kind": "ratio", "of": "x", "to": "y", "round": {"places": 0}}
    assert answers(data, "0,6", {"x": [3, 0], "y": [3, 3]}) == [Fraction("0.6"), 0]
    assert answers(data, "3", {"x": [2, 3], "y": [3, 3]}) == [2, 3]
    finer = {**data, "round": {"places": 1}}
    assert answers(finer, "0,6", {"x": [1, 2], "y": [3, 3]}) == [Fraction("0.2"), Fraction("0.4")]


@pytest.mark.parametrize(("value", "steps"), [("1/4", [2, 3]), ("1/3", []), ("0.5", [1, 2, 3]), ("3", [0, 1, 2, 3])])
def test_a_number_is_on_the_step_that_leaves_it_as_it_is(value: str, steps: list[int]) -> None:
    found = [places for places in range(4) if on_step(Fraction(value), Rounding(places))]
    assert found == steps
