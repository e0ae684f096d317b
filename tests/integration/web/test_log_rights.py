"""The log shows nobody more of an object than its own pages: owners below, lead units, drafts, accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from tests.factories.nested_owner import Nested, nested_owner
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, now

from parindex.database.models import AuditChain, AuditRecord, Entry, RoleGrant
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.accounts import AccountData, edit_account
from parindex.usecases.actors import session_of
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]
WORDS = "Đã ban hành kế hoạch của xã"


@pytest.fixture
def nested(made: World) -> Nested:
    return nested_owner(made)


def written(made: World, who: str, sheet: int, item: str = "1.2") -> AuditRecord:
    change = Change(explanation=Typed(WORDS, digest("")))
    save_entry(by=made.session(who), at=now(), sheet_id=sheet, item_code=item, change=change)
    return AuditRecord.objects.filter(action="edit_entry").latest("pk")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("commune_officer", 200), ("commune_leader", 200), ("district_office", 200), ("auditor", 200), ("head", 404),
        ("standing_office", 404), ("owner", 404), ("leader", 404), ("stranger", 404), ("chair", 403),
        ("administrator", 403),
    ],
)  # fmt: skip
def test_acts_in_the_cycle_of_an_owner_below(
    made: World, nested: Nested, as_person: Person, who: str, status: int
) -> None:
    record = written(made, "commune_officer", nested.sheet.pk)
    client = as_person(who)
    assert client.get(f"/log/{record.pk}/").status_code == status
    page = client.get("/log/?action=edit_entry").text
    assert (f"/log/{record.pk}/" in page) == (status == 200)


def test_a_role_that_names_the_units_below_opens_them(made: World, nested: Nested, as_person: Person) -> None:
    record = written(made, "commune_officer", nested.sheet.pk)
    for who in ("head", "standing_office"):
        RoleGrant.objects.filter(user=made.people[who]).update(subtree=True)
        assert as_person(who).get(f"/log/{record.pk}/").status_code == 200
    RoleGrant.objects.filter(user=made.people["auditor"]).update(subtree=False)
    assert as_person("auditor").get(f"/log/{record.pk}/").status_code == 404
    assert as_person("auditor").get(f"/sheets/{nested.sheet.pk}/").status_code == 403


def test_only_cycles_that_one_reads_are_offered_and_named(made: World, nested: Nested, as_person: Person) -> None:
    other, own = nested.cycle.title, made.cycle.title
    for who, titles in (
        ("standing_office", {own}), ("auditor", {own, other}), ("district_office", {other}), ("owner", set()),
        ("head", set()),
    ):  # fmt: skip
        page = as_person(who).get("/log/?action=lock").text
        assert {title for title in (own, other) if title in page} == titles
    key = f"cycle-{nested.cycle.pk}"
    assert "Không có bản ghi nào khớp" in as_person("standing_office").get(f"/log/?chain={key}").text
    record = written(made, "owner", made.sheet.pk)
    page = as_person("colleague").get(f"/log/{record.pk}/").text
    assert own in page
    assert other not in page


def test_an_office_for_one_cycle_reads_that_cycle(made: World, as_person: Person) -> None:
    record = written(made, "owner", made.sheet.pk)
    RoleGrant.objects.filter(user=made.people["standing_office"]).update(cycle=made.cycle)
    assert as_person("standing_office").get(f"/log/{record.pk}/").status_code == 200
    other = made.cycle.pk + 1000
    chain = AuditChain.objects.get(pk=record.chain_id)
    AuditChain.objects.filter(pk=chain.pk).update(key=f"cycle-{other}")
    assert as_person("standing_office").get(f"/log/{record.pk}/").status_code == 404


def test_people_of_the_owners_unit_do_not_read_what_is_prepared(made: World, nested: Nested, as_person: Person) -> None:
    opened = AuditRecord.objects.get(action="open_cycle", unit=made.province)
    assert as_person("standing_office").get(f"/log/{opened.pk}/").status_code == 200
    assert as_person("auditor").get(f"/log/{opened.pk}/").status_code == 200
    assert as_person("head").get(f"/log/{opened.pk}/").status_code == 404


def test_acts_on_accounts_are_for_who_keeps_them_and_their_owner(
    made: World, nested: Nested, as_person: Person
) -> None:
    owner = made.people["owner"]
    data = AccountData("Owner", "owner", made.department.pk, owner.email, "Chuyên viên", "0215 111")
    edit_account(by=made.session("leader"), at=now(), user_id=owner.pk, data=data)
    record = AuditRecord.objects.get(action="edit_account")
    for who, status in (
        ("leader", 200), ("standing_office", 200), ("auditor", 200), ("owner", 200), ("colleague", 404),
        ("other_leader", 404), ("head", 404), ("district_office", 404),
    ):  # fmt: skip
        assert as_person(who).get(f"/log/{record.pk}/").status_code == status, who


def browser(parts: PartsWorld, who: str) -> Client:
    client = Client()
    client.force_login(parts.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_who_leads_an_item_of_another_bodys_sheet_reads_its_own_work(db: None) -> None:
    parts = parts_world()
    record = written(parts.made, "owner", parts.sheet.pk)
    part = parts.part("so-y-te")
    what = audit_log.target(part, unit=part.lead_unit_id, cycle=parts.sheet.cycle_id)
    with transaction.atomic():
        presented = audit_log.record("present", what, by=parts.session("owner"), at=now())
    presented = AuditRecord.objects.get(action="present", sequence=presented.sequence)
    for who, status in (
        ("owner", 200), ("colleague", 200), ("leader", 200), ("head", 200), ("clerk", 200), ("standing_office", 200),
        ("auditor", 200), ("stranger", 404), ("other_leader", 404),
    ):  # fmt: skip
        assert browser(parts, who).get(f"/log/{record.pk}/").status_code == status, who
        assert browser(parts, who).get(f"/log/{presented.pk}/").status_code == status, who
    other = Entry.objects.get(sheet=parts.sheet, item_code="1.2")
    Entry.objects.filter(pk=other.pk).update(part=parts.part("so-tu-phap"))  # the item moves, and its log with it
    assert browser(parts, "owner").get(f"/log/{record.pk}/").status_code == 404
    assert browser(parts, "stranger").get(f"/log/{record.pk}/").status_code == 200


def test_the_role_that_allowed_the_act_is_kept_for_who_has_several(made: World) -> None:
    owner = made.people["owner"]
    RoleGrant.objects.create(user=owner, role=Role.AUDITOR, unit=made.province, granted_at=now())
    RoleGrant.objects.create(user=owner, role=Role.UNIT_LEADER, unit=made.other_department, granted_at=now())
    assert written(made, "owner", made.sheet.pk).role == "unit_officer"
    data = AccountData("Stranger", "stranger", made.other_department.pk, "stranger@example.vn", "Trưởng phòng")
    edit_account(by=session_of(owner, now()), at=now(), user_id=made.people["stranger"].pk, data=data)
    assert AuditRecord.objects.get(action="edit_account").role == "unit_leader"


def test_what_belongs_to_no_unit_is_read_by_auditors_of_the_whole(
    made: World, nested: Nested, as_person: Person
) -> None:
    what = audit_log.Target("account_table", "tai-khoan.csv")
    with transaction.atomic():
        audit_log.record("import_accounts", what, by=made.session("administrator"), at=now(), after={"added": 3})
    record = AuditRecord.objects.get(action="import_accounts")
    assert as_person("auditor").get(f"/log/{record.pk}/").status_code == 200
    assert f"/log/{record.pk}/" in as_person("auditor").get("/log/?action=import_accounts").text
    for who in ("standing_office", "leader", "owner", "stranger", "head", "district_office"):
        assert as_person(who).get(f"/log/{record.pk}/").status_code == 404, who
    grants = RoleGrant.objects.filter(user=made.people["auditor"])
    grants.update(subtree=False)
    assert as_person("auditor").get(f"/log/{record.pk}/").status_code == 404
    grants.update(subtree=True, unit=made.department)
    assert as_person("auditor").get(f"/log/{record.pk}/").status_code == 404


def test_what_belongs_to_no_unit_in_the_cycle_of_another_is_no_matter_of_the_whole(
    made: World, nested: Nested, as_person: Person
) -> None:
    with transaction.atomic():
        what = audit_log.Target("unit_table", "x", cycle=made.cycle.pk + 1000)
        audit_log.record("export_progress", what, by=None, at=now())
    record = AuditRecord.objects.latest("pk")
    assert as_person("auditor").get(f"/log/{record.pk}/").status_code == 404
