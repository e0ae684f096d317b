"""The world in which rights are asked: for every role three people, and the objects that most rows need
(``rights_given.py`` makes the others).

All objects belong to one department of one province. For a role, ``own`` is who made the object or answers for it,
``colleague`` holds the same role at the same place, ``stranger`` holds it elsewhere: in another department, or at
another province where the role is one of the owner's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

from parindex.database.models import (
    Cycle,
    Entry,
    Phase,
    SheetPart,
    Unit,
    User,
)
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session, session_of
from parindex.usecases.cycles import NewGroup, add_group
from parindex.usecases.typed_values import digest
from tests.factories.kept import kept
from tests.factories.world import PASSWORD, World, now, person, unit, world

RELATIONS = ("own", "colleague", "stranger")
UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
WIDE_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR)


@dataclass
class RightsWorld:
    """``places`` are the values of the parameters of addresses, and what forms need, by name."""

    made: World
    people: dict[tuple[Role, str], User]
    places: dict[str, Any] = field(default_factory=dict)

    def session(self, role: Role, relation: str = "own") -> Session:
        """The rights of a person as they are now."""
        return session_of(self.people[role, relation], now(), "127.0.0.1")


@kept
def rights_world() -> RightsWorld:
    """Everything but what :data:`GIVEN` adds for single rows."""
    made = world()
    foreign = unit("tinh-khac", "UBND tỉnh khác", "province")
    people = {
        (role, relation): person(
            f"{role}.{relation}",
            *_place(made, foreign, role, relation),
            subtree=role in WIDE_ROLES,
        )
        for role, relation in product(Role, RELATIONS)
    }
    rights = RightsWorld(made, people)
    part = SheetPart.objects.get(sheet=made.sheet)
    entry = Entry.objects.get(sheet=made.sheet, item_code="2.1")
    officer, colleague = people[Role.UNIT_OFFICER, "own"], people[Role.UNIT_OFFICER, "colleague"]
    rights.places = {
        "sheet": made.sheet.pk, "part": part.pk, "code": "2.1", "entry": entry.pk, "cycle": made.cycle.pk,
        "group": made.sheet.group_id, "draft_cycle": _draft_cycle(rights).pk, "unit": made.department.pk,
        "version": made.version.pk, "set": made.version.criteria_set_id, "province": made.province.pk,
        "office": made.office.pk, "other_unit": made.other_department.pk, "empty": digest(""), "password": PASSWORD,
        "today": f"{now():%d/%m/%Y}", "later": f"{now() + timedelta(days=30):%d/%m/%Y}", "person": officer.pk,
        "officer": officer.pk, "colleague": colleague.pk, "grant": officer.grants.get().pk, "measure": "received",
        "other_code": "2.2", "take_off": "take-off", "deactivate": "deactivate", "reset_login": "reset-login",
    }  # fmt: skip
    return rights


def _place(made: World, foreign: Unit, role: Role, relation: str) -> tuple[Unit, Role, Unit]:
    """Who employs somebody, the role, and where it holds."""
    if role in UNIT_ROLES:
        employer = made.other_department if relation == "stranger" else made.department
        return employer, role, employer
    if relation == "stranger":
        return foreign, role, foreign
    return made.office, role, made.province


def _draft_cycle(rights: RightsWorld) -> Cycle:
    """A cycle of the same owner that has a group and a timetable, and is not open yet."""
    made = rights.made
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Sở, ngành năm 2026", year=2026,
        created_by=rights.people[Role.STANDING_OFFICE, "own"], created_at=now(),
    )  # fmt: skip
    Phase.objects.create(
        cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Tự đánh giá", starts_at=now(),
        ends_at=now() + timedelta(days=90),
    )  # fmt: skip
    group = NewGroup("departments", "Sở, ngành", made.version.pk, (made.department.pk, made.other_department.pk))
    add_group(by=rights.session(Role.STANDING_OFFICE), at=now(), cycle_id=cycle.pk, group=group)
    return cycle
