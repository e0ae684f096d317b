"""What is said of a document: proposed from its first page, confirmed or mended by a person."""

from __future__ import annotations

import datetime as time
from dataclasses import asdict, dataclass

from django.db import transaction

from parindex.database.models import Document
from parindex.documents.citations.citation import kind_of_number, number_key
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import link_citations
from parindex.usecases.evidence import check_can_change, cycle_of
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.written_texts import whole
from parindex.wording.moments import day

#: The most characters that are kept of each text.
LENGTHS = {"title": 500, "number": 120, "issuer": 300, "kind": 80, "abstract": 5_000}


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Number and symbol, date, issuer, abstract, the day from which it holds (which is not the day of its upload)."""

    title: str
    number: str = ""
    date: time.date | None = None
    issuer: str = ""
    kind: str = ""
    abstract: str = ""
    effective_on: time.date | None = None

    @classmethod
    def of(cls, document: Document) -> DocumentFacts:
        """What is said now."""
        return cls(
            document.title, document.number, document.date, document.issuer, document.kind, document.abstract,
            document.effective_on,
        )  # fmt: skip

    def tidy(self) -> DocumentFacts:
        """Without superfluous blanks; the kind follows from the symbol where none is said. Refused where too long."""
        number = _line(self.number, LENGTHS["number"])
        return DocumentFacts(
            title=_line(self.title, LENGTHS["title"]),
            number=number,
            date=self.date,
            issuer=_line(self.issuer, LENGTHS["issuer"]),
            kind=_line(self.kind, LENGTHS["kind"]) or kind_of_number(number)[: LENGTHS["kind"]],
            abstract=whole(self.abstract, LENGTHS["abstract"]),
            effective_on=self.effective_on,
        )


def _line(typed: str, most: int) -> str:
    return whole(" ".join(typed.split()), most)


def document_texts(document: Document) -> dict[str, str]:
    """What the form of a document shows: days as they are written."""
    said = asdict(DocumentFacts.of(document))
    return {name: day(value) if isinstance(value, time.date) else value or "" for name, value in said.items()}


@transaction.atomic
def mend_document(
    *, by: Session, at: time.datetime, document_id: int, facts: DocumentFacts, seen: str | None = None
) -> Document:
    """Confirm or mend what is said of a document; the citations that mean it are linked anew."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    check_can_change(by, document, at)
    require_as_read(document_texts(document), seen)
    before, after = DocumentFacts.of(document), facts.tidy()
    if not after.title:
        raise Refusal("document_without_title")
    if before == after and document.confirmed_at is not None:
        return document
    keys = {document.number_key, number_key(after.number)[:120]}
    for name, value in asdict(after).items():
        setattr(document, name, value)
    document.number_key = number_key(after.number)[:120]
    document.confirmed_by, document.confirmed_at = by.user, at
    document.save()
    linked = link_citations(document.unit_id, keys)
    changed = [name for name, value in asdict(after).items() if value != getattr(before, name)]
    what = audit_log.target(document, unit=document.unit_id, cycle=cycle_of(document))
    audit_log.record(
        "mend_document", what, by=by, at=at,
        before={**{name: getattr(before, name) for name in changed}, **linked.before},
        after={**{name: getattr(after, name) for name in changed}, **linked.after},
    )  # fmt: skip
    return document
