"""The files that are the same in every bundle of a version."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from parindex.documents.bundles import paths

#: The name of this software, as installed and as manifests have it.
SOFTWARE = "parindex"
_WHERE = {paths.READ_FIRST: "DOC-TRUOC.txt", paths.VERIFIER: "verifier/verify.html"}


@cache
def shipped_file(path: str) -> bytes:
    """The bytes of the file at ``path`` of a bundle."""
    return files("parindex.documents.bundles").joinpath(_WHERE[path]).read_bytes()
