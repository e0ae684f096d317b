"""A figure that the set declares the sum over child units is what they entered, where they report it themselves."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.summed_world import SummedWorld, summed_world

from parindex.database.models import Entry, Figure, User
from parindex.usecases.typed_values import digest

SCRIPT = {"HX-Request": "true"}
Answer = tuple[int, str]


@pytest.fixture
def found(db: None) -> SummedWorld:
    return summed_world()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(found: SummedWorld, value: str, before: str = "", field: str = "figure.received") -> Answer:
    form = {field: value, "read.figure.received": digest(before)}
    answer = client_of(found.officer).post(f"/sheets/{found.whole.pk}/items/2.1/", form, headers=SCRIPT)
    return answer.status_code, answer.text


def enter(found: SummedWorld, *values: str) -> None:
    for sheet, value in zip(found.parts, values, strict=False):
        name = "owner" if sheet.unit == found.made.department else "stranger"
        client = client_of(found.made.people[name])
        form = {"figure.received": value, "read.figure.received": digest(stored(sheet.unit_id))}
        assert client.post(f"/sheets/{sheet.pk}/items/2.1/", form, headers=SCRIPT).status_code == 200


def stored(unit: int) -> str:
    return next(iter(Figure.objects.filter(unit=unit, measure="received").values_list("value", flat=True)), "")


def page(found: SummedWorld) -> str:
    return str(client_of(found.officer).get(f"/sheets/{found.whole.pk}/items/2.1/").text)


def test_nothing_is_typed_before_all_children_have_entered_theirs(found: SummedWorld) -> None:
    enter(found, "1200")
    status, text = send(found, "1200")
    assert status == 422
    assert "cộng từ các đơn vị trực thuộc; chưa nhập: Sở Tư pháp" in text
    assert stored(found.whole.unit_id) == ""
    assert "Chưa nhập: Sở Tư pháp" in page(found)
    assert "Lấy tổng" not in page(found)


def test_the_sum_is_shown_with_its_parts_and_taken(found: SummedWorld) -> None:
    enter(found, "1200", "34,0")
    shown = page(found)
    assert "Sở Y tế 1.200 + Sở Tư pháp 34 = <b>1.234</b>" in shown
    assert 'name="sum.figure.received" value="1.234">Lấy tổng 1.234</button>' in shown
    form = {"sum.figure.received": "1.234", "figure.received": "", "read.figure.received": digest("")}
    client_of(found.officer).post(f"/sheets/{found.whole.pk}/items/2.1/", form)
    assert stored(found.whole.unit_id) == "1234"
    assert "Lấy tổng" not in page(found)


def test_another_value_than_the_sum_is_refused(found: SummedWorld) -> None:
    enter(found, "1200", "34")
    status, text = send(found, "1300")
    assert status == 422
    assert "cộng từ các đơn vị trực thuộc: 1.234." in text
    assert send(found, "1234")[0] == 200
    assert send(found, "1235", before="1234")[0] == 422
    assert stored(found.whole.unit_id) == "1234"


def test_a_child_that_changes_its_figure_is_seen_by_its_parent(found: SummedWorld) -> None:
    enter(found, "1200", "34")
    send(found, "1234")
    enter(found, "1201")
    shown = page(found)
    assert "Số đang ghi khác tổng của các đơn vị trực thuộc." in shown
    assert "Lấy tổng 1.235" in shown
    assert send(found, "1235", before="1234")[0] == 200
    assert "khác tổng" not in page(found)


def test_a_figure_that_was_taken_may_be_deleted_again(found: SummedWorld) -> None:
    enter(found, "1200", "34")
    send(found, "1234")
    enter(found, "")
    assert send(found, "", before="1234")[0] == 200
    assert stored(found.whole.unit_id) == ""


def test_who_has_no_child_units_in_the_cycle_types_the_figure(found: SummedWorld) -> None:
    client = client_of(found.made.people["owner"])
    assert "Cộng từ đơn vị trực thuộc" not in client.get(f"/sheets/{found.parts[0].pk}/items/2.1/").text
    enter(found, "5")
    assert stored(found.made.department.pk) == "5"


def test_points_come_from_the_sum(found: SummedWorld) -> None:
    enter(found, "60", "40")
    send(found, "100")
    send(found, "50", field="figure.on_time")
    entry = Entry.objects.get(sheet=found.whole, item_code="2.1")
    assert entry.points == "1"


def test_what_is_no_sum_costs_no_query_more(found: SummedWorld) -> None:
    """A department and the province: the same queries for a figure that is no sum."""
    counts = []
    for sheet, user in ((found.whole, found.officer), (found.parts[0], found.made.people["owner"])):
        client = client_of(user)
        form = {"figure.on_time": "1", "read.figure.on_time": digest("")}
        client.post(f"/sheets/{sheet.pk}/items/2.1/", form, headers=SCRIPT)
        form = {"figure.on_time": "2", "read.figure.on_time": digest("1")}
        with CaptureQueriesContext(connection) as asked:
            client.post(f"/sheets/{sheet.pk}/items/2.1/", form, headers=SCRIPT)
        counts.append(sum("unit_path" in one["sql"] and "LIKE" in one["sql"] for one in asked.captured_queries))
    assert counts == [0, 0]
