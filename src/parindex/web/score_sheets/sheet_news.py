"""What a unit must hear of its sheet wherever it meets it: a set replaced inside the year, its wish for more time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from parindex.database.models import Extension, ScoreSheet, SetReplacement
from parindex.database.queries.score_sheets import sheet_facts
from parindex.domain.review.permissions import check_can_ask_for_extension, works_for
from parindex.domain.review.refusal import refusal
from parindex.usecases.actors import Session


@dataclass(frozen=True, slots=True)
class SheetNews:
    """When the set was last replaced (None: never); the last wish for more time, for the unit's own people; whether
    they may ask now.
    """

    replaced_at: datetime | None
    asked: Extension | None
    may_ask: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the standing office still owes an answer."""
        return self.asked is not None and self.asked.approved is None


def sheet_news(session: Session, sheets: Sequence[ScoreSheet]) -> dict[int, SheetNews]:
    """The news of each sheet, by its key. Two queries, whatever the number of sheets."""
    replaced = dict(
        SetReplacement.objects.filter(group__in={sheet.group_id for sheet in sheets})
        .order_by()
        .values_list("group")
        .annotate(last=Max("replaced_at"))
    )
    wishes = Extension.objects.filter(sheet__in=[sheet.pk for sheet in sheets], requested_by__isnull=False)
    asked = {one.sheet_id: one for one in wishes.select_related("requested_by", "decided_by").order_by("pk")}
    found = {}
    for sheet in sheets:
        is_own = works_for(session.actor, sheet.unit_path)
        may_ask = refusal(check_can_ask_for_extension, session.actor, sheet_facts(sheet)) is None
        found[sheet.pk] = SheetNews(replaced.get(sheet.group_id), asked.get(sheet.pk) if is_own else None, may_ask)
    return found
