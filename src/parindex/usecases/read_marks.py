"""What a form showed, held against what is stored when it comes back: nobody writes over what they have not read.

A page sends the mark of what it showed along with what was typed; the use case compares it under its lock. Who brings
no mark (a command, a table) has been shown nothing and is not asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from parindex.domain.review.refusal import Refusal

CHANGED = "changed_since_read"


def read_mark(shown: Mapping[str, str]) -> str:
    """The mark of some texts by name: it tells whether any of them has changed since."""
    return hashlib.sha256(json.dumps(dict(shown), sort_keys=True).encode()).hexdigest()[:32]


def require_as_read(stored: Mapping[str, str], seen: str | None) -> None:
    """Refused (``changed_since_read``) where somebody has changed what the form showed."""
    if seen is not None and seen != read_mark(stored):
        raise Refusal(CHANGED)
