"""Reading the archive of a bundle, which may be hostile: bounded, from the front, and with every byte accounted for.

The directory at the end is never believed: files are read one after the other as they stand, and the directory must be
what follows from them. Whatever the one layout of :mod:`parindex.documents.bundles.archive` does not allow is found
and named; reading goes on wherever that is safe, so that all findings come at once.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from parindex.documents.bundles import paths
from parindex.documents.bundles.archive import (
    CENTRAL_MARK,
    DAY,
    DEFLATED,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    MOST_BYTES,
    STORED,
    TIME,
    UTF8,
    VERSION,
    Packed,
)
from parindex.documents.bundles.archive_names import name_problem
from parindex.documents.bundles.directory_reading import directory_problems
from parindex.documents.readers.limits import MAX_UNPACKED_BYTES, file_bytes, refused
from parindex.domain.errors import Place, Problem

#: What a hostile archive may not exceed: files (and stretches that are none), bytes of the two small files.
MOST_FILES = 2_000
MOST_STRAYS = 50
_MOST_BYTES = {paths.MANIFEST: 2**20, paths.SIGNATURE: 4 * 2**10}
_STORED = frozenset({paths.MANIFEST, paths.SIGNATURE})
_CHUNK = 2**20
_MARK = re.compile(b"|".join(map(re.escape, (LOCAL_MARK, CENTRAL_MARK, END_MARK))))
_ENCRYPTED, _SIZES_BEHIND, _ZIP64 = 1, 8, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class File:
    """One file of a bundle: how many bytes it has, their SHA-256, and they themselves."""

    path: str
    size: int
    sha256: str
    content: bytes


@dataclass(slots=True)
class Archive:
    """What stands in an archive: its files in order, the digest of everything in front of the signature ("" where there
    is none), and what is not as it must be.
    """

    files: dict[str, File] = field(default_factory=dict)
    before_signature: str = ""
    problems: list[Problem] = field(default_factory=list)

    def content(self, path: str) -> bytes | None:
        """The bytes of a file; None where it is not there or could not be unpacked."""
        return self.files[path].content if path in self.files else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as its header declares it; ``at``: where the header stands, ``path``: "" where the name is not usable."""

    packed: Packed
    path: str
    at: int


def read_archive(path: Path) -> Archive:
    """The files of the archive at ``path``.

    Raises :class:`InvalidInput` as :func:`~parindex.documents.readers.limits.file_bytes`, and ``not_a_bundle``,
    ``bundle_too_many_files`` (``limit``), ``bundle_unpacks_too_large`` (``bytes``, ``limit``).
    """
    data = file_bytes(path, MOST_BYTES)
    if LOCAL_MARK not in data[: LOCAL.size + _CHUNK]:
        raise refused(path, "not_a_bundle")
    made = Archive()
    found, end = _walk(path, data, made.problems)
    declared = sum(one.packed.size for one in found if one.path)
    if declared > MAX_UNPACKED_BYTES:
        raise refused(path, "bundle_unpacks_too_large", bytes=declared, limit=MAX_UNPACKED_BYTES)
    made.problems += directory_problems(path.name, data[end:], [(one.packed, one.at) for one in found])
    for one in _usable(found, made.problems):
        file = _unpacked(one, made.problems)
        if file is not None:
            made.files[one.path] = file
        if one.path == paths.SIGNATURE:
            made.before_signature = hashlib.sha256(memoryview(data)[: one.at]).hexdigest()
    return made


# --- from the front ------------------------------------------------------------------------------------------------


def _walk(path: Path, data: bytes, problems: list[Problem]) -> tuple[list[_Found], int]:
    """Every file as it stands, and where the directory begins."""
    found: list[_Found] = []
    at, strays, last = 0, 0, ""
    while True:
        mark = _MARK.search(data, at)
        start = len(data) if mark is None else mark.start()
        if start > at:
            strays += 1
            kind = "bundle_stray_bytes" if last else "bundle_leading_bytes"
            problems.append(Problem(kind, Place(file=path.name), {"after": last, "at": at, "bytes": start - at}))
        if mark is None or mark.group() != LOCAL_MARK or strays > MOST_STRAYS:
            return found, start
        if len(found) >= MOST_FILES:
            raise refused(path, "bundle_too_many_files", limit=MOST_FILES)
        one, at = _header(data, start, problems)
        found.append(one)
        last = one.packed.path


