"""Accounts that are locked after too many wrong passwords or codes, and their unlocking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum

from parindex.database.models import User
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.accounts import locked_account
from parindex.usecases.actors import Session


def all_locked_names(at: datetime) -> set[str]:
    """Which accounts are locked now from some address; one query."""
    return _locked(AccessAttempt.objects.all(), at)


def locked_names(usernames: Collection[str], at: datetime) -> set[str]:
    """Which of these accounts are locked now from some address; one query."""
    return _locked(AccessAttempt.objects.filter(username__in=usernames), at)


def _locked(attempts: QuerySet[AccessAttempt], at: datetime) -> set[str]:
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    counted = (
        attempts.filter(attempt_time__gte=since, username__isnull=False)
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .order_by("username", "ip_address")
    )
    locked, everywhere = set(), Counter[str]()
    for row in counted:
        if row["failures"] >= settings.AXES_FAILURE_LIMIT:
            locked.add(row["username"])
        if row["ip_address"] is not None:  # wrong codes of the second factor have none
            everywhere[row["username"]] += row["failures"]
    return locked | {name for name, failures in everywhere.items() if failures >= settings.LOGIN_FAILURES_OF_A_NAME}


@transaction.atomic
def log_lock_out(*, username: str, address: str, failures: int, at: datetime, everywhere: bool = False) -> None:
    """That an account was locked, once a lock: by the attempt that reached the limit; ``everywhere``: the wider one."""
    user = User.objects.filter(username=username).first()
    if user is None:
        return
    facts = {"address": address, "failures": failures} | ({"everywhere": True} if everywhere else {})
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("lock_account", what, by=None, at=at, after=facts)


@transaction.atomic
def unlock_account(*, by: Session, at: datetime, user_id: int) -> None:
    """Open a locked account again before its time is up."""
    user = locked_account(by, user_id, at)
    attempts = AccessAttempt.objects.filter(username=user.username)
    failures = sum(attempts.values_list("failures_since_start", flat=True))
    removed, _ = attempts.delete()
    if not removed:
        raise Refusal("account_not_locked")
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("unlock_account", what, by=by, at=at, before={"failures": failures}, after={"failures": 0})
