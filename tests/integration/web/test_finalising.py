"""Finalising: only when nothing is open, by the chair, from a snapshot that anybody can recompute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.published_world import appraised_world, finalised
from tests.factories.world import now

from parindex.database.models import (
    AuditRecord,
    Cycle,
    Entry,
    Finalisation,
    GivenPoints,
    ScoreSheet,
    SheetPart,
    Snapshot,
    UnitResult,
)  # fmt: skip
from parindex.database.models.entries import EntryState
from parindex.database.queries.publications import detail_of
from parindex.documents.results.snapshots import parse_snapshot, unpacked
from parindex.domain.publication.difference import difference
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.review.refusal import Refusal
from parindex.domain.scoring.score_sheet import Origin
from parindex.usecases import audit_log
from parindex.usecases.finalising import finalise, open_matters, resume

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def attempt(world: AppraisalWorld, who: str = "chair", /, **given: object) -> Finalisation:
    """Finalise with the usual minutes, but for what is ``given``."""
    words = {"minutes_number": "12/BB-HĐTĐ", "minutes_date": date(2026, 3, 2), "minutes": "Thống nhất.", **given}
    return finalise(by=world.session(who), at=now(), cycle_id=world.made.cycle.pk, **words)  # type: ignore[arg-type]


def refused(world: AppraisalWorld, who: str = "chair", /, **given: object) -> str:
    with pytest.raises(Refusal) as found:
        attempt(world, who, **given)
    return found.value.code


def test_everything_that_is_open_is_counted_with_the_first_by_name() -> None:
    world = appraisal_world()
    found = {one.kind.value: (one.count, one.first[0].items) for one in open_matters(world.cycle)}
    assert found == {"waiting": (8, ("1.1", "1.2", "2.1", "2.2")), "points_missing": (2, ("3.1",))}
    assert refused(world) == "matters_open"


def test_a_request_a_provisional_opinion_and_a_sheet_being_written_are_open() -> None:
    world = appraised_world()
    Entry.objects.filter(sheet=world.made.sheet, item_code="1.2").update(state=EntryState.NOT_ASSESSED_REQUESTED)
    ScoreSheet.objects.filter(pk=world.made.other_sheet.pk).update(state="returned")
    world.appraisal("1.1").__class__.objects.filter(pk=world.entry("1.1").pk).update(state="provisional")
    kinds = [one.kind.value for one in open_matters(world.cycle)]
    assert kinds == ["sheet_being_explained", "request_undecided", "provisional"]


def test_what_the_method_cannot_accept_is_said_in_words() -> None:
    world = appraised_world()
    GivenPoints.objects.filter(entry__sheet=world.made.sheet).update(points="9")
    [matter] = open_matters(world.cycle)
    assert (matter.kind.value, matter.first[0].unit, "3.1" in matter.first[0].words) == (
        "result_problem", "Sở Y tế", True
    )  # fmt: skip
    assert "lớn hơn điểm tối đa 3" in matter.first[0].words
    assert refused(world) == "result_problems"


def test_only_the_chair_finalises() -> None:
    world = appraised_world()
    for who in ("owner", "stranger", "standing_office", "secretary", "appraiser", "auditor"):
        assert refused(world, who) == "only_chair"
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"minutes_number": " "}, "minutes_number_needed"),
        ({"minutes": ""}, "minutes_needed"),
        ({"minutes_date": (now() + timedelta(days=2)).date()}, "minutes_in_the_future"),
        ({"unranked": [10**9]}, "sheets_of_other_cycle"),
        ({"seen": "0" * 64}, "result_changed"),
    ],
)
def test_what_is_missing_or_stale_is_refused(given: dict[str, object], code: str) -> None:
    assert refused(appraised_world(), "chair", **given) == code


def test_finalising_freezes_everything_and_moves_sheets_and_cycle() -> None:
    world = appraised_world()
    made = attempt(world)
    assert world.cycle.state == "finalised"
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"final"}
    assert set(SheetPart.objects.values_list("state", flat=True)) == {"final"}
    rows = {one.unit_code: one for one in UnitResult.objects.filter(finalisation=made)}
    assert {code: (one.points, one.max_points, one.rank, one.grade) for code, one in rows.items()} == {
        "so-y-te": ("6.9", "10", 1, "Khá"), "so-tu-phap": ("6.2", "10", 2, "Khá"),
    }  # fmt: skip
    item = detail_of(rows["so-tu-phap"])["items"]["2.2"]
    assert (item["origin"], item["points"], item["rule"], item["granted"][0]["title"]) == (
        "appraised", "0.75", "1", "Cấp 1"
    )  # fmt: skip
    record = AuditRecord.objects.get(action="finalise_cycle")
    assert made.snapshot.fingerprint in record.after
    assert AuditRecord.objects.filter(action="finalise").count() == 2
    assert not any(proof.broken for proof in audit_log.verify())
    assert refused(world) == "wrong_cycle_stage"


def test_the_snapshot_alone_gives_the_same_result() -> None:
    made = attempt(appraised_world())
    stored = parse_snapshot(unpacked(bytes(made.snapshot.content)))
    assert stored.fingerprint == made.snapshot.fingerprint
    [group] = stored.snapshot.groups
    assert difference(stored.outcomes, [outcome_of(group.code, recomputed(group))]) == ()
    changed = group.items["2.2"].typed[Origin.APPRAISED]
    item = replace(group.items["2.2"], typed={Origin.APPRAISED: (changed[0], "0.8")})
    other = replace(group, items={**group.items, "2.2": item})
    [unit] = difference(stored.outcomes, [outcome_of(group.code, recomputed(other))])
    assert (unit.code, unit.fields, [one.after for one in unit.items]) == (
        "so-tu-phap", ("index", "points"), [("answered", "0.8")]
    )  # fmt: skip


def test_a_unit_outside_the_ranking_has_an_index_and_no_rank() -> None:
    world = appraised_world()
    made = attempt(world, unranked=[world.made.sheet.pk])
    rows = UnitResult.objects.filter(finalisation=made).order_by("position")
    assert [(one.unit_code, one.index, one.rank, one.ranked) for one in rows] == [
        ("so-y-te", "69", None, False), ("so-tu-phap", "62", 1, True),
    ]  # fmt: skip


def test_a_locked_sheet_counts_as_unanswered_but_for_what_others_give() -> None:
    world = appraised_world()
    sheet = world.made.other_sheet
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="locked")
    world.appraisal("1.1").__class__.objects.filter(sheet=sheet).delete()
    made = attempt(world)
    row = UnitResult.objects.get(finalisation=made, unit_code="so-tu-phap")
    assert (row.points, row.max_points) == ("1.95", "10")
    states = {code: one["state"] for code, one in detail_of(row)["items"].items()}
    assert states == {**dict.fromkeys(("1.1", "1.2", "2.1", "2.2"), "unanswered"), "3.1": "answered"}
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "locked"


def test_what_is_not_assessed_leaves_the_maximum_with_its_reason() -> None:
    world = appraised_world()
    entry = world.entry("1.2")
    office = world.people["standing_office"]
    entry.requests.create(
        reason="Không phát sinh", legal_basis="Điều 5", state="approved", requested_by=office, requested_at=now()
    )
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.NOT_ASSESSED)
    world.appraisal("1.2").__class__.objects.filter(pk=entry.pk).update(state="not_assessed", points="")
    row = UnitResult.objects.get(finalisation=attempt(world), unit_code="so-y-te")
    item = detail_of(row)["items"]["1.2"]
    assert (row.max_points, item["state"], item["not_assessed"]) == (
        "8", "not_assessed", {"reason": "Không phát sinh", "legal_basis": "Điều 5"}
    )  # fmt: skip


def test_a_reason_that_is_not_public_stays_inside() -> None:
    world = appraised_world()
    entry = world.entry("2.2", world.made.other_sheet)
    last = entry.opinions.get()
    last.pk, last.is_public, last.reason = None, False, "Theo tin báo của ông A"
    last.save()
    row = UnitResult.objects.get(finalisation=attempt(world), unit_code="so-tu-phap")
    assert [one["reason"] for one in detail_of(row)["items"]["2.2"]["granted"]] == [""]


def test_the_chair_takes_the_appraisal_up_again_with_a_reason() -> None:
    world = appraised_world()
    first = finalised(world.made)
    with pytest.raises(Refusal, match="reason_needed"):
        resume(by=world.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason=" ")
    with pytest.raises(Refusal, match="only_chair"):
        resume(by=world.session("standing_office"), at=now(), cycle_id=world.made.cycle.pk, reason="Sai")
    resume(by=world.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="Sai mục 2.2")
    assert world.cycle.state == "appraisal"
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"appraised"}
    first.refresh_from_db()
    assert (first.reopened_reason, first.reopened_by) == ("Sai mục 2.2", world.people["chair"])
    again = attempt(world)
    assert (again.number, Cycle.objects.get().state) == (2, "finalised")
    assert not any(proof.broken for proof in audit_log.verify())


def test_the_queries_of_finalising_do_not_grow_with_the_units(django_assert_max_num_queries: object) -> None:
    world = appraised_world()
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        attempt(world)
    assert Fraction(UnitResult.objects.get(unit_code="so-y-te").index) == 69
