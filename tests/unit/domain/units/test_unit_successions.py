"""Who takes the place of a unit: what is said, else the days; nobody while it goes on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.endings import Version, decided_by_successions, handed_on
from parindex.domain.units.successions import last_days_known, takes_over

END = date(2025, 6, 30)
NEXT = END + timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "begun", "ended", "taken"),
    [
        (None, NEXT, None, None), (True, NEXT, None, None), (False, NEXT, None, False),
        (None, NEXT, END, True), (None, END, END, False), (None, date(2022, 1, 1), END, False), (None, None, END, True),
        (True, date(2022, 1, 1), END, True), (False, NEXT, END, False), (False, None, END, False),
    ],
)  # fmt: skip
def test_a_place_is_taken_as_is_said_else_by_the_days(
    said: bool | None, begun: date | None, ended: date | None, taken: bool | None
) -> None:
    assert takes_over(said, begun, ended) is taken


def test_the_last_version_says_when_a_unit_ends() -> None:
    records = [
        UnitRecord("a", "A", valid_from=NEXT), UnitRecord("a", "A", valid_to=END), UnitRecord("b", "B", valid_to=END),
        UnitRecord("c", "C", valid_to=END), UnitRecord("c", "C", valid_from=NEXT, valid_to=NEXT),
    ]  # fmt: skip
    assert last_days_known(records) == {"a": None, "b": END, "c": NEXT}


def test_who_was_given_a_part_ends_nothing_and_is_handed_nothing() -> None:
    law = Decision("1/QĐ", END)
    part, whole = (Succession("a", "b", law, takes_over=one) for one in (False, True))
    ended = UnitRecord("a", "A", valid_to=END)
    assert decided_by_successions(Version(ended), [(part, NEXT)]) == Decision()
    assert decided_by_successions(Version(ended), [(whole, NEXT)]) == law
    assert handed_on(([ended], []), ([ended], [part])) == frozenset()
    assert handed_on(([ended], [part]), ([ended], [whole])) == {"a"}
