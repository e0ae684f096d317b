"""Citations: recognised as the explanation is saved, linked to documents, added by hand, checked against each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now
from tests.integration.web.evidence_forms import HTMX, paper, upload

from parindex.database.models import Citation, Document, Entry
from parindex.usecases.document_facts import DocumentFacts, mend_document
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]
pytestmark = [pytest.mark.usefixtures("evidence_folders"), pytest.mark.both]
REPORT = "Theo Báo cáo số 401/BC-UBND ngày 08/12/2025 của UBND tỉnh, trang 8"


def explain(made: World, words: str, code: str = "2.1") -> None:
    stored = Entry.objects.get(sheet=made.sheet, item_code=code).explanation
    change = Change(explanation=Typed(words, digest(stored)))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code=code, change=change)


def page(made: World, code: str = "2.1") -> str:
    return f"/sheets/{made.sheet.pk}/items/{code}/"


def named(made: World, title: str, number: str, day: date | None) -> Document:
    facts = DocumentFacts(title=title, number=number, date=day)
    return mend_document(
        by=made.session("owner"), at=now(), document_id=Document.objects.get(title=title).pk, facts=facts
    )


def test_what_the_explanation_cites_is_recognised_and_follows_its_words(made: World, as_person: Person) -> None:
    explain(made, REPORT)
    one = Citation.objects.get()
    assert (one.kind, one.number, one.date_text, one.issuer, one.page) == (
        "Báo cáo",
        "401/BC-UBND",
        "08/12/2025",
        "UBND tỉnh",
        "8",
    )
    text = as_person("owner").get(page(made)).text
    assert "<b>401/BC-UBND</b>" in text
    assert "chưa có tệp" in text
    explain(made, REPORT + ". Xem thêm Kế hoạch số 12/KH-SYT.")
    assert list(Citation.objects.values_list("number", flat=True)) == ["401/BC-UBND", "12/KH-SYT"]
    explain(made, "Không viện dẫn văn bản nào.")
    assert not Citation.objects.exists()


def test_a_citation_is_linked_by_its_number_however_it_is_spelt(made: World, as_person: Person, tmp_path: Path) -> None:
    explain(made, REPORT)
    owner = as_person("owner")
    upload(owner, made, ("bc.pdf", paper(tmp_path)))
    assert Citation.objects.get().document is None
    document = named(made, "bc", "0401 / BC – UBND", date(2025, 12, 8))
    assert Citation.objects.get().document == document
    text = owner.get(page(made)).text
    assert "có tệp ở đơn vị" in text
    used = owner.post(page(made) + "evidence/pick/", {"document": document.pk, "page": "8"}, headers=HTMX)
    assert "có tệp ở đơn vị" not in used.text
    assert "trang 8" in used.text
    named(made, "bc", "402/BC-UBND", date(2025, 12, 8))
    assert Citation.objects.get().document is None


def test_a_document_of_another_date_is_said_and_of_another_year_is_another(
    made: World, as_person: Person, tmp_path: Path
) -> None:
    explain(made, REPORT)
    upload(as_person("owner"), made, ("bc.pdf", paper(tmp_path)))
    named(made, "bc", "401/BC-UBND", date(2025, 12, 18))
    assert "có tệp, ghi ngày 18/12/2025" in as_person("owner").get(page(made)).text
    named(made, "bc", "401/BC-UBND", date(2024, 12, 8))
    assert Citation.objects.get().document is None


def test_documents_of_other_units_are_not_meant(made: World, as_person: Person, tmp_path: Path) -> None:
    explain(made, REPORT)
    upload(as_person("owner"), made, ("bc.pdf", paper(tmp_path)))
    document = Document.objects.get()
    Document.objects.filter(pk=document.pk).update(
        unit=made.other_department, number="401/BC-UBND", number_key="401/BC-UBND"
    )
    explain(made, REPORT + ".")
    assert Citation.objects.get().document is None


def test_a_citation_is_added_by_hand_and_taken_back(made: World, as_person: Person) -> None:
    owner, place = as_person("owner"), page(made) + "citations/"
    form = {"number": "126/STTTT-CNTT", "day": "29/01/2025", "issuer": "Sở TTTT", "page": "15", "section": "mục 5.11"}
    for _ in range(2):  # sent twice
        answer = owner.post(place, form, headers=HTMX)
    assert "<b>126/STTTT-CNTT</b>" in answer.text
    assert "<b>trang 15</b>, <b>mục 5.11</b>" in answer.text
    one = Citation.objects.get()
    assert (one.by_hand, one.date) == (True, date(2025, 1, 29))
    explain(made, REPORT)
    assert Citation.objects.count() == 2
    for bad, words in (({"number": "báo cáo"}, "không phải số, ký hiệu"), ({"day": "tháng 3"}, "không phải là ngày")):
        refused = owner.post(place, {**form, **bad}, headers=HTMX)
        assert refused.status_code == 422
        assert words in refused.text
        assert 'value="Sở TTTT"' in refused.text
    recognised = Citation.objects.get(by_hand=False)
    assert owner.post(f"{place}{recognised.pk}/remove/").status_code == 403
    assert owner.post(f"{place}{one.pk}/remove/").status_code == 302
    assert Citation.objects.get() == recognised


def test_impossible_dates_and_two_dates_are_pointed_out_where_they_stand(made: World, as_person: Person) -> None:
    explain(made, "Theo Quyết định số 433/QĐ-UBND ngày 31/02/2025.", "1.2")
    explain(made, REPORT, "2.1")
    explain(made, "Báo cáo số 401/BC-UBND ngày 18/12/2025.", "2.2")
    owner = as_person("owner")
    assert "Ngày 31/02/2025 của văn bản số 433/QĐ-UBND không có thật." in owner.get(page(made, "1.2")).text
    for code in ("2.1", "2.2"):
        text = owner.get(page(made, code)).text
        assert "Văn bản số 401/BC-UBND được viện dẫn với các ngày khác nhau: 08/12/2025, 18/12/2025" in text
    assert "không có thật" not in owner.get(page(made, "2.1")).text
    listed = owner.get(f"/sheets/{made.sheet.pk}/citations/")
    assert "3 trên 3 viện dẫn chưa có tệp." in listed.text
    assert "Cần xem lại" in listed.text
    assert as_person("stranger").get(f"/sheets/{made.sheet.pk}/citations/").status_code == 403
    assert as_person("chair").get(f"/sheets/{made.sheet.pk}/citations/").status_code == 403


def test_saving_stays_quick(made: World) -> None:
    words = " ".join(
        f"Báo cáo số {number}/BC-UBND ngày 08/12/2025, trang {number % 90 + 1}." for number in range(1, 201)
    )
    explain(made, words)
    assert Citation.objects.count() == 200
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        explain(made, words + " Hết.")
    assert time.perf_counter() - begun < 1
    assert len([one for one in queries.captured_queries if "parindex_citation" in one["sql"]]) == 1
    with CaptureQueriesContext(connection) as few:
        explain(made, "Không có viện dẫn.", "1.2")
    assert len([one for one in few.captured_queries if "citation" in one["sql"] or "document" in one["sql"]]) == 1
