"""Precedents: what councils decided in cycles that are over; searched, cited, made into a draft of guidance."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import answer, send
from tests.factories.published_world import WHY, PublishedWorld, appraised_world, finalised, published, published_world
from tests.factories.world import now, version_of_year
from tests.integration.web.appraisers import address, browser

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, GuidanceNote, Opinion, ScoreSheet
from parindex.database.queries.precedents import Wanted, decisions, searched
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.corrections import Basis, Corrected, correct
from parindex.usecases.opinions import Said, decide
from parindex.usecases.precedents import draft_guidance, precedents_beside
from parindex.usecases.publishing import DecidedBy
from parindex.usecases.submissions import submit_part

pytestmark = pytest.mark.both

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def made(db: None) -> PublishedWorld:
    """A published cycle: 2.2 of one department was adjusted."""
    return published_world()


def client_of(made: PublishedWorld, name: str) -> Client:
    client = Client()
    client.force_login(made.made.people[name], backend=BACKEND)
    return client


def test_only_what_decided_in_cycles_that_are_over_is_a_precedent(made: PublishedWorld) -> None:
    rows = list(decisions())
    assert len({one.entry_id for one in rows}) == len(rows)
    adjusted = [one for one in rows if one.entry.appraisal.state == "adjusted"]
    assert [(one.entry.item_code, one.reason) for one in adjusted] == [("2.2", WHY)]


def test_nothing_of_a_running_appraisal_is_a_precedent(db: None) -> None:
    world = appraisal_world()
    world.accept_all()
    assert not decisions().exists()


def test_what_was_asked_or_said_before_the_answer_is_no_precedent(db: None) -> None:
    world = appraised_world()
    adjusts = Said(OpinionKind.ADJUST, points="0.5", reason="Lời cũ", minutes="Đã họp")
    for said in (adjusts, Said(OpinionKind.ASK, question="Vì sao?", minutes="Đã họp")):
        stands = world.appraisal("2.2")
        decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    send(world)
    answer(world)
    submit_part(by=world.session("leader"), at=now(), part_id=world.sheet.parts.get().pk)
    world.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0.9", reason="Lời mới"))
    finalised(world.made)
    assert [one.reason for one in decisions().filter(entry=world.entry("2.2"))] == ["Lời mới"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(words="trực tiếp nhập"), 1),
        (Wanted(words="Tư pháp", only_adjusted=True), 1),
        (Wanted(code="2.2"), 2),
        (Wanted(code="9.9"), 0),
        (Wanted(year=2024), 0),
    ],
)
def test_searching(made: PublishedWorld, wanted: Wanted, count: int) -> None:
    assert searched(decisions(), wanted).count() == count


def test_the_page_shows_claim_figures_points_and_reason(made: PublishedWorld) -> None:
    html = client_of(made, "appraiser").get("/precedents/?adjusted=1").text
    assert WHY in html
    assert "Sở Tư pháp, 2025" in html
    assert "<b>0,75</b>" in html
    assert client_of(made, "owner").get("/precedents/").status_code == 403


def test_queries_of_the_page_do_not_grow(made: PublishedWorld, django_assert_num_queries: Any) -> None:
    client = client_of(made, "chair")
    client.get("/precedents/")
    for query in ("?adjusted=1", ""):
        with django_assert_num_queries(8):  # one of them asks for the seat in the council
            client.get(f"/precedents/{query}")


def test_precedents_of_the_same_item_stand_beside(made: PublishedWorld) -> None:
    sheet = ScoreSheet.objects.get(pk=made.made.sheet.pk)
    found = precedents_beside(sheet, frozen_set(sheet.group.set_version), "2.2")
    assert [one.reason for one in found] == [WHY]


def test_what_a_correction_decides_stands_beside_at_once(made: PublishedWorld) -> None:
    sheet = ScoreSheet.objects.get(pk=made.made.sheet.pk)
    frozen = frozen_set(sheet.group.set_version)
    precedents_beside(sheet, frozen, "2.2")
    day = now().date()
    entry = Entry.objects.get(sheet=made.made.other_sheet, item_code="2.2")
    correct(
        by=made.made.session("chair"), at=now(), cycle_id=made.made.cycle.pk, reason="Cộng sai", seen="",
        basis=Basis("15/BB", day, "Xem lại.", DecidedBy("400/QĐ", day)),
        changes=[Corrected(entry.pk, "1", "Nhập lại nhầm")],
    )  # fmt: skip
    assert [one.reason for one in precedents_beside(sheet, frozen, "2.2")] == ["Nhập lại nhầm"]


def test_decisions_become_examples_of_a_draft_without_names(made: PublishedWorld) -> None:
    version = version_of_year(made.made.version, 2026)
    office = made.made.session("standing_office")
    drafted = draft_guidance(
        by=office, at=now(), version_id=version.pk, cycle_id=made.made.cycle.pk, title="Hướng dẫn năm 2026"
    )
    note = GuidanceNote.objects.get(guidance=drafted, item_code="2.2")
    assert WHY in note.example_text
    assert "0,75" in note.example_text
    assert "Sở Tư pháp" not in note.example_text


def test_a_reason_that_is_not_public_is_no_example(db: None) -> None:
    world = appraised_world()
    said = Said(OpinionKind.ADJUST, points="0.6", reason="Lý do không công khai", is_public=False)
    world.say("second_appraiser", "2.2", said, world.made.other_sheet)
    finalised(world.made)
    published(world.made)
    version = version_of_year(world.made.version, 2026)
    office = world.session("standing_office")
    drafted = draft_guidance(by=office, at=now(), version_id=version.pk, cycle_id=world.cycle.pk, title="Hướng dẫn")
    note = GuidanceNote.objects.get(guidance=drafted, item_code="2.2")
    assert ("Đã đối chiếu" in note.example_text, said.reason in note.example_text) == (True, False)


def test_a_draft_is_made_by_the_form_of_the_office_alone(made: PublishedWorld) -> None:
    form = {"cycle": made.made.cycle.pk, "version": made.made.version.pk, "title": "Dự thảo"}
    assert client_of(made, "chair").post("/precedents/guidance/", form).status_code == 403
    office = client_of(made, "standing_office")
    assert office.get("/precedents/guidance/").status_code == 200
    assert office.post("/precedents/guidance/", {**form, "cycle": "x"}).status_code == 422
    assert office.post("/precedents/guidance/", form).status_code == 302


# --- cited ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def earlier(db: None) -> AppraisalWorld:
    """An appraisal that runs; what was decided on 2.2 of Sở Tư pháp was decided in a cycle of 2024 that is over."""
    world = appraisal_world()
    said = Said(OpinionKind.ADJUST, points="0.75", reason=WHY)
    world.say("second_appraiser", "2.2", said, world.made.other_sheet)
    over = Cycle.objects.create(
        owner=world.made.province, owner_path="tinh", title="Kỳ 2024", year=2024, state="published",
        created_by=world.people["chair"], created_at=now(),
    )  # fmt: skip
    group = CycleGroup.objects.create(cycle=over, code="so", title="Sở", set_version=world.made.version)
    ScoreSheet.objects.filter(pk=world.made.other_sheet.pk).update(cycle=over, group=group)
    return world


def citing(world: AppraisalWorld, cited: Opinion, code: str = "2.2") -> None:
    said = Said(OpinionKind.ADJUST, points="0.5", reason="Như năm trước", cites=cited.pk)
    world.say("appraiser", code, said)


def test_a_precedent_is_cited_and_shown_with_its_year_unit_and_points(earlier: AppraisalWorld) -> None:
    citing(earlier, Opinion.objects.get())
    page = browser(earlier, "appraiser").get(address(earlier, "2.2")).text
    assert "Theo tiền lệ năm 2024, Sở Tư pháp: 0,75 điểm" in page


def test_nothing_but_a_precedent_of_the_item_is_cited(earlier: AppraisalWorld) -> None:
    decided = Opinion.objects.get()
    earlier.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0.5", reason="Của đồng nghiệp"))
    colleague = Opinion.objects.get(reason="Của đồng nghiệp")
    for cited, code in ((decided, "2.1"), (colleague, "2.2"), (Opinion(pk=10**6), "2.2")):
        with pytest.raises(Refusal, match="cited_not_there"):
            citing(earlier, cited, code)
    Cycle.objects.filter(year=2024).update(owner=earlier.made.department)
    with pytest.raises(Refusal, match="cited_not_there"):
        citing(earlier, decided)
    Cycle.objects.filter(year=2024).update(owner=earlier.made.province, state="appraisal")
    with pytest.raises(Refusal, match="cited_not_there"):
        citing(earlier, decided)
