"""Bundles verified in the process of the tests: the same answer, without a process for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from parindex.documents.received_bundles.verifying import VerifiedBundle, answered_bundle
from parindex.documents.received_bundles.verifying_worker import answered
from parindex.usecases import received_bundles


def _here(path: Path, name: str) -> VerifiedBundle:
    return answered_bundle(answered(path, name))


@contextmanager
def verified_here() -> Iterator[None]:
    """As long as this lasts, receiving a bundle starts no process."""
    with patch.object(received_bundles, "verified_apart", _here):
        yield
