"""The second factor of an account: what its owner does with it, and its removal where the telephone is lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.accounts import locked_account
from parindex.usecases.actors import Session


def log_second_factor(action: str, *, by: Session, at: datetime) -> None:
    """What somebody did with their own second factor, in the transaction in which it was done."""
    audit_log.record(action, audit_log.target(by.user, unit=by.user.unit_id), by=by, at=at)


@transaction.atomic
def remove_second_factor(*, by: Session, at: datetime, user_id: int, reason: str) -> None:
    """Take off the second factor of somebody who has lost it; who manages the account answers for it by name."""
    user = locked_account(by, user_id, at)
    if not reason.strip():
        raise Refusal("reason_needed")
    removed, _ = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        raise Refusal("no_second_factor")
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("remove_second_factor", what, by=by, at=at, reason=reason.strip())
