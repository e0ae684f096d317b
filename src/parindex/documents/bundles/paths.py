"""Where things stand in a bundle: a closed list of paths, in the order of the archive."""

from __future__ import annotations

import re
from collections.abc import Sequence

MANIFEST = "manifest.json"
READ_FIRST = "DOC-TRUOC.txt"
SNAPSHOT = "snapshot.json"
ESTIMATES = "estimates.json"
OPINIONS = "opinions.json"
EVIDENCE = "evidence.json"
WORKBOOK = "results.xlsx"
VERIFIER = "verify.html"
SIGNATURE = "signature.json"

_SAFE_CODE = re.compile(r"(?!nhom-[0-9]+\Z)[a-z0-9][a-z0-9_-]{0,79}\Z")
_SET = re.compile(r"criteria_sets/[a-z0-9][a-z0-9_-]{0,79}\.json\Z")
_ORIGIN = re.compile(r"origins/([0-9a-f]{64})/(manifest|signature)\.json\Z")


def set_paths(codes: Sequence[str]) -> list[str]:
    """Where the yardstick of each group stands: by its code where that is a plain name, else by its position from 1
    (``nhom-2``), a name that no code is given, so that two groups never share one.
    """
    names = [code if _SAFE_CODE.match(code) else f"nhom-{at}" for at, code in enumerate(codes, start=1)]
    return [f"criteria_sets/{name}.json" for name in names]


def origin_manifest(fingerprint: str) -> str:
    """Where the manifest of an origin stands."""
    return f"origins/{fingerprint}/manifest.json"


def origin_signature(fingerprint: str) -> str:
    """Where the signature of an origin stands."""
    return f"origins/{fingerprint}/signature.json"


def in_order(sets: Sequence[str], origins: Sequence[str]) -> list[str]:
    """Every path that a bundle may hold in the order of the archive; ``origins``: their fingerprints in order."""
    fed = [path for one in origins for path in (origin_manifest(one), origin_signature(one))]
    lists = (ESTIMATES, OPINIONS, EVIDENCE)
    return [MANIFEST, READ_FIRST, SNAPSHOT, *sets, *lists, *fed, WORKBOOK, VERIFIER, SIGNATURE]


def origin_of(path: str) -> str:
    """The fingerprint of the origin that a path is of; "" for any other path."""
    found = _ORIGIN.match(path)
    return found[1] if found else ""


def is_set(path: str) -> bool:
    """Whether a yardstick stands there."""
    return _SET.match(path) is not None


def is_known(path: str) -> bool:
    """Whether a bundle may hold such a file at all."""
    fixed = (MANIFEST, READ_FIRST, SNAPSHOT, ESTIMATES, OPINIONS, EVIDENCE, WORKBOOK, VERIFIER, SIGNATURE)
    return path in fixed or is_set(path) or origin_of(path) != ""
