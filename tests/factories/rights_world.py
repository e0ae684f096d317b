"""The world in which rights are asked: for every role three people, and one object of every kind.

All objects belong to one department of one province. For a role, ``own`` is who made the object or answers for it,
``colleague`` holds the same role at the same place, ``stranger`` holds it elsewhere: in another department, or at
another province where the role is one of the owner's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from tests.factories.world import World, now, person, unit, world

from parindex.database.models import (
    Cycle,
    Entry,
    Extension,
    Figure,
    NotAssessedRequest,
    Phase,
    ScoreSheet,
    SheetPart,
    Unit,
    UnitVersion,
    User,
)
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SheetState
from parindex.usecases.actors import Session, session_of
from parindex.usecases.cycles import NewGroup, add_group
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.submissions import present, submit_part
from parindex.usecases.typed_values import Typed, digest

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
    rights.places = {
        "sheet": made.sheet.pk, "part": part.pk, "code": "2.1", "entry": entry.pk, "cycle": made.cycle.pk,
        "group": made.sheet.group_id, "draft_cycle": _draft_cycle(rights).pk, "unit": made.department.pk,
        "version": made.version.pk, "set": made.version.criteria_set_id, "province": made.province.pk, "office": made.office.pk,
        "unit_version": UnitVersion.objects.get(unit=made.department).pk, "empty": digest(""),
        "later": f"{now() + timedelta(days=30):%d/%m/%Y}", "user": people[Role.UNIT_OFFICER, "own"].pk,
        "officer": people[Role.UNIT_OFFICER, "own"].pk, "colleague": people[Role.UNIT_OFFICER, "colleague"].pk,
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


# --- what single rows need besides -----------------------------------------------------------------------------------


def _filled(rights: RightsWorld) -> None:
    """A figure and an explanation, written by the officer."""
    change = Change(
        figures={"received": Typed("1200", digest("")), "on_time": Typed("900", digest(""))},
        explanation=Typed("Báo cáo số 401/BC-UBND ngày 08/12/2020, trang 8", digest("")),
    )
    officer = rights.session(Role.UNIT_OFFICER)
    save_entry(by=officer, at=now(), sheet_id=rights.made.sheet.pk, item_code="2.1", change=change)


def _all_done(rights: RightsWorld) -> None:
    """Every item of the sheet is entered."""
    Entry.objects.filter(sheet=rights.made.sheet).update(points="1", state="answered", is_started=True)
    Figure.objects.filter(unit=rights.made.department).update(value="1")
    from parindex.usecases.sheet_counts import update_counts

    sheet = ScoreSheet.objects.get(pk=rights.made.sheet.pk)
    update_counts(sheet, act="edited", at=now(), by=rights.session(Role.UNIT_OFFICER))


def _presented(rights: RightsWorld) -> None:
    _all_done(rights)
    present(by=rights.session(Role.UNIT_OFFICER), at=now(), part_id=rights.places["part"])


def _submitted(rights: RightsWorld) -> None:
    """The leader has signed and submitted."""
    submission = submit_part(
        by=rights.session(Role.UNIT_LEADER), at=now(), part_id=rights.places["part"], incomplete_reason="Chưa có"
    )
    rights.places["submission"] = submission.pk


def _locked(rights: RightsWorld) -> None:
    """The deadline passed, the sheet was locked, and then the unit got an extension."""
    ScoreSheet.objects.filter(pk=rights.made.sheet.pk).update(
        state=SheetState.LOCKED, extended_until=datetime(2099, 1, 1, tzinfo=UTC)
    )
    SheetPart.objects.filter(sheet=rights.made.sheet).update(state=SheetState.LOCKED)


def _extension_asked(rights: RightsWorld) -> None:
    rights.places["extension"] = Extension.objects.create(
        sheet=rights.made.sheet, until=now() + timedelta(days=30), reason="Chờ số liệu",
        requested_by=rights.people[Role.UNIT_OFFICER, "own"], requested_at=now(),
    ).pk  # fmt: skip


def _not_assessed_asked(rights: RightsWorld) -> None:
    entry = Entry.objects.get(pk=rights.places["entry"])
    entry.state = "not_assessed_requested"
    entry.save()
    rights.places["request"] = NotAssessedRequest.objects.create(
        entry=entry, reason="Không phát sinh", requested_by=rights.people[Role.UNIT_OFFICER, "own"], requested_at=now()
    ).pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "filled": _filled,
    "all_done": _all_done,
    "presented": _presented,
    "submitted": _submitted,
    "locked": _locked,
    "extension_asked": _extension_asked,
    "not_assessed_asked": _not_assessed_asked,
}
