"""A sound bundle, made once, that is taken apart by the tests of this folder."""

from __future__ import annotations

import pytest
from tests.factories.bundle_tampering import Taken
from tests.factories.bundles import fed_contents, signing_key

from parindex.documents.bundles.writer import write_bundle


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """A small publication, fed by the bundle of a district."""
    folder = tmp_path_factory.mktemp("bundles")
    key, other = signing_key(), signing_key("UBND huyện")
    write_bundle(folder / "x.zip", fed_contents(folder, other), key)
    return Taken((folder / "x.zip").read_bytes(), key, other)
