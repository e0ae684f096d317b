"""The beginning of an installation: its first unit and its administrator, by a link that only the server prints."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction

from parindex.database.models import RoleGrant, Unit, UnitVersion, User
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.accounts import AccountData, problems_of
from parindex.usecases.actors import session_of
from parindex.usecases.units import UnitData

_SALT = "parindex.first_account"
_SECONDS = 7 * 86_400


def is_new() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def first_token() -> str:
    """What the address of the first page carries: proof that whoever has it can read what the server prints."""
    return signing.dumps("first", salt=_SALT)


def check_first_token(token: str) -> None:
    """Refused once there is an account, after seven days, or where the server did not print it."""
    try:
        signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise Refusal("invitation_not_open") from None
    if not is_new():
        raise Refusal("invitation_not_open")


@transaction.atomic
def found_installation(
    *, at: datetime, token: str, unit_code: str, unit: UnitData, since: date, data: AccountData, password: str,
    address: str,
) -> User:  # fmt: skip
    """The unit at the top of the tree, and its administrator with the password that was typed.

    Raises :class:`~django.core.exceptions.ValidationError` for a password that is too weak.
    """
    check_first_token(token)
    root = Unit.objects.create(code=unit_code)
    UnitVersion.objects.create(
        unit=root, name=unit.name, short_name=unit.short_name, kind=unit.kind, path=unit_code, valid_from=since
    )
    own = AccountData(data.full_name, data.username, root.pk, data.email, data.position, data.phone)
    for problem in problems_of(own).values():
        raise problem
    user = User(username=own.username.lower(), email=own.email.lower(), full_name=own.full_name, unit=root)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, unit=root, subtree=True, granted_at=at)
    by = session_of(user, at, address)
    audit_log.record("found_installation", audit_log.target(user, unit=root), by=by, at=at, after={"unit": unit_code})
    return user
