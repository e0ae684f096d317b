"""Writing the audit log, in the transaction of the act itself, and proving that it still holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate

from parindex.database.models import (
    AuditChain,
    AuditRecord,
    CriteriaSetVersion,
    Cycle,
    Submission,
    Unit,
    User,
)
from parindex.database.models.criteria_sets import SetState
from parindex.database.queries.accounts import path_on
from parindex.database.queries.saving import add_record, held_head, write_head
from parindex.domain.review.acting_roles import acting_role
from parindex.domain.review.audit_chain import INSTALLATION, START, Break, Broken, Link, broken_links, link_hash
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session, require_current
from parindex.usecases.recorded_publications import not_as_published, noted_heads
from parindex.usecases.recorded_sets import not_as_frozen
from parindex.usecases.recorded_signatures import not_as_signed, said

#: Rare acts of a cycle whose records note where the chain of the installation stood: what is cut off its end shows.
_ANCHORING = (
    "open_cycle", "sign", "submit", "return", "withdraw", "compile", "finalise_cycle", "publish", "correct_publication",
)  # fmt: skip


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

    The head of the chain is locked, so that records of one cycle are numbered one after the other. Refused, with the
    whole act, where ``by`` has lost a role meanwhile (:func:`require_current`): no act is stored without its record, so
    none forgets to ask. The record that comes back does not know its key.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is logged in its own transaction")
    if what.cycle is not None and action in _ANCHORING:
        after = {**(after or {}), **_installation_head()}
    chain = _held_chain(what.cycle)
    if by is not None:
        require_current(by)
    made = _link(chain, action, what, by, at, role, Told(before, after, reason))
    add_record(made)
    write_head(chain)
    return made


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says: what stood there before and afterwards, and why."""

    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""


def record_all(
    action: str,
    lines: Iterable[tuple[Target, Told]],
    *,
    cycle: int,
    by: Session | None,
    at: datetime,
    role: Role | None,
) -> None:
    """A record for each object of one act in a cycle, as :func:`record` makes one; a few queries for all of them."""
    if not connection.in_atomic_block:
        raise RuntimeError("an act is logged in its own transaction")
    chain = _held_chain(cycle)
    if by is not None:
        require_current(by)
    made = [_link(chain, action, what, by, at, role, told) for what, told in lines]
    AuditRecord.objects.bulk_create(made, batch_size=500)
    write_head(chain)


def _held_chain(cycle: int | None) -> AuditChain:
    key = chain_key(cycle)
    if not (found := held_head(key=key)):
        AuditChain.objects.get_or_create(key=key, defaults={"hash": START})
        found = held_head(key=key)
    (chain,) = found
    return chain


def _link(
    chain: AuditChain, action: str, what: Target, by: Session | None, at: datetime, role: Role | None, told: Told
) -> AuditRecord:
    """The next record of a chain that is held, and the chain's head with it; neither is stored yet."""
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
        before=_json(told.before),
        after=_json(told.after),
        reason=told.reason,
        previous_hash=chain.hash,
    )
    made.hash = link_hash(made.sequence, made.previous_hash, content(made))
    chain.sequence, chain.hash = made.sequence, made.hash
    return made


def chain_key(cycle: int | None) -> str:
    """The chain of a cycle, or of what belongs to none."""
    return INSTALLATION if cycle is None else f"cycle-{cycle}"


def hold_chains(cycles: Iterable[int | None]) -> None:
    """Hold the heads of several chains, for an act with records in each: always in one order, so that two such acts
    wait for each other and neither waits for ever.
    """
    keys = sorted({chain_key(cycle) for cycle in cycles})
    known = set(AuditChain.objects.filter(key__in=keys).values_list("key", flat=True))
    for key in keys:
        if key not in known:
            AuditChain.objects.get_or_create(key=key, defaults={"hash": START})
    list(AuditChain.objects.select_for_update(no_key=True).filter(key__in=keys).order_by("pk"))


def _installation_head() -> dict[str, str]:
    """Number and hash of the last record of the installation; not held: any that ever was last will do."""
    head = AuditChain.objects.filter(key=INSTALLATION, sequence__gt=0).values_list("sequence", "hash").first()
    return {"installation_head": f"{head[0]}:{head[1]}"} if head else {}


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


@transaction.atomic
def verify(heads: Sequence[tuple[str, ...]] = ()) -> list[Proof]:
    """Prove every chain, and every chain that there must be: of each cycle, of each noted head, and that of the
    installation once somebody has an account, a set is frozen or something signed.

    What was noted elsewhere shows a chain whose end and head were both replaced: ``heads`` are (chain, number, hash)
    from receipts and publications; each submission holds those of its own record, and the records of
    :data:`_ANCHORING` acts hold the head of the installation.
    """
    chains = {chain.key: chain for chain in AuditChain.objects.all()}
    noted = [*heads, *_anchors()]
    wanted = {f"cycle-{cycle}" for cycle in Cycle.objects.order_by().values_list("pk", flat=True)}
    wanted |= {head[0] for head in noted}
    frozen = CriteriaSetVersion.objects.filter(state=SetState.FROZEN)
    if User.objects.exists() or frozen.exists() or Submission.objects.exists():
        wanted.add(INSTALLATION)
    return [_proof(key, chains.get(key), key in wanted, noted) for key in sorted({*chains, *wanted})]


def _anchors() -> Iterator[tuple[str, ...]]:
    """The heads of the installation that records of cycles note, and those that publications note."""
    yield from noted_heads()
    rows = AuditRecord.objects.filter(action__in=_ANCHORING).exclude(chain__key=INSTALLATION).order_by("chain", "pk")
    for row in rows.iterator(chunk_size=2000):
        number, _, value = str(said(row, "installation_head")).partition(":")
        if number.isdecimal():
            yield INSTALLATION, number, value


def _proof(key: str, chain: AuditChain | None, must_be: bool, heads: Sequence[tuple[str, ...]]) -> Proof:
    found: list[Broken] = []
    rows = AuditRecord.objects.filter(chain__key=key)
    if must_be and not rows.exists():
        found.append(Broken(Break.NO_CHAIN, 1))
    elif chain is not None:
        found += broken(chain)
    noted = {(int(number), value) for noted_key, number, value in heads if noted_key == key}
    found += (
        Broken(Break.NOT_AS_NOTED, number)
        for number, value in sorted(noted)
        if not rows.filter(sequence=number, hash=value).exists()
    )
    kind, _, cycle = key.partition("-")
    if key == INSTALLATION:
        found += not_as_frozen(rows)
    elif kind == "cycle" and cycle.isdecimal():
        found += not_as_signed(int(cycle), rows)
        found += not_as_published(int(cycle), rows)
    return Proof(key, chain.sequence if chain else 0, chain.hash if chain else START, tuple(found))


def _json(data: Mapping[str, Any] | None) -> str:
    return "" if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
