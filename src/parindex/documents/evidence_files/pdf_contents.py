"""What a PDF holds besides pages: scripts, commands to start programs, attached files. Read through qpdf (pikepdf).

Names may be written in hexadecimal, objects packed into streams or encrypted with an empty password: qpdf undoes all
that, a search for letters in the file would not.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf

from parindex.documents.evidence_files.answers import Refused, Reply

#: Only objects that mention one of these are looked at closely.
_MENTIONED = re.compile(rb"/(?:JavaScript|JS|Launch|XFA|EF)\b")
_DEEPEST = 50


def look(path: Path) -> Reply:
    """The number of pages and of ``scripts``, ``launches`` and ``attachments``."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            found = {"pages": len(document.pages), "scripts": 0, "launches": 0, "attachments": 0}
            for thing in document.objects:  # what cannot be read of them is a warning, not an error
                if isinstance(thing, pikepdf.Stream):
                    thing = thing.stream_dict
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Array) and _MENTIONED.search(
                    thing.unparse(resolved=True)
                ):
                    _count(thing, found, 0)
            _require_all_read(document.get_warnings())
    except pikepdf.PasswordError:
        raise Refused("file_encrypted") from None
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise Refused("file_damaged", reason=type(error).__name__) from None
    if not found["pages"]:
        raise Refused("file_damaged", reason="no pages")
    return found, b""


def _require_all_read(warnings: list[str]) -> None:
    """Other readers may unpack what was too large or too odd here, and find the script in it.

    No stream but those of objects is unpacked here, so a stream that fails holds objects.
    """
    if any("bad_alloc" in warning for warning in warnings):
        raise MemoryError
    if any("error decoding stream" in warning for warning in warnings):
        raise Refused("file_damaged", reason="object stream")


def _count(thing: Any, found: dict[str, int], depth: int) -> None:
    """Count in a dictionary or list and in what is written inside it; other objects are counted by themselves."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(thing, pikepdf.Array):
        values = list(thing)
    else:
        action = str(thing.get("/S", ""))
        # A form of XFA is a program that draws itself.
        found["scripts"] += action == "/JavaScript" or "/JS" in thing or "/XFA" in thing
        found["launches"] += action == "/Launch"
        found["attachments"] += "/EF" in thing
        values = [value for _, value in thing.items()]
    for value in values:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            _count(value, found, depth + 1)