def _header(data: bytes, at: int, problems: list[Problem]) -> tuple[_Found, int]:
    """The file whose header stands at ``at``, and where it ends."""
    head = data[at : at + LOCAL.size].ljust(LOCAL.size, b"\0")
    _, version, flags, method, time, day, crc, packed, size, long, extra = LOCAL.unpack(head)
    begin = at + LOCAL.size
    raw = data[begin : begin + long]
    name = raw.decode("utf-8", "replace")
    content = data[begin + long + extra : begin + long + extra + packed]
    place = Place(file=name)
    usable = _header_problems(place, (version, flags, method, time, day, extra, packed, size), problems)
    if len(content) < packed:
        problems.append(Problem("entry_cut_off", place, {"bytes": len(content), "expected": packed}))
        usable = False
    if (problem := name_problem(raw, name)) is not None:
        problems.append(problem)
        usable = False
    one = Packed(name, method, crc, size, content)
    return _Found(one, name if usable else "", at), begin + long + extra + len(content)


def _header_problems(place: Place, fields: tuple[int, ...], problems: list[Problem]) -> bool:
    """Note what a header may not say; whether its file can be read all the same."""
    version, flags, method, time, day, extra, packed, size = fields
    name = place.file or ""
    wanted = STORED if name in _STORED else DEFLATED
    said: list[tuple[bool, str, dict[str, object]]] = [
        (bool(flags & _ENCRYPTED), "entry_encrypted", {}),
        (method not in (STORED, DEFLATED), "entry_compression", {"found": method}),
        (_ZIP64 in (packed, size), "entry_zip64", {}),
        (bool(flags & _SIZES_BEHIND), "entry_header", {"field": "flags", "found": flags}),
        (size > _MOST_BYTES.get(name, size), "entry_too_large", {"bytes": size, "limit": _MOST_BYTES.get(name, 0)}),
    ]
    unreadable = [(kind, facts) for wrong, kind, facts in said if wrong]
    flagged = flags not in (0, UTF8) and not flags & (_ENCRYPTED | _SIZES_BEHIND)
    odd: list[tuple[str, dict[str, object]]] = [
        ("entry_header", {"field": field, "found": value})
        for wrong, field, value in (
            (version != VERSION, "version", version),
            (flagged or (flags == UTF8) is name.isascii(), "flags", flags),
            ((time, day) != (TIME, DAY), "time", f"{day}/{time}"),
            (extra != 0, "extra", extra),
            (method in (STORED, DEFLATED) and method != wanted, "method", method),
        )
        if wrong
    ]
    problems += [Problem(kind, place, facts) for kind, facts in (*unreadable, *odd)]
    return not unreadable


def _usable(found: list[_Found], problems: list[Problem]) -> Iterator[_Found]:
    """Every file that can be unpacked; of two with the same name the first."""
    seen: set[str] = set()
    for one in found:
        if one.path in seen:
            problems.append(Problem("bundle_entry_twice", Place(file=one.path)))
        elif one.path:
            seen.add(one.path)
            yield one


# --- unpacking -----------------------------------------------------------------------------------------------------


def _unpacked(one: _Found, problems: list[Problem]) -> File | None:
    """The bytes of a file, never more than declared; None, with a problem, where they are not what is declared."""
    digest, pieces, crc, size = hashlib.sha256(), [], 0, 0
    place = Place(file=one.path)
    try:
        for piece in _pieces(one.packed):
            digest.update(piece)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            pieces.append(piece)
    except (zlib.error, EOFError) as error:
        problems.append(Problem("entry_damaged", place, {"reason": str(error)}))
        return None
    if size != one.packed.size:
        problems.append(Problem("entry_size_lies", place, {"declared": one.packed.size}))
        return None
    if crc != one.packed.crc:
        problems.append(Problem("entry_checksum", place))
    return File(one.path, size, digest.hexdigest(), b"".join(pieces))


def _pieces(packed: Packed) -> Iterator[bytes]:
    """The contents piece by piece, at most one byte more than declared. Raises :class:`EOFError` where the packed bytes
    end too early or too late.
    """
    if packed.method == STORED:
        yield packed.content
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, left = packed.content, packed.size + 1
    while not inflate.eof and left > 0:
        piece = inflate.decompress(rest, min(_CHUNK, left))
        rest = inflate.unconsumed_tail
        if not piece and not rest and not inflate.eof:
            raise EOFError("cut off")
        left -= len(piece)
        yield piece
    if left > 0 and (inflate.unused_data or rest):
        raise EOFError("bytes behind the end")
