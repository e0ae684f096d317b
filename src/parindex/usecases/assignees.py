"""Who inside a unit looks after an item."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from parindex.database.models import Entry, SheetPart, User
from parindex.database.queries.ended_units import colleagues
from parindex.database.queries.score_sheets import part_facts
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.entries import locked_entry
from parindex.usecases.read_marks import require_as_read


def staff_of(by: Session, part: SheetPart, at: datetime) -> QuerySet[User]:
    """The people who may be given items of a part: officers and leaders of its lead unit, or of who has taken its
    place. One query, more where that unit has ended.
    """
    units = colleagues(by.actor, part.lead_unit_id, part.lead_path, localdate(at))
    held = Q(grants__role__in=[Role.UNIT_OFFICER, Role.UNIT_LEADER], grants__ended_at=None)
    return User.objects.filter(held, is_active=True, grants__unit__in=units).distinct().order_by("full_name", "pk")


def assignee_texts(entry: Entry) -> dict[str, str]:
    """What the form of an item's assignee shows."""
    return {"assignee": entry.assignee.full_name if entry.assignee is not None else ""}


@transaction.atomic
def assign_item(
    *, by: Session, at: datetime, sheet_id: int, item_code: str, assignee: int | None, seen: str | None = None
) -> None:
    """Give an item to somebody of the lead unit, or to nobody."""
    sheet, entry, part = locked_entry(sheet_id, item_code)
    check_can_edit_part(by.actor, part_facts(part, sheet), at)
    person = None
    if assignee is not None:
        person = staff_of(by, part, at).filter(pk=assignee).first()
        if person is None:
            raise Refusal("assignee_of_other_unit")
    if entry.assignee_id == assignee:
        return
    before = assignee_texts(entry)
    require_as_read(before, seen)
    entry.assignee = person
    entry.save(update_fields=["assignee"])
    what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record(
        "assign_item", what, by=by, at=at, before=before,
        after={"assignee": person.full_name if person else ""},
    )  # fmt: skip
