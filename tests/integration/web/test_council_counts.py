"""Once a council is composed only its composition counts, whatever roles somebody holds in general."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now, person
from tests.integration.web.appraisers import address, browser

from parindex.database.models.councils import CouncilRole
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases.actors import session_of
from parindex.usecases.councils import change_member, remove_member
from parindex.usecases.opinions import Said, decide, give_opinion, take_back
from parindex.usecases.recusals import declare_conflict

pytestmark = pytest.mark.both


@pytest.fixture
def world(db: None) -> AppraisalWorld:
    """Everybody on the council holds the role in general, too."""
    return appraisal_world()


def keeps_the_role(world: AppraisalWorld, name: str) -> None:
    """The role that somebody holds in general is not the one of their seat, and so does not end with it."""
    world.council.members.filter(user=world.people[name]).update(grant=None)


def removed(world: AppraisalWorld, name: str) -> None:
    """Somebody leaves the council, and keeps the role that they hold in general."""
    keeps_the_role(world, name)
    seat = world.members[name].pk
    remove_member(by=world.session("standing_office"), at=now(), member_id=seat, reason="Chuyển công tác")


def test_who_has_left_says_sees_and_takes_back_nothing(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.1", OpinionKind.ADJUST)
    opinion = world.entry("1.1").opinions.get()
    removed(world, "appraiser")
    by, stands = world.session("appraiser"), world.appraisal("1.2")
    assert Role.APPRAISER in by.actor.roles
    for act in (
        lambda: give_opinion(
            by=by, at=now(), entry_id=stands.pk, said=Said(OpinionKind.ACCEPT, reason="Đúng"), seen=stands.version
        ),
        lambda: take_back(by=by, at=now(), opinion_id=opinion.pk),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "only_council"
    client = browser(world, "appraiser")
    for path in (address(world, "1.1"), f"/cycles/{world.cycle.pk}/matrix/", f"/sheets/{world.sheet.pk}/items/1.1/"):
        assert client.get(path).status_code == 403, path
    assert "Sở Y tế" not in client.get("/sheets/").text


def test_a_chair_who_is_replaced_decides_no_more(world: AppraisalWorld) -> None:
    keeps_the_role(world, "chair")
    change_member(
        by=world.session("standing_office"), at=now(), member_id=world.members["second_appraiser"].pk,
        role=CouncilRole.CHAIR, lead_areas="",
    )  # fmt: skip
    stands = world.appraisal("1.1")
    said = Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản", minutes="Biên bản số 3")
    with pytest.raises(Refusal) as refused:
        decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    assert refused.value.code == "only_chair"
    decide(by=world.session("second_appraiser"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    assert world.appraisal("1.1").points == "0.5"


def test_a_role_in_general_counts_where_no_council_is_composed(world: AppraisalWorld) -> None:
    outsider = person("outsider", world.made.province, Role.CHAIR)
    (grant,) = session_of(outsider, now()).actor.grants
    assert (grant.counts_in(world.cycle.pk), grant.counts_in(world.cycle.pk + 1), grant.counts_in(None)) == (
        False, True, True,
    )  # fmt: skip


def test_what_was_said_before_a_conflict_stays(world: AppraisalWorld) -> None:
    world.say("appraiser", "1.1", OpinionKind.ADJUST)
    declare_conflict(
        by=world.session("secretary"), at=now(), member_id=world.members["appraiser"].pk,
        unit_id=world.made.department.pk, reason="Người thân làm việc ở đó",
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        take_back(by=world.session("appraiser"), at=now(), opinion_id=world.entry("1.1").opinions.get().pk)
    assert refused.value.code == "own_unit_not_appraised"


def test_rights_ask_about_councils_only_for_those_with_such_a_role(world: AppraisalWorld) -> None:
    def asked(name: str) -> int:
        session_of(world.people[name], now())
        with CaptureQueriesContext(connection) as queries:
            session_of(world.people[name], now())
        return len(queries)

    assert asked("second_appraiser") == asked("owner") + 1
