"""The demonstration: the province of the published examples, its bodies, real criteria sets and figures, one account
per role.

Names of bodies and figures are published; persons are named by their role, so that nobody is invented.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from parindex.database.models import RoleGrant, Unit, UnitVersion, User
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session, session_of
from parindex.usecases.demonstration_appraisal import load_province_of_2020
from parindex.usecases.demonstration_claims import enter_figures
from parindex.usecases.demonstration_councils import HOME_AFFAIRS, JUSTICE, Line, seat_council, stand_in_for_each_other
from parindex.usecases.demonstration_cycles import DATA, bodies_cycle, frozen_version, provincial_sheet, rows_of
from parindex.usecases.demonstration_districts import load_districts
from parindex.usecases.demonstration_evidence import prove_by_figures
from parindex.usecases.demonstration_parts import divide_provincial_sheet
from parindex.usecases.demonstration_progress import SINCE, STANDINGS, simulate_progress
from parindex.usecases.demonstration_sets import load_paper
from parindex.usecases.outside_results import OutsideData, record

_SINCE = date(2004, 1, 1)
#: Two departments appraise the items that they lead, over all departments.
_LINES: tuple[Line, ...] = (
    *((1, JUSTICE, area) for area in ("2", "3")),
    *((1, HOME_AFFAIRS, area) for area in ("1", "4", "5", "6", "7")),
)
#: Measures of the provincial sheet that a signed bundle of a district may give its part of.
_SUMMED = ("dossiers_with_fees", "dossiers_paid_online")


@transaction.atomic
def load_demonstration(*, at: datetime) -> None:
    """Fill an empty database; does nothing where there are units already."""
    if Unit.objects.exists():
        return
    units = _units()
    users = _accounts(units, at)
    office = session_of(users["co-quan-thuong-truc"], at)
    load_province_of_2020(users, units)
    _open_province(office, users, units, at)
    _departments(office, users, units, at)
    load_districts(users, units, at)
    _outside_results(office, units, at)
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
    for row in rows_of(DATA / "demonstration" / "units.csv"):
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
    for row in rows_of(DATA / "demonstration" / "accounts.csv"):
        user = made.get(row["username"]) or User.objects.create_user(
            row["username"], None, full_name=row["full_name"], position=row["position"],
            unit=units[row["employer"]], is_demo=True,
        )  # fmt: skip
        made[row["username"]] = user
        RoleGrant.objects.create(
            user=user, role=Role(row["role"]), unit=units[row["unit"]], subtree=row["subtree"] == "1", granted_at=at
        )
    return made


def _open_province(office: Session, users: dict[str, User], units: dict[str, Unit], at: datetime) -> None:
    """The provincial sheet that is being written: an excerpt of the set of 2024, led by several departments."""
    version = frozen_version("dien-bien-2024-province-extract", units["dien-bien"], office, at, summed=_SUMMED)
    sheet = provincial_sheet(office, version, "Phiếu chấm điểm cấp tỉnh năm 2024 (trích)", at, at)
    enter_figures(sheet, DATA / "examples" / "dien-bien-2024-province", by=session_of(users["can-bo-tinh"], at), at=at)
    divide_provincial_sheet(by=office, at=at, sheet=sheet, units=units)
    prove_by_figures(sheet=sheet, at=at)


def _departments(office: Session, users: dict[str, User], units: dict[str, Unit], at: datetime) -> None:
    """The sheets of the departments, each as far as its place in the list says; their council waits for them."""
    cycle = bodies_cycle(office, units["dien-bien"], "departments", at - SINCE, at)
    simulate_progress(cycle, DATA / "examples" / "dien-bien-2024" / "departments", STANDINGS, by=office, at=at)
    seat_council(users, cycle, lines=_LINES, at=at)
    stand_in_for_each_other(users, cycle, at=at)


def _outside_results(office: Session, units: dict[str, Unit], at: datetime) -> None:
    """What the ministry has published about the province, year by year."""
    for row in rows_of(DATA / "examples" / "dien-bien-2024-province" / "outside_results.csv"):
        data = OutsideData(
            int(row["year"]), row["title"], row["source"], date.fromisoformat(row["source_date"]), row["index"],
            int(row["rank"]) if row["rank"] else None, int(row["of"]) if row["of"] else None,
        )  # fmt: skip
        unit = units[row["unit"]]
        record(by=office, at=at, owner_path=unit.code, unit_id=unit.pk, data=data)
