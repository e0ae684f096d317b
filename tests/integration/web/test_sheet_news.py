"""What a unit must hear of its sheet stands wherever it meets the sheet: a replaced set, its wish for more time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now, self_scoring, version_of_year

from parindex.database.models import Cycle, Entry, Extension, Figure, Phase, ScoreSheet, SetReplacement
from parindex.database.models.cycles import PhaseKind
from parindex.usecases.cycle_running import ask_for_extension, decide_extension
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest
from parindex.wording.moments import day

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
SCRIPT = {"HX-Request": "true"}
PLACES = ("/home/", "/sheets/{}/items/", "/sheets/{}/submit/")


def pages(client: Client, sheet: int) -> list[str]:
    """The pages on which a unit meets its sheet."""
    return [client.get(place.format(sheet)).text for place in PLACES]


def wish(made: World, days: int = 20) -> Extension:
    return ask_for_extension(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, until=now() + timedelta(days=days),
        reason="Chờ số liệu của ngành dọc",
    )  # fmt: skip


def second_cycle(made: World) -> ScoreSheet:
    """One more open cycle of the same departments."""
    office = made.people["standing_office"]
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Sở, ngành năm 2026", year=2026, created_by=office,
        created_at=now(),
    )  # fmt: skip
    self_scoring(cycle, days_left=40)
    version = version_of_year(made.version, 2026)
    acting = made.session("standing_office")
    group = NewGroup("departments", "Sở, ngành", version.pk, (made.department.pk,))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk, despite_years=True)
    return ScoreSheet.objects.get(cycle=cycle)


def test_more_time_can_be_asked_for_from_every_own_sheet(made: World, as_person: Person) -> None:
    other = second_cycle(made)
    client = as_person("owner")
    for sheet in (made.sheet, other):
        for page in pages(client, sheet.pk):
            assert f'<a href="/sheets/{sheet.pk}/extension/">Xin gia hạn</a>' in page
    assert "/extension/" not in as_person("standing_office").get(f"/sheets/{other.pk}/items/").text


def test_what_was_asked_for_is_told_until_it_is_answered(made: World, as_person: Person) -> None:
    asked = wish(made)
    client = as_person("owner")
    for page in pages(client, made.sheet.pk):
        assert f"Đã xin gia hạn đến {day(asked.until)}, chờ trả lời" in page
        assert ">Xin gia hạn</a>" not in page
    own = client.get(f"/sheets/{made.sheet.pk}/extension/").text
    assert "Chờ số liệu của ngành dọc" in own
    assert "Đang chờ cơ quan thường trực trả lời." in own
    assert 'name="until"' not in own


@pytest.mark.parametrize(
    ("approve", "told"), [(True, "Đã được gia hạn đến"), (False, "Không được gia hạn: Hết thời gian")]
)
def test_the_answer_is_told(made: World, as_person: Person, approve: bool, told: str) -> None:
    asked = wish(made)
    decide_extension(
        by=made.session("standing_office"), at=now(), extension_id=asked.pk, approve=approve, reason="Hết thời gian"
    )
    client = as_person("owner")
    for page in pages(client, made.sheet.pk):
        assert told in page
        assert ">Xin gia hạn</a>" in page  # more time may be asked for again
    own = client.get(f"/sheets/{made.sheet.pk}/extension/").text
    assert "Hết thời gian" in own
    assert 'name="until"' in own


def test_a_replaced_set_is_told_wherever_the_sheet_is(made: World, as_person: Person) -> None:
    client = as_person("owner")
    link = f'href="/sheets/{made.sheet.pk}/replaced/"'
    item = f"/sheets/{made.sheet.pk}/items/2.1/"
    assert not any(link in page for page in (*pages(client, made.sheet.pk), client.get(item).text))
    SetReplacement.objects.create(
        group=made.sheet.group, old_version=made.version, new_version=made.version, reason="Đính chính",
        replaced_by=made.people["standing_office"], replaced_at=now(),
    )  # fmt: skip
    for page in (*pages(client, made.sheet.pk), client.get(item).text):
        assert "Bộ tiêu chí đã thay trong kỳ" in page
        assert link in page


def test_news_cost_the_same_for_one_and_for_three_sheets(made: World, as_person: Person) -> None:
    client = as_person("owner")
    client.get("/home/")
    with CaptureQueriesContext(connection) as one:
        client.get("/home/")
    second_cycle(made)
    wish(made)
    with CaptureQueriesContext(connection) as two:
        client.get("/home/")
    assert len(two) == len(one)


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("chair", PhaseKind.APPRAISAL, "Thẩm định bắt đầu ngày {day}."),
        ("appraiser", PhaseKind.APPRAISAL, "Thẩm định bắt đầu ngày {day}."),
        ("survey_staff", PhaseKind.SURVEY, "Điều tra bắt đầu ngày {day}."),
        ("auditor", PhaseKind.APPRAISAL, "bạn chưa phải làm gì."),
    ],
)
def test_who_waits_is_told_when_the_turn_comes(
    made: World, as_person: Person, name: str, kind: PhaseKind, told: str
) -> None:
    starts = now() + timedelta(days=12)
    Phase.objects.create(cycle=made.cycle, kind=kind, title="Đến lượt", starts_at=starts)
    page = as_person(name).get("/home/").text
    assert "Sở, ngành năm 2025" in page
    assert told.format(day=day(starts)) in page
    assert "Khi kỳ đánh giá mở" not in page


@pytest.mark.parametrize("name", ["chair", "survey_staff"])
def test_who_waits_without_a_day_is_told_what_is_known(made: World, as_person: Person, name: str) -> None:
    page = as_person(name).get("/home/").text
    known = {"chair": "Đơn vị đầu tiên nộp phiếu sẽ hiện ở đây.", "survey_staff": "bạn chưa phải làm gì."}
    assert known[name] in page


# --- reading only ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["standing_office", "auditor"])
def test_who_only_reads_is_told_who_enters(made: World, as_person: Person, name: str) -> None:
    Entry.objects.filter(sheet=made.sheet).update(updated_at=now())
    page = as_person(name).get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert "Đơn vị tự nhập; cơ quan thường trực và hội đồng chỉ xem." in page
    assert "đơn vị khác chủ trì" not in page
    assert "Đã lưu lúc" not in page
    assert "ký tự" not in page


# --- what a colleague wrote ------------------------------------------------------------------------------------------


def colleague_writes(made: World, **texts: str) -> None:
    figures = {name: Typed(value, digest("")) for name, value in texts.items() if name != "explanation"}
    explanation = Typed(texts["explanation"], digest("")) if "explanation" in texts else None
    change = Change(figures=figures, explanation=explanation)
    save_entry(by=made.session("colleague"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)


def known(*names: str) -> dict[str, str]:
    """What the page of an empty item knows of fields that it does not send."""
    return {f"read.{name}": digest("") for name in names}


def test_figures_that_others_wrote_come_with_the_next_save(made: World, as_person: Person) -> None:
    colleague_writes(made, received="18", on_time="9")
    form = {"explanation": "Của tôi"} | known("explanation", "figure.received", "figure.on_time", "kept_warning")
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/items/2.1/", form, headers=SCRIPT)
    assert answer.status_code == 200
    assert f'data-news="figure.received" data-digest="{digest("18")}"' in answer.text
    assert "Colleague ghi 18 lúc" in answer.text
    assert "Colleague ghi 9 lúc" in answer.text
    assert 'data-news="explanation"' not in answer.text
    assert 'data-news="kept_warning"' not in answer.text
    assert Figure.objects.get(measure="received").value == "18"


def test_a_text_that_others_wrote_comes_whole(made: World, as_person: Person) -> None:
    colleague_writes(made, explanation="Dòng một\nDòng hai")
    form = {"figure.received": "5"} | known("explanation", "figure.received", "figure.on_time")
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/items/2.1/", form, headers=SCRIPT)
    assert "Người khác vừa sửa ô này." in answer.text
    assert "<textarea hidden>\nDòng một\nDòng hai</textarea>" in answer.text


def test_a_figure_that_was_taken_out_is_told(made: World, as_person: Person) -> None:
    Figure.objects.create(
        unit=made.department, measure="received", year=2025, value="", updated_by=made.people["colleague"],
        updated_at=now(),
    )  # fmt: skip
    form = {"explanation": "Của tôi", "read.explanation": digest(""), "read.figure.received": digest("18")}
    answer = as_person("owner").post(f"/sheets/{made.sheet.pk}/items/2.1/", form, headers=SCRIPT)
    assert "Colleague xóa trống ô này lúc" in answer.text


def test_news_cost_one_query_and_only_where_there_are_some(made: World, as_person: Person) -> None:
    client, where = as_person("owner"), f"/sheets/{made.sheet.pk}/items/2.1/"
    colleague_writes(made, received="18", on_time="9")

    def cost(text: str, before: str, **more: str) -> int:
        with CaptureQueriesContext(connection) as found:
            client.post(where, {"explanation": text, "read.explanation": digest(before)} | more, headers=SCRIPT)
        return len(found)

    quiet = cost("Một", "")
    same = {"read.figure.received": digest("18"), "read.figure.on_time": digest("9")}
    assert cost("Hai", "Một", **same) == quiet
    assert cost("Ba", "Hai", **known("figure.received", "figure.on_time")) == quiet + 1


# --- a part that is more than its whole ------------------------------------------------------------------------------


def test_a_part_that_is_more_than_its_whole_is_told_at_the_field(made: World, as_person: Person) -> None:
    colleague_writes(made, received="18", on_time="20")
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert 'id="doubt.figure.on_time"><svg' in page
    assert "20 lớn hơn 18. Kiểm tra lại số đã gõ." in page
    assert "Chưa có điểm: tỷ lệ vượt 100% mà quy tắc không cho phép." in page
    assert "Nhập đủ số liệu để tính điểm." not in page


def test_missing_figures_are_asked_for(made: World, as_person: Person) -> None:
    colleague_writes(made, received="18")
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/items/2.1/").text
    assert "Nhập đủ số liệu để tính điểm." in page
    assert "Kiểm tra lại số đã gõ" not in page
