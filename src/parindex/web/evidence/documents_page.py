"""The documents that a person may read, and one of them, gathered for their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet

from parindex.database.models import Attachment, Document
from parindex.database.queries.evidence import (
    documents,
    facts_of_sheets,
    of_last_version,
    readable_documents,
    searched,
    unit_names,
    uses_of,
)
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.evidence import check_can_change
from parindex.usecases.unscanned_evidence import UNSCANNED
from parindex.web.evidence.item_evidence import VersionLine
from parindex.web.evidence.pages import Pages
from parindex.wording.moments import local_day

KINDS = ("", "unconfirmed", "unused", "links", "waiting")


@dataclass(frozen=True, slots=True)
class DocumentFilters:
    """What the address asks for."""

    kind: str = ""
    words: str = ""
    page: int = 1

    def query(self, **changed: object) -> str:
        """The address of the same list with something changed."""
        asked = {"kind": self.kind, "q": self.words, "page": self.page if self.page > 1 else ""} | changed
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a row: its versions (the last first), where it proves something, whose it is."""

    document: Document
    versions: Sequence[VersionLine]
    uses: Sequence[Attachment]
    unit: str

    @property
    def last(self) -> VersionLine | None:
        """The version that is shown; a link has none."""
        return self.versions[0] if self.versions else None

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has confirmed yet what its first page seems to say."""
        return self.document.confirmed_at is None


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """The list."""

    filters: DocumentFilters
    rows: Sequence[DocumentRow]
    pages: Pages
    of_several_units: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the scanner has not spoken of something on this page."""
        return any(row.last is not None and row.last.is_waiting for row in self.rows)


def documents_page(session: Session, filters: DocumentFilters, at: datetime) -> DocumentsPage:
    """One page of the documents that this person may read; the number of queries does not follow the rows."""
    found = _filtered(searched(readable_documents(session.actor, local_day(at)), filters.words), filters.kind)
    pages = Pages.of(found.count(), filters.page)
    ids = list(found.order_by("-created_at", "-pk").values_list("pk", flat=True)[pages.start : pages.end])
    shown = documents().filter(pk__in=ids).order_by("-created_at", "-pk")
    return DocumentsPage(
        filters, rows := _rows(session, list(shown), at), pages, len({row.document.unit_id for row in rows}) > 1
    )


def _filtered(found: QuerySet[Document], kind: str) -> QuerySet[Document]:
    used = Attachment.objects.filter(removed_at=None).values("document")
    if kind == "unconfirmed":
        return found.filter(confirmed_at=None, link="")
    if kind == "unused":
        return found.exclude(pk__in=used)
    if kind == "links":
        return found.exclude(link="")
    if kind == "waiting":
        return found.annotate(scan=of_last_version("file__scan", "pk")).filter(scan__in=UNSCANNED)
    return found


def _rows(session: Session, shown: Sequence[Document], at: datetime) -> list[DocumentRow]:
    uses = _readable(session, uses_of([one.pk for one in shown]))
    names = unit_names({one.unit_id for one in shown}, local_day(at))
    return [
        DocumentRow(
            one, [VersionLine(each) for each in reversed(one.versions.all())], uses.get(one.pk, ()),
            names.get(one.unit_id, ""),
        )
        for one in shown
    ]  # fmt: skip


def _readable(session: Session, uses: Mapping[int, Sequence[Attachment]]) -> dict[int, list[Attachment]]:
    """Of the items that documents prove, those of sheets that this person may read."""
    facts = facts_of_sheets({one.entry.sheet_id for rows in uses.values() for one in rows})
    open_to = {pk for pk, one in facts.items() if refusal(check_can_read_sheet, session.actor, one) is None}
    return {pk: [one for one in rows if one.entry.sheet_id in open_to] for pk, rows in uses.items()}


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with all that is known of it; ``refused``: why this person may not change it."""

    row: DocumentRow
    taken_off: Sequence[Attachment]
    refused: Refusal | None


def document_page(session: Session, document: Document, at: datetime) -> DocumentPage:
    """That this person may read it has been checked. Items that they may not read are not among its uses."""
    (row,) = _rows(session, [document], at)
    rows = Attachment.objects.filter(document=document, removed_at__isnull=False).order_by("removed_at", "pk")
    gone = list(rows.select_related("entry", "entry__sheet", "entry__sheet__cycle", "removed_by"))
    seen = _readable(session, {document.pk: gone})
    return DocumentPage(row, seen[document.pk], refusal(check_can_change, session, document, at))
