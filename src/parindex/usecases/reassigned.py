"""What a change of the council means for items under appraisal: who has them now, and what their opinions come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, F, OuterRef

from parindex.database.models import ItemAppraisal, Opinion, ScoreSheet
from parindex.database.models.councils import Council
from parindex.database.queries.appraisal_queues import sets_of
from parindex.database.queries.councils import CouncilTable, council_table, first_level, places_of, plan_of_sheet
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.stages import CycleState
from parindex.usecases.actors import Session
from parindex.usecases.item_standing import restand

#: So many entries are held and worked out at once.
_AT_ONCE = 500


def table_before(council: Council) -> CouncilTable | None:
    """The table before a change; None where nothing is under appraisal yet, so that nothing has to follow."""
    return council_table(council.cycle_id) if council.cycle.state == CycleState.APPRAISAL else None


def follow(before: CouncilTable | None, council: Council) -> list[int]:
    """Give the items of which nothing was said to the level that has them now; the entries of which something was said
    and whose members or levels have changed.

    Their sheets are held from now on, in the order of their keys, so that the act can be logged before these entries
    are worked out anew (:func:`stand`).
    """
    if before is None:
        return []
    after = council_table(council.cycle_id)
    groups = _changed(before, after, council.cycle_id)
    touched = sorted(sheet for sheets, _ in groups for sheet in sheets)
    if not touched:
        return []
    list(ScoreSheet.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk").only("pk"))
    said = Opinion.objects.filter(entry=OuterRef("entry"), withdrawn_at=None)
    found: list[int] = []
    for sheets, levels in groups:
        rows = ItemAppraisal.objects.filter(sheet__in=sheets).annotate(said=Exists(said))
        found += rows.filter(said=True, item_code__in=levels).values_list("pk", flat=True)
        waiting = rows.filter(said=False, state=AppraisalState.WAITING)
        for level in sorted(set(levels.values())):
            codes = [code for code, one in levels.items() if one == level]
            waiting.filter(item_code__in=codes).exclude(level=level).update(level=level, version=F("version") + 1)
    return sorted(found)


def stand(entries: list[int], *, by: Session, at: datetime) -> None:
    """Work out anew where the entries stand that :func:`follow` named."""
    for start in range(0, len(entries), _AT_ONCE):
        restand(entries[start : start + _AT_ONCE], by=by, at=at)


def _changed(before: CouncilTable, after: CouncilTable, cycle: int) -> list[tuple[list[int], Mapping[str, int]]]:
    """Sheets with the items of which somebody else is assigned now, or whose levels work otherwise, and the level that
    such an item begins with.
    """
    sets = sets_of(cycle)
    every = before.levels != after.levels
    known: dict[tuple[int, int, int], Mapping[str, int]] = {}
    kept: list[tuple[Plan, Plan]] = []  # so that no other plan takes their place in memory
    sheets: dict[tuple[int, int, int], list[int]] = {}
    for sheet, place in places_of(cycle).items():
        frozen = sets[place.group]
        old, new = plan_of_sheet(before, place, frozen), plan_of_sheet(after, place, frozen)
        kept.append((old, new))
        key = (place.group, id(old), id(new))
        if key not in known:
            codes = [code for code in frozen.items if every or _who(old, code) != _who(new, code)]
            known[key] = {code: first_level(_who(new, code), after) for code in codes}
        if known[key]:
            sheets.setdefault(key, []).append(sheet)
    return [(some, known[key]) for key, some in sheets.items()]


def _who(plan: Plan, code: str) -> dict[int, tuple[int, ...]]:
    return {level: who[code] for level, who in plan.items() if code in who}
