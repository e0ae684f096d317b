"""A figure that the set declares the sum over child units is what they entered, where they report it themselves."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.summed_world import SummedWorld, summed_world
from tests.factories.world import person

from parindex.database.models import Entry, Figure, ScoreSheet, SheetPart, User
from parindex.database.models.entries import EntryState
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SheetState
from parindex.usecases.typed_values import digest
from parindex.wording.language import speaking

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


# --- a child unit whose figure does not come -------------------------------------------------------------------------


@pytest.mark.parametrize("state", [EntryState.NOT_ASSESSED, EntryState.PENDING])
def test_a_child_whose_items_are_out_is_not_waited_for(found: SummedWorld, state: EntryState) -> None:
    enter(found, "1200")
    Entry.objects.filter(sheet=found.parts[1], item_code="2.1").update(state=state)
    assert send(found, "1200")[0] == 422  # another item of it asks for the same figure
    Entry.objects.filter(sheet=found.parts[1]).update(state=state)
    shown = page(found)
    assert "Sở Tư pháp" not in shown.split("Cộng từ đơn vị trực thuộc")[1].split("</span>")[0]
    assert "Lấy tổng 1.200" in shown
    assert send(found, "1200")[0] == 200


def test_a_request_not_to_assess_is_still_waited_for(found: SummedWorld) -> None:
    enter(found, "1200")
    Entry.objects.filter(sheet=found.parts[1]).update(state=EntryState.NOT_ASSESSED_REQUESTED)
    assert send(found, "1200")[0] == 422


@pytest.mark.parametrize(
    ("state", "said"), [(SheetState.LOCKED, "phiếu đã khóa"), (SheetState.SUBMITTED, "phiếu đã ký")]
)
def test_a_child_whose_sheet_is_closed_is_not_waited_for(found: SummedWorld, state: SheetState, said: str) -> None:
    enter(found, "1200")
    ScoreSheet.objects.filter(pk=found.parts[1].pk).update(state=state)
    SheetPart.objects.filter(sheet=found.parts[1]).update(state=state)
    shown = page(found)
    assert f"Sở Y tế 1.200 = <b>1.200</b>; Sở Tư pháp chưa có số, {said}</span>" in shown
    assert send(found, "1200")[0] == 200
    assert send(found, "1201", before="1200")[0] == 422


def test_where_no_child_can_enter_it_there_is_no_figure(found: SummedWorld) -> None:
    """As ``parindex score`` has it: no number of the unit's own stands for a sum of nothing."""
    ScoreSheet.objects.filter(pk__in=[one.pk for one in found.parts]).update(state=SheetState.LOCKED)
    shown = page(found)
    assert "Cộng từ đơn vị trực thuộc: Sở Y tế chưa có số, phiếu đã khóa; Sở Tư pháp chưa có số" in shown
    assert "Không có số nào để cộng" in shown
    status, text = send(found, "1200")
    assert status == 422
    assert "Sở Y tế; Sở Tư pháp không có số, phiếu đã khóa hoặc đã ký." in text
    assert stored(found.whole.unit_id) == ""


def test_a_figure_whose_children_lost_theirs_is_named_before_it_is_signed(found: SummedWorld) -> None:
    enter(found, "1200", "34")
    send(found, "1234")
    enter(found, "", "")
    ScoreSheet.objects.filter(pk__in=[one.pk for one in found.parts]).update(state=SheetState.LOCKED)
    leader = client_of(person("province_leader", found.made.province, Role.UNIT_LEADER))
    told = "đang ghi 1.234; Sở Y tế; Sở Tư pháp không có số, phiếu đã khóa hoặc đã ký. Xóa số này"
    assert told in leader.get(f"/sheets/{found.whole.pk}/submit/").text
    assert send(found, "", before="1234")[0] == 200


def test_where_no_child_is_assessed_on_it_the_unit_types_the_figure(found: SummedWorld) -> None:
    Entry.objects.filter(sheet__in=found.parts).update(state=EntryState.NOT_ASSESSED)
    assert send(found, "1200")[0] == 200


def test_a_locked_child_that_has_entered_its_figure_is_in_the_sum(found: SummedWorld) -> None:
    enter(found, "1200", "34")
    ScoreSheet.objects.filter(pk__in=[one.pk for one in found.parts]).update(state=SheetState.LOCKED)
    assert send(found, "1200")[0] == 422
    assert send(found, "1234")[0] == 200


# --- before it is signed ---------------------------------------------------------------------------------------------


def test_the_check_and_the_page_of_signing_name_a_sum_that_moved(found: SummedWorld) -> None:
    enter(found, "1200", "34")
    send(found, "1234")
    leader = client_of(person("province_leader", found.made.province, Role.UNIT_LEADER))
    pages = (f"/sheets/{found.whole.pk}/submit/", f"/parts/{found.whole.parts.get().pk}/sign/")
    for url in pages:
        assert "khác tổng của các đơn vị trực thuộc" not in leader.get(url).text
    enter(found, "5000")
    for url in pages:
        shown = leader.get(url).text
        assert "khác tổng của các đơn vị trực thuộc" in shown
        assert "đang ghi 1.234; các đơn vị trực thuộc cộng được 5.034. Mở mục để lấy tổng." in shown
        assert f'href="/sheets/{found.whole.pk}/items/2.1/"' in shown
        assert shown.count("đang ghi 1.234") == 1  # two items use the figure, which is entered once
    enter(found, "")
    for url in pages:
        assert "đang ghi 1.234; đơn vị trực thuộc chưa nhập: Sở Y tế." in leader.get(url).text


def test_a_check_without_sums_looks_for_no_child_unit(found: SummedWorld) -> None:
    client = client_of(found.made.people["owner"])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/sheets/{found.made.sheet.pk}/submit/").status_code == 200
    assert not any("unit_path" in one["sql"] and "LIKE" in one["sql"] for one in asked.captured_queries)


# --- the very number -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "printed"), [("vi", "1.003,2345678"), ("en", "1,003.2345678")])
def test_the_button_sends_the_very_sum(db: None, language: str, printed: str) -> None:
    found = summed_world(integer=False)
    enter(found, "1,2345678", "1002")
    found.officer.language = language
    found.officer.save()
    with speaking(language):  # what the requests set is taken back
        sent = re.search(r'name="sum.figure.received" value="([^"]*)"', page(found))
        assert sent is not None
        assert sent[1] == printed
        status, text = send(found, "7")
        assert status == 422
        assert f"{printed}." in text
        assert send(found, sent[1], field="sum.figure.received")[0] == 200
        assert stored(found.whole.unit_id) == "1003.2345678"
        # What the field then shows is the same number: the next save of the form changes nothing.
        field = re.search(r'name="figure.received"[^>]* value="([^"]*)"', page(found))
        assert field is not None
        assert send(found, field[1], before="1003.2345678")[0] == 200
        assert stored(found.whole.unit_id) == "1003.2345678"
