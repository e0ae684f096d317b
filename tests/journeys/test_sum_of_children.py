"""The sum over child units is taken by one button, with a script and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parindex.database.models import Figure
from tests.factories.summed_world import summed_world
from tests.journeys.conftest import Open


@pytest.mark.parametrize("script", [True, False])
def test_one_button_takes_the_sum(transactional_db: None, open_browser: Open, script: bool) -> None:  # noqa: ARG001
    found = summed_world()
    for sheet, value in zip(found.parts, ("1200", "34"), strict=True):
        Figure.objects.create(unit_id=sheet.unit_id, measure="received", year=2025, value=value)
    page = open_browser(found.officer, script=script)
    page.goto(f"/sheets/{found.whole.pk}/items/2.1/")
    page.get_by_role("button", name="Lấy tổng 1.234").click()
    expect(page.locator("[id='figure.received']")).to_have_value("1.234")
    expect(page.get_by_role("button", name="Lấy tổng")).to_have_count(0)
    assert Figure.objects.get(unit=found.whole.unit_id, measure="received").value == "1234"
