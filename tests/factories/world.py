"""A small world for tests of the application: a province, two departments, one open cycle, people in every role.

``owner`` works for the department whose sheet is looked at, ``colleague`` is in the same department, ``stranger`` in
the other one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction

from parindex.database.models import (
    CriteriaSet,
    CriteriaSetVersion,
    Cycle,
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
from parindex.domain.criteria.criteria_set import CriteriaSet as Yardstick
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session, session_of
from parindex.usecases.criteria_sets import record_freezing
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.wording.moments import VIET_NAM
from tests.factories.kept import kept

SMALL_SET = Path(__file__).parent / "small_set.yaml"
PASSWORD = "mat-khau-thu-nghiem"


def now() -> datetime:
    """The moment of the tests: the real one, because sessions expire by it."""
    return datetime.now(tz=UTC)


def morning() -> datetime:
    """Nine o'clock tomorrow, when mails go out by themselves."""
    return (now().astimezone(VIET_NAM) + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


@dataclass
class World:
    """Everything that :func:`world` made; ``people`` by name."""

    province: Unit
    office: Unit
    department: Unit
    other_department: Unit
    version: CriteriaSetVersion
    cycle: Cycle
    sheet: ScoreSheet
    other_sheet: ScoreSheet
    people: dict[str, User] = field(default_factory=dict)

    def session(self, name: str) -> Session:
        """The rights of a person as they are now."""
        return session_of(self.people[name], now(), "127.0.0.1")


def unit(code: str, name: str, kind: str, parent: Unit | None = None) -> Unit:
    """A unit that has been there since 2004."""
    made = Unit.objects.create(code=code)
    above = UnitVersion.objects.get(unit=parent).path + "/" if parent else ""
    UnitVersion.objects.create(
        unit=made, name=name, kind=kind, parent=parent, path=above + code, valid_from=date(2004, 1, 1)
    )
    return made


def person(username: str, employer: Unit, role: Role, at: Unit | None = None, *, subtree: bool = False) -> User:
    """An account with one role at ``at`` (default: the employer); its password is :data:`PASSWORD`."""
    user = User.objects.create_user(
        username, PASSWORD, full_name=username.replace("_", " ").title(), unit=employer, email=f"{username}@example.vn"
    )
    RoleGrant.objects.create(user=user, role=role, unit=at or employer, subtree=subtree, granted_at=now())
    return user


def frozen_version(owner: Unit, by: User, path: Path = SMALL_SET) -> CriteriaSetVersion:
    """The frozen first version of the set in ``path``."""
    made, texts = _read(path)
    return frozen_of(CriteriaSet.objects.create(owner=owner, code=made.id), made, by, texts=texts)


@cache
def _read(path: Path) -> tuple[Yardstick, tuple[str, str]]:
    """A set with its text and fingerprint: two thousand worlds are made of the same one."""
    made = load_criteria_set(path)
    return made, (dump_criteria_set(made), fingerprint(made))


def version_of_year(version: CriteriaSetVersion, year: int) -> CriteriaSetVersion:
    """The same frozen set for another year."""
    made = replace(load_criteria_set(SMALL_SET), year=year)
    return frozen_of(version.criteria_set, made, version.created_by, number=CriteriaSetVersion.objects.count() + 1)


@transaction.atomic
def frozen_of(
    family: CriteriaSet, made: Yardstick, by: User, *, number: int = 1, texts: tuple[str, str] | None = None
) -> CriteriaSetVersion:
    """A frozen version with the record that it was frozen; ``texts``: its content and fingerprint, where known."""
    at = now()
    content, print_of = texts or (dump_criteria_set(made), fingerprint(made))
    version = CriteriaSetVersion.objects.create(
        criteria_set=family, number=number, state=SetState.FROZEN, title=made.title, year=made.year,
        content=content, fingerprint=print_of, created_by=by, created_at=at, frozen_by=by, frozen_at=at,
    )  # fmt: skip
    record_freezing(version, made, by=session_of(by, at), at=at)
    return version


def self_scoring(cycle: Cycle, *, days_left: int = 10) -> Phase:
    """The phase in which units enter, begun and with an end."""
    return Phase.objects.create(
        cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Tự đánh giá", starts_at=now() - timedelta(days=20),
        ends_at=now() + timedelta(days=days_left),
    )  # fmt: skip


@kept
def world(*, days_left: int = 10) -> World:
    """One open cycle over two departments; self-scoring ends in ``days_left`` days."""
    province = unit("tinh", "UBND tỉnh", "province")
    office = unit("so-noi-vu", "Sở Nội vụ", "department", province)
    department = unit("so-y-te", "Sở Y tế", "department", province)
    other = unit("so-tu-phap", "Sở Tư pháp", "department", province)
    people = {
        "administrator": person("administrator", office, Role.ADMINISTRATOR, province, subtree=True),
        "standing_office": person("standing_office", office, Role.STANDING_OFFICE, province),
        "owner": person("owner", department, Role.UNIT_OFFICER),
        "colleague": person("colleague", department, Role.UNIT_OFFICER),
        "leader": person("leader", department, Role.UNIT_LEADER),
        "stranger": person("stranger", other, Role.UNIT_OFFICER),
        "other_leader": person("other_leader", other, Role.UNIT_LEADER),
        "appraiser": person("appraiser", other, Role.APPRAISER, province),
        "chair": person("chair", province, Role.CHAIR),
        "secretary": person("secretary", office, Role.SECRETARY, province),
        "survey_staff": person("survey_staff", office, Role.SURVEY_STAFF, province),
        "auditor": person("auditor", other, Role.AUDITOR, province, subtree=True),
    }
    version = frozen_version(province, people["standing_office"])
    cycle = Cycle.objects.create(
        owner=province, owner_path="tinh", title="Sở, ngành năm 2025", year=2025,
        created_by=people["standing_office"], created_at=now(),
    )  # fmt: skip
    self_scoring(cycle, days_left=days_left)
    acting = session_of(people["standing_office"], now())
    group = NewGroup("departments", "Sở, ngành", version.pk, (department.pk, other.pk))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk)
    cycle.refresh_from_db()
    return World(
        province, office, department, other, version, cycle,
        ScoreSheet.objects.get(cycle=cycle, unit=department), ScoreSheet.objects.get(cycle=cycle, unit=other), people,
    )  # fmt: skip
