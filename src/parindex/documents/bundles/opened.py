"""A bundle taken apart: every file read as what it is, and what could not be read, all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from parindex.documents.bundles import paths
from parindex.documents.bundles.archive_reading import Archive, read_archive
from parindex.documents.bundles.lists import estimates_of, evidence_of, opinions_of
from parindex.documents.bundles.manifest_file import Signature, manifest_of, signature_of
from parindex.documents.canonical_json import NotCanonical, TextSize, parsed, size_of
from parindex.documents.readers.limits import MAX_UNPACKED_BYTES, refused
from parindex.documents.results.snapshots import StoredSnapshot, parse_snapshot
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.publication.bundle import BundleEstimate, BundleOpinion, ItemEvidence, Manifest

_Read = TypeVar("_Read")


@dataclass(slots=True)
class Opened:
    """What stands in a bundle, as far as it can be read; ``name`` is that of its file. ``problems``: what is wrong with
    the archive, and every file that could not be read.
    """

    name: str
    archive: Archive
    manifest: Manifest | None = None
    signature: Signature | None = None
    stored: StoredSnapshot | None = None
    opinions: tuple[BundleOpinion, ...] | None = None
    estimates: tuple[BundleEstimate, ...] | None = None
    evidence: tuple[ItemEvidence, ...] | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def manifest_bytes(self) -> bytes:
        """The exact bytes of the manifest; b"" where there is none."""
        return self.archive.content(paths.MANIFEST) or b""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the bundle: SHA-256 of its manifest; "" where there is none."""
        return hashlib.sha256(self.manifest_bytes).hexdigest() if self.manifest_bytes else ""


def take_apart(path: Path) -> Opened:
    """The bundle at ``path`` taken apart. Raises :class:`InvalidInput` as
    :func:`~parindex.documents.bundles.archive_reading.read_archive`: what is no archive, or too large to be unpacked;
    and ``bundle_too_large_to_read`` (``field``, ``count``, ``limit``) where its files hold more than is read,
    before anything is made of them.
    """
    archive = read_archive(path)
    require_readable(path, {name: file.content for name, file in archive.files.items()})
    made = Opened(path.name, archive, problems=list(archive.problems))
    made.manifest = _json(made, paths.MANIFEST, manifest_of)
    made.signature = _json(made, paths.SIGNATURE, signature_of)
    made.stored = _snapshot(made)
    made.opinions = _json(made, paths.OPINIONS, opinions_of)
    made.estimates = _json(made, paths.ESTIMATES, estimates_of)
    made.evidence = _json(made, paths.EVIDENCE, evidence_of)
    return made


def require_readable(path: Path, files: Mapping[str, bytes]) -> None:
    """Raises :class:`InvalidInput` as :func:`take_apart` for files that hold too much for one reader."""
    sizes = [size_of(content) for name, content in files.items() if name.endswith(".json")]
    try:
        sum(sizes, TextSize()).require_limits(MAX_UNPACKED_BYTES)
    except NotCanonical as error:
        raise refused(path, "bundle_too_large_to_read", **error.facts) from None


def _json(made: Opened, path: str, read: Callable[[Any], _Read]) -> _Read | None:
    content = made.archive.content(path)
    if content is None:
        return None
    try:
        return read(parsed(content))
    except InvalidValue as error:
        made.problems.append(Problem(error.kind, Place(file=path), error.facts))
        return None


def _snapshot(made: Opened) -> StoredSnapshot | None:
    content = made.archive.content(paths.SNAPSHOT)
    if content is None:
        return None
    try:
        return parse_snapshot(content, paths.SNAPSHOT)
    except InvalidInput as error:
        made.problems += error.problems
        return None
