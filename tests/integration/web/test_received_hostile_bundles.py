"""What a hostile or a demanding bundle does to who receives it: it is told what is wrong, and nothing stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from tests.factories.bundle_tampering import TAMPERINGS, Taken, Tampering
from tests.factories.bundles import fed_contents, signing_key
from tests.factories.communes_bundle import COMMUNES, district_bundle, district_key, frozen_communes
from tests.factories.received_world import ReceivedWorld, arrived, receive, received_world, take_all, trust
from tests.factories.taken_bundles import SNAPSHOT, changed_json, files_of, signed_again
from tests.factories.world import now

from parindex.config import settings as configured
from parindex.database.models import Document, MatchedUnit, ReceivedBundle, StoredFile
from parindex.documents.bundles.archive import MOST_BYTES
from parindex.documents.bundles.writer import write_bundle
from parindex.documents.received_bundles import keepable, verifying
from parindex.domain.errors import InvalidInput
from parindex.domain.publication.bundle import BundleOwner
from parindex.domain.publication.snapshot import FrozenUnit
from parindex.usecases import received_bundles
from parindex.usecases.received_bundles import receive_bundle
from parindex.wording import problems

pytestmark = pytest.mark.django_db
KEY = district_key()


@pytest.fixture
def found(db: None) -> ReceivedWorld:
    return received_world()


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder = tmp_path_factory.mktemp("hostile")
    key, other = signing_key(), signing_key("UBND huyện")
    write_bundle(folder / "x.zip", fed_contents(folder, other), key)
    return Taken((folder / "x.zip").read_bytes(), key, other)


def refused_kinds(found: ReceivedWorld, path: Path, by: Callable[[ReceivedWorld, Path], object] = receive) -> set[str]:
    """The kinds of the problems for which a bundle is not received; every one has its sentence."""
    with pytest.raises(InvalidInput) as refused:
        by(found, path)
    assert not ReceivedBundle.objects.exists()
    assert not StoredFile.objects.exists()
    for one in refused.value.problems:
        assert problems.message(one)
        assert problems.remedy(one)
    return {one.kind for one in refused.value.problems}


def received_apart(found: ReceivedWorld, path: Path) -> ReceivedBundle:
    """Received as the server does it: verified in a process of its own."""
    by = found.made.session("officer")
    return receive_bundle(by=by, at=now(), keeper_id=found.made.province.pk, arrived=arrived(path))


_LIES = [one for one in TAMPERINGS if one.kind in ("result_differs", "pending", "yardstick_differs", "page_changed")]


@pytest.mark.parametrize("tampering", _LIES, ids=lambda one: one.what)
def test_who_has_the_key_and_lies_is_found_by_who_receives(
    found: ReceivedWorld, tampering: Tampering, taken: Taken, tmp_path: Path
) -> None:
    (tmp_path / "x.zip").write_bytes(tampering.done(taken))
    assert tampering.kind in refused_kinds(found, tmp_path / "x.zip")


def without_grades(data: dict[str, Any]) -> None:
    for unit in data["groups"][0]["result"]["units"]:
        unit["grade"] = ""


def test_a_signed_bundle_whose_grades_are_gone_is_refused_by_the_process(found: ReceivedWorld, tmp_path: Path) -> None:
    path = district_bundle(tmp_path, KEY)
    files = files_of(path.read_bytes())
    files[SNAPSHOT] = changed_json(files[SNAPSHOT], without_grades)
    path.write_bytes(signed_again(files, KEY))
    assert refused_kinds(found, path, received_apart) == {"result_differs"}


def _manifest(section: list[str], value: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for step in section[:-1]:
            data = data[step]
        data[section[-1]] = value

    return change


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        (["publication", "decision", "date"], "hôm qua", "manifest_field"),
        (["publication", "published_at"], "2026-02-31T08:30:00+07:00", "manifest_field"),
        (["publication", "number"], 10**17, "manifest_field"),
        (["publication", "owner", "name"], "A" * 301, "manifest_field"),
        (["publication", "decision", "number"], "1" * 121, "manifest_field"),
        (["publication", "owner", "name"], "UBND\nhuyện", "bundle_text_unkept"),
    ],
)
def test_what_no_row_can_hold_is_told_field_by_field(
    found: ReceivedWorld, tmp_path: Path, field: list[str], value: object, kind: str
) -> None:
    path = district_bundle(tmp_path, KEY)
    path.write_bytes(signed_again(files_of(path.read_bytes()), KEY, _manifest(field, value)))
    assert kind in refused_kinds(found, path)


def test_units_with_longer_names_than_rows_hold_are_told_and_not_cut(found: ReceivedWorld, tmp_path: Path) -> None:
    units = (FrozenUnit("x" * 81, "Xã A"), FrozenUnit("xa-b", "X" * 301))
    path = district_bundle(tmp_path, KEY, frozen_communes(units=units))
    assert refused_kinds(found, path) == {"bundle_text_too_long"}
    assert len(COMMUNES) == 2
    lengths = [ReceivedBundle._meta.get_field("sender_code"), MatchedUnit._meta.get_field("code")]
    assert {one.max_length for one in lengths} == {keepable.MOST_OF_CODE}
    assert MatchedUnit._meta.get_field("name").max_length == keepable.MOST_OF_NAME


def test_the_longest_names_that_are_kept_go_on_to_the_document(found: ReceivedWorld, tmp_path: Path) -> None:
    longest = BundleOwner("huyen", "U" * 300)
    path = district_bundle(tmp_path, KEY, owner=longest, title="T" * 300, decision_number="1" * 120)
    bundle = receive(found, path)
    assert (bundle.sender_name, bundle.title, bundle.decision_number) == ("U" * 300, "T" * 300, "1" * 120)
    trust(found, bundle)
    take_all(found, bundle)
    document = Document.objects.get()
    assert (len(document.title), document.title[-1], document.number) == (500, "…", "1" * 120)


def test_what_takes_too_long_is_stopped_and_told(
    found: ReceivedWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "SECONDS", 0.01)
    assert refused_kinds(found, district_bundle(tmp_path, KEY), received_apart) == {"bundle_too_demanding"}


def test_a_process_that_dies_is_told(found: ReceivedWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_WORKER", "parindex.no_such_worker")
    assert refused_kinds(found, district_bundle(tmp_path, KEY), received_apart) == {"bundle_too_demanding"}


def test_nothing_opens_what_carries_a_virus(
    found: ReceivedWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(_path: Path, _name: str) -> None:
        raise AssertionError("opened before it was scanned")

    monkeypatch.setattr(received_bundles, "verified_apart", opened)
    come = replace(arrived(district_bundle(tmp_path, KEY)), name="goi.zip")
    StoredFile.objects.create(
        scan="infected", sha256=come.sha256, size=1, content_type="application/zip", stored_at=now()
    )
    with pytest.raises(InvalidInput) as refused:
        receive_bundle(
            by=found.made.session("officer"), at=now(), keeper_id=found.made.province.pk, arrived=come
        )  # fmt: skip
    assert [one.kind for one in refused.value.problems] == ["evidence_infected"]


def test_a_bundle_may_be_as_large_as_bundles_are_not_as_evidence(found: ReceivedWorld, tmp_path: Path) -> None:
    assert configured.BUNDLE_BYTES == MOST_BYTES
    data = district_bundle(tmp_path, KEY).read_bytes()
    officer = Client()
    officer.force_login(found.made.people["officer"], backend="allauth.account.auth_backends.AuthenticationBackend")
    for limit, status in ((len(data) - 1, 422), (len(data), 302)):
        with override_settings(EVIDENCE_BYTES=1000, BUNDLE_BYTES=limit):
            file = SimpleUploadedFile("goi.zip", data)
            answer = officer.post("/received/", {"unit": found.made.province.pk, "file": file})
        assert answer.status_code == status
    assert ReceivedBundle.objects.get().file.sha256 == hashlib.sha256(data).hexdigest()
