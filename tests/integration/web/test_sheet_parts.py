"""Who leads what: assignment item by item, from last year, by successors, and what keeps an item where it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import now, version_of_year

from parindex.database.models import (
    AuditRecord,
    Cycle,
    Entry,
    Phase,
    ScoreSheet,
    SheetPart,
    UnitSuccession,
    UnitVersion,
)
from parindex.domain.review.refusal import Refusal
from parindex.usecases import submissions
from parindex.usecases.claim_check import last_year_of
from parindex.usecases.claims import review_of
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.sheet_parts import assign_items, last_year_leads, record_meeting

pytestmark = pytest.mark.both

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province, divided between two departments."""
    return parts_world()


def browser(parts: PartsWorld, name: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(parts.people[name], backend=BACKEND)
    return client


def assigned(parts: PartsWorld, reason: str = "Đổi", **leads: int) -> list[SheetPart]:
    """Items given by the standing office of the body; ``i2_1`` is item 2.1."""
    codes = {name.removeprefix("i").replace("_", "."): unit for name, unit in leads.items()}
    office = parts.session("standing_office")
    return assign_items(by=office, at=now(), sheet_id=parts.sheet.pk, leads=codes, reason=reason)


def next_year(parts: PartsWorld) -> ScoreSheet:
    """The sheet of the province a year later, by the same set for that year."""
    office = parts.session("standing_office")
    cycle = Cycle.objects.create(
        owner=parts.made.province, owner_path="tinh", title="Phiếu cấp tỉnh năm 2026", year=2026,
        created_by=parts.people["standing_office"], created_at=now(),
    )  # fmt: skip
    ends = now() + timedelta(days=10)
    Phase.objects.create(cycle=cycle, kind="self_scoring", title="Tự đánh giá", ends_at=ends)
    group = NewGroup("province", "Cấp tỉnh", version_of_year(parts.made.version, 2026).pk, (parts.made.province.pk,))
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=office, at=now(), cycle_id=cycle.pk)
    return ScoreSheet.objects.get(cycle=cycle)


def leads(sheet: ScoreSheet) -> dict[str, str]:
    """Who leads each item now."""
    return dict(Entry.objects.filter(sheet=sheet).order_by("position").values_list("item_code", "part__lead_name"))


def test_last_year_s_assignment_is_taken_over(parts: PartsWorld) -> None:
    sheet = next_year(parts)
    office = browser(parts, "standing_office")
    page = office.get(f"/sheets/{sheet.pk}/parts/assign/?from=last_year").text
    assert "5 mục cùng mã và tên với năm 2025; 0 mục giữ như hiện nay." in page
    form = {"from": "last_year", "reason": "Theo phân công năm 2025"}
    assert office.post(f"/sheets/{sheet.pk}/parts/assign/", form).status_code == 302
    assert leads(sheet) == leads(parts.sheet)


def test_a_unit_that_is_gone_is_followed_by_its_only_successor(parts: PartsWorld) -> None:
    sheet = next_year(parts)
    yesterday = date.today() - timedelta(days=1)
    UnitVersion.objects.filter(unit=parts.made.other_department).update(valid_to=yesterday)
    gone = last_year_leads(sheet, now())
    assert (sorted(gone.leads), gone.unsure) == (["1.1", "1.2", "3.1"], ("2.1", "2.2"))
    UnitSuccession.objects.create(
        predecessor=parts.made.other_department, successor=parts.made.office, decision_number="1/NQ-HĐND",
        decision_date=yesterday, takes_over=True,
    )  # fmt: skip
    found = last_year_leads(sheet, now())
    assert (found.leads["2.1"].name, found.unsure) == ("Sở Nội vụ", ())
    UnitSuccession.objects.create(
        predecessor=parts.made.other_department, successor=parts.made.department, decision_number="1/NQ-HĐND",
        decision_date=yesterday, takes_over=True,
    )  # fmt: skip
    assert last_year_leads(sheet, now()).unsure == ("2.1", "2.2")


def test_without_a_sheet_last_year_nothing_is_proposed(parts: PartsWorld) -> None:
    office = browser(parts, "standing_office")
    form = {"from": "last_year", "reason": "Theo năm trước"}
    refused = office.post(f"/sheets/{parts.sheet.pk}/parts/assign/", form)
    assert (refused.status_code, "Năm trước phiếu không chia phần" in refused.text) == (422, True)


def test_a_criterion_stands_for_everything_below_it(parts: PartsWorld) -> None:
    office = browser(parts, "standing_office")
    form = {"item": ["2"], "lead": str(parts.made.office.pk), "reason": "Sáp nhập", "area": "2"}
    answer = office.post(f"/sheets/{parts.sheet.pk}/parts/assign/", form)
    assert answer["Location"].endswith("?area=2")
    assert {code: lead for code, lead in leads(parts.sheet).items() if code.startswith("2.")} == {
        "2.1": "Sở Nội vụ", "2.2": "Sở Nội vụ",
    }  # fmt: skip
    assert not SheetPart.objects.filter(sheet=parts.sheet, lead_unit=parts.made.other_department).exists()


