"""Whatever is done to a bundle is found and named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.factories.bundle_tampering import TAMPERINGS, Taken, Tampering

from parindex.documents.bundles.keys import PublicKey
from parindex.documents.bundles.verification import verified
from parindex.wording.problems import SENTENCES


def kinds(path: Path, taken: Taken) -> set[str]:
    """What is found in the bundle at ``path``."""
    found = verified(path, PublicKey(taken.key.signer.fingerprint, taken.key.signer))
    return {one.kind for one in found.findings} | ({"result_differs"} if found.differences else set())


def test_a_sound_bundle_has_no_findings(taken: Taken, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(taken.bundle)
    assert kinds(tmp_path / "x.zip", taken) == set()


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda one: one.what)
def test_every_tampering_is_found_by_its_own_kind(tampering: Tampering, taken: Taken, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    done = tampering.done(taken)
    assert done != taken.bundle
    path.write_bytes(done)
    found = kinds(path, taken)
    assert tampering.kind in found
    assert {*found} - {"result_differs"} <= SENTENCES.keys()


def test_at_least_thirty_kinds_are_told_apart() -> None:
    often = Counter(one.kind for one in TAMPERINGS)
    assert len(often) >= 50
    assert len({one.what for one in TAMPERINGS}) == len(TAMPERINGS)
