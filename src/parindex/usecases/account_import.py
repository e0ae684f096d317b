"""Accounts from a table: all that it adds and changes, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from parindex.database.models import RoleGrant, Unit, User
from parindex.database.queries.accounts import held_by, kept_units, offices_on
from parindex.database.queries.units import latest_on, names_and_paths
from parindex.documents.unit_tables.preview import Change, ChangeKind, Preview
from parindex.documents.unit_tables.rows import AccountRow
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.account_permissions import (
    check_can_grant,
    check_can_manage_accounts,
    check_can_manage_person,
    check_can_reset_login,
)
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Grant, Role
from parindex.usecases import audit_log
from parindex.usecases.accounts import (
    AccountData,
    GivenRole,
    create_account,
    edit_account,
    end_role,
    give_role,
    problems_of,
)
from parindex.usecases.actors import Session
from parindex.usecases.invitations import invite
from parindex.wording.language import text


def stored_accounts(*, by: Session, at: datetime) -> list[AccountRow]:
    """The active accounts that this person manages, with their lasting roles at their own unit; six queries.

    Nothing else is compared with a table: what it shows beside its rows is nobody's whom one may not manage.
    """
    day = localdate(at)
    offices = offices_on(day)
    units = latest_on(day).filter(kept_units(by.actor, offices)).values("unit")
    found = list(
        User.objects.filter(is_active=True, unit__in=units).exclude(pk=by.user.pk).select_related("unit")
        .order_by("username")
    )  # fmt: skip
    paths = {
        unit: path for unit, (_, path) in names_and_paths({one.unit_id for one in found if one.unit_id}, day).items()
    }
    grants = held_by([one.pk for one in found], day)
    users = [
        one for one in found
        if one.unit_id is not None and refusal(
            check_can_manage_person, by.actor, paths[one.unit_id], [held.grant for held in grants[one.pk]],
            offices=offices,
        ) is None
    ]  # fmt: skip
    roles: dict[int, list[Role]] = {}
    held = RoleGrant.objects.filter(ended_at=None, cycle=None, unit=F("user__unit")).order_by("role")
    for user, role in held.values_list("user", "role"):
        roles.setdefault(user, []).append(Role(role))
    return [
        AccountRow(
            user.full_name, user.email, user.username, user.unit.code if user.unit else "",
            tuple(roles.get(user.pk, ())), user.phone, user.position,
        )
        for user in users
    ]  # fmt: skip


def problems_of_rows(*, by: Session, at: datetime, rows: Sequence[Change[AccountRow]]) -> list[Problem]:
    """Every row that is not this person's to bring in, and why."""
    changes = _moved(rows)
    known = _Known(changes, localdate(at))
    return [problem for one in changes for problem in known.problems(by, one)]


def _moved(rows: Sequence[Change[AccountRow]]) -> list[Change[AccountRow]]:
    return [one for one in rows if one.kind is not ChangeKind.UNCHANGED]


@transaction.atomic
def import_accounts(
    *, by: Session, at: datetime, preview: Preview[AccountRow], file: str, address_of: Callable[[str], str]
) -> list[tuple[User, str]]:
    """Make and mend accounts; each new one with the link by which its owner takes it over.

    Raises :class:`InvalidInput` with every row that is not this person's to bring in.
    """
    if problems := problems_of_rows(by=by, at=at, rows=preview.changes):
        raise InvalidInput(problems)
    changes = _moved(preview.changes)
    known = _Known(changes, localdate(at))
    _hold(known.users.values())
    links = []
    for one in changes:
        data = known.data(one.row)
        if one.before is None:
            roles = [GivenRole(role, known.units[one.row.unit]) for role in one.row.roles]
            user = create_account(by=by, at=at, data=data, roles=roles)
            links.append((user, invite(by=by, at=at, user_id=user.pk, address_of=address_of)))
        else:
            _mend(by, at, known.users[one.before.username], one, data, text("Theo bảng {file}", file=file))
    audit_log.record(
        "import_accounts", audit_log.Target("account_table", file[:80], by.user.unit_id), by=by, at=at,
        after={"file": file, "added": len(links), "changed": len(changes) - len(links)},
    )  # fmt: skip
    return links


def _hold(users: Iterable[User]) -> None:
    """Hold the accounts and their roles before the first record: who changes one of them holds it, then the log."""
    keys = [user.pk for user in users]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    grants = RoleGrant.objects.select_for_update(no_key=True).filter(user__in=keys, ended_at=None)
    list(grants.order_by("pk").values_list("pk", flat=True))


def _mend(by: Session, at: datetime, user: User, one: Change[AccountRow], data: AccountData, why: str) -> None:
    before = set(one.before.roles) if one.before else set()
    old_unit = user.unit_id
    for grant in RoleGrant.objects.filter(user=user, unit=old_unit, cycle=None, ended_at=None).order_by("pk"):
        if Role(grant.role) not in one.row.roles or old_unit != data.unit:
            end_role(by=by, at=at, grant_id=grant.pk, reason=why)
    edit_account(by=by, at=at, user_id=user.pk, data=data)
    for role in one.row.roles:
        if data.unit is not None and (role not in before or old_unit != data.unit):
            give_role(by=by, at=at, user_id=user.pk, given=GivenRole(role, data.unit))


class _Known:
    """What the rows of a table are compared with: units, accounts, what those hold."""

    def __init__(self, changes: list[Change[AccountRow]], day: date) -> None:
        self.units = dict(Unit.objects.values_list("code", "pk"))
        self.paths = {unit: path for unit, (_, path) in names_and_paths(self.units.values(), day).items()}
        named = [one.before.username for one in changes if one.before is not None]
        self.users = {user.username: user for user in User.objects.filter(username__in=named)}
        self.held = held_by([user.pk for user in self.users.values()], day)
        self.offices = offices_on(day)

    def data(self, row: AccountRow) -> AccountData:
        """The row as the data of an account; who has no username logs in with the address."""
        username = (row.username or row.email).lower()
        return AccountData(row.full_name, username, self.units[row.unit], row.email, row.position, row.phone)

    def problems(self, by: Session, one: Change[AccountRow]) -> Iterator[Problem]:
        """Why this row is not this person's to bring in."""
        user = self.users[one.before.username] if one.before else None
        named = {"username": one.row.username or one.row.email, "unit": one.row.unit}
        path = self.paths[self.units[one.row.unit]]
        if user is not None:
            grants: list[Grant] = [held.grant for held in self.held[user.pk]]
            here = self.paths[user.unit_id] if user.unit_id else ""
            if user.pk == by.user.pk or refusal(check_can_manage_person, by.actor, here, grants, offices=self.offices):
                yield Problem("account_not_managed", one.place, named)
                return
            new_address = user.is_in_use and one.row.email.strip().lower() != user.email
            if new_address and refusal(check_can_reset_login, by.actor, here, grants, offices=self.offices):
                yield Problem("address_not_yours_to_change", one.place, named)
        if refusal(check_can_manage_accounts, by.actor, path, offices=self.offices):
            yield Problem("account_not_managed", one.place, named)
            return
        wrong = problems_of(self.data(one.row), user).values()
        for kind in sorted({"account_taken" if it.code.endswith("_taken") else "username_malformed" for it in wrong}):
            yield Problem(kind, one.place, {**named, "text": named["username"]})
        for role in one.row.roles:
            if refusal(check_can_grant, by.actor, role, path, offices=self.offices):
                yield Problem("role_not_yours_to_give", one.place, {**named, "role": role.value})
