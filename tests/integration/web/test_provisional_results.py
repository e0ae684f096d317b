"""The provisional index of a cycle under appraisal: what the council has not decided is left out on both sides."""

from __future__ import annotations

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.published_world import appraised_world

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, Figure, ScoreSheet
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases.computed_cycles import ComputedCycle, compute_cycle
from parindex.usecases.opinions import Said

pytestmark = pytest.mark.django_db
ACCEPT, ADJUST, ASK, LATER = (
    OpinionKind.ACCEPT, OpinionKind.ADJUST, OpinionKind.ASK, OpinionKind.ACCEPT_PROVISIONALLY,
)  # fmt: skip


def states(world: AppraisalWorld) -> dict[str, str]:
    """What every item of Sở Y tế counts as."""
    [group] = compute_cycle(world.cycle, final=False).outcomes
    return {code: one.states[0] for code, one in group.items.items()}


def counted(computed: ComputedCycle) -> tuple[str, str, bool]:
    """Points and maximum of Sở Y tế, and whether they may change."""
    [group], [result] = computed.outcomes, computed.results
    return group.units[0].points, group.units[0].max_points, bool(result.provisional[0])


def test_what_the_council_has_not_decided_is_pending() -> None:
    world = appraisal_world()
    assert set(states(world).values()) == {"pending"}
    assert counted(compute_cycle(world.cycle, final=False)) == ("0", "0", True)
    for code, kind in (("1.1", ACCEPT), ("1.2", LATER), ("2.1", ADJUST), ("2.2", ASK)):
        world.say("second_appraiser", code, kind)
    decided = {"1.1": "answered", "1.2": "answered", "2.1": "answered"}
    assert states(world) == {**decided, "2.2": "pending", "3.1": "pending"}
    granted = [world.appraisal(code).points for code in decided]
    assert granted == ["1", "1", "0.5"]
    assert counted(compute_cycle(world.cycle, final=False)) == ("2.5", "5", True)


def test_what_members_do_not_agree_on_is_pending() -> None:
    world = appraisal_world(needed=2)
    world.say("second_appraiser", "1.1", ACCEPT)
    assert states(world)["1.1"] == "pending"
    world.say("appraiser", "1.1", ADJUST)
    assert (world.appraisal("1.1").state, states(world)["1.1"]) == ("disputed", "pending")


def test_what_the_unit_left_blank_is_unanswered_until_something_is_said_of_it() -> None:
    world = appraisal_world(needed=2)
    Entry.objects.filter(pk=world.entry("2.1").pk).update(points="", self_points="")
    frozen = frozen_set(world.sheet.group.set_version)
    Figure.objects.filter(unit=world.sheet.unit_id, measure__in=frozen.measures_of["2.1"]).delete()
    assert states(world)["2.1"] == "unanswered"
    for name, points in (("appraiser", "0"), ("second_appraiser", "0,5")):
        world.say(name, "2.1", Said(ADJUST, points=points, reason="Chưa nhập"))
    assert states(world)["2.1"] == "pending"


def test_a_request_not_decided_is_unanswered_and_so_is_a_sheet_never_submitted() -> None:
    world = appraisal_world()
    Entry.objects.filter(pk=world.entry("2.1").pk).update(state="not_assessed_requested")
    assert states(world)["2.1"] == "unanswered"
    ScoreSheet.objects.filter(pk=world.sheet.pk).update(state="locked")
    assert set(states(world).values()) == {"unanswered", "pending"}  # the survey is still open
    assert counted(compute_cycle(world.cycle, final=False))[1] == "7"


def test_nothing_is_pending_once_everything_is_decided() -> None:
    world = appraised_world()
    assert counted(compute_cycle(world.cycle, final=False))[2] is False
    assert "pending" not in states(world).values()
