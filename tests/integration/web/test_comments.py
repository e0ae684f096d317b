"""Talking beside an item: inside the unit, where nobody else reads, and with the standing office."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World

from parindex.database.models import AuditRecord, Comment, SheetPart
from parindex.usecases.comments import COMMENT_LENGTH

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
SECRET, OPEN = "Số liệu phòng A chưa chắc", "Mục này tính cả phần mềm của bộ không"


def item(made: World) -> str:
    return f"/sheets/{made.sheet.pk}/items/2.1/"


def say(client: Client, made: World, audience: str, body: str) -> int:
    return client.post(item(made) + "comments/", {"audience": audience, "body": body}).status_code


def test_what_is_said_inside_the_unit_stays_there(made: World, as_person: Person) -> None:
    assert say(as_person("owner"), made, "unit", SECRET) == 302
    assert say(as_person("owner"), made, "standing_office", OPEN) == 302
    for name in ("colleague", "leader"):
        page = as_person(name).get(item(made)).text
        assert SECRET in page
        assert OPEN in page
    office = as_person("standing_office").get(item(made)).text
    assert OPEN in office
    assert SECRET not in office
    assert "Trong đơn vị" not in office
    SheetPart.objects.filter(sheet=made.sheet).update(state="submitted")
    type(made.sheet).objects.filter(pk=made.sheet.pk).update(state="submitted")
    for name in ("chair", "secretary", "appraiser"):
        page = as_person(name).get(item(made)).text
        assert SECRET not in page
        assert OPEN not in page
    auditor = as_person("auditor").get(item(made)).text
    assert SECRET not in auditor
    assert OPEN in auditor


def test_the_log_keeps_that_it_was_said_and_not_what(made: World, as_person: Person) -> None:
    say(as_person("owner"), made, "unit", SECRET)
    say(as_person("owner"), made, "standing_office", OPEN)
    inside, outside = AuditRecord.objects.filter(action="write_comment").order_by("sequence")
    assert SECRET not in inside.after
    assert OPEN in outside.after
    for name in ("owner", "standing_office"):
        history = as_person(name).get(item(made) + "history/").text
        assert SECRET not in history
        assert OPEN not in history


@pytest.mark.parametrize(
    ("name", "audience", "expected"),
    [
        ("stranger", "unit", 403),
        ("stranger", "standing_office", 403),
        ("standing_office", "unit", 403),
        ("standing_office", "standing_office", 302),
        ("auditor", "standing_office", 403),
        ("chair", "standing_office", 403),
        ("owner", "council", 404),
    ],
)
def test_who_may_write_where(made: World, as_person: Person, name: str, audience: str, expected: int) -> None:
    assert say(as_person(name), made, audience, "Xin chào") == expected
    assert Comment.objects.count() == (expected == 302)


@pytest.mark.parametrize("body", ["", "  \r\n ", "x" * (COMMENT_LENGTH + 1)])
def test_nothing_and_too_much(made: World, as_person: Person, body: str) -> None:
    answer = as_person("owner").post(item(made) + "comments/", {"audience": "unit", "body": body})
    assert answer.status_code == 422
    assert body.strip()[:50] in answer.text
    assert not Comment.objects.exists()


def test_pressed_twice_it_stands_once(made: World, as_person: Person) -> None:
    client = as_person("owner")
    assert say(client, made, "unit", SECRET) == say(client, made, "unit", SECRET) == 302
    assert Comment.objects.count() == 1


def test_an_item_that_moves_leaves_the_talk_of_its_former_unit_behind(made: World, as_person: Person) -> None:
    assert say(as_person("owner"), made, "unit", SECRET) == 302
    other = SheetPart.objects.create(
        sheet=made.sheet, lead_unit=made.other_department, lead_name="Sở Tư pháp", lead_path="tinh/so-tu-phap"
    )
    made.sheet.entries.filter(item_code="2.1").update(part=other)
    page = as_person("stranger").get(item(made))
    assert page.status_code == 200
    assert "Trong đơn vị" in page.text
    assert SECRET not in page.text
