"""Reading a bundle to be used: only one that is whole and signed over these very bytes is given out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parindex.documents.bundles import paths
from parindex.documents.bundles.content_checks import manifest_findings
from parindex.documents.bundles.file_checks import file_findings
from parindex.documents.bundles.opened import Opened, take_apart
from parindex.documents.bundles.origin_checks import origin_findings
from parindex.documents.bundles.signature_checks import signature_findings
from parindex.documents.bundles.writer import OriginFiles
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import InvalidInput
from parindex.domain.publication.bundle import Manifest


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole; whether its key is trusted, and its results are right, is another question
    (:func:`~parindex.documents.bundles.verification.verified`).
    """

    manifest: Manifest
    fingerprint: str
    stored: StoredSnapshot
    manifest_bytes: bytes
    signature_bytes: bytes
    origin_files: Mapping[str, OriginFiles]


def read_bundle(path: Path) -> Bundle:
    """The bundle at ``path``. Raises :class:`InvalidInput` with everything that is wrong with archive, signature, key,
    files, manifest and origins.
    """
    made = take_apart(path)
    problems = [*made.problems, *signature_findings(made, None), *file_findings(made), *origin_findings(made)]
    if made.manifest is not None and made.stored is not None:
        problems += manifest_findings(made.manifest, made.stored)
    if problems or made.manifest is None or made.stored is None:
        raise InvalidInput(problems)
    origins = {one: _files(made, one) for one in map(paths.origin_of, made.archive.files) if one}
    return Bundle(
        manifest=made.manifest,
        fingerprint=made.fingerprint,
        stored=made.stored,
        manifest_bytes=made.manifest_bytes,
        signature_bytes=made.archive.content(paths.SIGNATURE) or b"",
        origin_files=origins,
    )


def _files(made: Opened, fingerprint: str) -> OriginFiles:
    return OriginFiles(
        made.archive.content(paths.origin_manifest(fingerprint)) or b"",
        made.archive.content(paths.origin_signature(fingerprint)) or b"",
    )
