"""The page of a refusal, and of a form that came too late, gives back what was typed, each text under its own name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import World, now
from tests.integration.web.appraisers import address, browser, form_of

from parindex.database.models import AppraisalAssignment, AppraisalLevel
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases.councils import remove_member
from parindex.usecases.opinions import Said, decide

Person = Callable[[str], Client]
HEADING = "Nội dung bạn đã gõ, chép lại nếu cần"


def given_back(text: str) -> list[tuple[str, str]]:
    """The label and the text of every field that stands on the page."""
    found = re.findall(r"(?:<label[^>]*>([^<]*)</label>)?<textarea[^>]*>\n([^<]*)</textarea>", text)
    assert text.count(f'<h2 id="typed">{HEADING}</h2>') == text.count(HEADING) == (1 if found else 0)
    return found


def test_a_refusal_gives_back_single_words_and_no_choice(made: World, as_person: Person) -> None:
    sent = {"reason": "Muộn", "act": "open", "seen": "3fe1ab94", "until": "01/01/2027", "words": "Kính <gửi>"}
    answer = as_person("owner").post(f"/cycles/{made.cycle.pk}/act/", sent)
    assert answer.status_code == 403
    assert given_back(answer.text) == [("Lý do", "Muộn"), ("Nội dung thư", "Kính &lt;gửi&gt;")]
    assert 'aria-labelledby="typed typed-1-label"' in answer.text
    assert given_back(as_person("owner").post(f"/cycles/{made.cycle.pk}/act/", {"act": "open"}).text) == []


def test_only_an_address_of_ours_gives_back_and_only_to_who_has_logged_in(made: World, as_person: Person) -> None:
    gone, nowhere = "/appraisals/999999/1.1/", "/khong-co/"
    assert given_back(as_person("owner").post(gone, {"reason": "Muộn"}).text) == [("Lý do", "Muộn")]
    answers = [as_person("owner").post(nowhere, {"reason": "Muộn"}), Client().post(nowhere, {"reason": "Muộn"})]
    broken = as_person("owner").post(nowhere, b"--x\r\nbroken", content_type="multipart/form-data; boundary=")
    assert [(one.status_code, given_back(one.text)) for one in [*answers, broken]] == [(404, [])] * 3


def test_a_signature_that_came_too_late_gives_back_the_reason_and_no_password(made: World) -> None:
    sent = {"reason": "Chờ", "password": "Mật khẩu rất dài", "code": "ab12 cd34", "csrfmiddlewaretoken": "x y"}
    answer = Client().post(f"/sheets/{made.sheet.pk}/sign/", sent, headers={"Sec-Fetch-Mode": "navigate"})
    assert (answer.status_code, "Phiên làm việc đã hết" in answer.text) == (403, True)
    assert given_back(answer.text) == [("Lý do", "Chờ")]


def test_a_form_without_its_token_gives_back_figures_too(made: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(made.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"figure.on_time": "900", "read.figure.on_time": "3fe1ab94", "explanation": "Đủ", "next": "2.2"}
    answer = client.post(f"/sheets/{made.sheet.pk}/items/2.1/", sent)
    assert (answer.status_code, "Biểu mẫu đã hết hiệu lực" in answer.text) == (403, True)
    assert given_back(answer.text) == [("Số liệu on_time", "900"), ("Giải trình", "Đủ")]


# --- what the chair has decided --------------------------------------------------------------------------------------


@pytest.fixture
def decided(db: None) -> AppraisalWorld:
    """``second_appraiser`` has the level above; the chair has decided 1.2 below it."""
    made = appraisal_world()
    above = AppraisalLevel.objects.create(council=made.council, number=2, title="Cấp 2", opinions_needed=1)
    AppraisalAssignment.objects.filter(member=made.members["second_appraiser"]).update(level=above)
    return made


def chair_decides(made: AppraisalWorld) -> None:
    stands = made.appraisal("1.2")
    said = Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản", minutes="Biên bản 3")
    decide(by=made.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)


@pytest.mark.parametrize("name", ["secretary", "second_appraiser"])
@pytest.mark.parametrize("is_stale", [True, False])
def test_who_comes_after_the_chair_is_told_so_and_led_there(decided: AppraisalWorld, name: str, is_stale: bool) -> None:
    client, form = browser(decided, name), {"seen": str(decided.appraisal("1.2").version)}
    chair_decides(decided)
    page = client.get(address(decided, "1.2"))
    assert "hội đồng đã biểu quyết mục này, nên không cần thêm ý kiến" in page.text
    sent = (form if is_stale else form_of(page) | {"seen": str(decided.appraisal("1.2").version)}) | {
        "kind": "adjust", "points": "1", "reason": "Đủ",
    }  # fmt: skip
    answer = client.post(address(decided, "1.2"), sent)
    assert answer.status_code == 403
    assert "hội đồng đã biểu quyết mục này, nên không cần thêm ý kiến" in answer.text
    assert f'href="{address(decided, "1.2")}"' in answer.text
    assert given_back(answer.text) == [("Ý kiến", "Điều chỉnh"), ("Điểm", "1"), ("Lý do", "Đủ")]


@pytest.mark.parametrize("ended", ["forged", "logged out", "removed"])
def test_an_opinion_that_came_too_late_comes_back_whole_and_no_field_of_the_machine(
    decided: AppraisalWorld, ended: str
) -> None:
    form = form_of(browser(decided, "appraiser").get(address(decided, "1.2")))
    client = Client(enforce_csrf_checks=ended == "forged")
    if ended == "removed":
        seat = decided.members["appraiser"].pk
        remove_member(by=decided.session("secretary"), at=now(), member_id=seat, reason="Nghỉ")
    if ended != "logged out":
        client.force_login(decided.people["appraiser"], backend="allauth.account.auth_backends.AuthenticationBackend")
    entry = str(decided.appraisal("1.2").pk)
    sent = form | {"entry": entry, "known": "a1b2 c3d4", "kind": "adjust", "points": "0,25", "reason": "Muộn"}
    sent |= {"due": "", "question": ""}
    answer = client.post(address(decided, "1.2"), sent, headers={"Sec-Fetch-Mode": "navigate"})
    assert answer.status_code == 403
    assert given_back(answer.text) == [("Ý kiến", "Điều chỉnh"), ("Điểm", "0,25"), ("Lý do", "Muộn")]
    asked = sent | {"kind": "ask", "points": "", "reason": "", "due": "08/12/2027", "question": "Vì sao?"}
    answer = client.post(address(decided, "1.2"), asked, headers={"Sec-Fetch-Mode": "navigate"})
    assert given_back(answer.text) == [
        ("Ý kiến", "Yêu cầu giải trình"), ("Hạn trả lời", "08/12/2027"), ("Câu hỏi cho đơn vị", "Vì sao?"),
    ]  # fmt: skip


def test_who_is_kept_out_of_a_unit_learns_nothing_of_its_decisions(decided: AppraisalWorld) -> None:
    stands = decided.appraisal("1.2", decided.made.other_sheet)
    said = Said(OpinionKind.ADJUST, points="0,5", reason="Thiếu văn bản", minutes="Biên bản 3")
    decide(by=decided.session("chair"), at=now(), entry_id=stands.pk, said=said, seen=stands.version)
    sent = {"kind": "accept", "seen": str(stands.version)}
    for name, words in (("appraiser", "Bạn không thẩm định đơn vị mình"), ("owner", "Chỉ hội đồng thẩm định")):
        answer = browser(decided, name).post(address(decided, "1.2", other=True), sent)
        assert (answer.status_code, words in answer.text, "đã biểu quyết" in answer.text) == (403, True, False), name
