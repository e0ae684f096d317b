"""What the page of one account shows to who manages it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.timezone import localdate

from parindex.database.models import AuditRecord, Cycle, Invitation, User
from parindex.database.queries.accounts import Held, held_by, offices_on
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.account_permissions import (
    MAY_GRANT,
    check_can_grant,
    check_can_manage_person,
    check_can_reset_login,
    check_can_see_person,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.usecases.lock_outs import locked_names
from parindex.web.accounts.people_page import state_of


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A role of the person, and why it cannot be ended by who looks (None: it can)."""

    held: Held
    refused: Refusal | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One account; ``refused`` says why who looks may not change it, ``reset_refused`` why not the way into it."""

    user: User
    unit_name: str
    state: str
    roles: Sequence[HeldRow]
    refused: Refusal | None
    reset_refused: Refusal | None
    invitation: Invitation | None
    has_second_factor: bool
    grantable: Sequence[Role]
    cycles: Sequence[Cycle]
    records: Sequence[AuditRecord]
    at: datetime

    @property
    def may_be_invited(self) -> bool:
        """Whether a link can be sent: an account that is in use is never invited again."""
        return self.user.is_active and not self.user.is_in_use


def grantable_roles(actor: Actor) -> list[Role]:
    """The roles that this person may give somewhere."""
    return [role for role in Role if any(role in MAY_GRANT.get(own, ()) for own in actor.roles)]


def may_name_units_below(actor: Actor) -> bool:
    """Whether this person has a role that reaches units below, so that it can be given on like that."""
    return any(
        grant.role is Role.ADMINISTRATOR or (grant.subtree and grant.role in MAY_GRANT) for grant in actor.grants
    )


def _not_ended_by(actor: Actor, held: Grant, offices: Collection[str]) -> Refusal | None:
    return refusal(
        check_can_grant, actor, held.role, held.path, offices=offices, subtree=held.subtree, cycle=held.cycle
    )


def person_page(actor: Actor, user: User, at: datetime) -> PersonPage:
    """Raises :class:`Refusal` for who may not see the account; ten queries."""
    day = localdate(at)
    offices = offices_on(day)
    held = held_by([user.pk], day)[user.pk]
    name, path = names_and_paths([user.unit_id], day)[user.unit_id] if user.unit_id else ("", "")
    grants = [one.grant for one in held]
    check_can_see_person(actor, path, grants, offices=offices)
    own = Refusal("own_account") if actor.id == user.pk else None
    refused, reset_refused = (
        own or refusal(check, actor, path, grants, offices=offices)
        for check in (check_can_manage_person, check_can_reset_login)
    )
    rows = [HeldRow(one, Refusal("own_roles") if own else _not_ended_by(actor, one.grant, offices)) for one in held]
    owned = {grant.path for grant in actor.grants if grant.role is Role.STANDING_OFFICE}
    return PersonPage(
        user, name, state_of(user, locked_names([user.username], at)), rows, refused, reset_refused,
        Invitation.objects.filter(user=user, accepted_at=None, revoked_at=None, expires_at__gt=at)
        .select_related("invited_by").order_by("-invited_at").first(),
        Authenticator.objects.filter(user_id=user.pk).exists(),
        grantable_roles(actor),
        list(Cycle.objects.filter(owner_path__in=owned).order_by("-year", "title")),
        list(AuditRecord.objects.filter(object_kind="user", object_id=str(user.pk)).order_by("-sequence")[:20]),
        at,
    )  # fmt: skip
