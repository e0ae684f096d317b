"""The demonstration: the province of the published examples, its bodies, real criteria sets and figures, one account
per role.

Names of bodies and figures are published; persons are named by their role, so that nobody is invented.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    CriteriaSet,
    CriteriaSetVersion,
    Cycle,
    Figure,
    Phase,
    RoleGrant,
    ScoreSheet,
    Unit,
    UnitVersion,
    User,
)
from parindex.database.models.criteria_sets import SetState
from parindex.database.models.cycles import PhaseKind
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session, session_of
from parindex.usecases.criteria_sets import record_freezing
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.demonstration_evidence import explain_and_prove
from parindex.usecases.demonstration_parts import divide_provincial_sheet
from parindex.usecases.demonstration_progress import SINCE, simulate_progress
from parindex.usecases.demonstration_sets import load_paper
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest
from parindex.wording.moments import VIET_NAM

DATA = Path(__file__).resolve().parent.parent / "data"
_SINCE = date(2004, 1, 1)


@transaction.atomic
def load_demonstration(*, at: datetime) -> None:
    """Fill an empty database; does nothing where there are units already."""
    if Unit.objects.exists():
        return
    units = _units()
    users = _accounts(units, at)
    office = session_of(users["co-quan-thuong-truc"], at)
    _province(office, users, units, at)
    _departments_and_districts(office, units, at)
    load_paper(office, units["dien-bien"], at)
    _addresses()


def _addresses() -> None:
    """Everybody has an address, in a domain that nobody has; last, so that loading itself sends no mail."""
    people = list(User.objects.filter(is_demo=True))
    for one in people:
        one.email = f"{one.username}@example.vn"
    User.objects.bulk_update(people, ["email"])


def _units() -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    with (DATA / "demonstration" / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            unit = made[row["code"]] = Unit.objects.create(code=row["code"])
            parent = made.get(row["parent"])
            above = UnitVersion.objects.get(unit=parent).path + "/" if parent else ""
            UnitVersion.objects.create(
                unit=unit, name=row["name"], short_name=row["short_name"], kind=row["kind"], parent=parent,
                path=above + row["code"], valid_from=_SINCE,
            )  # fmt: skip
    return made


def _accounts(units: dict[str, Unit], at: datetime) -> dict[str, User]:
    made: dict[str, User] = {}
    with (DATA / "demonstration" / "accounts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            user = made.get(row["username"]) or User.objects.create_user(
                row["username"], None, full_name=row["full_name"], position=row["position"],
                unit=units[row["employer"]], is_demo=True,
            )  # fmt: skip
            made[row["username"]] = user
            RoleGrant.objects.create(
                user=user, role=Role(row["role"]), unit=units[row["unit"]], subtree=row["subtree"] == "1", granted_at=at
            )
    return made


def _frozen(set_id: str, owner: Unit, office: Session, at: datetime) -> CriteriaSetVersion:
    path = shipped_set_path(set_id)
    if path is None:
        raise LookupError(set_id)
    made = load_criteria_set(path)
    family = CriteriaSet.objects.create(owner=owner, code=made.id)
    version = CriteriaSetVersion.objects.create(
        criteria_set=family, number=1, state=SetState.FROZEN, title=made.title, year=made.year,
        content=dump_criteria_set(made), fingerprint=fingerprint(made), created_by=office.user, created_at=at,
        frozen_by=office.user, frozen_at=at,
    )  # fmt: skip
    record_freezing(version, made, by=office, at=at)
    return version


def _cycle(office: Session, owner: Unit, title: str, year: int, at: datetime) -> Cycle:
    made = Cycle.objects.create(
        owner=owner, owner_path=owner.code, title=title, year=year, created_by=office.user, created_at=at
    )
    at, month = at.astimezone(VIET_NAM).replace(hour=17, minute=0, second=0, microsecond=0), timedelta(days=30)
    for kind, words, starts, ends in (
        (PhaseKind.SURVEY, "Điều tra xã hội học", at - month, at + month),
        (PhaseKind.SELF_SCORING, "Tự đánh giá, nộp phiếu", at - month, at + timedelta(days=12)),
        (PhaseKind.APPRAISAL, "Thẩm định", at + timedelta(days=12), at + 2 * month),
        (PhaseKind.PUBLICATION, "Công bố", at + 2 * month, at + 3 * month),
    ):
        Phase.objects.create(cycle=made, kind=kind, title=words, starts_at=starts, ends_at=ends)
    return made


def _province(office: Session, users: dict[str, User], units: dict[str, Unit], at: datetime) -> None:
    owner = units["dien-bien"]
    version = _frozen("dien-bien-2020-province", owner, office, at)
    cycle = _cycle(office, owner, "Phiếu chấm điểm cấp tỉnh năm 2020", 2020, at)
    add_group(by=office, at=at, cycle_id=cycle.pk, group=NewGroup("provinces", "Cấp tỉnh", version.pk, (owner.pk,)))
    open_cycle(by=office, at=at, cycle_id=cycle.pk)
    sheet = ScoreSheet.objects.get(cycle=cycle)
    _figures(session_of(users["can-bo-tinh"], at), sheet, version, at)
    divide_provincial_sheet(by=office, at=at, sheet=sheet, units=units)
    explain_and_prove(sheet=sheet, at=at)


def _figures(officer: Session, sheet: ScoreSheet, version: CriteriaSetVersion, at: datetime) -> None:
    """The published figures: earlier years as they stand, those of 2020 entered as an officer would enter them."""
    frozen = frozen_set(version)
    with (DATA / "examples" / "dien-bien-2020" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    earlier = [row for row in rows if int(row["year"]) != frozen.year]
    Figure.objects.bulk_create(
        Figure(unit_id=sheet.unit_id, measure=row["measure"], year=int(row["year"]), value=row["value"], updated_at=at)
        for row in earlier
    )
    for row in rows:
        codes = frozen.items_of.get(row["measure"], ()) if row not in earlier else ()
        code = next((one for one in codes if row["measure"] in frozen.measures_of[one]), None)
        if code is not None:
            change = Change(figures={row["measure"]: Typed(row["value"], digest(""))})
            save_entry(by=officer, at=at, sheet_id=sheet.pk, item_code=code, change=change)


def _departments_and_districts(office: Session, units: dict[str, Unit], at: datetime) -> None:
    owner = units["dien-bien"]
    opened = at - SINCE
    cycle = _cycle(office, owner, "Sở, ngành và huyện, năm 2024", 2024, at)
    Cycle.objects.filter(pk=cycle.pk).update(created_at=opened)
    for code, title, set_id, kind in (
        ("departments", "Cơ quan chuyên môn", "dien-bien-2024-departments", "department"),
        ("districts", "UBND cấp huyện", "dien-bien-2024-districts", "district"),
    ):
        version = _frozen(set_id, owner, office, at)
        members = tuple(
            UnitVersion.objects.filter(kind=kind, parent=owner).order_by("pk").values_list("unit", flat=True)
        )
        add_group(by=office, at=opened, cycle_id=cycle.pk, group=NewGroup(code, title, version.pk, members))
    open_cycle(by=office, at=opened, cycle_id=cycle.pk)
    simulate_progress(cycle, DATA / "examples" / "dien-bien-2024", by=office, at=at)
