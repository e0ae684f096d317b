"""Whether a document proves what is claimed of an item, by somebody who appraises it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.database.models import Attachment, DocumentVerdict, Entry
from parindex.domain.review.appraisal_permissions import check_can_weigh
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.item_standing import held_item
from parindex.usecases.written_texts import reason_of


@transaction.atomic
def judge_document(
    *, by: Session, at: datetime, entry_id: int, document_id: int, proves: bool, reason: str = ""
) -> DocumentVerdict:
    """Say whether a document proves an entry; a reason is due where it does not. Earlier verdicts stay to be read."""
    held = held_item(entry_id, by.user.pk)
    check_can_weigh(by.actor, held.item_facts(), held.seat_of(by))
    attached = Attachment.objects.filter(entry=held.entry, document=document_id, removed_at=None)
    found = attached.select_related("document").first()
    if found is None:
        raise Refusal("document_not_attached")
    why = reason_of(reason, needed=not proves)
    before = verdicts_of(held.entry).get(document_id)
    made = DocumentVerdict.objects.create(
        entry=held.entry, document_id=document_id, proves=proves, reason=why, by=by.user, at=at
    )
    audit_log.record(
        "judge_document", held.target, by=by, at=at, role=held.role_of(by), reason=why,
        before={"proves": before.proves} if before else None,
        after={"item": held.code, "unit": held.sheet.unit_name, "document": found.document.title, "proves": proves},
    )  # fmt: skip
    return made


def verdicts_of(entry: Entry) -> dict[int, DocumentVerdict]:
    """The last verdict on each document of an entry, by document. One query."""
    rows = DocumentVerdict.objects.filter(entry=entry).select_related("by").order_by("pk")
    return {one.document_id: one for one in rows}
