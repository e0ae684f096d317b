"""Who records findings of the year, who changes and who reads them."""

from __future__ import annotations

import pytest

from parindex.domain.review.monitoring_permissions import (
    Leads,
    NoteFacts,
    check_can_change_note,
    check_can_read_note,
    check_can_record_note,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Grant, Role

NOTE = NoteFacts("tinh", "tinh/y-te", "tinh/noi-vu")
PEOPLE = {
    "office": Actor(1, "", "tinh/noi-vu", (Grant(Role.STANDING_OFFICE, "tinh"),)),
    "recorder": Actor(2, "", "tinh/noi-vu", (Grant(Role.UNIT_OFFICER, "tinh/noi-vu"),)),
    "about": Actor(3, "", "tinh/y-te", (Grant(Role.UNIT_LEADER, "tinh/y-te"),)),
    "other": Actor(4, "", "tinh/tu-phap", (Grant(Role.UNIT_OFFICER, "tinh/tu-phap"),)),
    "appraiser": Actor(5, "", "tinh/tu-phap", (Grant(Role.APPRAISER, "tinh"),)),
    "auditor": Actor(6, "", "khac", (Grant(Role.AUDITOR, "tinh", subtree=True),)),
    "foreign": Actor(7, "", "khac", (Grant(Role.STANDING_OFFICE, "khac"),)),
    "head": Actor(8, "", "tinh", (Grant(Role.UNIT_LEADER, "tinh"),)),
}


def allowed(check: object, *args: object) -> set[str]:
    return {name for name, actor in PEOPLE.items() if refusal(check, actor, *args) is None}  # type: ignore[arg-type]


LEADS = Leads(frozenset({"tinh/noi-vu"}), frozenset({5}))


def test_who_leads_and_the_office_record_on_other_units() -> None:
    assert allowed(check_can_record_note, "tinh", "tinh/y-te", LEADS) == {"office", "recorder", "appraiser"}
    assert allowed(check_can_record_note, "tinh", "tinh", LEADS) == {"office", "recorder", "appraiser"}
    assert allowed(check_can_record_note, "tinh", "tinh/y-te", Leads()) == {"office"}


@pytest.mark.parametrize(
    ("name", "unit", "code"),
    [
        ("about", "tinh/y-te", "note_on_own_unit"),
        ("appraiser", "tinh/tu-phap", "note_on_own_unit"),
        ("office", "khac/y-te", "note_outside_owner"),
        ("foreign", "tinh/y-te", "notes_by_lead_units"),
        ("other", "tinh/y-te", "notes_by_lead_units"),
        ("head", "tinh/y-te", "notes_by_lead_units"),
    ],
)
def test_why_nothing_can_be_recorded(name: str, unit: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_can_record_note(PEOPLE[name], "tinh", unit, LEADS)
    assert refused.value.code == code


def test_who_changes_and_who_reads() -> None:
    assert allowed(check_can_change_note, NOTE) == {"office", "recorder"}
    assert allowed(check_can_read_note, NOTE) == {"office", "recorder", "about", "appraiser", "auditor"}


def test_who_recorded_a_finding_changes_and_reads_it() -> None:
    mine = NoteFacts("tinh", "tinh/y-te", "tinh", author=5)
    assert allowed(check_can_change_note, mine) == {"office", "appraiser", "head"}
    assert refusal(check_can_read_note, PEOPLE["appraiser"], NoteFacts("x", "x/y", "x", author=5)) is None
