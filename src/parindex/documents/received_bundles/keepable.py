"""What of a bundle cannot be kept as it stands: rows have bounds, and nothing is cut or changed to fit into them.

What the manifest may say is bounded by its format; these are the texts beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from parindex.documents.bundles import paths
from parindex.domain.errors import Place, Problem
from parindex.domain.publication.bundle import Manifest
from parindex.domain.publication.snapshot import Snapshot

#: Characters of the code and of the name of a unit that a row holds.
MOST_OF_CODE, MOST_OF_NAME = 80, 300
#: Control characters and halves of characters: no line of a page, and no header of an answer, has them.
_UNKEPT = frozenset({"Cc", "Cs"})


def keeping_problems(manifest: Manifest, snapshot: Snapshot) -> Iterator[Problem]:
    """Why a bundle cannot be kept, text by text: ``bundle_text_too_long`` (``field``, ``found``, ``limit``),
    ``bundle_text_unkept`` (``field``).
    """
    facts, signer = manifest.publication, manifest.signer
    lines = {
        "publication/owner/code": facts.owner.code, "publication/owner/name": facts.owner.name,
        "publication/title": facts.title, "publication/decision/number": facts.decision_number,
        "signer/name": signer.name if signer else "",
    }  # fmt: skip
    for field, value in lines.items():
        yield from _characters(paths.MANIFEST, field, value)
    for group in snapshot.groups:
        for unit in group.units:
            for field, value, limit in (("code", unit.code, MOST_OF_CODE), ("name", unit.name, MOST_OF_NAME)):
                yield from _characters(paths.SNAPSHOT, f"units/{field}", value)
                if len(value) > limit:
                    facts_of = {"field": f"units/{field}", "found": len(value), "limit": limit}
                    yield Problem("bundle_text_too_long", Place(file=paths.SNAPSHOT), facts_of)


def _characters(file: str, field: str, value: str) -> Iterator[Problem]:
    if any(unicodedata.category(one) in _UNKEPT for one in value):
        yield Problem("bundle_text_unkept", Place(file=file), {"field": field})
