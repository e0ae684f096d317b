"""Việc của tôi: every role sees what waits for it, by deadline, and how far the own sheet has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now

from parindex.database.models import Cycle, Entry, Phase, SheetPart
from parindex.usecases.assignees import assign_item
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.not_assessed import request_not_assessed
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]


def shown(client: Client) -> str:
    answer = client.get("/home/")
    assert answer.status_code == 200
    return answer.text


def another_cycle(made: World, year: int, *, opened: bool = True) -> Cycle:
    """One more cycle of the same units."""
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title=f"Sở, ngành năm {year}", year=year,
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    kind = Phase.objects.filter(cycle=made.cycle).values_list("kind", flat=True).first() or ""
    Phase.objects.create(
        cycle=cycle, kind=kind, title="Tự đánh giá", starts_at=now() + timedelta(days=40),
        ends_at=now() + timedelta(days=year - 2000),
    )  # fmt: skip
    group = NewGroup("departments", "Sở, ngành", made.version.pk, (made.department.pk, made.other_department.pk))
    office = made.session("standing_office")
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=group)
    if opened:
        open_cycle(by=office, at=now(), cycle_id=cycle.pk, despite_years=True)
    return cycle


def test_an_officer_sees_the_part_to_fill_with_its_deadline(made: World, as_person: Person) -> None:
    page = shown(as_person("owner"))
    assert "Nhập phiếu: Sở, ngành năm 2025" in page
    assert "0/4 mục" in page
    assert "còn 9 ngày" in page
    assert "1 việc chưa xong." in page
    assert "Bắt đầu" in page


def test_who_runs_the_application_stands_under_its_name(made: World, as_person: Person, settings: Any) -> None:
    settings.BODY = "UBND tỉnh Mẫu"
    assert "Chỉ số cải cách hành chính<small>UBND tỉnh Mẫu</small>" in shown(as_person("owner"))


def test_points_per_criterion_and_the_people(made: World, as_person: Person) -> None:
    change = Change(figures={"received": Typed("1200", digest("")), "on_time": Typed("900", digest(""))})
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    page = shown(as_person("owner"))
    assert "1/4" in page
    assert "<b>2</b> Thủ tục hành chính" in page
    assert "1,5" in page
    assert "Colleague, Owner" in page
    assert "Leader" in page


def test_a_returned_part_says_why(made: World, as_person: Person) -> None:
    parts = SheetPart.objects.filter(sheet=made.sheet)
    parts.update(state="returned", returned_reason="Thiếu số liệu quý IV")
    page = shown(as_person("owner"))
    assert "Sửa phần bị trả lại" in page
    assert "Thiếu số liệu quý IV" in page


def test_news_tell_what_others_did(made: World, as_person: Person) -> None:
    request_not_assessed(
        by=made.session("colleague"), at=now(), sheet_id=made.sheet.pk, item_code="1.2", reason="Không có",
        legal_basis="",
    )  # fmt: skip
    assert "Colleague: đề nghị không đánh giá" in shown(as_person("owner"))
    assert "Colleague: đề nghị không đánh giá" not in shown(as_person("colleague"))


def test_a_leader_signs_what_was_presented(made: World, as_person: Person) -> None:
    part = SheetPart.objects.get(sheet=made.sheet)
    SheetPart.objects.filter(pk=part.pk).update(state="awaiting_signature")
    assert "Ký phiếu: Sở, ngành năm 2025" in shown(as_person("leader"))
    assert "Ký phiếu" not in shown(as_person("owner"))


def test_items_given_to_somebody(made: World, as_person: Person) -> None:
    for code in ("1.1", "2.1"):
        assign_item(
            by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, item_code=code,
            assignee=made.people["owner"].pk,
        )  # fmt: skip
    assert "2 mục giao cho bạn" in shown(as_person("owner"))
    assert "giao cho bạn" not in shown(as_person("colleague"))


def test_the_standing_office_sees_requests_and_units_that_are_late(made: World, as_person: Person) -> None:
    page = shown(as_person("standing_office"))
    assert "2 đơn vị chưa nộp phiếu" in page
    request_not_assessed(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.2", reason="Không có", legal_basis=""
    )
    assert "1 đề nghị không đánh giá chờ quyết định" in shown(as_person("standing_office"))
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(days=1))
    page = shown(as_person("standing_office"))
    assert "2 đơn vị quá hạn nộp phiếu" in page
    assert "Quá hạn" in page


def test_nothing_to_do_names_the_next_opening(made: World, as_person: Person) -> None:
    Cycle.objects.filter(pk=made.cycle.pk).update(state="published")
    later = another_cycle(made, 2026, opened=False)
    page = shown(as_person("owner"))
    assert "Không có việc nào đến hạn" in page
    starts = Phase.objects.get(cycle=later).starts_at
    assert starts is not None
    assert f"Kỳ tiếp theo mở ngày {starts.astimezone():%d/%m/%Y}" in page


@pytest.mark.parametrize(
    "name", ["administrator", "appraiser", "chair", "secretary", "survey_staff", "auditor", "stranger", "other_leader"]
)
def test_every_role_has_its_page(made: World, as_person: Person, name: str) -> None:
    assert "Việc của tôi" in shown(as_person(name))


@pytest.mark.parametrize("name", ["owner", "leader", "standing_office"])
def test_three_sheets_cost_no_more_queries_than_one(made: World, as_person: Person, name: str) -> None:
    client = as_person(name)
    shown(client)
    with CaptureQueriesContext(connection) as one:
        shown(client)
    another_cycle(made, 2026)
    another_cycle(made, 2027)
    Entry.objects.filter(sheet=made.sheet).update(assignee=made.people["owner"])
    shown(client)
    with CaptureQueriesContext(connection) as three:
        shown(client)
    assert len(three) <= len(one) + (1 if name == "owner" else 0)  # the sheets of assigned items


def test_what_cannot_be_read_is_named_and_the_rest_shows(
    made: World, as_person: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("parindex.web.home.views.own_sheet", broken)
    page = shown(as_person("owner"))
    assert "Không đọc được phiếu của đơn vị." in page
    assert "Nhập phiếu: Sở, ngành năm 2025" in page
    assert "own sheet of account" in caplog.text
