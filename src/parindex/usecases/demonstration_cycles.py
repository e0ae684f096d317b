"""What every cycle of the demonstration is made of: a shipped set frozen, phases around a day, tables, leaders."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

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
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.criteria.criteria_set import CriteriaSet as Yardstick
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.usecases.criteria_sets import record_freezing
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.wording.language import mark, text
from parindex.wording.moments import VIET_NAM

#: Title of the cycle, title of its group, kind of its units.
_BODIES = {
    "departments": ("Sở, ngành, năm 2024", "Cơ quan chuyên môn", "department"),
    "districts": ("Huyện, thị xã, thành phố, năm 2024", "UBND cấp huyện", "district"),
}
_SUMS = " (minh họa: cộng từ các huyện)"
_LEADER = mark("Lãnh đạo {unit}")
_SIGNS = mark("Lãnh đạo đơn vị")
DATA = Path(__file__).resolve().parent.parent / "data"
_MONTH = timedelta(days=30)
_LATER = timedelta(days=12)
_PHASES = (
    (PhaseKind.SURVEY, "Điều tra xã hội học", -_MONTH, _MONTH),
    (PhaseKind.SELF_SCORING, "Tự đánh giá, nộp phiếu", -_MONTH, _LATER),
    (PhaseKind.APPRAISAL, "Thẩm định", _LATER, 2 * _MONTH),
    (PhaseKind.PUBLICATION, "Công bố", 2 * _MONTH, 3 * _MONTH),
)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table that the program brings along."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def frozen_version(
    set_id: str, owner: Unit, office: Session, at: datetime, *, summed: Sequence[str] = ()
) -> CriteriaSetVersion:
    """A shipped set as the first version of the owner's, frozen; ``summed``: measures that are also declared the sum
    over child units, which the source does not say, and their titles do.
    """
    path = shipped_set_path(set_id)
    if path is None:
        raise LookupError(set_id)
    made = _with_sums(load_criteria_set(path), summed)
    family = CriteriaSet.objects.create(owner=owner, code=made.id)
    version = CriteriaSetVersion.objects.create(
        criteria_set=family, number=1, state=SetState.FROZEN, title=made.title, year=made.year,
        content=dump_criteria_set(made), fingerprint=fingerprint(made), created_by=office.user, created_at=at,
        frozen_by=office.user, frozen_at=at,
    )  # fmt: skip
    record_freezing(version, made, by=office, at=at)
    return version


def _with_sums(made: Yardstick, summed: Sequence[str]) -> Yardstick:
    named = {
        code: replace(made.measures[code], sum_of_children=True, title=made.measures[code].title + _SUMS)
        for code in summed
    }
    return replace(made, measures={**made.measures, **named})


def new_cycle(office: Session, owner: Unit, title: str, year: int, at: datetime) -> Cycle:
    """A cycle in preparation whose self-scoring is running on the day of ``at``."""
    made = Cycle.objects.create(
        owner=owner, owner_path=owner.code, title=title, year=year, created_by=office.user, created_at=at
    )
    day = at.astimezone(VIET_NAM).replace(hour=17, minute=0, second=0, microsecond=0)
    for kind, words, starts, ends in _PHASES:
        Phase.objects.create(cycle=made, kind=kind, title=words, starts_at=day + starts, ends_at=day + ends)
    return made


def provincial_sheet(
    office: Session, version: CriteriaSetVersion, title: str, opened: datetime, around: datetime
) -> ScoreSheet:
    """A cycle of one sheet, the province's own, open since ``opened``; its phases are laid around a day."""
    owner = version.criteria_set.owner
    cycle = new_cycle(office, owner, title, version.year or around.year, around)
    add_group(by=office, at=opened, cycle_id=cycle.pk, group=NewGroup("provinces", "Cấp tỉnh", version.pk, (owner.pk,)))
    open_cycle(by=office, at=opened, cycle_id=cycle.pk)
    return ScoreSheet.objects.select_related("cycle", "group__set_version", "unit").get(cycle=cycle)


def bodies_cycle(office: Session, owner: Unit, code: str, opened: datetime, around: datetime) -> Cycle:
    """The open cycle of 2024 of the departments or of the districts, each with its own set."""
    title, group, kind = _BODIES[code]
    cycle = new_cycle(office, owner, title, 2024, around)
    Cycle.objects.filter(pk=cycle.pk).update(created_at=opened)
    version = frozen_version(f"dien-bien-2024-{code}", owner, office, opened)
    units = UnitVersion.objects.filter(kind=kind, parent=owner).order_by("pk").values_list("unit", flat=True)
    add_group(by=office, at=opened, cycle_id=cycle.pk, group=NewGroup(code, group, version.pk, tuple(units)))
    open_cycle(by=office, at=opened, cycle_id=cycle.pk)
    return Cycle.objects.get(pk=cycle.pk)


def leader_of(unit: Unit, name: str, at: datetime) -> User:
    """Who signs for a body: named by the role, and without a password, so that nobody logs in as them."""
    grants = RoleGrant.objects.filter(role=Role.UNIT_LEADER, unit=unit, ended_at=None)
    found = grants.select_related("user").order_by("pk").first()
    if found is not None:
        return found.user
    user = User.objects.create_user(
        f"lanh-dao-{unit.code}", None, full_name=text(_LEADER, unit=name), unit=unit, position=text(_SIGNS)
    )
    RoleGrant.objects.create(user=user, role=Role.UNIT_LEADER, unit=unit, granted_at=at)
    return user
