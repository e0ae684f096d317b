"""A signed bundle is received whole or not at all, trusted by the office, taken into a sheet, and never changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from tests.factories.communes_bundle import FIGURES, district_bundle, district_key, frozen_communes
from tests.factories.received_world import ReceivedWorld, arrived, days_of, receive, received_world, take_all, trust
from tests.factories.world import now

from parindex.database.models import (
    Attachment,
    AuditRecord,
    DocumentVersion,
    Figure,
    ReceivedBundle,
    ScoreSheet,
    StoredFile,
    TakenFigure,
    TrustedKey,
)
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.publication.snapshot import FrozenUnit
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.bundle_preview import preview_of
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.received_bundles import receive_bundle, require_readable
from parindex.usecases.received_keys import TYPED_DIGITS, revoke_key, trust_key
from parindex.usecases.taking_figures import take_figures
from parindex.usecases.typed_values import Typed, digest
from parindex.usecases.unit_matching import match_units
from parindex.web.received_bundles.bundle_page import bundle_page

pytestmark = pytest.mark.django_db
KEY = district_key()


@pytest.fixture
def found(db: None) -> ReceivedWorld:
    return received_world()


def figures(found: ReceivedWorld) -> dict[str, str]:
    return dict(Figure.objects.filter(unit=found.made.province).values_list("measure", "value"))


def standing(measure: str = "received") -> list[tuple[int, str]]:
    rows = TakenFigure.objects.filter(measure=measure, ended_at=None)
    return list(rows.order_by("pk").values_list("bundle__number", "value"))


def test_figures_are_taken_with_their_origin_and_the_bundle_proves_the_items(
    found: ReceivedWorld, tmp_path: Path
) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    assert take_all(found, bundle) == 3
    assert figures(found) == {"received": "1200", "on_time": "900", "rated": "2"}
    assert standing() == [(1, "1200")]
    version = DocumentVersion.objects.get()
    assert (version.file, version.document.number) == (bundle.file, "12/QĐ-UBND")
    proved = Attachment.objects.filter(document=version.document).values_list("entry__item_code", flat=True)
    assert sorted(proved) == ["1.2", "2.1", "2.2"]
    record = AuditRecord.objects.get(action="take_figures")
    assert (record.chain.key, record.role) == (f"cycle-{found.cycle.pk}", "unit_officer")
    assert {one.broken for one in audit_log.verify()} == {()}


def test_what_does_not_verify_is_refused_with_every_finding_and_nothing_stays(
    found: ReceivedWorld, tmp_path: Path
) -> None:
    path = district_bundle(tmp_path, KEY)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(InvalidInput) as refused:
        receive(found, path)
    assert len(refused.value.problems) >= 1
    other = district_bundle(tmp_path, district_key(), public_from="2026-02-11T00:00:00+07:00")
    whole = other.read_bytes()
    other.write_bytes(whole[:-200])
    with pytest.raises(InvalidInput):
        receive(found, other)
    assert not ReceivedBundle.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("changes", "signed", "code"),
    [({}, False, "bundle_not_signed"), ({"published_at": "2027-06-01T08:30:00+07:00"}, True, "bundle_of_the_future")],
)
def test_unsigned_bundles_and_those_of_the_future_are_refused(
    found: ReceivedWorld, tmp_path: Path, changes: dict[str, str], signed: bool, code: str
) -> None:
    path = district_bundle(tmp_path, KEY if signed else None, None, **changes)
    with pytest.raises(Refusal) as refused:
        receive(found, path)
    assert refused.value.code == code
    assert not StoredFile.objects.exists()


def test_the_same_bundle_twice_is_one(found: ReceivedWorld, tmp_path: Path) -> None:
    path = district_bundle(tmp_path, KEY)
    assert receive(found, path).pk == receive(found, path, "standing_office").pk
    assert AuditRecord.objects.filter(action="receive_bundle").count() == 1


def test_the_same_publication_by_another_key_is_told_on_both(found: ReceivedWorld, tmp_path: Path) -> None:
    first = receive(found, district_bundle(tmp_path, KEY))
    trust(found, first)
    by = found.made.session("officer")
    before = preview_of(by=by, at=now(), bundle=first)
    corrected = receive(found, district_bundle(tmp_path, KEY, number=2))
    forged = receive(found, district_bundle(tmp_path, district_key()))
    record = AuditRecord.objects.filter(action="receive_bundle").order_by("pk").last()
    assert first.fingerprint in record.after
    assert corrected.fingerprint not in record.after
    for shown, other in ((first, [forged]), (forged, [first]), (corrected, [])):
        page = bundle_page(by, shown, now())
        assert list(page.clashing) == other
        assert not other or not any(one.is_picked for one in page.rows)
    picked = [one.name for one in before.pickable]
    with pytest.raises(Refusal) as refused:
        take_figures(by=by, at=now(), bundle_id=first.pk, picked=picked, seen=before.seen)
    assert refused.value.code == "bundle_preview_changed"
    assert take_all(found, first) == 3


@pytest.mark.parametrize("name", ["owner", "stranger", "appraiser"])
def test_people_of_other_units_neither_receive_nor_read_nor_take(
    found: ReceivedWorld, tmp_path: Path, name: str
) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    session = found.made.session(name)
    acts = (
        lambda: receive(found, district_bundle(tmp_path, KEY), name),
        lambda: require_readable(session, bundle, now()),
        lambda: take_figures(by=session, at=now(), bundle_id=bundle.pk, picked=[], seen=""),
        lambda: match_units(by=session, at=now(), bundle_id=bundle.pk, named={}),
    )
    for act in acts:
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "bundle_of_other_unit"


def test_only_the_standing_office_trusts_a_key_and_only_with_the_paper(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    digits = bundle.key_fingerprint[-TYPED_DIGITS:]
    days, other = days_of(bundle), digits[:-1] + ("0" if digits[-1] != "0" else "1")
    for name, typed, written, reason, code in (
        ("officer", digits, days, "Công văn 1", "keys_by_standing_office"),
        ("standing_office", other, days, "Công văn 1", "key_digits_differ"),
        ("standing_office", digits[1:], days, "Công văn 1", "key_digits_differ"),
        ("standing_office", digits, "", "Công văn 1", "key_days_not_of_paper"),
        ("standing_office", digits, f"31/02/2025 – {days[-10:]}", "Công văn 1", "key_days_not_of_paper"),
        ("standing_office", digits, f"{days[:10]} – 31/12/2026", "Công văn 1", "key_days_not_of_paper"),
        ("standing_office", digits, days, " ", "reason_needed"),
    ):
        by = found.made.session(name)
        with pytest.raises(Refusal) as refused:
            trust_key(by=by, at=now(), bundle_id=bundle.pk, digits=typed, days=written, reason=reason)
        assert refused.value.code == code
    spaced = f" {digits[:4]} {digits[4:8]}:{digits[8:].upper()}"
    office = found.made.session("standing_office")
    made = trust_key(by=office, at=now(), bundle_id=bundle.pk, digits=spaced, days=days, reason="Công văn 1")
    assert (made.unit, made.fingerprint) == (found.district, bundle.key_fingerprint)
    assert trust_key(by=office, at=now(), bundle_id=bundle.pk, digits=digits, days=days, reason="Công văn 2") == made


def test_nothing_is_taken_of_an_unknown_or_revoked_key_and_what_was_taken_stays(
    found: ReceivedWorld, tmp_path: Path
) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    with pytest.raises(Refusal) as refused:
        take_all(found, bundle)
    assert refused.value.code == "key_unknown"
    trust(found, bundle)
    take_all(found, bundle)
    key, office = TrustedKey.objects.get(), found.made.session("standing_office")
    revoke_key(by=office, at=now(), key_id=key.pk, reason="Mất máy giữ khóa")
    corrected = receive(found, district_bundle(tmp_path, KEY, frozen_communes({"received": ("1", "2")}), number=2))
    with pytest.raises(Refusal) as refused:
        take_all(found, corrected)
    assert refused.value.code == "key_revoked"
    with pytest.raises(Refusal) as refused:
        revoke_key(by=office, at=now(), key_id=key.pk, reason="Mất")
    assert refused.value.code == "key_revoked"
    assert standing() == [(1, "1200")]
    second = receive(found, district_bundle(tmp_path, district_key("UBND huyện, khóa mới")))
    trust(found, second)
    assert preview_of(by=office, at=now(), bundle=second).key.counts


def test_a_key_counts_for_the_unit_alone_that_it_was_trusted_for(found: ReceivedWorld, tmp_path: Path) -> None:
    trust(found, receive(found, district_bundle(tmp_path, KEY)))
    by = found.made.session("officer")
    strange = receive(found, district_bundle(tmp_path, KEY, owner=_owner("so-y-te", "Sở Y tế")))
    shown = preview_of(by=by, at=now(), bundle=strange)
    assert shown.key.standing == "of_other_unit"
    picked = [one.name for one in shown.pickable]
    with pytest.raises(Refusal) as refused:
        take_figures(by=by, at=now(), bundle_id=strange.pk, picked=picked, seen=shown.seen)
    assert refused.value.code == "key_of_other_unit"


def _owner(code: str, name: str) -> object:
    from parindex.domain.publication.bundle import BundleOwner

    return BundleOwner(code, name)


def test_a_correction_is_offered_as_a_difference_and_adds_a_version(found: ReceivedWorld, tmp_path: Path) -> None:
    first = receive(found, district_bundle(tmp_path, KEY))
    trust(found, first)
    take_all(found, first)
    changed = frozen_communes({**FIGURES, "received": ("700", "400")})
    day = "2026-03-01T08:00:00+07:00"
    later = receive(found, district_bundle(tmp_path, KEY, changed, number=2, reason="Cộng sai", published_at=day))
    shown = preview_of(by=found.made.session("officer"), at=now(), bundle=later)
    assert [(one.offer.measure, one.stored, one.whole) for one in shown.lines] == [
        ("received", "1200", "1100"), ("on_time", "900", "900"), ("rated", "2", "2"),
    ]  # fmt: skip
    assert take_all(found, later) == 3
    assert (figures(found)["received"], standing()) == ("1100", [(2, "1100")])
    assert [one.number for one in DocumentVersion.objects.all()] == [1, 2]
    again = preview_of(by=found.made.session("officer"), at=now(), bundle=first)
    assert {_code(one.refused) for one in again.lines} == {"newer_bundle_taken"}
    assert TakenFigure.objects.count() == 6


def _code(refused: Refusal | InvalidValue | None) -> str:
    return refused.code if isinstance(refused, Refusal) else refused.kind if refused else ""


def test_parts_of_several_districts_add_up_and_nothing_is_counted_twice(found: ReceivedWorld, tmp_path: Path) -> None:
    for at, code in enumerate(("huyen", "so-y-te")):
        key = district_key(code)
        bundle = receive(found, district_bundle(tmp_path, key, owner=_owner(code, code), number=at + 1))
        trust(found, bundle)
        take_all(found, bundle)
    assert figures(found) == {"received": "2400", "on_time": "1800", "rated": "4"}
    whole = receive(found, district_bundle(tmp_path, KEY, owner=_owner("tinh", "UBND tỉnh")))
    trust(found, whole)
    lines = preview_of(by=found.made.session("officer"), at=now(), bundle=whole).lines
    assert {_code(one.refused) for one in lines} == {"counted_in_other"}


def test_what_changes_between_page_and_act_is_refused(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    by = found.made.session("officer")
    shown = preview_of(by=by, at=now(), bundle=bundle)
    change = Change(figures={"received": Typed("5", digest(""))})
    save_entry(by=by, at=now(), sheet_id=found.sheet.pk, item_code="2.1", change=change)
    picked = [one.name for one in shown.pickable]
    for name, seen, code in (
        (picked, shown.seen, "bundle_preview_changed"),
        ([], preview_of(by=by, at=now(), bundle=bundle).seen, "figures_not_picked"),
        (["9:no"], preview_of(by=by, at=now(), bundle=bundle).seen, "figures_not_picked"),
    ):
        with pytest.raises(Refusal) as refused:
            take_figures(by=by, at=now(), bundle_id=bundle.pk, picked=name, seen=seen)
        assert refused.value.code == code
    assert [one.by_hand for one in preview_of(by=by, at=now(), bundle=bundle).lines] == [True, False, False]


def test_a_signed_sheet_takes_nothing_more(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    trust(found, bundle)
    found.sheet.parts.update(state="submitted")
    ScoreSheet.objects.filter(pk=found.sheet.pk).update(state="submitted")
    lines = preview_of(by=found.made.session("officer"), at=now(), bundle=bundle).lines
    assert {_code(one.refused) for one in lines} == {"sheet_signed"}


def test_the_standing_office_takes_into_the_sheets_of_its_cycle(found: ReceivedWorld, tmp_path: Path) -> None:
    units = (FrozenUnit("so-y-te", "Sở Y tế"), FrozenUnit("so-khac", "Sở Tư pháp"))
    bundle = receive(found, district_bundle(tmp_path, KEY, frozen_communes(FIGURES, units)), "standing_office")
    trust(found, bundle)
    office = found.made.session("standing_office")
    named = {"so-khac": "Sở Tư pháp"}
    assert match_units(by=office, at=now(), bundle_id=bundle.pk, named=named) == 1
    assert match_units(by=office, at=now(), bundle_id=bundle.pk, named=named) == 0
    for typed, code in (("không có", "matched_unit_unknown"), ("so-y-te", "matched_twice")):
        with pytest.raises(Refusal) as refused:
            match_units(by=office, at=now(), bundle_id=bundle.pk, named={"so-khac": typed})
        assert refused.value.code == code
    take_all(found, bundle, "standing_office")
    own = Figure.objects.filter(unit__in=[found.made.department, found.made.other_department], measure="received")
    assert sorted(own.values_list("value", flat=True)) == ["500", "700"]
    assert match_units(by=office, at=now(), bundle_id=bundle.pk, named={"so-khac": ""}) == 1


def test_what_came_never_changes(found: ReceivedWorld, tmp_path: Path) -> None:
    bundle = receive(found, district_bundle(tmp_path, KEY))
    for act in (
        lambda: ReceivedBundle.objects.filter(pk=bundle.pk).update(sender_name="Khác"),
        lambda: ReceivedBundle.objects.filter(pk=bundle.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match=r"append-only|never changes"), transaction.atomic():
            act()


def test_an_infected_bundle_is_refused(found: ReceivedWorld, tmp_path: Path) -> None:
    path = district_bundle(tmp_path, KEY)
    come = arrived(path)
    known = {"sha256": come.sha256, "size": 1, "content_type": "application/zip", "stored_at": now()}
    StoredFile.objects.create(scan="infected", **known)
    with pytest.raises(InvalidInput) as refused:
        receive_bundle(
            by=found.made.session("officer"), at=now(), keeper_id=found.made.province.pk,
            arrived=replace(come, name="goi.zip"),
        )  # fmt: skip
    assert [one.kind for one in refused.value.problems] == ["evidence_infected"]
