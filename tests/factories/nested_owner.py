"""A district below the province that runs a cycle of its own over its commune, with its own standing office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from parindex.database.models import Cycle, Phase, ScoreSheet, Unit
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.roles import Role
from parindex.usecases.actors import session_of
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from tests.factories.world import World, frozen_version, now, person, unit


@dataclass
class Nested:
    """What :func:`nested_owner` made; its people stand in the world by name."""

    district: Unit
    commune: Unit
    cycle: Cycle
    sheet: ScoreSheet


def nested_owner(made: World) -> Nested:
    """``district_office``, ``commune_officer``, ``commune_leader``, and ``head``, who leads the province alone."""
    district = unit("huyen", "UBND huyện", "district", made.province)
    commune = unit("xa", "UBND xã", "commune", district)
    office = person("district_office", district, Role.STANDING_OFFICE)
    made.people |= {
        "district_office": office,
        "commune_officer": person("commune_officer", commune, Role.UNIT_OFFICER),
        "commune_leader": person("commune_leader", commune, Role.UNIT_LEADER),
        "head": person("head", made.province, Role.UNIT_LEADER),
    }
    version = frozen_version(district, office)
    cycle = Cycle.objects.create(
        owner=district, owner_path="tinh/huyen", title="Cấp xã năm 2025", year=2025, created_by=office, created_at=now()
    )
    Phase.objects.create(
        cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Tự đánh giá", starts_at=now() - timedelta(days=20),
        ends_at=now() + timedelta(days=10),
    )  # fmt: skip
    acting = session_of(office, now())
    group = NewGroup("communes", "Cấp xã", version.pk, (commune.pk,))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk)
    return Nested(district, commune, cycle, ScoreSheet.objects.get(cycle=cycle))
