"""How far a sheet is, in the words of the pages: whose items are counted, and what a request and a return count as."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from openpyxl import load_workbook
from tests.factories.filled import enter_everything
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, now

from parindex.database.models import Cycle, ScoreSheet, SheetPart
from parindex.domain.errors import Place, Problem
from parindex.domain.review.stages import Act
from parindex.domain.values import exact_number
from parindex.usecases import submissions
from parindex.usecases.claim_check import Matter, MatterKind
from parindex.usecases.not_assessed import decide_request, request_not_assessed
from parindex.usecases.reminders import remind
from parindex.usecases.sheet_counts import update_counts
from parindex.usecases.sheet_parts import assign_items
from parindex.usecases.typed_values import digest
from parindex.web.submissions.matter_words import matter_words
from parindex.wording.numbers import points_text
from parindex.wording.problems import SENTENCES
from parindex.wording.problems_of_results import RESULTS

Person = Callable[[str], Client]
SCRIPT = {"HX-Request": "true"}
WAITS = "(1 chờ duyệt không đánh giá)"


def words(page: str) -> str:
    """A page as it is read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def ask(made: World, code: str = "1.2", name: str = "owner") -> None:
    request_not_assessed(
        by=made.session(name), at=now(), sheet_id=made.sheet.pk, item_code=code, reason="Không có", legal_basis=""
    )


# --- whose items -----------------------------------------------------------------------------------------------------


@pytest.fixture
def body(db: None) -> PartsWorld:
    """Sở Y tế leads area 1, the province itself the rest; 1.1 and 2.1 are entered."""
    made = parts_world(assigned=False)
    leads = dict.fromkeys(("1.1", "1.2"), made.made.department.pk)
    office = made.session("standing_office")
    assign_items(by=office, at=now(), sheet_id=made.sheet.pk, leads=leads, reason="Phân công của UBND tỉnh")
    made.fill("1.1", "2.1")
    update_counts(made.sheet, act="edited", at=now(), by=None)  # the papers were put beside the items by hand
    return made


