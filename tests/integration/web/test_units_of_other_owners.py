"""Units below an owner that has a standing office of its own: kept by that office alone, now and in the past."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from tests.factories.nested_owner import Nested, nested_owner
from tests.factories.world import World, now, person, unit

from parindex.database.mapping.units import stored_units
from parindex.database.models import ScoreSheet, Unit, UnitVersion, User
from parindex.documents.unit_tables.preview import change, preview
from parindex.documents.unit_tables.rows import UnitRow
from parindex.domain.errors import InvalidInput, Place
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.units import Decision, UnitRecord
from parindex.usecases.accounts import AccountData, deactivate_account, edit_account
from parindex.usecases.unit_import import import_units
from parindex.usecases.units import UnitData, change_unit, close_unit, create_unit, succeed_units

Person = Callable[[str], Client]
LAW = Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))


@pytest.fixture
def nested(made: World) -> Nested:
    return nested_owner(made)


def form(name: str, kind: str, parent: str, **more: str) -> dict[str, str]:
    return {"name": name, "kind": kind, "parent": parent, "first": f"{localdate(now()):%d/%m/%Y}", **more}


def place(of: Unit) -> str:
    return UnitVersion.objects.filter(unit=of).latest("valid_from").path


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("district_office", 302), ("administrator", 302), ("standing_office", 403), ("commune_leader", 403),
        ("owner", 403), ("colleague", 403), ("stranger", 403), ("auditor", 403),
    ],
)  # fmt: skip
def test_who_renames_a_unit_below_another_owner(
    made: World, nested: Nested, as_person: Person, who: str, status: int
) -> None:
    address = f"/units/{nested.commune.pk}/change/"
    assert as_person(who).post(address, form("Xã mới", "commune", "huyen")).status_code == status
    assert (UnitVersion.objects.filter(unit=nested.commune, name="Xã mới").count() == 1) == (status == 302)


def test_a_higher_office_takes_no_unit_out_of_another_owner_and_plants_no_leader_there(
    made: World, nested: Nested, as_person: Person
) -> None:
    office = as_person("standing_office")
    assert office.post(f"/units/{nested.commune.pk}/change/", form("UBND xã", "commune", "tinh")).status_code == 403
    assert place(nested.commune) == "tinh/huyen/xa"
    assert ScoreSheet.objects.get(pk=nested.sheet.pk).unit_path == "tinh/huyen/xa"
    planted = {"full_name": "Ai", "username": "ai", "unit": "xa", "role": "unit_leader"}
    assert office.post("/accounts/new/", planted).status_code == 422
    assert not User.objects.filter(username="ai").exists()


def test_nobody_puts_a_unit_into_another_owner_or_out_of_the_own_one(
    made: World, nested: Nested, as_person: Person
) -> None:
    office, district = made.session("standing_office"), made.session("district_office")
    data = UnitData("Phòng", "", "division", "huyen")
    with pytest.raises(Refusal, match="unit_of_other_office"):
        create_unit(by=office, at=now(), code="phong", data=data, first=localdate(now()), decision=LAW)
    moved = UnitData("Sở Y tế", "", "department", "huyen")
    with pytest.raises(Refusal, match="unit_of_other_office"):
        change_unit(by=office, at=now(), code="so-y-te", data=moved, first=localdate(now()), decision=LAW)
    out = UnitData("UBND xã", "", "commune", "tinh")
    with pytest.raises(Refusal, match="only_standing_office_units"):
        change_unit(by=district, at=now(), code="xa", data=out, first=localdate(now()), decision=LAW)
    made_there = create_unit(by=district, at=now(), code="phong", data=data, first=localdate(now()), decision=LAW)
    assert place(made_there) == "tinh/huyen/phong"


def test_no_unit_of_another_owner_is_closed_or_merged_from_above(made: World, nested: Nested) -> None:
    office, today = made.session("standing_office"), localdate(now())
    with pytest.raises(Refusal, match="unit_of_other_office"):
        close_unit(by=office, at=now(), code="xa", last=today, decision=LAW)
    for predecessors, successor, data in (
        (["xa"], "moi", UnitData("Mới", "", "commune", "tinh")), (["so-y-te"], "xa", None),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="unit_of_other_office"):
            succeed_units(
                by=office, at=now(), predecessors=predecessors, successor=successor, data=data, first=today,
                decision=LAW,
            )  # fmt: skip


def test_an_office_does_not_change_its_own_owner_and_the_one_above_does_so_by_decision(
    made: World, nested: Nested, as_person: Person
) -> None:
    own = as_person("district_office")
    for what in ("change", "close", "succeed"):
        assert own.get(f"/units/{nested.district.pk}/{what}/").status_code == 403
    renamed = form("UBND huyện Mới", "district", "tinh")
    assert own.post(f"/units/{nested.district.pk}/change/", renamed).status_code == 403
    above = as_person("standing_office")
    refused = above.post(f"/units/{nested.district.pk}/change/", renamed)
    assert "Thiếu số hoặc ngày của quyết định" in refused.text
    renamed |= {"decision": LAW.number, "decision_date": "16/06/2025"}
    assert above.post(f"/units/{nested.district.pk}/change/", renamed).status_code == 302
    assert UnitVersion.objects.filter(unit=nested.district).latest("valid_from").name == "UBND huyện Mới"
    assert above.post(f"/units/{made.province.pk}/change/", form("Tỉnh", "province", "")).status_code == 403


def test_a_page_offers_what_goes(made: World, nested: Nested, as_person: Person) -> None:
    change_words, add_words = "Đổi tên, loại, cấp trên", "Thêm đơn vị trực thuộc"
    for who, of, changes, adds in (
        ("standing_office", nested.district, True, False), ("district_office", nested.district, False, True),
        ("standing_office", nested.commune, False, False), ("district_office", nested.commune, True, True),
        ("owner", nested.commune, False, False), ("administrator", nested.commune, True, True),
    ):  # fmt: skip
        page = as_person(who).get(f"/units/{of.pk}/").text
        assert (change_words in page, add_words in page) == (changes, adds), (who, of.code)
    offered = as_person("standing_office").get("/units/new/").text
    assert '<option value="Sở Y tế">so-y-te</option>' in offered
    assert ">huyen</option>" not in offered
    assert ">xa</option>" not in offered


def test_a_table_reaches_no_further(made: World, nested: Nested) -> None:
    rows = stored_units()
    old = next(row for row in rows if row.record.code == "xa")
    moved = UnitRow(UnitRecord("xa", "UBND xã", "", "commune", "tinh", old.record.valid_from, None), LAW)
    added = UnitRow(UnitRecord("phong", "Phòng", "", "division", "huyen", localdate(now()), None), LAW)
    table = preview([change(moved, old, Place(row=2)), change(added, None, Place(row=3))], rows, [])
    with pytest.raises(InvalidInput) as wrong:
        import_units(by=made.session("standing_office"), at=now(), preview=table, file="bang.csv")
    assert [(one.kind, one.place.row) for one in wrong.value.problems] == [
        ("unit_not_managed", 2), ("unit_not_managed", 3)
    ]  # fmt: skip
    assert place(nested.commune) == "tinh/huyen/xa"
    own = preview([change(added, None, Place(row=3))], rows, [])
    import_units(by=made.session("district_office"), at=now(), preview=own, file="bang.csv")
    assert Unit.objects.filter(code="phong").exists()


def test_a_table_that_was_compared_with_older_units_is_refused(made: World, nested: Nested) -> None:
    rows = stored_units()
    added = UnitRow(UnitRecord("phong", "Phòng", "", "division", "huyen", localdate(now()), None), LAW)
    table = preview([change(added, None, Place(row=2))], rows, [])
    data = UnitData("Xã mới", "", "commune", "huyen")
    office = made.session("district_office")
    change_unit(by=office, at=now(), code="xa", data=data, first=localdate(now()), decision=LAW)
    with pytest.raises(Refusal, match="unit_table_outdated"):
        import_units(by=office, at=now(), preview=table, file="bang.csv")
    assert UnitVersion.objects.filter(unit=nested.commune, name="Xã mới").exists()


def test_who_kept_a_unit_earlier_rewrites_nothing_of_it_nor_who_keeps_it_now_of_then(
    made: World, nested: Nested
) -> None:
    other = unit("huyen-hai", "UBND huyện Hai", "district", made.province)
    made.people["other_district"] = person("other_district", other, Role.STANDING_OFFICE)
    moved = date(2025, 1, 1)
    data = UnitData("UBND xã", "", "commune", "huyen-hai")
    change_unit(by=made.session("administrator"), at=now(), code="xa", data=data, first=moved, decision=LAW)
    before, after = made.session("district_office"), made.session("other_district")
    then = moved - timedelta(days=400)
    renamed = UnitData("Xã khác", "", "commune", "huyen")
    for by in (before, after):
        with pytest.raises(Refusal, match="only_standing_office_units"):
            change_unit(by=by, at=now(), code="xa", data=renamed, first=then, decision=LAW)
        with pytest.raises(Refusal, match="only_standing_office_units"):
            close_unit(by=by, at=now(), code="xa", last=then, decision=LAW)
    here = UnitData("Xã khác", "", "commune", "huyen-hai")
    change_unit(by=after, at=now(), code="xa", data=here, first=localdate(now()), decision=LAW)
    assert place(nested.commune) == "tinh/huyen-hai/xa"


def test_an_owner_that_moved_still_keeps_what_was_below_it(made: World, nested: Nested) -> None:
    unit("vung", "Vùng", "division", made.province)
    admin = made.session("administrator")
    data = UnitData("UBND huyện", "", "district", "vung")
    change_unit(by=admin, at=now(), code="huyen", data=data, first=date(2025, 1, 1), decision=LAW)
    assert place(nested.commune) == "tinh/vung/huyen/xa"
    renamed = UnitData("Xã trước đây", "", "commune", "huyen")
    change_unit(
        by=made.session("district_office"), at=now(), code="xa", data=renamed, first=date(2023, 1, 1), decision=LAW
    )
    assert set(UnitVersion.objects.filter(unit=nested.commune).values_list("name", flat=True)) == {
        "UBND xã", "Xã trước đây"
    }  # fmt: skip


def test_accounts_in_another_owner_stay_with_its_office_after_every_attempt(
    made: World, nested: Nested, as_person: Person
) -> None:
    leader = made.people["commune_leader"]
    as_person("standing_office").post(f"/units/{nested.commune.pk}/change/", form("UBND xã", "commune", "tinh"))
    data = AccountData("Ai", "commune_leader", nested.commune.pk, "khac@example.vn")
    for who in ("standing_office", "leader", "owner"):
        by = made.session(who)
        with pytest.raises(Refusal, match="accounts_of_other_unit"):
            deactivate_account(by=by, at=now(), user_id=leader.pk, reason="Thử")
        with pytest.raises(Refusal, match="accounts_of_other_unit"):
            edit_account(by=by, at=now(), user_id=leader.pk, data=data)
    deactivate_account(by=made.session("district_office"), at=now(), user_id=leader.pk, reason="Nghỉ hưu")
    assert not User.objects.get(pk=leader.pk).is_active


def test_the_upload_says_which_row_is_of_another_owner(made: World, nested: Nested, as_person: Person) -> None:
    head = "Mã,Tên,Loại,Mã đơn vị cấp trên,Hiệu lực từ,Quyết định,Mã đơn vị tiền thân\n"
    table = (head + "xa,UBND xã,commune,tinh,01/01/2004,,\n").encode()
    client = as_person("standing_office")
    page = client.post("/units/import/", {"file": SimpleUploadedFile("bang.csv", table)})
    assert page.status_code == 200
    hidden = dict(re.findall(r'name="(digest|seen)" value="([0-9a-f]+)"', page.text))
    refused = client.post("/units/import/", hidden, follow=True)
    assert refused.status_code == 422
    assert "không thuộc phạm vi bạn quản lý" in refused.text
    assert place(nested.commune) == "tinh/huyen/xa"
