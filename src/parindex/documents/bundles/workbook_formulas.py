"""What in a workbook reaches outside it: formulas that fetch or start something, links. Looked for in the XML as bytes,
in one pass and without building anything of it, so that a hostile sheet costs no more than its size.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

#: More than that is not looked through: a workbook of a nation unpacks to less.
MOST_UNPACKED = 2 * 2**30
_CHUNK = 2**20
#: What zipfile raises for an archive that is damaged, encrypted (RuntimeError), or packed in a way that it does not
#: know (NotImplementedError): nothing in it can be read.
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_START = b'<?xml version="1.0" encoding="UTF-8"'
#: Where none of these stands (a reference to a character might hide one) no formula can reach outside.
_SUSPICIOUS = (
    *(b"WEBSERVICE", b"FILTERXML", b"HYPERLINK", b"DDE", b"RTD", b"CALL", b"REGISTER", b"IMAGE"),
    *(b"[", b"|", b"&#"),
)
_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?(?:f|formula[12]?|definedName|calculatedColumnFormula|totalsRowFormula)(?=[\s>])[^>]*>([^<]*)"
)
_LINK = re.compile(rb"<(?:[\w.-]+:)?(?:hyperlink|ddeLink|oleLink|externalReference)(?=[\s/>])")
_TEXTS = re.compile(r"\"(?:[^\"]|\"\")*\"|('(?:[^']|'')*')")
_OUTSIDE = re.compile(r"(?:WEBSERVICE|FILTERXML|HYPERLINK|DDE|RTD|CALL|REGISTER(?:\.ID)?|IMAGE)\s*\(|\[|\|", re.I)
_SHOWN = 80


class Unscannable(ValueError):
    """A part that is not written as a workbook of ours, so that nothing can be said of its formulas."""


def reaching_outside(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of the part and what was found, the first of each part. Raises :class:`Unscannable` for a workbook that is
    too large, packed or written in another way.
    """
    parts = archive.infolist()
    if sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise Unscannable("size")
    for part in parts:
        if part.filename.startswith("docProps/") or not part.filename.endswith((".xml", ".rels")):
            continue
        found = _first(archive, part)
        if found:
            yield part.filename, found[:_SHOWN]


def _first(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    is_relations = part.filename.endswith(".rels")
    for piece in _pieces(archive, part):
        plain = piece.upper()
        if b"<!" in plain or b"\0" in plain:
            raise Unscannable(part.filename)
        if is_relations and (b"EXTERNAL" in plain or b"&#" in plain):
            return "TargetMode=External"
        link = _LINK.search(piece)
        if link:
            return link[0].decode("utf-8", "replace")
        if any(one in plain for one in _SUSPICIOUS):
            for formula in _FORMULA.finditer(piece):
                written = unescape(formula[1].decode("utf-8", "replace"))
                if _OUTSIDE.search(_TEXTS.sub(lambda one: one[1] or "", written)):
                    return written
    return ""


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that each end in front of a tag. No text of a workbook is longer than a piece."""
    try:
        with archive.open(part) as file:
            rest = file.read(_CHUNK)
            if rest and not rest.startswith(_START):
                raise Unscannable(part.filename)
            while more := file.read(_CHUNK):
                cut = rest.rfind(b"<")
                if cut < 0 or len(rest) - cut > _CHUNK:
                    raise Unscannable(part.filename)
                yield rest[:cut]
                rest = rest[cut:] + more
            yield rest
    except BROKEN as error:
        raise Unscannable(part.filename) from error
