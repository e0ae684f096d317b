"""Any single byte of a bundle that is changed, removed or added is found, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.bundle_tampering import Taken

from parindex.documents.bundles.verification import verified
from parindex.domain.errors import InvalidInput
from parindex.wording.problems import SENTENCES


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for all draws."""
    return tmp_path_factory.mktemp("bytes") / "x.zip"


@settings(max_examples=50, deadline=None)
@given(where=st.floats(0, 1), how=st.sampled_from(["changed", "removed", "added"]), value=st.integers(1, 255))
def test_one_byte(taken: Taken, path: Path, where: float, how: str, value: int) -> None:
    at = min(int(where * len(taken.bundle)), len(taken.bundle) - 1)
    before, here, after = taken.bundle[:at], taken.bundle[at], taken.bundle[at + 1 :]
    new = {"changed": bytes([here ^ value]), "removed": b"", "added": bytes([here, here ^ value])}[how]
    path.write_bytes(before + new + after)
    assert_found(path)


@pytest.mark.parametrize("kept", [0.01, 0.5, 0.999])
def test_the_end_cut_off(taken: Taken, path: Path, kept: float) -> None:
    path.write_bytes(taken.bundle[: int(kept * len(taken.bundle))])
    assert_found(path)


def assert_found(path: Path) -> None:
    """There are findings, and each has a sentence."""
    try:
        found = verified(path)
    except InvalidInput as error:
        kinds = [one.kind for one in error.problems]
    else:
        assert not found.holds
        kinds = [one.kind for one in found.findings]
    assert set(kinds) <= SENTENCES.keys()
