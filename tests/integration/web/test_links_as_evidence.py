"""Links as evidence: called what they are, with what nobody outside an office can open; and a name of one long word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.world import World

from parindex.database.models import Document
from parindex.usecases.links import is_internal

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
STATIC = Path(__file__).parents[3] / "src/parindex/web/static"


@pytest.mark.parametrize(
    ("link", "internal"),
    [
        ("http://127.0.0.1/", True),
        ("http://169.254.169.254/latest/", True),
        ("http://10.1.2.3:8080/x", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("http://van-ban/so-y-te", True),
        ("https://cong.so-y-te.local./x", True),
        ("https://dienbien.gov.vn/van-ban", False),
        ("https://8.8.8.8/", False),
        ("https://[broken", False),
    ],
)
def test_what_only_an_inner_network_can_open(link: str, internal: bool) -> None:
    assert is_internal(link) is internal


def test_a_link_is_added_not_uploaded_and_says_what_it_is_worth(made: World, as_person: Person) -> None:
    client, item = as_person("owner"), f"/sheets/{made.sheet.pk}/items/1.1/"
    done = client.post(f"{item}evidence/link/", {"link": "http://10.0.0.7/ke-hoach", "title": "Kế hoạch"}, follow=True)
    assert "Đã thêm đường liên kết “Kế hoạch”." in done.text
    assert "Đã tải lên" not in done.text
    assert "chỉ mở được trong mạng nội bộ" in done.text
    page = client.get(f"/documents/{Document.objects.get().pk}/").text
    assert "Chỉ mở được trong mạng nội bộ." in page
    assert "không giữ nội dung trang như lúc ký" in page
    client.post(f"{item}evidence/link/", {"link": "https://dienbien.gov.vn/x", "title": "Trang tỉnh"})
    public = client.get(f"/documents/{Document.objects.get(title='Trang tỉnh').pk}/").text
    assert "mạng nội bộ" not in public
    assert "không giữ nội dung trang như lúc ký" in public


def test_a_title_of_a_link_that_is_too_long_is_told(made: World, as_person: Person) -> None:
    address = f"/sheets/{made.sheet.pk}/items/1.1/evidence/link/"
    answer = as_person("owner").post(address, {"link": "https://dienbien.gov.vn/x", "title": "x" * 501})
    assert answer.status_code == 422
    assert "Dài 501 ký tự, tối đa 500." in answer.text
    assert not Document.objects.exists()


def test_an_item_can_be_saved_without_going_on_and_without_script(made: World, as_person: Person) -> None:
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/items/1.1/").text
    assert '<button class="btn without-script" form="entry">Lưu</button>' in page
    css = (STATIC / "parindex.css").read_text(encoding="utf-8")
    assert ".runs-script .without-script { display: none; }" in css
    assert 'classList.add("runs-script")' in (STATIC / "parindex.js").read_text(encoding="utf-8")


def test_one_long_word_never_makes_a_page_wider_than_its_window() -> None:
    """Measured with a name of 400 letters, at 1366 and 390 pixels; these are the rules that it rests on."""
    css = (STATIC / "parindex.css").read_text(encoding="utf-8")
    assert "h1, .crumbs, .evi, .note > div, .page p > a { overflow-wrap: anywhere; }" in css
    assert "select { max-width: 100%; }" in css


def test_what_is_said_of_a_document_is_kept_whole_or_refused_at_its_field(made: World, as_person: Person) -> None:
    client, item = as_person("owner"), f"/sheets/{made.sheet.pk}/items/1.1/"
    client.post(f"{item}evidence/link/", {"link": "https://dienbien.gov.vn/x", "title": "Kế hoạch"})
    document = Document.objects.get()
    typed = {"title": "Kế hoạch", "number": "5/KH-UBND", "issuer": "x" * 301, "abstract": "Trích yếu đã gõ"}
    answer = client.post(f"/documents/{document.pk}/", typed)
    assert answer.status_code == 422
    assert 'id="issuer-error"' in answer.text
    assert "Dài 301 ký tự, tối đa 300." in answer.text
    assert "Trích yếu đã gõ" in answer.text
    place = f"/evidence/{document.attachments.get().pk}/place/"
    assert client.post(place, {"page": "1" * 61, "section": ""}).status_code == 422
    assert document.attachments.get().page == ""
    document.refresh_from_db()
    assert (document.number, document.issuer) == ("", "")
