"""Reading evidence: every file handed out and every page shown is checked and stands in the log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.database.models import Document, DocumentVersion, StoredFile
from parindex.database.models.evidence import ScanState
from parindex.database.queries.evidence import evidence_facts
from parindex.documents.evidence_files.found_pages import FoundPage, found_page
from parindex.domain.review.evidence_permissions import check_can_read_evidence
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.evidence import cycle_of
from parindex.usecases.evidence_files import SHOWN, DrawnPage, content_of, drawn_page, local_file
from parindex.wording.moments import local_day

#: Widths of pages: a page to read, a page to read closely.
WIDTHS = (1_000, 1_600)


def check_can_open(by: Session, version: DocumentVersion, at: datetime) -> None:
    """Whether this person may see a version; nobody sees what waits for the scanner or has a virus in it."""
    check_can_read_evidence(by.actor, evidence_facts(version.document, local_day(at)))
    if version.file.scan == ScanState.INFECTED:
        raise Refusal("evidence_infected")
    if version.file.scan == ScanState.TOO_LARGE:
        raise Refusal("evidence_beyond_scanner")
    if version.file.scan not in SHOWN:
        raise Refusal("evidence_in_quarantine")


def version_of(document_id: int, number: int) -> DocumentVersion:
    """A version with its document and file. Raises ``DocumentVersion.DoesNotExist``."""
    rows = DocumentVersion.objects.select_related("document", "file")
    return rows.get(document=document_id, number=number)


@transaction.atomic
def download(*, by: Session, at: datetime, version: DocumentVersion) -> StoredFile:
    """The file of a version, to be handed out."""
    check_can_open(by, version, at)
    _log("download_evidence", by, at, version, {})
    return version.file


def page_of(*, by: Session, at: datetime, version: DocumentVersion, page: int, width: int) -> DrawnPage:
    """A page of a version as a picture. Raises :class:`InvalidInput` where it cannot be drawn."""
    check_can_open(by, version, at)
    drawn = drawn_page(version.file, name=version.name, page=page, width=width)
    with transaction.atomic():
        _log("view_evidence", by, at, version, {"page": page})
    return drawn


def page_with(*, by: Session, at: datetime, version: DocumentVersion, words: str, after: int) -> FoundPage:
    """The first page after ``after`` (and around again) on which ``words`` stand."""
    check_can_open(by, version, at)
    with local_file(version.file) as path:
        return found_page(path, content_of(version.file), name=version.name, words=words, after=after)


def _log(act: str, by: Session, at: datetime, version: DocumentVersion, facts: dict[str, object]) -> None:
    document: Document = version.document
    what = audit_log.target(document, unit=document.unit_id, cycle=cycle_of(document))
    audit_log.record(act, what, by=by, at=at, after={"number": version.number, "file": version.name, **facts})
