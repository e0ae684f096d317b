"""What a reader refuses before it opens a file: official papers are small, and anybody may hand in a file.

A table of two hundred rows is some kilobytes in every format. The limits are far above any paper and far below what
would stall a server: a file that unpacks to gigabytes, a sheet with millions of cells, a PDF with thousands of pages.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from parindex.documents.readers.compound_files import OLE
from parindex.documents.readers.contents import content_of
from parindex.domain.errors import InvalidInput, Place, Problem

MAX_FILE_BYTES = 64 * 2**20
MAX_UNPACKED_BYTES = 256 * 2**20
MAX_MEMBERS = 5_000
MAX_CELLS = 500_000
MAX_COLUMNS = 1_000
MAX_PAGES = 1_000
MAX_PARAGRAPHS = 100_000
#: Marks of a Word document or a web page: a thousand pages have about two million.
MAX_MARKS = 4_000_000
MAX_CELL_CHARACTERS = 100_000

_CHUNK = 2**20
_XML_NAMES = (".xml", ".rels", ".vml")
_STREAM = re.compile(rb"stream\r?\n")


def refused(path: Path, kind: str, *, place: Place | None = None, **facts: Any) -> InvalidInput:
    """The error for a file that cannot be used: one problem of ``kind`` at the file."""
    return InvalidInput([Problem(kind, place or Place(file=path.name or str(path)), facts)])


def file_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of ``path``, ``limit`` at most. Raises :class:`InvalidInput`: ``file_not_found``, ``is_a_folder``,
    ``no_permission``, ``file_not_readable``, ``file_empty``, ``file_too_large``. ``limit``: else that of every paper.
    """
    limit = MAX_FILE_BYTES if limit is None else limit
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refused(path, "is_a_folder")
        if not path.is_file():
            raise refused(path, "file_not_readable")
        if size > limit:
            raise refused(path, "file_too_large", bytes=size, limit=limit)
        data = path.read_bytes()
    except FileNotFoundError:
        raise refused(path, "file_not_found") from None
    except PermissionError:
        raise refused(path, "no_permission") from None
    except OSError:
        raise refused(path, "file_not_readable") from None
    if not data.strip():
        raise refused(path, "file_empty")
    return data


def is_compound(data: bytes) -> bool:
    """Whether ``data`` is an OLE compound file: an old .xls or .doc, or an encrypted .xlsx or .docx."""
    return data.startswith(OLE)


def is_encrypted_compound(data: bytes) -> bool:
    """Whether an OLE compound file holds an encrypted .xlsx or .docx."""
    return "EncryptedPackage".encode("utf-16-le") in data


def is_zip(data: bytes) -> bool:
    """Whether ``data`` begins like a ZIP archive (.xlsx, .ods, .docx)."""
    return data.startswith(b"PK\x03\x04")


def holds_macros(data: bytes) -> bool:
    """Whether an archive that was read holds a program: nothing here runs one."""
    if not is_zip(data):
        return False
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())


def require_safe_archive(path: Path, data: bytes) -> None:
    """Unpack the archive once into nothing, counting. A member whose declared size is a lie fails its checksum here.

    No office program writes a document type or an entity into its XML: a file that has one wants other files, or
    memory without end.

    Raises :class:`InvalidInput`: ``file_encrypted``, ``file_damaged``, ``file_unpacks_too_large``,
    ``file_with_doubled_part`` (fact ``part``), ``file_with_entities``, ``extension_differs`` (an old .doc or .xls by
    another name).
    """
    if is_compound(data) and is_encrypted_compound(data):
        raise refused(path, "file_encrypted")
    if is_compound(data):
        raise refused(path, "extension_differs", content=content_of(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            declared = sum(member.file_size for member in members)
            if declared > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
                raise refused(path, "file_unpacks_too_large", bytes=declared, limit=MAX_UNPACKED_BYTES)
            counted = Counter(member.filename.casefold() for member in members)
            doubled = [name for name, count in counted.items() if count > 1]
            if doubled:
                # Which of the two is read depends on the program: a person would see another text than is checked.
                raise refused(path, "file_with_doubled_part", part=doubled[0])
            for member in members:
                if member.flag_bits & 1:
                    raise refused(path, "file_encrypted")
                with archive.open(member) as stream:
                    if _declares(stream, member.filename):
                        raise refused(path, "file_with_entities")
            if _is_encrypted_office(archive):
                raise refused(path, "file_encrypted")
    # zipfile raises NotImplementedError for a compression that it does not know.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise refused(path, "file_damaged", reason=type(error).__name__) from None


def require_few_marks(path: Path, data: bytes, member: str) -> None:
    """Count the marks of an XML member before a tree is made of them, which takes a hundred times their size.

    Raises :class:`InvalidInput`: ``too_many_paragraphs``, ``file_damaged``.
    """
    marks = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                marks += chunk.count(b"<")
    except KeyError:
        raise refused(path, "file_damaged", reason="KeyError") from None
    if marks > MAX_MARKS:
        raise refused(path, "too_many_paragraphs", limit=MAX_PARAGRAPHS)


def _declares(stream: IO[bytes], name: str) -> bool:
    """Read a member to its end: whether its XML declares a document type or an entity.

    Old office programs name a document type in their manifest, which is never parsed here.
    """
    searched = name.lower().endswith(_XML_NAMES) and not name.startswith("META-INF/")
    found, end = False, b""
    while chunk := stream.read(_CHUNK):
        # XML in UTF-16 has a zero byte beside each of these letters.
        text = (end + chunk).replace(b"\0", b"") if searched else b""
        found = found or b"<!DOCTYPE" in text or b"<!ENTITY" in text
        end = chunk[-32:]
    return found


def _is_encrypted_office(archive: zipfile.ZipFile) -> bool:
    """An encrypted .ods keeps a readable archive whose manifest names the cipher of each member."""
    try:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except KeyError:
        return False


def require_safe_pdf(path: Path, data: bytes) -> None:
    """Inflate every stream of a PDF up to the limit. Raises :class:`InvalidInput`: ``file_unpacks_too_large``."""
    unpacked = 0
    for found in _STREAM.finditer(data):
        inflater = zlib.decompressobj()
        rest = data[found.end() : found.end() + MAX_FILE_BYTES]
        try:
            while rest and not inflater.eof:
                unpacked += len(inflater.decompress(rest, _CHUNK))
                rest = inflater.unconsumed_tail
                if unpacked > MAX_UNPACKED_BYTES:
                    raise refused(path, "file_unpacks_too_large", bytes=unpacked, limit=MAX_UNPACKED_BYTES)
        except zlib.error:
            continue  # not a deflated stream
