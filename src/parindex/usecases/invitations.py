"""Invitations: a link by which a person takes over the account that was prepared for them.

Only the digest of the link is stored: who reads the database cannot use it. A link works once, for seven days.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import EmailMessage
from django.db import transaction

from parindex.database.models import AuditRecord, Invitation, User
from parindex.domain.review.account_permissions import check_can_reset_login
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.account_notices import Deed, tell_owner
from parindex.usecases.accounts import locked_account, revoke_links
from parindex.usecases.actors import Session, session_of
from parindex.usecases.mailing import deliver
from parindex.wording.language import speaking, text
from parindex.wording.moments import moment

VALID = timedelta(days=7)
RESET_VALID = timedelta(days=1)
#: So long is the owner told at every login that a way in was given: who came first by the link may be another.
TOLD = timedelta(days=30)


@transaction.atomic
def invite(
    *,
    by: Session,
    at: datetime,
    user_id: int,
    address_of: Callable[[str], str],
    told: Callable[[bool], object] | None = None,
) -> str:
    """Send a new link and give it back, this once; links that were sent before stop working.

    ``address_of`` makes the address of the page from the token. An account that is in use is never invited again:
    its owner resets the password by mail, or has the login given anew (:func:`reset_login`). ``told`` hears, once the
    link holds, whether the mail went out.
    """
    user = locked_account(by, user_id, at)
    if not user.is_active:
        raise Refusal("account_not_active")
    if user.is_in_use:
        raise Refusal("account_taken_over")
    made, token = _new_link(by, user, at, VALID)
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("invite", what, by=by, at=at, after={"expires_at": made.expires_at.isoformat()})
    link = address_of(token)
    if user.email:
        with speaking(user.language):
            mail = _mail(user, made, link)
        transaction.on_commit(lambda: (told or bool)(not deliver([mail])))
    return link


@transaction.atomic
def reset_login(*, by: Session, at: datetime, user_id: int, reason: str, address_of: Callable[[str], str]) -> str:
    """A link to a new password for somebody who has lost it, given back this once, to be handed over by hand.

    Logged with its reason; the owner reads of it by mail and for a month at every login. The password that there is
    holds until the link is used; a second factor stays.
    """
    user = locked_account(by, user_id, at, check_can_reset_login)
    if not reason.strip():
        raise Refusal("reason_needed")
    if not user.is_active:
        raise Refusal("account_not_active")
    if not user.is_in_use:
        raise Refusal("account_not_in_use")
    made, token = _new_link(by, user, at, RESET_VALID, reason.strip())
    what = audit_log.target(user, unit=user.unit_id)
    facts = {"expires_at": made.expires_at.isoformat()}
    audit_log.record("reset_login", what, by=by, at=at, after=facts, reason=reason.strip())
    tell_owner("reset_login", user, Deed(by.user, at, by.address))
    return address_of(token)


def resets_to_tell(user: User, at: datetime) -> list[AuditRecord]:
    """The times that somebody else was given a way into this account within the last month; one query."""
    rows = AuditRecord.objects.filter(object_kind="user", object_id=str(user.pk), action="reset_login")
    return list(rows.filter(at__gt=at - TOLD).order_by("sequence"))


def _new_link(by: Session, user: User, at: datetime, valid: timedelta, reason: str = "") -> tuple[Invitation, str]:
    revoke_links(by=by, at=at, user=user, reason=reason)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        user=user, token_digest=_digest(token), invited_by=by.user, invited_at=at, expires_at=at + valid
    )
    return made, token


def _mail(user: User, made: Invitation, link: str) -> EmailMessage:
    body = text(
        "{inviter} đã lập tài khoản {username} cho {name} trên hệ thống chấm điểm cải cách hành chính.\n\n"
        "Mở liên kết này để đặt mật khẩu, trước {when}:\n\n{link}\n\nLiên kết dùng được một lần.",
        inviter=made.invited_by.full_name,
        username=user.username,
        name=user.full_name,
        when=moment(made.expires_at),
        link=link,
    )
    return EmailMessage(text("Lời mời nhận tài khoản"), body, settings.DEFAULT_FROM_EMAIL, [user.email])


@transaction.atomic
def revoke_invitation(*, by: Session, at: datetime, user_id: int) -> None:
    """Let the link that was sent stop working."""
    user = locked_account(by, user_id, at)
    if not revoke_links(by=by, at=at, user=user):
        raise Refusal("no_open_invitation")


def open_invitation(token: str, at: datetime) -> Invitation:
    """The invitation of a link; refused where it is unknown, used, revoked or expired, all in the same words."""
    found = Invitation.objects.select_related("user", "invited_by").filter(token_digest=_digest(token)).first()
    is_open = found is not None and found.accepted_at is None and found.revoked_at is None and found.expires_at > at
    if found is None or not is_open or not found.user.is_active:
        raise Refusal("invitation_not_open")
    return found


@transaction.atomic
def accept_invitation(*, token: str, password: str, address: str, at: datetime) -> User:
    """Set the password that makes the account its owner's.

    Raises :class:`~django.core.exceptions.ValidationError` for a password that is too weak.
    """
    known = open_invitation(token, at)
    user = User.objects.select_for_update(no_key=True).get(pk=known.user_id)  # the account first, as everybody does
    found = Invitation.objects.select_for_update(no_key=True).get(pk=known.pk)
    if found.accepted_at is not None or found.revoked_at is not None:
        raise Refusal("invitation_not_open")
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    found.accepted_at = at
    found.save(update_fields=["accepted_at"])
    by = session_of(user, at, address)
    audit_log.record("accept_invitation", audit_log.target(user, unit=user.unit_id), by=by, at=at)
    tell_owner("accept_invitation", user, Deed(user, at, address))
    return user


@transaction.atomic
def close_links(*, user: User, at: datetime, address: str = "") -> int:
    """Whoever logs in has their account: a link that somebody else still holds must not open it any more."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    return revoke_links(by=session_of(user, at, address), at=at, user=user)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
