"""Reading the audit log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Model, Q, QuerySet

from parindex.database.models import (
    AuditRecord,
    CriteriaSetVersion,
    Cycle,
    CycleGroup,
    Document,
    Entry,
    Guidance,
    HandedWorkbook,
    OfficialPaper,
    ScoreSheet,
    SheetPart,
    Submission,
    UnitVersion,
    User,
)

#: How rows of a table are named beside an act: the field that is the key, and those that make the name.
_NAMED_BY: Mapping[str, tuple[type[Model], str, tuple[str, ...]]] = {
    "criteria_set_version": (CriteriaSetVersion, "pk", ("title",)),
    "cycle": (Cycle, "pk", ("title",)),
    "cycle_group": (CycleGroup, "pk", ("title",)),
    "document": (Document, "pk", ("title",)),
    "entry": (Entry, "pk", ("item_code", "sheet__unit_name")),
    "guidance": (Guidance, "pk", ("title",)),
    "handed_workbook": (HandedWorkbook, "pk", ("name", "sheet__unit_name")),
    "official_paper": (OfficialPaper, "pk", ("name",)),
    "score_sheet": (ScoreSheet, "pk", ("unit_name",)),
    "sheet_part": (SheetPart, "pk", ("lead_name", "sheet__unit_name")),
    "submission": (Submission, "pk", ("number", "sheet__unit_name")),
    "unit": (UnitVersion, "unit_id", ("name",)),
    "user": (User, "pk", ("full_name",)),
}


def records(
    *,
    chain: str = "",
    readable: Q | None = None,
    action: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
    object_kind: str = "",
    object_id: str = "",
) -> QuerySet[AuditRecord]:
    """Records, newest first. ``readable`` limits them to what somebody may read (None: no limit); each filter may be
    empty.
    """
    found = AuditRecord.objects.select_related("chain")
    if chain:
        found = found.filter(chain__key=chain)
    if readable is not None:
        found = found.filter(readable)
    if action:
        found = found.filter(action=action)
    if actor:
        found = found.filter(actor_name__icontains=actor)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    if object_kind and object_id:
        found = found.filter(object_kind=object_kind, object_id=object_id)
    return found.order_by("-at", "-pk")


def object_names(found: Iterable[AuditRecord]) -> dict[tuple[str, str], str]:
    """What the objects of these records are called, by kind and id; one query a kind, however many records."""
    asked: defaultdict[str, set[int]] = defaultdict(set)
    for one in found:
        if one.object_kind in _NAMED_BY and one.object_id.isdigit():
            asked[one.object_kind].add(int(one.object_id))
    names: dict[tuple[str, str], str] = {}
    for kind, keys in asked.items():
        model, key, fields = _NAMED_BY[kind]
        rows = model._default_manager.filter(**{f"{key}__in": keys}).order_by("pk")
        names |= {(kind, str(row[0])): ", ".join(map(str, row[1:])) for row in rows.values_list(key, *fields)}
    return names
