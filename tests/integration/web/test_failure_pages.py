"""What is answered when something fails early, or fails altogether: a page that says so, never an empty answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from tests.factories.world import World

from parindex.web import middleware
from parindex.web.home import views
from parindex.web.requests import LANGUAGE_COOKIE

Person = Callable[[str], Client]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of one's own work has a mistake."""

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(views, "tasks_of", fails)


def answering(client: Client) -> Client:
    """A browser sees the page of a failure; a test would be given the failure itself."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", ["/", "/home/", "/login/", "/nowhere/"])
def test_an_unknown_host_is_told_so(made: World, address: str) -> None:
    answer = answering(Client()).get(address, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu" in answer.text
    assert "evil.example" not in answer.text
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_an_unknown_host_is_told_so_with_a_session_too_in_the_language_of_the_browser(
    made: World, as_person: Person
) -> None:
    client = answering(as_person("owner"))
    assert "Không đọc được yêu cầu" in client.get("/home/", headers={"Host": "evil.example"}).text
    client.cookies[LANGUAGE_COOKIE] = "en"
    answer = client.get("/home/", headers={"Host": "evil.example"})
    assert (answer.status_code, '<html lang="en">' in answer.text) == (400, True)
    assert "Owner" not in answer.text


def test_a_mistake_of_ours_shows_its_page_and_the_menu(made: World, as_person: Person, broken: None) -> None:
    answer = answering(as_person("owner")).get("/home/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.text
    assert "Phiếu chấm điểm" in answer.text
    assert "a mistake of ours" not in answer.text


def test_a_visitor_sees_the_page_as_well(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(middleware, "translation", fails)
    answer = answering(Client()).get("/")
    assert (answer.status_code, "Hệ thống gặp lỗi" in answer.text) == (500, True)


def test_without_a_database_the_page_is_still_shown(
    made: World, as_person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither who asks nor what they may open can be read then."""
    client = answering(as_person("owner"))

    def gone(*_: Any, **__: Any) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", gone)
    answer = client.get("/home/")
    assert (answer.status_code, "Hệ thống gặp lỗi" in answer.text) == (500, True)
    monkeypatch.undo()
    monkeypatch.setattr(middleware, "session_of", gone)
    answer = client.get("/home/")
    assert (answer.status_code, "Hệ thống gặp lỗi" in answer.text) == (500, True)
    assert "Owner" not in answer.text


# --- who keeps a copy ------------------------------------------------------------------------------------------------


def test_what_somebody_gets_is_kept_by_no_cache_between(made: World, as_person: Person) -> None:
    client, sheet = as_person("owner"), made.sheet.pk
    for address in (
        "/home/",
        f"/sheets/{sheet}/",
        f"/sheets/{sheet}/items/2.2/",
        "/documents/",
        "/nowhere/",
        "/cycles/",
    ):
        assert client.get(address).headers["Cache-Control"] == "private, no-cache", address
    saved = client.post(f"/sheets/{sheet}/items/2.2/", {}, headers={"HX-Request": "true"})
    assert saved.headers["Cache-Control"] == "private, no-cache"


def test_a_file_that_is_handed_out_leaves_no_copy(made: World, as_person: Person) -> None:
    found = {
        "workbook": as_person("owner").get(f"/sheets/{made.sheet.pk}/workbook/file/"),
        "units": as_person("administrator").post("/units/export/"),
        "set": as_person("standing_office").get(f"/sets/versions/{made.version.pk}/set.yaml"),
        "progress": as_person("standing_office").post(f"/cycles/{made.cycle.pk}/export/"),
    }
    for name, answer in found.items():
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store"), name


def test_a_page_with_a_secret_keeps_its_own_word(made: World, as_person: Person) -> None:
    assert "no-store" in as_person("owner").get("/account/").headers["Cache-Control"]


def test_pages_for_everybody_say_nothing(made: World) -> None:
    for address in ("/", "/help/"):
        assert "Cache-Control" not in Client().get(address).headers


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/sets/start/", "/sets/"),
        ("/cycles/2/act/", "/cycles/2/"),
        ("/sheets/1/items/2.1/comments/", "/sheets/1/items/2.1/"),
        ("/documents/1/versions/", "/documents/1/"),
    ],
)
def test_an_address_of_a_button_opened_as_a_page_says_so(
    made: World, as_person: Person, address: str, above: str
) -> None:
    client = as_person("standing_office")
    answer = client.get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Việc này làm bằng nút bấm" in answer.text
    assert f'href="{above}">Về trang liền trên' in answer.text
    assert client.head(address).status_code == 405
    client.cookies[LANGUAGE_COOKIE] = "en"
    assert client.get(address).status_code == 405


def test_a_visitor_is_told_so_as_well(db: None) -> None:
    answer = Client().get("/demo/")
    assert answer.status_code == 405
    assert "Việc này làm bằng nút bấm" in answer.text
    assert "Về trang liền trên" not in answer.text
