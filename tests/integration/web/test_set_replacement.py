"""A set replaced inside the year: what it means, what is kept, what is set aside, and that nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.parts_world import parts_world
from tests.factories.world import World, frozen_of, now, unit

from parindex.database.models import (
    AuditRecord,
    Comment,
    CriteriaSet,
    CriteriaSetVersion,
    Entry,
    ReplacedEntry,
    ScoreSheet,
)
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, parse_criteria_set
from parindex.domain.criteria.criteria_set import Node, Source
from parindex.usecases import audit_log, submissions
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.replacement_plans import Fate, replacement_plan
from parindex.usecases.typed_values import Typed, digest

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


@pytest.fixture
def replaced(made: World) -> CriteriaSetVersion:
    """The frozen correction of the set of this world."""
    return corrected(made)


def corrected(made: World) -> CriteriaSetVersion:
    """A frozen correction: 2.1 worth 3, 2.2 gone, 1.2 renumbered 1.3, a new 2.3."""
    text = made.version.content
    text = text.replace('code: "1.2"', 'code: "1.3"')
    made_set = parse_criteria_set(text)
    area = made_set.areas[1]
    first = replace(area.children[0], max_points=Fraction(3))
    new = Node("2.3", "Rà soát thủ tục hành chính", Fraction(1), source=Source.REPORT)
    changed = replace(
        made_set,
        title="Bộ đã đính chính",
        areas=(made_set.areas[0], replace(area, children=(first, new)), made_set.areas[2]),
    )
    return frozen_of(made.version.criteria_set, changed, made.people["standing_office"], number=2)


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


@pytest.mark.django_db
def test_a_signed_part_is_never_changed() -> None:
    """A part that its leader has signed names the set; the page says so, the act refuses until it is returned."""
    parts = parts_world()
    parts.fill("1.1", "1.2", "2.1", "2.2")
    made, replaced = parts.made, corrected(parts.made)
    office, part = parts.session("standing_office"), parts.part("so-tu-phap")
    receipt = submissions.submit_part(by=parts.session("other_leader"), at=now(), part_id=part.pk)
    points = list(Entry.objects.filter(part=part).order_by("pk").values_list("item_code", "points"))
    group = parts.sheet.group
    client = Client()
    client.force_login(made.people["standing_office"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/sets/replace/{group.pk}/?to={replaced.pk}").text
    assert "phần Sở Tư pháp chủ trì đã ký" in page
    assert "Lý do thay" not in page
    answer = client.post(f"/sets/replace/{group.pk}/", {"to": replaced.pk, "reason": "Sửa"})
    assert answer.status_code == 422
    assert "Có phần đã ký: Sở Tư pháp (phiếu của UBND tỉnh). Trả lại các phần này" in answer.text
    assert list(Entry.objects.filter(part=part).order_by("pk").values_list("item_code", "points")) == points
    # returned first: the receipt no longer holds and says why, then the set is replaced
    submissions.return_part(by=office, at=now(), part_id=part.pk, reason="Bộ tiêu chí được đính chính")
    receipt.refresh_from_db()
    assert receipt.withdrawn_reason == "Bộ tiêu chí được đính chính"
    assert client.post(f"/sets/replace/{group.pk}/", {"to": replaced.pk, "reason": "Sửa"}).status_code == 302


@pytest.mark.parametrize("maximum", ["1", "3"])
def test_points_out_of_another_maximum_are_taken_off_and_logged(
    made: World, entered: None, as_person: Person, maximum: str
) -> None:
    smaller = made.version.content.replace("max_points: 2\n", f"max_points: {maximum}\n")
    assert smaller != made.version.content
    version = CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=2, state="frozen", title="Nhỏ hơn", year=2025, content=smaller,
        fingerprint=fingerprint(parse_criteria_set(smaller)), created_by=made.people["standing_office"],
        created_at=now(),
    )  # fmt: skip
    group = made.cycle.groups.get()
    as_person("standing_office").post(f"/sets/replace/{group.pk}/", {"to": version.pk, "reason": "Giảm điểm"})
    entry = Entry.objects.get(sheet=made.sheet, item_code="1.2")
    assert (entry.self_points, entry.state, entry.explanation) == ("", "unanswered", "Hai sáng kiến")
    logged = AuditRecord.objects.get(action="replace_entry", object_id=str(entry.pk))
    assert '"self_points": "1.5"' in logged.before


def test_a_unit_that_had_not_begun_has_not_begun_by_a_replacement(
    made: World, entered: None, replaced: CriteriaSetVersion, as_person: Person
) -> None:
    office = as_person("standing_office")
    before = re.findall(
        r"Chưa bắt đầu <b>(\d+)</b>|Đang nhập <b>(\d+)</b>", office.get(f"/cycles/{made.cycle.pk}/").text
    )
    office.post(f"/sets/replace/{made.cycle.groups.get().pk}/", {"to": replaced.pk, "reason": "Đính chính"})
    for sheet, acts in ((made.sheet, "set_replaced"), (made.other_sheet, "")):
        sheet.refresh_from_db()
        assert (sheet.last_act, sheet.last_act_at is None) == (acts, not acts)
    after = re.findall(
        r"Chưa bắt đầu <b>(\d+)</b>|Đang nhập <b>(\d+)</b>", office.get(f"/cycles/{made.cycle.pk}/").text
    )
    assert after == before


def test_the_page_of_the_new_version_leads_to_the_cycles_of_the_old_one(
    made: World, replaced: CriteriaSetVersion, as_person: Person
) -> None:
    group = made.cycle.groups.get()
    page = as_person("standing_office").get(f"/sets/versions/{replaced.pk}/").text
    assert f'{group.cycle.title}, {group.title}: phiên bản 1 · <a href="/sets/replace/{group.pk}/">' in page


# --- what was set aside ----------------------------------------------------------------------------------------------


@pytest.fixture
def moved(made: World, replaced: CriteriaSetVersion, entered: None, as_person: Person) -> CriteriaSetVersion:
    """The group has moved to the correction."""
    group = made.cycle.groups.get()
    as_person("standing_office").post(f"/sets/replace/{group.pk}/", {"to": replaced.pk, "reason": "Công văn 12/BNV"})
    return replaced


def test_the_unit_reads_what_it_had_entered_and_where_it_went(
    made: World, moved: CriteriaSetVersion, as_person: Person
) -> None:
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/replaced/").text
    assert "Công văn 12/BNV" in page
    aside = page[page.index("Cất riêng, không tính điểm") : page.index("Giữ trong phiếu")]
    assert "Theo báo cáo 5" in aside
    assert "<dd>300" in aside  # the figure that stays with the unit
    assert "Xem lại số này" in aside  # said inside the unit
    kept = page[page.index("Giữ trong phiếu") : page.index("Mục mới phải nhập")]
    assert f'href="/sheets/{made.sheet.pk}/items/1.3/"' in kept
    assert "(2 → 3)" in kept
    assert f'href="/sheets/{made.sheet.pk}/items/2.3/"' in page[page.index("Mục mới phải nhập") :]


def test_remarks_inside_the_unit_stay_inside(made: World, moved: CriteriaSetVersion, as_person: Person) -> None:
    for name in ("standing_office", "auditor"):
        page = as_person(name).get(f"/sheets/{made.sheet.pk}/replaced/").text
        assert "Theo báo cáo 5" in page
        assert "Xem lại số này" not in page
    assert as_person("stranger").get(f"/sheets/{made.sheet.pk}/replaced/").status_code == 403
    assert as_person("colleague").get(f"/sheets/{made.sheet.pk}/replaced/").status_code == 200
    assert as_person("appraiser").get(f"/sheets/{made.sheet.pk}/replaced/").status_code == 403  # not submitted


def test_the_cycle_tells_which_units_had_entered_something(
    made: World, moved: CriteriaSetVersion, as_person: Person
) -> None:
    office = as_person("standing_office")
    assert f'href="/cycles/{made.cycle.pk}/replaced/"' in office.get(f"/cycles/{made.cycle.pk}/").text
    page = office.get(f"/cycles/{made.cycle.pk}/replaced/").text
    rows = re.findall(r'/sheets/(\d+)/replaced/">([^<]+)</a></th>.*?class="num"[^>]*>([^<]+)</td>', page, re.DOTALL)
    assert sorted(rows) == [(str(made.sheet.pk), "Sở Y tế", "1"), (str(made.other_sheet.pk), "Sở Tư pháp", "–")]
    assert as_person("owner").get(f"/cycles/{made.cycle.pk}/replaced/").status_code == 403
    note = as_person("owner").get(f"/sheets/{made.sheet.pk}/items/").text
    assert f'href="/sheets/{made.sheet.pk}/replaced/"' in note


def test_where_nothing_was_replaced_the_pages_say_so(made: World, as_person: Person) -> None:
    assert "chưa thay lần nào" in as_person("owner").get(f"/sheets/{made.sheet.pk}/replaced/").text
    assert "Chưa thay bộ tiêu chí lần nào" in as_person("auditor").get(f"/cycles/{made.cycle.pk}/replaced/").text
    assert "/replaced/" not in as_person("owner").get(f"/sheets/{made.sheet.pk}/items/").text


def test_a_second_replacement_leads_to_today_only_from_itself(
    made: World, moved: CriteriaSetVersion, as_person: Person
) -> None:
    group = made.cycle.groups.get()
    as_person("standing_office").post(f"/sets/replace/{group.pk}/", {"to": made.version.pk, "reason": "Quay lại"})
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/replaced/").text
    first = page[page.index("Công văn 12/BNV") :]
    assert "Theo báo cáo 5" in first
    assert "/items/1.3/" not in first  # the sheet no longer has it
    assert f'href="/sheets/{made.sheet.pk}/items/1.2/"' in page[: page.index("Công văn 12/BNV")]


def test_the_number_of_queries_does_not_grow_with_the_sheets(
    made: World, moved: CriteriaSetVersion, as_person: Person
) -> None:
    client = as_person("standing_office")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/cycles/{made.cycle.pk}/replaced/").status_code == 200
        return len(found)

    both = queries()
    group = made.cycle.groups.get()
    for number in range(3):
        one = unit(f"phong-{number}", f"Phòng {number}", "division", made.province)
        ScoreSheet.objects.create(
            cycle=made.cycle, group=group, unit=one, unit_name=f"Phòng {number}", unit_path=f"tinh/phong-{number}"
        )
    assert queries() == both


def test_sets_with_most_items_in_common_come_first_and_another_kind_is_warned_of(
    made: World, replaced: CriteriaSetVersion, as_person: Person
) -> None:
    titles = (f"Việc riêng thứ {number}" for number in count(1))

    def another(node: Node) -> Node:
        children = tuple(another(one) for one in node.children)
        return replace(node, code=f"9{node.code}", title=next(titles), children=children)

    known = parse_criteria_set(made.version.content)
    other_set = replace(known, areas=tuple(another(one) for one in known.areas))
    family = CriteriaSet.objects.create(owner=made.province, code="a-bo-cap-xa")
    other = CriteriaSetVersion.objects.create(
        criteria_set=family, number=1, state="frozen", title="Bộ cấp xã", year=2026,
        content=dump_criteria_set(other_set), fingerprint=fingerprint(other_set),
        created_by=made.people["standing_office"], created_at=now(), frozen_by=made.people["standing_office"],
        frozen_at=now(),
    )  # fmt: skip
    client, group = as_person("standing_office"), made.cycle.groups.get()
    page = client.get(f"/sets/replace/{group.pk}/?to={replaced.pk}").text
    assert page.index(f'<option value="{replaced.pk}"') < page.index(f'<option value="{other.pk}"')
    assert "0 mục trùng mã và tên" in page
    assert "Hai bộ ít mục trùng nhau." not in page
    assert "Hai bộ ít mục trùng nhau." in client.get(f"/sets/replace/{group.pk}/?to={other.pk}").text


def test_a_version_that_says_the_same_replaces_nothing(made: World, as_person: Person) -> None:
    office, group = made.people["standing_office"], made.cycle.groups.get()
    alike = frozen_of(made.version.criteria_set, parse_criteria_set(made.version.content), office, number=2)
    client, url = as_person("standing_office"), f"/sets/replace/{group.pk}/"
    page = client.get(url, {"to": alike.pk}).text
    assert "Hai phiên bản không khác nhau." in page
    assert "Lý do thay" not in page
    answer = client.post(url, {"to": alike.pk, "reason": "Công văn 12/BNV"})
    assert answer.status_code == 422
    assert "không khác gì bộ nhóm đang dùng nên không có gì để thay" in answer.text
    assert 'href="#to"' in answer.text
    group.refresh_from_db()
    assert (group.set_version_id, group.replacements.count()) == (made.version.pk, 0)
    assert not AuditRecord.objects.filter(action="replace_set").exists()
