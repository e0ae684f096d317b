"""Evidence: documents with their versions, what they prove, taken off and put back; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Attachment, Document, DocumentVersion, Entry, ScoreSheet, SheetPart, StoredFile
from parindex.database.queries.evidence import attachable, path_of
from parindex.database.queries.score_sheets import part_facts, sheets
from parindex.documents.citations.citation import kind_of_number, number_key
from parindex.documents.evidence_files.first_page import FirstPage
from parindex.domain.review.evidence_permissions import check_can_keep_evidence
from parindex.domain.review.permissions import check_can_edit_part, check_part_is_open
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import asked_of, check_asked, require_asked
from parindex.usecases.citations import link_citations
from parindex.usecases.entries import locked_entry
from parindex.usecases.entry_points import rescored
from parindex.usecases.evidence_files import CheckedFile, bytes_kept, keep_file
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.sheet_counts import update_counts
from parindex.usecases.written_texts import whole
from parindex.wording.moments import local_day

#: What is proposed of a new document from its first page.
_READ = ("title", "kind", "number", "date", "issuer", "abstract")
PAGE_LENGTH, SECTION_LENGTH, TITLE_LENGTH, LINK_LENGTH = 60, 120, 500, 1_000


@dataclass(frozen=True, slots=True)
class Added:
    """A document on an item; ``was_there`` where it had been there before, ``was_known`` where the unit had it."""

    attachment: Attachment
    document: Document
    was_there: bool = False
    was_known: bool = False


def upload_evidence(*, by: Session, at: datetime, sheet_id: int, item_code: str, checked: CheckedFile) -> Added:
    """Keep a file that was looked into, and attach it to an item. What the unit has already is not made anew.

    Where it fails, nothing of it stays.
    """
    with bytes_kept(checked.arrived), transaction.atomic():
        return _uploaded(by, at, sheet_id, item_code, checked)


def _uploaded(by: Session, at: datetime, sheet_id: int, item_code: str, checked: CheckedFile) -> Added:
    place = _Place.held(by, at, sheet_id, item_code)
    file = keep_file(checked, at)
    known = _document_of(file, place.part)
    facts = {"file": checked.name, "sha256": file.sha256, "size": file.size}
    if known is not None:
        return place.attach(known, facts, was_known=True)
    document = _new_document(checked, place.part, by, at)
    _add_version(document, file, checked.name, by, at)
    linked = link_citations(document.unit_id, {document.number_key})
    read = {name: getattr(document, name) for name in _READ if getattr(document, name)}
    return place.attach(document, {**facts, **read, **linked.after}, before=linked.before, was_known=False)


def _document_of(file: StoredFile, part: SheetPart) -> Document | None:
    """The document of the unit whose last version has these bytes."""
    for version in DocumentVersion.objects.filter(file=file, document__unit=part.lead_unit_id).order_by("document"):
        later = DocumentVersion.objects.filter(document=version.document_id, number__gt=version.number)
        if not later.exists():
            return Document.objects.get(pk=version.document_id)
    return None


def _new_document(checked: CheckedFile, part: SheetPart, by: Session, at: datetime) -> Document:
    page: FirstPage = checked.first_page
    number = (page.number or "")[:120]
    return Document.objects.create(
        unit=part.lead_unit,
        title=checked.name.removesuffix(checked.content.extension)[:TITLE_LENGTH],
        kind=(page.kind or kind_of_number(number))[:80],
        number=number,
        number_key=number_key(number)[:120],
        date=page.date,
        issuer=(page.issuer or "")[:300],
        abstract=page.abstract or "",
        created_by=by.user,
        created_at=at,
    )


def _add_version(document: Document, file: StoredFile, name: str, by: Session, at: datetime) -> DocumentVersion:
    number = DocumentVersion.objects.filter(document=document).count() + 1
    return DocumentVersion.objects.create(
        document=document, number=number, file=file, name=name, uploaded_by=by.user, uploaded_at=at
    )


@transaction.atomic
def add_link(*, by: Session, at: datetime, sheet_id: int, item_code: str, link: str, title: str) -> Added:
    """Attach a page of the web. A unit has a link once."""
    place = _Place.held(by, at, sheet_id, item_code)
    address = checked_link(link)
    known = Document.objects.filter(unit=place.part.lead_unit_id, link=address).order_by("pk").first()
    words = whole(" ".join(title.split()), TITLE_LENGTH) or address[:TITLE_LENGTH]
    document = known or Document.objects.create(
        unit=place.part.lead_unit, title=words, link=address, created_by=by.user, created_at=at
    )
    return place.attach(document, {"link": address}, was_known=known is not None)


def checked_link(link: str) -> str:
    """The address of a page of the web. Refuses ``not_a_link``: nothing but http and https, no name or password."""
    address = link.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        sound = False
    if (
        not sound
        or len(address) > LINK_LENGTH
        or any(letter.isspace() or not letter.isprintable() for letter in address)
    ):
        raise Refusal("not_a_link")
    return address


@transaction.atomic
def attach_document(
    *, by: Session, at: datetime, sheet_id: int, item_code: str, document_id: int, page: str = "", section: str = ""
) -> Added:
    """Let a document that the unit has prove one more item, with the page or section that does."""
    place = _Place.held(by, at, sheet_id, item_code)
    document = attachable(place.part, place.sheet).filter(pk=document_id).first()
    if document is None:
        raise Refusal("evidence_of_other_unit")
    return place.attach(document, {"document": document.title}, page=page, section=section, was_known=True)


@transaction.atomic
def take_off(*, by: Session, at: datetime, attachment_id: int) -> Attachment:
    """Take a document off an item; it stays with the unit, and in the history of the item."""
    place, attachment = _Place.of(by, at, attachment_id)
    if attachment.removed_at is None:
        attachment.removed_at, attachment.removed_by = at, by.user
        attachment.save(update_fields=["removed_at", "removed_by"])
        before = {"page": attachment.page, "section": attachment.section}
        place.recount("take_off_evidence", {"document": attachment.document.title}, attachment.document_id, before)
    return attachment


@transaction.atomic
def put_back(*, by: Session, at: datetime, attachment_id: int) -> Added:
    """Attach again what was taken off."""
    place, attachment = _Place.of(by, at, attachment_id)
    document = attachable(place.part, place.sheet).filter(pk=attachment.document_id).first()
    if document is None:
        raise Refusal("evidence_of_other_unit")
    facts = {"document": document.title}
    return place.attach(document, facts, page=attachment.page, section=attachment.section, was_known=True)


def place_texts(attachment: Attachment) -> dict[str, str]:
    """What the form shows of where in a document the proof stands."""
    return {"page": attachment.page, "section": attachment.section}


@transaction.atomic
def point_at(
    *, by: Session, at: datetime, attachment_id: int, page: str, section: str, seen: str | None = None
) -> Attachment:
    """Say which page or section of a document proves the item."""
    place, attachment = _Place.of(by, at, attachment_id)
    before = place_texts(attachment)
    require_as_read(before, seen)
    attachment.page, attachment.section = _short(page, PAGE_LENGTH), _short(section, SECTION_LENGTH)
    after = place_texts(attachment)
    if after != before:
        attachment.save(update_fields=["page", "section"])
        what = audit_log.target(place.entry, unit=place.sheet.unit_id, cycle=place.sheet.cycle_id)
        audit_log.record("point_at_evidence", what, by=by, at=at, before=before, after=after)
    return attachment


def _short(text: str, length: int) -> str:
    return whole(" ".join(text.split()), length)


def add_version(*, by: Session, at: datetime, document_id: int, checked: CheckedFile) -> DocumentVersion:
    """Put a new version in front of the others of a document. What a leader has signed keeps the version it had."""
    with bytes_kept(checked.arrived), transaction.atomic():
        document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
        check_can_change(by, document, at)
        if document.link:
            raise Refusal("link_has_no_versions")
        last = document.versions.order_by("-number").select_related("file").first()
        if last is not None and last.file.sha256 == checked.arrived.sha256:
            return last  # sent twice
        file = keep_file(checked, at)
        made = _add_version(document, file, checked.name, by, at)
        what = audit_log.target(document, unit=document.unit_id, cycle=cycle_of(document))
        audit_log.record(
            "add_evidence_version", what, by=by, at=at,
            after={"number": made.number, "file": checked.name, "sha256": file.sha256},
        )  # fmt: skip
        return made


def check_can_change(by: Session, document: Document, at: datetime) -> None:
    """Whether this person may change what a document is. Refused (``evidence_signed``) where it proves an item that
    nobody may write any more: signed, past its deadline, not asked about, or of a cycle that has gone on. Three
    queries, one more for each sheet that answers the council.
    """
    check_can_keep_evidence(by.actor, path_of(document.unit_id, local_day(at)))
    rows = Attachment.objects.filter(document=document, removed_at=None)
    uses = list(rows.select_related("entry", "entry__part").order_by("pk"))
    used = {sheet.pk: sheet for sheet in sheets().filter(pk__in={one.entry.sheet_id for one in uses})}
    asked = {pk: asked_of(sheet) for pk, sheet in used.items()}
    for one in uses:
        sheet, code = used[one.entry.sheet_id], one.entry.item_code
        closed = refusal(check_part_is_open, part_facts(one.entry.part, sheet), at)
        if closed is not None or refusal(check_asked, asked[sheet.pk], code) is not None:
            raise Refusal("evidence_signed", item=one.entry.item_code, cycle=sheet.cycle.title)


def cycle_of(document: Document) -> int | None:
    """The cycle in whose chain acts on a document are logged: the one where it was used last. One query."""
    rows = Attachment.objects.filter(document=document).order_by("-pk")
    return rows.values_list("entry__sheet__cycle", flat=True).first()


@dataclass(slots=True)
class _Place:
    """An item that somebody may edit, held until the end of the transaction."""

    by: Session
    at: datetime
    sheet: ScoreSheet
    entry: Entry
    part: SheetPart

    @classmethod
    def held(cls, by: Session, at: datetime, sheet_id: int, item_code: str) -> _Place:
        sheet, entry, part = locked_entry(sheet_id, item_code)
        check_can_edit_part(by.actor, part_facts(part, sheet), at)
        require_asked(sheet, item_code)
        return cls(by, at, sheet, entry, part)

    @classmethod
    def of(cls, by: Session, at: datetime, attachment_id: int) -> tuple[_Place, Attachment]:
        found = Attachment.objects.select_related("entry").get(pk=attachment_id)
        place = cls.held(by, at, found.entry.sheet_id, found.entry.item_code)
        # Read again: what was waited for may have changed it.
        return place, Attachment.objects.select_related("document").get(pk=attachment_id)

    def attach(
        self, document: Document, facts: Mapping[str, object], *, page: str = "", section: str = "", was_known: bool,
        before: Mapping[str, object] | None = None,
    ) -> Added:  # fmt: skip
        there = Attachment.objects.filter(entry=self.entry, document=document, removed_at=None).first()
        if there is not None:
            return Added(there, document, was_there=True, was_known=True)
        attached = Attachment.objects.filter(entry=self.entry, removed_at=None).count()
        if attached >= settings.EVIDENCE_PER_ITEM:
            raise Refusal("too_much_evidence", allowed=settings.EVIDENCE_PER_ITEM)
        made = Attachment.objects.create(
            entry=self.entry, document=document, page=_short(page, PAGE_LENGTH),
            section=_short(section, SECTION_LENGTH), added_by=self.by.user, added_at=self.at,
        )  # fmt: skip
        where = {name: value for name, value in (("page", made.page), ("section", made.section)) if value}
        self.recount("add_evidence", {**facts, **where}, document.pk, before)
        return Added(made, document, was_known=was_known)

    def recount(
        self, act: str, facts: Mapping[str, object], document: int, before: Mapping[str, object] | None = None
    ) -> None:
        recounted(self.sheet, self.entry, act=act, by=self.by, at=self.at)
        what = audit_log.target(self.entry, unit=self.sheet.unit_id, cycle=self.sheet.cycle_id)
        after = {**facts, "document_id": document}
        audit_log.record(act, what, by=self.by, at=self.at, before=before or None, after=after)


def recounted(sheet: ScoreSheet, entry: Entry, *, act: str, by: Session | None, at: datetime) -> None:
    """Whether the item still lacks evidence, and the counts of its sheet."""
    rescored(sheet, frozen_set(sheet.group.set_version), {entry.item_code: entry})
    entry.save(update_fields=["rule_points", "points", "branch", "is_started", "lacks_evidence", "state"])
    update_counts(sheet, act=act, at=at, by=by)
