"""The bundles that fed a bundle: each is proved by its own manifest and signature, which the bundle hands on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from parindex.documents.bundles import paths
from parindex.documents.bundles.keys import is_signed
from parindex.documents.bundles.manifest_file import manifest_of, signature_of
from parindex.documents.bundles.opened import Opened
from parindex.documents.canonical_json import parsed
from parindex.domain.errors import InvalidValue, Place, Problem
from parindex.domain.publication.bundle import Manifest, Origin, as_day

_FIELDS = ("kind", "owner", "title", "year", "number", "published_at")


def origin_findings(made: Opened) -> Iterator[Problem]:
    """Problem kinds: ``origin_missing``, ``origin_not_listed``, ``origin_fingerprint`` (``expected``),
    ``origin_not_signed``, ``origin_signature``, ``origin_key`` (``found``, ``expected``), ``origin_key_days``
    (``day``), ``origin_differs`` (``field``, ``found``, ``expected``), ``origin_twice``, ``origin_circle``, and those
    of a manifest.
    """
    there = {one for one in map(paths.origin_of, made.archive.files) if one}
    manifests: dict[str, Manifest] = {}
    for fingerprint in sorted(there):
        manifest, problems = _proved(made, fingerprint)
        yield from problems
        if manifest is not None:
            manifests[fingerprint] = manifest
    wanted = list(made.manifest.origins) if made.manifest is not None else []
    listing = [*([made.manifest] if made.manifest is not None else []), *manifests.values()]
    for fingerprint in sorted({twice for one in listing for twice in _twice(one)}):
        yield Problem("origin_twice", Place(file=paths.origin_manifest(fingerprint)))
    seen: set[str] = set()
    while wanted:
        one = wanted.pop()
        if one.fingerprint not in there:
            yield Problem("origin_missing", Place(file=paths.origin_manifest(one.fingerprint)), {"title": one.title})
        elif one.fingerprint in manifests:
            yield from _as_listed(one, manifests[one.fingerprint])
            if one.fingerprint not in seen:
                wanted += manifests[one.fingerprint].origins
        seen.add(one.fingerprint)
    if made.fingerprint in seen:
        yield Problem("origin_circle", Place(file=paths.origin_manifest(made.fingerprint)))
    for fingerprint in sorted(there - seen):
        yield Problem("origin_not_listed", Place(file=paths.origin_manifest(fingerprint)))


def origin_notes(made: Opened) -> Iterator[Problem]:
    """``simulated_origin`` (``title``, ``year``, ``name`` of the owner): an origin whose figures are made up, wholly or
    in part. Of a bundle in which nothing is wrong.
    """
    for fingerprint in sorted({one for one in map(paths.origin_of, made.archive.files) if one}):
        manifest, _ = _proved(made, fingerprint)
        if manifest is not None and manifest.simulated:
            of = manifest.publication
            facts = {"title": of.title, "year": of.year, "name": of.owner.name}
            yield Problem("simulated_origin", Place(file=paths.origin_manifest(fingerprint)), facts)


def _twice(manifest: Manifest) -> Iterator[str]:
    """The origins that one manifest lists more than once."""
    times = Counter(one.fingerprint for one in manifest.origins)
    return (fingerprint for fingerprint, number in times.items() if number > 1)


def _proved(made: Opened, fingerprint: str) -> tuple[Manifest | None, list[Problem]]:
    """The manifest of an origin, and what does not prove it."""
    at, beside = paths.origin_manifest(fingerprint), paths.origin_signature(fingerprint)
    content, signed = made.archive.content(at), made.archive.content(beside)
    missing = [path for path, bytes_ in ((at, content), (beside, signed)) if bytes_ is None]
    if content is None or signed is None:
        return None, [Problem("origin_missing", Place(file=path)) for path in missing]
    problems = []
    found = hashlib.sha256(content).hexdigest()
    if found != fingerprint:
        problems.append(Problem("origin_fingerprint", Place(file=at), {"found": found, "expected": fingerprint}))
    try:
        path = at
        manifest = manifest_of(parsed(content))
        path = beside
        signature = signature_of(parsed(signed))
    except InvalidValue as error:
        return None, [*problems, Problem(error.kind, Place(file=path), error.facts)]
    if manifest.signer is None:
        problems.append(Problem("origin_not_signed", Place(file=at)))
    elif signature.public_key != manifest.signer.public_key or not is_signed(
        content, signature.signature, signature.public_key
    ):
        problems.append(Problem("origin_signature", Place(file=beside)))
    elif not manifest.signer.is_valid_on(manifest.publication.day):
        problems.append(Problem("origin_key_days", Place(file=at), {"day": as_day(manifest.publication.day)}))
    return manifest, problems


def _as_listed(one: Origin, manifest: Manifest) -> Iterator[Problem]:
    """What is listed of an origin against what its own manifest says."""
    place = Place(file=paths.origin_manifest(one.fingerprint))
    key = manifest.signer.fingerprint if manifest.signer is not None else ""
    if key != one.key_fingerprint:
        yield Problem("origin_key", place, {"found": key[:16], "expected": one.key_fingerprint[:16]})
    for field in _FIELDS:
        found = manifest.kind if field == "kind" else getattr(manifest.publication, field)
        if found != getattr(one, field):
            facts = {"field": field, "found": _text(found), "expected": _text(getattr(one, field))}
            yield Problem("origin_differs", place, facts)


def _text(value: object) -> str:
    return str(getattr(value, "code", value))[:60]
