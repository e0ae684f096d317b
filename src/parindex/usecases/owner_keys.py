"""The keys by which owners sign what they publish: made and kept by the owner, beside the database and never in it.

They lie in PARINDEX_HOME/keys: ``<unit code>.pem``, and older ones as ``<unit code>.<anything>.pem``, each with its
public file beside it. The first that is valid on the day of a publication signs its bundle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from parindex.documents.bundles.keys import SigningKey, load_key, public_path
from parindex.domain.errors import InvalidInput, Place, Problem

#: Who may read a private key: its owner alone.
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file of an owner: its name, the key, or what is wrong with it."""

    name: str
    key: SigningKey | None
    problems: Sequence[Problem] = ()

    def is_valid_on(self, day: str) -> bool:
        """Whether it signs what is published on a day (ISO)."""
        return self.key is not None and self.key.signer.is_valid_on(day)


def key_path(owner_code: str) -> Path:
    """Where the key of an owner is looked for first."""
    return Path(settings.KEYS) / f"{owner_code}.pem"


def keys_of(owner_code: str) -> list[KeyFile]:
    """The key files of an owner, the one without a further name first."""
    folder = Path(settings.KEYS)
    older = sorted(folder.glob(f"{owner_code}.*.pem")) if folder.is_dir() else []
    return [_opened(path) for path in (key_path(owner_code), *older) if path.is_file()]


def key_for(owner_code: str, day: str) -> SigningKey | None:
    """The key that signs what an owner published on a day (ISO); None where none is there, opens, or is valid then."""
    return next((one.key for one in keys_of(owner_code) if one.is_valid_on(day)), None)


def _opened(path: Path) -> KeyFile:
    marks = tuple((one.stat().st_mtime_ns, one.stat().st_size) for one in (path, public_path(path)) if one.is_file())
    return _read(path, path.stat().st_mode, marks, settings.KEY_PASSWORD)


@lru_cache(maxsize=64)
def _read(path: Path, mode: int, _: tuple[tuple[int, int], ...], password: str) -> KeyFile:
    """Read again only where a file has changed: a key with a password takes long to open."""
    if mode & _OTHERS:
        return KeyFile(path.name, None, (Problem("key_file_open", Place(file=path.name)),))
    try:
        return KeyFile(path.name, load_key(path, password))
    except InvalidInput as error:
        return KeyFile(path.name, None, tuple(error.problems))
