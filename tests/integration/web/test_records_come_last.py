"""Two acts that write several rows and several chains of the log wait for each other, and neither waits for ever.

Whoever has written a first record waits until somebody waits for it: what is held in another order by then would
never be given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, get_ident
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from tests.factories.world import SMALL_SET, World, morning, now, person, self_scoring, world
from tests.integration.web.test_concurrent_saves import figures, saving
from tests.integration.web.test_concurrent_signatures import together
from tests.integration.web.test_set_replacement import corrected

from parindex.database.models import (
    Attachment,
    AuditRecord,
    Citation,
    Cycle,
    Document,
    Entry,
    FindingDecision,
    OfficialPaper,
    Phase,
    Reminder,
    RoleGrant,
    ScoreSheet,
    StoredFile,
    Unit,
    User,
)
from parindex.database.models.entries import Audience
from parindex.documents.criteria_drafts.reading_worker import answered
from parindex.documents.unit_tables.preview import Preview, change
from parindex.documents.unit_tables.rows import AccountRow
from parindex.domain.errors import Place
from parindex.domain.review.roles import Role
from parindex.usecases import account_import, accounts, audit_log, criteria_sets, invitations, set_matters
from parindex.usecases.comments import write_comment
from parindex.usecases.cycle_running import extend
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.document_facts import DocumentFacts, mend_document
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.reminders import remind, remind_by_timetable
from parindex.usecases.set_replacement import replace_set
from parindex.usecases.submissions import lock_overdue, unlock_all
from parindex.usecases.typed_values import Typed, digest

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.waiting,
]
_BLOCKS = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


class Meeting:
    """Where two acts meet: each after its first record."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.first = Event()
        self._seen: set[int] = set()
        self._record = audit_log.record
        monkeypatch.setattr(audit_log, "record", self._recorded)

    def _recorded(self, *args: Any, **named: Any) -> AuditRecord:
        made = self._record(*args, **named)
        if get_ident() not in self._seen:
            self._seen.add(get_ident())
            self.first.set()
            until = time.monotonic() + 10
            while len(self._seen) == 1 and not _blocks() and time.monotonic() < until:
                time.sleep(0.02)
        return made

    def second(self, act: Callable[[], object]) -> Callable[[], object]:
        """The act, begun once the other has written its first record."""

        def later() -> object:
            assert self.first.wait(timeout=20)
            return act()

        return later


def _blocks() -> bool:
    """Whether somebody waits for what this transaction holds."""
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKS)
        return bool(cursor.fetchone()[0])


@pytest.fixture
def made(transactional_db: None) -> World:
    """A world that other threads see."""
    return world()


@pytest.fixture
def crossed(made: World) -> tuple[list[int], list[int]]:
    """The sheets of two units in two more cycles, those of the one made in the other order than those of the other."""
    by = made.session("standing_office")

    def cycle(title: str) -> int:
        one = Cycle.objects.create(
            owner=made.province, owner_path="tinh", title=title, year=2025, created_by=made.people["chair"],
            created_at=now(),
        )  # fmt: skip
        self_scoring(one)
        return one.pk

    def sheet(cycle: int, unit: Unit) -> int:
        group = NewGroup(unit.code, unit.code, made.version.pk, (unit.pk,))
        add_group(by=by, at=now(), cycle_id=cycle, group=group)
        return ScoreSheet.objects.get(cycle=cycle, unit=unit).pk

    first, second = cycle("Kỳ một"), cycle("Kỳ hai")
    mine = [sheet(first, made.department), sheet(second, made.department)]
    theirs = [sheet(second, made.other_department), sheet(first, made.other_department)]
    for one in (first, second):
        open_cycle(by=by, at=now(), cycle_id=one)
    return mine, theirs


Acts = Callable[[World, list[int]], object]


def extended(made: World, sheets: list[int], *, at: datetime | None = None) -> object:
    at = at or now()
    until = at + timedelta(days=30)
    by = made.session("standing_office")
    return len(extend(by=by, at=at, sheet_ids=sheets, until=until, reason="Bão", unlocking=True))


