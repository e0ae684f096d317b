"""What the page of one account shows to who manages it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.timezone import localdate

from parindex.database.models import AuditRecord, Cycle, Invitation, User
from parindex.database.queries.accounts import Held, held_by
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.permissions import (
    MAY_GRANT,
    check_can_grant,
    check_can_manage_person,
    check_can_see_person,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Role
from parindex.usecases.lock_outs import locked_names
from parindex.web.accounts.people_page import state_of


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A role of the person, and why it cannot be ended by who looks (None: it can)."""

    held: Held
    refused: Refusal | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One account; ``refused`` says why who looks may not change it."""

    user: User
    unit_name: str
    state: str
    roles: Sequence[HeldRow]
    refused: Refusal | None
    invitation: Invitation | None
    has_second_factor: bool
    grantable: Sequence[Role]
    cycles: Sequence[Cycle]
    records: Sequence[AuditRecord]
    at: datetime

    @property
    def may_be_invited(self) -> bool:
        """Whether a link can be sent: a password that its owner can reset by mail needs none."""
        return self.user.is_active and not (self.user.has_usable_password() and self.user.email)


def grantable_roles(actor: Actor) -> list[Role]:
    """The roles that this person may give somewhere."""
    return [role for role in Role if any(role in MAY_GRANT.get(own, ()) for own in actor.roles)]


def person_page(actor: Actor, user: User, at: datetime) -> PersonPage:
    """Raises :class:`Refusal` for who may not see the account; nine queries."""
    day = localdate(at)
    held = held_by([user.pk], day)[user.pk]
    name, path = names_and_paths([user.unit_id], day)[user.unit_id] if user.unit_id else ("", "")
    grants = [one.grant for one in held]
    check_can_see_person(actor, path, grants)
    refused = Refusal("own_account") if actor.id == user.pk else refusal(check_can_manage_person, actor, path, grants)
    own = Refusal("own_roles") if actor.id == user.pk else None
    rows = [
        HeldRow(one, own or refusal(check_can_grant, actor, one.grant.role, one.grant.path, cycle=one.grant.cycle))
        for one in held
    ]
    owned = {grant.path for grant in actor.grants if grant.role is Role.STANDING_OFFICE}
    return PersonPage(
        user, name, state_of(user, locked_names([user.username], at)), rows, refused,
        Invitation.objects.filter(user=user, accepted_at=None, revoked_at=None, expires_at__gt=at)
        .select_related("invited_by").order_by("-invited_at").first(),
        Authenticator.objects.filter(user_id=user.pk).exists(),
        grantable_roles(actor),
        list(Cycle.objects.filter(owner_path__in=owned).order_by("-year", "title")),
        list(AuditRecord.objects.filter(object_kind="user", object_id=str(user.pk)).order_by("-sequence")[:20]),
        at,
    )  # fmt: skip
