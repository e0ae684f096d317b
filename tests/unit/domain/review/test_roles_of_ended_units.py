"""Whose work it is when a unit has ended."""

from __future__ import annotations

import pytest

from parindex.domain.review.ended_units import Endings, HeldRole, roles_today
from parindex.domain.review.roles import Actor, Grant, Role

OFFICER, ADMIN, CHAIR = Role.UNIT_OFFICER, Role.ADMINISTRATOR, Role.CHAIR
#: Unit 1 has taken the place of 2, unit 3 has ended and nobody followed.
ENDINGS = Endings(last={2: "t/b", 3: "t/c"}, taken_over={1: ("t/b",), 3: ("t/d",)}, busy=frozenset({3}))


@pytest.mark.parametrize(
    ("held", "grants"),
    [
        (HeldRole(1, OFFICER, "t/a"), [Grant(OFFICER, "t/a"), Grant(OFFICER, "t/b", stands_in=True)]),
        (
            HeldRole(1, OFFICER, "t/a", subtree=True),
            [Grant(OFFICER, "t/a", subtree=True), Grant(OFFICER, "t/b", subtree=True, stands_in=True)],
        ),
        (HeldRole(4, OFFICER, "t/e"), [Grant(OFFICER, "t/e")]),
        (HeldRole(2, OFFICER, None), []),  # its successor's people go on
        (HeldRole(3, OFFICER, None), [Grant(OFFICER, "t/c"), Grant(OFFICER, "t/d", stands_in=True)]),
        (HeldRole(5, OFFICER, None), []),  # it has not begun
        (HeldRole(2, CHAIR, None, cycle=7), [Grant(CHAIR, "t/b", cycle=7)]),  # a mandate for the cycle
        (HeldRole(1, CHAIR, "t/a", cycle=7), [Grant(CHAIR, "t/a", cycle=7)]),
        (HeldRole(2, ADMIN, None), [Grant(ADMIN, "t/b")]),
        (HeldRole(1, ADMIN, "t/a"), [Grant(ADMIN, "t/a")]),
    ],
)  # fmt: skip
def test_roles_hold_where_the_work_has_gone(held: HeldRole, grants: list[Grant]) -> None:
    assert list(roles_today([held], ENDINGS)) == grants


def test_who_stands_in_and_who_belongs_to_a_unit() -> None:
    roles = roles_today([HeldRole(1, OFFICER, "t/a")], ENDINGS)
    actor = Actor(1, "A", "t/a/phong", roles, follows=("t/b/phong",))
    assert [path for path in ("t/a", "t/b", "t/c") if actor.stands_in(path)] == ["t/b"]
    assert [path for path in ("t/a", "t/b", "t", "t/c") if actor.belongs_to(path)] == ["t/a", "t/b", "t"]
