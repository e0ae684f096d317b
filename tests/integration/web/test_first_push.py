"""Log in, open a sheet, type a figure, see the points, submit, hold the receipt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import PASSWORD, World

from parindex.database.models import AuditRecord, Entry, ScoreSheet
from parindex.usecases import audit_log
from parindex.usecases.typed_values import digest

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def test_from_the_login_to_the_receipt(made: World, as_person: Person) -> None:
    client = Client()
    answer = client.post("/login/", {"login": "owner", "password": PASSWORD}, follow=True)
    assert "Sở, ngành năm 2025" in answer.text
    page = f"/sheets/{made.sheet.pk}/items/2.1/"
    form = {
        "figure.received": "1.200",
        "read.figure.received": digest(""),
        "figure.on_time": "900",
        "read.figure.on_time": digest(""),
    }
    saved = client.post(page, form, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert "1,5" in saved.text
    entry = Entry.objects.get(sheet=made.sheet, item_code="2.1")
    assert entry.points == "1.5"
    leader = as_person("leader")
    sign = f"/parts/{made.sheet.parts.get().pk}/sign/"
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', leader.get(sign).text)
    assert seen is not None
    refused = leader.post(sign, {"password": PASSWORD, "seen": seen[1]})
    assert refused.status_code == 422
    assert "Còn 2 mục chưa nhập, 1 mục đang nhập. Nêu lý do ký khi còn thiếu" in refused.text
    form = {"password": PASSWORD, "reason": "Chưa có số liệu", "seen": seen[1]}
    signed = leader.post(sign, form, follow=True)
    assert "Phiếu xác nhận đã nộp" in signed.text
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "submitted"
    assert not any(proof.broken for proof in audit_log.verify())
    assert AuditRecord.objects.filter(action="submit").count() == 1


def test_a_stranger_neither_reads_nor_writes(made: World, as_person: Person) -> None:
    page = f"/sheets/{made.sheet.pk}/items/2.1/"
    stranger = as_person("stranger")
    assert stranger.get(page).status_code == 403
    assert stranger.post(page, {"figure.received": "1", "read.figure.received": digest("")}).status_code == 403
    assert not Entry.objects.filter(sheet=made.sheet).exclude(version=0).exists()


def test_nobody_comes_in_without_logging_in(made: World) -> None:
    answer = Client().get(f"/sheets/{made.sheet.pk}/items/2.1/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
