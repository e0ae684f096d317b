"""What no leader has signed stays inside: neither figures nor points of a sheet that was never submitted are frozen."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.kept import kept
from tests.factories.published_world import finalised, published
from tests.factories.world import now

from parindex.database.models import Entry, Figure, GivenPoints, ScoreSheet, SheetPart, UnitResult
from parindex.database.models.appraisals import GivenBy
from parindex.database.queries.publications import detail_of
from parindex.documents.results.snapshots import parse_snapshot, unpacked
from parindex.domain.publication.difference import difference
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup
from parindex.domain.review.stages import SheetState
from parindex.domain.scoring.score_sheet import Origin
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.computed_cycles import compute_cycle
from parindex.usecases.corrections import Basis, Corrected, preview_correction
from parindex.usecases.publishing import DecidedBy
from parindex.usecases.submissions import lock_overdue, withdraw
from parindex.wording.results import item_pair

pytestmark = pytest.mark.django_db
REPORTED = ("1.1", "1.2", "2.1", "2.2")


@kept
def drafted_world() -> AppraisalWorld:
    """Sở Tư pháp has filled its sheet, taken its submission back and let the deadline pass; the other is appraised."""
    found = appraisal_world(begun=False)
    made, late = found.made, now() + timedelta(days=11)
    withdraw(by=made.session("other_leader"), at=now(), sheet_id=made.other_sheet.pk, reason="Ký nhầm")
    assert lock_overdue(at=late) == 1
    begin_appraisal(by=made.session("standing_office"), at=late, cycle_id=made.cycle.pk)
    found.accept_all()
    for sheet in (made.sheet, made.other_sheet):
        GivenPoints.objects.create(
            entry=Entry.objects.get(sheet=sheet, item_code="3.1"), given_by=GivenBy.SURVEY, points="2.4",
            standard_error="0.05", source="Điều tra năm 2025", recorded_by=found.people["survey_staff"],
            recorded_at=now(),
        )  # fmt: skip
    return found


def frozen(world: AppraisalWorld) -> FrozenGroup:
    """The group as it would be frozen now."""
    [group] = compute_cycle(world.cycle, final=False).groups
    return group.values


def drafts_in(group: FrozenGroup) -> tuple[set[str], set[str]]:
    """Figures and self points of Sở Tư pháp, the second row."""
    figures = {measure for (measure, _), column in group.figures.items() if column[1]}
    return figures, {code for code, item in group.items.items() if item.typed.get(Origin.SELF, ("", ""))[1]}


def test_a_snapshot_holds_no_draft_and_gives_the_same_result_elsewhere() -> None:
    world = drafted_world()
    assert Figure.objects.filter(unit=world.other_sheet.unit_id).exclude(value="").count() == 4
    made = finalised(world.made)
    stored = parse_snapshot(unpacked(bytes(made.snapshot.content)))
    [group] = stored.snapshot.groups
    assert drafts_in(group) == (set(), set())
    assert all(column[0] for column in group.figures.values())
    assert difference(stored.outcomes, [outcome_of(group.code, recomputed(group))]) == ()
    row = UnitResult.objects.get(finalisation=made, unit_code="so-tu-phap")
    items = detail_of(row)["items"]
    shown = {(one["state"], one["points"], one["self"], one["rule"]) for one in (items[code] for code in REPORTED)}
    assert shown == {("unanswered", "", "", "")}
    assert [one["figures"] for one in items.values()] == [[]] * 5
    assert (row.points, row.max_points) == ("2.4", "10")


def test_no_page_and_no_file_has_a_draft() -> None:
    world = drafted_world()
    finalised(world.made)
    published(world.made)
    where = f"/results/{world.cycle.pk}"
    page = Client().get(f"{where}/so-tu-phap/1.2/").text
    assert "Đơn vị không trả lời mục này. Mục được 0 điểm" in page
    assert [words in page for words in ("Tự chấm ", "điểm do", "Theo quy tắc ")] == [False] * 3
    page = Client().get(f"{where}/so-tu-phap/2.2/").text
    assert ("chưa nhập" in page, "1.200" in page, "Do Sở Tư pháp báo cáo" in page) == (True, False, False)
    assert "tự chấm 1" not in Client().get(f"{where}/so-tu-phap/?items=all").text.lower()
    files = {}
    for name in ("items", "figures"):
        content = b"".join(Client().get(f"{where}/data/{name}.csv")).decode("utf-8-sig")
        files[name] = [one for one in csv.DictReader(io.StringIO(content)) if one["unit"] == "so-tu-phap"]
    assert files["figures"] == []
    assert {(one["self"], one["rule"]) for one in files["items"]} == {("", "")}


def test_a_correction_starts_from_what_is_public() -> None:
    world = drafted_world()
    finalised(world.made)
    published(world.made)
    day = date(2026, 4, 1)
    shown = preview_correction(
        by=world.session("chair"), at=now(), cycle_id=world.cycle.pk, reason="Có phiếu giấy",
        basis=Basis("15/BB-HĐTĐ", day, "Xem lại.", DecidedBy("400/QĐ-UBND", day)),
        changes=[Corrected(world.entry("1.2", world.made.other_sheet).pk, "0,5", "Có phiếu giấy")],
    )  # fmt: skip
    [unit] = shown.units
    assert [(one.code, item_pair(one.before, one.after)) for one in unit.items] == [
        ("1.2", ("0, không trả lời", "0,5"))
    ]


@pytest.mark.parametrize(
    ("state", "asked", "signed"),
    [
        (SheetState.LOCKED, False, False),
        (SheetState.OPEN, False, False),
        (SheetState.AWAITING_SIGNATURE, False, False),
        (SheetState.RETURNED, False, False),
        (SheetState.RETURNED, True, True),
        (SheetState.AWAITING_SIGNATURE, True, True),
        (SheetState.SUBMITTED, False, True),
    ],
)
def test_only_a_submission_that_stands_brings_figures_in(state: SheetState, *, asked: bool, signed: bool) -> None:
    world = drafted_world()
    rows = ScoreSheet.objects.filter(pk=world.other_sheet.pk)
    rows.update(state=state, answer_until=now() if asked else None)
    assert bool(drafts_in(frozen(world))[0]) is signed


def test_a_part_that_its_leader_signed_is_no_submission_of_the_sheet() -> None:
    world = drafted_world()
    SheetPart.objects.filter(sheet=world.other_sheet).update(state=SheetState.SUBMITTED)
    assert drafts_in(frozen(world)) == (set(), set())


def test_the_preview_of_finalising_lists_who_never_submitted_and_what_they_get() -> None:
    world = drafted_world()
    client = Client()
    client.force_login(world.people["chair"])
    words = {"minutes_number": "12/BB-HĐTĐ", "minutes_date": "02/03/2026", "minutes": "Thống nhất."}
    page = client.post(f"/cycles/{world.cycle.pk}/results/finalise/", words).text
    assert "Đơn vị không nộp phiếu: 1" in page
    assert f'<a href="/appraisals/{world.other_sheet.pk}/">Sở Tư pháp</a>: 2,4 trên 10 điểm, chỉ số 24,00%' in page
    assert page.count("không nộp phiếu</span>") == 1
