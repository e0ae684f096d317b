"""One number: the check, what is stored, the claim, the receipt and the command line say the same of every sheet."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.demonstration import loaded
from tests.factories.filled import enter_everything
from tests.factories.world import World, now
from tests.integration.cli.running import run

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, Figure, ScoreSheet, SheetPart, Submission, User
from parindex.documents.receipts.claim import fingerprint_of, parse_claim, sums_of
from parindex.documents.receipts.recomputed import recomputed
from parindex.domain.values import exact_number
from parindex.usecases import submissions
from parindex.usecases.actors import session_of
from parindex.usecases.claims import claim_text, require_consistent, review_of, total_of
from parindex.usecases.cycles import NewGroup, add_group
from parindex.web.submissions.receipt_paper import receipt_of
from parindex.wording.numbers import equals, index_text, percent, points_text
from parindex.wording.receipt_papers import receipt_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    loaded()


def browser(username: str) -> Client:
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(username=username), backend=backend)
    return client


def exported(folder: Path, sheets: Iterable[ScoreSheet]) -> list[str]:
    """The sheets as the tables of the command line: figures of every year, states and typed points."""
    with (folder / "figures.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["unit", "measure", "value", "year"])
        for sheet in sheets:
            declared = frozen_set(sheet.group.set_version).criteria_set.measures
            figures = Figure.objects.filter(unit=sheet.unit_id, measure__in=list(declared)).exclude(value="")
            rows.writerows([sheet.unit_id, one.measure, one.value, one.year] for one in figures.order_by("pk"))
    with (folder / "entries.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["unit", "item", "state", "self_points", "reason"])
        for sheet in sheets:
            for one in Entry.objects.filter(sheet=sheet).order_by("position"):
                state = "" if one.state in ("unanswered", "answered") else one.state
                if state or one.self_points:
                    rows.writerow([sheet.unit_id, one.item_code, state, one.self_points, "Minh họa" if state else ""])
                elif not Figure.objects.filter(unit=sheet.unit_id).exclude(value="").exists():
                    rows.writerow([sheet.unit_id, one.item_code, "unanswered", "", ""])
    return ["--figures", str(folder / "figures.csv"), "--entries", str(folder / "entries.csv")]


def computed_outside(folder: Path, group: CycleGroup) -> dict[int, tuple[Fraction, Fraction, Fraction]]:
    """Points, maximum and index of every sheet of a group, as ``parindex score`` gives them."""
    folder.mkdir()
    (folder / "set.yaml").write_text(group.set_version.content, encoding="utf-8")
    tables = exported(folder, list(ScoreSheet.objects.filter(group=group).order_by("position")))
    done = run("score", "--set", str(folder / "set.yaml"), *tables, "--format", "json")
    assert done.code in (0, 1), done.err
    return {
        int(one["unit"]): tuple(
            exact_number(one.get(f"{name}_exact") or one[name]) for name in ("points", "max_points", "index")
        )
        for one in done.data["units"]
    }  # type: ignore[return-value]


def test_every_sheet_of_the_demonstration_is_one_number(demonstration: None, tmp_path: Path) -> None:
    auditor = browser("kiem-toan")
    seen = 0
    for group in CycleGroup.objects.select_related("set_version").order_by("pk"):
        outside = computed_outside(tmp_path / str(group.pk), group)
        made = frozen_set(group.set_version).criteria_set
        for sheet in ScoreSheet.objects.filter(group=group).select_related("cycle", "group__set_version"):
            review = review_of(sheet)
            unit = review.result.unit(0)
            assert unit.index is not None
            number = (unit.points, unit.max_points, unit.index)
            # what autosave stored, item by item, the lines of the table, the command line
            require_consistent(review)
            assert (exact_number(sheet.points), exact_number(sheet.max_points)) == number[:2], sheet.unit_name
            total = total_of(review.areas)
            assert (total.points, total.assessed, total.per_cent) == number, sheet.unit_name
            assert outside[sheet.unit_id] == number, sheet.unit_name
            # the claim alone, and with its set
            text = claim_text(review)
            claim = parse_claim(text)
            sums = sums_of(claim)
            assert (sums.points, sums.max_points, sums.index) == (claim.points, claim.max_points, claim.index) == number
            anew = recomputed(claim, made)
            assert (anew.unit.points, anew.unit.max_points, anew.unit.index, anew.different) == (*number, ())
            assert (list(anew.areas), anew.unit.grade) == (claim.areas, claim.grade), sheet.unit_name
            # the page and the paper print it alike
            printed = f"{points_text(unit.points)} / {points_text(unit.max_points)}"
            page = html.unescape(auditor.get(f"/sheets/{sheet.pk}/submit/").text)
            assert f'<p class="figure-xl">{percent(unit.index)}</p>' in page, sheet.unit_name
            assert f"<dd>{printed}</dd>" in page, sheet.unit_name
            assert f'<td class="num" data-l="Điểm tự đánh giá">{points_text(unit.points)}</td>' in page
            signer = User.objects.get(username="lanh-dao-tinh")
            receipt = Submission(
                sheet=sheet, number=1, submitted_by=signer, submitted_at=now(), claim=text,
                fingerprint=fingerprint_of(text), log_sequence=1, log_hash="0" * 64,
            )  # fmt: skip
            claimed = receipt_paper(receipt_of(receipt, sheet, "")).claims[0]
            equation = f"{points_text(unit.points)}/{points_text(unit.max_points)} {equals(unit.index)} "
            assert equation + index_text(unit.index) in claimed, sheet.unit_name
            seen += 1
    assert seen == 31


def test_a_base_year_that_a_rule_names_counts_in_the_claim(demonstration: None) -> None:
    sheet = ScoreSheet.objects.get(cycle__year=2020)
    data = json.loads(claim_text(review_of(sheet)))
    years = {one["year"] for one in data["figures"]}
    assert 2015 in years
    items = {one["code"]: one for one in data["items"]}
    assert items["4.1.3"]["points"] == Entry.objects.get(sheet=sheet, item_code="4.1.3").points != ""


def test_what_the_demonstration_calls_submitted_was_signed(demonstration: None) -> None:
    submitted = ScoreSheet.objects.filter(state="submitted")
    assert submitted.count() == 5
    for sheet in submitted:
        made = Submission.objects.get(sheet=sheet, withdrawn_at=None)
        page = browser("kiem-toan").get(f"/submissions/{made.pk}/")
        assert "Còn hiệu lực." in page.text
        assert made.submitted_at < now()
    returned = Submission.objects.filter(sheet__state="returned", sheet__cycle__state="open")
    assert [made.withdrawn_at is None for made in returned] == [False]


def test_stored_points_that_do_not_follow_are_not_signed(demonstration: None) -> None:
    entry = Entry.objects.get(sheet__unit__code="dien-bien", sheet__cycle__year=2024, item_code="6.1.1")
    Entry.objects.filter(pk=entry.pk).update(points="0.1")
    part = SheetPart.objects.get(pk=entry.part_id)
    leader = User.objects.get(username="lanh-dao-tinh")
    with pytest.raises(Exception, match="claim_inconsistent"):
        submissions.submit_part(
            by=session_of(leader, now()), at=now(), part_id=part.pk, incomplete_reason="Chưa có tài liệu"
        )
    client = browser("lanh-dao-tinh")
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/parts/{part.pk}/sign/")
    assert page.status_code == 200
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)
    assert seen is not None
    answer = client.post(f"/parts/{part.pk}/sign/", {"seen": seen[1], "reason": "Chưa có tài liệu"})
    assert "mục 6.1.1 khác điểm tính lại" in answer.text
    assert not Submission.objects.filter(part=part).exists()


def test_a_new_sheet_begins_with_the_figures_that_the_unit_has_reported(made: World) -> None:
    """A figure is entered once: a second cycle of the same year has its points from the start."""
    enter_everything(made.sheet)
    office = made.session("standing_office")
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kiểm tra giữa năm", year=2025,
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    units = (made.department.pk, made.other_department.pk)
    group = NewGroup("departments", "Sở, ngành", made.version.pk, units)
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=group)
    sheet, other = ScoreSheet.objects.filter(cycle=cycle).order_by("position")
    points = dict(Entry.objects.filter(sheet=sheet).values_list("item_code", "points"))
    assert points == {"1.1": "1", "1.2": "", "2.1": "1.5", "2.2": "1", "3.1": ""}
    assert (sheet.points, sheet.max_points, sheet.items_done, sheet.items_without_evidence) == ("3.5", "7", 2, 1)
    assert (other.points, other.max_points, other.items, other.items_done) == ("0", "7", 4, 0)
    for one in (sheet, other):
        review = review_of(one)
        require_consistent(review)
        assert review.result.unit(0).points == exact_number(one.points)
