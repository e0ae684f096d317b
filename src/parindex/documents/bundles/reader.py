"""Reading a bundle to be used: only one that is whole and signed over these very bytes is given out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parindex.documents.bundles import paths
from parindex.documents.bundles.content_checks import manifest_findings
from parindex.documents.bundles.file_checks import file_findings
from parindex.documents.bundles.opened import Opened, opened
from parindex.documents.bundles.origin_checks import origin_findings
from parindex.documents.bundles.signature_checks import signature_findings
from parindex.documents.bundles.writer import OriginFiles
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import InvalidInput
from parindex.domain.publication.bundle import BundleEstimate, BundleOpinion, ItemEvidence, Manifest


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole; whether its key is trusted, and its results are right, is another question
    (:func:`~parindex.documents.bundles.verification.verified`).
    """

    manifest: Manifest
    fingerprint: str
    stored: StoredSnapshot
    snapshot: str
    manifest_bytes: bytes
    signature_bytes: bytes
    opinions: tuple[BundleOpinion, ...]
    estimates: tuple[BundleEstimate, ...]
    evidence: tuple[ItemEvidence, ...]
    origin_files: Mapping[str, OriginFiles]

    @property
    def is_signed(self) -> bool:
        """Whether anybody has signed it."""
        return self.manifest.signer is not None


def read_bundle(path: Path) -> Bundle:
    """The bundle at ``path``. Raises :class:`InvalidInput` with everything that is wrong with archive, signature, key,
    files, manifest and origins.
    """
    made = opened(path)
    problems = [*made.problems, *signature_findings(made, None), *file_findings(made), *origin_findings(made)]
    if made.manifest is not None and made.stored is not None:
        problems += manifest_findings(made.manifest, made.stored)
    if problems:
        raise InvalidInput(problems)
    return bundle_of(made)


def bundle_of(made: Opened) -> Bundle:
    """What was taken apart and found whole. Raises :class:`InvalidInput` (as :func:`read_bundle`) where it is not."""
    if made.manifest is None or made.stored is None:
        raise InvalidInput(made.problems)
    origins = {one: _files(made, one) for one in map(paths.origin_of, made.archive.files) if one}
    return Bundle(
        manifest=made.manifest,
        fingerprint=made.fingerprint,
        stored=made.stored,
        snapshot=(made.archive.content(paths.SNAPSHOT) or b"").decode(),
        manifest_bytes=made.manifest_bytes,
        signature_bytes=made.archive.content(paths.SIGNATURE) or b"",
        opinions=made.opinions or (),
        estimates=made.estimates or (),
        evidence=made.evidence or (),
        origin_files=origins,
    )


def _files(made: Opened, fingerprint: str) -> OriginFiles:
    return OriginFiles(
        made.archive.content(paths.origin_manifest(fingerprint)) or b"",
        made.archive.content(paths.origin_signature(fingerprint)) or b"",
    )
