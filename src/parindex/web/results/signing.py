"""Who signs the bundles of a cycle: the keys of its owner, and which bundles are made; for those who run the cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parindex.database.models import Cycle, PublicationBundle
from parindex.database.queries.public_results import owner_name
from parindex.database.queries.publication_bundles import shown_fingerprint, with_bundles
from parindex.domain.publication.bundle import Signer
from parindex.usecases.owner_keys import KeyFile, key_path, keys_of
from parindex.wording.problems import message, remedy

#: So many days before its end a key is said to end soon.
SOON = 60


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key file as a page names it: its name, the key where it opens, what is wrong in words where it does not."""

    file: str
    signer: Signer | None
    valid_until: date | None
    days_left: int
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class Signing:
    """The keys of an owner, where the first one is looked for, and the bundle of each publication that is made."""

    owner: str
    path: str
    keys: Sequence[ShownKey]
    bundles: Mapping[int, PublicationBundle]

    @property
    def signs(self) -> bool:
        """Whether a result that is published today is signed."""
        return any(one.signer is not None and one.days_left >= 0 for one in self.keys)


def signing_of(cycle: Cycle, today: date) -> Signing:
    """What the page of results says of signing. Three queries."""
    shown = {one.pk: shown_fingerprint(one) for one in with_bundles().filter(cycle=cycle)}
    rows = PublicationBundle.objects.filter(publication__cycle=cycle).order_by("number")
    made = {one.publication_id: one for one in rows if one.fingerprint == shown.get(one.publication_id)}
    keys = [_shown(one, today) for one in keys_of(cycle.owner.code)]
    return Signing(owner_name(cycle), f"keys/{key_path(cycle.owner.code).name}", keys, made)


def _shown(one: KeyFile, today: date) -> ShownKey:
    signer = one.key.signer if one.key is not None else None
    until = date.fromisoformat(signer.valid_until) if signer is not None else None
    said = [f"{message(problem)} {remedy(problem)}" for problem in one.problems]
    return ShownKey(one.name, signer, until, (until - today).days if until else -1, said)
