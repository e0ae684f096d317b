"""The person behind an account, as rights see them: when a request comes, and again when its act is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from parindex.database.models import User
from parindex.database.queries.accounts import grants_on, path_on, seats_in_councils, standing_grants
from parindex.database.queries.ended_units import endings_of, taken_over
from parindex.domain.review.ended_units import Endings, HeldRole, roles_today
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import COUNCIL, Actor, Role

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Session:
    """Who acts from where: the account, the rights behind it, the network address that the log keeps.

    ``grants`` are the keys of the roles that the rights were made of.
    """

    user: User
    actor: Actor
    address: str = ""
    grants: frozenset[int] = frozenset()


def session_of(user: User, at: datetime, address: str = "") -> Session:
    """The rights of ``user`` on the day of ``at``, with the path of each unit as of that day.

    One query, one more for who has no role at the unit that employs them and for who holds a role of councils in
    general; some more where units have ended.
    """
    day = localdate(at)
    rows = grants_on(user=user.pk, day=day)
    closed = _closed(user, [Role(role) for _, _, role, _, _, cycle, _ in rows if cycle is None])
    held = [
        HeldRole(unit, Role(role), path, subtree, cycle, closed.get(Role(role), _NONE) if cycle is None else _NONE)
        for _, unit, role, path, subtree, cycle, _ in rows
    ]
    gone = {one.unit for one in held if one.path is None}
    changed = gone | {unit for _, unit, _, _, _, _, follows in rows if follows}
    endings = endings_of(changed, gone, day) if changed else Endings()
    path, follows = _employer(user, held, endings, day)
    actor = Actor(user.pk, user.full_name, path, roles_today(held, endings), follows)
    return Session(user, actor, address, frozenset(row[0] for row in rows))


def _closed(user: User, standing: Iterable[Role]) -> Mapping[Role, frozenset[int]]:
    """The cycles in which a role of councils that is held in general counts for nothing: their council has others in
    it. One query where such a role is held.
    """
    roles = COUNCIL.intersection(standing)
    seats = list(seats_in_councils(user=user.pk)) if roles else []
    return {role: frozenset(cycle for cycle, seat in seats if seat != role) for role in roles}


def _employer(user: User, held: Iterable[HeldRole], endings: Endings, day: date) -> tuple[str, tuple[str, ...]]:
    """Where the unit stands that employs somebody, or stood last; and where those stood whose place it has taken."""
    unit = user.unit_id
    if unit is None:
        return "", ()
    path = next((one.path for one in held if one.unit == unit and one.path is not None), None)
    if path is not None:
        return path, endings.taken_over.get(unit, ())
    path, follows = next(iter(path_on(unit=unit, day=day)), ("", False))
    return path, tuple(taken_over([unit], day).get(unit, {}).values()) if follows else ()


def require_current(by: Session) -> None:
    """Refuse an act whose rights have ended since they were read: the account (``account_ended``), a role
    (``role_ended``). One query.

    Rights are read when a request comes; it may then wait for a lock that whoever ends them holds. So the log asks
    this once more inside the transaction, behind its own lock, for everything that it records.
    """
    standing = {grant for (grant,) in standing_grants(user=by.user.pk)}
    if not standing:
        raise Refusal("account_ended")
    if not by.grants <= standing:
        raise Refusal("role_ended")
