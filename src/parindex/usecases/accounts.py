"""Accounts: made by those who manage them, deactivated and never deleted; roles given and ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from parindex.database.models import Cycle, Entry, Invitation, RoleGrant, Unit, User
from parindex.database.queries.accounts import held_by, offices_on
from parindex.database.queries.units import path_of
from parindex.domain.review.account_permissions import (
    check_can_grant,
    check_can_manage_accounts,
    check_can_manage_person,
    check_can_reset_login,
)
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import COUNCIL, UNIT_ROLES, Role
from parindex.usecases import audit_log
from parindex.usecases.account_notices import Deed, tell_owner
from parindex.usecases.actors import Session
from parindex.usecases.read_marks import require_as_read

#: Whether somebody may do something with the account of a person at a path who holds these roles.
ManagesPerson = Callable[..., None]
_USERNAME = re.compile(r"[a-z0-9_.@+-]+")
_LENGTHS = {"full_name": 150, "username": 150, "email": 150, "position": 150, "phone": 40}


@dataclass(frozen=True, slots=True)
class AccountData:
    """What is known of a person; ``unit`` is who employs them."""

    full_name: str
    username: str
    unit: int | None
    email: str = ""
    position: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role to give at a unit; ``subtree`` extends it to the units below, ``cycle`` limits it to one cycle."""

    role: Role
    unit: int
    subtree: bool = False
    cycle: int | None = None


def problems_of(data: AccountData, own: User | None = None) -> dict[str, Refusal]:
    """What is wrong with the data of an account, all at once, by field; ``own`` is the account that is changed."""
    found: dict[str, Refusal] = {}
    others = User.objects.exclude(pk=own.pk) if own else User.objects.all()
    if not data.full_name.strip():
        found["full_name"] = Refusal("account_name_missing")
    if not _USERNAME.fullmatch(data.username.strip().lower()):
        found["username"] = Refusal("username_malformed")
    elif others.filter(_logs_in_as(data.username.strip())).exists():
        found["username"] = Refusal("username_taken")
    email = data.email.strip()
    if email and not _is_address(email):
        found["email"] = Refusal("email_malformed")
    elif email and others.filter(_logs_in_as(email)).exists():
        found["email"] = Refusal("email_taken")
    if data.unit is None or not Unit.objects.filter(pk=data.unit).exists():
        found["unit"] = Refusal("account_unit_missing")
    for name, limit in _LENGTHS.items():
        if len(getattr(data, name)) > limit:
            found[name] = Refusal("comment_too_long", length=len(getattr(data, name)), allowed=limit)
    return found


def _logs_in_as(typed: str) -> Q:
    """Whom this word logs in: names and addresses are one kind of word there, so nobody takes another's."""
    return Q(username__iexact=typed) | Q(email__iexact=typed)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


@transaction.atomic
def create_account(*, by: Session, at: datetime, data: AccountData, roles: Sequence[GivenRole] = ()) -> User:
    """An account that nobody can log in to yet: its owner takes it over by an invitation."""
    _check_place(by, data, at)
    for problem in problems_of(data).values():
        raise problem
    try:
        user = User.objects.create_user(data.username.strip().lower(), None, **_fields(data))
    except IntegrityError as twice:  # somebody else took the name or the address at the same moment
        raise Refusal("username_taken") from twice
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("create_account", what, by=by, at=at, after=_facts(user))
    for role in roles:
        _give(by, at, user, role)
    return user


@transaction.atomic
def edit_account(*, by: Session, at: datetime, user_id: int, data: AccountData, seen: str | None = None) -> None:
    """Correct the data of a person, or let them work for another unit; both units must be one's own to manage."""
    user = locked_account(by, user_id, at)
    require_as_read(account_texts(user), seen)
    if user.is_in_use and data.email.strip().lower() != user.email:
        # Who chooses where the link to a new password goes can log in: as for giving the login anew.
        locked_account(by, user_id, at, check_can_reset_login)
    if data.unit != user.unit_id:
        _check_place(by, data, at)
    for problem in problems_of(data, user).values():
        raise problem
    before = _facts(user)
    for name, value in {**_fields(data), "username": data.username.strip().lower()}.items():
        setattr(user, name, value)
    user.save()
    after = _facts(user)
    if after != before:
        what = audit_log.target(user, unit=user.unit_id)
        audit_log.record("edit_account", what, by=by, at=at, before=before, after=after)
        _tell_of_doors(user, before, Deed(by.user, at, by.address))


def _tell_of_doors(user: User, before: dict[str, object], deed: Deed) -> None:
    """Mail address and username are how somebody logs in: a change by others is told; not before the first login."""
    if not user.has_usable_password():
        return
    if user.email != before["email"]:
        tell_owner("change_email", user, deed, also_to=str(before["email"]))
    if user.username != before["username"]:
        tell_owner("change_username", user, deed)


