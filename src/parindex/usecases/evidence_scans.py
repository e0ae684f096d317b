"""Scanning what waits in quarantine, once the virus scanner answers again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from parindex.database.models import Attachment, DocumentVersion, StoredFile
from parindex.database.models.evidence import ScanState
from parindex.usecases import audit_log
from parindex.usecases.entries import locked_entry
from parindex.usecases.evidence import cycle_of, recounted
from parindex.usecases.evidence_files import local_file
from parindex.usecases.virus_scanner import Verdict, scanned

_SAID = {Verdict.CLEAN: ScanState.CLEAN, Verdict.INFECTED: ScanState.INFECTED}


@dataclass(frozen=True, slots=True)
class Scans:
    """What scanning showed: files by what became of them."""

    clean: int
    infected: int
    waiting: int


def scan_waiting(*, at: datetime) -> Scans:
    """Ask the scanner about every file that it has not spoken of; a file by itself, so that nothing is lost midway."""
    counted = {ScanState.CLEAN: 0, ScanState.INFECTED: 0, ScanState.QUARANTINED: 0}
    if not settings.CLAMD:
        return Scans(0, 0, StoredFile.objects.filter(scan=ScanState.QUARANTINED).count())
    states = (ScanState.QUARANTINED, ScanState.NOT_SCANNED)
    for pk in list(StoredFile.objects.filter(scan__in=states).order_by("stored_at", "pk").values_list("pk", flat=True)):
        counted[_scan(pk, at)] += 1
    return Scans(counted[ScanState.CLEAN], counted[ScanState.INFECTED], counted[ScanState.QUARANTINED])


def _scan(pk: int, at: datetime) -> ScanState:
    file = StoredFile.objects.get(pk=pk)
    try:
        with local_file(file) as path:
            verdict, virus = scanned(path)
    except FileNotFoundError:
        verdict, virus = Verdict.UNKNOWN, ""
    if verdict not in _SAID:
        return ScanState.QUARANTINED
    with transaction.atomic():
        file = StoredFile.objects.select_for_update(no_key=True).get(pk=pk)
        file.scan = _SAID[verdict]
        file.save(update_fields=["scan"])
        if file.scan == ScanState.INFECTED:
            _warn(file, virus, at)
    return _SAID[verdict]


def _warn(file: StoredFile, virus: str, at: datetime) -> None:
    """One without a clean version proves nothing any more; every document says it in the log, and every item that it
    proved, in the chain of its own cycle.

    The log comes last, as in every other act: who holds a sheet waits for the log, never the other way round.
    """
    versions = DocumentVersion.objects.filter(file=file).select_related("document").order_by("document", "number")
    documents = list(dict.fromkeys(version.document for version in versions))
    lost = [one for one in documents if not one.versions.exclude(file__scan=ScanState.INFECTED).exists()]
    uses = Attachment.objects.filter(document__in=lost, removed_at=None).select_related("entry")
    items = []
    for attachment in uses.order_by("entry__sheet", "pk"):
        sheet, entry, _ = locked_entry(attachment.entry.sheet_id, attachment.entry.item_code)
        if Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=at):
            recounted(sheet, entry, act="find_virus", by=None, at=at)
            items.append((audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id), attachment.document_id))
    cycles = {document.pk: cycle_of(document) for document in documents}
    audit_log.hold_chains({*cycles.values(), *(what.cycle for what, _ in items)})
    titles = {document.pk: document.title for document in documents}
    for what, document_id in items:
        facts = {"document": titles[document_id], "document_id": document_id, "virus": virus}
        audit_log.record("take_off_evidence", what, by=None, at=at, after=facts)
    for document in documents:
        what = audit_log.target(document, unit=document.unit_id, cycle=cycles[document.pk])
        audit_log.record("find_virus", what, by=None, at=at, after={"virus": virus, "sha256": file.sha256})
