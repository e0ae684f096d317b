"""What an opinion stands on: figures from elsewhere, verdicts on lines and documents, points that others give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from tests.factories.agency_item import give_to_agency
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.list_world import list_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser

from parindex.database.models import (
    Attachment,
    AuditRecord,
    Entry,
    ExternalFigure,
    Figure,
    FigureLine,
    Flag,
    GivenPoints,
    ItemAppraisal,
    LineVerdict,
    Opinion,
)
from parindex.domain.errors import InvalidInput
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.audit_log import verify
from parindex.usecases.document_verdicts import judge_document, verdicts_of
from parindex.usecases.external_figures import external_points, last_external, record_external, withdraw_external
from parindex.usecases.given_points import give_points, withdraw_points
from parindex.usecases.given_rows import GivenRow
from parindex.usecases.line_verdicts import judge_line, judged_lists, points_of_accepted
from parindex.usecases.opinions import Said, give_opinion
from parindex.wording.moments import local_day
from parindex.wording.problems import message, remedy
from parindex.wording.refusals import refusal_text

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def made() -> AppraisalWorld:
    return appraisal_world()


def refused(call: object, code: str) -> None:
    with pytest.raises(Refusal, match=code) as caught:
        call()  # type: ignore[operator]
    assert refusal_text(caught.value)


# --- figures from elsewhere -------------------------------------------------------------------------------------------


def record(made: AppraisalWorld, name: str = "appraiser", **changed: object) -> ExternalFigure:
    said = {"measure": "on_time", "value": "600", "source": "Cổng dịch vụ công quốc gia"} | changed
    return record_external(
        by=made.session(name),
        at=now(),
        entry_id=made.entry("2.1").pk,
        **said,  # type: ignore[arg-type]
    )


def elsewhere(entry: Entry) -> Fraction | None:
    """What the rule gives with the figures from elsewhere."""
    found = external_points(entry, last_external(entry))
    return found.rule_points if found is not None else None


def test_every_figure_from_elsewhere_is_shown_with_its_source_and_the_last_one_counts(made: AppraisalWorld) -> None:
    record(made)
    page = browser(made, "appraiser").get(address(made, "2.1")).text
    assert "số ghi sau cùng được tính" not in page
    record(made, value="300", source="Báo cáo quý III")
    page = browser(made, "appraiser").get(address(made, "2.1")).text
    table = page[page.index('id="so-lieu"') : page.index("</table>", page.index('id="so-lieu"'))]
    assert "<b>300</b>" in table
    assert "ghi trước: 600, Cổng dịch vụ công quốc gia" in table
    assert "Báo cáo quý III" in table
    assert "số ghi sau cùng được tính" in page
    assert page.count('name="withdraw"') == 2


def test_a_figure_from_elsewhere_stands_beside_the_unit_s_own(made: AppraisalWorld) -> None:
    entry = made.entry("2.1")
    assert elsewhere(entry) is None
    first = record(made)
    assert (first.value, first.year, elsewhere(entry)) == ("600", 2025, 1)
    record(made, name="secretary", value="300", source_date=local_day(now()))
    assert elsewhere(entry) == Fraction(1, 2)
    assert Figure.objects.get(unit=made.sheet.unit, measure="on_time").value == "900"
    last = ExternalFigure.objects.latest("pk")
    second = made.session("second_appraiser")
    refused(lambda: withdraw_external(by=second, at=now(), figure_id=last.pk, reason=" "), "reason_needed")
    withdraw_external(by=second, at=now(), figure_id=last.pk, reason="Nhầm nguồn")
    told = AuditRecord.objects.get(action="withdraw_external_figure")
    assert told.reason == "Nhầm nguồn"
    assert elsewhere(entry) == 1
    refused(lambda: withdraw_external(by=second, at=now(), figure_id=last.pk, reason="x"), "external_withdrawn")
    actions = list(AuditRecord.objects.order_by("-sequence").values_list("action", flat=True))[:3]
    assert actions == ["withdraw_external_figure", "record_external_figure", "record_external_figure"]
    assert made.appraisal("2.1").state == "waiting"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"measure": "online"}, "measure_of_other_item"),
        ({"value": "nhiều"}, "value_not_of_measure"),
        ({"value": "1,5"}, "value_not_of_measure"),
        ({"value": " "}, "figure_needed"),
        ({"source": ""}, "source_needed"),
        ({"source_date": local_day(now() + timedelta(days=2))}, "source_in_the_future"),
        ({"name": "owner"}, "only_council"),
        ({"name": "standing_office"}, "only_council"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(made: AppraisalWorld, changed: dict[str, object], code: str) -> None:
    refused(lambda: record(made, **changed), code)  # type: ignore[arg-type]
    assert not ExternalFigure.objects.exists()


# --- lines and documents ----------------------------------------------------------------------------------------------


@pytest.fixture
def listed(tmp_path: Path) -> AppraisalWorld:
    """Item 1.2 counts the lines of a list, three of them."""
    return list_world(tmp_path)


def test_lines_are_accepted_or_refused_one_by_one(listed: AppraisalWorld) -> None:
    entry = listed.entry("1.2")
    assert points_of_accepted(entry, judged_lists(entry)) is None
    lines = [one.line for one in judged_lists(entry)[0].lines]
    assert [one.position for one in lines] == [0, 1, 2]

    def judge(line: FigureLine, accepted: bool, reason: str = "", name: str = "appraiser") -> LineVerdict:
        return judge_line(
            by=listed.session(name), at=now(), entry_id=entry.pk, line_id=line.pk, accepted=accepted, reason=reason
        )

    judge(lines[0], True)
    assert points_of_accepted(entry, judged_lists(entry)) is None
    refused(lambda: judge(lines[1], False), "reason_needed")
    judge(lines[1], False, "Không có quyết định công nhận")
    found = points_of_accepted(entry, judged_lists(entry))
    assert found is not None
    assert (found.rule_points, judged_lists(entry)[0].counted) == (1, 2)
    refused(lambda: judge(FigureLine.objects.get(position=3), True), "not_a_list_line")
    refused(lambda: judge(lines[2], True, name="stranger"), "only_council")
    judge(lines[1], True, name="second_appraiser")
    assert points_of_accepted(entry, judged_lists(entry)) is None
    assert LineVerdict.objects.count() == 3
    said = Said(OpinionKind.ADJUST, points="0,5", reason="Còn một sáng kiến")
    assert listed.say("appraiser", "1.2", said).points == "0.5"
    assert "beyond_rule" not in AuditRecord.objects.get(action="give_opinion").after
    assert judged_lists(listed.entry("2.1")) == ()


def test_a_document_proves_an_item_or_not(made: AppraisalWorld) -> None:
    entry = made.entry("1.1")
    document = Attachment.objects.get(entry=entry).document_id

    def judge(proves: bool, reason: str = "", name: str = "appraiser", document: int = document) -> None:
        judge_document(
            by=made.session(name), at=now(), entry_id=entry.pk, document_id=document, proves=proves, reason=reason
        )

    refused(lambda: judge(False), "reason_needed")
    refused(lambda: judge(True, document=10**6), "document_not_attached")
    refused(lambda: judge(True, name="leader"), "only_council")
    judge(False, "Thiếu trang có chữ ký")
    judge(True, name="second_appraiser")
    assert {key: one.proves for key, one in verdicts_of(entry).items()} == {document: True}
    assert AuditRecord.objects.filter(action="judge_document").count() == 2


# --- points of surveys and agencies -----------------------------------------------------------------------------------


def give(made: AppraisalWorld, rows: Sequence[GivenRow], name: str = "survey_staff") -> int:
    return give_points(by=made.session(name), at=now(), cycle_id=made.cycle.pk, rows=rows)


def row(line: int, unit: str = "so-y-te", item: str = "3.1", points: str = "2,55", **more: object) -> GivenRow:
    more = {"source": "Báo cáo điều tra 2025"} | more
    return GivenRow(line, unit, item, points, **more)  # type: ignore[arg-type]


def test_points_of_a_survey_are_taken_from_a_table(made: AppraisalWorld) -> None:
    rows = [row(1, standard_error="0,08"), row(2, "so-tu-phap", points="2.1")]
    assert give(made, rows) == 2
    assert list(GivenPoints.objects.order_by("pk").values_list("given_by", "points", "standard_error")) == [
        ("survey", "2.55", "0.08"), ("survey", "2.1", ""),
    ]  # fmt: skip
    assert give(made, rows) == 0
    assert give(made, [row(1, points="2,6")], "standing_office") == 1
    assert GivenPoints.objects.count() == 3
    standing = GivenPoints.objects.get(entry=made.entry("3.1"), withdrawn_at=None)
    assert standing.points == "2.6"
    office = made.session("standing_office")
    refused(lambda: withdraw_points(by=office, at=now(), given_id=standing.pk, reason=" "), "reason_needed")
    withdraw_points(by=office, at=now(), given_id=standing.pk, reason="Nhầm đơn vị")
    refused(lambda: withdraw_points(by=office, at=now(), given_id=standing.pk, reason="x"), "given_points_withdrawn")
    assert not GivenPoints.objects.filter(entry=made.entry("3.1"), withdrawn_at=None).exists()
    assert AuditRecord.objects.filter(action="give_points").count() == 3


def test_every_problem_of_a_table_is_said_at_once_and_nothing_is_taken(made: AppraisalWorld) -> None:
    rows = [
        row(1), row(2, "so-la"), row(3, item="9.9"), row(4, item="1.1"), row(5),
        row(6, "so-tu-phap", points="3,1", standard_error="-1", source=""),
        row(7, "so-tu-phap", points="hai", source="x" * 501, source_date=local_day(now() + timedelta(days=2))),
        row(8, "so-tu-phap", points="", standard_error="ít"),
        row(9, "so-tu-phap", points="50%", standard_error="5%"), row(10, "so-la", points="1/4", source=""),
    ]  # fmt: skip
    with pytest.raises(InvalidInput) as caught:
        give(made, rows)
    assert [(one.place.row, one.kind.removeprefix("given_")) for one in caught.value.problems] == [
        (2, "unit_unknown"), (3, "item_unknown"), (4, "item_reported"), (5, "twice"),
        (6, "points_out_of_range"), (6, "source_missing"), (6, "error_unreadable"),
        (7, "twice"), (7, "points_unreadable"), (7, "source_too_long"), (7, "source_in_future"),
        (8, "twice"), (8, "points_missing"), (8, "error_unreadable"),
        (9, "twice"), (9, "points_as_share"), (9, "error_unreadable"),
        (10, "unit_unknown"), (10, "points_as_share"), (10, "source_missing"),
    ]  # fmt: skip
    assert not any("…" in message(one) or "{" in message(one) + remedy(one) for one in caught.value.problems)
    assert not GivenPoints.objects.exists()
    refused(lambda: give(made, []), "no_rows_given")
    for name in ("owner", "chair", "appraiser"):
        refused(lambda name=name: give(made, [row(1)], name), "only_survey_staff")


@pytest.fixture
def by_agency(made: AppraisalWorld, tmp_path: Path) -> AppraisalWorld:
    """An agency gives the points of item 1.2; it has not yet."""
    give_to_agency(made, tmp_path)
    return made


def test_points_of_an_agency_are_what_the_council_accepts(by_agency: AppraisalWorld) -> None:
    made = by_agency
    with pytest.raises(Refusal, match="nothing_given"):
        made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    give(made, [row(1, item="1.2", points="1,25")])
    found = made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert (found.state, found.points) == ("accepted", "1.25")
    assert ItemAppraisal.objects.get(entry=made.entry("3.1")).state == "surveyed"


def test_what_was_said_of_other_points_of_an_agency_counts_no_more(by_agency: AppraisalWorld) -> None:
    made = by_agency
    made.accept_all(but=("1.2",))
    give(made, [row(1, item="1.2", points="1,25"), row(2, "so-tu-phap", "1.2", "1")])
    seen = made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    made.say("second_appraiser", "1.2", OpinionKind.ACCEPT, made.other_sheet)
    assert (made.sheet.state, made.other_sheet.state) == ("appraised", "appraised")
    assert not Flag.objects.filter(kind="judged_differently").exists()  # other points were accepted, not granted
    give(made, [row(1, item="1.2", points="1,25", source="Công văn khác"), row(2, "so-tu-phap", "1.2", "0,5")])
    assert (made.appraisal("1.2").points, made.sheet.state) == ("1.25", "appraised")  # only the source is another
    other = made.appraisal("1.2", made.other_sheet)
    assert (other.state, other.points, made.other_sheet.state) == ("waiting", "", "in_appraisal")
    ended = Opinion.objects.get(entry=other.pk)
    assert ended.withdrawn_at is not None
    facts = [json.loads(one.after) for one in AuditRecord.objects.filter(action="give_points").order_by("pk")]
    assert [one.get("opinions") for one in facts] == [None, None, None, [ended.pk]]
    page = browser(made, "second_appraiser").get(address(made, "1.2", other=True)).text
    assert "cơ quan cho điểm khác" in page
    assert "đã hoàn tác" not in page
    given = GivenPoints.objects.get(entry=made.entry("1.2"), withdrawn_at=None)
    withdraw_points(by=made.session("survey_staff"), at=now(), given_id=given.pk, reason="Nhầm đơn vị")
    assert made.appraisal("1.2").state == "waiting"
    stale = Said(OpinionKind.ADJUST, points="0", reason="Chưa có số liệu")
    with pytest.raises(Refusal, match="appraisal_changed"):
        give_opinion(by=made.session("appraiser"), at=now(), entry_id=seen.pk, said=stale, seen=seen.version)
    with pytest.raises(Refusal, match="nothing_given"):
        made.say("appraiser", "1.2", OpinionKind.ACCEPT)
    assert not any(proof.broken for proof in verify())


def test_other_points_raise_the_flags_of_their_items_anew(by_agency: AppraisalWorld) -> None:
    entry = by_agency.entry("1.2")
    Entry.objects.filter(pk=entry.pk).update(self_points="1.5")

    def flags() -> list[str]:
        return [one.kind for one in Flag.objects.filter(entry=entry, gone_at=None)]

    give(by_agency, [row(1, item="1.2", points="1")])
    assert flags() == ["not_external_figure"]
    give(by_agency, [row(1, item="1.2", points="1,5")])
    assert flags() == []
