"""A fingerprint as somebody types it from paper: blanks, colons and dots between its digits mean nothing."""

from __future__ import annotations

import re

from parindex.cli.audit_log import UNPRINTED
from parindex.domain.errors import InvalidInput, Place, Problem


def typed_fingerprint(typed: str) -> str:
    """The 64 digits; raises :class:`InvalidInput` (``not_a_fingerprint``) for anything else."""
    plain = re.sub(r"[:.\-]", "", UNPRINTED.sub("", typed)).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise InvalidInput([Problem("not_a_fingerprint", Place(), {"found": typed})])
    return plain
