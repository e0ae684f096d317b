"""The page of what surveys and agencies gave: who reads it, and withdrawing what was given by mistake."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.models import AuditRecord, GivenPoints, RoleGrant
from parindex.domain.review.roles import Role
from parindex.usecases.given_points import give_points
from parindex.usecases.given_rows import GivenRow
from parindex.usecases.recusals import declare_conflict
from parindex.wording.moments import moment


@pytest.fixture
def made(db: None) -> AppraisalWorld:
    """A survey has given the points of 3.1 to both departments, to the first ones once more."""
    world = appraisal_world()
    for points in ("2,5", "2,55"):
        rows = [
            GivenRow(line, unit, "3.1", points if line == 1 else "2,1", "0,08", "Báo cáo điều tra 2025")
            for line, unit in enumerate(("so-y-te", "so-tu-phap"), start=1)
        ]
        give_points(by=world.session("survey_staff"), at=now(), cycle_id=world.cycle.pk, rows=rows)
    return world


def given(made: AppraisalWorld, unit: str = "Sở Y tế") -> GivenPoints:
    return GivenPoints.objects.get(entry__sheet__unit_name=unit, withdrawn_at=None)


def where(made: AppraisalWorld, one: GivenPoints | None = None) -> str:
    return f"/cycles/{made.cycle.pk}/given-points/" + (f"{one.pk}/withdraw/" if one else "")


def test_what_counts_is_listed_and_what_does_not_on_demand(made: AppraisalWorld) -> None:
    client = browser(made, "chair")
    page = client.get(where(made)).text
    assert ("<b>2,55</b>" in page, "<b>2,5</b>" in page, "0,08" in page) == (True, False, True)
    every = client.get(where(made) + "?all=1").text
    assert ("<b>2,5</b>" in every, "Đã thay bằng 2,55 điểm:" in every, "Đã rút" in every) == (True, True, False)
    some = client.get(where(made) + "?unit=tư&item=3.1").text
    assert ("Sở Tư pháp" in some, "<b>2,55</b>" in some) == (True, False)
    assert "Chưa có điểm nào" in client.get(where(made) + "?item=9.9").text
    assert where(made) in client.get(f"/cycles/{made.cycle.pk}/council/").text


def test_points_given_by_mistake_are_withdrawn_with_a_reason(made: AppraisalWorld) -> None:
    client, one = browser(made, "secretary"), given(made)
    assert where(made, one) in client.get(where(made)).text
    assert "Lý do" in client.get(where(made, one)).text
    refused = client.post(where(made, one), {"reason": " "})
    assert (refused.status_code, "Chưa nêu lý do" in refused.text) == (422, True)
    assert client.post(where(made, one), {"reason": "Nhầm đơn vị"})["Location"] == where(made)
    record = AuditRecord.objects.get(action="withdraw_given_points")
    assert (record.reason, record.role) == ("Nhầm đơn vị", "secretary")
    stale = client.post(where(made, one), {"reason": "Lần nữa"})
    assert (stale.status_code, "Điểm này đã rút" in stale.text, "Lần nữa" in stale.text) == (422, True, True)
    over = client.get(where(made, one)).text
    by = f"Đã rút: {made.people['secretary'].full_name}, {moment(record.at)}. Lý do: Nhầm đơn vị"
    assert (by in over, "<textarea" in over) == (True, False)
    every = client.get(where(made) + "?all=1").text
    assert (by in every, every.count("Đã thay bằng")) == (True, 1)
    replaced = GivenPoints.objects.get(points="2.5")
    assert "Điểm này đã được thay" in client.get(where(made, replaced)).text


@pytest.mark.parametrize("by_conflict", [False, True])
def test_secretary_and_chair_keep_out_of_the_points_of_the_own_unit(made: AppraisalWorld, by_conflict: bool) -> None:
    if by_conflict:
        declare_conflict(
            by=made.session("chair"), at=now(), member_id=made.members["chair"].pk,
            unit_id=made.made.department.pk, reason="Người nhà",
        )  # fmt: skip
    else:
        RoleGrant.objects.create(
            user=made.people["chair"], role=Role.UNIT_OFFICER, unit=made.made.department, granted_at=now()
        )
    client = browser(made, "chair")
    page = client.get(where(made)).text
    assert where(made, given(made)) not in page
    assert where(made, given(made, "Sở Tư pháp")) in page
    assert client.post(where(made, given(made)), {"reason": "x"}).status_code == 403


def test_who_reads_and_who_withdraws(made: AppraisalWorld) -> None:
    one = given(made)
    for name in ("owner", "stranger", "leader"):
        assert browser(made, name).get(where(made)).status_code == 403, name
    for name in ("appraiser", "auditor"):
        page = browser(made, name).get(where(made))
        assert (page.status_code, where(made, one) in page.text) == (200, False), name
        assert browser(made, name).post(where(made, one), {"reason": "x"}).status_code == 403, name


def test_queries_of_the_list_do_not_grow(made: AppraisalWorld) -> None:
    client = browser(made, "chair")
    counts = []
    for query in ("", "?unit=tư", "?all=1"):
        with CaptureQueriesContext(connection) as asked:
            client.get(where(made) + query)
        counts.append(len(asked))
    assert (counts[0], counts[2]) == (counts[1], counts[1] + 2)  # who ended points, and what came instead