def test_a_signed_part_gives_and_takes_nothing(parts: PartsWorld) -> None:
    parts.fill("1.1", "1.2")
    submissions.submit_part(by=parts.session("leader"), at=now(), part_id=parts.part("so-y-te").pk)
    before = leads(parts.sheet)
    for items in ({"i1_1": parts.made.other_department.pk}, {"i2_1": parts.made.department.pk}):
        with pytest.raises(Refusal, match="part_signed") as refused:
            assigned(parts, **items)
        assert refused.value.facts["unit"] == "Sở Y tế"
    assert leads(parts.sheet) == before


def test_a_part_that_was_signed_once_stays_with_its_receipt(parts: PartsWorld) -> None:
    parts.fill("1.1", "1.2")
    part = parts.part("so-y-te").pk
    submissions.submit_part(by=parts.session("leader"), at=now(), part_id=part)
    submissions.withdraw_part(by=parts.session("leader"), at=now(), part_id=part, reason="Giao lại")
    assigned(parts, i1_1=parts.made.other_department.pk, i1_2=parts.made.other_department.pk)
    assert SheetPart.objects.filter(pk=part).exists()
    parts.fill("2.1", "2.2")
    submissions.submit_part(by=parts.session("other_leader"), at=now(), part_id=parts.part("so-tu-phap").pk)
    submissions.compile_sheet(by=parts.session("standing_office"), at=now(), sheet_id=parts.sheet.pk)
    assert parts.now().state == "awaiting_signature"


@pytest.mark.parametrize(
    ("name", "given", "reason", "expected"),
    [
        ("standing_office", "department", "", "reason_needed"),
        ("standing_office", "department", "x" * 2001, "comment_too_long"),
        ("head", "department", "Đổi", "only_office_of_body"),
        ("leader", "department", "Đổi", "only_office_of_body"),
        ("standing_office", "nowhere", "Đổi", "lead_not_picked"),
    ],
)
def test_what_an_assignment_needs(parts: PartsWorld, name: str, given: str, reason: str, expected: str) -> None:
    unit = 999_999 if given == "nowhere" else parts.made.department.pk
    with pytest.raises(Refusal, match=expected):
        assign_items(by=parts.session(name), at=now(), sheet_id=parts.sheet.pk, leads={"2.1": unit}, reason=reason)
    assert AuditRecord.objects.filter(action="assign_items").count() == 1


def test_an_item_that_is_not_there_moves_nothing(parts: PartsWorld) -> None:
    before = leads(parts.sheet)
    with pytest.raises(Refusal, match="items_not_picked"):
        assigned(parts, i2_1=parts.made.department.pk, i9_9=parts.made.department.pk)
    assert leads(parts.sheet) == before


def test_a_meeting_is_recorded_whole_and_not_before_it_was_held(parts: PartsWorld) -> None:
    office = parts.session("standing_office")
    today = now().date()
    for day, present, agreed, expected in (
        (today + timedelta(days=2), "Các sở", "Giữ nguyên", "meeting_in_the_future"),
        (today, " ", "Giữ nguyên", "meeting_incomplete"),
        (today, "Các sở", "", "meeting_incomplete"),
        (today, "Các sở", "x" * 20_001, "comment_too_long"),
    ):
        with pytest.raises(Refusal, match=expected):
            record_meeting(by=office, at=now(), sheet_id=parts.sheet.pk, held_on=day, present=present, agreed=agreed)
    page = browser(parts, "standing_office").post(
        f"/sheets/{parts.sheet.pk}/meetings/", {"held_on": "31/02/2025", "present": "Các sở", "agreed": "Giữ"}
    )
    assert (page.status_code, "“31/02/2025” không phải là ngày" in page.text) == (422, True)
    assert 'value="31/02/2025"' in page.text


def test_the_claim_stands_beside_last_year_s(parts: PartsWorld) -> None:
    parts.fill("1.1", "1.2", "2.1", "2.2")
    for lead, leader in (("so-y-te", "leader"), ("so-tu-phap", "other_leader")):
        submissions.submit_part(by=parts.session(leader), at=now(), part_id=parts.part(lead).pk)
    submissions.compile_sheet(by=parts.session("standing_office"), at=now(), sheet_id=parts.sheet.pk)
    submissions.submit_sheet(by=parts.session("head"), at=now(), sheet_id=parts.sheet.pk)
    sheet = next_year(parts)
    assert last_year_of(parts.sheet) is None
    found = last_year_of(sheet)
    assert found is not None
    claimed = review_of(parts.now()).result.unit(0)
    assert (found.year, found.index, found.grade) == (2025, claimed.index, claimed.grade)
    page = browser(parts, "standing_office").get(f"/sheets/{sheet.pk}/submit/").text
    assert "Năm 2025" in page
