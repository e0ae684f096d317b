"""Pages of received bundles: handing in, looking, taking; and beside a figure where it comes from."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.communes_bundle import district_bundle, district_key, frozen_communes
from tests.factories.received_world import ReceivedWorld, days_of, receive, received_world, take_all, trust
from tests.factories.world import now

from parindex.database.models import ReceivedBundle, StoredFile, TrustedKey
from parindex.usecases.bundle_preview import preview_of
from parindex.usecases.received_keys import TYPED_DIGITS
from parindex.usecases.typed_values import digest
from parindex.wording.received_bundles import short

pytestmark = [pytest.mark.django_db, pytest.mark.both]
KEY = district_key()


@pytest.fixture
def found(db: None) -> ReceivedWorld:
    return received_world()


def client_of(found: ReceivedWorld, name: str) -> Client:
    client = Client()
    client.force_login(found.made.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_two_bundles_of_one_publication_by_two_keys_name_each_other(found: ReceivedWorld, tmp_path: Path) -> None:
    first = receive(found, district_bundle(tmp_path, KEY))
    other = receive(found, district_bundle(tmp_path, district_key("UBND huyện, khóa khác")))
    officer = client_of(found, "officer")
    for shown, named in ((first, other), (other, first)):
        page = officer.get(f"/received/{shown.pk}/").text
        assert "ký bằng hai khóa khác nhau" in page
        assert f'href="/received/{named.pk}/">Gói kia</a>: nhận' in page
        assert short(named.key_fingerprint) in page


def test_a_bundle_is_handed_in_looked_at_trusted_and_taken(found: ReceivedWorld, tmp_path: Path) -> None:
    officer, office = client_of(found, "officer"), client_of(found, "standing_office")
    file = SimpleUploadedFile("goi.zip", district_bundle(tmp_path, KEY).read_bytes())
    answer = officer.post("/received/", {"unit": found.made.province.pk, "file": file})
    bundle = ReceivedBundle.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/received/{bundle.pk}/")
    page = officer.get(f"/received/{bundle.pk}/").text
    assert "Khóa chưa ai xác nhận" in page
    assert bundle.key_fingerprint[-TYPED_DIGITS:] not in page
    wrong = office.post(f"/received/{bundle.pk}/key/", {"digits": "0" * 16, "reason": "Công văn"})
    assert (wrong.status_code, TrustedKey.objects.count()) == (422, 0)
    assert f"{bundle.key_until:%d/%m/%Y}" not in page  # it is typed from the paper, too
    for said in ("từng tệp so với bản kê", "bảng tính results.xlsx, từng phần"):
        assert f"<li>{said}</li>" in page
    form = {"digits": bundle.key_fingerprint[-TYPED_DIGITS:], "reason": "Công văn số 12"}
    late = office.post(f"/received/{bundle.pk}/key/", {**form, "key_days": "01/01/2025 – 31/12/2039"})
    assert (late.status_code, "ai giữ khóa cũng tự ghi được hạn khác" in late.text) == (422, True)
    form["key_days"] = days_of(bundle)
    assert office.post(f"/received/{bundle.pk}/key/", form).status_code == 302
    shown = preview_of(by=found.made.session("officer"), at=now(), bundle=bundle)
    stale = officer.post(f"/received/{bundle.pk}/", {"pick": shown.pickable[0].name, "seen": "x"})
    assert stale.status_code == 409
    assert officer.post(f"/received/{bundle.pk}/", {"seen": shown.seen}).status_code == 422
    picked = {"pick": [one.name for one in shown.pickable], "seen": shown.seen}
    taken = officer.post(f"/received/{bundle.pk}/", picked, follow=True).text
    assert "Đã lấy 3 số liệu" in taken
    listed = officer.get("/received/").text
    assert short(KEY.signer.fingerprint) in listed


def test_what_is_no_bundle_is_told_and_not_kept(found: ReceivedWorld) -> None:
    officer = client_of(found, "officer")
    for content, status in ((b"PK\x03\x04" + b"0" * 200, 422), (b"", 422)):
        file = SimpleUploadedFile("goi.zip", content)
        answer = officer.post("/received/", {"unit": found.made.province.pk, "file": file})
        assert answer.status_code == status
        assert "Chưa nhận gói" in answer.text or "Chưa làm được" in answer.text
    assert officer.post("/received/", {"unit": found.made.province.pk}).status_code == 422
    assert (
        client_of(found, "owner").post("/received/", {"unit": found.made.province.pk, "file": file}).status_code == 403
    )
    assert not StoredFile.objects.exists()


def test_beside_the_figure_stands_where_it_comes_from_and_that_it_was_changed(
    found: ReceivedWorld, tmp_path: Path
) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    take_all(found, bundle)
    officer = client_of(found, "officer")
    address = reverse("item", kwargs={"sheet": found.sheet.pk, "code": "2.1"})
    words = (
        f"Lấy từ gói kết quả đã ký của UBND huyện, năm 2025, mã {short(bundle.fingerprint)}…, "
        f"khóa {short(bundle.key_fingerprint)}…: tổng của 2 đơn vị trong gói."
    )
    before = officer.get(address).text
    assert (before.count(words), "khác số trong gói" in before) == (2, False)
    form = {"figure.received": "1300", "read.figure.received": digest("1200")}
    saved = officer.post(address, form, headers={"HX-Request": "true"}).text
    assert 'id="origin.figure.received" hx-swap-oob="true"' in saved
    assert "Số đang ghi khác số trong gói: gói ghi 1.200." in saved
    assert "Số đang ghi khác số trong gói: gói ghi 1.200." in officer.get(address).text


def test_the_list_asks_as_much_for_three_bundles_as_for_one(found: ReceivedWorld, tmp_path: Path) -> None:
    officer, counts = client_of(found, "officer"), []
    for number in (1, 2, 3):
        group = frozen_communes({"received": (str(number), "5")})
        receive(found, district_bundle(tmp_path, KEY, group, number=number))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.get("/received/")
        counts.append(len(asked))
    assert counts[2] == counts[0]


def test_units_are_matched_and_a_key_is_revoked_on_the_page(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    officer, office = client_of(found, "officer"), client_of(found, "standing_office")
    match = f"/received/{bundle.pk}/units/"
    assert officer.post(match, {"unit.xa-a": "không có đơn vị này"}).status_code == 422
    assert officer.post(match, {"unit.xa-a": "so-y-te"}).status_code == 302
    assert 'value="so-y-te"' in officer.get(f"/received/{bundle.pk}/").text
    trust(found, bundle)
    revoke = f"/received/keys/{TrustedKey.objects.get().pk}/revoke/"
    assert office.post(revoke, {"reason": ""}).status_code == 422
    assert officer.post(revoke, {"reason": "Mất khóa"}).status_code == 403
    assert office.post(revoke, {"reason": "Mất khóa"}).status_code == 302
    assert "Khóa đã bị thôi tin" in officer.get(f"/received/{bundle.pk}/").text
    with closing(officer.get(f"/received/{bundle.pk}/file/")) as answer:
        assert hashlib.sha256(b"".join(answer)).hexdigest() == bundle.file.sha256
