"""The role that a seat on a council gives: at the owner, for this cycle alone."""

from __future__ import annotations

from datetime import datetime

from parindex.database.models import RoleGrant, User
from parindex.database.models.councils import Council, CouncilRole
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.actors import Session

#: What each seat gives; staff prepares papers and gets nothing.
_ROLES = {
    CouncilRole.CHAIR: Role.CHAIR, CouncilRole.SECRETARY: Role.SECRETARY, CouncilRole.APPRAISER: Role.APPRAISER,
}  # fmt: skip


def seat_grant(by: Session, at: datetime, council: Council, user: User, role: CouncilRole) -> RoleGrant | None:
    """The role of a seat; one that somebody has given for this cycle already is the seat's from now on."""
    if role not in _ROLES:
        return None
    asked = {"user": user, "role": _ROLES[role], "unit_id": council.cycle.owner_id, "cycle": council.cycle}
    found = RoleGrant.objects.filter(**asked, ended_at=None).first()
    return found or RoleGrant.objects.create(**asked, granted_by=by.user, granted_at=at)


def end_grant(grant: RoleGrant | None, at: datetime) -> None:
    """End the role of a seat; one that was ended by itself stays as it is."""
    if grant is not None and grant.ended_at is None:
        grant.ended_at = at
        grant.save(update_fields=["ended_at"])


def record_role(action: str, grant: RoleGrant | None, by: Session, at: datetime, reason: str = "") -> None:
    """Log a role given or ended where roles are looked for: in the chain of the installation."""
    if grant is None:
        return
    facts = {"role": str(grant.role), "unit": grant.unit_id, "subtree": grant.subtree, "cycle": grant.cycle_id}
    side = "after" if action == "give_role" else "before"
    what = audit_log.target(grant.user, unit=grant.unit_id)
    audit_log.record(action, what, by=by, at=at, reason=reason, **{side: facts})  # type: ignore[arg-type]
