"""The levels that an appraisal passes (Cấp 1, Cấp 2…): who sees what, how many opinions there are, how they combine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.models import ItemAppraisal, Opinion
from parindex.database.models.councils import AppraisalAssignment, AppraisalLevel, Council
from parindex.domain.review.opinions import Blindness, Combination
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.council_seats import changed, held_council
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.reassigned import follow, stand, table_before
from parindex.usecases.written_texts import whole

_TITLE_LENGTH = 120
#: More opinions than a council has members nobody means.
MOST_OPINIONS = 99


@dataclass(frozen=True, slots=True)
class LevelData:
    """One level; ``opinions_needed`` 0: of everybody who is assigned to the item."""

    title: str
    blindness: Blindness = Blindness.AFTER_OWN
    combination: Combination = Combination.AGREEMENT
    opinions_needed: int = 1


def first_level(council: Council) -> AppraisalLevel:
    """The level that every council begins with."""
    return AppraisalLevel.objects.create(council=council, number=1, title="Cấp 1")


@transaction.atomic
def set_levels(
    *, by: Session, at: datetime, cycle_id: int, levels: Sequence[LevelData], seen: str | None = None
) -> list[AppraisalLevel]:
    """Say what levels there are, numbered in their order.

    A level from the end of the list is only left out while nothing was assigned or said there (``level_in_use``).
    """
    council = held_council(by, cycle_id)
    stored = list(AppraisalLevel.objects.filter(council=council).order_by("number"))
    require_as_read(level_texts(stored), seen)
    titles = [whole(one.title, _TITLE_LENGTH) for one in levels]
    if not levels or not all(titles):
        raise Refusal("levels_missing")
    if any(not 0 <= one.opinions_needed <= MOST_OPINIONS for one in levels):
        raise Refusal("opinions_needed_wrong", most=MOST_OPINIONS)
    before, table = level_facts(stored), table_before(council)
    for number, (one, title) in enumerate(zip(levels, titles, strict=True), start=1):
        fields = {
            "title": title, "blindness": one.blindness, "combination": one.combination,
            "opinions_needed": one.opinions_needed,
        }  # fmt: skip
        AppraisalLevel.objects.update_or_create(council=council, number=number, defaults=fields)
    for level in stored[len(levels) :]:
        _drop(level, council)
    made = list(AppraisalLevel.objects.filter(council=council).order_by("number"))
    after = level_facts(made)
    if after != before:
        changed(council)
        entries = follow(table, council)
        what = audit_log.target(council, unit=council.cycle.owner_id, cycle=council.cycle)
        audit_log.record("set_levels", what, by=by, at=at, before=before, after=after)
        stand(entries, by=by, at=at)
    return made


def level_texts(levels: Sequence[AppraisalLevel]) -> dict[str, str]:
    """What the form of the levels shows."""
    return {
        f"{one.number}.{name}": str(getattr(one, name))
        for one in levels
        for name in ("title", "blindness", "combination", "opinions_needed")
    }


def level_facts(levels: Sequence[AppraisalLevel]) -> dict[str, object]:
    """The levels as the log keeps them."""
    return {
        f"level.{one.number}": [one.title, str(one.blindness), str(one.combination), one.opinions_needed]
        for one in levels
    }


def _drop(level: AppraisalLevel, council: Council) -> None:
    of_level = {"entry__sheet__cycle": council.cycle_id, "level": level.number}
    if (
        AppraisalAssignment.objects.filter(level=level, member__left_at=None).exists()
        or Opinion.objects.filter(**of_level).exists()
        or ItemAppraisal.objects.filter(sheet__cycle=council.cycle_id, level=level.number).exists()
    ):
        raise Refusal("level_in_use")
    AppraisalAssignment.objects.filter(level=level).delete()
    level.delete()
