"""What a unit asks beside an item reaches the standing office: a task until it is answered, one mail a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.nested_owner import nested_owner
from tests.factories.parts_world import parts_world
from tests.factories.world import World, now, person, unit

from parindex.database.models import Comment, Cycle, RoleGrant, ScoreSheet
from parindex.database.models.entries import Audience
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.usecases.comments import write_comment
from parindex.web.home.task_kinds import TaskKind
from parindex.web.home.tasks import tasks_of

Person = Callable[[str], Client]
ASKED = "câu hỏi của đơn vị chưa trả lời"
TO_OFFICE = Audience.STANDING_OFFICE


def say(made: World, who: str, item: str = "2.1", *, body: str = "", to: Audience = TO_OFFICE, sheet: int = 0) -> None:
    words = body or f"Câu hỏi của {who} số {Comment.objects.count()}"
    write_comment(
        by=made.session(who), at=now(), sheet_id=sheet or made.sheet.pk, item_code=item, audience=to, body=words
    )


def home(as_person: Person, who: str = "standing_office") -> str:
    return as_person(who).get("/home/").text


def test_a_question_is_a_task_until_it_is_answered(made: World, as_person: Person) -> None:
    assert ASKED not in home(as_person)
    say(made, "owner")
    say(made, "colleague", "1.2")
    say(made, "stranger", "2.1", sheet=made.other_sheet.pk)
    page = home(as_person)
    assert f"3 {ASKED}" in page
    assert f'href="/sheets/{made.sheet.pk}/items/2.1/#talk-standing_office"' in page
    assert "Sở Y tế, mục 1.2" in page
    say(made, "standing_office", body="Có")
    assert f"2 {ASKED}" in home(as_person)
    say(made, "leader", body="Cảm ơn, còn một câu")
    assert f"3 {ASKED}" in home(as_person)


def test_what_is_said_inside_the_unit_tells_the_office_nothing(
    made: World, as_person: Person, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        say(made, "owner", to=Audience.UNIT)
    assert ASKED not in home(as_person)
    assert not mail.outbox
    say(made, "owner")
    say(made, "colleague", to=Audience.UNIT)
    assert f"1 {ASKED}" in home(as_person)


@pytest.mark.parametrize(
    "who", ["owner", "colleague", "leader", "stranger", "chair", "secretary", "appraiser", "auditor"]
)
def test_nobody_else_has_the_task(made: World, as_person: Person, who: str) -> None:
    say(made, "owner")
    assert ASKED not in home(as_person, who)


def test_a_cycle_that_is_over_asks_nothing(made: World, as_person: Person) -> None:
    say(made, "owner")
    Cycle.objects.update(state="finalised")
    assert ASKED not in home(as_person)


def test_five_are_linked_and_the_others_counted(made: World, as_person: Person) -> None:
    for sheet, who in ((made.sheet, "owner"), (made.other_sheet, "stranger")):
        for code in ("1.1", "1.2", "2.1"):
            say(made, who, code, sheet=sheet.pk)
    page = home(as_person)
    assert (f"6 {ASKED}" in page, "và 1 câu nữa" in page) == (True, True)


def test_an_answer_stays_one_when_its_author_leaves_the_office(made: World, as_person: Person) -> None:
    say(made, "owner")
    say(made, "standing_office")
    grants = RoleGrant.objects.filter(user=made.people["standing_office"])
    grants.update(ended_at=now() + timedelta(seconds=1))
    RoleGrant.objects.create(
        user=made.people["secretary"], role=Role.STANDING_OFFICE, unit=made.province, granted_at=now()
    )
    assert ASKED not in home(as_person, "secretary")
    grants.update(ended_at=now() - timedelta(days=1))  # said as somebody of another unit: a question
    assert f"1 {ASKED}" in home(as_person, "secretary")


def test_an_office_above_that_names_the_units_below_answers(made: World, as_person: Person) -> None:
    nested = nested_owner(made)
    say(made, "commune_officer", sheet=nested.sheet.pk)
    assert f"1 {ASKED}" in home(as_person, "district_office")
    assert ASKED not in home(as_person)
    RoleGrant.objects.filter(user=made.people["standing_office"]).update(subtree=True)
    say(made, "standing_office", sheet=nested.sheet.pk)
    assert ASKED not in home(as_person, "district_office")


def test_who_compiles_answers_the_lead_units_and_asks_the_owner_itself(db: None) -> None:
    """The owner of the cycle is another body than the one whose sheet it is."""
    parts = parts_world()
    made = parts.made
    ministry = unit("bo", "Bộ", "ministry")
    made.people["ministry"] = person("ministry", ministry, Role.STANDING_OFFICE)
    Cycle.objects.filter(pk=parts.sheet.cycle_id).update(owner=ministry, owner_path="bo")
    body, owner = made.session("standing_office"), made.session("ministry")

    def waits(session: Session) -> int:
        work = tasks_of(session, now())
        return sum(one.count for due in work.due for one in due.tasks if one.kind is TaskKind.ANSWER)

    say(made, "owner", "1.2", sheet=parts.sheet.pk)
    assert (waits(body), waits(owner)) == (1, 1)
    say(made, "standing_office", "1.2", sheet=parts.sheet.pk)
    assert (waits(body), waits(owner)) == (0, 0)
    ScoreSheet.objects.get(pk=parts.sheet.pk).entries.filter(item_code="1.2").update(part=parts.part("tinh"))
    assert (waits(body), waits(owner)) == (0, 1)


def test_the_opened_row_of_the_overview_names_the_items(made: World, as_person: Person) -> None:
    say(made, "owner")
    address = f"/cycles/{made.cycle.pk}/?open={made.sheet.pk}"
    assert "1 câu hỏi chưa trả lời" in as_person("standing_office").get(address).text
    for who in ("chair", "secretary", "appraiser"):  # they do not read what is asked
        answer = as_person(who).get(address)
        assert (answer.status_code, "chưa trả lời" in answer.text) == (200, False)
    say(made, "standing_office")
    assert "chưa trả lời" not in as_person("standing_office").get(address).text


def test_three_questions_cost_no_more_queries_than_one(made: World, as_person: Person) -> None:
    client = as_person("standing_office")
    say(made, "owner")
    client.get("/home/")
    with CaptureQueriesContext(connection) as one:
        client.get("/home/")
    say(made, "owner", "1.2")
    say(made, "stranger", sheet=made.other_sheet.pk)
    with CaptureQueriesContext(connection) as three:
        client.get("/home/")
    assert len(one) == len(three)


def test_one_mail_a_unit_a_day(made: World, django_capture_on_commit_callbacks: Callable[..., object]) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        say(made, "owner", body="Tính cả phần mềm của bộ không")
        say(made, "colleague", "1.2")
    assert [one.to for one in mail.outbox] == [["standing_office@example.vn"]]
    assert "Sở Y tế hỏi ở mục 2.1" in mail.outbox[0].body
    assert "phần mềm" not in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        say(made, "standing_office")
        say(made, "stranger", sheet=made.other_sheet.pk)
    assert len(mail.outbox) == 2
    assert "Sở Tư pháp" in mail.outbox[1].body
    Comment.objects.update(at=now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        say(made, "leader")
    assert len(mail.outbox) == 3
