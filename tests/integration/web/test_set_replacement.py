"""A set replaced inside the year: what it means, what is kept, what is set aside, and that nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World, now

from parindex.database.models import (
    AuditRecord,
    Comment,
    CriteriaSetVersion,
    Entry,
    ReplacedEntry,
    ScoreSheet,
)
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, parse_criteria_set
from parindex.usecases import audit_log
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.set_replacement import Fate, replacement_plan
from parindex.usecases.typed_values import Typed, digest

Person = Callable[[str], Client]


@pytest.fixture
def replaced(made: World) -> CriteriaSetVersion:
    """A frozen correction: 2.1 worth 3, 2.2 gone, 1.2 renumbered 1.3, a new 2.3."""
    text = made.version.content
    text = text.replace('code: "1.2"', 'code: "1.3"')
    made_set = parse_criteria_set(text)
    from dataclasses import replace
    from fractions import Fraction

    from parindex.domain.criteria.criteria_set import Node, Source

    area = made_set.areas[1]
    first = replace(area.children[0], max_points=Fraction(3))
    new = Node("2.3", "Rà soát thủ tục hành chính", Fraction(1), source=Source.REPORT)
    changed = replace(made_set, areas=(made_set.areas[0], replace(area, children=(first, new)), made_set.areas[2]))
    return CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=2, state="frozen", title="Bộ đã đính chính", year=2025,
        content=dump_criteria_set(changed), fingerprint=fingerprint(changed),
        created_by=made.people["standing_office"], created_at=now(), frozen_by=made.people["standing_office"],
        frozen_at=now(),
    )  # fmt: skip


@pytest.fixture
def entered(made: World) -> None:
    """Figures, points and a remark of the first department."""
    officer = made.session("owner")

    def typed(code: str, **fields: object) -> None:
        save_entry(by=officer, at=now(), sheet_id=made.sheet.pk, item_code=code, change=Change(**fields))  # type: ignore[arg-type]

    typed("2.1", figures={"on_time": Typed("900", digest("")), "received": Typed("1200", digest(""))})
    typed("2.2", figures={"online": Typed("300", digest(""))}, explanation=Typed("Theo báo cáo 5", digest("")))
    typed("1.2", self_points=Typed("1,5", digest("")), explanation=Typed("Hai sáng kiến", digest("")))
    entry = Entry.objects.get(sheet=made.sheet, item_code="2.2")
    Comment.objects.create(
        entry=entry, audience="unit", author=made.people["owner"], author_name="Owner", author_unit="Sở Y tế",
        at=now(), body="Xem lại số này",
    )  # fmt: skip


def test_the_page_says_what_it_means_before_anything_changes(
    made: World, replaced: CriteriaSetVersion, entered: None, as_person: Person
) -> None:
    group = made.cycle.groups.get()
    plan = replacement_plan(group, replaced)
    assert {one.old.code for one in plan.of(Fate.GONE) if one.old} == {"2.2"}
    assert {one.new.code for one in plan.of(Fate.NEW) if one.new} == {"2.3"}
    assert {one.new.code for one in plan.of(Fate.MAXIMUM) if one.new} == {"2.1"}
    assert {one.new.code for one in plan.of(Fate.OTHER) if one.new} == {"1.3"}
    page = as_person("standing_office").get(f"/sets/replace/{group.pk}/?to={replaced.pk}").text
    assert "2 → 3" in page
    assert "1.2 → 1.3" in page
    assert "1 đơn vị đã nhập" in page
    assert as_person("owner").get(f"/sets/replace/{group.pk}/").status_code == 403
    assert Entry.objects.filter(sheet=made.sheet, item_code="2.2").exists()


def test_replacing_keeps_scores_anew_and_sets_aside(
    made: World, replaced: CriteriaSetVersion, entered: None, as_person: Person
) -> None:
    group = made.cycle.groups.get()
    office = as_person("standing_office")
    url = f"/sets/replace/{group.pk}/"
    assert office.post(url, {"to": replaced.pk, "reason": ""}).status_code == 422
    answer = office.post(url, {"to": replaced.pk, "reason": "Công văn 12/BNV"}, follow=True)
    assert "đã chuyển sang Bộ đã đính chính" in answer.text
    entries = {one.item_code: one for one in Entry.objects.filter(sheet=made.sheet)}
    assert list(entries) == ["1.1", "1.3", "2.1", "2.3", "3.1"]
    assert entries["2.1"].points == "2.25"  # 900 ÷ 1.200 × 3
    assert (entries["1.3"].self_points, entries["1.3"].explanation) == ("1.5", "Hai sáng kiến")
    assert entries["2.3"].state == "unanswered"
    aside = ReplacedEntry.objects.get(sheet=made.sheet)
    kept = json.loads(aside.content)
    assert (aside.item_code, kept["entry"]["explanation"]) == ("2.2", "Theo báo cáo 5")
    assert kept["beside"]["Comment"][0]["body"] == "Xem lại số này"
    sheet = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (sheet.points, sheet.max_points) == ("3.75", "7")
    assert ScoreSheet.objects.get(pk=made.other_sheet.pk).max_points == "7"
    assert AuditRecord.objects.filter(action="replace_set", reason="Công văn 12/BNV").count() == 1
    assert "Theo báo cáo 5" in AuditRecord.objects.get(action="replace_entry", before__contains="2.2").before
    assert all(not proof.broken for proof in audit_log.verify())
    # the unit goes on with the new set
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/items/2.3/")
    assert page.status_code == 200
    again = office.post(url, {"to": replaced.pk, "reason": "Lần nữa"})
    assert again.status_code == 422
    assert "đang dùng chính phiên bản này" in again.text


def test_a_signed_sheet_is_never_changed(made: World, replaced: CriteriaSetVersion, as_person: Person) -> None:
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="submitted")
    group = made.cycle.groups.get()
    answer = as_person("standing_office").post(f"/sets/replace/{group.pk}/", {"to": replaced.pk, "reason": "Sửa"})
    assert answer.status_code == 422
    assert "Có phiếu đã ký: Sở Y tế" in answer.text
    group.refresh_from_db()
    assert group.set_version_id == made.version.pk


def test_points_above_a_smaller_maximum_are_taken_off_and_logged(made: World, entered: None, as_person: Person) -> None:
    smaller = made.version.content.replace("max_points: 2\n", "max_points: 1\n")
    assert smaller != made.version.content
    version = CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=2, state="frozen", title="Nhỏ hơn", year=2025, content=smaller,
        fingerprint=fingerprint(parse_criteria_set(smaller)), created_by=made.people["standing_office"],
        created_at=now(),
    )  # fmt: skip
    group = made.cycle.groups.get()
    as_person("standing_office").post(f"/sets/replace/{group.pk}/", {"to": version.pk, "reason": "Giảm điểm"})
    entry = Entry.objects.get(sheet=made.sheet, item_code="1.2")
    assert (entry.self_points, entry.state) == ("", "unanswered")
    logged = AuditRecord.objects.get(action="replace_entry", object_id=str(entry.pk))
    assert '"self_points": "1.5"' in logged.before
