"""What points of a survey were made of: from the table of the command through publication into the bundle."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.bundles import signing_key
from tests.factories.published_world import PublishedWorld, finalised, published
from tests.factories.surveyed_world import WAY, declare, declared, surveyed_world
from tests.factories.world import now
from tests.integration.cli.running import run
from tests.integration.cli.survey_data import design, written
from tests.integration.web.appraisers import address, browser
from tests.integration.web.test_corrections import attempt, change

from parindex.database.models import AuditRecord, GivenPoints, Publication
from parindex.documents.bundles.verification import Verification, verified
from parindex.documents.bundles.writer import write_bundle
from parindex.domain.errors import InvalidInput
from parindex.domain.publication.bundle import BundleEstimate, BundlePart
from parindex.domain.values import Rounding
from parindex.usecases import bundle_contents
from parindex.usecases.bundle_contents import contents_of
from parindex.usecases.given_points import give_points, withdraw_points
from parindex.usecases.given_rows import GivenRow
from parindex.usecases.replacement_plans import replacement_plan
from parindex.wording.problems import message, remedy

pytestmark = [pytest.mark.django_db, pytest.mark.both]
UNITS = {"01": "so-y-te", "02": "so-tu-phap"}


@pytest.fixture
def made() -> Iterator[AppraisalWorld]:
    yield surveyed_world()
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


def table_of_the_command(made: AppraisalWorld, folder: Path, suffix: str = ".csv") -> Path:
    """What ``survey points`` writes for the units of the world, by the set of its cycle."""

    def of_units(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["province"] = UNITS[row["province"]]

    held, out = folder / "set.yaml", folder / f"points{suffix}"
    held.write_text(made.cycle.groups.get().set_version.content, "utf-8")
    files = ["--data", written(folder, of_units), "--design", design(folder)]
    assert run("survey", "points", "--set", str(held), *files, "--out", str(out)).code == 0
    return out


def take(client: Client, made: AppraisalWorld, table: Path) -> Any:
    """The preview of a table, and the answer to its button."""
    where = f"/cycles/{made.cycle.pk}/survey-points/"
    page = client.post(where, {"file": SimpleUploadedFile(table.name, table.read_bytes())})
    assert page.status_code == 200, page.text
    hidden = dict(re.findall(r'name="(digest|seen)" value="([0-9a-f]+)"', page.text))
    return page.text, client.post(where, hidden)


def row(
    line: int = 1,
    unit: str = "so-y-te",
    points: str = "2,4",
    *,
    estimate: str = "0,8",
    answers: str = "24",
    error: str = "",
) -> GivenRow:
    return GivenRow(line, unit, "3.1", points, error, "Điều tra", estimate=estimate, answers=answers)


def give(made: AppraisalWorld, *rows: GivenRow, name: str = "survey_staff") -> int:
    return give_points(by=made.session(name), at=now(), cycle_id=made.cycle.pk, rows=rows)


def problems_of(made: AppraisalWorld, *rows: GivenRow) -> Sequence[Any]:
    with pytest.raises(InvalidInput) as caught:
        give(made, *rows)
    return caught.value.problems


def bundle_of(publication: Publication, folder: Path) -> Verification:
    path = folder / f"{publication.number}.parindex.zip"
    write_bundle(path, contents_of(publication), signing_key())
    return verified(path)


def publication_of(made: AppraisalWorld) -> Publication:
    finalised(made.made)
    return published(made.made)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_table_of_the_command_goes_through_to_a_bundle_that_is_recomputed(
    made: AppraisalWorld, tmp_path: Path, suffix: str
) -> None:
    preview, taken = take(browser(made, "survey_staff"), made, table_of_the_command(made, tmp_path, suffix))
    assert (taken.status_code, "ước lượng: <del>–</del> <ins>0,606666666667</ins>" in preview) == (302, True)
    standing = GivenPoints.objects.filter(withdrawn_at=None).order_by("entry__sheet__position")
    kept = list(standing.values_list("estimate", "answers"))
    assert kept == [("0.606666666667", 24), ("0.605", 24)]
    record = AuditRecord.objects.filter(action="give_points").latest("pk")
    assert '"answers": "24"' in record.after
    found = bundle_of(publication_of(made), tmp_path)
    assert (found.holds, dict(found.counts)["surveyed_followed"], found.surveyed.all) == (True, 2, 2)
    assert BundlePart.ESTIMATES in found.parts.compared
    estimates = {one.unit: one for one in found.bundle.estimates or ()}
    assert [(estimates[unit].estimate, estimates[unit].answers) for unit in UNITS.values()] == kept


def test_what_is_there_is_shown_to_who_oversees_the_council_the_unit_and_the_public(made: AppraisalWorld) -> None:
    give(made, row(estimate="0,8", answers="1.250"), row(2, "so-tu-phap", "1,95", estimate="", answers=""))
    shown = "ước lượng 0,8 từ 1.250 câu trả lời"
    for name in ("survey_staff", "auditor", "appraiser"):
        page = browser(made, name).get(f"/cycles/{made.cycle.pk}/given-points/").text
        assert ('data-l="Ước lượng">0,8<' in page, 'data-l="Số câu trả lời">1.250<' in page) == (True, True)
        assert 'data-l="Ước lượng">–<' in page
    one = GivenPoints.objects.get(estimate="0.8")
    assert f"({shown})" in browser(made, "chair").get(f"/cycles/{made.cycle.pk}/given-points/{one.pk}/withdraw/").text
    item = browser(made, "appraiser").get(address(made, "3.1")).text
    assert ("Điều tra cho" in item, shown in item, "Chấm từ điều tra" in item) == (True, True, True)
    for name in ("owner", "colleague"):
        before = browser(made, name).get(f"/sheets/{made.sheet.pk}/items/3.1/").text
        assert shown not in before
    publication = publication_of(made)
    public = Client().get(f"/results/{publication.cycle_id}/so-y-te/3.1/").text
    assert f"; {shown}" in public
    for name in ("owner", "colleague"):
        assert shown in browser(made, name).get(f"/sheets/{made.sheet.pk}/items/3.1/").text
    assert browser(made, "stranger").get(f"/sheets/{made.sheet.pk}/items/3.1/").status_code == 403


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        (
            {"points": "2,41"}, "points_not_followed",
            "Mục 3.1 của Sở Y tế: ước lượng 0,8 cho 2,4 điểm, bảng ghi 2,41.",
        ),
        ({"points": "2,51", "estimate": "0,836666666667"}, None, ""),  # 2,510000000001 rounded
        ({"estimate": "1,2"}, "estimate_off_range", "Ước lượng “1,2” không từ 0 đến 1."),
        ({"estimate": "-0,8"}, "estimate_off_range", "Ước lượng “-0,8” không từ 0 đến 1."),
        ({"estimate": "tám"}, "estimate_unreadable", "Ước lượng “tám” không phải là số."),
        ({"estimate": "4/5"}, None, ""),
        ({"estimate": "80%"}, None, ""),
        (
            {"estimate": "0,8000000000001"}, "estimate_too_exact",
            "Ước lượng “0,8000000000001” có quá 12 chữ số sau dấu phẩy.",
        ),
        ({"estimate": "2/3"}, "estimate_too_exact", "Ước lượng “2/3” có quá 12 chữ số sau dấu phẩy."),
        (
            {"answers": "-3"}, "answers_unreadable",
            "Số câu trả lời “-3” không phải là số nguyên từ 0 trở lên.",
        ),
        (
            {"answers": "24,5"}, "answers_unreadable",
            "Số câu trả lời “24,5” không phải là số nguyên từ 0 trở lên.",
        ),
        (
            {"answers": "19"}, "answers_too_few",
            "Mục 3.1 của Sở Y tế: điểm suy từ 19 câu trả lời, bộ tiêu chí đòi ít nhất 20.",
        ),
        (
            {"estimate": "", "answers": "19"}, "answers_too_few",
            "Mục 3.1 của Sở Y tế: điểm suy từ 19 câu trả lời, bộ tiêu chí đòi ít nhất 20.",
        ),
        (
            {"error": "3,01"}, "error_off_range",
            "Mục 3.1 của Sở Y tế: sai số chuẩn “3,01” không từ 0 đến 3, điểm tối đa của mục.",
        ),
        ({"error": "3", "answers": ""}, None, ""),
        ({"answers": ""}, None, ""),
        ({"points": "2,41", "estimate": ""}, None, ""),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused_with_what_to_do(
    made: AppraisalWorld, more: dict[str, str], kind: str | None, words: str
) -> None:
    if kind is None:
        assert give(made, row(**more)) == 1
        return
    (one,) = problems_of(made, row(**more))
    assert (one.kind, message(one), one.place.row) == (f"given_{kind}", words, 1)
    assert "{" not in remedy(one)
    assert "…" not in remedy(one)
    assert not GivenPoints.objects.exclude(estimate="").exists()


def test_the_same_again_says_nothing_new_and_another_estimate_does(made: AppraisalWorld) -> None:
    assert give(made, row()) == 1
    assert give(made, row(estimate="0,80", answers=" 24 ")) == 0
    assert give(made, row(answers="25")) == 1
    standing = GivenPoints.objects.get(entry=made.entry("3.1"), withdrawn_at=None)
    withdraw_points(by=made.session("standing_office"), at=now(), given_id=standing.pk, reason="Nhầm cuộc")
    assert give(made, row()) == 1
    kept = GivenPoints.objects.filter(entry=made.entry("3.1"), estimate="0.8").order_by("pk")
    assert [(one.answers, one.withdrawn_at is None) for one in kept] == [(24, False), (25, False), (24, True)]


def test_some_with_and_some_without_say_how_many_through_a_correction(made: AppraisalWorld, tmp_path: Path) -> None:
    give(made, row(), row(2, "so-tu-phap", "1,95", estimate="", answers=""))
    finalisation = finalised(made.made)
    first = published(made.made)
    found = bundle_of(first, tmp_path)
    (note,) = [one for one in found.notes if one.kind == "estimates_not_followed"]
    assert (found.holds, note.facts["followed"], note.facts["all"]) == (True, 1, 2)
    assert message(note).startswith("Tính lại 1 trên 2 điểm khảo sát từ ước lượng; 1 điểm không kèm ước lượng")
    world = PublishedWorld(made.made, finalisation, first, made)
    corrected = attempt(world, change(world))
    again = bundle_of(corrected, tmp_path)
    assert (again.holds, again.surveyed.followed, again.bundle.estimates) == (True, 1, found.bundle.estimates)


def test_what_was_finalised_before_has_no_estimates(
    made: AppraisalWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(made, row())
    read = bundle_contents.public_detail

    def older(*of: Any) -> dict[str, Any]:
        detail = read(*of)
        for item in detail["items"].values():
            del item["survey_estimate"], item["survey_answers"]
        return detail

    monkeypatch.setattr(bundle_contents, "public_detail", older)
    found = bundle_of(publication_of(made), tmp_path)
    group = made.sheet.group.code
    assert (found.bundle.estimates or ())[1] == BundleEstimate(group, "so-y-te", "3.1", "2.4", "", "")
    assert (found.holds, found.surveyed.followed, found.surveyed.all) == (True, 0, 2)


def test_points_that_no_longer_follow_are_given_again_when_the_set_is_corrected(made: AppraisalWorld) -> None:
    give(made, row(points="1,6667", estimate="0,555566666667"), row(2, "so-tu-phap", "1,95", estimate=""))
    group = made.cycle.groups.get()
    finer, more = replace(WAY, rounding=Rounding(2)), replace(WAY, minimum=25)
    assert replacement_plan(group, declared(made, replace(WAY, clause="Điều 3"), 3)).given == []
    kept = GivenPoints.objects.get(entry=made.entry("3.1"), withdrawn_at=None)
    assert replacement_plan(group, declared(made, finer, 4)).given == [kept.pk]
    declare(made, more, 5)
    assert not GivenPoints.objects.filter(withdrawn_at=None).exists()  # 24 answers, with an estimate and without
