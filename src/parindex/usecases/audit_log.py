"""Writing the audit log, in the transaction of the act itself, and proving that it still holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils.timezone import localdate

from parindex.database.models import AuditChain, AuditRecord, Cycle, Submission, Unit
from parindex.database.queries.accounts import path_on
from parindex.database.queries.saving import add_record, held_head, write_head
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.acting_roles import acting_role
from parindex.domain.review.audit_chain import INSTALLATION, START, Break, Broken, Link, broken_links, link_hash
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.usecases.actors import Session


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

    The head of the chain is locked, so that records of one cycle are numbered one after the other. The record that
    comes back does not know its key.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is logged in its own transaction")
    key = INSTALLATION if what.cycle is None else f"cycle-{what.cycle}"
    if not (found := held_head(key=key)):
        AuditChain.objects.get_or_create(key=key, defaults={"hash": START})
        found = held_head(key=key)
    (chain,) = found
    made = AuditRecord(
        chain_id=chain.pk,
        sequence=chain.sequence + 1,
        at=at,
        actor_id=by.user.pk if by else None,
        actor_name=by.user.full_name if by else "",
        role=role or _role(by, action, what, at),
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
    add_record(made)
    chain.sequence, chain.hash = made.sequence, made.hash
    write_head(chain)
    return made


def _role(by: Session | None, action: str, what: Target, at: datetime) -> str:
    """The role of an act that names none: the only one somebody holds, else the one that allowed it at that unit."""
    roles = by.actor.roles if by else frozenset()
    if by is None or len(roles) <= 1:
        return str(next(iter(roles), ""))
    paths = path_on(unit=what.unit, day=localdate(at)) if what.unit is not None else []
    return str(acting_role(by.actor, action, paths[0][0] if paths else by.actor.path, cycle=what.cycle) or "")


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


#: Acts whose records name a submission.
_SIGNATURES = ("sign", "submit")


@transaction.atomic
def verify(heads: Sequence[tuple[str, ...]] = ()) -> list[Proof]:
    """Prove every chain, and every chain that there must be: of each cycle that was opened, of each noted head.

    What was noted elsewhere shows a chain whose end and head were both replaced: ``heads`` are (chain, number, hash)
    from receipts and publications, and each submission holds those of its own record.
    """
    chains = {chain.key: chain for chain in AuditChain.objects.all()}
    opened = Cycle.objects.exclude(state=CycleState.DRAFT).values_list("pk", flat=True)
    signed = Submission.objects.values_list("sheet__cycle", flat=True).order_by().distinct()
    wanted = {f"cycle-{cycle}" for cycle in {*opened, *signed}} | {head[0] for head in heads}
    return [_proof(key, chains.get(key), key in wanted, heads) for key in sorted({*chains, *wanted})]


def _proof(key: str, chain: AuditChain | None, must_be: bool, heads: Sequence[tuple[str, ...]]) -> Proof:
    found: list[Broken] = []
    rows = AuditRecord.objects.filter(chain__key=key)
    if must_be and not rows.exists():
        found.append(Broken(Break.NO_CHAIN, 1))
    elif chain is not None:
        found += broken(chain)
    found += (
        Broken(Break.NOT_AS_NOTED, int(number))
        for noted, number, value in heads
        if noted == key and not rows.filter(sequence=number, hash=value).exists()
    )
    found += _not_as_signed(key, rows)
    return Proof(key, chain.sequence if chain else 0, chain.hash if chain else START, tuple(found))


def _not_as_signed(key: str, rows: QuerySet[AuditRecord]) -> Iterator[Broken]:
    """What the submissions of a cycle and the records of their signatures do not say alike."""
    kind, _, cycle = key.partition("-")
    if kind != "cycle" or not cycle.isdecimal():
        return
    records = {row.sequence: row for row in rows.filter(action__in=_SIGNATURES).only("sequence", "hash", "after")}
    made = Submission.objects.filter(sheet__cycle=int(cycle)).order_by("log_sequence", "pk")
    for one in made.only("log_sequence", "log_hash", "fingerprint", "claim").iterator(chunk_size=200):
        row = records.pop(one.log_sequence, None)
        if row is None or row.hash != one.log_hash:
            yield Broken(Break.NOT_AS_SIGNED, one.log_sequence)
        elif {fingerprint_of(one.claim), one.fingerprint} != {_logged_fingerprint(row)}:
            yield Broken(Break.CLAIM_CHANGED, one.log_sequence)
    yield from (Broken(Break.NO_SUBMISSION, number) for number in sorted(records))


def _logged_fingerprint(row: AuditRecord) -> str:
    try:
        return str(json.loads(row.after)["fingerprint"])
    except (ValueError, KeyError, TypeError):
        return ""


def _json(data: Mapping[str, Any] | None) -> str:
    return "" if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
