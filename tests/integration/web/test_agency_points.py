"""Items whose points an agency gives: what is shown is what is accepted, and nobody accepts what was not shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.agency_item import give_to_agency
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalLevel, Flag, ItemAppraisal, Opinion
from parindex.domain.review.opinions import Blindness, OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.given_points import give_points
from parindex.usecases.given_rows import GivenRow
from parindex.usecases.opinions import Said
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text

pytestmark = pytest.mark.django_db
SOURCE = "Công văn 9/SKHCN"


@pytest.fixture
def world(tmp_path: Path) -> AppraisalWorld:
    """An agency gives the points of item 1.2, which the unit claims 2 for; everybody's opinion is needed, nobody sees
    that of another.
    """
    made = appraisal_world(needed=0)
    give_to_agency(made, tmp_path, claimed="2")
    AppraisalLevel.objects.update(blindness=Blindness.NEVER)
    return made


def give(world: AppraisalWorld, points: str) -> None:
    row = GivenRow(1, "so-y-te", "1.2", points, source=SOURCE, source_date=local_day(now()))
    give_points(by=world.session("survey_staff"), at=now(), cycle_id=world.cycle.pk, rows=[row])
    Flag.objects.filter(entry__item_code="1.2").delete()
    ItemAppraisal.objects.filter(item_code="1.2").update(flags=0, worst="")


def test_nobody_accepts_points_that_were_not_shown(world: AppraisalWorld) -> None:
    give(world, "1,75")
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    listed = client.get(f"/appraisals/accept/{world.made.sheet.pk}/").text
    picked = [one for one in listed.split('name="entry" value="')[1:] if one.startswith(f"{world.entry('1.2').pk}.")]
    entry = picked[0].partition('"')[0]
    give(world, "1")
    answer = client.post(address(world, "1.2"), form | {"kind": "accept"})
    assert (answer.status_code, Opinion.objects.count()) == (409, 0)
    assert "đồng ý với 1 điểm cơ quan khác cho" in answer.text
    refused = client.post(f"/appraisals/accept/{world.made.sheet.pk}/", {"entry": entry})
    assert (refused.status_code, Opinion.objects.count()) == (409, 0)
    assert client.post(address(world, "1.2"), form_of(answer) | {"kind": "accept"}).status_code == 303
    assert Opinion.objects.get().points == "1"


def test_what_another_says_of_them_makes_no_page_stale(world: AppraisalWorld) -> None:
    give(world, "1,75")
    client = browser(world, "appraiser")
    form = form_of(client.get(address(world, "1.2")))
    world.say("second_appraiser", "1.2", Said(OpinionKind.ADJUST, points="1", reason="Thiếu"))
    assert client.post(address(world, "1.2"), form | {"kind": "accept"}).status_code == 303


def test_the_page_says_what_is_accepted_and_where_it_is_from(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    page = client.get(address(world, "1.2")).text
    assert ("chưa cho điểm" in page, "Tự chấm 2" in page, 'data-claim=""' in page) == (True, True, True)
    assert 'value="accept" data-key="1" checked' not in page
    give(world, "1,75")
    page = client.get(address(world, "1.2")).text
    assert 'Cơ quan khác cho</p><p class="nowrap"><span class="figure-lg">1,75</span>' in page
    assert f"{SOURCE}, {local_day(now()):%d/%m/%Y}" in page
    assert ("Tự chấm 2" in page, 'data-claim="1,75"' in page) == (True, True)
    assert 'value="accept" data-key="1" checked' in page
    assert "không phải 2 điểm đơn vị tự chấm" in page
    assert '<span class="meta nowrap">1,75/2</span>' in page  # its line of the queue


def test_every_list_says_the_same(world: AppraisalWorld) -> None:
    give(world, "1,75")
    client, sheet = browser(world, "appraiser"), world.made.sheet
    by_unit = client.get(f"/appraisals/items/{sheet.group_id}/1.2/").text
    assert ('data-l="Cơ quan khác cho">1,75<' in by_unit, "Tự chấm" in by_unit) == (True, False)
    for where in (f"/appraisals/{sheet.pk}/?list=1", f"/appraisals/accept/{sheet.pk}/"):
        assert '1,75 <span class="meta">cơ quan khác cho</span>' in client.get(where).text
    matrix = browser(world, "chair").get(f"/cycles/{world.cycle.pk}/matrix/?cell={sheet.pk}-1.2").text
    assert "<dt>Cơ quan khác cho</dt><dd>1,75</dd>" in matrix
    assert "Sở Y tế, 1.2: 1,75 trên 2, chờ" in matrix


def test_what_is_refused_names_the_agency(world: AppraisalWorld) -> None:
    with pytest.raises(Refusal) as none:
        world.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert none.value.code == "nothing_given"
    assert "Cơ quan khác chưa cho điểm" in refusal_text(none.value)
    give(world, "1,75")
    with pytest.raises(Refusal) as same:
        world.say("appraiser", "1.2", Said(OpinionKind.ADJUST, points="1,75", reason="Theo công văn"))
    assert "1,75 chính là điểm cơ quan khác cho" in refusal_text(same.value)
    world.say("appraiser", "1.2", Said(OpinionKind.ADJUST, points="2", reason="Theo hồ sơ"))  # what the unit claims


def test_they_cost_one_query(world: AppraisalWorld) -> None:
    client, counts = browser(world, "appraiser"), []
    client.get(address(world, "1.1"))
    for code in ("1.1", "1.2"):
        with CaptureQueriesContext(connection) as asked:
            client.get(address(world, code) + "?only=all")
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
