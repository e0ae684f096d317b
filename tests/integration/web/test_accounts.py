"""Accounts below one's own: who sees and changes whom, roles, leaving and coming back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import PASSWORD, World, now, person, unit

from parindex.database.models import AuditRecord, Cycle, Entry, RoleGrant, User
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases.accounts import GivenRole, give_role

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
NEW = {
    "full_name": "Cán bộ mới", "username": "can-bo-moi", "email": "moi@example.vn", "position": "", "phone": "",
    "unit": "so-y-te", "role": "unit_officer",
}  # fmt: skip


def names(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/accounts/{query}").text
    return [name for name in ALL if f">{name.replace('_', ' ').title()}</a></th>" in page]


ALL = (
    "administrator", "standing_office", "owner", "colleague", "leader", "stranger", "other_leader", "appraiser",
    "chair", "secretary", "survey_staff", "auditor",
)  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("standing_office", 200),
        ("leader", 200),
        ("owner", 403),
        ("auditor", 403),
        ("chair", 403),
    ],
)
def test_who_manages_accounts(made: World, as_person: Person, who: str, status: int) -> None:
    assert as_person(who).get("/accounts/").status_code == status
    assert as_person(who).get("/accounts/new/").status_code == status


def test_everybody_sees_only_the_accounts_below(made: World, as_person: Person) -> None:
    assert names(as_person("leader")) == ["owner", "colleague", "leader"]
    assert names(as_person("standing_office")) == list(ALL)
    foreign = unit("tinh-khac", "Tỉnh khác", "province")
    person("foreign_leader", foreign, Role.UNIT_LEADER)
    page = as_person("standing_office").get("/accounts/").text
    assert "Foreign Leader" not in page
    assert "Foreign Leader" in as_person("administrator").get("/accounts/").text


def test_the_list_is_filtered_and_searched(made: World, as_person: Person) -> None:
    office = as_person("standing_office")
    assert names(office, "?role=unit_leader") == ["leader", "other_leader"]
    assert names(office, "?search=sở y tế") == ["owner", "colleague", "leader"]
    assert names(office, "?search=COLLEAGUE@example.vn") == ["colleague"]
    assert names(office, "?state=deactivated") == []
    assert names(office, "?state=nonsense&page=x&role=y") == list(ALL)
    assert "Không có tài khoản nào khớp" in office.get("/accounts/?search=không có ai").text


def test_the_number_of_queries_does_not_grow(made: World, as_person: Person) -> None:
    client = as_person("leader")
    client.get("/accounts/")
    with CaptureQueriesContext(connection) as three:
        client.get("/accounts/")
    for number in range(20):
        person(f"them_{number}", made.department, Role.UNIT_OFFICER)
    with CaptureQueriesContext(connection) as many:
        client.get("/accounts/")
    assert len(many) == len(three)


def test_the_list_alone_is_sent_where_the_page_is_there(made: World, as_person: Person) -> None:
    answer = as_person("leader").get(
        "/accounts/?search=owner", headers={"HX-Request": "true", "HX-Target": "people-table"}
    )
    assert answer.text.lstrip().startswith('<div id="people-table">')
    assert answer["Vary"].startswith("HX-Request")


def test_more_than_a_hundred_come_in_pages(made: World, as_person: Person) -> None:
    User.objects.bulk_create(
        User(username=f"x{n:03}", full_name=f"X {n:03}", unit=made.department, password="!") for n in range(120)
    )
    client = as_person("leader")
    assert "Hiện 1–100 trên 123" in client.get("/accounts/").text
    assert "Hiện 101–123 trên 123" in client.get("/accounts/?page=2").text
    assert "Chưa nhận tài khoản 120" in client.get("/accounts/").text


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("leader", "owner", 200), ("leader", "stranger", 403), ("colleague", "owner", 403), ("owner", "owner", 403),
        ("standing_office", "chair", 200), ("administrator", "standing_office", 200), ("auditor", "owner", 403),
    ],
)  # fmt: skip
def test_whose_account_is_opened_by_whom(made: World, as_person: Person, who: str, whom: str, status: int) -> None:
    assert as_person(who).get(f"/accounts/{made.people[whom].pk}/").status_code == status


def test_an_unknown_account_is_not_there(made: World, as_person: Person) -> None:
    assert as_person("administrator").get("/accounts/999999/").status_code == 404
    assert as_person("leader").post("/accounts/999999/unlock/").status_code == 404
    assert as_person("leader").get(f"/accounts/{made.people['owner'].pk}/nonsense/").status_code == 404


def test_an_account_is_made_with_its_first_role(made: World, as_person: Person) -> None:
    page = as_person("leader").post("/accounts/new/", NEW)
    assert page.status_code == 200
    assert "/invitation/" in page.text
    user = User.objects.get(username="can-bo-moi")
    assert (user.unit, user.has_usable_password()) == (made.department, False)
    assert RoleGrant.objects.get(user=user).role == "unit_officer"
    assert set(AuditRecord.objects.filter(object_id=str(user.pk)).values_list("action", flat=True)) == {
        "create_account",
        "give_role",
        "invite",
    }


def test_every_mistake_is_told_at_once_and_nothing_is_lost(made: World, as_person: Person) -> None:
    wrong = {**NEW, "full_name": " ", "username": "Cán bộ", "email": "owner@EXAMPLE.vn", "unit": "khong-co"}
    page = as_person("leader").post("/accounts/new/", wrong)
    assert page.status_code == 422
    assert "4 chỗ cần sửa" in page.text
    for words in ("Chưa ghi họ tên", "chữ cái không dấu", "của tài khoản khác", "Không có đơn vị “khong-co”"):
        assert words in page.text
    assert 'value="owner@EXAMPLE.vn"' in page.text
    assert not User.objects.filter(full_name=" ").exists()


@pytest.mark.parametrize("role", ["administrator", "standing_office", "auditor", "khong-co"])
def test_a_role_that_was_not_offered_makes_no_account(made: World, as_person: Person, role: str) -> None:
    before = User.objects.count()
    page = as_person("leader").post("/accounts/new/", {**NEW, "role": role})
    assert page.status_code == 422
    words = "Chọn một vai trò trong danh sách" if role == "khong-co" else "Chưa lập được"
    assert words in page.text
    assert 'id="role-error"' in page.text
    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [({"unit": "so-tu-phap"}, "Bạn chỉ quản lý được tài khoản"), ({"username": "OWNER"}, "đã có người dùng")],
)
def test_what_a_leader_may_not_make(made: World, as_person: Person, change: dict[str, str], words: str) -> None:
    page = as_person("leader").post("/accounts/new/", {**NEW, **change})
    assert page.status_code == 422
    assert words in page.text
    assert not User.objects.filter(email="moi@example.vn").exists()


@pytest.mark.parametrize(
    ("who", "role", "at", "status"),
    [
        ("leader", "unit_leader", "so-y-te", 302), ("leader", "survey_staff", "so-y-te", 302),
        ("leader", "standing_office", "so-y-te", 403), ("leader", "administrator", "so-y-te", 403),
        ("leader", "unit_leader", "tinh", 403), ("leader", "unit_officer", "so-tu-phap", 403),
        ("standing_office", "chair", "tinh", 302), ("standing_office", "administrator", "tinh", 403),
        ("administrator", "administrator", "tinh", 302), ("owner", "unit_officer", "so-y-te", 403),
        ("stranger", "unit_officer", "so-tu-phap", 403),
    ],
)  # fmt: skip
def test_nobody_gives_a_role_that_reaches_further(
    made: World, as_person: Person, who: str, role: str, at: str, status: int
) -> None:
    whom = made.people["colleague"]
    before = RoleGrant.objects.filter(user=whom).count()
    answer = as_person(who).post(f"/accounts/{whom.pk}/roles/", {"role": role, "unit": at})
    assert answer.status_code == status
    assert RoleGrant.objects.filter(user=whom).count() == before + (status == 302)


def test_nobody_gives_or_ends_a_role_of_their_own(made: World, as_person: Person) -> None:
    leader = made.people["leader"]
    client = as_person("leader")
    assert client.post(f"/accounts/{leader.pk}/roles/", {"role": "unit_officer", "unit": "so-y-te"}).status_code == 403
    grant = RoleGrant.objects.get(user=leader)
    assert client.post(f"/accounts/{leader.pk}/roles/{grant.pk}/end/").status_code == 403
    assert client.post(f"/accounts/{leader.pk}/deactivate/", {"reason": "x"}).status_code == 403


def test_a_council_role_can_be_for_one_cycle_of_its_owner_only(made: World) -> None:
    office, whom = made.session("standing_office"), made.people["stranger"]
    foreign = unit("tinh-khac", "Tỉnh khác", "province")
    other = Cycle.objects.create(
        owner=foreign, owner_path="tinh-khac", title="Kỳ lạ", year=2026, created_by=whom, created_at=now()
    )
    give = {"by": office, "at": now(), "user_id": whom.pk}
    give_role(**give, given=GivenRole(Role.APPRAISER, made.province.pk, cycle=made.cycle.pk))
    with pytest.raises(Refusal, match="role_not_for_one_cycle"):
        give_role(**give, given=GivenRole(Role.APPRAISER, made.province.pk, cycle=other.pk))
    with pytest.raises(Refusal, match="role_not_for_one_cycle"):
        give_role(**give, given=GivenRole(Role.AUDITOR, made.province.pk, cycle=made.cycle.pk))
    with pytest.raises(Refusal, match="role_already_given"):
        give_role(**give, given=GivenRole(Role.APPRAISER, made.province.pk, cycle=made.cycle.pk))


def test_an_office_for_one_cycle_gives_no_lasting_role(made: World) -> None:
    RoleGrant.objects.filter(user=made.people["standing_office"]).update(cycle=made.cycle)
    give = {"by": made.session("standing_office"), "at": now(), "user_id": made.people["stranger"].pk}
    with pytest.raises(Refusal, match="role_above_own"):
        give_role(**give, given=GivenRole(Role.CHAIR, made.province.pk))
    give_role(**give, given=GivenRole(Role.CHAIR, made.province.pk, cycle=made.cycle.pk))


def test_a_leader_does_not_take_over_somebody_with_more_rights(made: World, as_person: Person) -> None:
    powerful = person("powerful", made.department, Role.ADMINISTRATOR, made.province)
    client = as_person("leader")
    assert "mà bạn không giao được" in client.get(f"/accounts/{powerful.pk}/").text
    form = {"full_name": "X", "username": "powerful", "email": "leader2@example.vn", "unit": "so-y-te"}
    assert client.post(f"/accounts/{powerful.pk}/", form).status_code == 403
    for act in ("invite", "unlock", "deactivate", "second-factor"):
        assert client.post(f"/accounts/{powerful.pk}/{act}/", {"reason": "x"}).status_code == 403
    powerful.refresh_from_db()
    assert powerful.email == "powerful@example.vn"


def test_correcting_an_account_is_logged_with_before_and_after(made: World, as_person: Person) -> None:
    owner = made.people["owner"]
    form = {"full_name": "Tên đúng", "username": "owner", "email": "owner@example.vn", "unit": "so-y-te"}
    assert as_person("leader").post(f"/accounts/{owner.pk}/", form).status_code == 302
    row = AuditRecord.objects.get(action="edit_account")
    assert ('"full_name": "Owner"' in row.before, '"full_name": "Tên đúng"' in row.after) == (True, True)
    away = as_person("leader").post(f"/accounts/{owner.pk}/", {**form, "unit": "so-tu-phap"})
    assert away.status_code == 422  # to another unit only by who manages both
    assert "Bạn chỉ quản lý được tài khoản" in away.text
    assert (
        as_person("standing_office").post(f"/accounts/{owner.pk}/", {**form, "unit": "so-tu-phap"}).status_code == 302
    )


def test_who_leaves_is_out_at_once_and_keeps_nothing_but_their_words(made: World, as_person: Person) -> None:
    owner = made.people["owner"]
    Entry.objects.filter(sheet=made.sheet, item_code="2.1").update(assignee=owner)
    here = Client()
    here.post("/login/", {"login": "owner", "password": PASSWORD})
    assert here.get("/account/").status_code == 200
    leader = as_person("leader")
    address = f"/accounts/{owner.pk}/deactivate/"
    assert "1 mục đang giao cho người này" in leader.get(address).text
    assert leader.post(address, {"reason": ""}).status_code == 422
    assert leader.post(address, {"reason": "Nghỉ hưu"}, follow=True).status_code == 200
    assert here.get("/account/").status_code == 302
    assert (
        Client().post("/login/", {"login": "owner", "password": PASSWORD}, follow=True).wsgi_request.user.is_anonymous
    )
    assert not RoleGrant.objects.filter(user=owner, ended_at=None).exists()
    assert User.objects.filter(pk=owner.pk).exists()
    assert AuditRecord.objects.get(action="deactivate_account").reason == "Nghỉ hưu"
    assert "Đã ngừng" in leader.get("/accounts/?state=deactivated").text
    assert leader.post(f"/accounts/{owner.pk}/reactivate/", {"reason": "Trở lại"}).status_code == 302
    assert Client().post("/login/", {"login": "owner", "password": PASSWORD}).status_code == 302
    assert not RoleGrant.objects.filter(user=owner, ended_at=None).exists()


def test_a_role_ends_and_with_it_its_rights(made: World, as_person: Person) -> None:
    grant = RoleGrant.objects.get(user=made.people["owner"])
    owner = as_person("owner")
    sheet = f"/sheets/{made.sheet.pk}/items/2.1/"
    assert owner.get(sheet).status_code == 200
    assert as_person("other_leader").post(f"/accounts/{grant.user_id}/roles/{grant.pk}/end/").status_code == 403
    address, why = f"/accounts/{grant.user_id}/roles/{grant.pk}/end/", {"reason": " Chuyển công tác "}
    assert "Chưa nêu lý do" in as_person("leader").post(address, {"reason": " "}, follow=True).text
    assert owner.get(sheet).status_code == 200
    assert as_person("leader").post(address, why).status_code == 302
    assert AuditRecord.objects.get(action="end_role").reason == "Chuyển công tác"
    assert owner.get(sheet).status_code == 403
    again = as_person("leader").post(address, why, follow=True)
    assert "Vai trò này đã kết thúc" in again.text


def test_ones_own_account_shows_and_changes_what_is_ones_own(made: World, as_person: Person) -> None:
    client = as_person("owner")
    page = client.get("/account/").text
    assert "cán bộ đơn vị, Sở Y tế" in page
    sent = {"position": "Chuyên viên", "phone": "0215 3825 111", "language": "en", "email": "x@y.vn", "full_name": "Ai"}
    assert client.post("/account/", sent).status_code == 302
    user = User.objects.get(username="owner")
    assert (user.position, user.phone, user.language) == ("Chuyên viên", "0215 3825 111", "en")
    assert (user.email, user.full_name) == ("owner@example.vn", "Owner")
    assert '<html lang="en">' in client.get("/account/").text
    assert client.post("/account/", {**sent, "phone": "1" * 41}).status_code == 422


def test_other_sessions_are_ended_from_ones_own_page(made: World) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/login/", {"login": "owner", "password": PASSWORD})
    assert here.get("/account/").text.count("127.0.0.1") == 2
    here.post("/account/sessions/end/")
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_two_who_prepare_the_same_person_at_once_make_one_account(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from parindex.usecases import accounts

    monkeypatch.setattr(accounts, "problems_of", lambda *_: {})
    data = accounts.AccountData("Hai", "owner", made.department.pk)
    with pytest.raises(Refusal, match="username_taken"):
        accounts.create_account(by=made.session("leader"), at=now(), data=data)


def test_the_log_says_in_which_role_somebody_acted(made: World, as_person: Person) -> None:
    as_person("leader").post("/accounts/new/", NEW)
    assert AuditRecord.objects.get(action="create_account").role == "unit_leader"
