"""Who receives bundles, whose keys count by whose word, and who takes figures into a sheet."""

from __future__ import annotations

from datetime import UTC, datetime

from parindex.domain.review.permissions import CycleFacts, PartFacts, SheetFacts
from parindex.domain.review.received_permissions import (
    check_can_read_received,
    check_can_receive,
    check_can_take,
    check_can_trust_keys,
)
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import CycleState, SheetState

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LEADS = ("tinh/so", "tinh/khac")
SHEET = SheetFacts(1, CycleFacts(1, "tinh", CycleState.OPEN), "tinh/so", SheetState.OPEN, None, LEADS)


def actor(role: Role, path: str) -> Actor:
    return Actor(1, "A", path, (Grant(role, path),))


OFFICER, OFFICE = actor(Role.UNIT_OFFICER, "tinh/so"), actor(Role.STANDING_OFFICE, "tinh")
AUDITOR, STRANGER = actor(Role.AUDITOR, "tinh/so"), actor(Role.UNIT_OFFICER, "tinh/khac")


def codes(check: object, *args: object) -> list[str]:
    people = (OFFICER, OFFICE, AUDITOR, STRANGER)
    found = [refusal(check, one, *args) for one in people]  # type: ignore[arg-type]
    return [one.code if one else "" for one in found]


def test_a_unit_receives_for_itself() -> None:
    assert codes(check_can_receive, "tinh/so") == ["", "bundle_of_other_unit", *["bundle_of_other_unit"] * 2]
    assert codes(check_can_receive, "tinh") == ["bundle_of_other_unit", "", *["bundle_of_other_unit"] * 2]


def test_who_reads_a_fed_sheet_reads_the_bundle() -> None:
    assert codes(check_can_read_received, "tinh/so") == ["", "bundle_of_other_unit", "", "bundle_of_other_unit"]
    assert codes(check_can_read_received, "tinh/so", (SHEET,)) == ["", "", "", ""]
    assert codes(check_can_read_received, "tinh/so", (), ("tinh",)) == ["", "", "", "bundle_of_other_unit"]


def test_keys_are_trusted_by_the_standing_office() -> None:
    assert codes(check_can_trust_keys, "tinh") == ["keys_by_standing_office", "", *["keys_by_standing_office"] * 2]


def test_figures_are_taken_by_who_enters_and_by_the_office_of_the_cycle_while_the_part_is_open() -> None:
    part = PartFacts(1, SHEET, "tinh/so", SheetState.OPEN)
    assert codes(check_can_take, part, NOW) == ["", "", "entered_by_unit", "part_of_other_unit"]
    signed = PartFacts(1, SHEET, "tinh/so", SheetState.SUBMITTED)
    assert codes(check_can_take, signed, NOW)[:2] == ["sheet_signed", "sheet_signed"]
