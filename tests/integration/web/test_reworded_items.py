"""An item under the same code and another title: the standing office says whether it is the same; and what the preview
of a replacement tells of items that go.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from tests.factories.appraisal_world import appraisal_world
from tests.factories.asked_world import ask, send
from tests.factories.replaced_sets import put_in_place, with_another_item
from tests.factories.world import World, frozen_of, now

from parindex.database.models import AuditRecord, CriteriaSet, CriteriaSetVersion, CycleGroup, Entry, Question
from parindex.documents.criteria_sets.criteria_set_file import parse_criteria_set
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import VoteMode
from parindex.usecases.further_explanations import withdraw_question
from parindex.usecases.replacement_plans import Fate, replacement_plan
from parindex.usecases.votes import Proposal, open_vote

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Person = Callable[[str], Client]
TITLE = "Cách làm hay được cấp trên công nhận"


def reworded(made: World, criteria_set: CriteriaSet | None = None) -> CriteriaSetVersion:
    """A version in which 1.2 has another title and nothing else is different."""
    read = parse_criteria_set(made.version.content)
    area = read.areas[0]
    other = replace(area, children=(area.children[0], replace(area.children[1], title=TITLE)))
    office = made.people["standing_office"]
    new = replace(read, areas=(other, *read.areas[1:]))
    return frozen_of(criteria_set or made.version.criteria_set, new, office, number=2)


def group_of(made: World) -> CycleGroup:
    return CycleGroup.objects.get(cycle=made.cycle.pk)


def test_within_one_set_a_reworded_item_is_the_same_until_the_office_says_otherwise(made: World) -> None:
    plan = replacement_plan(group_of(made), reworded(made))
    assert [(one.code, one.is_same) for one in plan.reworded] == [("1.2", True)]
    assert (plan.count(Fate.TITLE), plan.count(Fate.GONE), plan.count(Fate.NEW)) == (1, 0, 0)
    other = replacement_plan(group_of(made), plan.new, {"1.2": False})
    assert (other.count(Fate.TITLE), other.count(Fate.GONE), other.count(Fate.NEW)) == (0, 1, 1)
    assert {unit.affected[Fate.NEW] for unit in other.units} == {1}


def test_with_another_maximum_only_titles_speak(made: World) -> None:
    plan = replacement_plan(group_of(made), with_another_item(made, "2.2"))
    assert [(one.code, one.is_same) for one in plan.reworded] == [("2.2", False)]


def test_in_another_set_only_titles_speak(made: World) -> None:
    of = made.version.criteria_set
    other = CriteriaSet.objects.create(owner=of.owner, code="khac")
    assert [one.is_same for one in replacement_plan(group_of(made), reworded(made, other)).reworded] == [False]


@pytest.mark.parametrize("choice", ["same", "other"])
def test_the_choice_is_shown_confirmed_done_and_logged(made: World, as_person: Person, choice: str) -> None:
    Entry.objects.filter(sheet=made.sheet, item_code="1.2").update(self_points="1", state="answered")
    was = Entry.objects.get(sheet=made.sheet, item_code="1.2")
    version, office = reworded(made), as_person("standing_office")
    address = f"/sets/replace/{group_of(made).pk}/"
    page = office.get(f"{address}?to={version.pk}&same.1.2={choice}").text
    assert TITLE in page
    assert '<option value="same"' in page
    assert f'<input type="hidden" name="same.1.2" value="{choice}">' in page
    assert as_person("owner").get(address).status_code == 403
    form = {"to": version.pk, "reason": "Sửa lời", "same.1.2": choice}
    assert office.post(address, form).status_code == 302
    stands = Entry.objects.get(sheet=made.sheet, item_code="1.2")
    assert (stands.pk == was.pk, stands.self_points) == ((True, "1") if choice == "same" else (False, ""))
    told = json.loads(AuditRecord.objects.get(action="replace_set").after)
    assert (told["same_items"], told["other_items"]) == ((["1.2"], []) if choice == "same" else ([], ["1.2"]))
    unit = as_person("owner").get(f"/sheets/{made.sheet.pk}/replaced/").text
    assert ("Mục mới" in unit) is (choice == "other")


def test_another_choice_is_another_preview() -> None:
    world = appraisal_world()
    version = reworded(world.made)
    shown = replacement_plan(group_of(world.made), version).hits
    said = replacement_plan(group_of(world.made), version, {"1.2": False}).hits
    assert shown is not None
    assert said is not None
    assert shown.seen != said.seen
    put_in_place(world.made, version, c1_2=True)
    assert world.appraisal("1.2").state == "waiting"
    assert world.entry("1.2").self_points == "1"  # what was signed stays


def test_what_is_asked_and_voted_of_items_that_go_is_listed_and_no_longer_named() -> None:
    world = appraisal_world()
    ask(world, "2.1")
    ask(world, "2.2")
    send(world)
    world.say("second_appraiser", "2.2", OpinionKind.ASK, world.other_sheet)  # nobody sends it
    entry = world.appraisal("1.1").pk
    secretary = world.session("secretary")
    with pytest.raises(Refusal):
        open_vote(by=secretary, at=now(), entry_id=world.appraisal("2.2").pk, proposal=proposal())
    open_vote(by=secretary, at=now(), entry_id=world.appraisal("2.2", world.other_sheet).pk, proposal=proposal())
    version = with_another_item(world.made, "2.3")
    plan = replacement_plan(group_of(world.made), version)
    hits = plan.hits
    assert hits is not None
    assert (hits.asked_gone, hits.answering) == ((("Sở Y tế", "2.2"),), 0)
    assert (hits.drafts, hits.votes) == (1, 1)
    client = Client()
    office = world.people["standing_office"]
    client.force_login(office, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/sets/replace/{group_of(world.made).pk}/?to={version.pk}").text
    assert "Câu hỏi đã gửi về mục không còn được rút, đơn vị không phải trả lời nữa: Sở Y tế 2.2" in page
    put_in_place(world.made, version)
    part = world.entry("2.1").part
    assert (world.sheet.state, part.returned_reason.partition(" (")[0]) == ("returned", "Hội đồng hỏi mục 2.1")
    assert entry == world.appraisal("1.1").pk


def test_a_part_no_longer_names_a_question_that_was_taken_back() -> None:
    world = appraisal_world()
    ask(world, "2.1")
    ask(world, "2.2")
    send(world)
    assert "2.1, 2.2" in world.entry("2.1").part.returned_reason
    question = Question.objects.get(entry=world.entry("2.2"))
    withdraw_question(by=world.session("secretary"), at=now(), question_id=question.pk)
    assert world.entry("2.1").part.returned_reason.startswith("Hội đồng hỏi mục 2.1 (")


def proposal() -> Proposal:
    return Proposal("0,5", "Theo báo cáo", VoteMode.SESSION)
