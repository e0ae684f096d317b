"""The second factor of an account: what its owner does with it, wrong answers, its removal where the telephone is lost.

Wrong answers are counted for the account, wherever they come from, beside the wrong passwords in the database: no
restart and no second process begins anew. Such a row has no network address, so that it never locks a password.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from parindex.database.models import User
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.account_notices import Deed, tell_owner
from parindex.usecases.accounts import locked_account
from parindex.usecases.actors import Session


class Answer(StrEnum):
    """What an answer to the question for the second factor was; ``LOCKED``: nothing is looked at any more."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@transaction.atomic
def answer_second_factor(*, user: User, at: datetime, address: str, holds: Callable[[], bool]) -> Answer:
    """Whether the answer ``holds``, as long as not too many before it were wrong; the one that locks is logged.

    The account is held, so that answers that come at the same moment are counted one after the other. A right answer
    ends the count.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    wrong = _wrong_answers(user).filter(attempt_time__gte=at - timedelta(hours=settings.AXES_COOLOFF_TIME)).first()
    counted = wrong.failures_since_start if wrong else 0
    if counted >= settings.AXES_FAILURE_LIMIT:
        return Answer.LOCKED
    if holds():
        _wrong_answers(user).delete()
        return Answer.RIGHT
    _wrong_answers(user).delete()
    counted += 1
    made = AccessAttempt.objects.create(
        username=user.username, ip_address=None, path_info=_WHERE, failures_since_start=counted
    )
    AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=at)  # its field takes the clock of the machine
    if counted < settings.AXES_FAILURE_LIMIT:
        return Answer.WRONG
    what = audit_log.target(user, unit=user.unit_id)
    facts = {"address": address, "failures": counted, "second_factor": True}
    audit_log.record("lock_account", what, by=None, at=at, after=facts)
    tell_owner("lock_second_factor", user, Deed(user, at, address))
    return Answer.LOCKED


_WHERE = "second-factor"


def _wrong_answers(user: User) -> QuerySet[AccessAttempt]:
    return AccessAttempt.objects.filter(username=user.username, ip_address=None, path_info=_WHERE)


def log_second_factor(action: str, *, by: Session, at: datetime) -> None:
    """What somebody did with their own second factor, in the transaction in which it was done; they read it by mail."""
    audit_log.record(action, audit_log.target(by.user, unit=by.user.unit_id), by=by, at=at)
    tell_owner(action, by.user, Deed(by.user, at, by.address))


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
    tell_owner("remove_second_factor", user, Deed(by.user, at, by.address))
