"""The table of given points: every error at once, a form to fill in, and a button that is pressed twice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.models import GivenPoints, ScoreSheet
from parindex.usecases.given_points import withdraw_points

HEADS = ["Đơn vị", "Mục", "Điểm", "Sai số chuẩn", "Nguồn"]
FORM = [*HEADS[:4], "Ước lượng", "Số câu trả lời", HEADS[4]]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


@pytest.fixture
def made(db: None) -> AppraisalWorld:
    return appraisal_world()


def where(made: AppraisalWorld) -> str:
    return f"/cycles/{made.cycle.pk}/survey-points/"


def sheet(*rows: list[Any]) -> SimpleUploadedFile:
    """A table as a spreadsheet saves it: a number stays a number."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("Sheet1")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return SimpleUploadedFile("diem.xlsx", content.getvalue())


def said(page: Any) -> list[tuple[str, str]]:
    """Where something is wrong, and what."""
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th><td[^>]*>([^<]*)</td>', page.text)
    return [(place, re.sub(r"&[^;]+;", "", words)) for place, words in rows]


def uploaded(client: Client, made: AppraisalWorld, *rows: list[Any]) -> dict[str, str]:
    """What the preview sends when its button is pressed."""
    page = client.post(where(made), {"file": sheet(HEADS, *rows)})
    assert page.status_code == 200
    return dict(re.findall(r'name="(seen|digest)" value="([0-9a-f]+)"', page.text))


def test_errors_of_cells_and_of_rows_are_said_at_once(made: AppraisalWorld) -> None:
    page = browser(made, "survey_staff").post(
        where(made),
        {
            "file": sheet(
                HEADS, ["so-y-te", 3.1, "2,5", "", "Khảo sát"], ["", "3.1", "2,5", "", "Khảo sát"],
                ["so-bia", "3.1", "50%", "", ""], ["so-tu-phap", "3.1", "", "", "Khảo sát"],
            )
        },
    )  # fmt: skip
    assert (page.status_code, "Bảng có 6 lỗi" in page.text) == (422, True)
    found = said(page)
    assert [re.findall(r"\d+", place)[-1] for place, _ in found] == ["2", "3", "4", "4", "4", "5"]
    words = " ".join(one for _, one in found)
    for one in ("không có phiếu của đơn vị “so-bia”", "“50%” là tỷ lệ", "Chưa ghi nguồn"):
        assert one in words
    assert not GivenPoints.objects.exists()


def test_a_column_that_is_missing_is_asked_for_by_the_columns_of_this_table(made: AppraisalWorld) -> None:
    table = SimpleUploadedFile("diem.csv", "Đơn vị,Mục,Nguồn\nso-y-te,3.1,Khảo sát\n".encode())
    page = browser(made, "survey_staff").post(where(made), {"file": table})
    assert (
        "Bảng này có các cột: “đơn vị”, “mục”, “điểm”, “sai số chuẩn”, “ước lượng”, “số câu trả lời”, “nguồn”."
        in page.text
    )
    assert ("Lệnh" in page.text, "trạng thái" in page.text) == (False, False)


def test_the_button_that_is_pressed_twice_answers_as_the_first_time(made: AppraisalWorld) -> None:
    client = browser(made, "survey_staff")
    sent = uploaded(client, made, ["so-y-te", "3.1", "2,5", "", "Khảo sát"])
    for _ in range(2):
        answer = client.post(where(made), sent, follow=True)
        assert (answer.redirect_chain, "Đã ghi điểm của 1 mục." in answer.text) == ([(where(made), 302)], True)
    assert GivenPoints.objects.count() == 1
    later = uploaded(client, made, ["so-y-te", "3.1", "2,6", "", "Khảo sát"])
    assert client.post(where(made), later).status_code == 302
    assert client.post(where(made), sent).status_code == 422
    assert browser(made, "standing_office").post(where(made), later).status_code == 422
    assert GivenPoints.objects.get(withdrawn_at=None).points == "2.6"


def test_what_was_withdrawn_is_given_again_by_the_same_table(made: AppraisalWorld) -> None:
    client = browser(made, "survey_staff")
    row = ["so-y-te", "3.1", "2,5", "", "Khảo sát"]
    assert client.post(where(made), uploaded(client, made, row)).status_code == 302
    first = GivenPoints.objects.get()
    withdraw_points(by=made.session("survey_staff"), at=now(), given_id=first.pk, reason="Nhầm bảng")
    assert client.post(where(made), uploaded(client, made, row)).status_code == 302
    assert [one.points for one in GivenPoints.objects.filter(withdrawn_at=None)] == ["2.5"]
    assert GivenPoints.objects.count() == 2


def test_the_form_names_units_and_items_and_runs_nothing(made: AppraisalWorld) -> None:
    ScoreSheet.objects.filter(pk=made.made.sheet.pk).update(unit_name="=1+1")
    client = browser(made, "survey_staff")
    assert where(made) + "form/" in client.get(where(made)).text
    answer = client.get(where(made) + "form/")
    book = load_workbook(BytesIO(answer.content))
    assert [cell.value for cell in book["points"][1]] == FORM
    units = {row[0].value: row[1] for row in book["don_vi"].rows}
    assert set(units) == set(ScoreSheet.objects.filter(cycle=made.cycle).values_list("unit__code", flat=True))
    assert (units["so-y-te"].value, units["so-y-te"].data_type) == ("=1+1", "s")
    assert [row[0].value for row in book["muc"].rows] == ["3.1"]
    filled = {"file": SimpleUploadedFile("diem.xlsx", answer.content)}
    assert "Bảng chỉ có đầu cột" in client.post(where(made), filled).text
    assert browser(made, "chair").get(where(made) + "form/").status_code == 403
