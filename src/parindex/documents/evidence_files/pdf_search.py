"""The next page of a PDF on which some words stand; runs in the separate process."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2 as pdfium

from parindex.documents.evidence_files.answers import Refused, Reply
from parindex.documents.printed_text import folded

_MOST_CHARACTERS = 200_000
#: Pages are searched for so long; a file of endless pages answers with how far it was read.
_SECONDS = 12


def find(path: Path, *, words: str, after: int) -> Reply:
    """``page`` is the first one after ``after``, and around again, with ``words``; 0: none of the ``searched`` pages.

    Accents, capitals and line breaks make no difference.
    """
    wanted = _plain(words)
    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
    except pdfium.PdfiumError as error:
        raise Refused("file_damaged", reason=f"pdfium {getattr(error, 'err_code', '')}") from None
    until = time.monotonic() + _SECONDS
    start = after if 0 <= after < pages else 0
    for searched in range(pages):
        if not wanted or time.monotonic() > until:
            return {"page": 0, "searched": searched, "pages": pages}, b""
        at = (start + searched) % pages
        if wanted in _plain(_text(document, at)):
            return {"page": at + 1, "searched": searched + 1, "pages": pages}, b""
    return {"page": 0, "searched": pages, "pages": pages}, b""


def _text(document: pdfium.PdfDocument, at: int) -> str:
    try:
        page = document[at]
        shown = page.get_textpage()
        found: str = shown.get_text_range(count=min(shown.count_chars(), _MOST_CHARACTERS))
        shown.close()
        page.close()
    except pdfium.PdfiumError:  # a damaged page has no text; the others may
        return ""
    return found


def _plain(text: str) -> str:
    return " ".join(folded(text).split())
