"""Items that do not apply: asked with a reason, decided by the standing office, never inside one's own unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World, now

from parindex.database.models import AuditRecord, Cycle, Entry, NotAssessedProposal, NotAssessedRequest, ScoreSheet
from parindex.domain.review.refusal import Refusal
from parindex.usecases.not_assessed import (
    accept_proposal,
    decide_request,
    request_not_assessed,
    withdraw_request,
)
from parindex.usecases.typed_values import digest

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def item(made: World, code: str = "1.2") -> str:
    return f"/sheets/{made.sheet.pk}/items/{code}/"


def entry(made: World, code: str = "1.2") -> Entry:
    return Entry.objects.get(sheet=made.sheet, item_code=code)


def sheet(made: World) -> ScoreSheet:
    return ScoreSheet.objects.get(pk=made.sheet.pk)


def ask(made: World, name: str = "owner", code: str = "1.2", reason: str = "Không có chức năng này") -> None:
    request_not_assessed(
        by=made.session(name), at=now(), sheet_id=made.sheet.pk, item_code=code, reason=reason, legal_basis="Điều 3"
    )


def decide(made: World, name: str = "standing_office", *, approved: bool = True, reason: str = "") -> None:
    decide_request(
        by=made.session(name), at=now(), sheet_id=made.sheet.pk, item_code="1.2", approved=approved, reason=reason
    )


def test_until_it_is_approved_it_counts_as_not_entered(made: World, as_person: Person) -> None:
    client = as_person("owner")
    page = client.get(item(made)).text
    assert "7 điểm tự chấm còn 5 (cả bộ 10 còn 8)." in page
    form = {"why": "Đơn vị không có chức năng này", "reason": "Giao cho Sở Tư pháp", "legal_basis": "QĐ 1/QĐ-UBND"}
    assert client.post(item(made) + "not-assessed/", form).status_code == 302
    found = NotAssessedRequest.objects.get()
    assert found.reason == "Đơn vị không có chức năng này. Giao cho Sở Tư pháp"
    assert (entry(made).state, sheet(made).max_points, sheet(made).requests) == ("not_assessed_requested", "7", 1)
    page = client.get(item(made)).text
    assert "Đã đề nghị không đánh giá, chờ quyết định." in page
    assert "QĐ 1/QĐ-UBND" in page
    office = as_person("standing_office")
    assert "Sở Y tế" in office.get("/requests/").text
    assert office.post(item(made) + "decision/", {"approve": "1"}).status_code == 302
    assert (entry(made).state, sheet(made).max_points, sheet(made).requests) == ("not_assessed", "5", 0)
    assert "Mục này không đánh giá." in client.get(item(made)).text
    actions = list(
        AuditRecord.objects.filter(object_kind="entry").order_by("sequence").values_list("action", flat=True)
    )
    assert actions == ["request_not_assessed", "approve_not_assessed"]


def test_no_reason_no_request_and_what_was_typed_comes_back(made: World, as_person: Person) -> None:
    answer = as_person("owner").post(
        item(made) + "not-assessed/", {"reason": " ", "legal_basis": "Điều 3 Quyết định 1"}
    )
    assert answer.status_code == 422
    assert "Chưa nêu lý do. Ghi lý do rồi gửi lại." in answer.text
    assert "Điều 3 Quyết định 1" in answer.text
    assert not NotAssessedRequest.objects.exists()


def test_figures_stay_and_count_again_after_a_refusal(made: World, as_person: Person) -> None:
    client = as_person("owner")
    client.post(item(made), {"self_points": "1,5", "read.self_points": digest("")})
    ask(made)
    assert (entry(made).self_points, entry(made).points) == ("1.5", "")  # kept, and not counted
    with pytest.raises(Refusal, match="reason_needed"):
        decide(made, approved=False)
    decide(made, approved=False, reason="Đơn vị có chức năng này theo Điều 2")
    assert (entry(made).state, entry(made).points) == ("answered", "1.5")
    page = client.get(item(made)).text
    assert "Đề nghị không đánh giá không được duyệt." in page
    assert "Đơn vị có chức năng này theo Điều 2" in page
    ask(made, reason="Có văn bản mới")
    assert entry(made).state == "not_assessed_requested"


def test_a_request_is_taken_back_until_it_is_decided(made: World) -> None:
    ask(made)
    withdraw_request(by=made.session("colleague"), at=now(), sheet_id=made.sheet.pk, item_code="1.2")
    assert entry(made).state == "unanswered"
    with pytest.raises(Refusal, match="request_not_open"):
        withdraw_request(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.2")
    with pytest.raises(Refusal, match="request_not_open"):
        decide(made)


def test_a_decision_can_be_changed_with_a_reason_until_the_cycle_is_final(made: World) -> None:
    ask(made)
    decide(made)
    decide(made)  # the same once more changes nothing
    with pytest.raises(Refusal, match="reason_needed"):
        decide(made, approved=False)
    decide(made, approved=False, reason="Nhầm đơn vị")
    assert entry(made).state == "unanswered"
    Cycle.objects.filter(pk=made.cycle.pk).update(state="finalised")
    with pytest.raises(Refusal, match="cycle_closed"):
        decide(made, reason="Quá muộn")


def test_the_office_never_decides_for_its_own_unit(made: World, as_person: Person) -> None:
    """The chair decides what the standing office's own unit asks for."""
    office = made.people["standing_office"]
    office.unit = made.department
    office.save()
    ask(made)
    with pytest.raises(Refusal, match="own_unit_by_chair"):
        decide(made)
    page = as_person("standing_office").get(item(made)).text
    assert "Việc của chính đơn vị bạn do Chủ tịch hội đồng quyết định." in page
    assert "Không có đề nghị nào chờ quyết định" in as_person("standing_office").get("/requests/").text
    chair = as_person("chair")
    assert "Sở Y tế" in chair.get("/requests/").text
    assert chair.get(item(made)).status_code == 403  # the council reads nothing before it is submitted
    refused = chair.post(item(made) + "decision/", {"refuse": "1", "back": "requests"})
    assert refused.status_code == 422
    assert "Chưa nêu lý do. Ghi lý do rồi gửi lại." in refused.text
    assert chair.post(item(made) + "decision/", {"approve": "1", "back": "requests"})["Location"] == "/requests/"
    assert entry(made).state == "not_assessed"