@transaction.atomic
def edit_own_account(
    *, by: Session, at: datetime, position: str, phone: str, language: str, seen: str | None = None
) -> None:
    """What a person may change of their own account; name, address and roles are kept by those who manage it."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.user.pk)
    require_as_read(own_texts(user), seen)
    for name, value in (("position", position), ("phone", phone)):
        if len(value.strip()) > _LENGTHS[name]:
            raise Refusal("comment_too_long", length=len(value.strip()), allowed=_LENGTHS[name])
    before = _facts(user)
    user.position, user.phone = position.strip(), phone.strip()
    user.language = "en" if language == "en" else "vi"
    user.save(update_fields=["position", "phone", "language"])
    after = _facts(user)
    if after != before:
        what = audit_log.target(user, unit=user.unit_id)
        audit_log.record("edit_account", what, by=by, at=at, before=before, after=after)


@transaction.atomic
def give_role(*, by: Session, at: datetime, user_id: int, given: GivenRole) -> None:
    """Give somebody a role; nobody gives one that reaches further than their own, or to themselves."""
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise Refusal("no_such_account")
    if user.pk == by.user.pk:
        raise Refusal("own_roles")
    if not user.is_active:
        raise Refusal("account_not_active")
    _give(by, at, user, given)


def _give(by: Session, at: datetime, user: User, given: GivenRole) -> None:
    day = localdate(at)
    check_can_grant(
        by.actor, given.role, path_of(given.unit, day), offices=offices_on(day), subtree=given.subtree,
        cycle=given.cycle, places=_places(user, day),
    )  # fmt: skip
    if given.cycle is not None and not (given.role in COUNCIL and _runs(given.unit, given.cycle)):
        raise Refusal("role_not_for_one_cycle", role=given.role)
    held = RoleGrant.objects.filter(
        user=user, role=given.role, unit=given.unit, cycle=given.cycle, ended_at=None
    ).exists()
    if held:
        raise Refusal("role_already_given", role=given.role)
    grant = RoleGrant.objects.create(
        user=user, role=given.role, unit_id=given.unit, subtree=given.subtree, cycle_id=given.cycle,
        granted_by=by.user, granted_at=at,
    )  # fmt: skip
    what = audit_log.target(user, unit=given.unit)
    audit_log.record("give_role", what, by=by, at=at, after=_role_facts(grant))


def _places(user: User, day: date) -> list[str]:
    """Where a person works: the unit that employs them, and those that they enter or sign for."""
    held = held_by([user.pk], day)[user.pk]
    return [path_of(user.unit_id, day), *(one.grant.path for one in held if one.grant.role in UNIT_ROLES)]


def _runs(unit: int, cycle: int) -> bool:
    """Whether the cycle is one that the unit runs."""
    return Cycle.objects.filter(pk=cycle, owner=unit).exists()


@transaction.atomic
def end_role(*, by: Session, at: datetime, grant_id: int, reason: str) -> RoleGrant:
    """End a role, with the reason; whoever could give it may end it, also where the person works elsewhere."""
    grant = RoleGrant.objects.select_for_update(no_key=True).filter(pk=grant_id, ended_at=None).first()
    if grant is None:
        raise Refusal("role_already_ended")
    if grant.user_id == by.user.pk:
        raise Refusal("own_roles")
    day = localdate(at)
    check_can_grant(
        by.actor, Role(grant.role), path_of(grant.unit_id, day), offices=offices_on(day), subtree=grant.subtree,
        cycle=grant.cycle_id,
    )  # fmt: skip
    if not reason.strip():
        raise Refusal("reason_needed")
    _end(by, at, grant, reason.strip())
    return grant


def _end(by: Session, at: datetime, grant: RoleGrant, reason: str) -> None:
    grant.ended_at = at
    grant.save(update_fields=["ended_at"])
    what = audit_log.target(grant.user, unit=grant.unit_id)
    audit_log.record("end_role", what, by=by, at=at, before=_role_facts(grant), reason=reason)


@transaction.atomic
def deactivate_account(*, by: Session, at: datetime, user_id: int, reason: str) -> None:
    """Somebody leaves: no more logging in, every session ends at once, roles end; what they wrote stays theirs."""
    user = locked_account(by, user_id, at)
    if not reason.strip():
        raise Refusal("reason_needed")
    if not user.is_active:
        raise Refusal("account_not_active")
    for grant in RoleGrant.objects.select_for_update(no_key=True).filter(user=user, ended_at=None).order_by("pk"):
        _end(by, at, grant, reason.strip())
    revoke_links(by=by, at=at, user=user, reason=reason.strip())
    before = _use(user)
    user.is_active, user.deactivated_at = False, at
    user.save(update_fields=["is_active", "deactivated_at"])
    left = sum(one.items for one in open_assignments(user))
    after = {**_use(user), "items": left, "sessions": end_sessions(user)}
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("deactivate_account", what, by=by, at=at, before=before, after=after, reason=reason.strip())


def revoke_links(*, by: Session, at: datetime, user: User, reason: str = "") -> int:
    """Let every link by which an account can still be taken over stop working; how many. Logged where there is one."""
    found = Invitation.objects.filter(user=user, accepted_at=None, revoked_at=None, expires_at__gt=at)
    count = found.update(revoked_at=at)
    if count:
        what = audit_log.target(user, unit=user.unit_id)
        audit_log.record("revoke_invitation", what, by=by, at=at, after={"links": count}, reason=reason)
    return count


@transaction.atomic
def reactivate_account(*, by: Session, at: datetime, user_id: int, reason: str) -> None:
    """Somebody comes back; roles are given anew."""
    user = locked_account(by, user_id, at)
    if not reason.strip():
        raise Refusal("reason_needed")
    if user.is_active:
        raise Refusal("account_is_active")
    before = _use(user)
    user.is_active, user.deactivated_at = True, None
    user.save(update_fields=["is_active", "deactivated_at"])
    what = audit_log.target(user, unit=user.unit_id)
    audit_log.record("reactivate_account", what, by=by, at=at, before=before, after=_use(user), reason=reason.strip())


def _use(user: User) -> dict[str, object]:
    """Whether an account is in use, and since when not, as the log keeps it."""
    return {"is_active": user.is_active, "deactivated_at": user.deactivated_at}


def end_sessions(user: User, *, keep: str = "") -> int:
    """End every session of an account but the one with the key ``keep``; how many."""
    sessions = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep).order_by("pk"))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def end_own_sessions(*, by: Session, at: datetime, keep: str) -> int:
    """Log out everywhere but here."""
    ended = end_sessions(by.user, keep=keep)
    what = audit_log.target(by.user, unit=by.user.unit_id)
    audit_log.record("end_sessions", what, by=by, at=at, after={"sessions": ended})
    return ended


@dataclass(frozen=True, slots=True)
class OpenAssignment:
    """Items of a sheet that still name somebody as the one who looks after them."""

    sheet_id: int
    sheet_title: str
    items: int


def open_assignments(user: User) -> list[OpenAssignment]:
    """What somebody who leaves still has to hand over, by sheet; one query."""
    found: dict[int, OpenAssignment] = {}
    entries = Entry.objects.filter(assignee=user, sheet__cycle__state__in=("draft", "open", "appraisal"))
    for sheet, unit, cycle in entries.order_by("sheet").values_list("sheet", "sheet__unit_name", "sheet__cycle__title"):
        items = found[sheet].items if sheet in found else 0
        found[sheet] = OpenAssignment(sheet, f"{unit}, {cycle}", items + 1)
    return list(found.values())


def locked_account(by: Session, user_id: int, at: datetime, check: ManagesPerson = check_can_manage_person) -> User:
    """The account, locked for a change, for who passes ``check``; nobody manages their own.

    Without its key: the log, whose head another act may hold, points at accounts.
    """
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise Refusal("no_such_account")
    if user.pk == by.user.pk:
        raise Refusal("own_account")
    day = localdate(at)
    held = held_by([user.pk], day)
    check(by.actor, path_of(user.unit_id, day), [one.grant for one in held[user.pk]], offices=offices_on(day))
    return user


def _check_place(by: Session, data: AccountData, at: datetime) -> None:
    if data.unit is not None and Unit.objects.filter(pk=data.unit).exists():
        day = localdate(at)
        check_can_manage_accounts(by.actor, path_of(data.unit, day), offices=offices_on(day))


def _fields(data: AccountData) -> dict[str, object]:
    return {
        "full_name": data.full_name.strip(), "email": data.email.strip().lower(), "position": data.position.strip(),
        "phone": data.phone.strip(), "unit_id": data.unit,
    }  # fmt: skip


def account_texts(user: User) -> dict[str, str]:
    """What the form of those who manage an account shows."""
    return {
        "full_name": user.full_name, "username": user.username, "email": user.email, "position": user.position,
        "phone": user.phone, "unit": user.unit.code if user.unit is not None else "",
    }  # fmt: skip


def own_texts(user: User) -> dict[str, str]:
    """What the form of one's own account shows."""
    return {"position": user.position, "phone": user.phone, "language": user.language}


def _facts(user: User) -> dict[str, object]:
    return {
        "full_name": user.full_name, "username": user.username, "email": user.email, "position": user.position,
        "phone": user.phone, "unit": user.unit_id, "language": user.language,
    }  # fmt: skip


def _role_facts(grant: RoleGrant) -> dict[str, object]:
    return {
        "role": str(grant.role), "unit": grant.unit_id, "subtree": grant.subtree, "cycle": grant.cycle_id
    }  # fmt: skip
