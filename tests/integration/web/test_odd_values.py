"""Odd numbers and endless texts in addresses and forms: an answer that a page gives, never one that failed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World

from parindex.database.models import Citation, Cycle, Phase
from parindex.web.typed_numbers import asked_page, number_in, number_or

pytestmark = pytest.mark.both

Person = Callable[[str], Client]

ODD = ["9" * 50, "-1", "0", "1.5", "²", "٣", "x" * 70_000, "%00", " 2 "]
#: Addresses whose parameters are numbers; who may open them.
PAGES = [
    ("standing_office", "/cycles/{cycle}/", ("page", "open")),
    ("standing_office", "/cycles/", ("cycle", "year")),
    ("standing_office", "/cycles/{cycle}/replaced/", ("page",)),
    ("standing_office", "/log/", ("page", "object")),
    ("standing_office", "/accounts/", ("page", "search")),
    ("standing_office", "/units/", ("page", "under", "search", "on")),
    ("standing_office", "/sheets/", ("cycle", "from", "q", "state")),
    ("owner", "/documents/", ("page", "q")),
    ("owner", "/sheets/{sheet}/citations/", ("page",)),
    ("owner", "/sheets/{sheet}/items/1.1/evidence/pick/", ("page", "q")),
]


@pytest.mark.parametrize(("name", "address", "parameters"), PAGES)
def test_no_page_fails_on_what_an_address_asks_for(
    made: World, as_person: Person, name: str, address: str, parameters: tuple[str, ...]
) -> None:
    client = as_person(name)
    path = address.format(cycle=made.cycle.pk, sheet=made.sheet.pk)
    assert client.get(path).status_code == 200
    for parameter in parameters:
        for odd in ODD:
            assert client.get(path, {parameter: odd}).status_code in (200, 302, 404), (parameter, odd[:20])


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/cycles/{cycle}/act/", {"act": "extend", "sheet": ""}),
        ("/cycles/new/", {"title": "Kỳ", "year": "2026", "parent": "", "owner": "{province}"}),
        ("/cycles/new/", {"title": "Kỳ", "year": "", "owner": "{province}"}),
        ("/cycles/{cycle}/proposals/", {"withdraw": ""}),
        ("/units/new/", {"code": "x", "name": "X", "kind": "department", "first": "01/01/2026", "parent": ""}),
        ("/units/merge/", {"code": "x", "name": "X", "kind": "department", "parent": "", "first": "01/01/2026"}),
        ("/units/{department}/change/", {"name": "X", "kind": "department", "parent": "", "first": "01/01/2026"}),
        ("/accounts/new/", {"full_name": "A", "username": "a", "unit": ""}),
        ("/accounts/{person}/", {"full_name": "A", "username": "a", "unit": ""}),
        ("/accounts/{person}/roles/", {"role": "unit_officer", "unit": ""}),
        ("/accounts/{person}/roles/", {"role": "unit_officer", "unit": "so-y-te", "cycle": ""}),
        ("/login/", {"login": "", "password": "x"}),
    ],
)
def test_no_form_fails_on_what_is_typed(made: World, as_person: Person, address: str, fields: dict[str, str]) -> None:
    client = Client() if address == "/login/" else as_person("standing_office")
    places = {
        "cycle": made.cycle.pk, "province": made.province.pk, "department": made.department.pk,
        "person": made.people["owner"].pk,
    }  # fmt: skip
    blank = next(name for name, value in fields.items() if not value)
    for odd in ODD:
        form = {name: value.format(**places) for name, value in fields.items()} | {blank: odd}
        assert client.post(address.format(**places), form).status_code < 500, odd[:20]


@pytest.mark.parametrize(
    ("typed", "number"), [("7", 7), (" 12 ", 12), ("9" * 18, int("9" * 18)), ("9" * 19, None), ("", None), (None, None),
                          ("²", None), ("-1", None), ("1e3", None)]
)  # fmt: skip
def test_a_number_is_one_that_a_column_can_hold(typed: str | None, number: int | None) -> None:
    assert number_in(typed) == number
    assert number_or(typed, 3) == (number or 3)


@pytest.mark.parametrize(("typed", "page"), [("2", 2), ("0", 1), ("", 1), ("9" * 7, 1), ("999999", 999_999), ("x", 1)])
def test_a_page_that_cannot_be_is_the_first(typed: str, page: int) -> None:
    assert asked_page(typed) == page


# --- what was changed or cut in silence --------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["020260", "20260", "1999", "2101", "2026.", "²026"])
def test_a_year_is_four_digits(made: World, as_person: Person, year: str) -> None:
    answer = as_person("standing_office").post("/cycles/new/", {"title": "Kỳ", "year": year})
    assert answer.status_code == 422
    assert "Năm phải là số có bốn chữ số" in answer.text
    assert Cycle.objects.count() == 1


def test_a_long_title_is_told_with_what_was_typed(made: World, as_person: Person) -> None:
    client, long = as_person("standing_office"), "Kỳ " * 101 + "hết"
    answer = client.post("/cycles/new/", {"title": long, "year": "2026"})
    assert answer.status_code == 422
    assert "Dài 306 ký tự, tối đa 300." in answer.text
    assert f'value="{long}"' in answer.text
    lines = {"title": [long], "kind": ["self_scoring"], "starts": [""], "ends": ["01/01/2027"], "reason": "Đổi hạn"}
    told = client.post(f"/cycles/{made.cycle.pk}/timetable/", lines)
    assert told.status_code == 422
    assert long in told.text
    kept = client.post(f"/cycles/{made.cycle.pk}/notice/edit/", {"notice": "Gửi đơn vị", "contact": long})
    assert kept.status_code == 422
    assert long in kept.text
    assert "Gửi đơn vị" in kept.text
    assert Cycle.objects.get().contact == ""


def test_a_kind_of_phase_that_is_none_is_refused(made: World, as_person: Person) -> None:
    lines = {"title": ["Tự chấm"], "kind": ["hacked"], "starts": [""], "ends": ["01/01/2027"], "reason": "Đổi hạn"}
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/timetable/", lines)
    assert answer.status_code == 422
    assert "có loại không có trong danh sách" in answer.text
    assert Phase.objects.get().title == "Tự đánh giá"


@pytest.mark.parametrize("number", ["31/02/2024", "1-2-2024", "2024-02-31"])
def test_a_day_is_no_number_of_a_document(made: World, as_person: Person, number: str) -> None:
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/items/1.1/citations/", {"number": number})
    assert answer.status_code == 422
    assert "không phải số, ký hiệu văn bản" in answer.text
    assert not Citation.objects.exists()


# --- opening -----------------------------------------------------------------------------------------------------


def _prepared(made: World, client: Client, year: str) -> str:
    client.post("/cycles/new/", {"title": "Kỳ mới", "year": year, "owner": made.province.pk})
    cycle = Cycle.objects.get(title="Kỳ mới")
    group = {"title": "Sở", "set": made.version.pk, "unit": [made.department.pk]}
    client.post(f"/cycles/{cycle.pk}/groups/", group)
    return f"/cycles/{cycle.pk}"


def test_no_cycle_opens_without_a_phase_of_self_scoring(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    path = _prepared(made, client, "2025")
    answer = client.post(f"{path}/open/")
    assert answer.status_code == 403
    assert "chưa có giai đoạn tự chấm điểm" in answer.text
    assert Cycle.objects.get(title="Kỳ mới").state == "draft"


def test_an_open_cycle_keeps_a_phase_of_self_scoring(made: World, as_person: Person) -> None:
    own = Phase.objects.get(cycle=made.cycle)
    lines = {"phase": [own.pk], "kind": ["self_scoring"], "title": [""], "starts": [""], "ends": [""]}
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/timetable/", {**lines, "reason": "Xóa hết"})
    assert answer.status_code == 422
    assert "phải còn ít nhất một giai đoạn tự chấm điểm" in answer.text
    assert Phase.objects.filter(cycle=made.cycle).count() == 1


def test_a_set_of_another_year_is_confirmed_first(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    path = _prepared(made, client, "2026")
    lines = {"title": ["Tự chấm"], "kind": ["self_scoring"], "starts": ["01/01/2099"], "ends": ["31/01/2099"]}
    client.post(f"{path}/timetable/", lines)
    page = client.get(f"{path}/open/").text
    assert "Bộ tiêu chí của năm 2025, kỳ của năm 2026." in page
    assert "nhập được từ 00:00 ngày 01/01/2099" in page
    refused = client.post(f"{path}/open/")
    assert refused.status_code == 422
    assert "Kỳ năm 2026 nhưng bộ tiêu chí của năm 2025" in refused.text
    done = client.post(f"{path}/open/", {"despite_years": "1"}, follow=True)
    assert "Đơn vị nhập được từ 00:00 ngày 01/01/2099." in done.text


def test_only_who_runs_a_cycle_is_led_to_its_preparation(made: World, as_person: Person) -> None:
    link = f'href="/cycles/{made.cycle.pk}/prepare/"'
    for name in ("auditor", "appraiser", "chair", "secretary"):
        for path in ("/cycles/", f"/cycles/{made.cycle.pk}/", f"/cycles/{made.cycle.pk}/notice/"):
            assert link not in as_person(name).get(path).text
    assert link in as_person("standing_office").get("/cycles/").text


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "01/01/1999"])
def test_a_phase_lies_in_years_that_can_be_meant(made: World, as_person: Person, day: str) -> None:
    lines = {"title": ["Tự chấm"], "kind": ["self_scoring"], "starts": [day], "ends": [""], "reason": "Đổi hạn"}
    answer = as_person("standing_office").post(f"/cycles/{made.cycle.pk}/timetable/", lines)
    assert answer.status_code == 422
    assert f"Ngày {day} ngoài khoảng từ năm 2000 đến năm 2100." in answer.text
    assert f'value="{day}"' in answer.text
    assert Phase.objects.get().title == "Tự đánh giá"


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_no_deadline_fails_on_a_day_at_the_end_of_the_calendar(made: World, as_person: Person, day: str) -> None:
    typed = {"until": day, "reason": "Chờ số liệu"}
    assert as_person("owner").post(f"/sheets/{made.sheet.pk}/extension/", typed).status_code == 422
    act = {"act": "extend", "confirmed": "1", "sheet": made.sheet.pk, **typed}
    assert as_person("standing_office").post(f"/cycles/{made.cycle.pk}/act/", act).status_code == 422
