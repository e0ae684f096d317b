"""Tables of units and of accounts: every error by row, a preview, then all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.factories.world import World, person

from parindex.database.mapping.units import stored_units
from parindex.database.models import AuditRecord, RoleGrant, Unit, UnitSuccession, UnitVersion, User
from parindex.documents.unit_tables.units_table import read_units
from parindex.domain.review.roles import Role
from parindex.web.audit_log.views import differences

Person = Callable[[str], Client]
UNITS = "Mã,Tên,Loại,Mã đơn vị cấp trên,Hiệu lực từ,Quyết định,Mã đơn vị tiền thân\n"
ACCOUNTS = "Họ tên,Thư điện tử,Tên đăng nhập,Đơn vị,Vai trò,Điện thoại,Chức vụ\n"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    import shutil

    cache.clear()
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


def upload(client: Client, address: str, content: str | bytes, name: str = "bang.csv") -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def take(client: Client, address: str, page: str, **confirmed: str) -> HttpResponse:
    hidden = dict(re.findall(r'name="(digest|seen)" value="([0-9a-f]+)"', page))
    assert set(hidden) == {"digest", "seen"}
    return client.post(address, {**hidden, **confirmed}, follow=True)


@pytest.mark.parametrize(
    ("who", "units", "accounts"),
    [
        ("administrator", 200, 200), ("standing_office", 200, 200), ("leader", 403, 200), ("owner", 403, 403),
        ("stranger", 403, 403), ("auditor", 403, 403),
    ],
)  # fmt: skip
def test_who_brings_in_tables(made: World, as_person: Person, who: str, units: int, accounts: int) -> None:
    client = as_person(who)
    assert client.get("/units/import/").status_code == units
    assert client.get("/accounts/import/").status_code == accounts
    assert client.post("/units/export/").status_code == units
    assert client.post("/accounts/form/").status_code == accounts


def test_units_are_shown_first_and_then_taken(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    table = UNITS + "phong-1,Phòng Một,phòng ban khác,so-y-te,01/07/2025,,\n"
    wrong = upload(client, "/units/import/", table)
    assert wrong.status_code == 422
    assert "Không có loại đơn vị" in wrong.text
    table = (
        UNITS
        + 'phong-1,Phòng Một,"phòng, ban",so-y-te,01/07/2025,,\nso-y-te,Sở Y tế tỉnh,department,tinh,01/01/2004,,\n'
    )
    page = upload(client, "/units/import/", table)
    assert page.status_code == 200
    assert "thêm 1, sửa 1, giữ nguyên 0" in page.text
    assert "loại: phòng, ban" in page.text
    assert "<del>Sở Y tế</del> <ins>Sở Y tế tỉnh</ins>" in page.text
    assert not Unit.objects.filter(code="phong-1").exists()
    done = take(client, "/units/import/", page.text)
    assert "Đã ghi bảng đơn vị" in done.text
    made_there = UnitVersion.objects.get(unit__code="phong-1")
    assert (made_there.path, made_there.kind) == ("tinh/so-y-te/phong-1", "division")
    assert UnitVersion.objects.get(unit=made.department).name == "Sở Y tế tỉnh"
    record = AuditRecord.objects.get(action="import_units")
    assert '"added": ["phong-1"]' in record.after
    assert "Tệp đã xem không còn nữa" in take(client, "/units/import/", page.text).text  # a second click takes nothing


def test_every_error_of_units_is_told_by_row_and_nothing_is_taken(made: World, as_person: Person) -> None:
    table = UNITS + (
        "phong-1,Phòng Một,,khong-co,01/07/2025,,\n"
        "phong 2,Phòng Hai,,tinh,31/02/2025,,\n"
        "phong-3,,,tinh,01/07/2025,,\n"
        "phong-4,Phòng Bốn,,tinh,01/07/2025,,so-y-te\n"
        "phong-5,Phòng Năm,,tinh,01/07/2025,,\n"
    )
    page = upload(as_person("standing_office"), "/units/import/", table)
    assert page.status_code == 422
    for words in ("khong-co", "ký tự không dùng được", "31/02/2025", "thiếu số hoặc ngày của quyết định"):
        assert words in page.text
    assert "dòng 2" in page.text
    assert "Ghi tất cả" not in page.text
    assert Unit.objects.count() == 4


def test_units_that_a_table_brings_are_told_by_the_names_it_gives_them(made: World, as_person: Person) -> None:
    """In what is wrong with the table, in the preview, in what is refused, and in the log."""
    client = as_person("standing_office")
    page = upload(client, "/units/import/", UNITS + "phong-4,Phòng Bốn,,tinh,01/07/2025,,so-y-te\n")
    assert "“Phòng Bốn (phong-4)” kế thừa “Sở Y tế (so-y-te)” nhưng thiếu số hoặc ngày" in page.text
    table = UNITS + "tinh-khac,Tỉnh khác,province,,01/07/2025,,\n"
    refused = take(client, "/units/import/", upload(client, "/units/import/", table).text)
    assert "Tỉnh khác (tinh-khac)" in refused.text
    rows = (
        "so-moi,Sở Mới,department,tinh,01/07/2025,1656/NQ-UBTVQH15 ngày 16/06/2025,so-tu-phap\n"
        "phong-1,Phòng Một,,so-moi,01/07/2025,,\n"
        "so-tu-phap,Sở Tư pháp,department,tinh,01/01/2004,,\n"
    )
    table = UNITS.replace(",Quyết định", ",Hiệu lực đến,Quyết định") + rows.replace("01/07/2025,", "01/07/2025,,")
    table = table.replace("01/01/2004,", "01/01/2004,30/06/2025,")
    page = upload(client, "/units/import/", table)
    assert "Sở Mới (so-moi)" in page.text  # the parent of Phòng Một, not there yet
    assert "Đã ghi bảng đơn vị" in take(client, "/units/import/", page.text, despite_sheets="1").text
    told = {one.action: one for one in AuditRecord.objects.order_by("pk")}
    assert fields_of(told["import_units"])["đã thêm"] == (None, "Sở Mới (so-moi); Phòng Một (phong-1)")
    founded = AuditRecord.objects.filter(action="create_unit").order_by("pk")
    said = [fields_of(one) for one in founded]
    assert [(one["cấp trên"], one["đơn vị tiền thân"]) for one in said] == [
        ((None, "UBND tỉnh (tinh)"), (None, "Sở Tư pháp (so-tu-phap)")), ((None, "Sở Mới (so-moi)"), (None, "")),
    ]  # fmt: skip


def fields_of(record: AuditRecord) -> dict[str, tuple[str | None, str | None]]:
    """What the page of a record shows as changed."""
    return {one.field: (one.before, one.after) for one in differences(record)}


def test_rows_of_other_owners_are_refused_with_their_place(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    table = UNITS + "tinh-khac,Tỉnh khác,province,,01/07/2025,,\nso-moi,Sở mới,department,tinh,01/07/2025,,\n"
    page = upload(client, "/units/import/", table)
    refused = take(client, "/units/import/", page.text)
    assert refused.status_code == 422
    assert "không thuộc phạm vi bạn quản lý" in refused.text
    assert not Unit.objects.filter(code__in=["tinh-khac", "so-moi"]).exists()
    admin = as_person("administrator")
    take(admin, "/units/import/", upload(admin, "/units/import/", table).text)
    assert Unit.objects.filter(code__in=["tinh-khac", "so-moi"]).count() == 2


def test_what_changed_since_the_preview_is_shown_again(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    page = upload(client, "/units/import/", UNITS + "so-y-te,Sở Y tế tỉnh,department,tinh,01/01/2004,,\n")
    UnitVersion.objects.filter(unit=made.department).update(name="Sở Y tế và Dân số")
    again = take(client, "/units/import/", page.text)
    assert "Dữ liệu đã đổi" in again.text
    assert UnitVersion.objects.get(unit=made.department).name == "Sở Y tế và Dân số"
    take(client, "/units/import/", again.text)
    assert UnitVersion.objects.get(unit=made.department).name == "Sở Y tế tỉnh"


def test_nobody_takes_what_somebody_else_has_uploaded(made: World, as_person: Person) -> None:
    page = upload(as_person("standing_office"), "/units/import/", UNITS + "so-moi,Sở mới,,tinh,01/07/2025,,\n")
    other = take(as_person("administrator"), "/units/import/", page.text)
    assert "Tệp đã xem không còn nữa" in other.text
    assert not Unit.objects.filter(code="so-moi").exists()


def test_successions_come_in_with_their_decision(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    table = (
        "Mã,Tên,Loại,Mã đơn vị cấp trên,Hiệu lực từ,Hiệu lực đến,Quyết định,Ngày quyết định,Mã đơn vị tiền thân\n"
        "so-y-te,Sở Y tế,department,tinh,01/01/2004,30/06/2025,,,\n"
        "so-moi,Sở mới,department,tinh,01/07/2025,,1656/NQ-UBTVQH15,16/06/2025,so-y-te\n"
    )
    take(client, "/units/import/", upload(client, "/units/import/", table).text, despite_sheets="1")
    made_there = UnitSuccession.objects.get()
    assert (made_there.successor.code, made_there.decision_number) == ("so-moi", "1656/NQ-UBTVQH15")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_given_out_comes_in_again_without_a_change(
    made: World, as_person: Person, kind: str, tmp_path: Path
) -> None:
    client = as_person("standing_office")
    answer = client.post("/units/export/", {"as": kind})
    path = tmp_path / f"units.{kind}"
    path.write_bytes(answer.content)
    found = read_units(path, stored_units())
    assert {one.kind for one in found.changes} == {"unchanged"}
    assert len(found.changes) == 4
    assert "Không có gì thay đổi" in upload(client, "/units/import/", answer.content, path.name).text
    assert AuditRecord.objects.get(action="export_units").after == '{"rows": 4}'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bang.csv", b"", "Bảng"), ("bang.exe", b"MZ", ".xlsx"), ("bang.xlsx", b"PK\x03\x04rac", ""),
        ("bang.csv", b"\xff\xfe\x00M", ""), ("../../bang.csv", b"a,b\n1,2\n", ""),
    ],
)  # fmt: skip
def test_files_that_are_no_tables_are_refused(
    made: World, as_person: Person, name: str, content: bytes, words: str
) -> None:
    for address in ("/units/import/", "/accounts/import/"):
        page = upload(as_person("standing_office"), address, content, name)
        assert page.status_code == 422
        assert words in page.text
    assert as_person("standing_office").post("/units/import/", {}).status_code == 422


def test_accounts_come_in_with_roles_and_links(made: World, as_person: Person) -> None:
    client = as_person("leader")
    table = ACCOUNTS + (
        "Người Mới,moi@example.vn,moi,so-y-te,cán bộ đơn vị,0215 3825 111,Chuyên viên\n"
        "Colleague,colleague@example.vn,colleague,so-y-te,cán bộ đơn vị; phụ trách khảo sát,,Trưởng phòng\n"
    )
    page = upload(client, "/accounts/import/", table)
    assert "thêm 1, sửa 1" in page.text
    assert not User.objects.filter(username="moi").exists()
    done = take(client, "/accounts/import/", page.text)
    assert "1 tài khoản mới" in done.text
    link = re.search(r"(/invitation/[\w-]+/)", done.text)
    assert link
    assert Client().get(link[1]).status_code == 200
    assert RoleGrant.objects.get(user__username="moi").role == "unit_officer"
    held = RoleGrant.objects.filter(user=made.people["colleague"], ended_at=None).values_list("role", flat=True)
    assert set(held) == {"unit_officer", "survey_staff"}
    assert User.objects.get(username="colleague").position == "Trưởng phòng"
    assert AuditRecord.objects.filter(action="import_accounts").count() == 1


def test_a_role_that_is_no_longer_in_the_row_ends(made: World, as_person: Person) -> None:
    client = as_person("leader")
    table = ACCOUNTS + "Colleague,colleague@example.vn,colleague,so-y-te,phụ trách khảo sát,,\n"
    take(client, "/accounts/import/", upload(client, "/accounts/import/", table).text)
    held = RoleGrant.objects.filter(user=made.people["colleague"], ended_at=None).values_list("role", flat=True)
    assert set(held) == {"survey_staff"}
    assert RoleGrant.objects.filter(user=made.people["owner"], ended_at=None).count() == 1  # not in the table


def test_every_error_of_accounts_is_told_by_row(made: World, as_person: Person) -> None:
    table = ACCOUNTS + (
        "A,khong-phai-thu,a,so-y-te,cán bộ đơn vị,,\n"
        "B,b@example.vn,b,so-tu-phap,cán bộ đơn vị,,\n"
        "C,c@example.vn,c,so-y-te,vua,,\n"
        "D,b@example.vn,d,so-y-te,cán bộ đơn vị,,\n"
    )
    page = upload(as_person("leader"), "/accounts/import/", table)
    assert page.status_code == 422
    for words in ("không phải một địa chỉ", "so-tu-phap", "Không có vai trò", "đã có ở dòng"):
        assert words in page.text
    assert User.objects.count() == 12


@pytest.mark.parametrize(
    "row",
    [
        "A,a@example.vn,a,so-y-te,quản trị hệ thống,,",
        "A,a@example.vn,a,so-y-te,cơ quan thường trực,,",
        "Stranger,stranger@example.vn,stranger,so-y-te,cán bộ đơn vị,,",
        "Leader,leader@example.vn,leader,so-y-te,lãnh đạo đơn vị; cán bộ đơn vị,,",
        "Boss,boss@example.vn,boss,so-y-te,cán bộ đơn vị,,",
    ],
)
def test_a_table_gives_no_more_than_its_bringer_may(made: World, as_person: Person, row: str) -> None:
    person("boss", made.department, Role.ADMINISTRATOR, made.province)
    client = as_person("leader")
    good = "Người Mới,moi@example.vn,moi,so-y-te,cán bộ đơn vị,,\n"
    before = list(RoleGrant.objects.order_by("pk").values_list("user", "role", "ended_at"))
    answer = upload(client, "/accounts/import/", ACCOUNTS + good + row + "\n")
    assert answer.status_code == 422
    assert list(RoleGrant.objects.order_by("pk").values_list("user", "role", "ended_at")) == before
    assert not User.objects.filter(username__in=["moi", "a"]).exists()


def test_a_name_that_somebody_had_who_left_is_an_error_of_its_row(made: World, as_person: Person) -> None:
    User.objects.filter(username="colleague").update(is_active=False)
    client = as_person("leader")
    table = ACCOUNTS + "Người Mới,moi@example.vn,colleague,so-y-te,cán bộ đơn vị,,\n"
    answer = upload(client, "/accounts/import/", table)
    assert answer.status_code == 422
    assert "có thể đã ngừng" in answer.text
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_rights_that_ended_since_the_preview_take_nothing(made: World, as_person: Person) -> None:
    client = as_person("leader")
    page = upload(client, "/accounts/import/", ACCOUNTS + "Người Mới,moi@example.vn,moi,so-y-te,cán bộ đơn vị,,\n")
    RoleGrant.objects.filter(user=made.people["leader"]).update(unit=made.other_department)
    assert take(client, "/accounts/import/", page.text).status_code == 422
    assert not User.objects.filter(username="moi").exists()


def test_a_preview_tells_nothing_of_accounts_of_others(made: World, as_person: Person) -> None:
    rows = (
        "Ai đó,,stranger,so-y-te,cán bộ đơn vị,,\nAi khác,auditor@example.vn,,so-y-te,cán bộ đơn vị,,\n"
        "Tôi,,leader,so-y-te,lãnh đạo đơn vị,,\n"
    )
    page = upload(as_person("leader"), "/accounts/import/", ACCOUNTS + rows)
    assert page.status_code == 422
    assert page.text.count("là của tài khoản khác, có thể đã ngừng") == 3
    main = page.text.split("<main", 1)[1]
    for known in ("Stranger", "so-tu-phap", "Sở Tư pháp", "Auditor", "stranger@example.vn"):
        assert known not in main
    same = upload(
        as_person("leader"), "/accounts/import/", ACCOUNTS + "Owner,owner@example.vn,owner,so-y-te,cán bộ đơn vị,,\n"
    )
    assert same.status_code == 200


def test_a_table_does_not_move_the_address_of_an_account_in_use(made: World, as_person: Person) -> None:
    row = "Owner,cua-toi@example.vn,owner,so-y-te,cán bộ đơn vị,,\n"
    refused = upload(as_person("standing_office"), "/accounts/import/", ACCOUNTS + row)
    assert refused.status_code == 422
    assert "không đổi được thư điện tử" in refused.text
    assert upload(as_person("leader"), "/accounts/import/", ACCOUNTS + row).status_code == 200
