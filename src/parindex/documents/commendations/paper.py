"""The list of proposals for commendation as it is printed: every word as text, in the places of an official paper."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from parindex.documents.official_papers.proof import PrintedProof
from parindex.documents.official_papers.typesetting import printable, typeset


@dataclass(frozen=True, slots=True)
class CommendationPaper:
    """Texts in the order of the page; the tables of units and persons have their ``heads`` and ``rows``, or no rows.

    Number, day and signer stay open: the office signs it outside.
    """

    language: str
    country: str
    motto: str
    superior: str
    issuer: str
    number: str
    place_and_date: str
    title: str
    subject: str
    addressee: str
    statements: tuple[str, ...]
    units_title: str
    units_heads: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    persons_title: str
    persons_heads: tuple[str, ...]
    persons: tuple[tuple[str, ...], ...]
    request: str
    recipients_title: str
    recipients: tuple[str, ...]
    signer_title: str
    signed: str
    proof: PrintedProof | None = None


def commendation_pdf(paper: CommendationPaper) -> bytes:
    """The bytes of the PDF, the same for the same ``paper``."""
    texts = {name: value for name, value in asdict(paper).items() if name != "proof"}
    proof = paper.proof.data() if paper.proof is not None else {}
    return typeset("commendations/list.typ", {**printable(texts), "proof": proof})
