"""Where a figure comes from stands beside it for the council and the public, and goes on with the next bundle."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.communes_bundle import district_bundle, district_key
from tests.factories.published_world import PublishedWorld, published_world
from tests.factories.received_world import arrived
from tests.factories.verified_here import verified_here
from tests.factories.world import now

from parindex.database.models import Figure, ReceivedBundle, TakenFigure, User
from parindex.domain.publication.fed_measures import Way
from parindex.usecases.bundle_contents import contents_of
from parindex.usecases.received_bundles import receive_bundle

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WORDS = "Lấy từ gói kết quả đã ký của UBND huyện, năm 2025"
DIFFERS = "Số đang ghi khác số trong gói: gói ghi 7."


@pytest.fixture
def found(db: None) -> PublishedWorld:
    return published_world()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def taken(found: PublishedWorld, folder: Path, *, days: int = 1, value: str = "7") -> ReceivedBundle:
    """A figure of the first department, taken so many days before its result was finalised."""
    made = found.made
    with verified_here():
        bundle = receive_bundle(
            by=made.session("standing_office"), at=now(), keeper_id=made.province.pk,
            arrived=arrived(district_bundle(folder, district_key())),
        )  # fmt: skip
    TakenFigure.objects.create(
        bundle=bundle, sheet=made.sheet, unit=made.department, measure="received", year=2025, value=value, way=Way.SUM,
        of=json.dumps(["xa-a", "xa-b"]), taken_by=made.people["owner"],
        taken_at=found.finalisation.finalised_at - timedelta(days=days),
    )  # fmt: skip
    return bundle


def test_the_council_and_the_public_read_it_beside_the_figure(found: PublishedWorld, tmp_path: Path) -> None:
    taken(found, tmp_path)
    made = found.made
    council = client_of(made.people["chair"])
    claim = council.get(reverse("appraisal", kwargs={"sheet": made.sheet.pk, "code": "2.1"})).text
    cell = f"?cell={made.sheet.pk}-2.1&area=2"
    matrix = council.get(reverse("appraisal_matrix", kwargs={"cycle": made.cycle.pk}) + cell).text
    address = {"cycle": made.cycle.pk, "unit": made.department.code, "code": "2.1"}
    public = Client().get(reverse("public_derivation", kwargs=address)).text
    assert [(WORDS in page, DIFFERS in page) for page in (claim, matrix, public)] == [(True, True)] * 3
    assert "/received/" not in public


def test_what_was_taken_later_is_no_origin_of_what_was_published(found: PublishedWorld, tmp_path: Path) -> None:
    stands = Figure.objects.get(unit=found.made.department, measure="received", year=2025).value
    bundle = taken(found, tmp_path, value=stands)
    contents = contents_of(found.publication)
    page = Client().get(reverse("public_bundle", kwargs={"cycle": found.made.cycle.pk, "number": 1})).text
    assert "Số liệu lấy từ gói đã ký của cấp dưới" in page
    assert [one.fingerprint for one in contents.origins] == [bundle.fingerprint] == list(contents.origin_files)
    TakenFigure.objects.update(ended_at=found.finalisation.finalised_at)
    assert contents_of(found.publication).origins == ()
    taken(found, tmp_path, days=-1, value=stands)
    assert contents_of(found.publication).origins == ()
