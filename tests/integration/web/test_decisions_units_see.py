"""What a unit sees of the decisions on its items: what is public at that moment, and nothing that is not yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.asked_world import answer, ask, send
from tests.factories.published_world import WHY, appraised_world, finalised, published, published_world
from tests.factories.world import now

from parindex.database.models import AuditRecord, Entry, Opinion, UnitResult
from parindex.database.queries.publications import detail_of
from parindex.database.queries.readable_log import readable_records
from parindex.domain.review.log_permissions import log_scopes
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases import submissions
from parindex.usecases.corrections import Basis, Corrected, correct
from parindex.usecases.opinions import Said
from parindex.usecases.publishing import DecidedBy
from parindex.wording.moments import local_day

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HEAD, CORRECTED = "Kết quả thẩm định", "Nhập lại nhầm hồ sơ"


def seen_by(world: AppraisalWorld, name: str, code: str = "2.2", at: datetime | None = None) -> str:
    """The page of an item of the second department."""
    client = Client()
    with patch.object(timezone, "now", lambda: at or now()):
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(reverse("item", args=[world.made.other_sheet.pk, code]))
    assert answer.status_code == 200
    return answer.text


def decision_in_log(world: AppraisalWorld, name: str) -> list[str]:
    """The reasons of corrected items that somebody reads in the log."""
    actor = world.session(name).actor
    rows = AuditRecord.objects.filter(readable_records(actor, log_scopes(actor), local_day(now())))
    return [one.reason for one in rows.filter(action="correct_item")]


def corrects(world: AppraisalWorld, public_from: datetime | None = None) -> None:
    entry = Entry.objects.get(sheet=world.made.other_sheet, item_code="2.2")
    day = date(2026, 4, 1)
    correct(
        by=world.session("chair"), at=now(), cycle_id=world.cycle.pk, reason="Cộng sai",
        basis=Basis("15/BB", day, "Xem lại", DecidedBy("400/QĐ-UBND", day, public_from)),
        changes=[Corrected(entry.pk, "0.6", CORRECTED)],
    )  # fmt: skip


def test_nothing_before_it_is_public() -> None:
    world = appraised_world()
    assert HEAD not in seen_by(world, "other_leader")
    finalised(world.made)
    assert HEAD not in seen_by(world, "other_leader")
    made = published(world.made, now() + timedelta(days=5))
    for name in ("other_leader", "standing_office"):
        text = seen_by(world, name)
        assert [one for one in (HEAD, WHY, "0,75") if one in text] == []
    text = seen_by(world, "other_leader", at=made.public_from)
    assert [one for one in (HEAD, WHY, "0,75", "Điều chỉnh") if one not in text] == []
    assert "Second Appraiser" not in text


def test_a_correction_shows_when_it_is_public() -> None:
    world = published_world().appraisal
    ends = now() + timedelta(days=5)
    corrects(world, ends)
    text = seen_by(world, "other_leader")
    assert (WHY in text, "0,75" in text, CORRECTED in text) == (True, True, False)
    assert decision_in_log(world, "other_leader") == []
    assert decision_in_log(world, "auditor") == [CORRECTED]
    text = seen_by(world, "other_leader", at=ends)
    assert (WHY in text, CORRECTED in text, "chủ tịch quyết định" in text) == (False, True, True)


def test_what_was_accepted_surveyed_left_out_or_never_appraised() -> None:
    world = published_world().appraisal
    assert "<b>Đồng ý</b> 1 điểm" in seen_by(world, "other_leader", "1.1")
    assert "<b>Chấm từ điều tra</b> 1,95 điểm" in seen_by(world, "other_leader", "3.1")
    assert HEAD not in seen_by(world, "other_leader", "1.1", at=now() - timedelta(days=1))


def test_the_unit_reads_a_reason_that_is_not_public() -> None:
    world = appraised_world()
    hidden = "Lý do chỉ đơn vị đọc"
    said = Said(OpinionKind.ADJUST, points="0.6", reason=hidden, is_public=False)
    world.say("second_appraiser", "2.2", said, world.made.other_sheet)
    finalised(world.made)
    published(world.made)
    assert hidden in seen_by(world, "other_leader")
    at = {"cycle": world.cycle.pk}
    addresses = [
        reverse("public_derivation", kwargs={**at, "unit": "so-tu-phap", "code": "2.2"}),
        reverse("public_data_file", kwargs={**at, "file": "results.json"}),
    ]
    for address in addresses:
        answer = Client().get(address)
        text = b"".join(answer).decode()
        assert answer.status_code == 200
        assert (hidden in text, '"opinion"' in text) == (False, False)


def test_what_was_said_before_the_unit_answered_is_not_published_as_granted() -> None:
    world = appraised_world()
    world.say("appraiser", "2.2", Said(OpinionKind.ACCEPT, reason="Lời cũ"))
    ask(world, "2.2")
    send(world)
    answer(world)
    submissions.submit_part(by=world.session("leader"), at=now(), part_id=world.sheet.parts.get().pk)
    world.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0,5", reason="Lời mới"))
    assert Opinion.objects.filter(entry=world.entry("2.2"), reason="Lời cũ", withdrawn_at=None).exists()
    finalised(world.made)
    item = detail_of(UnitResult.objects.get(sheet=world.sheet))["items"]["2.2"]
    assert [(one["kind"], one["points"], one["reason"]) for one in item["granted"]] == [("adjust", "0.5", "Lời mới")]
