"""Flags of stored sheets: found in bulk, kept while they say the same, gone with their cause, counted with the item."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now, version_of_year

from parindex.database.models import (
    Attachment,
    Citation,
    Cycle,
    CycleGroup,
    Document,
    DocumentVersion,
    Entry,
    ExternalFigure,
    Figure,
    Flag,
    ScoreSheet,
    SheetPart,
    StoredFile,
)
from parindex.domain.review.flags import FlagKind, Severity
from parindex.usecases.flags import flags_of_sheet, raise_flags
from parindex.wording.flags import flag_line, flag_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> AppraisalWorld:
    return appraisal_world()


def change(made: AppraisalWorld, code: str, **fields: object) -> Entry:
    entry = made.entry(code)
    Entry.objects.filter(pk=entry.pk).update(**fields)
    return made.entry(code)


def stand(made: AppraisalWorld, code: str) -> list[tuple[str, str, str]]:
    rows = Flag.objects.filter(entry=made.entry(code), gone_at=None).order_by("kind", "key")
    return [(one.kind, one.severity, flag_line(one)) for one in rows]


def figure(made: AppraisalWorld, measure: str, value: str, year: int = 2025) -> None:
    keys: dict[str, Any] = {"unit_id": made.sheet.unit_id, "measure": measure, "year": year}
    Figure.objects.update_or_create(**keys, defaults={"value": value})


def test_flags_are_raised_when_the_appraisal_begins() -> None:
    made = appraisal_world(begun=False)
    change(made, "1.2", explanation="")
    raise_flags([made.sheet.pk], at=now())
    assert stand(made, "1.2") == [("no_evidence", "info", "Không tài liệu, không giải trình")]


def test_what_is_as_it_was_stays_and_what_is_mended_goes(made: AppraisalWorld) -> None:
    figure(made, "on_time", "1500")
    change(made, "2.1", branch=-8, points="", rule_points="", explanation="Có sổ theo dõi")
    raise_flags([made.sheet.pk], at=now())
    first = Flag.objects.get(entry=made.entry("2.1"), kind=FlagKind.IMPOSSIBLE_FIGURES)
    assert flag_words(first) == (
        "Tử số 1.500 lớn hơn mẫu số 1.200: tỷ lệ 125,00% vượt 100%. Kiểm tra hai số, hoặc nêu vì sao vượt tổng."
    )
    assert (made.appraisal("2.1").flags, made.appraisal("2.1").worst) == (1, Severity.ERROR)
    raise_flags([made.sheet.pk], at=now())
    assert Flag.objects.get(entry=made.entry("2.1"), kind=FlagKind.IMPOSSIBLE_FIGURES) == first
    figure(made, "on_time", "1400")
    raise_flags([made.sheet.pk], at=now())
    first.refresh_from_db()
    assert first.gone_at is not None
    assert json.loads(Flag.objects.get(entry=made.entry("2.1"), gone_at=None).facts)["part"] == "1400"
    figure(made, "on_time", "900")
    change(made, "2.1", branch=1, points="1.5", rule_points="1.5")
    raise_flags([made.sheet.pk], at=now())
    assert stand(made, "2.1") == []
    assert (made.appraisal("2.1").flags, made.appraisal("2.1").worst) == (0, "")


def test_everything_that_stands_beside_an_entry_is_looked_at(made: AppraisalWorld) -> None:
    figure(made, "on_time", "300", 2024)
    figure(made, "received", "1100", 2024)
    change(
        made, "2.1", self_points="1.9", explanation="Đúng hạn 900/1200, đạt 85,00%, tổng 1200 hồ sơ, đúng hạn 950 hồ sơ"
    )
    change(made, "2.2", branch=100, points="2")
    entry = made.entry("2.1")
    for code, day in (("2.1", date(2025, 12, 8)), ("1.1", date(2025, 12, 18))):
        Citation.objects.create(
            entry=made.entry(code), text="Báo cáo số 401/BC-UBND", number="401/BC-UBND", number_key="401/BC-UBND",
            date=day, date_text=f"{day:%d/%m/%Y}",
        )  # fmt: skip
    for measure, value in (("on_time", "1200"), ("received", "900"), ("on_time", "1200")):
        ExternalFigure.objects.create(
            entry=entry, measure=measure, year=2025, value=value, source="DTI.GOV.VN", recorded_at=now(),
            recorded_by=made.people["appraiser"],
        )  # fmt: skip
    raise_flags([made.sheet.pk], at=now())
    assert stand(made, "2.1") == [
        ("claim_not_rule", "error", "Chấm 1,9, quy tắc 1,5"),
        ("far_from_last_year", "warn", "Tăng 200,0% so với năm trước"),
        ("figures_apart", "warn", "Giải trình ghi 950, phép tính dùng 900"),
        ("figures_apart", "warn", "900 trên 1200 là 75,00%, văn bản ghi 85,00%."),
        ("not_external_figure", "warn", "Khớp nguồn ngoài khi đảo hai số"),
        ("not_external_figure", "warn", "Khớp nguồn ngoài khi đảo hai số"),
        ("paper_not_attached", "warn", "1 văn bản viện dẫn chưa có tệp"),
        ("paper_two_dates", "warn", "401/BC-UBND ghi hai ngày"),
    ]
    assert ("maximum_on_nothing", "warn", "2 điểm vì không phát sinh (0/0)") in stand(made, "2.2")
    assert ("paper_not_attached", "info", "1 văn bản viện dẫn chưa có tệp") in stand(made, "1.1")
    assert made.appraisal("2.1").flags == 8


def test_what_another_flag_says_is_not_told_again(made: AppraisalWorld) -> None:
    printed = "Đúng hạn 1500/1200 hồ sơ, đạt 80%, theo Quyết định số 12/2019/QĐ-UBND ngày 05/3/2020"
    change(made, "2.1", explanation=printed)
    raise_flags([made.sheet.pk], at=now())
    told = [line for kind, _, line in stand(made, "2.1") if kind == "figures_apart"]
    swapped = "Tỷ lệ 80% là của 1200/1500; văn bản ghi ngược thành 1500/1200."
    another_year = "Số 12/2019/QĐ-UBND mang năm 2019, ngày đi kèm lại là 05/3/2020."
    assert told == [swapped, another_year]
    figure(made, "on_time", "1500")
    raise_flags([made.sheet.pk], at=now())
    assert [line for kind, _, line in stand(made, "2.1") if kind in ("figures_apart", "impossible_figures")] == [
        another_year, "Tử số lớn hơn mẫu số",
    ]  # fmt: skip


def test_a_file_that_proved_another_year_is_told_within_one_owner(made: AppraisalWorld) -> None:
    file = StoredFile.objects.create(sha256="a" * 64, size=3, content_type="application/pdf", stored_at=now())
    by = made.people["leader"]
    papers = [
        Document.objects.create(unit=made.sheet.unit, title=f"Kế hoạch {number}", created_by=by, created_at=now())
        for number in (1, 2)
    ]
    for paper in papers:
        DocumentVersion.objects.create(
            document=paper, number=1, file=file, name="a.pdf", uploaded_by=by, uploaded_at=now()
        )
    office = made.people["standing_office"]
    cycle = Cycle.objects.create(
        owner=made.made.province, owner_path="tinh", title="2024", year=2024, created_by=office, created_at=now()
    )
    version = version_of_year(made.made.version, 2024)
    group = CycleGroup.objects.create(cycle=cycle, code="departments", title="Sở", set_version=version)
    sheet = ScoreSheet.objects.create(
        cycle=cycle, group=group, unit=made.sheet.unit, unit_name="Sở Y tế", unit_path=made.sheet.unit_path
    )
    part = SheetPart.objects.create(sheet=sheet, lead_unit=sheet.unit, lead_name="Sở Y tế", lead_path=sheet.unit_path)
    old = Entry.objects.create(sheet=sheet, part=part, item_code="1.1", position=1)
    Attachment.objects.create(entry=old, document=papers[0], added_by=by, added_at=now())
    Attachment.objects.create(entry=made.entry("2.1"), document=papers[1], added_by=by, added_at=now())
    raise_flags([made.sheet.pk, made.other_sheet.pk], at=now())
    found = Flag.objects.get(kind=FlagKind.FILE_OF_OTHER_YEAR)
    assert (found.entry, flag_line(found)) == (made.entry("2.1"), "Tệp đã dùng cho năm 2024")


def test_the_number_of_queries_does_not_grow_with_the_sheets(made: AppraisalWorld) -> None:
    counts = []
    for sheets in ([made.sheet.pk], [made.sheet.pk, made.other_sheet.pk]):
        with CaptureQueriesContext(connection) as asked:
            raise_flags(sheets, at=now())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_unit_sees_the_same_before_it_signs() -> None:
    made = appraisal_world(begun=False)
    figure(made, "on_time", "1500")
    change(made, "2.1", branch=-8, points="", rule_points="")
    found = flags_of_sheet(
        ScoreSheet.objects.select_related("group__set_version", "group__cycle").get(pk=made.sheet.pk)
    )
    assert [flag_line(one) for one in found["2.1"]] == ["Tỷ lệ 125,00% vượt 100%"]
    assert not Flag.objects.exists()
