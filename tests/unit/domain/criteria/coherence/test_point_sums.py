"""Which of several wrong figures is reported, and which is a consequence."""

from __future__ import annotations

from fractions import Fraction

from tests.builders import criteria_set, node

from parindex.domain.criteria.coherence import structure
from parindex.domain.criteria.criteria_set import CriteriaSet, Declared, Node, Outside
from parindex.domain.scoring.check import check


def sums(made: CriteriaSet) -> list[tuple[str, str, Fraction | None]]:
    """The wrong sums: kind, code, proposal."""
    return [
        (one.kind, one.code, one.facts.get("proposal"))
        for one in check(made)
        if one.kind in ("children_sum", "total_declared", "total_printed", "points_missing")
    ]


def group(code: str, points: str, *parts: str) -> Node:
    return node(code, points, *(node(f"{code}.{at}", part) for at, part in enumerate(parts, start=1)))


def test_one_of_two_wrong_groups_explains_the_area() -> None:
    """1.1 prints 2 over 1,5 and 1.2 prints 1 over 2; the area fits once 1.1 alone is 1,5."""
    made = criteria_set(node("1", "2.5", group("1.1", "2", "1", "0.5"), group("1.2", "1", "1", "1")))
    assert sums(made) == [("children_sum", "1.1", Fraction(3, 2)), ("children_sum", "1.2", None)]


def test_wrong_groups_that_do_not_explain_the_area() -> None:
    made = criteria_set(node("1", "9", group("1.1", "2", "1", "0.5"), group("1.2", "1", "1", "1")))
    assert [code for _, code, _ in sums(made)] == ["1", "1.1", "1.2"]


def test_two_parts_without_points_cannot_be_summed() -> None:
    """Both are reported; their group is neither right nor wrong."""
    made = criteria_set(node("1", "3", node("1.1", None), node("1.2", None), node("1.3", "1")))
    assert sums(made) == [("points_missing", "1.1", None), ("points_missing", "1.2", None)]
    counted = structure(made)
    assert (counted.groups, counted.parents) == (0, 1)


def test_an_area_without_points_of_its_own_and_in_its_parts() -> None:
    """Nothing tells what it is worth: the total is not held against it."""
    made = criteria_set(node("1", "2"), node("2", None, node("2.1", None)), declared=Declared(max_points=Fraction(2)))
    assert [kind for kind, _, _ in sums(made)] == ["points_missing", "points_missing"]


def test_the_total_of_the_items_may_be_the_right_one() -> None:
    """The areas print 3 and 8, their items sum to 10 as declared: the area is wrong, not the total."""
    made = criteria_set(node("1", "3", node("1.1", "2")), node("2", "8", node("2.1", "8")), printed_total=Fraction(10))
    assert sums(made) == [("children_sum", "1", Fraction(2))]


def test_what_counts_outside_the_hundred_is_in_no_sum() -> None:
    bonus = node("1.3", "2", outside=Outside.BONUS)
    made = criteria_set(node("1", "3", node("1.1", "1"), node("1.2", "2"), bonus), printed_total=Fraction(3))
    assert sums(made) == []
    assert structure(made).parts == {"unknown": 3}
