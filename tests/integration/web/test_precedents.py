"""Precedents: what councils decided in cycles that are over; searched, cited, made into a draft of guidance."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.factories.appraisal_world import appraisal_world
from tests.factories.published_world import WHY, PublishedWorld, published_world
from tests.factories.world import now, version_of_year

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, GuidanceNote, ScoreSheet
from parindex.database.queries.precedents import Wanted, decisions, searched
from parindex.domain.review.refusal import Refusal
from parindex.usecases.corrections import Basis, Corrected, correct
from parindex.usecases.precedents import draft_guidance, precedents_beside
from parindex.usecases.publishing import DecidedBy

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
        with django_assert_num_queries(7):
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
    with pytest.raises(Refusal) as refused:
        draft_guidance(by=office, at=now(), version_id=version.pk, cycle_id=0, title="Hướng dẫn")
    assert refused.value.code == "no_precedents"


def test_a_draft_is_made_by_the_form_of_the_office_alone(made: PublishedWorld) -> None:
    form = {"cycle": made.made.cycle.pk, "version": made.made.version.pk, "title": "Dự thảo"}
    assert client_of(made, "chair").post("/precedents/guidance/", form).status_code == 403
    office = client_of(made, "standing_office")
    assert office.get("/precedents/guidance/").status_code == 200
    assert office.post("/precedents/guidance/", {**form, "cycle": "x"}).status_code == 422
    assert office.post("/precedents/guidance/", form).status_code == 302
