"""The yardsticks of a published cycle: its groups with their frozen criteria sets."""

from __future__ import annotations

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup


def groups_of(cycle_id: int) -> list[CycleGroup]:
    """The groups of a cycle in order, with their sets. One query."""
    return list(CycleGroup.objects.filter(cycle=cycle_id).select_related("set_version").order_by("position", "pk"))


def group_of(cycle_id: int, code: str) -> tuple[CycleGroup, FrozenSet]:
    """A group of a cycle and its set ready to compute with. One query."""
    group = CycleGroup.objects.select_related("set_version").get(cycle=cycle_id, code=code)
    return group, frozen_set(group.set_version)
