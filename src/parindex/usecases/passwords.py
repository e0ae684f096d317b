"""Passwords: set by their owner, never by another person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.database.models import User
from parindex.usecases import audit_log
from parindex.usecases.account_notices import Deed, tell_owner
from parindex.usecases.actors import session_of


@transaction.atomic
def change_password(*, user: User, password: str, address: str, at: datetime) -> None:
    """A new password; every other session of the account ends with the old one, and its owner is told by mail."""
    user.set_password(password)
    user.save(update_fields=["password"])
    by = session_of(user, at, address)
    audit_log.record("change_password", audit_log.target(user, unit=user.unit_id), by=by, at=at)
    tell_owner("change_password", user, Deed(user, at, address))
