"""A cycle in which a province and two of its departments report the same figure: that of the province is their sum."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parindex.database.models import Cycle, ScoreSheet, User
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.domain.review.roles import Role
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from tests.factories.world import SMALL_SET, World, frozen_of, now, person, self_scoring, world


@dataclass
class SummedWorld:
    """``whole`` is the sheet of the province, ``parts`` are those of the departments; ``officer`` enters the former."""

    made: World
    whole: ScoreSheet
    parts: tuple[ScoreSheet, ScoreSheet]
    officer: User


def summed_world(*, integer: bool = True) -> SummedWorld:
    """``received`` is the sum over child units (of whole numbers or not); all else is as in the small world."""
    made = world()
    declared = load_criteria_set(SMALL_SET)
    received = replace(declared.measures["received"], sum_of_children=True, integer=integer)
    summed = replace(declared, measures={**declared.measures, "received": received})
    office = made.people["standing_office"]
    version = frozen_of(made.version.criteria_set, summed, office, number=2)
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Cả tỉnh năm 2025", year=2025, created_by=office, created_at=now()
    )
    self_scoring(cycle)
    units = (made.province.pk, made.department.pk, made.other_department.pk)
    group = NewGroup("all", "Tỉnh và các sở", version.pk, units)
    add_group(by=made.session("standing_office"), at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=made.session("standing_office"), at=now(), cycle_id=cycle.pk)
    whole, *parts = ScoreSheet.objects.filter(cycle=cycle).order_by("position")
    officer = person("province_officer", made.province, Role.UNIT_OFFICER)
    return SummedWorld(made, whole, (parts[0], parts[1]), officer)
