"""How the rows of a set are understood."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import criteria_set, node

from parindex.domain.criteria.coherence import contradictions, structure
from parindex.domain.criteria.coherence.outline import outline
from parindex.domain.criteria.criteria_set import CriteriaSet, Outside
from parindex.domain.errors import Place
from parindex.domain.scoring.check import check


def test_rows_are_read_in_the_order_of_the_table() -> None:
    """A reader may hang a row elsewhere; the row numbers of the table tell where it stands."""
    late = node("1.1.2", "1", place=Place(row=4))
    group = node("1.1", "2", node("1.1.1", "1", place=Place(row=3)), place=Place(row=2))
    made = criteria_set(node("1", "2", group, place=Place(row=1)), late)
    rows = outline(made)
    assert [line.code for line in rows.lines] == ["1", "1.1", "1.1.1", "1.1.2"]
    assert [line.level for line in rows.lines] == [1, 2, 3, 3]
    assert {finding.kind for finding in check(made)} == {"rule_missing", "evidence_missing"}


def test_rows_without_places_are_read_in_the_order_of_the_tree() -> None:
    made = criteria_set(node("1", "1", node("1.1", place=Place(row=1))), node("2", "1", place=Place(row=1)))
    assert [line.code for line in outline(made).lines] == ["1", "1.1", "2"]


def test_a_row_under_a_lost_parent_stands_under_the_next_one_above() -> None:
    rows = outline(criteria_set(node("1", "2", node("1.1"), node("1.2.1"))))
    assert [line.parent for line in rows.lines] == [None, 0, 0]


def test_parts_with_points_that_read_like_options_but_sum_to_the_whole_are_parts() -> None:
    """ "Không có phản ánh" and "Có kế hoạch" are parts as long as they add up and each is worth something."""
    parts = (node("1.1", "1", title="Có kế hoạch"), node("1.2", "1", title="Không có phản ánh"))
    assert structure(criteria_set(node("1", "2", *parts))).criteria == 2
    assert structure(criteria_set(node("1", "1", *parts, node("1.3", None)))).criteria == 3
    best_and_rest = (node("1.1", "2", title="Kế hoạch"), node("1.2", "1", title="Báo cáo"))
    assert structure(criteria_set(node("1", "2", *best_and_rest))).criteria == 2


def test_a_negative_part_does_not_make_the_best_an_option() -> None:
    parts = (
        node("1.1", "2", title="Đạt"),
        node("1.2", "1", title="Đạt một phần"),
        node("1.3", "-1", title="Không đạt"),
    )
    assert structure(criteria_set(node("1", "2", *parts))).criteria == 3


def test_areas_outside_the_hundred_have_their_own_numbering() -> None:
    """A, B after 2 are no codes out of order; a wrong code below them is one."""
    bonus = node("A", "2", node("A.1"), node("A.2"), outside=Outside.BONUS)
    penalty = node("B", "1", outside=Outside.PENALTY)
    hundred = (node("1", "1", node("1.1")), node("2", "1", node("2.1")))
    assert faults(criteria_set(*hundred, bonus, penalty)) == []
    skipping = replace(bonus, children=(node("A.1"), node("A.3")))
    assert faults(criteria_set(*hundred, skipping, penalty)) == [("numbering_gap", "A.3")]
    assert faults(criteria_set(*hundred, node("4", "2", outside=Outside.BONUS))) == [("numbering_gap", "4")]
    assert faults(criteria_set(node("A", "1"), node("1", "2", outside=Outside.BONUS))) == []


def faults(made: CriteriaSet) -> list[tuple[str, str]]:
    return [
        (one.kind, one.code) for one in contradictions(made) if one.kind.startswith(("numbering", "wrong", "parent"))
    ]
