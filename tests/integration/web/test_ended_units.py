"""A unit ends while a cycle runs: who goes on with its sheet, its parts, its documents, its receipts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.filled import enter_everything
from tests.factories.parts_world import parts_world
from tests.factories.world import PASSWORD, World, now, person

from parindex.database.models import (
    AuditRecord,
    Document,
    Entry,
    RoleGrant,
    ScoreSheet,
    Submission,
    Unit,
    UnitSuccession,
    UnitVersion,
    User,
)
from parindex.database.models.entries import Audience
from parindex.database.queries.score_sheets import sheet_facts
from parindex.domain.review.permissions import check_can_decide_not_assessed
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision
from parindex.usecases.actors import session_of
from parindex.usecases.assignees import assign_item, staff_of
from parindex.usecases.comments import write_comment
from parindex.usecases.notices import addresses
from parindex.usecases.reminders import remind
from parindex.usecases.typed_values import digest
from parindex.usecases.unit_corrections import correct_ending
from parindex.usecases.units import UnitData, change_unit, close_unit, create_unit, succeed_units

Person = Callable[[str], Client]
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))


def today() -> date:
    return timezone.localdate()


def merge(made: World, predecessors: list[str], successor: str, first: date | None = None) -> Unit:
    """Departments become a new one, with an officer and a leader of its own."""
    unit = succeed_units(
        by=made.session("administrator"), at=now(), predecessors=predecessors, successor=successor,
        data=UnitData(successor.replace("-", " ").title(), "", "department", "tinh"), first=first or today(),
        decision=LAW, confirmed=True,
    )  # fmt: skip
    made.people[f"{successor}.officer"] = person(f"{successor}.officer", unit, Role.UNIT_OFFICER)
    made.people[f"{successor}.leader"] = person(f"{successor}.leader", unit, Role.UNIT_LEADER)
    return unit


def close(made: World, code: str = "so-y-te") -> None:
    yesterday = today() - timedelta(days=1)
    close_unit(by=made.session("administrator"), at=now(), code=code, last=yesterday, decision=LAW, confirmed=True)


def browser(made: World, name: str) -> Client:
    client = Client()
    client.force_login(made.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def entered(client: Client, sheet: ScoreSheet, code: str = "2.2") -> int:
    """What somebody gets who enters a figure."""
    return client.post(
        f"/sheets/{sheet.pk}/items/{code}/", {"figure.online": "5", "read.figure.online": digest("")}
    ).status_code


#: Who goes on with the sheet of Sở Y tế once Sở Mới has taken its place.
HEIRS = [
    ("so-moi.officer", True), ("so-moi.leader", True), ("owner", False), ("colleague", False), ("leader", False),
    ("stranger", False), ("other_leader", False),
]  # fmt: skip


@pytest.mark.parametrize("through", [["so-moi"], ["so-giua", "so-moi"]])
def test_the_sheet_of_who_was_merged_is_its_successors(made: World, as_person: Person, through: list[str]) -> None:
    """Through any number of mergers; whoever took its place for a time no longer works for it."""
    before = "so-y-te"
    for number, code in enumerate(through):
        merge(made, [before], code, today() - timedelta(days=len(through) - 1 - number))
        before = code
    for who, goes_on in [*HEIRS, *([("so-giua.officer", False)] if len(through) > 1 else [])]:
        client = as_person(who)
        assert (client.get(f"/sheets/{made.sheet.pk}/items/2.2/").status_code == 200) is goes_on, who
        assert (entered(client, made.sheet) in (200, 302)) is goes_on, who
        assert (f"/sheets/{made.sheet.pk}/" in client.get("/home/").text) is goes_on, who
        assert ("Sở Y tế" in client.get("/sheets/").text) is goes_on, who
    assert Entry.objects.get(sheet=made.sheet, item_code="2.2").is_started


def test_it_is_handed_in_withdrawn_and_read_by_the_successor(made: World, as_person: Person) -> None:
    enter_everything(made.sheet)
    merge(made, ["so-y-te"], "so-moi")
    where, sheet, client = f"/parts/{made.sheet.parts.get().pk}", f"/sheets/{made.sheet.pk}", as_person("so-moi.leader")
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(f"{where}/sign/").text)
    assert seen is not None
    form = {"password": PASSWORD, "seen": seen[1]}
    for who in ("so-moi.officer", "leader", "other_leader"):
        assert as_person(who).post(f"{where}/sign/", form).status_code == 403
    assert client.post(f"{where}/sign/", form).status_code == 302
    receipt = Submission.objects.get()
    assert AuditRecord.objects.get(action="submit").role == Role.UNIT_LEADER
    for who, status in (("so-moi.officer", 200), ("so-moi.leader", 200), ("leader", 403), ("stranger", 403)):
        for page in ("", "claim/", "pdf/"):
            assert as_person(who).get(f"/submissions/{receipt.pk}/{page}").status_code == status, (who, page)
    assert as_person("leader").post(f"{sheet}/withdraw/", {"reason": "Sai"}).status_code == 403
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "submitted"
    assert client.post(f"{sheet}/withdraw/", {"reason": "Nhập sai số liệu"}).status_code == 302
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "open"


def test_a_part_of_who_was_merged_is_signed_by_the_successor(db: None) -> None:
    parts = parts_world()
    made = parts.made
    merge(made, ["so-y-te"], "so-moi")
    part = parts.part("so-y-te")
    for who, goes_on in HEIRS:
        client = browser(made, who)
        entered = client.post(f"/sheets/{parts.sheet.pk}/items/1.1/", {"figure.plan": "late", "read.figure.plan": ""})
        assert (entered.status_code in (200, 302)) is goes_on, who
    enter_everything(parts.sheet)
    assert browser(made, "owner").post(f"/parts/{part.pk}/present/").status_code == 403
    assert browser(made, "so-moi.officer").post(f"/parts/{part.pk}/present/").status_code == 302
    for who, status in (("leader", 403), ("so-moi.officer", 403), ("so-moi.leader", 200)):
        assert browser(made, who).get(f"/parts/{part.pk}/sign/").status_code == status, who


def test_the_body_of_a_sheet_in_parts_is_followed_by_its_successor(db: None) -> None:
    """The office of the new province divides its items among what belongs to the new one."""
    parts = parts_world()
    made = parts.made
    by = {"by": made.session("administrator"), "at": now(), "first": today(), "decision": LAW}
    new = create_unit(**by, code="tinh-moi", data=UnitData("UBND tỉnh mới", "", "province"))
    moved = ("so-noi-vu", "so-y-te", "so-tu-phap")
    for code, name in zip(moved, ("Sở Nội vụ", "Sở Y tế", "Sở Tư pháp"), strict=True):
        change_unit(**by, code=code, data=UnitData(name, "", "department", "tinh-moi"))
    made.people["new_office"] = person("new_office", new, Role.STANDING_OFFICE)
    form = {"item": ["1.2"], "lead": str(made.other_department.pk), "reason": "Phân công lại"}
    where = f"/sheets/{parts.sheet.pk}/parts/assign/"
    assert browser(made, "new_office").post(where, form).status_code == 403
    succeed_units(**by, predecessors=["tinh"], successor="tinh-moi", data=None, confirmed=True)
    assert browser(made, "standing_office").post(where, form).status_code == 403
    page = browser(made, "new_office").get(where).text
    assert "Sở Tư pháp" in page
    assert "UBND tỉnh mới" in page
    assert browser(made, "new_office").post(where, form).status_code == 302
    assert Entry.objects.get(sheet=parts.sheet, item_code="1.2").part.lead_unit == made.other_department
    assert browser(made, "new_office").get(f"/cycles/{made.cycle.pk}/").status_code == 200
    assert browser(made, "chair").get(f"/cycles/{made.cycle.pk}/").status_code == 403


def test_what_the_office_of_the_successor_answers_no_longer_waits(db: None) -> None:
    parts = parts_world()
    made = parts.made
    at = {"sheet_id": made.sheet.pk, "item_code": "1.2", "audience": Audience.STANDING_OFFICE}
    write_comment(by=made.session("owner"), at=now(), **at, body="Tính cả quý IV?")
    by = {"by": made.session("administrator"), "at": now(), "first": today(), "decision": LAW}
    new = create_unit(**by, code="tinh-moi", data=UnitData("UBND tỉnh mới", "", "province"))
    for code, name in (("so-noi-vu", "Sở Nội vụ"), ("so-y-te", "Sở Y tế"), ("so-tu-phap", "Sở Tư pháp")):
        change_unit(**by, code=code, data=UnitData(name, "", "department", "tinh-moi"))
    succeed_units(**by, predecessors=["tinh"], successor="tinh-moi", data=None, confirmed=True)
    made.people["new_office"] = person("new_office", new, Role.STANDING_OFFICE)
    home = browser(made, "new_office").get("/home/").text
    assert "1 câu hỏi của đơn vị chưa trả lời" in home
    write_comment(by=made.session("new_office"), at=now(), **at, body="Có, đến 31/12")
    assert "câu hỏi của đơn vị" not in browser(made, "new_office").get("/home/").text


def test_items_are_given_to_colleagues_of_the_successor_and_the_talk_inside_goes_on(made: World) -> None:
    at = {"sheet_id": made.sheet.pk, "item_code": "1.2"}
    write_comment(by=made.session("owner"), at=now(), **at, audience=Audience.UNIT, body="Chờ số của Cục")
    merge(made, ["so-y-te"], "so-moi")
    officer, leader = made.session("so-moi.officer"), made.people["so-moi.leader"]
    part = Entry.objects.get(sheet=made.sheet, item_code="1.2").part
    assert {one.username for one in staff_of(officer, part, now())} == {"so-moi.officer", "so-moi.leader"}
    assign_item(by=officer, at=now(), **at, assignee=leader.pk)
    with pytest.raises(Refusal, match="assignee_of_other_unit"):
        assign_item(by=officer, at=now(), **at, assignee=made.people["colleague"].pk)
    write_comment(by=officer, at=now(), **at, audience=Audience.UNIT, body="Đã có số, trang 3")
    page = browser(made, "so-moi.leader").get(f"/sheets/{made.sheet.pk}/items/1.2/").text
    assert "Chờ số của Cục" in page
    assert "Đã có số, trang 3" in page
    for who in ("standing_office", "chair"):
        assert "trang 3" not in browser(made, who).get(f"/sheets/{made.sheet.pk}/items/1.2/").text


def test_documents_stay_with_the_sheet_and_go_to_the_successor(made: World) -> None:
    paper = Document.objects.create(
        unit=made.department, title="Kế hoạch 12", created_by=made.people["owner"], created_at=now()
    )
    merge(made, ["so-y-te"], "so-moi")
    for who, goes_on in HEIRS:
        client = browser(made, who)
        assert (client.get(f"/documents/{paper.pk}/").status_code == 200) is goes_on, who
        assert ("Kế hoạch 12" in client.get("/documents/").text) is goes_on, who


def test_who_goes_on_is_written_to(made: World, django_capture_on_commit_callbacks: Any) -> None:
    merge(made, ["so-y-te"], "so-moi")
    mail.outbox.clear()
    assert remind(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk]).mails == 2
    assert {one.to[0] for one in mail.outbox} == {"so-moi.officer@example.vn", "so-moi.leader@example.vn"}
    assert [to for to, _ in addresses(made.department.pk, [Role.UNIT_LEADER])] == ["so-moi.leader@example.vn"]


def test_the_overview_says_that_a_unit_has_ended_and_who_goes_on(made: World) -> None:
    where = f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}"
    office = browser(made, "standing_office")
    assert "đã kết thúc" not in office.get(where).text
    close(made)
    assert "đã kết thúc, chưa có đơn vị kế thừa" in office.get(where).text
    heir = merge(made, ["so-y-te"], "so-moi")
    page = office.get(where).text
    assert "đã kết thúc, So Moi tiếp nhận" in page
    assert "So-Moi.Leader" in page
    RoleGrant.objects.filter(unit__code="so-moi").update(ended_at=now())
    assert f'href="/units/{heir.pk}/#staff"' in office.get(where).text  # where accounts are lacking


def test_without_a_successor_its_own_people_finish_the_cycle(made: World) -> None:
    close(made)
    for who, goes_on in (("owner", True), ("colleague", True), ("leader", True), ("stranger", False)):
        assert (entered(browser(made, who), made.sheet) in (200, 302)) is goes_on, who
    assert f"/sheets/{made.sheet.pk}/" in browser(made, "leader").get("/home/").text
    assert made.session("leader").actor.path == "tinh/so-y-te"
    made.cycle.state = "finalised"
    made.cycle.save(update_fields=["state"])
    for who in ("owner", "leader"):
        assert made.session(who).actor.grants == (), who
        assert browser(made, who).get(f"/sheets/{made.sheet.pk}/items/2.2/").status_code == 403


def test_the_work_of_a_closed_unit_is_handed_on_by_naming_its_successor(made: World) -> None:
    close(made)
    succeed_units(
        by=made.session("administrator"), at=now(), predecessors=["so-y-te"], successor="so-tu-phap", data=None,
        first=today(), decision=LAW, overlap="tiếp nhận nhiệm vụ", confirmed=True,
    )  # fmt: skip
    for who, goes_on in (("owner", False), ("leader", False), ("stranger", True), ("other_leader", True)):
        assert (entered(browser(made, who), made.sheet) in (200, 302)) is goes_on, who


def test_a_unit_that_gave_off_a_part_keeps_its_sheet(made: World) -> None:
    succeed_units(
        by=made.session("administrator"), at=now(), predecessors=["so-y-te"], successor="so-tu-phap", data=None,
        first=today(), decision=LAW, overlap="nhận một phần nhiệm vụ", keep=True,
    )  # fmt: skip
    for who, goes_on in (("owner", True), ("leader", True), ("stranger", False), ("other_leader", False)):
        assert (browser(made, who).get(f"/sheets/{made.sheet.pk}/items/2.2/").status_code == 200) is goes_on, who


@pytest.mark.parametrize("ending", ["merged", "closed"])
def test_who_once_received_a_part_does_not_follow_when_the_rest_ends(made: World, ending: str) -> None:
    given = succeed_units(
        by=made.session("administrator"), at=now(), predecessors=["so-y-te"], successor="so-con",
        data=UnitData("Sở Con", "", "department", "tinh"), first=date(2022, 1, 1), decision=LAW,
        overlap="nhận một phần nhiệm vụ", keep=True,
    )  # fmt: skip
    made.people["so-con.leader"] = person("so-con.leader", given, Role.UNIT_LEADER)
    if ending == "merged":
        merge(made, ["so-y-te"], "so-moi")
    else:
        close(made)
    part, address = made.sheet.parts.get(), f"/sheets/{made.sheet.pk}/items/2.2/"
    assert browser(made, "so-con.leader").get(address).status_code == 403
    assert browser(made, "so-con.leader").get(f"/parts/{part.pk}/sign/").status_code == 403
    goes_on = "so-moi.leader" if ending == "merged" else "leader"
    assert browser(made, goes_on).get(address).status_code == 200


def test_who_goes_on_after_all_has_handed_nothing_over(made: World) -> None:
    """The merger was a part given off: the ending is put right, the succession stays; then the unit ends otherwise."""
    admin, address = made.session("administrator"), f"/sheets/{made.sheet.pk}/items/2.2/"
    succeed_units(
        by=admin, at=now(), predecessors=["so-y-te"], successor="so-tu-phap", data=None,
        first=today() - timedelta(days=9), decision=LAW, overlap="nhận nhiệm vụ", confirmed=True,
    )  # fmt: skip
    assert browser(made, "other_leader").get(address).status_code == 200
    correct_ending(
        by=admin, at=now(), code="so-y-te", last=None, decision=LAW, reason="Chỉ chuyển một phần", confirmed=True
    )
    close(made)
    assert browser(made, "other_leader").get(address).status_code == 403
    assert browser(made, "owner").get(address).status_code == 200


@pytest.mark.parametrize(("last", "taken"), [(date(2026, 1, 1), True), (date(2026, 6, 1), False), (None, False)])
def test_successions_stored_before_are_told_by_their_days(made: World, last: date | None, taken: bool) -> None:
    UnitVersion.objects.filter(unit=made.department).update(valid_to=last)
    UnitVersion.objects.filter(unit=made.other_department).update(valid_from=date(2026, 1, 2), decision_number="1/QĐ")
    row = UnitSuccession.objects.create(
        predecessor=made.department, successor=made.other_department, decision_number="1/QĐ",
        decision_date=date(2025, 12, 1), takes_over=True,
    )  # fmt: skip
    import_module("parindex.database.migrations.0006_places_taken").tell(apps, None)
    row.refresh_from_db()
    assert row.takes_over is taken


def test_a_merger_of_a_later_day_changes_nothing_before_it(made: World) -> None:
    merge(made, ["so-y-te"], "so-moi", today() + timedelta(days=30))
    assert browser(made, "owner").get(f"/sheets/{made.sheet.pk}/items/2.2/").status_code == 200
    assert browser(made, "so-moi.officer").get(f"/sheets/{made.sheet.pk}/items/2.2/").status_code == 403
    later = now() + timedelta(days=31)
    assert session_of(made.people["owner"], later).actor.grants == ()
    assert session_of(made.people["so-moi.officer"], later).actor.stands_in("tinh/so-y-te")


def test_nobody_decides_for_the_unit_that_their_own_has_followed(made: World) -> None:
    """The office works at Sở Nội vụ, which has taken in Sở Y tế: its sheet is now that of their own unit."""
    facts = sheet_facts(made.sheet, list(made.sheet.parts.all()))
    check_can_decide_not_assessed(made.session("standing_office").actor, facts)
    succeed_units(
        by=made.session("administrator"), at=now(), predecessors=["so-y-te"], successor="so-noi-vu", data=None,
        first=today(), decision=LAW, overlap="nhận sáp nhập", confirmed=True,
    )  # fmt: skip
    with pytest.raises(Refusal, match="own_unit_by_chair"):
        check_can_decide_not_assessed(made.session("standing_office").actor, facts)


def test_mandates_for_a_cycle_and_administrators_stay(made: World) -> None:
    person("member", made.other_department, Role.APPRAISER, made.department)
    RoleGrant.objects.filter(user__username="member").update(cycle=made.cycle)
    admin = person("keeper", made.department, Role.ADMINISTRATOR)
    merge(made, ["so-y-te"], "so-moi")
    member = session_of(User.objects.get(username="member"), now()).actor
    assert [(one.role, one.path) for one in member.grants] == [(Role.APPRAISER, "tinh/so-y-te")]
    assert session_of(admin, now()).actor.roles == {Role.ADMINISTRATOR}


def test_rights_where_units_stand_cost_what_they_did(made: World) -> None:
    merge(made, ["so-tu-phap"], "so-moi")
    for who, queries in (("owner", 1), ("standing_office", 2), ("so-moi.officer", 2), ("stranger", 5)):
        with CaptureQueriesContext(connection) as asked:
            made.session(who)
        assert len(asked) == queries, (who, len(asked))
