"""The key of the demonstration, made at its first start."""

from __future__ import annotations

from datetime import datetime, timedelta

from parindex.documents.bundles.demonstration_key import demonstration_key
from parindex.documents.bundles.keys import save_key
from parindex.usecases.owner_keys import key_path
from parindex.wording.moments import local_day

_OWNER = "dien-bien"
_VALID = timedelta(days=365)


def make_demonstration_key(*, at: datetime) -> None:
    """Make the key of the province of the demonstration; does nothing where there is one."""
    path = key_path(_OWNER)
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    save_key(demonstration_key(local_day(at + _VALID).isoformat()), path)
