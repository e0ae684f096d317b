"""How everybody finds the bundle: a QR code and a fingerprint on every public page and on papers; whose key signs."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import qrcode
from django.test import Client
from qrcode.constants import ERROR_CORRECT_M
from tests.factories.owner_keys import owner_key
from tests.factories.published_world import PublishedWorld, published_world
from tests.factories.qr_modules import modules
from tests.factories.world import now
from tests.integration.web.test_publication_bundles import home, keys, last
from tests.integration.web.test_result_sheets import pages_of

from parindex.documents.official_papers.proof import BundleMark
from parindex.usecases.bundles import make_due_bundles
from parindex.usecases.commendations import propose_person
from parindex.wording.official_papers import groups_of, printed_proof
from parindex.wording.public_results import grouped

pytestmark = [pytest.mark.django_db, pytest.mark.both]
_QR = re.compile(r'<svg class="qr" viewBox="0 0 (\d+) \1"[^>]*><path d="([^"]+)"')
__all__ = ["keys"]  # the fixture: files and keys in folders of the test


def client_of(world: PublishedWorld, name: str) -> Client:
    client = Client()
    client.force_login(world.made.people[name])
    return client


def code_of(address: str) -> list[list[bool]]:
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    made.add_data(address)
    made.make(fit=True)
    return [[bool(one) for one in row] for row in made.get_matrix()]


@pytest.mark.parametrize("base", ["", "https://cchc.tinh.gov.vn"])
def test_every_public_page_has_the_code_and_the_fingerprint(settings: Any, base: str) -> None:
    settings.PUBLIC_ADDRESS = base
    world = published_world()
    make_due_bundles(at=now())
    address = (base or "http://testserver") + home(world)
    first = f"/results/{world.made.cycle.pk}/"
    for place in ("", "criteria/", "data/", "so-y-te/", "so-y-te/2.1/", "versions/1/", "versions/1/bundle/", "?q=y"):
        page = Client().get(first + place).text
        size, path = _QR.findall(page)[0]
        assert modules(int(size), path) == code_of(address), place
        assert grouped(last().fingerprint) in page, place


def test_papers_print_the_address_and_the_fingerprint() -> None:
    world = published_world()
    make_due_bundles(at=now())
    made, address = world.made, f"http://testserver{home(world)}"
    sheet = client_of(world, "owner").get(f"/cycles/{made.cycle.pk}/results/units/{made.sheet.pk}/pdf/").content
    office = client_of(world, "standing_office")
    propose_person(
        by=made.session("standing_office"), at=now(), cycle_id=made.cycle.pk, name="Nguyễn Văn A", office="Sở Y tế",
        award="Bằng khen", reason="Có thành tích",
    )  # fmt: skip
    listed = office.post(f"/cycles/{made.cycle.pk}/commendations/paper/").content
    for paper in (sheet, listed):
        words = " ".join(pages_of(paper))
        assert address in words
        assert " ".join(groups_of(last().fingerprint)) in words


def test_before_the_bundle_is_made_a_paper_names_its_place_alone() -> None:
    proof = printed_proof(BundleMark("https://x.vn/results/1/versions/1/bundle/", ""))
    assert proof is not None
    assert proof.fingerprint == ()
    world = published_world()
    made = world.made
    sheet = client_of(world, "owner").get(f"/cycles/{made.cycle.pk}/results/units/{made.sheet.pk}/pdf/").content
    words = " ".join(pages_of(sheet))
    assert (home(world) in words, "Mã SHA-256 của gói" in words) == (True, False)


def test_those_who_run_a_cycle_read_whose_key_signs(settings: Any, keys: Path) -> None:
    world = published_world()
    address = f"/cycles/{world.made.cycle.pk}/results/"
    office = client_of(world, "standing_office")
    page = office.get(address).text
    assert "Chưa có khóa còn hiệu lực." in page
    assert "parindex key new PARINDEX_HOME/keys/tinh.pem" in page
    key = owner_key(until=20)
    page = office.get(address).text
    assert (grouped(key.signer.fingerprint) in page, "còn 20 ngày" in page) == (True, True)
    (keys / "tinh.pem").chmod(0o644)
    page = office.get(address).text
    assert (grouped(key.signer.fingerprint) in page, "Chưa có khóa còn hiệu lực." in page) == (False, True)
    (keys / "tinh.pem").chmod(0o600)
    settings.KEY_PASSWORD = "khong-can"
    assert "Chưa có khóa còn hiệu lực." in office.get(address).text
    for name in ("owner", "stranger"):
        assert client_of(world, name).get(address).status_code == 403


def test_the_page_that_recomputes_runs_its_own_script_and_sends_nothing() -> None:
    answer = Client().get("/results/verify/verify.html")
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    for one in scripts:
        digest = base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert (len(scripts), page.count("<script")) == (1, 1)
    assert re.search(r"\son[a-z]+=|style=", page) is None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    taken = Client().get("/results/verify/verify.html?download=1")
    assert taken["Content-Disposition"] == 'attachment; filename="verify.html"'
    assert "Mở trang kiểm chứng" in Client().get("/results/verify/").text
