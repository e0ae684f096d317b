"""Who may do what: every address with every method, asked by every role in every relation to the object.

The addresses come from the URLconf, what is expected from ``rights.yaml``. A new address without a row fails here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.utils import timezone
from tests.factories.rights_given import one_page, rights_after
from tests.factories.rights_world import RightsWorld
from tests.factories.world import SMALL_SET
from tests.integration.web.rights import RELATIONS, VISITOR, Row, Who, everyone, rows
from tests.integration.web.told_writes import watched

from parindex.database.models import AuditRecord
from parindex.domain.review.roles import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REFUSED = frozenset({403, 404, 410})
#: What is sent as a file, by the end of its name.
CONTENTS = {"yaml": SMALL_SET.read_bytes, "pdf": one_page}
#: Answers of a page that lets somebody in: shown, done, or done not quite because of what the form says
#: (401: the page of a login that failed).
LET_IN = frozenset({200, 302, 303, 401, 409, 422})


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address of the application."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def names() -> list[str]:
    """The name of every address."""
    return sorted({pattern.name or str(pattern.pattern) for pattern in patterns(get_resolver())})


@pytest.fixture
def no_limits(db: None, settings: Any) -> None:
    """Everybody comes from one address here."""
    settings.ACCOUNT_RATE_LIMITS = False


def test_every_address_has_a_name() -> None:
    assert [str(one.pattern) for one in patterns(get_resolver()) if not one.name] == []


def test_every_row_has_an_address() -> None:
    assert {row.url for row in rows()} - set(names()) == set()


@pytest.mark.usefixtures("no_limits")
def test_every_address_and_method_has_a_row() -> None:
    """A method that an address does not know is answered with 405, whoever asks."""
    known = {(row.url, row.method) for row in rows()}
    rights = rights_after("submitted", "extension_asked")
    found = {(name, method) for name in names() for method in ("GET", "POST") if _answers(rights, name, method)}
    assert sorted(found - known) == [], "an address without a row in rights.yaml"
    assert sorted(known - found) == [], "a row for a method that the address does not know"


def _answers(rights: RightsWorld, name: str, method: str) -> bool:
    row = next((row for row in rows() if row.url == name), None)
    asked = Row(name, method, "", frozenset(), places=row.places if row else {})
    client = logged_in(rights, (str(Role.STANDING_OFFICE), "own"))
    mark = transaction.savepoint()
    try:
        return ask(rights, client, asked).status_code != 405
    finally:
        transaction.savepoint_rollback(mark)


@pytest.mark.both
@pytest.mark.usefixtures("no_limits")
@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_rights(row: Row) -> None:
    rights = rights_after(*row.given)
    server = ClientHandler(enforce_csrf_checks=False)
    people = asked_people(row)
    found = {who for who in people if is_let_in(rights, row, who, server)}
    assert f"let in, and should not be: {named(found - row.may)}" == "let in, and should not be: "
    assert f"refused, and should not be: {named((row.may & set(people)) - found)}" == "refused, and should not be: "


def asked_people(row: Row) -> list[Who]:
    """Everybody; on PostgreSQL one who may and one who may not: rights are the same there, only its queries are not."""
    people = everyone()
    if connection.vendor != "postgresql":
        return people
    sides = ([one for one in people if one in row.may], [one for one in people if one not in row.may])
    return [some[0] for some in sides if some]


def named(people: Iterable[Who]) -> str:
    """People as a failure names them."""
    return ", ".join(":".join(who) for who in sorted(people))


def is_let_in(rights: RightsWorld, row: Row, who: Who, server: ClientHandler) -> bool:
    """Ask one server, see, and take back whatever was done."""
    mark = transaction.savepoint()
    try:
        client = logged_in(rights, who)  # inside: who has logged in once has an account in use
        client.handler = server  # a browser of its own would make a server of its own
        before = _logged(row)
        with watched() as writes:
            answer = ask(rights, client, row)
        assert writes.untold == [], f"{row.name}, {':'.join(who)}: written without a record of the log"
        if answer.streaming:  # a file that is handed out is read to its end, and closed
            list(answer.streaming_content)
        if row.logs:
            return _logged(row) > before
        if answer.status_code == 302 and who == VISITOR:
            return not answer["Location"].startswith("/login/")
        assert answer.status_code in REFUSED | LET_IN, (row.name, who, answer.status_code)
        return answer.status_code in LET_IN
    finally:
        transaction.savepoint_rollback(mark)


def _logged(row: Row) -> int:
    return AuditRecord.objects.filter(action=row.logs).count() if row.logs else 0


def logged_in(rights: RightsWorld, who: Who) -> Client:
    """A browser of this person, or of nobody: a session as the login leaves it, without all that a login does."""
    client = Client(raise_request_exception=True)
    if who != VISITOR:
        user = rights.people[Role(who[0]), who[1]]
        known = {
            SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()
        }  # fmt: skip
        session = Session.objects.create(
            session_key=uuid4().hex, session_data=SessionStore().encode(known),
            expire_date=timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE),
        )  # fmt: skip
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def ask(rights: RightsWorld, client: Client, row: Row) -> HttpResponse:
    """The request of a row."""
    address = address_of(rights, row) + (f"?{row.query}" if row.query else "")
    if row.method == "GET":
        return client.get(address)
    form = {key: _filled(rights, value) for key, value in row.form.items()}
    files = {key: SimpleUploadedFile(name, CONTENTS[name.rpartition(".")[2]]()) for key, name in row.files.items()}
    return client.post(address, form | files)


def _filled(rights: RightsWorld, value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(rights, one) for one in value]
    return value.format(**rights.places) if isinstance(value, str) else value


def address_of(rights: RightsWorld, row: Row) -> str:
    """The address with the objects of the world in it; parameters that nothing is made for get a value of no object."""
    parameters, converters = _parameters(row.url)
    arguments = {
        key: rights.places.get(row.places.get(key, key), 999_999 if key in converters else "khong-co")
        for key in parameters
    }
    return reverse(row.url, kwargs=arguments)


def _parameters(name: str) -> tuple[list[str], set[str]]:
    """The parameters of an address, and which of them are numbers."""
    (shape, *_), _, _, converters = get_resolver().reverse_dict.getlist(name)[0]
    return shape[1], {key for key, one in converters.items() if isinstance(one, IntConverter)}


@pytest.mark.usefixtures("no_limits")
def test_every_role_has_three_people() -> None:
    assert set(rights_after().people) == {(role, relation) for role in Role for relation in RELATIONS}
