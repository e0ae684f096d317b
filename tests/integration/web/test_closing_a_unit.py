"""The page that closes a unit names what belongs to it, with links where the reader may open them."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, person, unit

from parindex.domain.review.roles import Role

Person = Callable[[str], Client]


def test_who_may_open_something_finds_a_link_to_it(made: World, as_person: Person) -> None:
    child = unit("phong", "Phòng Nghiệp vụ Y", "division", made.department)
    address, sheet = f"/units/{made.department.pk}/close/", f'href="/sheets/{made.sheet.pk}/"'
    for who, opens_sheet in (("administrator", False), ("standing_office", True)):
        client = as_person(who)
        page = client.get(address).text
        assert f'<a href="/units/{child.pk}/">Phòng Nghiệp vụ Y</a>' in page
        leader = made.people["leader"]
        assert f'<a href="/accounts/{leader.pk}/">{leader.full_name}</a>' in page
        assert client.get(f"/accounts/{leader.pk}/").status_code == 200
        assert made.cycle.title in page
        assert (sheet in page) is opens_sheet  # the administrator has no right in any cycle
        assert (client.get(f"/sheets/{made.sheet.pk}/").status_code != 403) is opens_sheet


def test_where_nothing_belongs_to_a_unit_nothing_is_listed(made: World, as_person: Person) -> None:
    alone = unit("hoi", "Hội", "division", made.province)
    page = as_person("administrator").get(f"/units/{alone.pk}/close/").text
    assert 'id="children"' not in page
    assert "Tài khoản của đơn vị" not in page


def test_the_number_of_queries_does_not_grow(made: World, as_person: Person) -> None:
    client, address = as_person("standing_office"), f"/units/{made.department.pk}/close/"
    unit("phong", "Phòng", "division", made.department)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        unit(f"phong-{number}", f"Phòng {number}", "division", made.department)
        person(f"can_bo_{number}", made.department, Role.UNIT_OFFICER)
    with CaptureQueriesContext(connection) as many:
        assert "Phòng 4" in client.get(address).text
    assert len(many) == len(few)
