"""Writing a bundle: every file of a publication, its manifest, its signature, and the archive around them.

The same contents and key give the same bytes on any machine and day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from parindex.documents.bundles import paths
from parindex.documents.bundles.archive import MOST_BYTES, Packed, body, digest, directory, packed
from parindex.documents.bundles.keys import SigningKey
from parindex.documents.bundles.lists import estimates_data, evidence_data, opinions_data
from parindex.documents.bundles.manifest_file import manifest_bytes, manifest_data, manifest_of, signature_data
from parindex.documents.bundles.normal_form import normal_form
from parindex.documents.bundles.opened import require_readable
from parindex.documents.bundles.shipped_files import SOFTWARE, shipped_file
from parindex.documents.bundles.workbook_file import workbook_bytes, workbook_writer
from parindex.documents.canonical_json import canonical_bytes
from parindex.documents.readers.limits import MAX_UNPACKED_BYTES, refused
from parindex.documents.results.atomic_files import write_all
from parindex.documents.results.snapshots import StoredSnapshot, parse_snapshot
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.publication.bundle import (
    BundleEstimate,
    BundleKind,
    BundleOpinion,
    FileDigest,
    ItemEvidence,
    LogHead,
    Manifest,
    Origin,
    PublicationFacts,
    SimulatedUnit,
    as_day,
)


@dataclass(frozen=True, slots=True)
class OriginFiles:
    """What proves an origin: the exact bytes of the manifest and the signature of that bundle."""

    manifest: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class BundleContents:
    """What a bundle is made of. ``snapshot``: the canonical text of the snapshot, as it is published.

    ``origins``: the bundles that fed this one directly; ``origin_files``: by fingerprint what proves them and all that
    fed them in turn. ``evidence``: of a signed sheet alone. ``simulated``: the units whose figures are made up.
    """

    facts: PublicationFacts
    snapshot: str
    opinions: Iterable[BundleOpinion] = ()
    estimates: Iterable[BundleEstimate] = ()
    logs: Sequence[LogHead] = ()
    origins: Sequence[Origin] = ()
    origin_files: Mapping[str, OriginFiles] = field(default_factory=dict)
    kind: BundleKind = BundleKind.RESULT
    evidence: Sequence[ItemEvidence] = ()
    simulated: Sequence[SimulatedUnit] = ()


def write_bundle(path: Path, contents: BundleContents, key: SigningKey | None) -> Manifest:
    """Write the bundle to ``path``, whole or not at all; what its manifest says. ``key`` None: nobody signs.

    Raises :class:`InvalidInput`: ``key_not_valid_on`` (``day``, ``from``, ``until``), ``file_too_large`` and
    ``bundle_unpacks_too_large`` (``bytes``, ``limit``), ``bundle_too_large_to_read`` (``field``, ``count``,
    ``limit``), and as
    :func:`~parindex.documents.results.snapshots.parse_snapshot` for a snapshot that is none; :class:`InvalidValue`
    (``manifest_field``) for facts that the format has no place for.
    """
    facts = contents.facts
    signer = None if key is None else key.signer
    if signer is not None and not signer.is_valid_on(facts.day):
        named = {"day": facts.day, "from": signer.valid_from, "until": signer.valid_until}
        days = {name: as_day(written) for name, written in named.items()}
        raise InvalidInput([Problem("key_not_valid_on", Place(), days)])
    stored = parse_snapshot(contents.snapshot)
    listed = _listed(contents, stored)
    manifest = Manifest(
        kind=contents.kind,
        publication=facts,
        software=SOFTWARE,
        version=version(SOFTWARE),
        workbook_writer=workbook_writer(),
        snapshot=stored.fingerprint,
        withheld=stored.withheld,
        signer=signer,
        files=tuple(FileDigest(name, len(content), digest(content)) for name, content in listed.items()),
        logs=tuple(contents.logs),
        origins=tuple(contents.origins),
        simulated=tuple(sorted(contents.simulated)),
    )
    manifest_of(manifest_data(manifest))  # what we would not read we do not write
    archive = _archive(manifest_bytes(manifest), listed, key)
    _require_readable(path, len(archive), listed)
    write_all({path: lambda target: _write(target, archive)})
    return manifest


def _require_readable(path: Path, size: int, listed: Mapping[str, bytes]) -> None:
    """What a reader would refuse as too large is not written."""
    unpacked = sum(map(len, listed.values()))
    if size > MOST_BYTES:
        raise refused(path, "file_too_large", bytes=size, limit=MOST_BYTES)
    if unpacked > MAX_UNPACKED_BYTES:
        raise refused(path, "bundle_unpacks_too_large", bytes=unpacked, limit=MAX_UNPACKED_BYTES)
    require_readable(path, listed)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _archive(manifest: bytes, listed: Mapping[str, bytes], key: SigningKey | None) -> bytes:
    """The whole file: the manifest, what it lists, and last the signature, which also keeps the digest of all before
    it, so that no byte of the packing can change unseen.
    """
    made: list[Packed] = [packed(paths.MANIFEST, manifest, stored=True)]
    made += [packed(name, content) for name, content in listed.items()]
    before = body(made)
    signer, signature = (None, "") if key is None else (key.signer, key.sign(manifest))
    sealed = canonical_bytes(signature_data(signer, signature, digest(before)))
    made.append(packed(paths.SIGNATURE, sealed, stored=True))
    return before + body(made[-1:]) + directory(made)


def _listed(contents: BundleContents, stored: StoredSnapshot) -> dict[str, bytes]:
    """Every file but manifest and signature, in the order of the archive."""
    groups = stored.snapshot.groups
    return {
        paths.READ_FIRST: shipped_file(paths.READ_FIRST),
        paths.SNAPSHOT: contents.snapshot.encode(),
        **{
            path: canonical_bytes(normal_form(group))
            for path, group in zip(paths.set_paths([one.code for one in groups]), groups, strict=True)
        },
        paths.ESTIMATES: canonical_bytes(estimates_data(contents.estimates)),
        paths.OPINIONS: canonical_bytes(opinions_data(contents.opinions)),
        **_evidence(contents),
        **_origin_files(contents),
        paths.WORKBOOK: workbook_bytes(stored),
        paths.VERIFIER: shipped_file(paths.VERIFIER),
    }


def _evidence(contents: BundleContents) -> dict[str, bytes]:
    if contents.kind is not BundleKind.SHEET:
        return {}
    return {paths.EVIDENCE: canonical_bytes(evidence_data(contents.evidence))}


def _origin_files(contents: BundleContents) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for fingerprint in sorted(contents.origin_files):
        one = contents.origin_files[fingerprint]
        found[paths.origin_manifest(fingerprint)] = one.manifest
        found[paths.origin_signature(fingerprint)] = one.signature
    return found
