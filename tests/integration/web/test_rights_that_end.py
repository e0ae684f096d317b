"""Rights are read when a request comes; where they end before its act is written, nothing of the act is stored."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.rights_given import rights_after
from tests.factories.rights_world import RightsWorld
from tests.factories.world import World, now
from tests.integration.web.rights import VISITOR, Row, rows
from tests.integration.web.test_rights_matrix import ask, logged_in

from parindex import usecases
from parindex.database.models import AuditRecord, RoleGrant, User
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import actors, reminders
from parindex.usecases.actors import Session, require_current
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest
from parindex.web import middleware

Person = Callable[[str], Client]
#: The rows of the table of rights whose act the log shows, and which somebody may do.
ACTS = [row for row in rows() if row.logs and row.may - {VISITOR}]


def end_role(user: User) -> None:
    RoleGrant.objects.filter(user=user, ended_at=None).update(ended_at=now())


def deactivate(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


ENDINGS = (end_role, deactivate)


@pytest.fixture
def rights(db: None, settings: Any, row: Row) -> RightsWorld:
    """The world of the table of rights, after what its row needs."""
    settings.ACCOUNT_RATE_LIMITS = False
    return rights_after(*row.given)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[User], None]], None]:
    """Something happens to whoever asks, after their rights were read and before their act begins."""

    def happens(what: Callable[[User], None]) -> None:
        def read(user: User, *rest: Any) -> Session:
            found = actors.session_of(user, *rest)
            what(user)
            return found

        monkeypatch.setattr(middleware, "session_of", read)

    return happens


#: Why nothing was stored. What a council decides is refused by its own table first, where a seat counts no more.
SAID = (
    "Chưa lưu gì", "Mật khẩu không đúng", "Mục này không phân công cho bạn",
    "Chỉ thành viên hội đồng không bị loại trừ ở đơn vị này bỏ phiếu được",
)  # fmt: skip


@pytest.mark.parametrize("row", ACTS, ids=lambda row: row.name)
def test_no_act_is_stored_for_who_has_lost_their_rights_meanwhile(
    rights: RightsWorld, row: Row, meanwhile: Callable[..., None]
) -> None:
    who = min(row.may - {VISITOR}, key=lambda one: (one[1] != "own", one))

    def logged() -> int:
        return AuditRecord.objects.filter(action=row.logs).count()

    mark = transaction.savepoint()
    before = logged()
    client = logged_in(rights, who)
    ask(rights, client, row)
    assert logged() > before, "the act is one that this person may do"
    transaction.savepoint_rollback(mark)

    for end in ENDINGS:
        mark = transaction.savepoint()
        client = logged_in(rights, who)
        meanwhile(end)
        mail.outbox.clear()
        everything = AuditRecord.objects.count()
        answer = ask(rights, client, row)
        assert (answer.status_code in (403, 422), AuditRecord.objects.count()) == (True, everything), end
        # Who signs types the password again, and that of a closed account is nobody's.
        assert any(words in answer.text for words in SAID), end
        assert mail.outbox == []
        transaction.savepoint_rollback(mark)


def test_what_was_typed_is_not_stored(made: World, as_person: Person, meanwhile: Callable[..., None]) -> None:
    client = as_person("owner")
    meanwhile(end_role)
    where = f"/sheets/{made.sheet.pk}/items/2.2/"
    answer = client.post(where, {"figure.online": "5", "read.figure.online": digest("")})
    assert answer.status_code == 403
    assert "một vai trò của bạn vừa kết thúc" in answer.text
    assert not made.department.figures.exists()


def test_a_reminder_does_not_leave(made: World) -> None:
    """Mails are sent before they are logged: the question comes before them too."""
    office = made.session("standing_office")
    deactivate(made.people["standing_office"])
    with pytest.raises(Refusal) as refused:
        reminders.remind(by=office, at=now(), sheet_ids=[made.sheet.pk])
    assert (refused.value.code, mail.outbox) == ("account_ended", [])


def test_who_keeps_their_rights_or_gets_more_goes_on(made: World) -> None:
    owner = made.session("owner")
    RoleGrant.objects.create(user=owner.user, role=Role.UNIT_LEADER, unit=made.department, granted_at=now())
    with CaptureQueriesContext(connection) as asked:
        require_current(owner)
    assert len(asked) == 1
    change = Change(figures={"online": Typed("5", digest(""))})
    saved = save_entry(by=owner, at=now(), sheet_id=made.sheet.pk, item_code="2.2", change=change)
    assert saved.entry.is_started


def test_rights_are_one_query_and_one_more_for_who_works_elsewhere(made: World) -> None:
    """The path of the unit that employs somebody comes with a role there."""
    found = {}
    for name in ("owner", "auditor"):
        with CaptureQueriesContext(connection) as asked:
            found[name] = (made.session(name).actor.path, len(asked))
    assert found == {"owner": ("tinh/so-y-te", 1), "auditor": ("tinh/so-tu-phap", 2)}


def test_an_account_without_roles_acts_as_long_as_it_is_in_use(made: World) -> None:
    RoleGrant.objects.filter(user=made.people["owner"]).update(ended_at=now())
    owner = made.session("owner")
    require_current(owner)
    deactivate(owner.user)
    with pytest.raises(Refusal, match="account_ended"):
        require_current(owner)


def test_a_role_that_ended_and_was_given_again_is_read_again(made: World) -> None:
    """The session that was read names the ended one: the page is to be loaded again."""
    owner = made.session("owner")
    end_role(owner.user)
    RoleGrant.objects.create(user=owner.user, role=Role.UNIT_OFFICER, unit=made.department, granted_at=now())
    with pytest.raises(Refusal, match="role_ended"):
        require_current(owner)
    require_current(made.session("owner"))


# --- no use case forgets it ------------------------------------------------------------------------------------------


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function and method of the use cases, with the module it stands in."""
    for path in sorted(Path(usecases.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path.stem, node


def called(node: ast.AST) -> set[str]:
    """The names of what is called somewhere inside; a class stands for its making."""
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in calls
        if hasattr(one, "attr") or hasattr(one, "id")
    }


def test_every_use_case_that_writes_for_somebody_writes_the_log() -> None:
    """What a transaction stores for a session is recorded, and :func:`audit_log.record` asks whether rights stand; what
    is not recorded asks that itself.
    """
    calls: dict[str, set[str]] = {}
    for _, node in functions():
        calls.setdefault(node.name, set()).update(called(node))
    asking = {"record", "require_current"}
    while more := {name for name, inside in calls.items() if inside & asking} - asking:
        asking |= more
    writing = [
        (module, node.name)
        for module, node in functions()
        if any(
            one.arg == "by" and ast.unparse(one.annotation or ast.Constant("")).startswith("Session")
            for one in node.args.kwonlyargs
        )
        and any("atomic" in ast.unparse(one) for one in node.decorator_list)
    ]
    assert len(writing) > 60
    assert [one for one in writing if one[1] not in asking] == []


def test_nothing_but_the_log_adds_a_record() -> None:
    adding = {module for module, node in functions() if {"add_record", "AuditRecord"} & called(node)}
    assert adding == {"audit_log"}
