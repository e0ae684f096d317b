"""The queues of somebody on a council say the same everywhere, and hold only what the page shows."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import ItemAppraisal, Opinion
from parindex.database.queries.councils import CouncilTable, council_table
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.assignments import SheetPlace
from parindex.domain.review.opinions import OpinionKind
from parindex.web.appraisals import list_views, queues_page, reader
from parindex.web.home.appraisal_tasks import council_tasks

pytestmark = pytest.mark.both


@pytest.fixture
def world(db: None) -> AppraisalWorld:
    """Everything is assigned to both appraisers."""
    return appraisal_world()


def test_what_was_accepted_provisionally_waits_on_every_page(world: AppraisalWorld) -> None:
    """One has to look again: at home, in the list of queues, in the queue itself."""
    ItemAppraisal.objects.exclude(sheet=world.made.sheet).delete()
    client, session = browser(world, "appraiser"), world.session("appraiser")
    for kind in (OpinionKind.ACCEPT_PROVISIONALLY, OpinionKind.ACCEPT):
        world.say("appraiser", "1.2", kind)
        (task,) = council_tasks(session, world.cycle)
        found = re.search(r"(\d+) mục chờ bạn\.", client.get("/appraisals/").text)
        queue = re.search(r"Chờ tôi (\d+)", client.get(f"/appraisals/{world.made.sheet.pk}/?list").text)
        assert found is not None
        assert queue is not None
        left = ItemAppraisal.objects.filter(state__in=["waiting", "provisional"]).count()
        assert (task.count, int(found[1]), int(queue[1])) == (left, left, left)


def test_items_of_nobody_are_those_of_their_own_sheet(world: AppraisalWorld, monkeypatch: Any) -> None:
    """Sheets in parts have a plan each, which nobody keeps but who looks at it."""
    group = world.made.sheet.group_id
    places = {sheet: SheetPlace(sheet, group, ("tinh/so-y-te",)) for sheet in range(1, 7)}

    def plan_of(_: CouncilTable, place: SheetPlace, frozen: FrozenSet) -> Plan:
        return {1: dict.fromkeys(frozen.items, (1,))} if place.sheet <= 2 else {1: {}}

    monkeypatch.setattr(queues_page, "places_of", lambda _: places)
    monkeypatch.setattr(queues_page, "plan_of_sheet", plan_of)
    found = queues_page.nobodys(council_table(world.cycle.pk), world.cycle.pk)
    left = {sheet: bool(one.items[1]) for one in found for sheet in one.sheets}
    assert left == {1: False, 2: False, 3: True, 4: True, 5: True, 6: True}


def test_more_than_a_page_shows_is_not_accepted_at_once(world: AppraisalWorld, monkeypatch: Any) -> None:
    ItemAppraisal.objects.update(flags=0, worst="")
    monkeypatch.setattr(list_views, "MOST", 1)
    rows = ItemAppraisal.objects.filter(sheet=world.made.sheet, item_code__in=["1.1", "1.2"])
    entries = [f"{one.pk}.{one.version}" for one in rows]
    client, where = browser(world, "appraiser"), f"/appraisals/accept/{world.made.sheet.pk}/"
    assert client.get(where).status_code == 200
    assert client.post(where, {"entry": entries}).status_code == 404
    assert not Opinion.objects.exists()
    assert client.post(where, {"entry": entries[:1]}).status_code == 303


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried")
def test_several_threads_keep_councils_at_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(reader, "council_table", lambda _: CouncilTable())
    monkeypatch.setattr(reader, "connection", SimpleNamespace(in_atomic_block=False, settings_dict={"NAME": "x"}))
    monkeypatch.setattr(reader, "_known", {})
    failed: list[Exception] = []
    since = now()

    def ask(first: int) -> None:
        try:
            for cycle in range(first, first + 300):
                reader.kept_council(SimpleNamespace(cycle_id=cycle, council_since=since))  # type: ignore[arg-type]
        except RuntimeError as wrong:
            failed.append(wrong)

    threads = [Thread(target=ask, args=(1_000 * number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (failed, len(reader._known)) == ([], 2_400)
