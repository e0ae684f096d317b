"""The matrix of an appraisal: states, share lost, flags; what blindness hides; its queries do not grow with units."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world

from parindex.database.models import AppraisalLevel, AuditRecord, Entry, ItemAppraisal, ScoreSheet
from parindex.domain.review.opinions import Blindness, OpinionKind
from parindex.domain.review.stages import SheetState
from parindex.domain.values import exact_number
from parindex.usecases.opinions import Said

pytestmark = pytest.mark.both

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def made(db: None) -> AppraisalWorld:
    """A cycle whose appraisal has begun."""
    return appraisal_world()


def page(made: AppraisalWorld, name: str, query: str = "") -> str:
    client = Client()
    client.force_login(made.people[name], backend=BACKEND)
    response = client.get(f"/cycles/{made.cycle.pk}/matrix/{query}")
    assert response.status_code == 200
    return response.text


def cell(html: str, made: AppraisalWorld, code: str) -> str:
    """The cell of Sở Y tế at an item."""
    start = html.index(f"cell={made.sheet.pk}-{code}#picked")
    opening = html.rindex("<td", 0, start)
    return html[opening : html.index("</td>", start)]


def test_a_cell_tells_state_points_and_what_is_lost(made: AppraisalWorld) -> None:
    made.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    made.say("second_appraiser", "1.2", Said(OpinionKind.ASK, question="Nêu rõ cách tính"))
    html = page(made, "chair")
    adjusted, asked = cell(html, made, "1.1"), cell(html, made, "1.2")
    assert "0,5▾" in adjusted
    assert "điều chỉnh" in adjusted
    assert 'class="l' in adjusted
    assert "<b>?</b>" in asked
    assert "yêu cầu giải trình" in asked


def test_what_waits_is_grey_and_what_is_raised_is_marked(made: AppraisalWorld) -> None:
    claim = made.entry("2.1").points
    made.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0", reason="Không có số liệu"))
    made.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points=claim, reason="Đã bổ sung số liệu"))
    html = page(made, "chair", "?area=2")
    assert 'class="wait"' in cell(html, made, "2.1")
    assert "chờ thẩm định" in cell(html, made, "2.1")
    raised = exact_number(claim) > exact_number(made.entry("2.2").points)
    assert ("▴" if raised else "▾") in cell(html, made, "2.2")
    assert 'class="a' in cell(page(made, "chair", "?area=2&by=achieved"), made, "2.1")


def test_who_has_not_spoken_does_not_see_what_was_granted(made: AppraisalWorld) -> None:
    """The level shows opinions after the own; the points that were granted would give one away."""
    AppraisalLevel.objects.filter(pk=made.level.pk).update(blindness=Blindness.AFTER_OWN)
    made.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    assert "▾" in cell(page(made, "chair"), made, "1.1")
    hidden = cell(page(made, "appraiser"), made, "1.1")
    assert "▾" not in hidden
    assert "điều chỉnh" not in hidden


def test_a_kept_row_follows_whatever_it_shows(made: AppraisalWorld) -> None:
    """Rows are kept; each of these makes another one, and a name stays a name."""
    before = cell(page(made, "chair"), made, "1.1")
    assert cell(page(made, "chair"), made, "1.1") == before
    made.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    said = cell(page(made, "chair"), made, "1.1")
    ItemAppraisal.objects.filter(entry=made.entry("1.1")).update(flags=2)
    flagged = cell(page(made, "chair"), made, "1.1")
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(unit_name='Sở <b>"Y tế"</b>')
    named = cell(page(made, "chair"), made, "1.1")
    Entry.objects.filter(pk=made.entry("1.2").pk).update(points="0.125")
    assert len({before, said, flagged, named}) == 4
    assert 'aria-label="Sở &lt;b&gt;&#34;Y tế&#34;&lt;/b&gt;, 1.1: ' in named
    assert "0,125" in cell(page(made, "chair"), made, "1.2")


def test_a_picked_cell_is_explained_beside(made: AppraisalWorld) -> None:
    made.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    html = page(made, "chair", f"?cell={made.sheet.pk}-1.1")
    beside = html[html.index('id="picked"') :]
    assert "Thiếu văn bản" in beside
    assert "0,5 ▾" in beside
    for wrong in ("?cell=x-1.1", "?cell=999999-1.1", f"?cell={made.sheet.pk}-9.9", "?area=99&by=no&page=-4"):
        assert 'id="picked"' not in page(made, "chair", wrong)


def test_sheets_outside_the_appraisal_are_named(made: AppraisalWorld) -> None:
    ItemAppraisal.objects.filter(sheet=made.other_sheet).delete()
    ScoreSheet.objects.filter(pk=made.other_sheet.pk).update(state=SheetState.LOCKED)
    html = page(made, "secretary")
    assert "1 đơn vị chưa vào thẩm định" in html
    assert "Sở Tư pháp: Đã khóa" in html


def test_where_nothing_is_appraised_yet_the_page_says_so(db: None) -> None:
    made = appraisal_world(begun=False)
    for name, query in (("secretary", ""), ("appraiser", ""), ("secretary", "?view=list")):
        assert "2 đơn vị chưa vào thẩm định" in page(made, name, query)


def test_the_list_says_the_same_in_rows(made: AppraisalWorld) -> None:
    made.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    html = page(made, "chair", "?view=list")
    assert "Sở Y tế, 1.1" in html
    assert "<b>0,5</b>▾" in html


def test_the_workbook_holds_numbers_and_is_logged(made: AppraisalWorld) -> None:
    made.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản"))
    client = Client()
    client.force_login(made.people["chair"], backend=BACKEND)
    response = client.post(f"/cycles/{made.cycle.pk}/matrix/export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    granted = book.get_sheet_by_name("Điểm thẩm định").to_python()
    row = next(one for one in granted if one[0] == "Sở Y tế")
    assert row[granted[0].index("1.1")] == 0.5
    assert AuditRecord.objects.filter(action="export_progress").exists()


def test_queries_do_not_grow_with_units(made: AppraisalWorld, django_assert_num_queries: Any) -> None:
    client = Client()
    client.force_login(made.people["chair"], backend=BACKEND)
    address = f"/cycles/{made.cycle.pk}/matrix/"
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    ItemAppraisal.objects.filter(sheet=made.other_sheet).delete()
    with django_assert_num_queries(QUERIES):
        client.get(address)


#: Session, account, roles, seats on councils; cycle, groups, how many sheets, those, their questions, cells, and who is
#: outside.
QUERIES = 11
