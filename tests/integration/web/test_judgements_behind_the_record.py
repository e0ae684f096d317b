"""What the council judged alike is looked at behind the record of an act, for every claim that it concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import ask, send
from tests.factories.world import now, person
from tests.integration.web.test_concurrent_signatures import together
from tests.integration.web.test_records_come_last import Meeting

from parindex.database.models import AppraisalLevel, CouncilMember, Flag, Opinion, Question
from parindex.database.models.councils import CouncilRole
from parindex.domain.review.flags import FlagKind
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.roles import Role
from parindex.usecases.appraisal_assignments import AssignmentLine, assign
from parindex.usecases.audit_log import verify
from parindex.usecases.further_explanations import withdraw_question
from parindex.usecases.opinions import Said, accept_all, give_opinion, take_back

pytestmark = pytest.mark.both

DIFFERENTLY = Said(OpinionKind.ADJUST, points="0,25", reason="Thiếu sổ theo dõi")


def judged() -> list[str]:
    rows = Flag.objects.filter(kind=FlagKind.JUDGED_DIFFERENTLY, gone_at=None)
    return sorted(rows.values_list("entry__sheet__unit_name", flat=True))


@pytest.fixture
def made(db: None) -> AppraisalWorld:
    """Both departments claim the same for 2.1; the first was judged."""
    world = appraisal_world()
    world.say("second_appraiser", "2.1", OpinionKind.ACCEPT)
    return world


def differ(made: AppraisalWorld) -> None:
    made.say("second_appraiser", "2.1", DIFFERENTLY, made.made.other_sheet)
    assert judged() == ["Sở Tư pháp", "Sở Y tế"]


def back(made: AppraisalWorld, opinion: Opinion) -> object:
    return take_back(by=made.session("second_appraiser"), at=now(), opinion_id=opinion.pk)


def order(act: Callable[[], object]) -> list[str]:
    """The writes of an act that matter here, in their order."""
    with CaptureQueriesContext(connection) as asked:
        act()
    words = [one["sql"] for one in asked.captured_queries]
    kinds = {"parindex_auditrecord": "record", "parindex_flag": "flag"}
    written = (
        kind for sql in words for table, kind in kinds.items()
        if sql.startswith((f'INSERT INTO "{table}"', f'UPDATE "{table}"'))
    )  # fmt: skip
    return list(dict.fromkeys(written))


def test_the_record_comes_before_the_flags_of_others(made: AppraisalWorld) -> None:
    assert order(lambda: differ(made)) == ["record", "flag"]
    last = Opinion.objects.order_by("-pk")[0]
    assert order(lambda: back(made, last)) == ["record", "flag"]
    assert judged() == []
    made.say("appraiser", "1.1", DIFFERENTLY)
    by, other = made.session("second_appraiser"), made.entry("1.1", made.made.other_sheet).pk
    seen = made.appraisal("1.1", made.made.other_sheet).version
    assert order(lambda: accept_all(by=by, at=now(), picked=[(other, seen)])) == ["record", "flag"]


def test_a_question_that_is_withdrawn_lets_the_others_count_again(made: AppraisalWorld) -> None:
    differ(made)
    ask(made, "2.1", name="appraiser")
    assert judged() == []
    send(made)
    withdraw_question(by=made.session("secretary"), at=now(), question_id=Question.objects.get().pk)
    assert made.appraisal("2.1").state == "accepted"
    assert judged() == ["Sở Tư pháp", "Sở Y tế"]


def test_who_appraises_no_more_leaves_no_flag_behind(made: AppraisalWorld) -> None:
    """A second level gets the item: what the first granted is no judgement of the council any more."""
    differ(made)
    AppraisalLevel.objects.create(council=made.council, number=2, title="Cấp 2")
    line = AssignmentLine(2, made.people["appraiser"].pk, node="2.1", sheet=made.sheet.pk)
    assign(by=made.session("secretary"), at=now(), cycle_id=made.cycle.pk, lines=[line])
    assert (made.appraisal("2.1").state, made.appraisal("2.1").level) == ("waiting", 2)
    assert judged() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.waiting
def test_a_change_of_assignments_and_an_opinion_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one holds the head of the log and waits for where items stand; the other must not hold those before it."""
    world = appraisal_world()
    third = world.people["third"] = person("third", world.made.province, Role.APPRAISER)
    CouncilMember.objects.create(
        council=world.council, user=third, role=CouncilRole.APPRAISER, joined_at=now(), grant=third.grants.get()
    )
    world.say("second_appraiser", "2.1", DIFFERENTLY, world.made.other_sheet)
    stands, meeting = world.appraisal("2.1"), Meeting(monkeypatch)
    secretary, by = world.session("secretary"), world.session("second_appraiser")
    lines = [AssignmentLine(1, third.pk, sheet=world.made.other_sheet.pk)]
    said = Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu quý IV")

    def compose() -> object:
        return assign(by=secretary, at=now(), cycle_id=world.cycle.pk, lines=lines)

    def say() -> object:
        return give_opinion(by=by, at=now(), entry_id=stands.pk, said=said, seen=stands.version).state

    assert together(compose, meeting.second(say)) == [1, "adjusted"]
    assert not any(proof.broken for proof in verify())