@pytest.mark.parametrize("name", ["stranger", "appraiser", "auditor", "administrator"])
def test_who_may_neither_ask_nor_decide(made: World, name: str) -> None:
    with pytest.raises(Refusal):
        ask(made, name)
    ask(made)
    with pytest.raises(Refusal):
        decide(made, name)


def test_survey_items_and_second_requests(made: World) -> None:
    with pytest.raises(Refusal, match="item_by_survey"):
        ask(made, code="3.1")
    ask(made)
    with pytest.raises(Refusal, match="already_requested"):
        ask(made)
    with pytest.raises(Refusal, match="comment_too_long"):
        ask(made, code="1.1", reason="x" * 3000)


def test_what_the_office_proposes_is_accepted_with_one_click(made: World, as_person: Person) -> None:
    with pytest.raises(Refusal, match="no_such_proposal"):
        accept_proposal(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.2")
    NotAssessedProposal.objects.create(
        group=made.sheet.group, unit_kind="department", item_code="1.2", reason="Không có sáng kiến",
        legal_basis="Kế hoạch 6186/KH-UBND",
    )  # fmt: skip
    client = as_person("owner")
    page = client.get(item(made)).text
    assert "Cơ quan thường trực đề xuất không đánh giá mục này" in page
    assert "Kế hoạch 6186/KH-UBND" in page
    assert client.post(item(made) + "not-assessed/", {"proposal": "1"}).status_code == 302
    found = NotAssessedRequest.objects.get()
    assert (found.reason, found.legal_basis) == ("Không có sáng kiến", "Kế hoạch 6186/KH-UBND")
