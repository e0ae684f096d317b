"""What a sheet says once it is signed, and how what was returned is answered while the council appraises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.filled import enter_everything
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import PASSWORD, World, now

from parindex.database.models import Cycle, Entry, Phase, ScoreSheet, SheetPart
from parindex.domain.review.refusal import Refusal
from parindex.usecases import submissions
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _submitted(made: World) -> None:
    part = made.sheet.parts.get()
    submissions.submit_part(by=made.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Chưa có")


def _returned(made: World, cycle: str) -> SheetPart:
    """A sheet that came back after its submission; its cycle has moved on."""
    _submitted(made)
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="returned")
    made.sheet.parts.update(state="returned", returned_reason="Bổ sung tài liệu mục 2.1")
    Cycle.objects.filter(pk=made.cycle.pk).update(state=cycle)
    return made.sheet.parts.get()


def test_before_the_submission_the_page_says_what_would_be(made: World, as_person: Person) -> None:
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Nếu nộp bây giờ" in page
    assert "Những việc còn lại" in page


@pytest.mark.parametrize("name", ["owner", "leader", "standing_office", "appraiser"])
def test_after_it_the_page_says_what_holds(made: World, as_person: Person, name: str) -> None:
    _submitted(made)
    page = as_person(name).get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Nếu nộp bây giờ" not in page
    assert "Kiểm tra trước khi nộp" not in page
    assert "Kết quả tự đánh giá đã nộp" in page
    assert "Leader ký lúc" in page
    assert "4 mục chưa xong khi ký tính 0 điểm." in page
    assert "Phiếu đã khác bản đã ký." not in page


def test_what_was_decided_after_the_signature_is_told_apart(made: World, as_person: Person) -> None:
    _submitted(made)
    Entry.objects.filter(sheet=made.sheet, item_code="1.2").update(state="not_assessed")
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Phiếu đã khác bản đã ký." in page


def test_a_withdrawn_sheet_is_to_be_handed_in_again(made: World, as_person: Person) -> None:
    _submitted(made)
    submissions.withdraw(by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, reason="Sửa số liệu")
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Nếu nộp bây giờ" in page
    assert "ký lúc" not in page


def test_a_returned_sheet_is_mended_presented_and_signed_while_the_council_appraises(
    made: World, as_person: Person
) -> None:
    part = _returned(made, "appraisal")
    change = Change(explanation=Typed("Kèm báo cáo 12/BC-SYT", digest("")))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    home = as_person("owner").get("/home/").text
    assert "Sửa phần bị trả lại" in home
    enter_everything(made.sheet)
    owner = as_person("owner")
    assert "Trình lãnh đạo ký" in owner.get(f"/sheets/{made.sheet.pk}/submit/").text
    assert owner.post(f"/parts/{part.pk}/present/").status_code == 302
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "awaiting_signature"
    page = as_person("leader").get(f"/parts/{part.pk}/sign/").text
    seen = page.split('name="seen" value="')[1][:64]
    done = as_person("leader").post(f"/parts/{part.pk}/sign/", {"seen": seen, "password": PASSWORD})
    assert done.status_code == 302
    assert ScoreSheet.objects.get(pk=made.sheet.pk).state == "in_appraisal"  # as late as it is, it is taken up at once
    assert as_person("stranger").get(f"/parts/{part.pk}/sign/").status_code == 403
    # what is answered is not taken back while it is appraised
    with pytest.raises(Refusal, match="wrong_stage"):
        submissions.withdraw(by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, reason="x")


def test_a_sheet_that_was_never_returned_is_not_signed_any_more(made: World, as_person: Person) -> None:
    Cycle.objects.filter(pk=made.cycle.pk).update(state="appraisal")
    page = as_person("leader").get(f"/parts/{made.sheet.parts.get().pk}/sign/")
    assert page.status_code == 403
    assert "đã chuyển sang “Thẩm định”" in page.text


@pytest.mark.parametrize("state", ["finalised", "published"])
def test_once_results_are_final_the_officer_is_told_why_nothing_can_be_signed(
    made: World, as_person: Person, state: str
) -> None:
    part = _returned(made, state)
    with pytest.raises(Refusal, match="cycle_closed"):
        save_entry(
            by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1",
            change=Change(explanation=Typed("Muộn", digest(""))),
        )  # fmt: skip
    assert as_person("owner").get(f"/parts/{part.pk}/present/").status_code == 403
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "nên phiếu chỉ để xem" in page


def test_after_the_deadline_the_way_is_an_extension(made: World, as_person: Person) -> None:
    _returned(made, "appraisal")
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now() - timedelta(days=1))
    page = as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Đã hết hạn lúc" in page
    assert f'href="/sheets/{made.sheet.pk}/extension/"' in page
    assert (
        f'href="/sheets/{made.sheet.pk}/extension/"'
        not in as_person("auditor").get(f"/sheets/{made.sheet.pk}/submit/").text
    )
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(extended_until=now() + timedelta(days=3))
    assert "Đã hết hạn lúc" not in as_person("owner").get(f"/sheets/{made.sheet.pk}/submit/").text


# --- sheets in parts -------------------------------------------------------------------------------------------------


@pytest.fixture
def body(db: None) -> PartsWorld:
    """The sheet of the province, divided and filled."""
    found = parts_world()
    found.fill("1.1", "1.2", "2.1", "2.2")
    return found


def test_a_returned_part_is_answered_after_the_cycle_has_moved_on(body: PartsWorld) -> None:
    part = body.part("so-y-te")
    submissions.submit_part(by=body.session("leader"), at=now(), part_id=part.pk)
    submissions.return_part(by=body.session("standing_office"), at=now(), part_id=part.pk, reason="Thiếu văn bản")
    Cycle.objects.filter(pk=body.sheet.cycle_id).update(state="appraisal")
    submissions.present(by=body.session("owner"), at=now(), part_id=part.pk)
    submissions.submit_part(by=body.session("leader"), at=now(), part_id=part.pk)
    assert body.part("so-y-te").state == "resubmitted"
    client = Client()
    client.force_login(body.people["owner"], backend=BACKEND)
    page = client.get(f"/sheets/{body.sheet.pk}/submit/?part={part.pk}").text
    assert "Kết quả của phần đã ký" in page
    # the other part was never returned, and its time is over
    with pytest.raises(Refusal, match="cycle_closed"):
        submissions.submit_part(by=body.session("other_leader"), at=now(), part_id=body.part("so-tu-phap").pk)
