"""The demonstration has a district's signed bundle ready: a visitor receives it, trusts its key and takes a figure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.demonstration import loaded
from tests.factories.verified_here import verified_here
from tests.factories.world import now

from parindex.cli.serve import _received
from parindex.database.models import Figure, ReceivedBundle, Unit, User
from parindex.usecases.demonstration_keys import make_demonstration_key, make_district_bundle

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    storages = {name: dict(one) for name, one in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "files"}
    settings.STORAGES = storages


@pytest.mark.django_db
def test_the_bundle_of_a_district_is_received_as_the_command_says(tmp_path: Path) -> None:
    loaded()
    make_demonstration_key(at=now())
    ready = make_district_bundle(at=now())
    first = ready.path.read_bytes()
    assert make_district_bundle(at=now()) == ready
    assert (ready.path.read_bytes(), sorted(one.name for one in (tmp_path / "keys").glob("*.pem"))) == (
        first, ["dien-bien.pem", "huyen-dien-bien.pem"],
    )  # fmt: skip
    told = _received(ready)
    assert str(ready.path) in told
    code = re.findall(r"([0-9a-f]{8}(?: [0-9a-f]{8}){7})\n", told)[0]
    days = re.findall(r"\d{2}/\d{2}/\d{4} – \d{2}/\d{2}/\d{4}", told)[0]

    office, keeper = Client(), Unit.objects.get(code="dien-bien").pk
    office.force_login(User.objects.get(username="co-quan-thuong-truc"), backend=BACKEND)
    with verified_here():
        sent = {"unit": keeper, "file": SimpleUploadedFile(ready.path.name, first)}
        page = office.post("/received/", sent, follow=True)
    where = f"/received/{ReceivedBundle.objects.get().pk}/"
    assert (page.redirect_chain, "Số liệu mô phỏng." in page.text) == ([(where, 302)], True)
    typed = {"digits": "".join(code.split())[-16:], "key_days": days, "reason": "Dòng lệnh in ra"}
    page = office.post(f"{where}key/", typed, follow=True)
    assert "Đã xác nhận khóa của" in page.text
    rows = dict(re.findall(r'name="pick" value="([^"]+)"[^>]*aria-label="Lấy ([^"]+)"', page.text))
    picked = [name for name, title in rows.items() if title.endswith("(minh họa: cộng từ các huyện)")]
    assert len(picked) == 2, rows
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', page.text)[0]
    page = office.post(where, {"seen": seen, "pick": picked}, follow=True)
    assert "Đã lấy 2 số liệu từ gói" in page.text
    taken = {"dossiers_with_fees": "8582", "dossiers_paid_online": "6359"}
    figures = Figure.objects.filter(unit__code="dien-bien", year=2024, measure__in=taken)
    assert dict(figures.values_list("measure", "value")) == taken
