"""Survey points from a table: who brings it, a preview with commas, all of it or nothing, in pieces of any size."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.integration.web.appraisers import browser

from parindex.database.models import AuditRecord, GivenPoints
from parindex.database.queries import key_pieces
from parindex.usecases import given_points
from parindex.usecases.audit_log import verify

pytestmark = pytest.mark.django_db
TABLE = "unit,item,points,se,source\nso-y-te,3.1,0.07,0.0113,Báo cáo\nso-tu-phap,3.1,2.5,,Báo cáo\n"


@pytest.fixture
def made() -> Iterator[AppraisalWorld]:
    yield appraisal_world()
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


def upload(client: Client, made: AppraisalWorld, table: str = TABLE) -> Any:
    content = SimpleUploadedFile("diem.csv", table.encode())
    return client.post(f"/cycles/{made.cycle.pk}/survey-points/", {"file": content})


def test_the_preview_prints_decimals_with_a_comma(made: AppraisalWorld) -> None:
    page = upload(browser(made, "survey_staff"), made)
    assert "điểm: 0,07; sai số chuẩn: 0,0113" in page.text
    assert "0.07" not in page.text
    assert not GivenPoints.objects.exists()


@pytest.mark.parametrize("name", ["survey_staff", "standing_office"])
def test_a_table_is_taken_whole_in_pieces_of_any_size(
    made: AppraisalWorld, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given_points, "_LOGGED_AT_ONCE", 1)
    monkeypatch.setattr(key_pieces, "_AT_ONCE", 1)
    client = browser(made, name)
    for table in (TABLE, TABLE.replace("0.07", "0.08")):
        hidden = dict(re.findall(r'name="(digest|seen)" value="([0-9a-f]+)"', upload(client, made, table).text))
        assert client.post(f"/cycles/{made.cycle.pk}/survey-points/", hidden).status_code == 302
    standing = GivenPoints.objects.filter(withdrawn_at=None).order_by("entry__sheet__unit__code")
    assert list(standing.values_list("points", flat=True)) == ["2.5", "0.08"]
    assert AuditRecord.objects.filter(action="give_points").count() == 3
    assert all(proof.broken == () for proof in verify())


@pytest.mark.parametrize("name", ["owner", "appraiser", "chair"])
def test_others_bring_no_table(made: AppraisalWorld, name: str) -> None:
    assert upload(browser(made, name), made).status_code == 403
