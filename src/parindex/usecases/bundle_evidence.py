"""A received bundle as a document that proves items: one document of each lead unit for all bundles of one sender about
one year, with a version for each; the last one is shown, the others stay.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from parindex.database.models import Attachment, Document, DocumentVersion, Entry, ReceivedBundle, ScoreSheet, Unit
from parindex.documents.citations.citation import number_key
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.entries import locked_entry
from parindex.usecases.evidence import recounted
from parindex.wording.received_bundles import bundle_title


def attach_bundle(
    bundle: ReceivedBundle, sheet: ScoreSheet, codes: Collection[str], *, by: Session, at: datetime
) -> None:
    """Let a bundle prove items of a sheet, those that it proves already left out; within the transaction of taking."""
    leads = dict(Entry.objects.filter(sheet=sheet, item_code__in=codes).values_list("item_code", "part__lead_unit"))
    documents: dict[int, Document] = {}
    for code in codes:
        lead = leads.get(code)
        if lead is None:
            continue
        if lead not in documents:
            documents[lead] = _document(bundle, lead, by, at)
        _attach(sheet, code, documents[lead], bundle, by, at)


def _document(bundle: ReceivedBundle, lead: int, by: Session, at: datetime) -> Document:
    """The document of a unit for the bundles of a sender about a year, with this one as its last version."""
    alike = ReceivedBundle.objects.filter(
        keeper=bundle.keeper_id, sender_code=bundle.sender_code, year=bundle.year, kind=bundle.kind, title=bundle.title
    )
    rows = Document.objects.filter(unit=lead, versions__file__in=alike.values("file"))
    found = rows.order_by("pk").first()
    number = bundle.decision_number
    if found is None:
        Unit.objects.select_for_update(no_key=True).get(pk=lead)
        found = Document.objects.create(
            unit_id=lead, title=_title(bundle), number=number, number_key=number_key(number)[:120],
            date=bundle.decision_date, issuer=bundle.sender_name, created_by=by.user, created_at=at,
            confirmed_by=by.user, confirmed_at=at,
        )  # fmt: skip
    last = found.versions.order_by("-number").first()
    if last is None or last.file_id != bundle.file_id:
        name = f"{bundle.sender_code}-{bundle.year}-{bundle.number}.parindex.zip"
        DocumentVersion.objects.create(
            document=found, number=last.number + 1 if last else 1, file=bundle.file, name=name, uploaded_by=by.user,
            uploaded_at=at,
        )  # fmt: skip
    return found


def _title(bundle: ReceivedBundle) -> str:
    """What the document is called; where that is longer than titles are, it ends with an ellipsis."""
    title, most = bundle_title(bundle), 500
    return title if len(title) <= most else title[: most - 1] + "…"


def _attach(
    sheet: ScoreSheet, code: str, document: Document, bundle: ReceivedBundle, by: Session, at: datetime
) -> None:  # fmt: skip
    if Attachment.objects.filter(
        entry__sheet=sheet, entry__item_code=code, document=document, removed_at=None
    ).exists():
        return
    held, entry, _ = locked_entry(sheet.pk, code)
    Attachment.objects.create(entry=entry, document=document, added_by=by.user, added_at=at)
    recounted(held, entry, act="add_evidence", by=by, at=at)
    what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
    after = {"document": document.title, "document_id": document.pk, "bundle": bundle.fingerprint}
    audit_log.record("add_evidence", what, by=by, at=at, after=after)
