"""What the log says of units, of accounts and of links: every act on its own object, for those who may read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.factories.nested_owner import nested_owner
from tests.factories.parts_world import parts_world
from tests.factories.world import PASSWORD, World, now, person

from parindex.database.mapping.units import stored_units
from parindex.database.models import AuditRecord, CycleGroup, Entry, RoleGrant, UnitVersion
from parindex.documents.unit_tables.preview import change, preview
from parindex.documents.unit_tables.rows import AccountRow, UnitRow
from parindex.domain.errors import Place
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision, UnitRecord
from parindex.usecases.account_import import import_accounts, stored_accounts
from parindex.usecases.accounts import deactivate_account, end_role
from parindex.usecases.cycles import NewGroup, add_group, create_cycle
from parindex.usecases.invitations import close_links, invite, reset_login
from parindex.usecases.sheet_parts import assign_items
from parindex.usecases.unit_import import import_units
from parindex.usecases.units import UnitData, change_unit, close_unit, log_unit_export, succeed_units

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
NEXT = Decision("02/QĐ-UBND", date(2025, 9, 1))
D = date(2025, 7, 1)


def said(record: AuditRecord) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = (json.loads(one) if one else {} for one in (record.before, record.after))
    return before, after


def department(name: str) -> UnitData:
    return UnitData(name, "", "department", "tinh")


# --- units -----------------------------------------------------------------------------------------------------------


def test_a_table_leaves_a_record_for_each_unit_and_one_for_itself(made: World) -> None:
    rows = stored_units()
    old = next(row for row in rows if row.record.code == "so-y-te")
    mended = UnitRow(UnitRecord("so-y-te", "Sở Y tế tỉnh", "", "department", "tinh", old.record.valid_from, None), LAW)
    added = UnitRow(UnitRecord("phong", "Phòng", "", "division", "so-y-te", D, None), NEXT)
    table = preview([change(mended, old, Place(row=2)), change(added, None, Place(row=3))], rows, [])
    import_units(by=made.session("standing_office"), at=now(), preview=table, file="bang.csv")
    changed, created, whole = AuditRecord.objects.filter(action__contains="_unit").order_by("sequence")
    assert (changed.action, changed.unit, changed.reason) == (
        "change_unit", made.department, "1656/NQ-UBTVQH15, 16/06/2025"
    )  # fmt: skip
    before, after = said(changed)
    assert {name for name in after if after[name] != before[name]} == {"name", "decision"}
    assert (before["name"], after["name"], after["parent"], after["valid_from"]) == (
        "Sở Y tế", "Sở Y tế tỉnh", "tinh", "2004-01-01"
    )  # fmt: skip
    assert (created.action, created.unit.code, created.before) == ("create_unit", "phong", "")
    assert (whole.action, whole.unit) == ("import_units", made.office)


def test_an_auditor_reads_that_tables_came_in_and_went_out(made: World, as_person: Person) -> None:
    log_unit_export(by=made.session("standing_office"), at=now(), rows=4)
    record = AuditRecord.objects.get(action="export_units")
    assert record.unit == made.office
    for who, status in (("auditor", 200), ("owner", 404), ("colleague", 404), ("stranger", 404)):
        assert as_person(who).get(f"/log/{record.pk}/").status_code == status, who


def test_a_unit_is_not_closed_before_what_was_changed_later(made: World, as_person: Person) -> None:
    office = made.session("standing_office")
    change_unit(by=office, at=now(), code="so-y-te", data=department("Sở Y tế và Dân số"), first=D, decision=LAW)
    count = AuditRecord.objects.count()
    form = {"last": "30/06/2024", "decision": NEXT.number, "decision_date": "01/09/2025", "despite_sheets": "1"}
    page = as_person("standing_office").post(f"/units/{made.department.pk}/close/", form)
    assert page.status_code == 422
    assert "đã ghi thay đổi từ ngày 01/07/2025 (Sở Y tế và Dân số)" in page.text
    assert UnitVersion.objects.filter(unit=made.department).count() == 2
    assert AuditRecord.objects.count() == count
    close_unit(by=office, at=now(), code="so-y-te", last=date(2025, 12, 31), decision=NEXT, confirmed=True)
    before, after = said(AuditRecord.objects.get(action="close_unit"))
    assert (before["valid_to"], after["valid_to"]) == (None, "2025-12-31")
    assert (before["ending"], after["ending"]) == ("", "02/QĐ-UBND, 01/09/2025")
    first = UnitVersion.objects.filter(unit=made.department).earliest("valid_from")
    assert (first.name, first.valid_to) == ("Sở Y tế", date(2025, 6, 30))


def test_every_unit_that_ends_by_a_succession_has_its_own_record(made: World) -> None:
    succeed_units(
        by=made.session("standing_office"), at=now(), predecessors=["so-y-te", "so-tu-phap"], successor="so-moi",
        data=department("Sở mới"), first=D, decision=LAW, confirmed=True,
    )  # fmt: skip
    ended = AuditRecord.objects.filter(action="close_unit").order_by("sequence")
    assert {one.unit.code for one in ended} == {"so-y-te", "so-tu-phap"}
    for one in ended:
        before, after = said(one)
        assert (before["valid_to"], after["valid_to"], one.reason) == (
            None, "2025-06-30", "1656/NQ-UBTVQH15, 16/06/2025"
        )  # fmt: skip
    founded = AuditRecord.objects.get(action="succeed_unit")
    assert (founded.before, said(founded)[1]["predecessors"]) == ("", ["so-y-te", "so-tu-phap"])


def test_who_takes_in_others_is_logged_as_it_was_before(made: World) -> None:
    succeed_units(
        by=made.session("standing_office"), at=now(), predecessors=["so-tu-phap"], successor="so-y-te", data=None,
        first=D, decision=LAW, overlap="nhận sáp nhập", confirmed=True,
    )  # fmt: skip
    before, after = said(AuditRecord.objects.get(action="succeed_unit"))
    assert (before["name"], before["valid_from"], before["predecessors"]) == ("Sở Y tế", "2004-01-01", [])
    assert (after["valid_from"], after["predecessors"]) == ("2025-07-01", ["so-tu-phap"])
    assert AuditRecord.objects.get(action="close_unit").unit == made.other_department


def test_who_is_kept_beside_its_successor_does_not_end(made: World) -> None:
    succeed_units(
        by=made.session("standing_office"), at=now(), predecessors=["so-tu-phap"], successor="so-moi",
        data=department("Sở mới"), first=D, decision=LAW, overlap="chia tách", keep=True,
    )  # fmt: skip
    assert not AuditRecord.objects.filter(action="close_unit").exists()
    assert UnitVersion.objects.get(unit=made.other_department).valid_to is None


def test_who_was_changed_later_is_not_ended_by_a_succession_before(made: World) -> None:
    office = made.session("standing_office")
    change_unit(
        by=office, at=now(), code="so-tu-phap", data=department("Sở Tư pháp mới"), first=date(2025, 10, 1), decision=LAW
    )
    with pytest.raises(Refusal, match="unit_changes_later"):
        succeed_units(
            by=office, at=now(), predecessors=["so-tu-phap"], successor="so-moi", data=department("Sở mới"), first=D,
            decision=LAW,
        )  # fmt: skip
    assert UnitVersion.objects.filter(unit=made.other_department).count() == 2


# --- accounts and links ----------------------------------------------------------------------------------------------


def test_a_table_of_accounts_says_whose_and_why(made: World, as_person: Person) -> None:
    by = made.session("leader")
    rows = stored_accounts(by=by, at=now())
    old = next(row for row in rows if row.username == "owner")
    left = AccountRow(old.full_name, old.email, old.username, old.unit, (Role.SURVEY_STAFF,), "0215 111", old.position)
    new = AccountRow("Mới", "moi@example.vn", "moi", "so-y-te", (Role.UNIT_OFFICER,))
    table = preview([change(left, old, Place(row=2)), change(new, None, Place(row=3))], rows, [])
    import_accounts(by=by, at=now(), preview=table, file="nguoi.csv", address_of=str)
    found = AuditRecord.objects.filter(actor=by.user).order_by("sequence")
    assert [(one.action, one.unit.code) for one in found] == [
        ("end_role", "so-y-te"), ("edit_account", "so-y-te"), ("give_role", "so-y-te"), ("create_account", "so-y-te"),
        ("give_role", "so-y-te"), ("invite", "so-y-te"), ("import_accounts", "so-y-te"),
    ]  # fmt: skip
    assert found[0].reason == "Theo bảng nguoi.csv"
    assert as_person("auditor").get(f"/log/{found.last().pk}/").status_code == 200
    assert as_person("stranger").get(f"/log/{found.last().pk}/").status_code == 404


@pytest.mark.parametrize("who", ["leader", "colleague", "stranger"])
def test_a_role_ends_with_a_reason(made: World, who: str) -> None:
    grant = RoleGrant.objects.get(user=made.people["owner"])
    with pytest.raises(Refusal, match="reason_needed" if who == "leader" else "accounts_of_other_unit"):
        end_role(by=made.session(who), at=now(), grant_id=grant.pk, reason="  ")
    assert RoleGrant.objects.get(pk=grant.pk).ended_at is None


def test_every_link_that_is_revoked_is_logged_with_who_did_it(made: World) -> None:
    leader = made.session("leader")
    user = person("prepared", made.department, Role.UNIT_OFFICER)
    user.set_unusable_password()
    user.save()

    def revoked() -> list[tuple[str, str, str]]:
        rows = AuditRecord.objects.filter(action="revoke_invitation", object_id=str(user.pk)).order_by("sequence")
        return list(rows.values_list("actor_name", "after", "reason"))

    invite(by=leader, at=now(), user_id=user.pk, address_of=str)
    assert revoked() == []
    invite(by=leader, at=now(), user_id=user.pk, address_of=str)
    assert revoked() == [("Leader", '{"links": 1}', "")]
    user.set_password(PASSWORD)
    user.save()
    assert Client().post("/login/", {"login": "prepared", "password": PASSWORD}).status_code == 302
    assert revoked()[1:] == [("Prepared", '{"links": 1}', "")]
    assert close_links(user=user, at=now()) == 0
    for number, reason in ((2, "Quên"), (3, "Lại quên")):
        reset_login(by=leader, at=now(), user_id=user.pk, reason=reason, address_of=str)
        assert len(revoked()) == number
    assert revoked()[2:] == [("Leader", '{"links": 1}', "Lại quên")]
    deactivate_account(by=leader, at=now(), user_id=user.pk, reason="Nghỉ hưu")
    assert revoked()[3:] == [("Leader", '{"links": 1}', "Nghỉ hưu")]


def test_who_loses_an_item_with_its_part_stands_in_the_log(db: None) -> None:
    parts = parts_world()
    made = parts.made
    entry = Entry.objects.get(sheet=parts.sheet, item_code="1.2")
    entry.assignee = made.people["owner"]
    entry.save(update_fields=["assignee"])
    leads = dict.fromkeys(("1.1", "1.2"), made.other_department.pk)
    assign_items(
        by=made.session("standing_office"), at=now(), sheet_id=parts.sheet.pk, leads=leads, reason="Đổi đầu mối"
    )
    [record] = AuditRecord.objects.filter(action="assign_item")
    assert (record.object_id, record.reason, record.unit) == (str(entry.pk), "Đổi đầu mối", made.province)
    assert said(record) == ({"assignee": "Owner"}, {"assignee": ""})


# --- groups of a cycle -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "of_set", "of_unit", "reason"),
    [
        ("district_office", "huyen", "xa", ""), ("district_office", "huyen", "huyen", ""),
        ("district_office", "tinh", "xa", "set_not_of_owner"),
        ("district_office", "huyen", "so-y-te", "units_of_others"),
        ("district_office", "huyen", "tinh", "units_of_others"),
        ("standing_office", "huyen", "xa", "only_standing_office"), ("owner", "huyen", "xa", "only_standing_office"),
        ("commune_officer", "huyen", "xa", "only_standing_office"),
    ],
)  # fmt: skip
def test_a_group_is_of_the_owner(made: World, who: str, of_set: str, of_unit: str, reason: str) -> None:
    nested = nested_owner(made)
    units = {"xa": nested.commune, "huyen": nested.district, "so-y-te": made.department, "tinh": made.province}
    sets = {"tinh": made.version, "huyen": nested.sheet.group.set_version}
    place = UnitVersion.objects.get(unit=nested.district)
    cycle = create_cycle(by=made.session("district_office"), at=now(), owner=place, title="Kỳ", year=2025)
    group = NewGroup("g", "Nhóm", sets[of_set].pk, (units[of_unit].pk,))
    if reason:
        with pytest.raises(Refusal, match=reason):
            add_group(by=made.session(who), at=now(), cycle_id=cycle.pk, group=group)
    else:
        add_group(by=made.session(who), at=now(), cycle_id=cycle.pk, group=group)
    assert CycleGroup.objects.filter(cycle=cycle).count() == (0 if reason else 1)
