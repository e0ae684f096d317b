"""What the log says was frozen, signed, withdrawn and moved is compared with what stands in the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, now, person

from parindex.database.models import (
    AuditChain,
    AuditRecord,
    CriteriaSet,
    CriteriaSetVersion,
    ScoreSheet,
    SheetPart,
    Submission,
    Unit,
    UnitVersion,
)
from parindex.documents.criteria_sets.criteria_set_file import fingerprint, parse_criteria_set
from parindex.domain.review.audit_chain import INSTALLATION, START, Break, link_hash
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log, submissions
from parindex.usecases.accounts import AccountData, create_account
from parindex.usecases.cycle_running import extend
from parindex.wording.log_breaks import break_text

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def without_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("DROP TRIGGER audit_no_change ON parindex_auditrecord")
            cursor.execute("DROP TRIGGER frozen_no_change ON parindex_criteriasetversion")


def breaks() -> dict[str, list[tuple[Break, int, str]]]:
    """What does not hold, by chain."""
    proofs = [proof for proof in audit_log.verify() if proof.broken]
    return {proof.chain: [(one.kind, one.sequence, one.name) for one in proof.broken] for proof in proofs}


def words() -> list[str]:
    return [break_text(one) for proof in audit_log.verify() for one in proof.broken]


# --- frozen sets -----------------------------------------------------------------------------------------------------


@pytest.fixture
def code(made: World) -> str:
    """How the frozen set of the world is named."""
    assert breaks() == {}
    without_triggers()
    return f"{made.version.criteria_set.code} (1)"


def _other_content(version: CriteriaSetVersion) -> str:
    changed = version.content.replace("Sáng kiến", "Sáng chế")
    assert changed != version.content
    return changed


@pytest.mark.parametrize(
    "values",
    [
        lambda one: {"content": _other_content(one)},
        {"content": "{: not yaml"},
        {"content": ""},
        {"fingerprint": "0" * 64},
        {"fingerprint": ""},
        {"title": "Bộ khác"},
        {"title": ""},
        {"year": 1999},
        {"number": 5},
        lambda one: {"frozen_at": one.frozen_at - timedelta(days=1)},
        {"frozen_by": None},
        lambda one: {
            "content": _other_content(one),
            "fingerprint": fingerprint(parse_criteria_set(_other_content(one))),
        },
    ],
)
def test_a_frozen_set_that_was_changed_is_named(
    made: World, code: str, values: dict[str, Any] | Callable[[CriteriaSetVersion], dict[str, Any]]
) -> None:
    changed = values(made.version) if callable(values) else values
    CriteriaSetVersion.objects.filter(pk=made.version.pk).update(**changed)
    name = code.replace("(1)", f"({changed.get('number', 1)})")
    assert breaks() == {INSTALLATION: [(Break.SET_CHANGED, 1, name)]}
    assert words() == [f"bộ tiêu chí {name} đã bị sửa sau khi khóa ở bản ghi số 1"]


def test_a_set_that_nobody_is_said_to_have_frozen_is_named(made: World, code: str) -> None:
    CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=2, state="frozen", title=made.version.title, year=2025,
        content=made.version.content, fingerprint=made.version.fingerprint, created_by=made.version.created_by,
        created_at=now(),
    )  # fmt: skip
    assert breaks() == {INSTALLATION: [(Break.SET_NOT_RECORDED, 0, code.replace("(1)", "(2)"))]}


@pytest.mark.parametrize("gone", [True, False], ids=["taken out", "a draft again"])
def test_a_set_that_is_frozen_no_longer_is_missed(made: World, code: str, gone: bool) -> None:
    rows = CriteriaSetVersion.objects.filter(pk=made.version.pk)
    if gone:
        other = CriteriaSetVersion.objects.create(
            criteria_set=CriteriaSet.objects.create(owner=made.province, code="khac"), number=1, title="Nháp",
            content="x", created_by=made.version.created_by, created_at=now(),
        )  # fmt: skip
        made.cycle.groups.update(set_version=other)
        rows._raw_delete("default")
    else:
        rows.update(state="draft")
    assert breaks() == {INSTALLATION: [(Break.NO_SET, 1, made.version.criteria_set.code)]}


# --- the chain of the installation -----------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False], ids=["with its head", "the records alone"])
def test_the_chain_of_the_installation_is_missed(made: World, code: str, whole: bool) -> None:
    chain = AuditChain.objects.get(key=INSTALLATION)
    AuditRecord.objects.filter(chain=chain).delete()
    AuditChain.objects.filter(pk=chain.pk).update(sequence=0, hash=START)
    if whole:
        chain.delete()
    assert breaks() == {
        INSTALLATION: [(Break.NO_CHAIN, 1, ""), (Break.NOT_AS_NOTED, 1, ""), (Break.SET_NOT_RECORDED, 0, code)]
    }
    assert words()[0] == "không còn bản ghi nào, kể cả bản ghi số 1"


def test_an_account_alone_asks_for_the_chain_of_the_installation() -> None:
    assert audit_log.verify() == []
    unit = Unit.objects.create(code="tinh")
    UnitVersion.objects.create(unit=unit, name="Tỉnh", kind="province", path="tinh", valid_from=now().date())
    person("mot", unit, Role.ADMINISTRATOR)
    assert breaks() == {INSTALLATION: [(Break.NO_CHAIN, 1, "")]}


def _submitted(made: World) -> Submission:
    part = made.sheet.parts.get()
    return submissions.submit_part(
        by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Chưa đủ số liệu"
    )


def test_a_submission_notes_where_the_installation_stood(made: World) -> None:
    data = AccountData("Mới", "moi", made.department.pk, "moi@example.vn", "Chuyên viên", "")
    with transaction.atomic():
        create_account(by=made.session("administrator"), at=now(), data=data)
    head = AuditChain.objects.get(key=INSTALLATION)
    assert head.sequence > 1
    _submitted(made)
    assert breaks() == {}
    without_triggers()
    rows = AuditRecord.objects.filter(chain=head).order_by("sequence")
    rows.filter(sequence__gt=1).delete()
    first = rows.get()
    AuditChain.objects.filter(pk=head.pk).update(sequence=1, hash=first.hash)
    assert breaks() == {INSTALLATION: [(Break.NOT_AS_NOTED, head.sequence, "")]}


# --- submissions -----------------------------------------------------------------------------------------------------


@pytest.fixture
def signed(made: World) -> Submission:
    """The leader has submitted the sheet; nothing holds the log any more."""
    found = _submitted(made)
    assert breaks() == {}
    without_triggers()
    return found


@pytest.mark.parametrize(
    "values",
    [
        lambda made: {"submitted_by": made.people["owner"]},
        {"submitted_at": now() - timedelta(days=400)},
        {"number": 7},
        lambda made: {"sheet": made.other_sheet},
        lambda made: {"part": made.sheet.parts.get()},
    ],
    ids=["who", "when", "number", "sheet", "part"],
)
def test_a_submission_that_was_changed_is_named(
    made: World, signed: Submission, values: dict[str, Any] | Callable[[World], dict[str, Any]]
) -> None:
    Submission.objects.filter(pk=signed.pk).update(**(values(made) if callable(values) else values))
    name = Submission.objects.get(pk=signed.pk).sheet.unit_name
    number = signed.log_sequence
    assert breaks() == {f"cycle-{made.cycle.pk}": [(Break.SUBMISSION_CHANGED, number, name)]}
    expected = f"lần ký, nộp của {name}: người ký, lúc ký, số lần hoặc phiếu không còn như bản ghi số {number}"
    assert words() == [expected]


def test_a_submission_that_was_voided_by_hand_is_named(made: World, signed: Submission) -> None:
    Submission.objects.filter(pk=signed.pk).update(
        withdrawn_at=now(), withdrawn_by=made.people["owner"], withdrawn_reason="Giả"
    )
    number = signed.log_sequence
    assert breaks() == {f"cycle-{made.cycle.pk}": [(Break.WITHDRAWAL_CHANGED, number, "Sở Y tế")]}
    expected = f"lần ký, nộp của Sở Y tế ở bản ghi số {number}: việc rút hoặc trả lại không như nhật ký ghi"
    assert words() == [expected]


@pytest.mark.parametrize(
    "values",
    [
        {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""},
        {"withdrawn_reason": "Khác"},
        {"withdrawn_by": None},
        {"withdrawn_at": None},
    ],
)
def test_a_withdrawal_that_was_changed_is_named(made: World, values: dict[str, Any]) -> None:
    first = _submitted(made)
    submissions.withdraw(by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, reason="Sửa số liệu")
    second = _submitted(made)
    assert (second.number, breaks()) == (2, {})
    Submission.objects.filter(pk=first.pk).update(**values)
    assert breaks() == {f"cycle-{made.cycle.pk}": [(Break.WITHDRAWAL_CHANGED, first.log_sequence, "Sở Y tế")]}


# --- stages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["open", "returned", "locked", "final"])
def test_a_sheet_that_was_moved_by_hand_is_named(made: World, signed: Submission, state: str) -> None:
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state=state)
    made.sheet.parts.update(state=state)
    number = signed.log_sequence
    assert breaks() == {f"cycle-{made.cycle.pk}": [(Break.STATE_CHANGED, number, "Sở Y tế")]}
    assert words() == [f"Sở Y tế: trạng thái không như bản ghi số {number} để lại"]


def test_a_sheet_that_no_record_moved_is_named(made: World) -> None:
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="submitted")
    SheetPart.objects.filter(sheet=made.other_sheet).update(state="locked")
    assert breaks() == {
        f"cycle-{made.cycle.pk}": [
            (Break.STATE_NOT_RECORDED, 0, "Sở Y tế"),
            (Break.STATE_NOT_RECORDED, 0, "Sở Tư pháp"),
        ]
    }
    assert words()[0] == "Sở Y tế: trạng thái đã đổi mà không có bản ghi nào"


def test_locking_and_unlocking_move_the_parts_with_the_sheet(made: World) -> None:
    made.cycle.phases.update(ends_at=now() - timedelta(hours=1))
    assert submissions.lock_overdue(at=now()) == 2
    assert breaks() == {}
    until = now() + timedelta(days=5)
    extend(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk], until=until, reason="Bão")
    submissions.unlock_all(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk], reason="Bão")
    assert (SheetPart.objects.get(sheet=made.sheet).state, breaks()) == ("open", {})
    SheetPart.objects.filter(sheet=made.other_sheet).update(state="open")
    chain, number = f"cycle-{made.cycle.pk}", AuditRecord.objects.filter(action="lock").latest("pk").sequence
    assert breaks() == {chain: [(Break.STATE_CHANGED, number, "Sở Tư pháp")]}


@pytest.fixture
def body(db: None) -> PartsWorld:
    """The sheet of the province, divided and filled."""
    found = parts_world()
    found.fill("1.1", "1.2", "2.1", "2.2")
    return found


def _sign(body: PartsWorld) -> None:
    for code, leader in (("so-y-te", "leader"), ("so-tu-phap", "other_leader")):
        part = body.part(code)
        if part.state not in ("submitted", "resubmitted"):
            submissions.submit_part(by=body.session(leader), at=now(), part_id=part.pk, incomplete_reason="Chưa đủ")


def test_every_way_of_a_sheet_in_parts_is_as_recorded(body: PartsWorld) -> None:
    office, head = body.session("standing_office"), body.session("head")
    _sign(body)
    assert breaks() == {}
    part = body.part("so-y-te")
    submissions.return_part(by=office, at=now(), part_id=part.pk, reason="Bổ sung")
    assert breaks() == {}
    _sign(body)
    submissions.compile_sheet(by=office, at=now(), sheet_id=body.sheet.pk)
    submissions.send_back_sheet(by=head, at=now(), sheet_id=body.sheet.pk, reason="Xem lại")
    assert breaks() == {}
    submissions.withdraw_part(by=body.session("leader"), at=now(), part_id=part.pk, reason="Sửa")
    assert breaks() == {}
    _sign(body)
    submissions.compile_sheet(by=office, at=now(), sheet_id=body.sheet.pk)
    submissions.submit_sheet(by=head, at=now(), sheet_id=body.sheet.pk)
    assert breaks() == {}
    submissions.withdraw(by=head, at=now(), sheet_id=body.sheet.pk, reason="Sửa")
    assert breaks() == {}
    SheetPart.objects.filter(pk=part.pk).update(state="open")
    number = AuditRecord.objects.filter(object_kind="sheet_part", object_id=str(part.pk)).latest("sequence").sequence
    name = f"{body.sheet.unit_name}, Sở Y tế"
    assert breaks() == {f"cycle-{body.sheet.cycle_id}": [(Break.STATE_CHANGED, number, name)]}


def test_a_signature_over_a_part_that_went_to_another_sheet_is_named(body: PartsWorld) -> None:
    _sign(body)
    part = body.part("so-y-te")
    SheetPart.objects.filter(pk=part.pk).update(sheet=body.made.sheet, lead_unit=body.made.province)
    number = Submission.objects.get(part=part).log_sequence
    found = breaks()[f"cycle-{body.sheet.cycle_id}"]
    assert (Break.SUBMISSION_CHANGED, number, "Sở Y tế") in found


def test_a_record_that_says_nothing_moves_nothing(made: World, signed: Submission) -> None:
    row = AuditRecord.objects.get(chain__key=f"cycle-{made.cycle.pk}", sequence=signed.log_sequence)
    row.after = "not json"
    row.hash = link_hash(row.sequence, row.previous_hash, audit_log.content(row))
    row.save()
    AuditChain.objects.filter(pk=row.chain_id).update(hash=row.hash)
    assert {kind for kind, _, _ in breaks()[f"cycle-{made.cycle.pk}"]} == {
        Break.NOT_AS_SIGNED, Break.STATE_CHANGED
    }  # fmt: skip
