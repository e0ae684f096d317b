"""The bundles of other levels whose figures fed a result, as its own bundle names and proves them.

Each hop keeps its signature: the manifest and the signature of every bundle that fed it, and of those that fed those in
turn, go along, so that whoever gets the last one can check them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parindex.database.models import Finalisation, ReceivedBundle
from parindex.database.queries.figure_origins import feeding_bundles
from parindex.documents.bundles.reader import Bundle
from parindex.documents.bundles.writer import OriginFiles
from parindex.domain.publication.bundle import Origin
from parindex.usecases.received_bundles import kept_bundle


@dataclass(frozen=True, slots=True)
class Origins:
    """Those that fed a result directly, and by fingerprint what proves them and all that fed them in turn."""

    listed: tuple[Origin, ...] = ()
    files: Mapping[str, OriginFiles] = field(default_factory=dict)


def origins_of(finalisation: Finalisation) -> Origins:
    """What fed the figures of a finalisation, as they were frozen. Three queries, and every bundle read."""
    return origins_in(feeding_bundles(finalisation))


def origins_in(bundles: Iterable[ReceivedBundle]) -> Origins:
    """Received bundles as origins of another one."""
    listed: list[Origin] = []
    files: dict[str, OriginFiles] = {}
    for one in bundles:
        found = kept_bundle(one)
        listed.append(_origin(found))
        files |= dict(found.origin_files)
        files[found.fingerprint] = OriginFiles(found.manifest_bytes, found.signature_bytes)
    return Origins(tuple(listed), files)


def _origin(of: Bundle) -> Origin:
    facts, signer = of.manifest.publication, of.manifest.signer
    return Origin(
        fingerprint=of.fingerprint,
        key_fingerprint=signer.fingerprint if signer else "",
        kind=of.manifest.kind,
        owner=facts.owner,
        title=facts.title,
        year=facts.year,
        number=facts.number,
        published_at=facts.published_at,
    )
