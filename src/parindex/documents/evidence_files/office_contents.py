"""What an office file holds besides text: macros, templates and data from elsewhere, a password."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from parindex.documents.readers import limits
from parindex.documents.readers.compound_files import CompoundFile
from parindex.domain.errors import Place, Problem

_MACRO_MEMBER = re.compile(r"(?:^|/)vbaproject\.bin$|^xl/macrosheets/|^basic/.|^scripts/.", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled", re.IGNORECASE)
#: A relation to something outside the file; its kind is the last word of the address of its type.
_RELATION = re.compile(rb"<Relationship\b[^<>]{0,4000}>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_TYPE = re.compile(rb"\bType\s*=\s*[\"'][^\"']{0,400}/(\w+)[\"']")
#: Loaded and followed when the file is opened, without a question.
_LOADED = frozenset({b"attachedTemplate", b"frame", b"subDocument", b"oleObject", b"aFChunk", b"externalReference"})
_DDE = re.compile(rb"instrText[^<>]{0,200}>\s*\"?DDE(?:AUTO)?\b", re.IGNORECASE)
_EMBEDDED = re.compile(r"^(?:word|xl)/embeddings/.*\.bin$", re.IGNORECASE)
_MOST_READ = 8 * 2**20

_OLD_MACROS = frozenset({"macros", "_vba_project_cur", "vba", "_vba_project"})
_FILEPASS, _EOF_RECORD = 0x2F, 0x0A


def problems_of_archive(name: str, data: bytes) -> tuple[list[Problem], list[Problem]]:
    """(refusals, doubts) of a DOCX, XLSX, ODT or ODS.

    Raises :class:`~parindex.domain.errors.InvalidInput` as
    :func:`~parindex.documents.readers.limits.require_safe_archive` does: a bomb, a password, damage, entities.
    """
    limits.require_safe_archive(Path(name), data)
    place = Place(file=name)
    refusals: list[Problem] = []
    doubts: list[Problem] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        macros = any(_MACRO_MEMBER.search(member) for member in names)
        for member in names:
            lower = member.lower()
            if lower == "[content_types].xml":
                macros = macros or _MACRO_TYPE.search(_start(archive, member)) is not None
            elif lower == "word/document.xml":
                macros = macros or _DDE.search(_start(archive, member)) is not None
        outside = {kind for member in names if member.endswith(".rels") for kind in _outside(_start(archive, member))}
    if macros:
        refusals.append(Problem("evidence_with_macros", place))
    if outside & _LOADED - {b"externalReference"}:
        refusals.append(Problem("evidence_loads_from_outside", place))
    if any(member.lower().startswith("xl/externallinks/") for member in names):
        doubts.append(Problem("evidence_external_links", place))
    embedded = sum(_EMBEDDED.match(member) is not None for member in names)
    if embedded:
        doubts.append(Problem("evidence_embedded_files", place, {"count": embedded}))
    return refusals, doubts


def _start(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as stream:
        return stream.read(_MOST_READ)


def _outside(relations: bytes) -> set[bytes]:
    """The kinds of relations to the outside; a link that somebody may click on is none."""
    found = set()
    for relation in _RELATION.finditer(relations):
        kind = _TYPE.search(relation[0])
        if kind is not None and _OUTSIDE.search(relation[0]):
            found.add(kind[1])
    return found


def problems_of_compound(name: str, data: bytes) -> list[Problem]:
    """What refuses an old .doc or .xls: ``file_encrypted``, ``evidence_with_macros``, ``file_damaged``."""
    place = Place(file=name)
    try:
        file = CompoundFile(data)
        names = {one.lower() for one in file.top_names()}
        word, book = file.stream("WordDocument"), file.stream("Workbook") or file.stream("Book")
    except (ValueError, struct.error) as error:
        return [Problem("file_damaged", place, {"reason": type(error).__name__})]
    if (word is not None and _word_encrypted(word)) or (book is not None and _book_encrypted(book)):
        return [Problem("file_encrypted", place)]
    return [Problem("evidence_with_macros", place)] if names & _OLD_MACROS else []


def _word_encrypted(stream: bytes) -> bool:
    """Bit 8 of the flags in the head of a Word document."""
    return len(stream) >= 12 and bool(struct.unpack_from("<H", stream, 10)[0] & 0x0100)


def _book_encrypted(stream: bytes) -> bool:
    """Whether a FILEPASS record stands among the first of the workbook."""
    at = 0
    for _ in range(64):
        if at + 4 > len(stream):
            return False
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in (_FILEPASS, _EOF_RECORD):
            return bool(kind == _FILEPASS)
        at += 4 + length
    return False


def holds_program(data: bytes) -> bool:
    """Whether an archive is a program for Java or Android."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    # What cannot be opened, or is packed in a way zipfile does not know (NotImplementedError), holds nothing to name.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return False
    return any(name.endswith((".class", ".dex", ".exe", ".dll")) for name in names)
