"""What was compared of a received bundle and what was not, figures that are made up, signatures of a part alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.factories.communes_bundle import district_bundle, district_key
from tests.factories.filled import enter_everything
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.published_world import appraised_world, finalised, published
from tests.factories.received_world import ReceivedWorld, receive, received_world, take_all, trust
from tests.factories.taken_bundles import files_of, signed_again
from tests.factories.world import now

from parindex.database.models import Publication, ReceivedBundle, ScoreSheet, SheetPart
from parindex.domain.publication.bundle import SimulatedUnit
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.bundle_contents import contents_of
from parindex.usecases.illustrations import SIMULATE
from parindex.usecases.sheet_bundles import contents_of_submission, export_sheet_bundle
from parindex.usecases.submissions import submit_part
from parindex.wording.refusals import refusal_text

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def read_by(found: ReceivedWorld, name: str, address: str) -> str:
    client = Client()
    client.force_login(found.made.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return re.sub(r"\s+", " ", client.get(address).text)


def simulate(sheet: ScoreSheet, by: Any) -> None:
    with transaction.atomic():
        what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle)
        audit_log.record(SIMULATE, what, by=by, at=now(), after={"items": 5})


def test_the_page_says_what_was_not_compared_and_why_and_what_is_made_up(tmp_path: Path) -> None:
    found, key = received_world(), district_key()
    path = district_bundle(tmp_path, key)

    def change(manifest: dict[str, Any]) -> None:
        manifest["software"]["workbook"] = "XlsxWriter 99.0"
        manifest["simulated"] = [{"group": "communes", "unit": "xa-a"}]

    path.write_bytes(signed_again(files_of(path.read_bytes()), key, change))
    bundle = receive(found, path)
    page = read_by(found, "officer", f"/received/{bundle.pk}/")
    compared, left = page.index("Đã so, khớp"), page.index("<dt>Chưa so</dt>")
    assert compared < page.index("<li>từng tệp so với bản kê</li>") < left < page.index("XlsxWriter 99.0; ở đây là")
    assert "bảng tính results.xlsx" not in page[compared:left]
    assert "SỐ LIỆU MÔ PHỎNG, không phải kết quả thật: 1 trên 2 đơn vị của gói (Xã A)." in page
    assert "số liệu mô phỏng" in read_by(found, "officer", "/received/")
    trust(found, bundle)
    take_all(found, bundle)
    item = read_by(found, "officer", f"/sheets/{found.sheet.pk}/items/2.1/")
    assert "– SỐ LIỆU MÔ PHỎNG:" in item


def test_a_bundle_that_came_before_says_that_nobody_knows(tmp_path: Path) -> None:
    found = received_world()
    bundle = receive(found, district_bundle(tmp_path, district_key()))
    assert "không rõ" not in read_by(found, "officer", f"/received/{bundle.pk}/").lower()
    before = {field.name: getattr(bundle, field.name) for field in ReceivedBundle._meta.fields}
    older = ReceivedBundle.objects.create(**{**before, "id": None, "fingerprint": "0" * 64, "checked": None})
    assert "Không rõ: gói nhận trước khi" in read_by(found, "officer", f"/received/{older.pk}/")


def test_a_publication_names_the_units_whose_figures_were_simulated() -> None:
    made = appraised_world().made
    simulate(made.other_sheet, made.session("standing_office"))
    finalised(made)
    published(made)
    contents = contents_of(Publication.objects.get())
    group = made.other_sheet.group.code
    assert list(contents.simulated) == [SimulatedUnit(group, "so-tu-phap")]


def test_so_does_a_signed_sheet() -> None:
    found = received_world()
    enter_everything(ScoreSheet.objects.get(pk=found.sheet.pk))
    part = SheetPart.objects.get(sheet=found.sheet)
    made = submit_part(by=found.made.session("head"), at=now(), part_id=part.pk, incomplete_reason="Chưa có tài liệu")
    assert list(contents_of_submission(made).simulated) == []
    simulate(found.sheet, found.made.session("standing_office"))
    assert list(contents_of_submission(made).simulated) == [SimulatedUnit("province", "tinh")]


def refused(world: PartsWorld, submission: int) -> str:
    with pytest.raises(Refusal) as error:
        export_sheet_bundle(by=world.session("head"), at=now(), submission_id=submission)
    return refusal_text(error.value)


def test_the_signature_of_a_part_says_who_has_to_sign_yet() -> None:
    world = parts_world()
    world.fill("1.1", "1.2")
    made = submit_part(by=world.session("leader"), at=now(), part_id=world.part("so-y-te").pk)
    said = refused(world, made.pk)
    assert said.startswith("Sở Y tế mới ký phần của mình; gói cho cấp trên chỉ lập từ phiếu mà lãnh đạo đơn vị đã ký")
    assert "Phần chưa ký: " in said
    assert "Sở Tư pháp" in said
    SheetPart.objects.exclude(pk=world.part("so-y-te").pk).update(state="submitted")
    assert "Mọi phần đã ký: đơn vị tổng hợp" in refused(world, made.pk)
    part = made.pk
    made.pk, made.part_id, made.number = None, None, 7
    made.save(force_insert=True)
    assert "Phiếu toàn bộ đã ký (lần 7): tải gói ở biên nhận của lần ký ấy." in refused(world, part)
