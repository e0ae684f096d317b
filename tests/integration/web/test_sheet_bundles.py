"""A signed sheet goes one level up as a bundle that keeps the signatures of all that fed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from tests.factories.communes_bundle import district_bundle, district_key
from tests.factories.filled import enter_everything
from tests.factories.received_world import ReceivedWorld, arrived, receive, received_world, take_all, trust
from tests.factories.world import now

from parindex.database.models import ScoreSheet, SheetPart, Submission
from parindex.documents.bundles.keys import new_key, save_key
from parindex.documents.bundles.reader import read_bundle
from parindex.documents.bundles.verification import verified
from parindex.domain.publication.bundle import BundleKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.bundle_origins import origins_in
from parindex.usecases.received_bundles import receive_bundle
from parindex.usecases.sheet_bundles import export_sheet_bundle
from parindex.usecases.submissions import submit_part

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def found(db: None, tmp_path: Path, settings: Any) -> ReceivedWorld:
    settings.KEYS = tmp_path / "keys"
    (tmp_path / "keys").mkdir()
    return received_world()


def signed(found: ReceivedWorld) -> Submission:
    enter_everything(ScoreSheet.objects.get(pk=found.sheet.pk))
    part = SheetPart.objects.get(sheet=found.sheet)
    return submit_part(by=found.made.session("head"), at=now(), part_id=part.pk, incomplete_reason="Chưa có tài liệu")


def fed(found: ReceivedWorld, folder: Path) -> None:
    bundle = receive(found, district_bundle(folder, district_key()))
    trust(found, bundle)
    take_all(found, bundle)


def test_without_a_key_the_receipt_says_so(found: ReceivedWorld) -> None:
    made = signed(found)
    client = Client()
    client.force_login(
        found.made.people["head"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )  # fmt: skip
    answer = client.get(f"/submissions/{made.pk}/bundle/", follow=True)
    assert "Đơn vị chưa có khóa ký" in answer.text


def test_every_hop_keeps_its_signature(found: ReceivedWorld, tmp_path: Path) -> None:
    folder = tmp_path / "come"
    folder.mkdir()
    fed(found, folder)
    save_key(new_key("UBND tỉnh", "2025-01-01", "2027-12-31"), Path(configured.KEYS) / "tinh.pem")
    made = signed(found)
    with pytest.raises(Refusal):
        export_sheet_bundle(by=found.made.session("stranger"), at=now(), submission_id=made.pk)
    by = found.made.session("head")
    data = export_sheet_bundle(by=by, at=now(), submission_id=made.pk)
    assert data == export_sheet_bundle(by=by, at=now(), submission_id=made.pk)
    path = tmp_path / "tinh.parindex.zip"
    path.write_bytes(data)
    checked = verified(path)
    assert checked.findings == ()
    bundle = read_bundle(path)
    (origin,) = bundle.manifest.origins
    assert (bundle.manifest.kind, origin.owner.code) == (BundleKind.SHEET, "huyen")
    assert set(bundle.origin_files) == {origin.fingerprint}
    figures = bundle.stored.snapshot.groups[0].figures
    assert figures["received", 2025] == ("1200",)
    titles = {one.item: [paper.title for paper in one.documents] for one in checked.bundle.evidence or ()}
    assert titles["2.1"] == ["Gói kết quả đã ký của UBND huyện, năm 2025: Cấp xã năm 2025"]
    office = found.made.session("standing_office")
    again = receive_bundle(by=office, at=now(), keeper_id=found.made.province.pk, arrived=arrived(path))
    chain = origins_in([again])
    assert set(chain.files) == {origin.fingerprint, again.fingerprint}


def test_a_signature_that_was_taken_back_gives_no_bundle(found: ReceivedWorld) -> None:
    made = signed(found)
    Submission.objects.filter(pk=made.pk).update(withdrawn_at=now())
    with pytest.raises(Refusal) as refused:
        export_sheet_bundle(by=found.made.session("head"), at=now(), submission_id=made.pk)
    assert refused.value.code == "signature_taken_back"
