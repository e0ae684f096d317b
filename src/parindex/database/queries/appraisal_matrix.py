"""What the matrix of an appraisal reads: units, where each item stands, what was claimed; each is one query."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from parindex.database.models import CycleGroup, ItemAppraisal, Question, ScoreSheet
from parindex.database.queries.appraisal_pages import said_by
from parindex.domain.review.opinions import AppraisalState


class StandingCell(NamedTuple):
    """Where one item of one sheet stands; ``claim`` are the points of the unit, "" for none."""

    sheet: int
    code: str
    state: str
    level: int
    points: str
    flags: int
    claim: str
    lead_path: str
    has_spoken: bool


def groups_of(cycle: int) -> list[CycleGroup]:
    """The groups of a cycle with their sets."""
    rows = CycleGroup.objects.filter(cycle=cycle).select_related("set_version").order_by("position", "pk")
    return list(rows.defer("set_version__content", "set_version__reading"))


def appraised_sheets(group: int) -> QuerySet[ScoreSheet]:
    """The sheets of a group that are appraised, in the order of the units."""
    begun = ItemAppraisal.objects.filter(sheet=OuterRef("pk"))
    return ScoreSheet.objects.filter(Exists(begun), group=group).order_by("position", "pk")


def sheets_outside(group: int) -> list[tuple[str, str]]:
    """Name and stage of the sheets of a group that are not appraised: not submitted, or not yet."""
    begun = ItemAppraisal.objects.filter(sheet=OuterRef("pk"))
    rows = ScoreSheet.objects.filter(~Exists(begun), group=group).order_by("position", "pk")
    return list(rows.values_list("unit_name", "state"))


def cells_of(sheets: Collection[int], user: int | None) -> list[StandingCell]:
    """Where every item of some sheets stands that no survey gives; ``user``: whether that person has spoken (None: it
    is not asked).
    """
    rows = ItemAppraisal.objects.filter(sheet__in=sheets).exclude(state=str(AppraisalState.SURVEYED))
    columns = ("sheet_id", "item_code", "state", "level", "points", "flags", "entry__points")
    if user is None:
        return [StandingCell._make((*row, "", True)) for row in rows.order_by().values_list(*columns)]
    found = rows.annotate(has_spoken=Exists(said_by(user))).order_by()
    return [StandingCell._make(row) for row in found.values_list(*columns, "entry__part__lead_path", "has_spoken")]


class AskedClaim(NamedTuple):
    """What was claimed when the council asked: points, "" for none, and figures by measure."""

    points: str
    figures: dict[str, str]


def claims_when_asked(sheets: Collection[int]) -> dict[tuple[int, str], AskedClaim]:
    """What was claimed of the items that units are answering: what they write is nobody's to read until signed."""
    rows = Question.objects.filter(
        entry__sheet__in=sheets, answered_at=None, closed_at=None, withdrawn_at=None, sent_at__isnull=False
    )
    found = {}
    for sheet, code, before in rows.order_by().values_list("entry__sheet", "entry__item_code", "before"):
        kept = json.loads(before or "{}")
        found[sheet, code] = AskedClaim(str(kept.get("points", "")), dict(kept.get("figures", {})))
    return found
