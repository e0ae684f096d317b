"""The documents that prove an item: one of them open at the cited page, and what appraisers said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from parindex.database.models import DocumentVerdict, Entry, StoredFile
from parindex.database.models.evidence import ScanState
from parindex.database.queries.appraisal_pages import Paper, document_verdicts_on, papers_of
from parindex.usecases.evidence_files import SHOWN, content_of
from parindex.web.appraisals.claim_view import SignedClaim
from parindex.web.typed_numbers import number_in
from parindex.wording.file_sizes import size_text
from parindex.wording.language import text


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A document on the item, and the last verdict on it."""

    paper: Paper
    verdict: DocumentVerdict | None

    @property
    def name(self) -> str:
        """What the tab says: the number of the paper, else its title."""
        return self.paper.number or self.paper.title

    @property
    def glyph(self) -> str:
        """The icon of its kind."""
        if self.paper.link:
            return "link"
        return "file-text" if self.can_be_shown or not self._is_table else "table"

    @property
    def _is_table(self) -> bool:
        return "sheet" in (self.paper.content_type or "") or "csv" in (self.paper.content_type or "")

    @property
    def can_be_shown(self) -> bool:
        """Whether its pages can be shown here."""
        if self.paper.content_type is None or not self.is_open:
            return False
        return content_of(StoredFile(content_type=self.paper.content_type)).has_page_images

    @property
    def is_open(self) -> bool:
        """Whether it may be read: scanned, or no scanner is set up."""
        return self.paper.scan is not None and ScanState(self.paper.scan) in SHOWN

    @property
    def size(self) -> str:
        """How large the file is, in words."""
        return size_text(self.paper.size or 0)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.paper.pages or 1

    @property
    def cited(self) -> int | None:
        """The page that the unit points at."""
        page = number_in(self.paper.page)
        return page if page is not None and 1 <= page <= self.pages else None

    @property
    def place(self) -> str:
        """Where the unit points at, in words: page and section as written."""
        page = text("trang {page}", page=self.paper.page) if self.paper.page else ""
        return ", ".join(one for one in (page, self.paper.section) if one)


@dataclass(frozen=True, slots=True)
class PapersView:
    """All documents of the item, the open one, its page, and how to get to the others."""

    lines: Sequence[PaperLine]
    line: PaperLine | None
    page: int
    is_large: bool
    carried: str

    def to(self, line: PaperLine | None = None, page: int | None = None, *, large: bool | None = None) -> str:
        """The query that opens another document, another page of this one, or another size."""
        chosen = line or self.line
        asked: dict[str, object] = {"doc": chosen.paper.document} if chosen else {}
        if page is not None or line is None:
            asked["page"] = page or self.page
        if self.is_large if large is None else large:
            asked["size"] = "large"
        return f"?{urlencode(asked)}{self.carried.replace('?', '&', 1)}"

    @property
    def following(self) -> PaperLine | None:
        """The next document, the first after the last."""
        if self.line is None or len(self.lines) < 2:
            return None
        return self.lines[(list(self.lines).index(self.line) + 1) % len(self.lines)]


def papers_view(entry: Entry, signed: SignedClaim | None, carried: str, doc: str, page: str, size: str) -> PapersView:
    """The documents of an entry; ``signed``: what it claimed when it was asked, where its drafts must not be read.

    One query, and one more where there are documents: the verdicts.
    """
    rows = [one for one in papers_of(entry.pk) if _is_there(one, signed)]
    said = {one.document_id: one for one in document_verdicts_on(entry=entry.pk)} if rows else {}
    lines = [PaperLine(one, said.get(one.document)) for one in rows]
    wanted = number_in(doc)
    line = next((one for one in lines if one.paper.document == wanted), lines[0] if lines else None)
    opened = number_in(page) or (line.cited if line else None) or 1
    return PapersView(lines, line, min(max(1, opened), line.pages if line else 1), size == "large", carried)


def _is_there(paper: Paper, signed: SignedClaim | None) -> bool:
    return paper.removed_at is None if signed is None else paper.attachment in signed.evidence
