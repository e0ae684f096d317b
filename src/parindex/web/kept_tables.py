"""A table that somebody has uploaded, kept between its preview and its taking: one a person and purpose."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename

from parindex.documents.unit_tables.source import MAX_BYTES
from parindex.domain.errors import InvalidInput, Place, Problem


@dataclass(frozen=True, slots=True)
class KeptTable:
    """Where the file is, and the digest of what is in it."""

    path: Path
    digest: str


def _folder(purpose: str, user: int) -> Path:
    return Path(default_storage.path(f"tables/{purpose}-{user}"))


def keep(purpose: str, user: int, upload: UploadedFile) -> KeptTable:
    """Keep an upload in place of the one before. Raises :class:`InvalidInput` for one that is too large."""
    name = _name(upload.name or "")
    if (upload.size or 0) > MAX_BYTES:
        facts = {"bytes": upload.size, "limit": MAX_BYTES}
        raise InvalidInput([Problem("file_too_large", Place(file=name), facts)])
    discard(purpose, user)
    folder = _folder(purpose, user)
    folder.mkdir(parents=True)
    path = folder / name
    with path.open("wb") as file:
        for part in upload.chunks():
            file.write(part)
    return KeptTable(path, _digest(path))


def kept(purpose: str, user: int, digest: str) -> KeptTable | None:
    """The table that was kept, where it is still the one with this digest."""
    folder = _folder(purpose, user)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _digest(path) == digest:
            return KeptTable(path, digest)
    return None


def discard(purpose: str, user: int) -> None:
    """Throw away what was kept."""
    shutil.rmtree(_folder(purpose, user), ignore_errors=True)


def _name(given: str) -> str:
    """A name that is harmless in a folder, with the ending by which the format is known."""
    plain = Path(given.replace("\0", ""))
    return get_valid_filename(f"bang-{plain.stem[:80]}").removeprefix("bang-") + plain.suffix.lower()[:8]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
