"""Whose word on a key counts and for which days; which bundles fed what was signed; how often a bundle is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.communes_bundle import FIGURES, district_bundle, district_key, frozen_communes
from tests.factories.published_world import published_world
from tests.factories.received_world import ReceivedWorld, arrived, receive, received_world, take_all, trust
from tests.factories.verified_here import verified_here
from tests.factories.world import now

from parindex.database.guards import missing_guards
from parindex.database.models import (
    MatchedUnit,
    ScoreSheet,
    SheetPart,
    Submission,
    TakenFigure,
    TrustedKey,
    UnitResult,
)
from parindex.database.queries.figure_origins import feeding_bundles
from parindex.database.queries.publications import detail_of
from parindex.documents.bundles.reader import Bundle, read_bundle
from parindex.domain.publication.bundle import BundleOwner
from parindex.domain.review.refusal import Refusal
from parindex.usecases import received_bundles
from parindex.usecases.bundle_preview import preview_of
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.received_bundles import receive_bundle
from parindex.usecases.received_keys import KeyStanding, key_of, revoke_key, sender_of
from parindex.usecases.submissions import submit_part
from parindex.usecases.taking_figures import take_figures
from parindex.usecases.typed_values import Typed, digest
from parindex.usecases.unit_matching import match_units

pytestmark = pytest.mark.django_db
KEY = district_key()
MIGRATION = import_module("parindex.database.migrations.0012_received_bundles")


@pytest.fixture
def found(db: None) -> ReceivedWorld:
    return received_world()


def officer(found: ReceivedWorld) -> Client:
    client = Client()
    client.force_login(found.made.people["officer"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- keys --------------------------------------------------------------------------------------------------------


def test_a_key_counts_for_the_days_alone_that_were_compared(found: ReceivedWorld, tmp_path: Path) -> None:
    short = replace(KEY, signer=replace(KEY.signer, valid_until="2026-02-15"))
    first = receive(found, district_bundle(tmp_path, short))
    trust(found, first)
    longer = replace(KEY, signer=replace(KEY.signer, valid_until="2030-12-31"))
    later = receive(
        found, district_bundle(tmp_path, longer, number=2, published_at="2026-03-01T08:00:00+07:00")
    )  # fmt: skip
    by = found.made.session("officer")
    shown = preview_of(by=by, at=now(), bundle=later)
    assert (shown.key.standing, shown.key.counts) == (KeyStanding.EXPIRED, False)
    for act in (lambda: take_all(found, later), lambda: trust(found, later)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "key_out_of_days"
    assert "Khóa này được xác nhận cho gói công bố từ ngày" in officer(found).get(f"/received/{later.pk}/").text
    assert preview_of(by=by, at=now(), bundle=first).key.counts


def test_a_revocation_by_one_office_is_not_made_good_by_another(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    key, sender = TrustedKey.objects.get(), sender_of(bundle, now())
    offices = {found.made.province.pk, found.made.department.pk}
    key.pk, key.keeper = None, found.made.department
    key.save()
    assert key_of(bundle, sender, offices).standing == KeyStanding.TRUSTED
    owner = TrustedKey.objects.get(keeper=found.made.province)
    office = found.made.session("standing_office")
    revoke_key(by=office, at=now(), key_id=owner.pk, reason="Mất máy giữ khóa")
    assert key_of(bundle, sender, offices).standing == KeyStanding.REVOKED
    trust(found, bundle)  # the office that has revoked it alone takes that back
    assert key_of(bundle, sender, offices).standing == KeyStanding.TRUSTED


# --- reading -----------------------------------------------------------------------------------------------------


def test_a_bundle_is_read_once_for_a_page_and_once_to_take_and_not_while_sheets_are_held(
    found: ReceivedWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    shown = preview_of(by=found.made.session("officer"), at=now(), bundle=bundle)
    reads: list[Path] = []

    def counted(path: Path) -> Bundle:
        reads.append(path)
        return read_bundle(path)

    monkeypatch.setattr(received_bundles, "read_bundle", counted)
    client = officer(found)
    client.get(f"/received/{bundle.pk}/")
    assert len(reads) == 1
    client.post(f"/received/{bundle.pk}/", {"pick": shown.pickable[0].name, "seen": "x"})
    assert len(reads) == 3  # to take, and to show the page again
    picked = [one.name for one in shown.pickable]
    take_figures(by=found.made.session("officer"), at=now(), bundle_id=bundle.pk, picked=picked, seen=shown.seen)
    assert len(reads) == 4


def test_three_figures_that_others_fed_are_asked_for_with_as_many_queries_as_one(
    found: ReceivedWorld, tmp_path: Path
) -> None:
    first = receive(found, district_bundle(tmp_path, KEY))
    trust(found, first)
    take_all(found, first)
    counts = []
    for names in (["received"], ["received", "on_time"]):
        group = frozen_communes({name: FIGURES[name] for name in names})
        owner = BundleOwner("so-y-te", "Sở Y tế")
        bundle = receive(found, district_bundle(tmp_path, district_key(), group, owner=owner, number=len(names)))
        with CaptureQueriesContext(connection) as asked:
            shown = preview_of(by=found.made.session("officer"), at=now(), bundle=bundle)
        assert len([one for one in shown.lines if one.before]) >= len(names)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- what fed it -------------------------------------------------------------------------------------------------


def test_what_was_typed_over_came_of_no_bundle(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    take_all(found, bundle)
    by = found.made.session("officer")
    for item, name, stood in (("2.1", "received", "1200"), ("2.1", "on_time", "900"), ("1.2", "rated", "2")):
        change = Change(figures={name: Typed("1", digest(stood))})
        saved = save_entry(by=by, at=now(), sheet_id=found.sheet.pk, item_code=item, change=change)
        assert saved
        if name == "received":
            enough = signed(found)
            assert feeding_bundles(enough) == [bundle]
            Submission.objects.filter(pk=enough.pk).update(withdrawn_at=now())
            SheetPart.objects.filter(sheet=found.sheet).update(state="open")
            ScoreSheet.objects.filter(pk=found.sheet.pk).update(state="open")
    assert feeding_bundles(signed(found)) == []


def signed(found: ReceivedWorld) -> Submission:
    part = SheetPart.objects.get(sheet=found.sheet)
    return submit_part(by=found.made.session("head"), at=now(), part_id=part.pk, incomplete_reason="Chưa có tài liệu")


def test_a_result_was_fed_by_what_was_frozen_as_it_was_given(tmp_path: Path) -> None:
    published = published_world()
    by, keeper = published.made.session("standing_office"), published.made.province
    path = district_bundle(tmp_path, KEY)
    with verified_here():
        bundle = receive_bundle(by=by, at=now(), keeper_id=keeper.pk, arrived=arrived(path))
    result = UnitResult.objects.filter(finalisation=published.finalisation).first()
    assert result is not None
    frozen = next(one for item in detail_of(result)["items"].values() for one in item["figures"])
    for value, fed in (("0.123", []), (frozen["value"], [bundle])):
        TakenFigure.objects.filter(ended_at=None).update(ended_at=published.finalisation.finalised_at)
        TakenFigure.objects.create(
            bundle=bundle, sheet=result.sheet, unit_id=result.sheet.unit_id, measure=frozen["measure"],
            year=frozen["year"], value=value, way="own", of="[]", taken_by=by.user,
            taken_at=published.finalisation.finalised_at,
        )  # fmt: skip
        assert feeding_bundles(published.finalisation) == fed


# --- what never changes ------------------------------------------------------------------------------------------


def test_matches_trusted_keys_and_taken_figures_keep_what_they_say(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    take_all(found, bundle)
    match_units(by=found.made.session("officer"), at=now(), bundle_id=bundle.pk, named={"xa-a": "so-y-te"})
    acts: tuple[Callable[[], object], ...] = (
        lambda: MatchedUnit.objects.update(unit=None),
        lambda: MatchedUnit.objects.all().delete(),
        lambda: TakenFigure.objects.update(value="1"),
        lambda: TakenFigure.objects.update(of="[]"),
        lambda: TakenFigure.objects.all().delete(),
        lambda: TrustedKey.objects.update(fingerprint="0" * 64),
        lambda: TrustedKey.objects.update(valid_until="2099-01-01"),
        lambda: TrustedKey.objects.all().delete(),
    )
    for act in acts:
        with pytest.raises(DatabaseError, match=r"append-only|never changes"), transaction.atomic():
            act()
    assert not set(missing_guards()) & {name for name, _, _ in MIGRATION.GUARDS}


@pytest.mark.parametrize(
    ("model", "may_change"),
    [(TakenFigure, {"ended_at"}), (TrustedKey, {"revoked_by_id", "revoked_at", "revoked_reason"})],
)
def test_every_column_that_does_not_end_a_row_is_fixed(model: type[Model], may_change: set[str]) -> None:
    fixed = MIGRATION.OF_TAKEN if model is TakenFigure else MIGRATION.OF_KEYS
    assert set(fixed.split(", ")) == {one.column for one in model._meta.local_concrete_fields} - may_change
