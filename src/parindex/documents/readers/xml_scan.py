"""One pass over the XML of an office file, from its archive, in pieces: nothing of it is kept but what is asked for."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from parindex.documents.readers import limits

_CHUNK = 2**16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Enough(Exception):
    """What is wanted of the XML is known."""


def scan(
    path: Path,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    start: Start,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call ``start`` (local name, attributes), ``end`` and ``text`` for what ``member`` holds, in its order.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``file_damaged`` (not XML), ``file_with_entities``.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def started(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2], attributes)

    def ended(name: str) -> None:
        if end is not None:
            end(name.rpartition(":")[2])

    def declared(*_: Any) -> None:
        raise limits.refused(path, "file_with_entities")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended if end is not None else None
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = declared
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except Enough:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None


def local(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their local names."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}