def reminded(made: World, sheets: list[int]) -> object:
    return remind(by=made.session("standing_office"), at=now(), sheet_ids=sheets).units


def unlocked(made: World, sheets: list[int]) -> object:
    return unlock_all(by=made.session("standing_office"), at=now(), sheet_ids=sheets, reason="Bão")


@pytest.mark.parametrize("act", [extended, reminded, unlocked])
def test_two_who_act_on_the_same_cycles_in_another_order(
    made: World, crossed: tuple[list[int], list[int]], act: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = crossed
    if act is unlocked:
        lock_overdue(at=now() + timedelta(days=20))
        for sheets in crossed:
            ScoreSheet.objects.filter(pk__in=sheets).update(extended_until=now() + timedelta(days=40))
    Meeting(monkeypatch)
    assert together(lambda: act(made, mine), lambda: act(made, theirs)) == [2, 2]
    assert not any(proof.broken for proof in audit_log.verify())


def test_two_keepers_at_the_same_moment_remind_once(made: World) -> None:
    at = morning()
    Phase.objects.filter(cycle=made.cycle).update(ends_at=at + timedelta(days=3))
    mail.outbox.clear()  # that the cycle was opened
    keep = partial(remind_by_timetable, at=at)
    done = together(keep, keep)
    addresses = [one.to[0] for one in mail.outbox]
    assert len(addresses) == len(set(addresses)) == 5
    assert (done[0] + done[1], Reminder.objects.count()) == (2, 2)


def test_a_reminder_and_a_save_on_the_second_sheet(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Meeting(monkeypatch)
    save = saving(made, "stranger", made.other_sheet, "2.1", figures(received="100"))
    both = [made.sheet.pk, made.other_sheet.pk]
    assert together(lambda: reminded(made, both), meeting.second(save)) == [2, 0]
    assert Reminder.objects.count() == 2


def test_a_remark_and_a_save_on_one_item(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, by, sheet = Meeting(monkeypatch), made.session("colleague"), made.sheet.pk

    def say() -> object:
        inside = Audience.UNIT
        return write_comment(by=by, at=now(), sheet_id=sheet, item_code="2.1", audience=inside, body="Xem lại").body

    save = saving(made, "owner", made.sheet, "2.1", figures(received="100"))
    assert together(say, meeting.second(save)) == ["Xem lại", 0]


def test_a_paper_with_two_tables_and_a_correction_of_the_second_set(
    made: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = StoredFile.objects.create(sha256="a" * 64, size=1, content_type="text/yaml", stored_at=now())
    office = made.people["standing_office"]
    paper = OfficialPaper.objects.create(
        owner=made.province, name="bo.yaml", file=file, uploaded_by=office, uploaded_at=now()
    )
    other = tmp_path / "bo.yaml"
    other.write_bytes(SMALL_SET.read_bytes().replace(b"id: small-set", b"id: other-set"))
    read = [answered(one, "bo.yaml", tmp_path / f"{at}.json")["sets"][0] for at, one in enumerate((other, SMALL_SET))]
    monkeypatch.setattr(criteria_sets, "job_of", lambda _paper: SimpleNamespace(answer=lambda: {"sets": read}))
    monkeypatch.setattr(criteria_sets, "forget_reading", lambda _paper: None)
    by, meeting = made.session("standing_office"), Meeting(monkeypatch)

    def take() -> object:
        return len(criteria_sets.take_reading(by=by, at=now(), paper_id=paper.pk))

    def correct() -> object:
        return criteria_sets.correct(by=by, at=now(), version_id=made.version.pk, reason="Sửa").number

    assert together(take, meeting.second(correct)) == [2, "draft_in_work"]


def test_two_tables_frozen_together_and_the_second_discarded(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    by = made.session("standing_office")
    drafts = [
        criteria_sets.start_next_year(by=by, at=now(), version_id=made.version.pk, year=2026 + one, code=f"bo-{one}")
        for one in range(2)
    ]
    for draft in drafts:
        draft.content = made.version.content
        draft.save(update_fields=["content"])
    for version, matters in set_matters.matters_of(drafts, now()).items():
        for one in matters.warnings:
            FindingDecision.objects.create(
                version_id=version, key=one.key, decision="confirmed", message="", change="", finding="{}", patch="[]",
                decided_by=by.user, decided_at=now(),
            )  # fmt: skip
    meeting = Meeting(monkeypatch)

    def freeze() -> object:
        return len(criteria_sets.freeze_together(by=by, at=now(), version_ids=[one.pk for one in drafts]))

    def discard() -> object:
        return criteria_sets.discard(by=by, at=now(), version_id=drafts[1].pk)

    assert together(freeze, meeting.second(discard)) == [2, "set_frozen"]


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_a_replaced_set_and_a_document_that_one_of_its_sheets_cites(
    made: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, sheet in (("owner", made.sheet), ("stranger", made.other_sheet)):
        change = Change(explanation=Typed("Theo Báo cáo số 401/BC-STP ngày 08/12/2025", digest("")))
        save_entry(by=made.session(name), at=now(), sheet_id=sheet.pk, item_code="2.2", change=change)
    document = Document.objects.create(
        unit_id=made.people[who].unit_id, title="Báo cáo", link="https://tinh.vn/b", created_by=made.people[who],
        created_at=now(),
    )  # fmt: skip
    kept = Entry.objects.get(sheet__unit=document.unit, item_code="1.1")
    Attachment.objects.create(entry=kept, document=document, added_by=made.people[who], added_at=now())
    new, meeting = corrected(made), Meeting(monkeypatch)
    office, officer, group = made.session("standing_office"), made.session(who), made.sheet.group_id

    def replace() -> object:
        return replace_set(by=office, at=now(), group_id=group, version_id=new.pk, reason="Đính chính").new_version_id

    def mend() -> object:
        facts = DocumentFacts(title="Báo cáo", number="401/BC-STP")
        return mend_document(by=officer, at=now(), document_id=document.pk, facts=facts).pk

    assert together(replace, meeting.second(mend)) == [new.pk, document.pk]
    assert not Citation.objects.exists()
    assert not Entry.objects.filter(item_code="2.2").exists()


# --- accounts --------------------------------------------------------------------------------------------------------


def row(user: User, position: str = "") -> AccountRow:
    unit = user.unit
    assert unit is not None
    return AccountRow(
        user.full_name, user.email, user.username, unit.code, (Role.UNIT_OFFICER,), user.phone,
        position or user.position,
    )  # fmt: skip


def test_a_table_of_accounts_and_a_change_of_the_second_account(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [made.people["owner"], made.people["stranger"]]
    changes = tuple(change(row(user, "Chuyên viên"), row(user), Place()) for user in people)
    by, meeting = made.session("administrator"), Meeting(monkeypatch)

    def table() -> object:
        preview: Preview[AccountRow] = Preview(changes, ())
        made_new = account_import.import_accounts(by=by, at=now(), preview=preview, file="x", address_of=str)
        return len(made_new)

    def end_role() -> object:
        grant = RoleGrant.objects.get(user=people[1])
        return accounts.end_role(by=by, at=now(), grant_id=grant.pk, reason="Thôi").pk == grant.pk

    def edit() -> object:
        data: Mapping[str, Any] = {
            "full_name": "Tên mới", "username": people[1].username, "email": people[1].email, "unit": people[1].unit_id,
        }  # fmt: skip
        return accounts.edit_account(by=by, at=now(), user_id=people[1].pk, data=accounts.AccountData(**data))

    assert together(table, meeting.second(edit), meeting.second(end_role)) == [0, None, True]


def test_an_account_that_is_closed_while_its_owner_takes_it_over(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    by = made.session("administrator")
    new = person("new_one", made.department, Role.UNIT_OFFICER)
    new.set_unusable_password()
    new.save()
    token = invitations.invite(by=by, at=now(), user_id=new.pk, address_of=str)
    meeting = Meeting(monkeypatch)

    def close() -> object:
        return accounts.deactivate_account(by=by, at=now(), user_id=new.pk, reason="Nhầm")

    def accept() -> object:
        return invitations.accept_invitation(token=token, password="mat-khau-rat-dai-1", address="", at=now()).pk

    assert together(close, meeting.second(accept)) == [None, "invitation_not_open"]
