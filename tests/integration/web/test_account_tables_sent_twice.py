"""A table of accounts: every error in one round, and the links of a table that was sent twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.world import World

from parindex.database.models import Invitation, User
from parindex.web import kept_tables

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
HEAD = "Họ tên,Thư điện tử,Tên đăng nhập,Đơn vị,Vai trò,Điện thoại,Chức vụ\n"
NEW = HEAD + "Người Mới,moi@example.vn,moi,so-y-te,cán bộ đơn vị,,\n"


def shown(client: Client, table: str) -> dict[str, str]:
    """What the preview of a table sends back."""
    page = client.post("/accounts/import/", {"file": SimpleUploadedFile("bang.csv", table.encode())})
    return dict(re.findall(r'name="(digest|seen)" value="([0-9a-f]+)"', page.text))


def links(page: str) -> list[str]:
    """The links on a page."""
    return re.findall(r"/invitation/[\w-]+/", page)


def test_what_cannot_be_read_and_what_may_not_be_given_are_told_together(made: World, as_person: Person) -> None:
    table = HEAD + (
        "A,khong-phai-thu,a,so-y-te,cán bộ đơn vị,,\n"
        "B,b@example.vn,b,so-y-te,quản trị hệ thống,,\n"
        "C,c@example.vn,owner@example.vn,so-y-te,cán bộ đơn vị,,\n"
    )
    client = as_person("leader")
    page = client.post("/accounts/import/", {"file": SimpleUploadedFile("bang.csv", table.encode())})
    assert page.status_code == 422
    for words in ("không phải một địa chỉ", "quản trị hệ thống", "owner@example.vn"):
        assert words in page.text


def test_a_table_sent_twice_answers_with_the_same_links(made: World, as_person: Person) -> None:
    client = as_person("leader")
    sent = shown(client, NEW)
    first = client.post("/accounts/import/", sent)
    second = client.post("/accounts/import/", sent)
    assert first.status_code == second.status_code == 200
    assert links(first.text) == links(second.text)
    assert Client().get(links(second.text)[0]).status_code == 200
    assert Invitation.objects.filter(user__username="moi").count() == 1


def test_the_links_are_for_who_took_the_table_and_not_for_long(
    made: World, as_person: Person, monkeypatch: Any
) -> None:
    client = as_person("leader")
    sent = shown(client, NEW)
    first = client.post("/accounts/import/", sent)
    token = links(first.text)[0].split("/")[2]
    assert token not in str(client.session["account_links"])
    assert links(as_person("standing_office").post("/accounts/import/", sent).text) == []
    later = (timezone.now() + timedelta(minutes=16)).timestamp()
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: later)
    again = client.post("/accounts/import/", sent)
    assert again.status_code == 422
    assert links(again.text) == []


def test_nobody_logs_in_by_the_address_of_somebody_else(made: World, as_person: Person) -> None:
    leader = as_person("leader")
    form = {
        "full_name": "Người Khác", "username": "owner@example.vn", "email": "khac@example.vn",
        "unit": "so-y-te", "role": "unit_officer",
    }  # fmt: skip
    leader.post("/accounts/new/", form)
    assert not User.objects.filter(username="owner@example.vn").exists()


def test_the_same_file_taken_again_after_a_change_is_taken(made: World, as_person: Person) -> None:
    client = as_person("leader")
    client.post("/accounts/import/", shown(client, NEW))
    User.objects.filter(username="moi").update(position="Đã sửa tay")
    again = client.post("/accounts/import/", shown(client, NEW))
    assert again.status_code == 200
    assert links(again.text) == []
    assert User.objects.get(username="moi").position == ""


def test_a_sending_that_meets_the_end_of_the_first_answers_alike(
    made: World, as_person: Person, monkeypatch: Any
) -> None:
    """The second asks before the first is done, and looks for the table after it."""
    client = as_person("leader")
    sent = shown(client, NEW)
    first: list[str] = []
    real = kept_tables.kept

    def meanwhile(*place: Any) -> Any:
        if not first:
            first.append("")
            first[0] = client.post("/accounts/import/", sent).text
        return real(*place)

    monkeypatch.setattr(kept_tables, "kept", meanwhile)
    second = client.post("/accounts/import/", sent)
    assert second.status_code == 200
    assert links(second.text) == links(first[0]) != []
