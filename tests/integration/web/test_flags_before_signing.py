"""What the unit is shown of flags before it signs: on the check, on the page of signing, beside the calculation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.filled import enter_everything
from tests.factories.world import World

from parindex.database.models import Entry, Figure, ScoreSheet, SheetPart
from parindex.domain.review.stages import SheetState

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PRINTED = "Giải quyết đúng hạn 900/1200, đạt 85% tổng số hồ sơ."


@pytest.fixture
def filled(made: World) -> World:
    enter_everything(made.sheet)
    Figure.objects.create(unit=made.department, measure="received", year=2024, value="500")
    Entry.objects.filter(sheet=made.sheet, item_code="2.1").update(explanation=PRINTED)
    return made


def test_the_check_tells_every_flag_once(filled: World, as_person: Callable[[str], Client]) -> None:
    page = as_person("owner").get(f"/sheets/{filled.sheet.pk}/submit/").text
    assert "Hệ thống nhắc 6 điều" in page
    assert "Đã nêu ở “Những việc còn lại”:" in page
    assert "Khác xa năm trước 2." in page
    assert page.count("tăng 140,0% so với năm trước") == 2
    assert "900 trên 1200 là 75%, văn bản ghi 85%." in page
    assert page.count("Có điểm nhưng không có tài liệu, viện dẫn hay giải trình nào.") == 3


def test_the_page_of_signing_counts_them_and_leads_there(filled: World, as_person: Callable[[str], Client]) -> None:
    part = SheetPart.objects.get(sheet=filled.sheet)
    page = as_person("leader").get(f"/parts/{part.pk}/sign/").text
    assert "Hệ thống nhắc 6 điều ở 4 mục." in page
    assert f"/sheets/{filled.sheet.pk}/submit/#nhac" in page


def test_beside_the_calculation_stands_one_line(filled: World, as_person: Callable[[str], Client]) -> None:
    client = as_person("owner")
    assert "900 trên 1200 là 75%, văn bản ghi 85%." in client.get(f"/sheets/{filled.sheet.pk}/items/2.1/").text
    assert "#nhac" not in client.get(f"/sheets/{filled.sheet.pk}/items/2.2/").text


def test_what_is_signed_is_the_councils(filled: World, as_person: Callable[[str], Client]) -> None:
    SheetPart.objects.filter(sheet=filled.sheet).update(state=SheetState.SUBMITTED)
    ScoreSheet.objects.filter(pk=filled.sheet.pk).update(state=SheetState.SUBMITTED)
    assert "Hệ thống nhắc" not in as_person("owner").get(f"/sheets/{filled.sheet.pk}/submit/").text


def test_the_number_of_queries_is_that_of_the_page(
    filled: World, as_person: Callable[[str], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    sheet = ScoreSheet.objects.get(pk=filled.sheet.pk)
    client = as_person("owner")
    client.get(f"/sheets/{sheet.pk}/submit/")
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        client.get(f"/sheets/{sheet.pk}/submit/")
