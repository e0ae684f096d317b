"""What proves an item, and what its explanation cites, gathered for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Attachment, Citation, DocumentVersion, Entry, ScoreSheet, SheetPart
from parindex.database.models.evidence import ScanState
from parindex.database.queries.evidence import attachments_of, versions_of
from parindex.database.queries.item_pages import citations_elsewhere, citations_in
from parindex.database.queries.score_sheets import part_facts, year_of
from parindex.documents.evidence_files.content import Content
from parindex.domain.errors import Problem
from parindex.domain.review.permissions import check_can_read_talk_with_office
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import edit_refusal
from parindex.usecases.citations import findings_of
from parindex.usecases.evidence import place_texts
from parindex.usecases.evidence_files import SHOWN, content_of
from parindex.usecases.read_marks import read_mark
from parindex.wording.file_sizes import size_text
from parindex.wording.moments import local_day
from parindex.wording.problems import message, remedy

_TABLES = frozenset({Content.XLSX, Content.XLS, Content.ODS, Content.CSV})
#: What cannot be right as it stands; the other findings are doubts that may be explained.
_WRONG = frozenset(
    {
        "citation_date_impossible",
        "citation_date_future",
        "citation_year_differs",
        "citation_two_dates",
        "citation_two_issuers",
    }
)
#: What the picker of files offers; what a file is, is decided by its bytes.
ACCEPTED = ",".join((*(content.extension for content in Content if content is not Content.BUNDLE), ".jpeg"))


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a document as a line."""

    version: DocumentVersion

    @property
    def size(self) -> str:
        """Its size in words."""
        return size_text(self.version.file.size)

    @property
    def glyph(self) -> str:
        """The icon of its kind."""
        return "table" if content_of(self.version.file) in _TABLES else "file-text"

    @property
    def can_be_shown(self) -> bool:
        """Whether its pages can be shown here."""
        return content_of(self.version.file).has_page_images and self.is_open

    @property
    def is_open(self) -> bool:
        """Whether it may be read: scanned, or no scanner is set up."""
        return self.version.file.scan in SHOWN

    @property
    def is_waiting(self) -> bool:
        """Whether the scanner has not answered yet."""
        return self.version.file.scan == ScanState.QUARANTINED

    @property
    def is_beyond_scanner(self) -> bool:
        """Whether the scanner takes none of this size."""
        return self.version.file.scan == ScanState.TOO_LARGE

    @property
    def was_scanned(self) -> bool:
        """Whether the scanner found nothing in it."""
        return self.version.file.scan == ScanState.CLEAN


@dataclass(frozen=True, slots=True)
class Proof:
    """A document on the item with its versions, the last one first."""

    attachment: Attachment
    versions: Sequence[VersionLine]

    @property
    def last(self) -> VersionLine | None:
        """The version that is shown; a link has none."""
        return self.versions[0] if self.versions else None

    @property
    def is_infected(self) -> bool:
        """Whether a virus was found in one of them: what nobody took off was taken off for that, or never signed."""
        return any(one.version.file.scan == ScanState.INFECTED for one in self.versions)

    @property
    def uses(self) -> int:
        """How many items the document proves."""
        return int(getattr(self.attachment, "uses", 0) or 0)

    @property
    def seen(self) -> str:
        """The mark of what its form shows."""
        return read_mark(place_texts(self.attachment))

    @property
    def page(self) -> int | None:
        """The page to open at, where it is a number."""
        digits = self.attachment.page.strip()
        return int(digits) if digits.isascii() and digits.isdigit() and 0 < len(digits) < 6 else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful in a citation, in words; ``code`` is the item it stands in."""

    code: str
    message: str
    remedy: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class CitationLine:
    """A citation, and whether its document is there: on this item, with the unit, or not at all."""

    citation: Citation
    is_on_item: bool

    @property
    def other_date(self) -> bool:
        """Whether the document that is meant has another date."""
        cited, meant = self.citation.date, self.citation.document.date if self.citation.document else None
        return cited is not None and meant is not None and cited != meant


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """Everything of the two sections of the item page."""

    sheet: ScoreSheet
    entry: Entry
    demanded: Sequence[str]
    refused: Refusal | None
    proofs: Sequence[Proof]
    taken_off: Sequence[Proof]
    citations: Sequence[CitationLine]
    findings: Sequence[Finding]

    @property
    def limit(self) -> str:
        """How large a file may be, in words."""
        return size_text(settings.EVIDENCE_BYTES)

    @property
    def limit_bytes(self) -> int:
        """How large a file may be."""
        return int(settings.EVIDENCE_BYTES)

    @property
    def most_files(self) -> int:
        """How many files may be sent at once."""
        return int(settings.EVIDENCE_FILES)

    @property
    def accepted(self) -> str:
        """What the picker of files offers."""
        return ACCEPTED


def item_evidence(
    session: Session, sheet: ScoreSheet, entry: Entry, part: SheetPart, frozen: FrozenSet, at: datetime
) -> ItemEvidence:
    """What the page of an item shows of its evidence: one query for documents and one for citations, each one more
    where there are some.

    That this person may read the sheet has been checked by the page.
    """
    facts = part_facts(part, sheet)
    rows = attachments_of(entry=entry.pk)
    versions = versions_of({row.document_id for row in rows})
    proofs = [_proof(row, versions) for row in rows if row.removed_at is None]
    sees_all = refusal(check_can_read_talk_with_office, session.actor, facts) is None
    there = {proof.attachment.document_id for proof in proofs}
    gone = {row.document_id: row for row in rows if row.removed_at is not None and row.document_id not in there}
    cited = citations_in(entry=entry.pk)
    for citation in cited:
        citation.entry = entry
    return ItemEvidence(
        sheet=sheet,
        entry=entry,
        demanded=frozen.items[entry.item_code].node.evidence,
        refused=edit_refusal(session.actor, facts, sheet, entry.item_code, at),
        proofs=proofs,
        taken_off=[_proof(row, versions) for row in gone.values()] if sees_all else [],
        citations=[CitationLine(row, row.document_id in there) for row in cited],
        findings=_findings(cited, sheet, entry, at),
    )


def _proof(row: Attachment, versions: Mapping[int, Sequence[DocumentVersion]]) -> Proof:
    return Proof(row, [VersionLine(one) for one in versions.get(row.document_id, ())])


def _findings(cited: Sequence[Citation], sheet: ScoreSheet, entry: Entry, at: datetime) -> list[Finding]:
    """What is wrong in the citations of an item, also against the same numbers in other items of the sheet."""
    if not cited:
        return []
    others = citations_elsewhere(sheet=sheet.pk, entry=entry.pk, numbers=sorted({row.number_key for row in cited}))
    rows = sorted((*cited, *others), key=lambda row: (row.entry.position, row.by_hand, row.position, row.pk))
    found = findings_of(rows, today=local_day(at), assessed_year=year_of(sheet))
    return [in_words(one) for one in found if entry.item_code in (one.place.code, one.facts.get("at"))]


def in_words(problem: Problem) -> Finding:
    """A finding as a page shows it."""
    return Finding(problem.place.code or "", message(problem), remedy(problem), problem.kind in _WRONG)
