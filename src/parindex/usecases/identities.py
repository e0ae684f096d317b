"""Identities of providers that an account may be entered by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from parindex.database.models import User
from parindex.usecases import audit_log
from parindex.usecases.account_notices import Deed, tell_owner
from parindex.usecases.actors import session_of


@transaction.atomic
def connect_identity(
    *, user: User, provider: str, identity: str, address: str, at: datetime, connect: Callable[[], object]
) -> None:
    """From now on whoever the ``provider`` knows as ``identity`` enters this account; its owner is told by mail."""
    connect()
    by = session_of(user, at, address)
    facts = {"provider": provider, "identity": identity}
    audit_log.record("connect_identity", audit_log.target(user, unit=user.unit_id), by=by, at=at, after=facts)
    tell_owner("connect_identity", user, Deed(user, at, address))
