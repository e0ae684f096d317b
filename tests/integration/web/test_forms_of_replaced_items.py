"""Forms about an item that the standing office has replaced meanwhile: refused, given back, never another item's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import ask, send
from tests.factories.replaced_sets import put_in_place, with_another_item
from tests.factories.world import World, now

from parindex.database.models import Comment, Document, Entry, NotAssessedRequest, Opinion, Question, Vote
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.votes import VoteMode
from parindex.usecases.opinions import Said
from parindex.usecases.typed_values import digest
from parindex.usecases.votes import Proposal, open_vote

pytestmark = pytest.mark.django_db
Person = Callable[[str], Client]
TYPED = "Số liệu theo báo cáo quý bốn đã đối chiếu"


@pytest.fixture
def world() -> AppraisalWorld:
    """Everything is submitted, nothing is said."""
    return appraisal_world()


def browser(made: World, name: str) -> Client:
    client = Client()
    client.force_login(made.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fields(page: Any) -> dict[str, str]:
    """What the forms of a page say of the item."""
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)[0] for name in ("entry",)}


def given_back(answer: Any) -> bool:
    """Refused for the item, with what was typed."""
    return answer.status_code == 409 and "bộ tiêu chí đã thay" in answer.text and TYPED in answer.text


@pytest.mark.parametrize("code", ["2.2", "2.3"])
def test_an_answer_about_an_item_that_has_gone_is_given_back(world: AppraisalWorld, code: str) -> None:
    """The sheet is back with the council by then, another item may have the code: nothing of it reaches that one."""
    question = ask(world, "2.2")
    send(world)
    put_in_place(world.made, with_another_item(world.made, code))
    address, form = f"/questions/{question.pk}/answer/", {"answer": TYPED, "seen": "0"}
    for name in ("owner", "colleague"):
        assert given_back(browser(world.made, name).post(address, form))
    assert browser(world.made, "stranger").post(address, form).status_code == 403
    question.refresh_from_db()
    assert (question.answer, question.withdrawn_at is None) == ("", False)


def test_what_a_stale_page_says_is_recorded_on_no_other_item(world: AppraisalWorld) -> None:
    sheet = world.sheet.pk
    at = f"/appraisals/{sheet}/2.2/"
    members = {name: browser(world.made, name) for name in ("second_appraiser", "chair", "secretary")}
    shown = {name: fields(client.get(at)) for name, client in members.items()}
    old = world.entry("2.2").pk
    assert all(one["entry"] == str(old) for one in shown.values())
    put_in_place(world.made, with_another_item(world.made))
    new = world.entry("2.2")
    assert (new.pk != old, world.appraisal("2.2").version) == (True, 0)
    said = {"seen": "0", "kind": "adjust", "points": "0,5", "reason": TYPED}
    forms: list[tuple[str, str, dict[str, str]]] = [
        ("second_appraiser", at, said),
        ("second_appraiser", at, {"seen": "0", "kind": "ask", "question": TYPED}),
        ("second_appraiser", at + "later/", {"reason": TYPED}),
        ("second_appraiser", at + "figures/", {"measure": "online", "value": "1", "source": TYPED}),
        ("second_appraiser", at + "lines/1/", {"reason": TYPED}),
        ("second_appraiser", at + "documents/1/", {"reason": TYPED}),
        ("second_appraiser", at + "flags/1/", {"reason": TYPED}),
        ("chair", at + "decision/", {**said, "minutes": "Biên bản họp hội đồng"}),
        ("secretary", at + "votes/", {"mode": "session", "points": "0,5", "reason": TYPED}),
        ("secretary", at + "votes/1/close/", {"minutes": TYPED}),
    ]
    for name, address, typed in forms[:6] + forms[7:9]:
        answer = members[name].post(address, {**typed, **shown[name]})
        assert given_back(answer), (address, answer.status_code)
    for name, address, typed in (forms[6], forms[9]):
        assert given_back(members[name].post(address, {**typed, **shown[name]})), address
    assert not Opinion.objects.filter(entry=new).exists()
    assert not Question.objects.filter(entry=new).exists()
    assert not Vote.objects.filter(entry=new).exists()
    fresh = fields(members["second_appraiser"].get(at))
    assert members["second_appraiser"].post(at, {**said, **fresh}).status_code == 303


def test_what_was_said_or_put_to_the_vote_of_the_old_item_is_not_reached_from_the_new_one(
    world: AppraisalWorld,
) -> None:
    world.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0,5", reason=TYPED))
    said = Opinion.objects.get(entry=world.entry("2.2"))
    proposal = Proposal("0,5", "Theo báo cáo", VoteMode.SESSION)
    vote = open_vote(by=world.session("secretary"), at=now(), entry_id=said.entry_id, proposal=proposal)
    picked = f"{said.entry_id}.{world.appraisal('2.2').version}"
    put_in_place(world.made, with_another_item(world.made))
    at = f"/appraisals/{world.sheet.pk}/2.2/"
    member = browser(world.made, "second_appraiser")
    answer = member.post(f"{at}undo/{said.pk}/")
    assert (answer.status_code, "không còn trong bộ" in answer.text) == (409, True)
    late = {"entry": said.entry_id, "minutes": TYPED}
    assert given_back(browser(world.made, "secretary").post(f"{at}votes/{vote.pk}/close/", late))
    bulk = member.post(f"/appraisals/accept/{world.sheet.pk}/", {"entry": picked})
    assert (bulk.status_code, "không còn trong bộ tiêu chí" in bulk.text) == (409, True)


def test_forms_of_a_unit_reach_no_item_that_took_the_code(made: World, as_person: Person) -> None:
    owner, office = as_person("owner"), as_person("standing_office")
    at = f"/sheets/{made.sheet.pk}/items/2.2/"
    shown = fields(owner.get(at))
    assert shown["entry"] == str(Entry.objects.get(sheet=made.sheet, item_code="2.2").pk)
    put_in_place(made, with_another_item(made))
    typed = {"explanation": TYPED, "read.explanation": digest("")}
    assert given_back(owner.post(at, {**typed, **shown}))
    by_script = owner.post(at, {**typed, **shown}, headers={"HX-Request": "true"})
    assert by_script.status_code == 403  # a page would take the place of the form
    forms = {
        "comments/": {"audience": "unit", "body": TYPED},
        "lines/": {"measure": "online", "title": TYPED},
        "not-assessed/": {"why": "", "reason": TYPED},
        "evidence/link/": {"link": "https://example.vn", "title": TYPED},
        "citations/": {"number": "12/BC", "issuer": TYPED},
        "restore/": {"record": "1", "field": TYPED},
        "copy/": {"reason": TYPED},
        "evidence/pick/": {"document": "1", "section": TYPED},
    }
    for address, form in forms.items():
        answer = owner.post(at + address, {**form, **shown})
        assert given_back(answer), (address, answer.status_code)
    assert owner.post(at + "assignee/", {"assignee": "", **shown}).status_code == 409
    assert given_back(office.post(at + "decision/", {"reason": TYPED, "back": "requests", **shown}))
    in_place = owner.post(at + "evidence/link/", {"link": "x", "title": TYPED, **shown}, headers={"HX-Request": "true"})
    assert (given_back(in_place), in_place["HX-Retarget"]) == (True, "body")
    new = Entry.objects.get(sheet=made.sheet, item_code="2.2")
    assert new.explanation == ""
    assert not Comment.objects.filter(entry=new).exists()
    assert not NotAssessedRequest.objects.filter(entry=new).exists()
    assert not Document.objects.filter(title=TYPED).exists()
    assert as_person("stranger").post(at + "comments/", {"audience": "unit", "body": TYPED}).status_code == 403


def test_what_is_typed_for_a_code_that_is_gone_is_given_back(made: World, as_person: Person) -> None:
    """Without the key of an entry nothing says that there was one: the words come back all the same."""
    at = f"/sheets/{made.sheet.pk}/items/9.9/"
    for answer in (
        as_person("owner").post(at, {"explanation": TYPED}),
        as_person("owner").post(at + "comments/", {"audience": "unit", "body": TYPED}),
    ):
        assert (answer.status_code, TYPED in answer.text) == (404, True)