def browser(made: PartsWorld, name: str) -> Client:
    client = Client()
    client.force_login(made.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("name", ["head", "clerk"])
def test_the_assessed_body_sees_its_whole_sheet_and_its_own_part_by_name(body: PartsWorld, name: str) -> None:
    client = browser(body, name)
    answer = client.get("/home/")
    home, sheet = words(answer.text), body.now()
    assert (sheet.items_done, sheet.items) == (2, 4)
    card = words(answer.text.split('<aside class="stack"')[1])
    assert f"{sheet.items_done}/{sheet.items} mục đã xong" in card
    assert "Phần UBND tỉnh chủ trì: 1/2 mục" in card
    own = body.part("tinh")
    assert f'href="/sheets/{sheet.pk}/submit/?part={own.pk}"' in answer.text
    assert "UBND tỉnh · phần UBND tỉnh chủ trì" in home
    assert "UBND tỉnh, cả phiếu" in home
    # the list and the check say the same of the sheet
    assert f"{sheet.items_done}/{sheet.items} mục" in words(client.get("/sheets/").text)
    assert f"Mục đã xong {sheet.items_done} / {sheet.items}" in words(client.get(f"/sheets/{sheet.pk}/submit/").text)
    sums = words(answer.text.split('<tr class="sum">')[1].split("</tr>")[0])
    points, most = (points_text(exact_number(one)) for one in (sheet.points, sheet.max_points))
    assert sums.split() == ["Cộng", "4", most, points, "2", "mục"]


def test_who_leads_a_part_of_another_body_sees_that_part(body: PartsWorld) -> None:
    Cycle.objects.filter(pk=body.made.cycle.pk).update(state="draft")  # its own sheet is not to be seen
    page = words(browser(body, "leader").get("/home/").text)
    assert "Sở Y tế chủ trì" in page
    assert "1/2 mục đã xong" in page
    assert f"Phần {body.part('so-y-te').lead_name} chủ trì" in page
    assert "cả phiếu" not in page


def test_a_body_that_leads_everything_has_no_part_to_name(made: World, as_person: Person) -> None:
    page = words(as_person("owner").get("/home/").text)
    assert "0/4 mục đã xong" in page
    assert "chủ trì" not in page
    assert "cả phiếu" not in page


def test_the_progress_of_a_divided_sheet_names_the_part(body: PartsWorld) -> None:
    client, where = browser(body, "clerk"), f"/sheets/{body.sheet.pk}/items/2.2/"
    named = "Phần UBND tỉnh chủ trì: 1 trên 2 mục đã xong"
    assert named in words(client.get(where).text)
    assert named in words(client.get(f"/sheets/{body.sheet.pk}/items/").text)
    saved = client.post(where, {"explanation": "Có", "read.explanation": digest("")}, headers=SCRIPT)
    assert named in words(saved.text)
    office = browser(body, "standing_office")  # enters nothing: the whole sheet
    assert "Cả phiếu: 2 trên 4 mục đã xong" in words(office.get(where).text)


def test_the_progress_of_an_undivided_sheet_names_nobody(made: World, as_person: Person) -> None:
    page = words(as_person("owner").get(f"/sheets/{made.sheet.pk}/items/2.2/").text)
    assert "0 trên 4 mục đã xong" in page
    assert "Cả phiếu:" not in page
    assert "chủ trì: 0" not in page


def test_the_filters_of_the_list_count_what_they_show(body: PartsWorld) -> None:
    """The box counts the own part; a filter leads to every item of the sheet with that mark."""
    client, where = browser(body, "clerk"), f"/sheets/{body.sheet.pk}/items/"
    page = client.get(where).text
    for mark, count in re.findall(r'href="\?only=(\w+)">[^<]+<b>(\d+)</b>', page):
        if mark not in ("todo", "mine", "assigned"):
            assert client.get(f"{where}?only={mark}").text.count('<tr><th scope="row">') == int(count), mark


# --- a request -------------------------------------------------------------------------------------------------------


def test_a_request_is_not_done_and_is_told_apart_everywhere(made: World, as_person: Person) -> None:
    ask(made)
    sheet = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (sheet.items_done, sheet.requests, sheet.items) == (0, 1, 4)
    owner, office = as_person("owner"), as_person("standing_office")
    where = f"/sheets/{sheet.pk}/"
    assert f"0/4 mục {WAITS}" in words(owner.get("/home/").text)
    assert f"0/4 mục {WAITS}" in words(owner.get("/sheets/").text)
    assert f"0 / 4 {WAITS}" in words(owner.get(f"{where}submit/").text)
    assert f"0/4 {WAITS}" in words(owner.get(f"{where}parts/").text)
    for page in (f"{where}items/1.2/", f"{where}items/"):
        box = words(owner.get(page).text)
        assert "0 trên 4 mục đã xong" in box
        assert "1 chờ duyệt không đánh giá" in box
    overview = words(office.get(f"/cycles/{made.cycle.pk}/?open={sheet.pk}").text)
    assert f"số mục đã xong: 0 trên 8 {WAITS}" in overview
    assert re.search(r"1 [^0-9]+ \(1 chờ duyệt không đánh giá\) 0/2", overview)  # area 1 of the opened row


def test_an_approved_request_is_done_and_a_refused_one_is_to_do(made: World) -> None:
    for code, approved in (("1.2", True), ("1.1", False)):
        ask(made, code)
        decide_request(
            by=made.session("standing_office"), at=now(), sheet_id=made.sheet.pk, item_code=code, approved=approved,
            reason="Đơn vị có chức năng này",
        )  # fmt: skip
    sheet = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (sheet.items_done, sheet.requests, sheet.items) == (1, 0, 4)


def test_a_request_keeps_nobody_from_signing(made: World, as_person: Person) -> None:
    enter_everything(made.sheet)
    ask(made)
    page = as_person("owner").get("/home/").text
    assert f'3/4 mục</span></span> <span class="meta">{WAITS}' in page
    assert "Kiểm tra</a>" in page  # nothing to enter any more
    check = words(as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text)
    assert "Không còn mục nào phải nhập; 1 mục chờ duyệt không đánh giá." in check
    assert "Mọi mục đã xong" not in check
    part = SheetPart.objects.get(sheet=made.sheet)
    submissions.present(by=made.session("owner"), at=now(), part_id=part.pk)
    submissions.submit_part(by=made.session("leader"), at=now(), part_id=part.pk)
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "submitted"


def test_a_reminder_does_not_ask_for_what_others_decide(made: World) -> None:
    ask(made)
    remind(by=made.session("standing_office"), at=now(), sheet_ids=[made.sheet.pk])
    text = mail.outbox[0].body
    assert "Sở Y tế còn 3 trên 4 mục chưa xong" in text
    assert "1 mục khác chờ duyệt không đánh giá." in text


# --- the words of the check ------------------------------------------------------------------------------------------


def test_the_check_tells_the_unit_of_its_request_once_and_in_its_own_words(made: World, as_person: Person) -> None:
    client = as_person("owner")
    client.post(f"/sheets/{made.sheet.pk}/items/1.2/", {"self_points": "1,5", "read.self_points": digest("")})
    ask(made)
    page = words(client.get(f"/sheets/{made.sheet.pk}/submit/").text)
    assert "Chờ cơ quan thường trực duyệt; trong lúc chờ tính như chưa nhập" in page
    assert page.count("Đề nghị không đánh giá đang chờ quyết định") == 1
    assert "Số liệu cần xem lại" not in page
    assert "not_assessed" not in page
    assert f"của {made.department.pk}" not in page
    assert "`" not in page


#: What the engine finds in one item of one unit: only these stand beside an item of the check.
OF_ITEMS = sorted(kind for kind, (message, _) in RESULTS.items() if "{item}" in message)


@pytest.mark.parametrize("kind", OF_ITEMS)
def test_no_contradiction_speaks_to_the_command_line_or_by_number(kind: str) -> None:
    facts = {
        "unit": "4711", "item": "1.2", "origin": "self", "points": "3", "max_points": "2", "rule_points": "1",
        "state": "unanswered", "reason": "outside",
    }  # fmt: skip
    problem = Problem(kind, Place(code="1.2"), facts)
    said = matter_words(Matter(MatterKind.CONTRADICTION, "1.2", "Mục", {"problem": problem}))
    assert "4711" not in said
    assert "Vấn đề" not in said
    assert not re.search(r"`|--|[a-z]_[a-z]|\{|…", said), said
    assert said.endswith(".")


def test_what_the_engine_finds_in_items_is_known_here() -> None:
    assert set(OF_ITEMS) == {
        "rule_undecided", "rule_differs", "points_above_maximum", "answered_without_points", "points_set_aside",
        "request_open", "pending",
    }  # fmt: skip


@pytest.mark.parametrize("kind", sorted(kind for kind in SENTENCES if kind.startswith("citation_")))
def test_findings_on_citations_name_no_unit_and_no_code(kind: str) -> None:
    said = " ".join(SENTENCES[kind])
    assert "{unit}" not in said
    assert not re.search(r"`|--", said)


# --- returned --------------------------------------------------------------------------------------------------------


def test_points_of_a_returned_sheet_are_being_revised_not_missing(made: World, as_person: Person) -> None:
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="returned", last_act=Act.RETURN, last_act_at=now())
    office = as_person("standing_office")
    page = office.get(f"/cycles/{made.cycle.pk}/")
    rows = {one.split("</a>")[0].rsplit(">", 1)[-1]: words(one) for one in page.text.split("<tr>") if "sheet-" in one}
    mine, other = rows["Sở Y tế"], rows["Sở Tư pháp"]
    assert "đang giải trình lại" in mine
    assert "chưa nộp" not in mine
    assert "Trả lại" in mine
    assert "chưa nộp" in other
    listed = words(office.get("/sheets/").text)
    assert listed.count("đang giải trình lại") == 1
    assert listed.count("khi đã nộp") == 1
    book = load_workbook(io.BytesIO(office.post(f"/cycles/{made.cycle.pk}/export/").content)).active
    assert book is not None
    cells = {row[0]: row[7] for row in book.iter_rows(min_row=2, values_only=True)}
    assert cells == {"Sở Y tế": "đang giải trình lại", "Sở Tư pháp": "chưa nộp"}
