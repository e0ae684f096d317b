"""What was said beside items that a replaced set no longer has: kept for those who might read it, never in the log."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, now
from tests.integration.web.test_set_replacement import corrected

from parindex.database.models import AuditRecord, CycleGroup, ReplacedEntry, RoleGrant
from parindex.database.models.entries import Audience
from parindex.usecases.comments import write_comment
from parindex.usecases.set_replacement import replace_set
from parindex.usecases.sheet_parts import assign_items

INSIDE, OUTSIDE = "Số của phòng A chưa chắc", "Mục này có tính phần mềm của bộ không"


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province; Sở Tư pháp leads item 2.2, which the corrected set no longer has."""
    return parts_world()


@pytest.fixture
def as_person(parts: PartsWorld) -> Callable[[str], Client]:
    """A browser in which somebody of that world is logged in."""

    def logged_in(name: str) -> Client:
        client = Client()
        client.force_login(parts.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return logged_in


Person = Callable[[str], Client]


def _say(parts: PartsWorld, who: str, audience: Audience, body: str, code: str = "2.2") -> None:
    write_comment(
        by=parts.session(who), at=now(), sheet_id=parts.sheet.pk, item_code=code, audience=audience, body=body
    )


def _replaced(parts: PartsWorld) -> None:
    made: World = parts.made
    group = CycleGroup.objects.get(pk=parts.sheet.group_id)
    replace_set(
        by=parts.session("standing_office"), at=now(), group_id=group.pk, version_id=corrected(made).pk,
        reason="Công văn 12/BNV",
    )  # fmt: skip


def _readers(parts: PartsWorld, as_person: Person, words: str) -> set[str]:
    address = f"/sheets/{parts.sheet.pk}/replaced/"
    return {name for name in parts.people if words in as_person(name).get(address).text}


def test_the_log_counts_what_was_said_inside_a_unit_and_has_none_of_it(parts: PartsWorld, as_person: Person) -> None:
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    _say(parts, "stranger", Audience.STANDING_OFFICE, OUTSIDE)
    parts.fill("2.2")
    _replaced(parts)
    assert not AuditRecord.objects.filter(before__contains=INSIDE).exists()
    assert not AuditRecord.objects.filter(after__contains=INSIDE).exists()
    record = AuditRecord.objects.get(action="replace_entry", before__contains='"2.2"')
    before = json.loads(record.before)
    assert before["inside_comments"] == 1
    assert [one["body"] for one in before["beside"]["Comment"]] == [OUTSIDE]
    assert before["entry"]["item_code"] == "2.2"
    for name in ("standing_office", "auditor"):
        page = as_person(name).get(f"/log/{record.pk}/").text
        assert INSIDE not in page
        assert "số trao đổi trong đơn vị" in page
    assert INSIDE in ReplacedEntry.objects.get(item_code="2.2").content


def test_where_only_the_unit_spoke_the_log_has_no_remark(parts: PartsWorld) -> None:
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    _say(parts, "other_leader", Audience.UNIT, "Đã xem")
    parts.fill("2.2")
    _replaced(parts)
    before = json.loads(AuditRecord.objects.get(action="replace_entry", before__contains='"2.2"').before)
    assert before["inside_comments"] == 2
    assert "Comment" not in before["beside"]


def test_what_was_said_is_read_where_the_item_stood(parts: PartsWorld, as_person: Person) -> None:
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    _say(parts, "stranger", Audience.STANDING_OFFICE, OUTSIDE)
    _replaced(parts)
    assert _readers(parts, as_person, INSIDE) == {"stranger", "other_leader"}
    assert _readers(parts, as_person, OUTSIDE) == {
        "stranger", "other_leader", "standing_office", "head", "clerk", "auditor"
    }  # fmt: skip


def test_the_part_of_then_decides_not_that_of_today(parts: PartsWorld, as_person: Person) -> None:
    """All items of Sở Tư pháp go to Sở Y tế later: what was set aside stays with Sở Tư pháp."""
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    _replaced(parts)
    codes = parts.sheet.entries.filter(part__lead_unit=parts.made.other_department).values_list("item_code", flat=True)
    assign_items(
        by=parts.session("standing_office"), at=now(), sheet_id=parts.sheet.pk,
        leads=dict.fromkeys(codes, parts.made.department.pk), reason="Phân công lại",
    )  # fmt: skip
    page = as_person("owner").get(f"/sheets/{parts.sheet.pk}/replaced/")
    assert page.status_code == 200
    assert INSIDE not in page.text
    assert as_person("stranger").get(f"/sheets/{parts.sheet.pk}/replaced/").status_code == 403  # leads nothing now


def test_what_the_former_lead_unit_said_stays_behind_as_on_the_item(parts: PartsWorld, as_person: Person) -> None:
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    assign_items(
        by=parts.session("standing_office"), at=now(), sheet_id=parts.sheet.pk,
        leads={"2.2": parts.made.department.pk}, reason="Phân công lại",
    )  # fmt: skip
    _say(parts, "owner", Audience.UNIT, "Việc của Sở Y tế")
    _replaced(parts)
    assert _readers(parts, as_person, INSIDE) == set()
    assert _readers(parts, as_person, "Việc của Sở Y tế") == {"owner", "colleague", "leader"}


def test_what_was_set_aside_before_leads_were_kept_goes_by_its_part(parts: PartsWorld, as_person: Person) -> None:
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    _replaced(parts)
    row = ReplacedEntry.objects.get(item_code="2.2")
    content = json.loads(row.content)
    del content["lead"]
    ReplacedEntry.objects.filter(pk=row.pk).update(content=json.dumps(content))
    assert _readers(parts, as_person, INSIDE) == {"stranger", "other_leader"}
    content["entry"]["part_id"] = 0  # a part that is there no more
    ReplacedEntry.objects.filter(pk=row.pk).update(content=json.dumps(content))
    assert _readers(parts, as_person, INSIDE) == set()


def test_the_words_of_who_has_left_are_still_their_units(parts: PartsWorld, as_person: Person) -> None:
    _say(parts, "stranger", Audience.UNIT, INSIDE)
    RoleGrant.objects.filter(user=parts.people["stranger"]).update(ended_at=now())
    _replaced(parts)
    assert _readers(parts, as_person, INSIDE) == {"other_leader"}
