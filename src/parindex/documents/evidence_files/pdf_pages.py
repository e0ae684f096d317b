"""One page of a PDF through pdfium: as a picture, as text, as pieces of text with their places.

Only the asked page is read; a PDF of two thousand pages costs as much as one of two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parindex.documents.evidence_files.answers import Refused, Reply
from parindex.documents.evidence_files.encoding import encoded

MAX_POINTS = 25_000_000
MAX_SIDE = 12_000
MAX_CHARACTERS = 200_000


def image(path: Path, *, page: int, width: int) -> Reply:
    """The page as a picture of that width, narrower where the page would be endlessly long."""
    with _page(path, page) as (sheet, pages):
        across, down = sheet.get_size()
        if across <= 0 or down <= 0:
            raise Refused("file_damaged", reason="page size")
        scale = min(width / across, MAX_SIDE / across, MAX_SIDE / down, (MAX_POINTS / (across * down)) ** 0.5)
        picture = sheet.render(scale=scale).to_pil()
        data, media_type = encoded(picture)
        return {"width": picture.width, "height": picture.height, "pages": pages, "media_type": media_type}, data


def text(path: Path, *, page: int) -> Reply:
    """The text of the page as far as it has any."""
    with _page(path, page) as (sheet, pages):
        found = sheet.get_textpage().get_text_range(count=min(sheet.get_textpage().count_chars(), MAX_CHARACTERS))
        return {"pages": pages}, found.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", errors="replace")


def pieces(path: Path, *, page: int) -> Reply:
    """The words of the page with their places: (left, top, right, bottom, word), top down, in points."""
    with _page(path, page) as (sheet, pages):
        across, down = sheet.get_size()
        shown = sheet.get_textpage()
        words: list[list[Any]] = []
        for at in range(min(shown.count_chars(), MAX_CHARACTERS)):
            letter = shown.get_text_range(at, 1)
            left, bottom, right, top = shown.get_charbox(at, loose=True)
            if not letter.strip():
                words.append([])
            elif words and words[-1] and _same_word(words[-1], left, down - top):
                words[-1][2:] = [right, max(words[-1][3], down - bottom), words[-1][4] + letter]
            else:
                words.append([left, down - top, right, down - bottom, letter])
        return {"pages": pages, "width": across, "height": down}, json.dumps([word for word in words if word]).encode()


def _same_word(word: list[Any], left: float, top: float) -> bool:
    height: float = word[3] - word[1]
    return bool(abs(top - word[1]) < height / 2 and -height < left - word[2] < height / 4)


@contextmanager
def _page(path: Path, page: int) -> Iterator[tuple[Any, int]]:
    try:
        document = pdfium.PdfDocument(path)
        # Stamps of digital signatures are drawn with the fields of forms. Scripts never run: this pdfium has none.
        document.init_forms()
        pages = len(document)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        kind = "file_encrypted" if code == raw.FPDF_ERR_PASSWORD else "file_damaged"
        raise Refused(kind, reason=f"pdfium {code}") from None
    if not 1 <= page <= pages:
        raise Refused("no_such_page", page=page, pages=pages)
    try:
        yield document[page - 1], pages
    except pdfium.PdfiumError:
        raise Refused("page_damaged", page=page, pages=pages) from None
