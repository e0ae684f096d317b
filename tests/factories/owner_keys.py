"""Keys of owners where the application looks for them."""

from __future__ import annotations

from datetime import timedelta

from parindex.documents.bundles.keys import SigningKey, new_key, save_key
from parindex.usecases.owner_keys import key_path
from parindex.wording.moments import local_day
from tests.factories.world import now


def owner_key(owner: str = "tinh", *, name: str = "UBND tỉnh", since: int = 30, until: int = 365) -> SigningKey:
    """A key of an owner, valid since and until so many days."""
    first, last = (local_day(now() + timedelta(days=days)).isoformat() for days in (-since, until))
    made = new_key(name, first, last)
    key_path(owner).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    save_key(made, key_path(owner))
    return made
