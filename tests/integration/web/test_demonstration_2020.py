"""The year 2020 of the province, taken through every act: what the paper prints stands at the end, and how it came."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from tests.factories.demonstration import loaded

from parindex.database.models import (
    Entry,
    GivenPoints,
    ItemAppraisal,
    Opinion,
    OutsideResult,
    Publication,
    Question,
    ScoreSheet,
    Submission,
    UnitResult,
)
from parindex.domain.values import exact_number
from parindex.usecases import audit_log
from parindex.wording.moments import VIET_NAM, local_day
from parindex.wording.numbers import percent

pytestmark = pytest.mark.django_db
NOT_PRINTED = "Minh họa: phiếu công bố không in đơn vị, thời điểm cho ý kiến"
PAPERS = Path(str(files("parindex"))) / "data" / "examples" / "dien-bien-2020"


def paper(name: str) -> dict[str, dict[str, str]]:
    with (PAPERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["item"]: row for row in csv.DictReader(file)}


@pytest.fixture
def sheet(settings) -> ScoreSheet:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    loaded()
    return ScoreSheet.objects.get(cycle__year=2020)


def test_the_index_is_the_published_one(sheet: ScoreSheet) -> None:
    result = UnitResult.objects.get(sheet=sheet)
    assert (exact_number(result.points), exact_number(result.max_points)) == (Fraction("84.68919"), Fraction(100))
    assert percent(exact_number(result.index)) == "84,69%"
    assert OutsideResult.objects.get(unit=sheet.unit, year=2020).index == "84.69"  # as the ministry published it
    made = Publication.objects.get(cycle=sheet.cycle)
    assert (made.decision_number, made.decision_date) == ("641/QĐ-BNV", date(2021, 5, 25))
    assert (sheet.cycle.state, sheet.state) == ("published", "final")
    assert all(proof.broken == () for proof in audit_log.verify())


def test_claims_and_explanations_are_the_papers(sheet: ScoreSheet) -> None:
    entries = {one.item_code: one for one in Entry.objects.filter(sheet=sheet)}
    claimed = {code: row["self_points"] for code, row in paper("entries").items() if row["self_points"]}
    assert entries["1.6"].self_points == claimed.pop("1.6") == "0"  # claimed, though the Government Office gives it
    assert {code: one.points for code, one in entries.items() if one.points} == claimed
    assert sum(map(Fraction, claimed.values())) == Fraction("56.2967")
    explained = {code: row["explanation"] for code, row in paper("explanations").items()}
    assert {code: one.explanation for code, one in entries.items() if one.explanation} == explained


def test_every_point_granted_is_the_papers(sheet: ScoreSheet) -> None:
    stands = {one.item_code: one for one in ItemAppraisal.objects.filter(sheet=sheet)}
    assert Counter(one.state for one in stands.values()) == {"accepted": 84, "adjusted": 4, "surveyed": 26}
    granted = {code: one.points for code, one in stands.items() if one.points}
    assert granted == {code: row["points"] for code, row in paper("opinions").items() if row["kind"] != "survey"}
    given = {one.entry.item_code: one.points for one in GivenPoints.objects.filter(entry__sheet=sheet)}
    assert given == {code: row["points"] for code, row in paper("points").items()}


def test_opinions_are_kept_with_level_words_body_and_time(sheet: ScoreSheet) -> None:
    opinions = Opinion.objects.filter(entry__sheet=sheet).exclude(kind="ask").order_by("pk")
    assert {one.level for one in opinions} == {2}
    first: dict[str, Opinion] = {}
    for one in opinions:
        first.setdefault(one.entry.item_code, one)
    printed = {code: row for code, row in paper("opinions").items() if row["kind"] != "survey"}
    assert {code: (one.kind, one.reason, one.body) for code, one in first.items()} == {
        code: (row["kind"], row["opinion"], row["body"] or NOT_PRINTED) for code, row in printed.items()
    }
    assert [code for code, one in first.items() if local_day(one.at) == date(2021, 4, 7)] == ["5.6"]
    assert first["5.6"].given_at == datetime(2021, 4, 7, 13, 39, tzinfo=VIET_NAM)
    assert [code for code, one in first.items() if one.given_at] == ["5.6"]


def test_the_provisional_opinion_stays_and_what_settled_it_says_that_it_is_ours(sheet: ScoreSheet) -> None:
    said = Opinion.objects.filter(entry__sheet=sheet, entry__item_code="1.3.2").order_by("pk")
    assert [one.kind for one in said] == ["ask", "accept_provisionally", "accept"]
    assert said[1].reason == "Tạm thời đồng ý, sẽ rà soát, đánh giá lại."
    assert said[2].reason.startswith("Minh họa: ")
    assert said[0].body == said[2].body == "Minh họa: phiếu công bố không in ý kiến này"
    assert Opinion.objects.filter(entry__sheet=sheet).count() == 8 + 88 + 1


def test_further_explanations_were_asked_for_and_signed(sheet: ScoreSheet) -> None:
    asked = {one.entry.item_code: one for one in Question.objects.filter(entry__sheet=sheet)}
    answers = {code: row["explanation"] for code, row in paper("further_explanations").items()}
    assert {code: one.answer for code, one in asked.items()} == answers
    assert all(one.text.startswith("Minh họa: ") and one.answered_at for one in asked.values())
    signed = Submission.objects.filter(sheet=sheet, part=None).order_by("number")
    assert len(signed) == 2


def test_the_districts_show_every_state_of_a_queue(sheet: ScoreSheet) -> None:
    cycle = ScoreSheet.objects.filter(cycle__state="appraisal").values_list("cycle", flat=True).distinct().get()
    states = Counter(ScoreSheet.objects.filter(cycle=cycle).values_list("state", flat=True))
    assert states == {"in_appraisal": 8, "locked": 1, "returned": 1}
    stands = set(ItemAppraisal.objects.filter(sheet__cycle=cycle).values_list("state", flat=True))
    assert stands == {"waiting", "accepted", "adjusted", "provisional", "disputed", "asked", "surveyed"}
    words = Opinion.objects.filter(entry__sheet__cycle=cycle).exclude(reason="").values_list("reason", flat=True)
    assert all(one.startswith("Minh họa") for one in words)
