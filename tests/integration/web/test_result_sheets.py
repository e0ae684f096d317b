"""Sheets of results: who reads them when, what page and paper say, all papers of a cycle as a ZIP."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from fractions import Fraction
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client
from tests.factories.published_world import WHY, PublishedWorld, published_world
from tests.factories.world import World

from parindex.documents.result_sheets.paper import result_sheet_pdf
from parindex.documents.result_sheets.result_sheet import AreaResult, LeftOutItem, LostItem, ResultSheet, YearBefore
from parindex.web.result_sheets import views
from parindex.web.result_sheets.sheet_contents import all_sheets, sheet_of
from parindex.wording.result_sheet_papers import result_sheet_paper

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *đậm* _n_ $x^2$ @ref <lb> // c /* */ `raw` [#read("/etc/passwd")]'
F = Fraction


def client_of(made: World, name: str) -> Client:
    client = Client()
    client.force_login(made.people[name])
    return client


def address(made: World, sheet: int, rest: str = "") -> str:
    return f"/cycles/{made.cycle.pk}/results/units/{sheet}/{rest}"


def pages_of(pdf: bytes) -> list[str]:
    found = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return [" ".join(one.replace("\u200b", "").split()) for one in found]


def sheet(**changes: object) -> ResultSheet:
    """A sheet with a year before, an area, a lost item and one that is not assessed."""
    plain = {
        "issuer": "Ủy ban nhân dân tỉnh", "place": "Điện Biên", "issued_on": date(2026, 3, 5), "unit": "Sở Y tế",
        "group": "Sở, ngành", "year": 2025, "number": 1, "decision_number": "345/QĐ-UBND",
        "decision_date": date(2026, 3, 5), "index": F(8469, 100), "points": F(80), "max_points": F(95), "grade": "Tốt",
        "rank": 2, "tied": 2, "ranked": 19, "before": (YearBefore(F(8296, 100), 5, "Khá"),),
        "areas": (AreaResult("1", "Chỉ đạo", F(2), F(3), F(1)),),
        "lost": (LostItem("1.1", "Kế hoạch", F(1, 2), F(1), "Ban hành chậm"),),
        "not_assessed": (LeftOutItem("2.1", "Một cửa", F(2), "Không phát sinh", "Điều 5"),), "fingerprint": "ab" * 32,
    }  # fmt: skip
    return ResultSheet(**{**plain, **changes})  # type: ignore[arg-type]


def test_who_reads_the_result_of_a_unit_once_it_is_public() -> None:
    made = published_world().made
    for name in ("owner", "colleague", "leader", "standing_office", "chair", "secretary", "appraiser", "auditor"):
        assert client_of(made, name).get(address(made, made.sheet.pk)).status_code == 200, name
        assert client_of(made, name).get(address(made, made.sheet.pk, "pdf/")).status_code == 200, name
    for name in ("stranger", "other_leader", "administrator"):
        assert client_of(made, name).get(address(made, made.sheet.pk)).status_code == 403, name
    assert "Phiếu kết quả" in client_of(made, "owner").get(f"/sheets/{made.sheet.pk}/items/").text
    assert client_of(made, "owner").get(f"/cycles/{made.cycle.pk}/results/units/").status_code == 403
    assert client_of(made, "chair").get(address(made, 999_999)).status_code == 404


def test_under_embargo_the_unit_waits_and_the_council_does_not() -> None:
    made = published_world(embargo_days=3).made
    refused = client_of(made, "owner").get(address(made, made.sheet.pk))
    assert refused.status_code == 403
    assert "Kết quả chưa được xem" in refused.text
    assert "Chưa công khai." in client_of(made, "chair").get(address(made, made.sheet.pk)).text


def test_page_and_paper_say_the_same_with_the_reason_of_the_council() -> None:
    found: PublishedWorld = published_world()
    made = found.made
    client = client_of(made, "other_leader")
    page = client.get(address(made, made.other_sheet.pk)).text
    words = " ".join(pages_of(client.get(address(made, made.other_sheet.pk, "pdf/")).content))
    for one in (f"Hội đồng điều chỉnh: {WHY}", "345/QĐ-UBND", "Sở Tư pháp", "Thủ tục hành chính"):
        assert one in page, one
        assert one in words, one
    english = client_of(made, "other_leader")
    english.cookies["django_language"] = "en"
    assert english.get(address(made, made.other_sheet.pk, "pdf/")).content == (
        client.get(address(made, made.other_sheet.pk, "pdf/")).content
    )


def test_all_papers_come_as_zips_of_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = published_world().made
    client = client_of(made, "auditor")
    where = f"/cycles/{made.cycle.pk}/results/units/"
    listed = client.get(where).text
    assert "Đơn vị 1 đến 2" in listed
    answers = [b"".join(client.get(where + "zip/1/").streaming_content) for _ in range(2)]  # type: ignore[attr-defined]
    assert answers[0] == answers[1]
    with ZipFile(io.BytesIO(answers[0])) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["departments/so-tu-phap.pdf", "departments/so-y-te.pdf"]
        assert archive.read("departments/so-y-te.pdf") == client.get(address(made, made.sheet.pk, "pdf/")).content
    monkeypatch.setattr(views, "PER_ZIP", 1)
    second = b"".join(client.get(where + "zip/2/").streaming_content)  # type: ignore[attr-defined]
    with ZipFile(io.BytesIO(second)) as archive:
        assert len(archive.namelist()) == 1
    assert client.get(where + "zip/3/").status_code == 404
    assert client.get(where + "?q=so y").text.count("PDF<span") == 1
    assert client.get(where + "?page=9").status_code == 404


def test_a_sheet_is_an_upright_paper_in_its_order() -> None:
    made = result_sheet_pdf(result_sheet_paper(sheet()))
    assert made == result_sheet_pdf(result_sheet_paper(sheet()))
    (words,) = pages_of(made)
    order = [
        "ỦY BAN NHÂN DÂN TỈNH", "Điện Biên, ngày 05 tháng 3 năm 2026", "PHIẾU KẾT QUẢ", "của Sở Y tế",
        "Người đứng đầu đơn vị", "84,69%", "82,96%", "2 trên 19 đơn vị, đồng hạng 2 đơn vị", "66,67%", "Ban hành chậm",
        "Không phát sinh", "SHA-256", "Nơi nhận:",
    ]  # fmt: skip
    places = [words.find(one) for one in order]
    assert -1 not in places
    assert places == sorted(places)


def test_markup_is_printed_as_it_stands() -> None:
    lost = (LostItem("1.1", HOSTILE, None, F(1), HOSTILE, "Sở Nội vụ"),)
    left = (LeftOutItem("2.1", HOSTILE, F(2), HOSTILE, HOSTILE),)
    words = " ".join(pages_of(result_sheet_pdf(result_sheet_paper(sheet(lost=lost, not_assessed=left)))))
    assert words.replace(" ", "").count(HOSTILE.replace(" ", "")) == 5


def test_on_several_pages_heads_repeat_and_the_signature_is_not_alone() -> None:
    many = tuple(LostItem(f"1.{one}", "Kế hoạch kiểm tra, theo dõi", None, F(1), "Chậm") for one in range(80))
    _, *others = pages_of(result_sheet_pdf(result_sheet_paper(sheet(lost=many, unit=HOSTILE))))
    assert len(others) > 1
    assert all("Nguyên nhân" in one for one in others[:-1])
    assert "Phiếu này chỉ nêu kết quả" in others[-1]
    assert "Cơ quan lập phiếu".upper() in others[-1]


def test_nothing_lost_no_rank_no_index_and_several_units_before_are_said() -> None:
    before = (YearBefore(F(80), 1, "Tốt", "Sở A"), YearBefore(None, None, "", "Sở B"))
    empty = sheet(index=None, rank=None, grade="", before=before, lost=(), not_assessed=(), number=2)
    words = " ".join(pages_of(result_sheet_pdf(result_sheet_paper(empty))))
    for one in ("Không mục nào mất điểm.", "Không có mục nào.", "không xếp hạng", "Sở A", "Sở B", "bản đính chính"):
        assert one in words, one


def test_a_moment_in_utc_is_a_day_in_viet_nam() -> None:
    found = published_world()
    found.publication.public_from = datetime(2026, 3, 5, 18, tzinfo=UTC)
    found.publication.save(update_fields=["announced_at"])
    around = all_sheets(found.publication, datetime(2026, 4, 1, tzinfo=UTC))
    result = next(one for one in around.results if one.unit_code == "so-y-te")
    assert sheet_of(around, result).issued_on == date(2026, 3, 6)
