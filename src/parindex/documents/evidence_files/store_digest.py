"""Copy an upload piece by piece: its SHA-256 and size on the way, and an end at the limit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from parindex.domain.errors import InvalidInput, Place, Problem

CHUNK = 2**18


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied; ``sha256`` in hexadecimal, by which identical files are known."""

    sha256: str
    size: int


def pieces(source: BinaryIO) -> Iterator[bytes]:
    """The bytes of ``source`` in pieces."""
    while chunk := source.read(CHUNK):
        yield chunk


def copy_limited(chunks: Iterable[bytes], target: BinaryIO, *, limit: int, name: str) -> Copied:
    """Copy ``chunks`` to ``target``. What is larger than ``limit`` is not read to its end: the piece that passes the
    limit is the last one asked for, and nothing of it is written.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``upload_too_large``, ``file_empty``. What was written until
    then is the caller's to remove.
    """
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise InvalidInput([Problem("upload_too_large", Place(file=name), {"limit": limit})])
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise InvalidInput([Problem("file_empty", Place(file=name))])
    return Copied(digest.hexdigest(), size)
