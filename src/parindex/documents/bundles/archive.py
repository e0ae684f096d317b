"""The archive of a bundle: a ZIP of which every byte is determined by the names and contents of its files.

One layout and no other: no extra fields, no comments, no folders, one fixed time, sizes in front of the contents,
nothing before, between or behind. So the same files are the same bytes (where the same deflate is used), and
:mod:`parindex.documents.bundles.archive_reading` finds any byte that is not accounted for.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
LEVEL = 6
#: What a bundle may have: that of a nation has 55 MB, most of it the workbook.
MOST_BYTES = 128 * 2**20
#: Workbooks whose parts are larger stay deflated: some hundred units are less, a nation is more.
MOST_STORED = 32 * 2**20

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
#: Version 2.0; made on Unix; names in UTF-8 only where they are not ASCII; 1 January 1980, 0:00; a file, mode 0644.
VERSION, MADE_BY, TIME, DAY, MODE = 20, 3 << 8 | 20, 0, 1 << 5 | 1, 0o100644 << 16
UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Packed:
    """One file as it stands in the archive: ``content`` is stored or deflated, ``crc`` and ``size`` are of the file."""

    path: str
    method: int
    crc: int
    size: int
    content: bytes

    @property
    def name(self) -> bytes:
        """The path in UTF-8."""
        return self.path.encode()

    @property
    def flags(self) -> int:
        """Whether the name is to be read as UTF-8."""
        return 0 if self.path.isascii() else UTF8


def packed(path: str, content: bytes, *, stored: bool = False) -> Packed:
    """A file made ready for the archive."""
    if stored:
        return Packed(path, STORED, zlib.crc32(content), len(content), content)
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(path, DEFLATED, zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush())


def local_header(one: Packed) -> bytes:
    """What stands in front of the contents of a file."""
    fields = (VERSION, one.flags, one.method, TIME, DAY, one.crc, len(one.content), one.size, len(one.name), 0)
    return LOCAL.pack(LOCAL_MARK, *fields) + one.name


def central_header(one: Packed, offset: int) -> bytes:
    """The line of a file in the directory; ``offset``: where its header stands."""
    fields = (MADE_BY, VERSION, one.flags, one.method, TIME, DAY, one.crc, len(one.content), one.size, len(one.name))
    return CENTRAL.pack(CENTRAL_MARK, *fields, 0, 0, 0, 0, MODE, offset) + one.name


def directory(files: Iterable[Packed]) -> bytes:
    """Everything behind the contents: the directory and its end."""
    lines, offset = [], 0
    for one in files:
        lines.append(central_header(one, offset))
        offset += LOCAL.size + len(one.name) + len(one.content)
    size = sum(map(len, lines))
    return b"".join([*lines, END.pack(END_MARK, 0, 0, len(lines), len(lines), size, offset, 0)])


def body(files: Iterable[Packed]) -> bytes:
    """The files one after the other, each behind its header."""
    return b"".join(part for one in files for part in (local_header(one), one.content))


def with_stored_parts(content: bytes) -> bytes:
    """A workbook of ours (an archive itself) with its parts stored, where they are not too many: it is deflated as a
    whole in the bundle, and its digest is the same whatever library deflates.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_STORED:
            return content
        made = [packed(part.filename, archive.read(part), stored=True) for part in parts]
    return body(made) + directory(made)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
