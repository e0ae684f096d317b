"""Who seats whom on a council, and who keeps out of what."""

from __future__ import annotations

import pytest

from parindex.domain.review.council_permissions import (
    check_can_declare_conflict,
    check_can_seat,
    check_can_withdraw_conflict,
)
from parindex.domain.review.permissions import CycleFacts
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import CycleState

CYCLE = CycleFacts(1, "tinh", CycleState.OPEN)
OVER = CycleFacts(1, "tinh", CycleState.FINALISED)


def actor(*roles: Role, path: str = "tinh/so-noi-vu") -> Actor:
    return Actor(9, "Ai đó", path, tuple(Grant(role, "tinh") for role in roles))


def code(check: object, *args: object, **more: object) -> str:
    found = refusal(check, *args, **more)  # type: ignore[arg-type]
    return found.code if found else ""


@pytest.mark.parametrize(
    ("who", "person", "chairs", "places", "wanted"),
    [
        (actor(Role.STANDING_OFFICE), 1, False, ("tinh/so-noi-vu",), ""),
        (actor(Role.SECRETARY), 1, False, (), ""),
        (actor(Role.CHAIR), 1, False, (), "only_office_and_secretary"),
        (actor(Role.SECRETARY), 9, False, (), "own_seat"),
        (actor(Role.SECRETARY), 1, True, (), "chair_by_office"),
        (actor(Role.STANDING_OFFICE), 1, True, ("tinh",), ""),
        (actor(Role.STANDING_OFFICE), 1, True, ("tinh/so-noi-vu/phong",), "chair_of_own_unit"),
        (actor(Role.STANDING_OFFICE, path="tinh"), 1, True, ("tinh",), ""),
    ],
)
def test_who_seats_whom(who: Actor, person: int, chairs: bool, places: tuple[str, ...], wanted: str) -> None:
    assert code(check_can_seat, who, CYCLE, person, chairs=chairs, places=places) == wanted


def test_conflicts_are_declared_by_oneself_and_taken_back_by_others() -> None:
    member, chair, secretary = actor(Role.APPRAISER), actor(Role.CHAIR), actor(Role.SECRETARY)
    assert [code(check_can_declare_conflict, one, CYCLE, 1) for one in (member, chair, secretary)] == [
        "only_office_and_secretary", "", "",
    ]  # fmt: skip
    assert code(check_can_declare_conflict, member, CYCLE, 9) == ""
    assert [code(check_can_withdraw_conflict, one, CYCLE, 9) for one in (member, chair)] == ["own_conflict"] * 2
    assert [code(check_can_withdraw_conflict, one, CYCLE, 1) for one in (member, chair, secretary)] == [
        "only_office_and_secretary", "", "",
    ]  # fmt: skip


def test_nothing_changes_once_the_cycle_is_finalised() -> None:
    office = actor(Role.STANDING_OFFICE)
    assert code(check_can_seat, office, OVER, 1, chairs=False, places=()) == "cycle_over"
    assert code(check_can_withdraw_conflict, office, OVER, 1) == "cycle_over"
