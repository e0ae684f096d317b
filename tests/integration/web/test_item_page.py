"""The page of one item: what it shows to whom, what it costs, and the small forms beside the fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now, version_of_year

from parindex.database.models import (
    AuditRecord,
    Cycle,
    Entry,
    Figure,
    Guidance,
    GuidanceNote,
    ScoreSheet,
    SheetPart,
)
from parindex.domain.scoring.rule_table import parse_rule
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest, number_of
from parindex.web.score_sheets.ladder import Placed, ladder
from parindex.wording.numbers import number

Person = Callable[[str], Client]


def item(made: World, code: str = "2.1") -> str:
    return f"/sheets/{made.sheet.pk}/items/{code}/"


def figures(made: World, year: int = 2025, **values: str) -> None:
    for measure, value in values.items():
        Figure.objects.create(unit=made.department, measure=measure, year=year, value=value)


def typed(**values: str) -> dict[str, str]:
    """The form of an item on a page that was empty."""
    return {f"figure.{name}": value for name, value in values.items()} | {
        f"read.figure.{name}": digest("") for name in values
    }


def last_year(made: World, *, explanation: str = "Năm ngoái đạt 80%") -> ScoreSheet:
    """The same sheet of the year before."""
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Sở, ngành năm 2024", year=2024, state="published",
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    group = made.sheet.group
    group.pk, group.cycle, group.set_version = None, cycle, version_of_year(made.version, 2024)
    group.save()
    sheet = ScoreSheet.objects.create(
        cycle=cycle, group=group, unit=made.department, unit_name="Sở Y tế", unit_path="tinh/so-y-te", state="final"
    )
    part = SheetPart.objects.create(
        sheet=sheet, lead_unit=made.department, lead_name="Sở Y tế", lead_path="tinh/so-y-te", state="final"
    )
    Entry.objects.create(sheet=sheet, part=part, item_code="2.1", position=0, points="1.6", explanation=explanation)
    return sheet


def test_the_rule_its_line_and_both_years(made: World, as_person: Person) -> None:
    figures(made, received="1000", online="300")
    figures(made, 2024, received="800", online="200")
    page = as_person("owner").get(item(made, "2.2")).text
    assert "Điểm theo tỷ lệ: “Hồ sơ trực tuyến” ÷ “Hồ sơ tiếp nhận”; mức đạt tối đa 50%." in page
    assert "Đồ thị cách tính: từ 0% đến 50%: 0 đến 2 điểm; từ 50% đến 60% được 2 điểm." in page
    assert "Năm 2024: 25%." in page
    assert "Năm 2025: 30%, được 1,2." in page


def test_options_stand_as_a_list_with_the_chosen_one(made: World, as_person: Person) -> None:
    figures(made, plan="late")
    figures(made, 2024, plan="timely")
    page = as_person("owner").get(item(made, "1.1")).text
    chosen = re.search(r'<li class="is-chosen">.*?</li>', page, re.S)
    assert chosen is not None
    assert "Chậm" in chosen[0]
    assert "0,5 điểm" in chosen[0]
    assert "năm 2024 chọn phương án này" in page


def test_what_is_missing_to_the_maximum(made: World, as_person: Person) -> None:
    client = as_person("owner")
    saved = client.post(item(made, "2.2"), typed(received="572", online="178"), headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert "Còn thiếu 0,75524 điểm. Muốn đạt trọn, “Hồ sơ trực tuyến” cần đạt 286, tức thêm 108." in saved.text


def test_a_jump_is_asked_about_and_can_be_kept_with_a_reason(made: World, as_person: Person) -> None:
    figures(made, 2024, received="349")
    client = as_person("owner")
    saved = client.post(item(made), typed(received="572"), headers={"HX-Request": "true"})
    assert "+63,9%" in saved.text
    assert "Thay đổi trên 50% so với năm trước: Hồ sơ tiếp nhận" in saved.text
    kept = {"kept_warning": "Mở rộng danh mục", "read.kept_warning": digest("")}
    assert client.post(item(made), kept, headers={"HX-Request": "true"}).status_code == 200
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").kept_warning == "Mở rộng danh mục"
    assert "Mở rộng danh mục" in client.get(item(made)).text


def test_a_shared_figure_says_where_it_counts_and_counts_there(made: World, as_person: Person) -> None:
    client = as_person("owner")
    assert ">2.2</a>: sửa ở đây là sửa mọi mục" in client.get(item(made)).text
    client.post(item(made, "2.2"), typed(received="1000", online="250"))
    saved = client.post(
        item(made), {"figure.received": "500", "read.figure.received": digest("1000")}, headers={"HX-Request": "true"}
    )
    line = f'<a href="{item(made, "2.2")}" hx-swap-oob='
    assert line in saved.text  # the other item's line of the tree changes at once
    assert Entry.objects.get(sheet=made.sheet, item_code="2.2").points == "2"


def test_the_filter_of_the_tree_stands_in_the_address(made: World, as_person: Person) -> None:
    client = as_person("owner")
    client.post(item(made), typed(received="100", on_time="100"))
    page = client.get(item(made), {"only": "todo"}).text
    assert f'<li><a href="{item(made, "2.2")}' in page
    assert f'<li><a href="{item(made)}' not in page
    assert "?only=todo" in page
    assert client.post(item(made) + "?only=todo", {"next": "2.2"})["Location"].endswith("/2.2/?only=todo#item")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "awaiting_signature"}, "Chờ lãnh đạo ký"),
        ({"state": "locked"}, "nhưng phiếu còn khóa"),
        ({"state": "submitted"}, "Đã nộp"),
    ],
)
def test_a_part_that_is_not_open_says_why(made: World, as_person: Person, change: dict[str, str], words: str) -> None:
    SheetPart.objects.filter(sheet=made.sheet).update(**change)
    page = as_person("owner").get(item(made)).text
    assert "Chỉ để xem." in page
    assert words in page
    assert "data-autosave" not in page
    assert "readonly" in page


def test_typed_text_comes_back_when_the_phase_has_closed(made: World, as_person: Person) -> None:
    client = as_person("owner")
    SheetPart.objects.filter(sheet=made.sheet).update(state="submitted")
    typed = {"explanation": "Gõ khi đang đóng", "read.explanation": digest(""), "figure.on_time": "17"}
    answer = client.post(item(made), typed)
    assert answer.status_code == 403
    assert "Nội dung bạn vừa gõ, chưa lưu" in answer.text
    labels = re.findall(r'<label class="field__label" for="u\.([^"]+)">([^<]+)</label>', answer.text)
    assert dict(labels) == {"explanation": "Giải trình", "figure.on_time": "Hồ sơ đúng hạn"}
    assert "Gõ khi đang đóng" in answer.text
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation == ""


def test_last_years_explanation_is_copied_behind_what_stands_there(made: World, as_person: Person) -> None:
    last_year(made)
    client = as_person("owner")
    page = client.get(item(made)).text
    assert "Chép giải trình năm 2024" in page
    assert "1,6" in page
    for expected in ("Năm ngoái đạt 80%", "Năm ngoái đạt 80%\nNăm ngoái đạt 80%"):
        assert client.post(item(made) + "copy/").status_code == 302
        assert Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation == expected


def test_another_item_with_the_same_code_is_not_last_years(made: World, as_person: Person) -> None:
    Entry.objects.filter(sheet=last_year(made)).update(item_code="1.1")
    assert "Chép giải trình" not in as_person("owner").get(item(made)).text


def test_points_are_typed_where_no_rule_gives_them(made: World, as_person: Person) -> None:
    client = as_person("owner")
    assert "Điểm, tối đa 2" in client.get(item(made, "1.2")).text
    form = {"self_points": "2,5", "read.self_points": digest("")}
    refused = client.post(item(made, "1.2"), form)
    assert refused.status_code == 422
    assert "2,5 lớn hơn 2. Kiểm tra lại số đã gõ." in refused.text
    assert 'value="2,5"' in refused.text
    for share in ("50%", "1/4"):
        refused = client.post(item(made, "1.2"), form | {"self_points": share})
        assert refused.status_code == 422
        assert f"“{share}” là tỷ lệ, không phải số điểm. Gõ số điểm, ví dụ 0,5." in refused.text
    assert client.post(item(made, "1.2"), form | {"self_points": "1,264"}).status_code == 302
    assert Entry.objects.get(sheet=made.sheet, item_code="1.2").points == "1.264"


def test_survey_items_are_not_entered(made: World, as_person: Person) -> None:
    page = as_person("owner").get(item(made, "3.1")).text
    assert "Chấm từ điều tra, không phải nhập." in page
    assert 'name="explanation"' not in page


def test_unknown_items_and_fields(made: World, as_person: Person) -> None:
    client = as_person("owner")
    assert client.get(item(made, "9.9")).status_code == 404
    assert client.post(item(made, "9.9"), {}).status_code == 404
    assert client.get("/sheets/999999/items/2.1/").status_code == 404
    huge = f"/sheets/{10**20}/items/2.1/"  # larger than any column
    assert (client.get(huge).status_code, client.post(huge, {}).status_code) == (404, 404)
    assert client.post(item(made), typed(plan="late")).status_code == 403
    assert client.post(item(made), {"next": "../../x"})["Location"] == f"{item(made)}#item"


def test_another_account_stores_nothing(made: World, as_person: Person) -> None:
    form = typed(received="5") | {"account": str(made.people["colleague"].pk)}
    refused = as_person("owner").post(item(made), form, headers={"HX-Request": "true"})
    assert refused.status_code == 403
    assert "tài khoản khác" in refused.text
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("written", "stored"),
    [("53,576", "53576"), ("1,264", "1264"), ("0.5", None), ("1.200", None), ("12", "12"), ("1,234,567", "1234567")],
)
def test_who_reads_english_types_english_numbers(
    made: World, as_person: Person, written: str, stored: str | None
) -> None:
    client = as_person("owner")
    client.get("/language/?to=en")
    answer = client.post(item(made), typed(received=written), headers={"HX-Request": "true"})
    assert answer.status_code == (200 if stored else 422)  # 0.5 and 1.2 are no whole numbers
    found = Figure.objects.filter(measure="received").first()
    assert (found.value if found else None) == stored


def test_history_tells_who_changed_what_and_brings_it_back(made: World, as_person: Person) -> None:
    first = made.session("owner")
    for at, text, read in ((0, "Bản một", ""), (3600, "Bản hai", "Bản một")):
        save_entry(
            by=first, at=now() + timedelta(seconds=at), sheet_id=made.sheet.pk, item_code="2.1",
            change=Change(explanation=Typed(text, digest(read))),
        )  # fmt: skip
    client = as_person("colleague")
    page = client.get(item(made) + "history/").text
    assert "<mark>một</mark>" in page
    assert "<mark>hai</mark>" in page
    record = AuditRecord.objects.filter(action="edit_entry").order_by("-sequence").first()
    assert record is not None
    assert client.post(item(made) + "restore/", {"record": record.pk, "field": "explanation"}).status_code == 302
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation == "Bản một"
    assert client.post(item(made) + "restore/", {"record": record.pk, "field": "state"}).status_code == 403
    assert client.post(item(made) + "restore/", {"record": "x", "field": "explanation"}).status_code == 403


def test_a_restored_figure_is_the_number_that_stood_there(made: World, as_person: Person) -> None:
    client = as_person("owner")
    client.post(item(made), typed(received="1.234"))
    changed = {"figure.received": "5", "read.figure.received": digest("1234")}
    as_person("colleague").post(item(made), changed)
    record = AuditRecord.objects.filter(action="edit_entry").order_by("-sequence").first()
    assert record is not None
    # The other item shares the figure: its history has the record too, and may restore it.
    other = item(made, "2.2")
    assert "1.234" in client.get(other + "history/").text
    assert client.post(other + "restore/", {"record": record.pk, "field": "figure.received"}).status_code == 302
    assert Figure.objects.get(measure="received").value == "1234"
    # An item that does not read it may not.
    refused = client.post(item(made, "1.1") + "restore/", {"record": record.pk, "field": "figure.received"})
    assert refused.status_code == 403


def test_items_are_given_to_people_of_the_unit_alone(made: World, as_person: Person) -> None:
    client = as_person("leader")
    page = client.get(item(made) + "assignee/").text
    assert "Owner" in page
    assert "Stranger" not in page
    assert client.post(item(made) + "assignee/", {"assignee": made.people["stranger"].pk}).status_code == 403
    assert client.post(item(made) + "assignee/", {"assignee": made.people["owner"].pk}).status_code == 302
    assert "Giao cho: Owner" in client.get(item(made)).text
    mine = as_person("owner").get(item(made), {"only": "assigned"}).text
    assert f'<li><a href="{item(made)}' in mine
    assert f'<li><a href="{item(made, "2.2")}' not in mine
    assert client.post(item(made) + "assignee/", {"assignee": ""}).status_code == 302
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").assignee is None


@pytest.mark.parametrize("name", ["owner", "standing_office"])
def test_an_item_page_costs_the_same_whatever_stands_on_it(made: World, as_person: Person, name: str) -> None:
    client = as_person(name)
    client.get(item(made))
    with CaptureQueriesContext(connection) as empty:
        client.get(item(made))
    figures(made, received="1", on_time="1", online="1")
    figures(made, 2024, received="1", on_time="1")
    part = SheetPart.objects.get(sheet=made.sheet)
    for position in range(60):
        Entry.objects.create(sheet=made.other_sheet, part=part, item_code=f"x{position}", position=100 + position)
    with CaptureQueriesContext(connection) as full:
        client.get(item(made))
    assert len(full) == len(empty)
    assert len(full) <= 15  # 4 who reads, 3 the sheet, the entry, all entries, 1 figures, 5 beside, 2 evidence


@pytest.mark.parametrize("name", ["owner", "standing_office", "auditor"])
def test_the_list_of_sheets_costs_the_same_for_one_and_for_three(made: World, as_person: Person, name: str) -> None:
    client = as_person(name)
    client.get("/sheets/")
    with CaptureQueriesContext(connection) as one:
        client.get("/sheets/")
    last_year(made)
    with CaptureQueriesContext(connection) as more:
        page = client.get("/sheets/").text
    assert len(more) == len(one)
    assert "Sở, ngành năm 2024" in page


RATIO = {"kind": "ratio", "of": "a", "to": "b"}
BANDS = {
    "kind": "bands", "of": "a", "to": "b",
    "bands": [{"below": "50%", "points": 0}, {"from": "50%", "below": "80%", "rule": {"kind": "ratio"}},
              {"from": "80%", "points": 2}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (
            {"kind": "ratio", "of": "a", "to": "b", "target": "50%"},
            "M40 92L540 14L640 14",
            "từ 50% đến 60% được 2 điểm",
        ),
        (
            {"kind": "ratio", "of": "a", "to": "b", "floor": "20%"},
            "M40 92L160 92M160 76.4L640 14",
            "từ 0% đến 20% được 0",
        ),
        ({"kind": "count", "of": "a", "each": "0.5"}, "M40 92L540 14L640 14", "từ 0 đến 4: 0 đến 2 điểm"),
        (BANDS, "M40 92L290 92M290 53L440 29.6M440 14L640 14", "từ 50% đến 80%: 1 đến 1,6 điểm"),
    ],
)
def test_rules_as_lines(data: dict[str, object], path: str, words: str) -> None:
    picture = ladder(parse_rule(data, max_points=Fraction(2), year=2025), [], 2025)
    assert picture is not None
    assert picture.path == path
    assert words in picture.alternative


def test_points_that_are_not_handed_in_are_for_the_unit_alone(made: World, as_person: Person) -> None:
    assert "khi đã nộp" not in as_person("owner").get("/sheets/").text
    assert as_person("standing_office").get("/sheets/").text.count("khi đã nộp") == 2
    assert as_person("auditor").get("/sheets/").text.count("khi đã nộp") == 2
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="submitted")
    assert as_person("standing_office").get("/sheets/").text.count("khi đã nộp") == 1


def test_rules_that_are_no_line() -> None:
    option = parse_rule(
        {"kind": "option", "of": "k", "options": {"yes": {"points": 1}}}, max_points=Fraction(2), year=2025
    )
    assert ladder(option, [], 2025) is None
    assert ladder(None, [], 2025) is None
    many = {"kind": "sum", "parts": [{"kind": "count", "of": "a", "each": 1, "max_points": 1}]}
    assert ladder(parse_rule(many, max_points=Fraction(2), year=2025), [], 2025) is None


def test_marks_stand_where_their_years_are() -> None:
    rule = parse_rule(RATIO | {"target": "50%"}, max_points=Fraction(1, 2), year=2020)
    now_, before = Fraction(178, 572), Fraction(96, 349)
    places = [Placed(2020, now_, Fraction(3112, 10_000)), Placed(2019, before, Fraction(2751, 10_000))]
    picture = ladder(rule, places, 2020)
    assert picture is not None
    assert [(mark.x, mark.y) for mark in picture.marks] == [("315.1", "49.1"), ("351.2", "43.5")]
    assert [mark.is_now for mark in picture.marks] == [False, True]
    assert picture.marks[1].words == "Năm 2020: 31,12%, được 0,3112"


def test_the_published_guidance_stands_beside_the_rule(made: World, as_person: Person) -> None:
    guidance = Guidance.objects.create(
        criteria_set=made.version.criteria_set, number=1, title="Hướng dẫn 12/HD-SNV",
        created_by=made.people["standing_office"], created_at=now(), published_at=now(),
    )  # fmt: skip
    GuidanceNote.objects.create(guidance=guidance, item_code="2.1", rule_text="Chỉ tính hồ sơ đã trả kết quả")
    client = as_person("owner")
    assert "Chỉ tính hồ sơ đã trả kết quả" in client.get(item(made)).text
    assert "Chỉ tính hồ sơ đã trả kết quả" not in client.get(item(made, "2.2")).text


@pytest.mark.parametrize("written", ["53.576", "−1.234,5", "0,00001", "-7", "1 234"])
def test_what_a_page_prints_is_read_back_as_the_same_number(written: str) -> None:
    value = number_of(written)
    assert number_of(number(value)) == value
