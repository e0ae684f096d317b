"""Scanning what waits in quarantine, once the virus scanner answers again."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from parindex.database.models import Attachment, Document, DocumentVersion, StoredFile
from parindex.database.models.evidence import ScanState
from parindex.database.queries.evidence import of_last_version
from parindex.usecases import audit_log, notices
from parindex.usecases.entries import locked_entry
from parindex.usecases.evidence import cycle_of, recounted
from parindex.usecases.evidence_files import local_file
from parindex.usecases.virus_scanner import Verdict, scanned

_SAID = {
    Verdict.CLEAN: ScanState.CLEAN,
    Verdict.INFECTED: ScanState.INFECTED,
    Verdict.TOO_LARGE: ScanState.TOO_LARGE,
}
#: A file that the scanner gave no verdict on is sent again after so long; others are not held up by it.
AGAIN = timedelta(minutes=10)
#: When each file was sent in vain, in this process.
Tried = dict[int, datetime]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scans:
    """What scanning showed: files by what became of them."""

    clean: int
    infected: int
    waiting: int
    too_large: int = 0


def scan_waiting(*, at: datetime, tried: Tried | None = None, too_large: bool = False) -> Scans:
    """Ask the scanner about every file that it has not spoken of; a file by itself, so that nothing is lost midway.

    Where nobody answers at all, none is sent. ``tried`` keeps what was sent in vain: not sent again before
    :data:`AGAIN`. ``too_large``: those beyond the scanner's limit too, once it takes more.
    """
    states = [ScanState.QUARANTINED, ScanState.NOT_SCANNED, *([ScanState.TOO_LARGE] if too_large else ())]
    if settings.CLAMD:
        rows = StoredFile.objects.filter(scan__in=states).order_by("stored_at", "pk")
        counted = _asked(list(rows.values_list("pk", flat=True)), at, {} if tried is None else tried)
    else:
        counted = Counter[ScanState]()
    left = StoredFile.objects.filter(scan__in=(ScanState.QUARANTINED, ScanState.TOO_LARGE)).order_by()
    still = dict(left.values_list("scan").annotate(Count("pk")))
    return Scans(
        counted[ScanState.CLEAN], counted[ScanState.INFECTED],
        still.get(ScanState.QUARANTINED, 0), still.get(ScanState.TOO_LARGE, 0),
    )  # fmt: skip


def _asked(waiting: Sequence[int], at: datetime, tried: Tried) -> Counter[ScanState]:
    counted = Counter[ScanState]()
    for pk in waiting:
        if pk in tried and at - tried[pk] < AGAIN:
            continue
        verdict, state = _scan(pk, at)
        if verdict is Verdict.UNREACHABLE:
            logger.warning("virus scanner %s is not there", settings.CLAMD)
            break
        if state is None:
            tried[pk] = at
        else:
            counted[state] += 1
    return counted


def _scan(pk: int, at: datetime) -> tuple[Verdict, ScanState | None]:
    """What was said of a file, and what it is now; None where that is what it was."""
    file = StoredFile.objects.get(pk=pk)
    try:
        with local_file(file) as path:
            verdict, virus = scanned(path)
    except FileNotFoundError:
        verdict, virus = Verdict.UNKNOWN, ""
    if verdict not in _SAID:
        return verdict, None
    if verdict is Verdict.TOO_LARGE and file.scan == ScanState.NOT_SCANNED:
        return verdict, None  # what was there before the scanner stays readable
    with transaction.atomic():
        file = StoredFile.objects.select_for_update(no_key=True).get(pk=pk)
        before, file.scan = file.scan, _SAID[verdict]
        file.save(update_fields=["scan"])
        if file.scan == ScanState.INFECTED:
            _warn(file, virus, at)
        elif file.scan == ScanState.TOO_LARGE != before:
            _tell_beyond(file, at)
    return verdict, _SAID[verdict]


def _tell_beyond(file: StoredFile, at: datetime) -> None:
    """Where it is the version that counts, its items learn that nobody can open it; it stays there: it is their proof
    once the scanner takes more.
    """
    documents = Document.objects.annotate(counting=of_last_version("file", "pk")).filter(counting=file.pk)
    found = list(documents.order_by("pk"))
    uses = Attachment.objects.filter(document__in=found, removed_at=None)
    for attachment in uses.select_related("document", "entry__part", "entry__sheet__cycle").order_by("entry", "pk"):
        entry = attachment.entry
        notices.beyond_scanner(entry.sheet, entry.part, entry.item_code, attachment.document.title)
    cycles = {document.pk: cycle_of(document) for document in found}
    audit_log.hold_chains(cycles.values())
    for document in found:
        what = audit_log.target(document, unit=document.unit_id, cycle=cycles[document.pk])
        audit_log.record("find_beyond_scanner", what, by=None, at=at, after={"sha256": file.sha256})


def _warn(file: StoredFile, virus: str, at: datetime) -> None:
    """One without a clean version proves nothing any more; every document says it in the log, and every item that it
    proved, in the chain of its own cycle.

    The log comes last, as in every other act: who holds a sheet waits for the log, never the other way round.
    """
    versions = DocumentVersion.objects.filter(file=file).select_related("document").order_by("document", "number")
    documents = list(dict.fromkeys(version.document for version in versions))
    lost = [one for one in documents if not one.versions.exclude(file__scan=ScanState.INFECTED).exists()]
    uses = Attachment.objects.filter(document__in=lost, removed_at=None).select_related("entry", "document")
    items = []
    for attachment in uses.order_by("entry__sheet", "pk"):
        sheet, entry, part = locked_entry(attachment.entry.sheet_id, attachment.entry.item_code)
        if Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=at):
            recounted(sheet, entry, act="find_virus", by=None, at=at)
            notices.virus_found(sheet, part, entry.item_code, attachment.document.title)
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
