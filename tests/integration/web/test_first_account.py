"""The first account of an empty installation."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories.world import World

from parindex.database.models import AuditRecord, RoleGrant, Unit, User
from parindex.usecases.installation import first_token, is_new

pytestmark = pytest.mark.both

FORM = {
    "code": "tinh", "name": "UBND tỉnh", "kind": "province", "full_name": "Quản trị", "username": "quan-tri",
    "email": "quan-tri@example.vn", "password": "mat-khau-rieng-2026", "again": "mat-khau-rieng-2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_limit_of_the_test_before(db: None) -> None:
    cache.clear()


def test_an_empty_installation_begins_with_its_administrator() -> None:
    assert is_new()
    address = f"/first/{first_token()}/"
    client = Client()
    assert "Người quản trị" in client.get(address).text
    assert client.post(address, FORM)["Location"] == "/login/"
    assert RoleGrant.objects.get().role == "administrator"
    assert AuditRecord.objects.get().action == "found_installation"
    assert client.post("/login/", {"login": "quan-tri", "password": FORM["password"]}).status_code == 302
    assert client.get("/accounts/").status_code == 200
    assert "UBND tỉnh" in client.get("/units/").text
    assert Client().get(address).status_code == 404
    assert Client().post(address, {**FORM, "username": "nguoi-khac", "email": ""}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "tỉnh"}, "Mã chỉ gồm"), ({"name": ""}, "Chưa ghi tên đơn vị"), ({"full_name": ""}, "Chưa ghi họ tên"),
        ({"again": "khac"}, "Hai lần gõ"), ({"password": "ngan", "again": "ngan"}, "ngắn hơn 10"),
        ({"email": "khong-phai"}, "chưa đúng dạng"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_made(change: dict[str, str], words: str) -> None:
    answer = Client().post(f"/first/{first_token()}/", {**FORM, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert not Unit.objects.exists()
    assert not User.objects.exists()


def test_without_what_the_server_printed_nobody_begins() -> None:
    assert Client().post("/first/doan/", FORM).status_code == 404
    assert not User.objects.exists()


def test_an_installation_that_has_begun_has_no_such_page(made: World) -> None:
    assert Client().get(f"/first/{first_token()}/").status_code == 404
