"""On a phone the cells of a table stand under each other, and all that they say can be read."""

from __future__ import annotations

from django.utils import timezone

from parindex.database.models import ScoreSheet
from tests.factories.world import World
from tests.journeys.conftest import PHONE, Open

#: Cells whose words reach over the edge of what holds the table: nobody pushes a cell sideways.
CUT = """() => [...document.querySelectorAll('.tablewrap td')].filter(td => {
  const range = document.createRange(); range.selectNodeContents(td);
  return range.getBoundingClientRect().right > td.closest('.tablewrap').getBoundingClientRect().right + 1; })
  .map(td => td.textContent.trim())"""


def test_what_was_done_last_on_a_sheet_is_read_to_its_end(made: World, open_browser: Open) -> None:
    ScoreSheet.objects.update(last_act="request_not_assessed", last_act_at=timezone.now())
    page = open_browser(made.people["standing_office"], size=PHONE)
    page.goto(f"/cycles/{made.cycle.pk}/")
    assert "đề nghị không đánh giá" in page.locator("td", has_text="không đánh giá").first.inner_text().lower()
    assert page.evaluate(CUT) == []
