"""Verifying a bundle that somebody hands in: in a process of its own, of which only the answer is kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from parindex.documents.background_jobs import MAX_MEMORY, Job
from parindex.documents.bundles.manifest_file import manifest_fingerprint, manifest_of
from parindex.documents.received_bundles.kept_checks import KeptChecks, checks_from_data
from parindex.documents.stored_facts import problem_from_data
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.publication.bundle import Manifest

#: So long a request waits, also for its turn.
SECONDS = 60
#: One at a time: whoever hands in several waits instead of filling the machine.
_PLACE = threading.BoundedSemaphore(1)
_WORKER = "parindex.documents.received_bundles.verifying_worker"


@dataclass(frozen=True, slots=True)
class VerifiedBundle:
    """What is kept of a bundle that holds: what its manifest says, its fingerprint, what was compared."""

    manifest: Manifest
    fingerprint: str
    checks: KeptChecks


def verified_apart(path: Path, name: str) -> VerifiedBundle:
    """The bundle at ``path``, which people call ``name``, where nothing is wrong with it and it can be kept.

    Raises :class:`InvalidInput` with everything that its verification found, ``result_differs`` for a unit whose result
    comes out otherwise, those of :func:`~parindex.documents.received_bundles.keepable.keeping_problems`, or
    ``bundle_too_demanding`` where it takes longer than :data:`SECONDS`, or more memory than there is for it.
    """
    until = monotonic() + SECONDS
    if not _PLACE.acquire(timeout=SECONDS):
        raise _too_demanding(name)
    try:
        with TemporaryDirectory(prefix="parindex-bundle-") as folder:
            answer = _answer(Job(Path(folder), "verified", _WORKER), path, name, until)
    finally:
        _PLACE.release()
    if answer is None:
        raise _too_demanding(name)
    return answered_bundle(answer)


def _answer(job: Job, path: Path, name: str, until: float) -> dict[str, Any] | None:
    process = job.start(path=str(path), name=name)
    if not job.wait(process, max(until - monotonic(), 0)):
        job.stop()
        return None
    return job.answer()


def answered_bundle(answer: Mapping[str, Any]) -> VerifiedBundle:
    """The bundle that the process found. Raises :class:`InvalidInput` with the problems that it found instead."""
    if answer["problems"]:
        raise InvalidInput([problem_from_data(one) for one in answer["problems"]])
    manifest = manifest_of(answer["manifest"])
    return VerifiedBundle(manifest, manifest_fingerprint(manifest), checks_from_data(answer["checks"]))


def _too_demanding(name: str) -> InvalidInput:
    facts = {"seconds": SECONDS, "megabytes": MAX_MEMORY // 2**20}
    return InvalidInput([Problem("bundle_too_demanding", Place(file=name), facts)])
