"""The person behind an account, as rights see them: when a request comes, and again when its act is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from parindex.database.models import User
from parindex.database.queries.accounts import grants_on, path_on, standing_grants
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Actor, Grant, Role


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

    One query, and one more for who has no role at the unit that employs them.
    """
    day = localdate(at)
    rows = grants_on(user=user.pk, day=day)
    grants = tuple(Grant(Role(role), path, subtree, cycle) for _, _, role, path, subtree, cycle in rows)
    own = sorted(path for _, unit, _, path, _, _ in rows if unit == user.unit_id)
    if not own and user.unit_id is not None:
        own = [path for (path,) in path_on(unit=user.unit_id, day=day)]
    actor = Actor(user.pk, user.full_name, own[0] if own else "", grants)
    return Session(user, actor, address, frozenset(row[0] for row in rows))


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
