"""Finalising, publishing and correcting pressed twice: the second press leads to what the first one did."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.published_world import appraised_world, finalised, published_world
from tests.factories.world import World
from tests.integration.web.results_forms import DECISION, MINUTES, address, logged_in

from parindex.database.models import AuditRecord, Finalisation, Publication, RoleGrant
from parindex.domain.review.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def shown(client: Client, where: str, words: dict[str, str]) -> dict[str, str]:
    """What a form sends that confirms its preview."""
    page = client.post(where, words).content.decode()
    return {**words, "confirmed": "1", "seen": page.partition('name="seen" value="')[2].partition('"')[0]}


def said(client: Client, where: str, words: dict[str, str]) -> tuple[int, str]:
    """How a form is answered, and what the page then says."""
    answer = client.post(where, words, follow=True)
    return answer.status_code, answer.content.decode()


def second_chair(made: World) -> Client:
    """Another person who chairs the same council."""
    RoleGrant.objects.create(
        user=made.people["secretary"], unit=made.province, role=Role.CHAIR, granted_by=made.people["administrator"],
        granted_at=made.people["secretary"].grants.get().granted_at,
    )  # fmt: skip
    return logged_in(made, "secretary")


def test_finalising_twice_is_done_once() -> None:
    made = appraised_world().made
    client, where = logged_in(made, "chair"), address(made, "finalise/")
    words = shown(client, where, MINUTES)
    for _ in range(2):
        status, page = said(client, where, words)
        assert (status, "Đã chốt kết quả. Công bố khi có quyết định." in page) == (200, True)
    assert Finalisation.objects.count() == 1
    assert AuditRecord.objects.filter(action="finalise_cycle").count() == 1
    for other in ({"minutes": "Khác"}, {"seen": "0" * 64}, {"seen": ""}, {"confirmed": ""}, {"minutes_date": "x"}):
        assert said(client, where, words | other)[0] == 403, other
    assert said(second_chair(made), where, words)[0] == 403
    assert said(logged_in(made, "stranger"), where, words)[0] == 403


def test_publishing_twice_is_done_once() -> None:
    made = appraised_world().made
    finalised(made)
    client, where = logged_in(made, "chair"), address(made, "publish/")
    words = shown(client, where, DECISION)
    for _ in range(2):
        status, page = said(client, where, words)
        assert (status, "Đã công bố. Ai cũng xem được kết quả" in page) == (200, True)
    assert Publication.objects.count() == 1
    others = ({"decision_number": "1/QĐ"}, {"seen": "0" * 64}, {"public_from": "01/01/2099"}, {"confirmed": ""})
    assert [said(client, where, words | one)[0] for one in others] == [403] * 4
    assert said(second_chair(made), where, words)[0] == 403


def test_a_correction_sent_twice_is_made_once() -> None:
    world = published_world()
    client, where = logged_in(world.made, "chair"), address(world.made, "correct/")
    line = {"sheet": str(world.made.other_sheet.pk), "item": "2.2", "points": "1", "why": "Nhập lại nhầm"}
    words = shown(client, where, {**MINUTES, **DECISION, **line, "reason": "Cộng sai"})
    for _ in range(2):
        status, page = said(client, where, words)
        assert (status, "Đã công bố đính chính. Bản trước vẫn xem được." in page) == (200, True)
    assert Publication.objects.count() == 2


@pytest.mark.parametrize("when", ["08:00 01/01/2099", "08:00 ngày 01/01/2099", "2099-01-01T08:00"])
def test_the_embargo_is_read_as_this_site_prints_moments(when: str) -> None:
    made = appraised_world().made
    finalised(made)
    page = logged_in(made, "chair").post(address(made, "publish/"), {**DECISION, "public_from": when}).content.decode()
    assert "Lúc được xem (01/01/2099) quá xa" in page
