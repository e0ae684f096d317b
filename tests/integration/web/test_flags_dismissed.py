"""Flags dismissed with a reason, by whom; and what was judged otherwise for a unit that claimed the same."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser

from parindex.database.models import AuditRecord, Entry, Figure, Flag, ItemAppraisal, ScoreSheet
from parindex.domain.review.flags import FlagKind, Severity
from parindex.domain.review.opinions import AppraisalState, OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.flags import dismiss, raise_flags, undismiss
from parindex.usecases.judged_flags import refresh_judged
from parindex.usecases.opinions import Said
from parindex.wording.flags import flag_line, flag_words

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def made() -> AppraisalWorld:
    return appraisal_world()


def flagged(made: AppraisalWorld, sheet: ScoreSheet, earlier: str = "300") -> Flag:
    """A figure that was a third last year."""
    keys: dict[str, Any] = {"unit_id": sheet.unit_id, "measure": "on_time", "year": 2024}
    Figure.objects.update_or_create(**keys, defaults={"value": earlier})
    raise_flags([sheet.pk], at=now())
    return Flag.objects.get(entry=made.entry("2.1", sheet), kind=FlagKind.FAR_FROM_LAST_YEAR, gone_at=None)


@pytest.mark.parametrize(
    ("name", "sheet", "code"),
    [
        ("appraiser", "sheet", ""),
        ("secretary", "sheet", ""),
        ("chair", "sheet", ""),
        ("appraiser", "other_sheet", "own_unit_not_appraised"),
        ("owner", "sheet", "only_council"),
        ("colleague", "sheet", "only_council"),
        ("stranger", "sheet", "only_council"),
        ("standing_office", "sheet", "only_council"),
    ],
)
def test_who_dismisses_a_flag(made: AppraisalWorld, name: str, sheet: str, code: str) -> None:
    flag = flagged(made, getattr(made, sheet))
    with pytest.raises(Refusal, match=code) if code else nullcontext():
        dismiss(by=made.session(name), at=now(), flag_id=flag.pk, reason="Sáp nhập hai đơn vị")


def test_somebody_who_is_not_assigned_dismisses_nothing(made: AppraisalWorld) -> None:
    flag = flagged(made, made.sheet)
    made.members["appraiser"].assignments.all().delete()
    with pytest.raises(Refusal, match="not_assigned"):
        dismiss(by=made.session("appraiser"), at=now(), flag_id=flag.pk, reason="Đã rõ")


def test_a_dismissed_flag_counts_no_more_is_logged_and_comes_again_only_with_other_facts(made: AppraisalWorld) -> None:
    flag = flagged(made, made.sheet)
    stands = made.appraisal("2.1")
    assert (stands.flags, stands.worst) == (1, Severity.WARN)
    with pytest.raises(Refusal, match="reason_needed"):
        dismiss(by=made.session("appraiser"), at=now(), flag_id=flag.pk, reason="  ")
    dismiss(by=made.session("appraiser"), at=now(), flag_id=flag.pk, reason="Sáp nhập hai đơn vị")
    stands = made.appraisal("2.1")
    assert (stands.flags, stands.version) == (0, 0)
    record = AuditRecord.objects.order_by("pk").last()
    assert record is not None
    assert (record.action, record.reason, record.role) == ("dismiss_flag", "Sáp nhập hai đơn vị", "appraiser")
    assert json.loads(record.after)["item"] == "2.1"
    with pytest.raises(Refusal, match="flag_dismissed"):
        dismiss(by=made.session("chair"), at=now(), flag_id=flag.pk, reason="Đã rõ")
    raise_flags([made.sheet.pk], at=now())
    flag.refresh_from_db()
    assert (flag.gone_at, flag.dismissed_by, made.appraisal("2.1").flags) == (None, made.people["appraiser"], 0)
    again = flagged(made, made.sheet, "200")
    flag.refresh_from_db()
    assert flag.gone_at is not None
    assert (again.pk != flag.pk, again.dismissed_at, made.appraisal("2.1").flags) == (True, None, 1)
    with pytest.raises(Refusal, match="flag_gone"):
        dismiss(by=made.session("appraiser"), at=now(), flag_id=flag.pk, reason="Đã rõ")
    assert all(proof.broken == () for proof in audit_log.verify())


def test_what_was_dismissed_is_taken_up_again(made: AppraisalWorld) -> None:
    flag = flagged(made, made.sheet)
    with pytest.raises(Refusal, match="flag_not_dismissed"):
        undismiss(by=made.session("appraiser"), at=now(), flag_id=flag.pk)
    dismiss(by=made.session("appraiser"), at=now(), flag_id=flag.pk, reason="Đã rõ")
    undismiss(by=made.session("chair"), at=now(), flag_id=flag.pk)
    flag.refresh_from_db()
    assert (flag.dismissed_at, flag.dismissed_reason, made.appraisal("2.1").flags) == (None, "", 1)


# --- judged alike -----------------------------------------------------------------------------------------------------


def judge(made: AppraisalWorld, sheet: ScoreSheet, said: Said | OpinionKind) -> None:
    made.say("second_appraiser", "2.1", said, sheet)
    refresh_judged([Entry.objects.select_related("sheet").get(pk=made.entry("2.1", sheet).pk)], now())


def judged(made: AppraisalWorld) -> dict[str, str]:
    rows = Flag.objects.filter(kind=FlagKind.JUDGED_DIFFERENTLY, gone_at=None).select_related("entry__sheet")
    return {one.entry.sheet.unit_name: flag_line(one) for one in rows}


def test_two_units_that_claimed_the_same_and_were_judged_otherwise_are_both_told(made: AppraisalWorld) -> None:
    judge(made, made.sheet, OpinionKind.ACCEPT)
    assert judged(made) == {}
    judge(made, made.other_sheet, Said(OpinionKind.ADJUST, points="1", reason="Sổ theo dõi thiếu quý IV"))
    assert judged(made) == {"Sở Y tế": "Đơn vị giống hệt được 1", "Sở Tư pháp": "Đơn vị giống hệt được 1,5"}
    assert {made.appraisal("2.1", sheet).flags for sheet in (made.sheet, made.other_sheet)} == {1}
    flag = Flag.objects.get(entry=made.entry("2.1"), kind=FlagKind.JUDGED_DIFFERENTLY)
    assert flag_words(flag) == (
        "Cùng điểm tự chấm và cùng điểm theo quy tắc nhưng ở đây hội đồng cho 1,5, 1 đơn vị khác được điểm khác: Sở Tư "
        "pháp được 1. Nêu lý do khác nhau, hoặc thẩm định lại."
    )
    raise_flags([made.sheet.pk, made.other_sheet.pk], at=now())
    assert len(judged(made)) == 2
    judge(made, made.other_sheet, Said(OpinionKind.ACCEPT, reason="Đã bổ sung sổ quý IV"))
    assert judged(made) == {}
    assert made.appraisal("2.1").flags == 0


def test_a_judgement_that_is_opened_again_is_no_longer_compared(made: AppraisalWorld) -> None:
    judge(made, made.sheet, OpinionKind.ACCEPT)
    judge(made, made.other_sheet, Said(OpinionKind.ADJUST, points="1", reason="Thiếu sổ"))
    ItemAppraisal.objects.filter(pk=made.entry("2.1").pk).update(state=AppraisalState.EXPLAINED, points="")
    raise_flags([made.sheet.pk], at=now())
    assert list(judged(made)) == ["Sở Tư pháp"]
    refresh_judged([Entry.objects.select_related("sheet").get(pk=made.entry("2.1").pk)], now())
    assert judged(made) == {}


def test_a_flag_is_dismissed_and_raised_again_on_the_page(made: AppraisalWorld) -> None:
    flag, client = flagged(made, made.sheet), browser(made, "appraiser")
    at = address(made, "2.1", f"flags/{flag.pk}/")
    form = f'id="flag-{flag.pk}"'
    missing = client.post(at, {"reason": " "})
    assert (missing.status_code, form in missing.text) == (422, True)
    assert client.post(at, {"reason": "Sáp nhập hai đơn vị"}).status_code == 303
    page = client.get(address(made, "2.1")).text
    assert ("Sáp nhập hai đơn vị" in page, form in page, "Nhắc lại" in page) == (True, False, True)
    assert client.post(at, {"again": "1"}).status_code == 303
    page = client.get(address(made, "2.1")).text
    assert (form in page, "Nhắc lại" in page) == (True, False)
    assert browser(made, "stranger").post(at, {"again": "1"}).status_code == 403
