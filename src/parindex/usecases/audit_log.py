"""Writing the audit log, in the transaction of the act itself, and proving that it still holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from parindex.database.models import AuditChain, AuditRecord, Cycle, Unit
from parindex.domain.review.audit_chain import START, Break, Broken, Link, broken_links, link_hash
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session

INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class Target:
    """What an act was about: kind and id of the object, the unit it belongs to, the cycle whose chain it stands in."""

    kind: str
    id: str
    unit: int | None = None
    cycle: int | None = None


def target(row: Model, *, unit: Unit | int | None = None, cycle: Cycle | int | None = None) -> Target:
    """The target that a row is: ``score_sheet 12``."""
    name = str(row._meta.object_name)  # of the table: a row may come in a lazy wrapper
    kind = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    return Target(kind, str(row.pk), unit_id, cycle.pk if isinstance(cycle, Cycle) else cycle)


def record(
    action: str,
    what: Target,
    *,
    by: Session | None,
    at: datetime,
    role: Role | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditRecord:
    """Add one record to its chain; must be called inside the transaction of the act. ``by`` None: the clock did it.

    The head of the chain is locked, so that records of one cycle are numbered one after the other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is logged in its own transaction")
    key = INSTALLATION if what.cycle is None else f"cycle-{what.cycle}"
    heads = AuditChain.objects.select_for_update()
    chain = heads.filter(key=key).first()
    if chain is None:
        AuditChain.objects.get_or_create(key=key, defaults={"hash": START})
        chain = heads.get(key=key)
    made = AuditRecord(
        chain=chain,
        sequence=chain.sequence + 1,
        at=at,
        actor=by.user if by else None,
        actor_name=by.user.full_name if by else "",
        role=role or _only_role(by),
        address=by.address if by else "",
        unit_id=what.unit,
        action=action,
        object_kind=what.kind,
        object_id=what.id,
        before=_json(before),
        after=_json(after),
        reason=reason,
        previous_hash=chain.hash,
    )
    made.hash = link_hash(made.sequence, made.previous_hash, content(made))
    made.save(force_insert=True)
    chain.sequence, chain.hash = made.sequence, made.hash
    chain.save(update_fields=["sequence", "hash"])
    return made


def _only_role(by: Session | None) -> str:
    """The role of an act that names none: certain where somebody holds just one."""
    roles = by.actor.roles if by else frozenset()
    return str(next(iter(roles))) if len(roles) == 1 else ""


def content(row: AuditRecord) -> dict[str, str | int | None]:
    """Everything of a record that its hash covers; moments in UTC, so that every database gives the same text."""
    return {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": row.actor_id,
        "actor_name": row.actor_name,
        "role": row.role,
        "address": row.address,
        "unit": row.unit_id,
        "action": row.action,
        "object_kind": row.object_kind,
        "object_id": row.object_id,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
    }


def broken(chain: AuditChain) -> Iterator[Broken]:
    """Every place where a chain does not hold; reads the records in pieces, so that millions can be proved."""
    rows = AuditRecord.objects.filter(chain=chain).order_by("sequence", "pk").iterator(chunk_size=2000)
    links = (Link(row.sequence, row.previous_hash, row.hash, content(row)) for row in rows)
    return broken_links(links, (chain.sequence, chain.hash))


@dataclass(frozen=True, slots=True)
class Proof:
    """What reading a chain from its first record showed: how many records its head counts, and where it is broken."""

    chain: str
    records: int
    head: str
    broken: tuple[Broken, ...]


@transaction.atomic
def verify(heads: Sequence[tuple[str, ...]] = ()) -> list[Proof]:
    """Prove every chain. ``heads`` are (chain, number, hash) that were noted elsewhere: on receipts, in publications;
    only they show a chain whose end and head were both replaced.
    """
    return [
        Proof(chain.key, chain.sequence, chain.hash, (*broken(chain), *_not_as_noted(chain, heads)))
        for chain in AuditChain.objects.order_by("key")
    ]


def _not_as_noted(chain: AuditChain, heads: Sequence[tuple[str, ...]]) -> Iterator[Broken]:
    for key, number, noted in heads:
        if key == chain.key and not AuditRecord.objects.filter(chain=chain, sequence=number, hash=noted).exists():
            yield Broken(Break.NOT_AS_NOTED, int(number))


def _json(data: Mapping[str, Any] | None) -> str:
    return "" if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
