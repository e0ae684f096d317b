"""When units end, by which decision, and whose work a change hands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from parindex.domain.errors import Place
from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.endings import Version, check_endings, decided_by_successions, handed_on, last_days

END, NEXT, LATER = date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31)
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
OPEN, CLOSED = UnitRecord("a", "A"), UnitRecord("a", "A", valid_to=END)
NEW = UnitRecord("b", "B", valid_from=NEXT)


@pytest.mark.parametrize(
    ("records", "ends"),
    [
        ([OPEN], set()),
        ([CLOSED], {("a", END)}),
        ([CLOSED, UnitRecord("a", "A hai", valid_from=NEXT)], set()),  # another name
        ([CLOSED, UnitRecord("a", "A", valid_from=LATER)], {("a", END)}),  # it comes back later
        ([CLOSED, NEW], {("a", END)}),
        ([UnitRecord("a", "A", valid_from=NEXT, valid_to=END)], set()),  # it has no day at all: said elsewhere
    ],
)
def test_a_unit_ends_where_no_version_of_it_goes_on(records: list[UnitRecord], ends: set[tuple[str, date]]) -> None:
    assert last_days(records) == ends


def told(before: list[Version], after: list[Version]) -> list[tuple[str, dict[str, object]]]:
    return [(one.kind, one.facts) for one in check_endings(before, after)]


def test_a_unit_ends_by_a_decision_with_number_and_date() -> None:
    missing = [("unit_ends_without_decision", {"unit": "a", "day": END})]
    assert told([Version(OPEN)], [Version(CLOSED, LAW)]) == []
    for half in (Decision(), Decision("1/QĐ"), Decision("", END)):
        assert told([Version(OPEN)], [Version(CLOSED, half)]) == missing
    assert told([], [Version(CLOSED)]) == missing
    assert told([Version(CLOSED, LAW)], [Version(CLOSED)]) == missing  # it had one, which does not get lost
    assert told([Version(CLOSED)], [Version(replace(CLOSED, name="A cũ"))]) == []  # it ended so before


def test_a_decision_that_ends_a_unit_says_when() -> None:
    assert told([Version(OPEN)], [Version(OPEN, LAW)]) == [("unit_ending_without_day", {"unit": "a"})]


def test_a_problem_stands_at_its_unit_or_where_it_is_told() -> None:
    (problem,) = check_endings([], [Version(NEW), Version(CLOSED)])
    assert problem.place == Place(code="a")
    (problem,) = check_endings([], [Version(CLOSED)], place=lambda at, column: Place(row=at, cell=column))
    assert problem.place == Place(row=0, cell="ending")


@pytest.mark.parametrize(
    ("version", "first", "decision"),
    [
        (Version(CLOSED), NEXT, LAW),
        (Version(CLOSED), LATER, Decision()),  # another one followed much later, by another decision
        (Version(CLOSED), None, Decision()),
        (Version(CLOSED, Decision("2/QĐ", END)), NEXT, Decision("2/QĐ", END)),
        (Version(OPEN), NEXT, Decision()),
        (Version(UnitRecord("c", "C", valid_to=END)), NEXT, Decision()),
    ],
)
def test_who_is_followed_ends_by_the_decision_of_that(version: Version, first: date | None, decision: Decision) -> None:
    assert decided_by_successions(version, [(Succession("a", "b", LAW), first)]) == decision


FOLLOWED = [Succession("a", "b", LAW)]


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (([OPEN], []), ([CLOSED], []), {"a"}),
        (([OPEN], []), ([CLOSED, NEW], FOLLOWED), {"a"}),
        (([CLOSED, NEW], FOLLOWED), ([OPEN, NEW], []), {"a"}),
        (([CLOSED, NEW], FOLLOWED), ([CLOSED, NEW], []), {"a"}),
        (([CLOSED], []), ([replace(CLOSED, valid_to=LATER)], []), {"a"}),
        (([OPEN, NEW], []), ([OPEN, NEW], FOLLOWED), set()),  # it gave off a part and goes on
        (([CLOSED, NEW], FOLLOWED), ([CLOSED, replace(NEW, name="B hai")], FOLLOWED), set()),
        (([OPEN], []), ([OPEN, NEW], []), set()),
    ],
)
def test_work_is_handed_on_where_a_unit_ends_otherwise_or_others_follow(
    before: tuple[list[UnitRecord], list[Succession]], after: tuple[list[UnitRecord], list[Succession]], codes: set[str]
) -> None:
    assert handed_on(before, after) == codes
