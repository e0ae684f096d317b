"""Correcting what is published: decisions of the chair on single items, a new dated publication with its difference."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories.published_world import PublishedWorld, appraised_world, published_world
from tests.factories.world import now

from parindex.database.models import (
    AuditRecord,
    Cycle,
    Entry,
    Finalisation,
    ItemAppraisal,
    Opinion,
    Publication,
    RoleGrant,
    UnitResult,
)  # fmt: skip
from parindex.database.queries.publications import public_publication, versions_of
from parindex.documents.results.publication_differences import parse_difference
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.corrections import Basis, Corrected, correct, preview_correction
from parindex.usecases.publishing import DecidedBy

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = date(2026, 4, 1)


def basis(**given: object) -> Basis:
    return Basis("15/BB-HĐTĐ", DAY, "Xem lại mục 2.2.", DecidedBy("400/QĐ-UBND", DAY, **given))  # type: ignore[arg-type]


def change(world: PublishedWorld, points: str = "1", code: str = "2.2", why: str = "Nhập lại nhầm") -> Corrected:
    return Corrected(Entry.objects.get(sheet=world.made.other_sheet, item_code=code).pk, points, why)


def attempt(world: PublishedWorld, *changes: Corrected, who: str = "chair", **given: object) -> Publication:
    words = {"reason": "Cộng sai", "basis": basis(), "seen": "", **given}
    return correct(
        by=world.made.session(who), at=now(), cycle_id=world.made.cycle.pk, changes=changes, **words  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_correction_is_another_publication_with_its_difference() -> None:
    world = published_world()
    shown = preview_correction(
        by=world.made.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="Cộng sai", basis=basis(),
        changes=[change(world, "1,00")],
    )  # fmt: skip
    assert Opinion.objects.filter(capacity="chair").count() == 0
    made = attempt(world, change(world, "1,00"), seen=shown.fingerprint)
    [unit] = parse_difference(made.difference)
    assert (unit,) == shown.units
    assert unit.before is not None
    assert unit.after is not None
    assert (unit.code, unit.fields) == ("so-tu-phap", ("index", "points"))
    assert (unit.before.points, unit.after.points) == ("6.2", "6.45")
    assert [(one.code, one.before, one.after) for one in unit.items] == [
        ("2.2", ("answered", "0.75"), ("answered", "1"))
    ]
    assert (made.number, made.reason, Cycle.objects.get().state) == (2, "Cộng sai", "corrected")
    assert versions_of(world.made.cycle.pk, now()) == [world.publication, made]
    assert public_publication(world.made.cycle.pk, now()) == made
    old = UnitResult.objects.get(finalisation=world.finalisation, unit_code="so-tu-phap")
    new = UnitResult.objects.get(finalisation=made.finalisation, unit_code="so-tu-phap")
    assert (old.index, new.index) == ("62", "64.5")


def test_what_was_said_before_stays_and_the_decision_is_added() -> None:
    world = published_world()
    attempt(world, change(world))
    entry = Entry.objects.get(sheet=world.made.other_sheet, item_code="2.2")
    said = [(one.capacity, one.points, one.minutes) for one in entry.opinions.order_by("pk")]
    assert said == [("member", "0.75", ""), ("chair", "1", "15/BB-HĐTĐ, 01/04/2026")]
    assert ItemAppraisal.objects.get(entry=entry).points == "1"
    record = AuditRecord.objects.get(action="correct_item")
    assert (record.object_id, record.reason) == (str(entry.pk), "Nhập lại nhầm")
    assert not any(proof.broken for proof in audit_log.verify())


def test_a_correction_may_be_corrected_and_may_wait_for_its_day() -> None:
    world = published_world()
    second = attempt(world, change(world))
    third = attempt(world, change(world, "0.5"), basis=basis(public_from=now() + timedelta(days=3)))
    assert (third.number, third.finalisation.number) == (3, 3)
    assert public_publication(world.made.cycle.pk, now()) == second
    assert public_publication(world.made.cycle.pk, now() + timedelta(days=4)) == third


def test_no_correction_is_public_before_what_it_corrects() -> None:
    world = published_world(embargo_days=5)
    with pytest.raises(Refusal, match="embargo_of_earlier"):
        attempt(world, change(world))
    early = basis(public_from=now() + timedelta(days=4))
    with pytest.raises(Refusal, match="embargo_of_earlier"):
        preview_correction(
            by=world.made.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="Cộng sai", basis=early,
            changes=[change(world)],
        )  # fmt: skip
    assert public_publication(world.made.cycle.pk, now()) is None
    ends = world.publication.public_from
    second = attempt(world, change(world), basis=basis(public_from=ends))
    with pytest.raises(Refusal, match="embargo_of_earlier") as overtaken:
        attempt(world, change(world, "0.5"), basis=basis(public_from=now() + timedelta(days=1)))
    assert overtaken.value.facts == {"number": 2, "when": ends}
    assert public_publication(world.made.cycle.pk, ends) == second
    third = attempt(world, change(world, "0.5"), basis=basis(public_from=ends + timedelta(days=1)))
    assert public_publication(world.made.cycle.pk, ends) == second
    assert public_publication(world.made.cycle.pk, ends + timedelta(days=1)) == third


@pytest.mark.parametrize(
    ("points", "code", "why", "refused"),
    [
        ("", "2.2", "x", "correction_points_not_a_number"),
        ("50%", "2.2", "x", "correction_points_as_share"),
        ("1/4", "2.2", "x", "correction_points_as_share"),
        ("2,5", "2.2", "x", "correction_points_out_of_range"),
        ("-1", "2.2", "x", "correction_points_out_of_range"),
        ("1", "2.2", " ", "reason_needed"),
        ("0.75", "2.2", "x", "correction_changes_nothing"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_whole(points: str, code: str, why: str, refused: str) -> None:
    world = published_world()
    with pytest.raises(Refusal, match=refused):
        attempt(world, change(world, points, code, why))
    assert (Publication.objects.count(), Finalisation.objects.count()) == (1, 1)
    assert not Opinion.objects.filter(capacity="chair").exists()


def test_nothing_twice_stale_or_of_another_cycle() -> None:
    world = published_world()
    for changes, given, code in (
        ((), {}, "correction_empty"),
        ((change(world), change(world, "0.5")), {}, "correction_twice"),
        ((Corrected(10**9, "1", "x"),), {}, "entries_of_other_cycle"),
        ((change(world),), {"seen": "0" * 64}, "result_changed"),
        ((change(world),), {"reason": ""}, "reason_needed"),
    ):
        with pytest.raises(Refusal, match=code):
            attempt(world, *changes, **given)
    Entry.objects.filter(sheet=world.made.other_sheet, item_code="2.2").update(state="not_assessed")
    with pytest.raises(Refusal, match="correction_not_assessed"):
        attempt(world, change(world))


def test_only_the_chair_corrects_and_never_the_own_unit() -> None:
    world = published_world()
    for who in ("owner", "stranger", "standing_office", "secretary", "auditor"):
        with pytest.raises(Refusal, match="only_chair"):
            attempt(world, change(world), who=who)
    chair = world.made.people["chair"]
    RoleGrant.objects.create(
        user=chair, role=Role.UNIT_OFFICER, unit=world.made.other_department, subtree=False, granted_at=now()
    )
    with pytest.raises(Refusal, match="own_unit_by_other_chair"):
        attempt(world, change(world))


def test_what_is_not_published_is_not_corrected() -> None:
    world = appraised_world()
    entry = world.entry("2.2", world.made.other_sheet)
    with pytest.raises(Refusal, match="wrong_cycle_stage"):
        correct(
            by=world.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="x", basis=basis(),
            changes=[Corrected(entry.pk, "1", "x")],
        )  # fmt: skip
