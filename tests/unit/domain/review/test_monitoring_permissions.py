"""Who records findings of the year, who changes and who reads them."""

from __future__ import annotations

import pytest

from parindex.domain.review.monitoring_permissions import (
    NoteFacts,
    check_can_change_note,
    check_can_read_note,
    check_can_record_note,
    leads_below,
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


def test_lead_units_and_the_office_record_on_other_units() -> None:
    assert allowed(check_can_record_note, "tinh", "tinh/y-te") == {"office", "recorder", "other"}
    assert allowed(check_can_record_note, "tinh", "tinh") == {"office", "recorder", "about", "other"}


@pytest.mark.parametrize(
    ("name", "unit", "code"),
    [
        ("about", "tinh/y-te", "note_on_own_unit"),
        ("office", "khac/y-te", "note_outside_owner"),
        ("foreign", "tinh/y-te", "notes_by_lead_units"),
    ],
)
def test_why_nothing_can_be_recorded(name: str, unit: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_can_record_note(PEOPLE[name], "tinh", unit)
    assert refused.value.code == code


def test_who_changes_and_who_reads() -> None:
    assert allowed(check_can_change_note, NOTE) == {"office", "recorder"}
    assert allowed(check_can_read_note, NOTE) == {"office", "recorder", "about", "appraiser", "auditor"}


def test_working_for_the_owner_itself_leads_nothing_below() -> None:
    assert not leads_below(PEOPLE["head"], "tinh")
    assert leads_below(PEOPLE["other"], "tinh")
