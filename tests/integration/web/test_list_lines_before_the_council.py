"""The lines of a list on the page of who appraises: one verdict each, what remains is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.list_world import list_world
from tests.integration.web.appraisers import address, browser

from parindex.database.models import FigureLine, LineVerdict


@pytest.fixture
def listed(db: None, tmp_path: Path) -> AppraisalWorld:
    """Item 1.2 counts three lines of a list."""
    return list_world(tmp_path)


def test_a_line_is_refused_with_a_reason_and_what_remains_is_offered(listed: AppraisalWorld) -> None:
    client, line = browser(listed, "appraiser"), FigureLine.objects.get(position=1)
    page = client.get(address(listed, "1.2"))
    verdict = address(listed, "1.2", f"lines/{line.pk}/")
    assert f'action="{verdict}"' in page.text
    assert "Sáng kiến 3" not in page.text  # the unit does not count it
    missing = client.post(verdict, {"accepted": "no", "reason": " "})
    assert (missing.status_code, 'role="alert"' in missing.text) == (422, True)
    assert client.post(verdict, {"accepted": "no", "reason": "Chưa được công nhận"}).status_code == 303
    page = client.get(address(listed, "1.2"))
    assert "Không chấp nhận</span>" in page.text
    assert "Chưa được công nhận" in page.text
    assert "Chỉ tính các dòng được chấp nhận, cách tính cho 1 điểm." in page.text
    assert client.post(verdict, {"accepted": "yes"}).status_code == 303
    assert "Chỉ tính các dòng được chấp nhận" not in client.get(address(listed, "1.2")).text
    assert [one.accepted for one in LineVerdict.objects.order_by("pk")] == [False, True]  # both stay to be read


def test_a_line_of_another_list_is_nobodys_here(listed: AppraisalWorld) -> None:
    left_out = FigureLine.objects.get(position=3)
    answer = browser(listed, "appraiser").post(address(listed, "1.2", f"lines/{left_out.pk}/"), {"accepted": "yes"})
    assert (answer.status_code, LineVerdict.objects.count()) == (422, 0)
    line = FigureLine.objects.get(position=0)
    for name in ("owner", "stranger"):
        answer = browser(listed, name).post(address(listed, "1.2", f"lines/{line.pk}/"), {"accepted": "yes"})
        assert answer.status_code == 403
