"""Who appraises what, once the items of a group have other codes: lines follow their items and nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CycleGroup
from parindex.database.models.councils import AppraisalAssignment, Council
from parindex.domain.criteria.comparison import compare_sets
from parindex.usecases.council_seats import changed
from parindex.usecases.replacement_plans import Plan

_Key = tuple[int, int, str, int | None, int | None]


def move_assignments(group: CycleGroup, plan: Plan, at: datetime) -> dict[str, object]:
    """Let the lines of a group's items and nodes follow them to their new codes; what the log says of it.

    A line of several groups stays as it is, because the others have their own sets, and the group gets one of its own
    beside it. Lines of what is gone name nobody's item any more and stay.
    """
    pairs = compare_sets(frozen_set(plan.old).criteria_set, frozen_set(plan.new).criteria_set).pairs
    codes = {one.old.node.code: one.new.node.code for one in pairs if one.old.node.code != one.new.node.code}
    council = Council.objects.select_for_update(no_key=True).filter(cycle=group.cycle_id).first()
    if council is None or not codes:
        return {}
    is_alone = not CycleGroup.objects.filter(cycle=group.cycle_id).exclude(pk=group.pk).exists()
    rows = AppraisalAssignment.objects.filter(level__council=council).order_by("pk")
    own = Q(group=group) | Q(sheet__group=group) | (Q(group=None, sheet=None) if is_alone else Q(pk__in=[]))
    moved = _follow(list(rows.filter(own)), codes)
    shared = [] if is_alone else list(rows.filter(group=None, sheet=None, node_code__in=codes))
    known = {_key(one) for one in rows}
    added = [
        AppraisalAssignment(level_id=one.level_id, member_id=one.member_id, node_code=codes[one.node_code], group=group,
                            assigned_at=at)
        for one in shared
    ]  # fmt: skip
    added = [one for one in added if _key(one) not in known]
    AppraisalAssignment.objects.bulk_create(added, batch_size=500)
    if not moved and not added:
        return {}
    changed(council)
    return {"assignments_moved": moved + len(added)}


def _key(one: AppraisalAssignment) -> _Key:
    return one.level_id, one.member_id, one.node_code, one.group_id, one.sheet_id


def _follow(lines: Sequence[AppraisalAssignment], codes: Mapping[str, str]) -> int:
    """Rename the lines, out of each other's way first; how many. One that says the same then is not kept twice."""
    moving = [one for one in lines if one.node_code in codes]
    meant = {(one.level_id, one.member_id, codes[one.node_code], one.group_id, one.sheet_id) for one in moving}
    twice = [one.pk for one in lines if one.node_code not in codes and _key(one) in meant]
    AppraisalAssignment.objects.filter(pk__in=twice).delete()
    keys = [one.pk for one in moving]
    rows = AppraisalAssignment.objects.filter(pk__in=keys)
    for old, new in codes.items():
        rows.filter(node_code=old).update(node_code=f"~{new}")
    for new in codes.values():
        rows.filter(node_code=f"~{new}").update(node_code=new)
    return len(keys)
