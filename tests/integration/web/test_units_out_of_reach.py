"""Units that nobody can be written to: the overview says what is really lacking, and offers the way to mend it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now, person

from parindex.database.models import RoleGrant, ScoreSheet, User
from parindex.domain.review.roles import Role

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def _row(page: str, made: World) -> str:
    return page.split(f'id="sheet-{made.sheet.pk}"')[1].split("</tr>")[0]


def test_a_unit_without_accounts_is_told_so_and_one_is_offered(made: World, as_person: Person) -> None:
    RoleGrant.objects.filter(unit=made.department).update(ended_at=now())
    office = as_person("standing_office")
    row = _row(office.get(f"/cycles/{made.cycle.pk}/").text, made)
    assert "chưa có tài khoản" in row
    assert "thư" not in row.split("Đã nhắc")[1]
    assert "Chưa đăng nhập lần nào" not in row  # nobody is there to log in
    assert "c-error" not in row
    link = f"/accounts/new/?unit={made.department.code}"
    assert f'href="{link}"' in row
    assert f'value="{made.department.code}"' in office.get(link).text
    assert link in office.get(f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}").text.split("rowdetail")[1]
    auditor = _row(as_person("auditor").get(f"/cycles/{made.cycle.pk}/").text, made)
    assert "chưa có tài khoản" in auditor
    assert "/accounts/new/" not in auditor


def test_accounts_without_an_address_are_another_matter(made: World, as_person: Person) -> None:
    User.objects.filter(unit=made.department).update(email="")
    office = as_person("standing_office")
    row = _row(office.get(f"/cycles/{made.cycle.pk}/").text, made)
    assert "tài khoản chưa có thư điện tử" in row
    assert "chưa có tài khoản" not in row
    assert f'href="/units/{made.department.pk}/#staff"' in row
    assert 'id="staff"' in office.get(f"/units/{made.department.pk}/").text
    auditor = _row(as_person("auditor").get(f"/cycles/{made.cycle.pk}/").text, made)
    assert "#staff" not in auditor


def test_an_account_that_is_not_in_use_is_none(made: World, as_person: Person) -> None:
    User.objects.filter(unit=made.department).update(is_active=False)
    row = _row(as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text, made)
    assert "chưa có tài khoản" in row


def test_who_has_submitted_lacks_nothing(made: World, as_person: Person) -> None:
    RoleGrant.objects.filter(unit=made.department).update(ended_at=now())
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="submitted")
    row = _row(as_person("standing_office").get(f"/cycles/{made.cycle.pk}/").text, made)
    assert "chưa có tài khoản" not in row


def test_the_number_of_queries_does_not_grow_with_what_lacks(made: World, as_person: Person) -> None:
    office, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/"
    office.get(address)
    RoleGrant.objects.filter(unit=made.department).update(ended_at=now())
    with CaptureQueriesContext(connection) as one:
        assert office.get(address).text.count("chưa có tài khoản") == 1
    RoleGrant.objects.filter(unit=made.other_department).update(ended_at=now())
    with CaptureQueriesContext(connection) as two:
        assert office.get(address).text.count("chưa có tài khoản") == 2
    assert len(two) == len(one)


def test_a_unit_code_in_the_address_gives_nobody_a_right(made: World, as_person: Person) -> None:
    made.people["foreign_leader"] = person("foreign_leader", made.other_department, Role.UNIT_LEADER)
    client = as_person("foreign_leader")
    assert client.get(f"/accounts/new/?unit={made.department.code}").status_code == 200
    form = {"full_name": "Người lạ", "email": "la@example.vn", "unit": made.department.code, "role": "unit_officer"}
    assert client.post("/accounts/new/", form).status_code in (403, 422)
    assert not User.objects.filter(full_name="Người lạ").exists()
