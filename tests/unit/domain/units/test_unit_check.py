"""Contradictions in a dated tree of units: each kind once, its facts, and what is no contradiction."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.domain.errors import Place, Problem
from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.check import MAX_LEVELS, check_units

END, NEXT = date(2025, 6, 30), date(2025, 7, 1)
DECISION = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
OLD = UnitRecord("old", "Xã Cũ", valid_to=END)
NEW = UnitRecord("new", "Xã Mới", valid_from=NEXT)


def told(*records: UnitRecord, successions: tuple[Succession, ...] = ()) -> list[tuple[str, dict[str, object]]]:
    return [(problem.kind, problem.facts) for problem in check_units(records, successions)]


def test_versions_that_follow_each_other_are_right() -> None:
    records = (
        UnitRecord("p", "P"),
        UnitRecord("u", "Một", parent="p", valid_to=END),
        UnitRecord("u", "Hai", parent="p", valid_from=NEXT),
    )
    assert told(*records) == []
    assert told() == []


def test_a_version_that_ends_before_it_begins_is_said_and_looked_at_no_further() -> None:
    wrong = UnitRecord("a", "A", parent="nobody", valid_from=NEXT, valid_to=END)
    assert told(wrong, UnitRecord("b", "A")) == [("unit_ends_before_it_begins", {"first": NEXT, "last": END})]
    assert told(wrong, UnitRecord("c", "C", parent="a"))[1] == ("unit_parent_unknown", {"unit": "c", "parent": "a"})


def test_two_versions_on_one_day_are_said_at_the_later() -> None:
    records = (UnitRecord("a", "A hai", valid_from=END), UnitRecord("a", "A", valid_to=END))
    assert told(*records) == [("unit_versions_overlap", {"unit": "a", "day": END})]


def test_every_version_below_a_long_one_is_said() -> None:
    inside = (date(2020, 1, 1), date(2021, 1, 1))
    records = [UnitRecord("a", "A"), *(UnitRecord("a", "A", valid_from=day, valid_to=day) for day in inside)]
    assert [facts["day"] for _, facts in told(*records)] == list(inside)


def test_a_parent_that_is_no_unit() -> None:
    assert told(UnitRecord("a", "A", parent="x")) == [("unit_parent_unknown", {"unit": "a", "parent": "x"})]


@pytest.mark.parametrize(
    ("first", "last", "parents", "day"),
    [
        (None, None, [(None, END)], NEXT),
        (None, END, [(None, END)], None),
        (NEXT, None, [(None, END)], NEXT),
        (date(2020, 1, 1), None, [(date(2021, 1, 1), None)], date(2020, 1, 1)),
        (None, None, [(None, END), (NEXT, None)], None),
        (None, None, [(None, END), (date(2025, 7, 2), None)], NEXT),
        (NEXT, None, [(None, date(2000, 1, 1)), (None, END), (NEXT, None)], None),
        (date(2020, 1, 1), END, [(None, date(2000, 1, 1)), (date(2010, 1, 1), None)], None),
        (date(2020, 1, 1), END, [(None, None), (date(2025, 1, 1), date(2025, 1, 2))], None),
    ],
)
def test_a_parent_must_hold_as_long_as_its_child(
    first: date | None, last: date | None, parents: list[tuple[date | None, date | None]], day: date | None
) -> None:
    records = [UnitRecord("p", "P", valid_from=a, valid_to=b) for a, b in parents]
    child = UnitRecord("c", "C", parent="p", valid_from=first, valid_to=last)
    found = [facts for kind, facts in told(child, *records) if kind == "unit_parent_not_valid"]
    assert found == ([] if day is None else [{"unit": "c", "parent": "p", "day": day}])


def test_a_circle_is_said_once_on_the_day_it_begins() -> None:
    records = (
        UnitRecord("a", "A", parent="b"),
        UnitRecord("b", "B", parent=None, valid_to=END),
        UnitRecord("b", "B", parent="c", valid_from=NEXT),
        UnitRecord("c", "C", parent="a"),
        UnitRecord("under", "U", parent="a"),
    )
    assert told(*records) == [("unit_parent_circle", {"units": ["b", "c", "a"], "day": NEXT})]
    assert told(UnitRecord("a", "A", parent="a")) == [("unit_parent_circle", {"units": ["a"], "day": None})]
    both = (UnitRecord("a", "A", parent="b"), UnitRecord("b", "B", parent="a"))
    assert told(*both) == [("unit_parent_circle", {"units": ["a", "b"], "day": None})]


def test_edges_of_different_times_are_no_circle() -> None:
    records = (
        UnitRecord("a", "A", parent="b", valid_to=END),
        UnitRecord("a", "A", valid_from=NEXT),
        UnitRecord("b", "B", valid_to=END),
        UnitRecord("b", "B", parent="a", valid_from=NEXT),
    )
    assert told(*records) == []


def test_a_tree_that_is_too_deep_is_refused_where_it_becomes_so() -> None:
    chain = [UnitRecord(f"u{n}", f"U{n}", parent=f"u{n - 1}" if n else None) for n in range(MAX_LEVELS + 2)]
    assert told(*chain[:-1]) == []
    assert told(*chain) == [("unit_tree_too_deep", {"unit": f"u{MAX_LEVELS + 1}", "limit": MAX_LEVELS})]


def test_one_name_for_two_units_below_one_parent() -> None:
    records = (
        UnitRecord("p", "P"),
        UnitRecord("a", "Xã  Na Sang", parent="p"),
        UnitRecord("b", "xã na sang", parent="p", valid_from=END),
        UnitRecord("c", "Xã Na Sang"),
    )
    assert told(*records) == [("unit_name_twice", {"name": "xã na sang", "other": "a", "day": END})]


def test_one_name_after_another_or_below_another_parent_is_right() -> None:
    assert told(UnitRecord("a", "Một", valid_to=END), UnitRecord("b", "Một", valid_from=NEXT)) == []
    assert told(UnitRecord("a", "Một", valid_to=END), UnitRecord("a", "Một", valid_from=NEXT)) == []


def test_the_one_of_the_name_that_still_holds_is_found_behind_others() -> None:
    days = [date(2020, 1, day) for day in range(1, 5)]
    records = (
        UnitRecord("long", "X"),
        UnitRecord("a", "X", valid_from=days[0], valid_to=days[0]),
        UnitRecord("b", "X", valid_from=days[1], valid_to=days[1]),
        UnitRecord("long", "Y", parent="long", valid_from=days[2]),
    )
    names = [(facts["other"], facts["day"]) for kind, facts in told(*records) if kind == "unit_name_twice"]
    assert names == [("long", days[0]), ("long", days[1])]


def test_a_succession_with_its_decision_is_right() -> None:
    assert told(OLD, NEW, successions=(Succession("old", "new", DECISION),)) == []


@pytest.mark.parametrize("decision", [Decision(), Decision("1656/NQ"), Decision(date=END)])
def test_a_succession_needs_number_and_date(decision: Decision) -> None:
    pair = {"predecessor": "old", "successor": "new"}
    found = told(OLD, NEW, successions=(Succession("old", "new", decision),))
    assert found == [("succession_without_decision", pair)]


def test_both_ends_of_a_succession_are_units() -> None:
    assert told(OLD, NEW, successions=(Succession("x", "y", DECISION), Succession("old", "y", DECISION))) == [
        ("succession_unit_unknown", {"unit": "x"}),
        ("succession_unit_unknown", {"unit": "y"}),
        ("succession_unit_unknown", {"unit": "y"}),
    ]


def test_a_unit_follows_another_and_once() -> None:
    again = Succession("old", "new", DECISION)
    assert told(OLD, NEW, successions=(again, again, Succession("new", "new"))) == [
        ("succession_twice", {"predecessor": "old", "successor": "new"}),
        ("succession_of_itself", {"unit": "new"}),
    ]


def test_both_may_hold_on_one_day_only_with_a_reason() -> None:
    early = UnitRecord("new", "Xã Mới", valid_from=date(2025, 6, 1))
    pair = {"predecessor": "old", "successor": "new"}
    found = told(OLD, early, successions=(Succession("old", "new", DECISION),))
    assert found == [("succession_overlaps", {**pair, "day": date(2025, 6, 1)})]
    assert told(OLD, early, successions=(Succession("old", "new", DECISION, "bàn giao một tháng"),)) == []


def test_the_last_day_of_one_may_not_be_the_first_of_the_other() -> None:
    same_day = UnitRecord("new", "Xã Mới", valid_from=END)
    ((kind, facts),) = told(OLD, same_day, successions=(Succession("old", "new", DECISION),))
    assert (kind, facts["day"]) == ("succession_overlaps", END)


def test_the_day_that_both_hold_is_found_among_versions() -> None:
    records = (
        UnitRecord("old", "Cũ", valid_to=date(2000, 1, 1)),
        UnitRecord("old", "Cũ", valid_from=date(2010, 1, 1), valid_to=END),
        UnitRecord("new", "Mới", valid_from=date(2005, 1, 1), valid_to=date(2005, 2, 1)),
        UnitRecord("new", "Mới", valid_from=date(2024, 1, 1)),
    )
    ((_, facts),) = told(*records, successions=(Succession("old", "new", DECISION),))
    assert facts["day"] == date(2024, 1, 1)


def test_problems_stand_where_the_caller_says_in_the_order_of_records() -> None:
    records = (UnitRecord("a", "Một", parent="x"), UnitRecord("b", "Một", valid_from=NEXT, valid_to=END))
    found = check_units(
        records,
        (Succession("a", "a"),),
        record_place=lambda at, column: Place(row=at, cell=column),
        succession_place=lambda at, column: Place(row=10 + at, cell=column),
    )
    assert [problem.place for problem in found] == [
        Place(row=0, cell="parent"), Place(row=1, cell="valid_to"), Place(row=10, cell="predecessor"),
    ]  # fmt: skip
    assert check_units(records)[0] == Problem("unit_parent_unknown", Place(code="a"), {"unit": "a", "parent": "x"})
    assert check_units((), (Succession("a", "b", DECISION),))[0].place == Place(code="b")
