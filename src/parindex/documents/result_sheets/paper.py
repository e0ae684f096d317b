"""The sheet of a unit's results as it is printed: every word and number as text."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from parindex.documents.official_papers.proof import PrintedProof
from parindex.documents.official_papers.typesetting import printable, typeset


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table below its title, or ``empty`` in its place where it has no rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ResultSheetPaper:
    """Texts in the order of the page; the line for the head of the unit is filled in by hand."""

    language: str
    country: str
    motto: str
    superior: str
    issuer: str
    number: str
    place_and_date: str
    title: str
    subject: str
    statements: tuple[str, ...]
    head_line: str
    standing: PrintedTable
    areas: PrintedTable
    lost: PrintedTable
    not_assessed: PrintedTable
    remarks: tuple[str, ...]
    fingerprint_title: str
    fingerprint: tuple[str, ...]
    recipients_title: str
    recipients: tuple[str, ...]
    signer_title: str
    signed: str
    proof: PrintedProof | None = None


def result_sheet_pdf(paper: ResultSheetPaper) -> bytes:
    """The bytes of the PDF, the same for the same ``paper``."""
    texts = {name: value for name, value in asdict(paper).items() if name != "proof"}
    proof = paper.proof.data() if paper.proof is not None else {}
    return typeset("result_sheets/result_sheet.typ", {**printable(texts), "proof": proof})
