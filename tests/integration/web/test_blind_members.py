"""Who may not see what others say is not kept from speaking by it; what they may see is compared as ever."""

from __future__ import annotations

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalLevel, Opinion
from parindex.domain.review.opinions import Blindness, OpinionKind
from parindex.usecases.opinions import Said, decide

pytestmark = pytest.mark.django_db
CUT = Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản", minutes="Biên bản 1")
TYPED = {"kind": "accept", "reason": "Đủ văn bản"}


@pytest.fixture
def world() -> AppraisalWorld:
    made = appraisal_world(needed=0)
    AppraisalLevel.objects.update(blindness=Blindness.NEVER)
    return made


@pytest.mark.parametrize(
    ("blindness", "status"), [(Blindness.NEVER, 303), (Blindness.AFTER_OWN, 303), (Blindness.ALWAYS, 409)]
)
def test_what_one_may_not_see_makes_no_page_stale(world: AppraisalWorld, blindness: Blindness, status: int) -> None:
    AppraisalLevel.objects.update(blindness=blindness)
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    world.say("second_appraiser", "1.2", CUT)
    assert client.post(address(world, "1.2"), form | TYPED).status_code == status
    assert Opinion.objects.count() == (2 if status == 303 else 1)


def test_what_one_may_see_does(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    stands = world.appraisal("1.2")
    decide(by=world.session("chair"), at=now(), entry_id=stands.pk, said=CUT, seen=stands.version)
    assert client.post(address(world, "1.2"), form | TYPED).status_code == 409
    form = form_of(client.get(address(world, "1.1")))
    world.say("appraiser", "1.1", CUT)  # in another window
    assert client.post(address(world, "1.1"), form | TYPED).status_code == 409
    assert Opinion.objects.count() == 2


def test_a_mark_does_not_help_who_sees_everything(world: AppraisalWorld) -> None:
    """The mark of a blind member's page, sent by the same member at a level that is open meanwhile."""
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    assert "known" in form
    AppraisalLevel.objects.update(blindness=Blindness.ALWAYS)
    world.say("second_appraiser", "1.2", CUT)
    assert client.post(address(world, "1.2"), form | TYPED).status_code == 409
    assert "known" not in form_of(client.get(address(world, "1.2")))
