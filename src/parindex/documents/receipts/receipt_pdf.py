"""The receipt as PDF."""

from __future__ import annotations

from dataclasses import asdict

from parindex.documents.official_papers.typesetting import printable, shown, typeset
from parindex.documents.receipts.paper import ReceiptPaper


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The bytes of the PDF, the same for the same ``paper``; the head of the log stays one word, to be copied."""
    return typeset("receipts/receipt.typ", {**printable(asdict(paper)), "log_head": shown(paper.log_head)})
