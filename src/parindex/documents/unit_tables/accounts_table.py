"""The table of accounts: read, checked, and compared with the accounts that are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from parindex.documents.unit_tables.columns import ACCOUNTS
from parindex.documents.unit_tables.preview import Change, Preview, change, preview
from parindex.documents.unit_tables.role_words import OFFICIAL, roles_of
from parindex.documents.unit_tables.rows import AccountRow
from parindex.documents.unit_tables.source import SourceRows, read_source
from parindex.domain.errors import Problem
from parindex.domain.review.roles import Role

#: What else is wrong with rows that can be read.
Check = Callable[[Sequence[Change[AccountRow]]], Iterable[Problem]]

#: One address: whether it exists is seen when the invitation is sent.
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]+")
#: What Django accepts, without letters that look like others.
_USERNAME = re.compile(r"[A-Za-z0-9_.@+-]+")
_PHONE = re.compile(r"\+?[\d .()/-]*\d[\d .()/-]*")
#: A mobile number that a spreadsheet stored as a number: its first zero is gone.
_WITHOUT_ZERO = re.compile(r"[35789]\d{8}")


def nothing_wrong(_: Sequence[Change[AccountRow]]) -> Iterable[Problem]:
    """No further question to rows that can be read."""
    return ()


def read_accounts(
    path: Path, existing: Sequence[AccountRow] = (), *, units: Mapping[str, str], check: Check = nothing_wrong
) -> Preview[AccountRow]:
    """The accounts of a table beside those that are there.

    ``check`` says what else is wrong with rows that can be read (whose they are, what may be given), so that a person
    sees every problem of the table at once.

    ``units`` are those that may have accounts: names by code. A cell says the code, or a name that one unit alone has.

    An account is known by its username, else by its e-mail address, both without case. Who logs in with the
    address needs no username. Columns that the file does not have leave what is there; so do
    empty addresses and usernames.

    Raises :class:`~parindex.domain.errors.InvalidInput` with every problem of rows and cells.
    """
    source = read_source(path, ACCOUNTS)
    by_username = {row.username.casefold(): row for row in existing if row.username}
    by_email = {row.email.casefold(): row for row in existing if row.email}
    changes: list[Change[AccountRow]] = []
    seen: dict[tuple[str, str], int] = {}
    codes = _codes_by_word(units)
    for at in range(source.count):
        source.require(at, "full_name", "unit", "role")
        username, email = _identity(source, at)
        named, addressed = by_username.get(username.casefold()), by_email.get(email.casefold())
        if named is not None and addressed is not None and named is not addressed:
            source.add("account_matches_two", at, "email", username=named.username, other=addressed.username)
        before = named or addressed
        row = _account_row(source, at, username, email, before, codes)
        _find_doubles(source, at, row, seen)
        changes.append(change(row, before, source.place(at)))
    source.problems += check([changes[at] for at in source.sound()])
    source.refuse()
    return preview(changes, existing, source.notes)


def _codes_by_word(units: Mapping[str, str]) -> dict[str, str]:
    """The codes by what a cell may say, without case."""
    names = Counter(" ".join(name.split()).casefold() for name in units.values())
    by_name = {word: code for code, name in units.items() if names[word := " ".join(name.split()).casefold()] == 1}
    return by_name | {code.casefold(): code for code in units}


def _identity(source: SourceRows, at: int) -> tuple[str, str]:
    username, email = source.text(at, "username"), source.text(at, "email")
    if not username and not email:
        source.add("account_without_login", at, "email" if source.has("email") else "username")
    if email and not _EMAIL.fullmatch(email):
        source.add("email_malformed", at, "email")
    if username and not _USERNAME.fullmatch(username):
        source.add("username_malformed", at, "username")
    return username, email


def _find_doubles(source: SourceRows, at: int, row: AccountRow, seen: dict[tuple[str, str], int]) -> None:
    """A username and an address belong to one person each."""
    for column, value in (("username", row.username), ("email", row.email)):
        first = seen.setdefault((column, value.casefold()), at)
        if value and first != at:
            source.add("account_twice", at, column, value=value, first=source.line(first))
            return


def _account_row(
    source: SourceRows, at: int, username: str, email: str, before: AccountRow | None, codes: Mapping[str, str]
) -> AccountRow:
    written = source.text(at, "unit")
    unit = codes.get(" ".join(written.split()).casefold(), "")
    if written and not unit:
        source.add("unknown_unit", at, "unit", unit=written)
    return AccountRow(
        full_name=source.text(at, "full_name"),
        email=email or (before.email if before else ""),
        username=username or (before.username if before else ""),
        unit=unit,
        roles=_roles(source, at),
        phone=_phone(source, at) if source.has("phone") or before is None else before.phone,
        position=source.text(at, "position") if source.has("position") or before is None else before.position,
    )


def _roles(source: SourceRows, at: int) -> tuple[Role, ...]:
    roles, unknown = roles_of(source.text(at, "role"))
    if unknown:
        source.add("role_unknown", at, "role", roles=list(unknown), known=list(OFFICIAL.values()))
    return roles


def _phone(source: SourceRows, at: int) -> str:
    phone = source.text(at, "phone")
    if phone and not _PHONE.fullmatch(phone):
        source.add("phone_malformed", at, "phone")
    if _WITHOUT_ZERO.fullmatch(phone):
        facts = {"column": "phone", "text": phone, "phone": f"0{phone}"}
        source.notes.append(Problem("phone_zero_restored", source.place(at, "phone"), facts))
        return f"0{phone}"
    return phone
