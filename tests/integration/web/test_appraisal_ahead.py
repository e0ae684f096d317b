"""Pages that are read ahead: they lead past the item that is left, and the queue alone brings them up to date."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalLevel, Opinion
from parindex.domain.review.opinions import AppraisalState, Blindness, OpinionKind

QUEUE, ITEM = {"HX-Target": "queue"}, {"HX-Target": "item"}


@pytest.fixture
def world(db: None) -> AppraisalWorld:
    """Two appraisers, one of whom works at Sở Tư pháp; one opinion is enough."""
    return appraisal_world()


def test_recording_answers_with_what_was_done_alone(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.1"))) | {"kind": "accept", "reason": "Đã đối chiếu"}
    answer = client.post(address(world, "1.1"), form, headers=ITEM)
    assert answer.status_code == 200
    assert "Đã ghi mục 1.1: đồng ý." in answer.text
    assert f'action="{address(world, "1.1", f"undo/{Opinion.objects.get().pk}/")}"' in answer.text
    assert "<main" not in answer.text
    assert world.appraisal("1.1").state == AppraisalState.ACCEPTED
    assert "Đã ghi mục 1.1" not in client.get(address(world, "1.2")).text  # it has been said


def test_what_is_not_recorded_comes_back_whole(world: AppraisalWorld) -> None:
    AppraisalLevel.objects.update(blindness=Blindness.ALWAYS)
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.1"))) | {"kind": "adjust", "points": "0,5"}
    missing = client.post(address(world, "1.1"), form, headers=ITEM)
    assert (missing.status_code, 'class="panes"' in missing.text) == (422, True)
    world.say("second_appraiser", "1.1", OpinionKind.ADJUST)
    stale = client.post(address(world, "1.1"), form | {"reason": "Thiếu"}, headers=ITEM)
    assert (stale.status_code, 'class="panes"' in stale.text) == (409, True)


def test_a_page_that_is_read_ahead_does_not_lead_back(world: AppraisalWorld) -> None:
    world.accept_all(but=("2.1", "2.2"))
    client = browser(world, "appraiser")
    assert form_of(client.get(address(world, "2.2")))["next"] == f"{world.made.sheet.pk}/2.1"
    ahead = client.get(address(world, "2.2"), headers={"X-Leaving": str(world.entry("2.1").pk)})
    assert form_of(ahead)["next"] == ""
    assert 'data-ahead=""' in ahead.text
    for odd in ("", "x", "9" * 40, "-1"):
        assert client.get(address(world, "2.2"), headers={"X-Leaving": odd}).status_code == 200


def test_the_queue_alone_tells_what_has_changed(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page, queue = client.get(address(world, "1.2")), client.get(address(world, "1.2"), headers=QUEUE)
    mark = mark_in(page.text)
    assert mark == mark_in(queue.text) != ""
    assert "Ghi, sang 2.1" in queue.text
    assert "Giải trình của đơn vị" not in queue.text
    world.say("second_appraiser", "1.2", OpinionKind.ADJUST)
    assert mark_in(client.get(address(world, "1.2"), headers=QUEUE).text) != mark
    assert "HX-Target" in queue["Vary"]


def mark_in(text: str) -> str:
    """What a page that was read ahead is compared by."""
    return text.partition('data-mark="')[2].partition('"')[0]


def test_the_queue_alone_is_for_those_who_see_the_page(world: AppraisalWorld) -> None:
    assert browser(world, "owner").get(address(world, "1.2"), headers=QUEUE).status_code == 403
    assert browser(world, "stranger").get(address(world, "1.2"), headers=QUEUE).status_code == 403
    assert browser(world, "appraiser").get(address(world, "9.9"), headers=QUEUE).status_code == 404


def test_the_queue_alone_takes_fewer_queries(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    asked = []
    for headers in (QUEUE, {}):
        client.get(address(world, "1.2"), headers=headers)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(world, "1.2"), headers=headers)
        asked.append(len(queries))
    assert asked[0] < asked[1]
