"""The check, the signature, the receipt: who may open them, what a second click or an old page does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.filled import enter_everything
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import PASSWORD, now

from parindex.database.models import Entry, Figure, ScoreSheet, SheetPart, Submission
from parindex.domain.review.refusal import Refusal
from parindex.domain.values import exact_number, parse_number
from parindex.usecases import submissions
from parindex.usecases.claims import review_of, total_of
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.typed_values import Typed, digest
from parindex.web.submissions.receipt_paper import claimed_areas
from parindex.wording.numbers import points_text

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province, divided and filled."""
    made = parts_world()
    made.fill("1.1", "1.2", "2.1", "2.2")
    return made


def browser(parts: PartsWorld, name: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(parts.people[name], backend=BACKEND)
    return client


def seen_on(page: str) -> str:
    """The fingerprint that a page of signature shows."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def signed(parts: PartsWorld, lead: str, leader: str) -> Submission:
    """A part as its leader signs it."""
    return submissions.submit_part(by=parts.session(leader), at=now(), part_id=parts.part(lead).pk)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/sheets/{sheet}/submit/", {"owner", "colleague", "leader", "stranger", "head", "standing_office", "auditor"}),
        ("/sheets/{sheet}/parts/", {"owner", "colleague", "leader", "stranger", "head", "standing_office", "auditor"}),
        ("/sheets/{sheet}/parts/assign/", {"standing_office"}),
        ("/sheets/{sheet}/meetings/", {"standing_office"}),
        ("/sheets/{sheet}/compile/", {"standing_office"}),
        ("/sheets/{sheet}/sign/", set()),
        ("/sheets/{sheet}/withdraw/", set()),
        ("/sheets/{sheet}/send-back/", set()),
        ("/parts/{part}/present/", {"owner", "colleague", "leader"}),
        ("/parts/{part}/sign/", {"leader"}),
        ("/parts/{part}/send-back/", set()),
        ("/parts/{part}/withdraw/", set()),
        ("/parts/{part}/return/", set()),
        ("/submissions/{receipt}/", {"owner", "colleague", "leader", "stranger", "head", "standing_office", "auditor"}),
        ("/submissions/check/", {"owner", "colleague", "leader", "stranger", "head", "standing_office", "auditor",
                                 "other_office"}),
        ("/sheets/{sheet}/workbook/", {"owner", "colleague", "leader", "stranger", "head", "standing_office",
                                       "auditor"}),
    ],
)  # fmt: skip
def test_who_may_open_a_page(parts: PartsWorld, address: str, allowed: set[str]) -> None:
    from tests.factories.world import person, unit

    from parindex.domain.review.roles import Role

    elsewhere = unit("tinh-khac", "UBND tỉnh khác", "province")
    parts.people["other_office"] = person("other_office", elsewhere, Role.STANDING_OFFICE)
    receipt = signed(parts, "so-tu-phap", "other_leader")
    path = address.format(sheet=parts.sheet.pk, part=parts.part("so-y-te").pk, receipt=receipt.pk)
    names = ("owner", "colleague", "leader", "stranger", "head", "standing_office", "auditor", "other_office")
    found = {name for name in names if browser(parts, name).get(path).status_code == 200}
    assert found == allowed


def test_what_is_not_there_is_not_found(parts: PartsWorld) -> None:
    office = browser(parts, "standing_office")
    for path in ("/sheets/999999/submit/", "/parts/999999/sign/", "/submissions/999999/", "/submissions/999999/pdf/"):
        assert office.get(path).status_code == 404
    other = SheetPart.objects.get(sheet=parts.made.sheet)
    assert office.get(f"/sheets/{parts.sheet.pk}/submit/?part={other.pk}").status_code == 404


def test_two_clicks_are_one_signature(parts: PartsWorld) -> None:
    leader, address = browser(parts, "leader"), f"/parts/{parts.part('so-y-te').pk}/sign/"
    form = {"password": PASSWORD, "seen": seen_on(leader.get(address).text)}
    first, second = leader.post(address, form), leader.post(address, form)
    assert first["Location"] == second["Location"]
    assert Submission.objects.filter(sheet=parts.sheet).count() == 1


def test_what_changed_since_the_page_was_made_is_not_signed(parts: PartsWorld) -> None:
    leader, address = browser(parts, "leader"), f"/parts/{parts.part('so-y-te').pk}/sign/"
    form = {"password": PASSWORD, "seen": seen_on(leader.get(address).text)}
    Entry.objects.filter(sheet=parts.sheet, item_code="1.2").update(explanation="Sửa sau khi mở trang")
    stale = leader.post(address, form)
    assert (stale.status_code, "đã thay đổi sau khi bạn mở trang này" in stale.text) == (409, True)
    assert not Submission.objects.filter(sheet=parts.sheet).exists()
    assert leader.post(address, form | {"seen": seen_on(stale.text)}).status_code == 302


def test_a_form_without_the_fingerprint_signs_nothing(parts: PartsWorld) -> None:
    address = f"/parts/{parts.part('so-y-te').pk}/sign/"
    assert browser(parts, "leader").post(address, {"password": PASSWORD}).status_code == 409


def test_a_signature_asks_for_the_password(parts: PartsWorld) -> None:
    leader, address = browser(parts, "leader"), f"/parts/{parts.part('so-y-te').pk}/sign/"
    seen = seen_on(leader.get(address).text)
    wrong = leader.post(address, {"password": "sai", "seen": seen})
    assert (wrong.status_code, "Mật khẩu không đúng" in wrong.text) == (422, True)
    parts.people["leader"].set_unusable_password()
    parts.people["leader"].save()
    again = browser(parts, "leader")
    assert "Mật khẩu của bạn" not in again.get(address).text
    assert again.post(address, {"seen": seen}).status_code == 302


def test_the_check_lists_everything_with_its_reason(db: None) -> None:
    made = parts_world()
    made.fill("2.1")
    year = made.sheet.cycle.year
    Figure.objects.create(unit=made.made.province, measure="received", year=year - 1, value="500")
    page = browser(made, "stranger").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Còn 1 mục chưa xong." in page
    assert "Quy tắc chưa cho điểm: thiếu số liệu." in page
    assert "“Hồ sơ tiếp nhận” tăng 140,0% so với năm trước." in page
    whole = browser(made, "standing_office").get(f"/sheets/{made.sheet.pk}/submit/").text
    assert "Tính 0 điểm và vẫn nằm trong điểm tối đa." in whole


def test_the_same_percentage_everywhere(parts: PartsWorld) -> None:
    review = review_of(parts.now())
    unit = review.result.unit(0)
    stored = parts.now()
    total = total_of(review.areas)
    assert unit.points == review.counts.points == parse_number(stored.points) == total.points
    assert unit.max_points == review.counts.max_points == parse_number(stored.max_points) == total.assessed
    assert unit.index == total.per_cent == review.counts.per_cent


def test_the_receipt_is_made_of_what_was_signed(parts: PartsWorld) -> None:
    made = signed(parts, "so-y-te", "leader")
    Entry.objects.filter(sheet=parts.sheet, item_code="1.2").update(points="0", explanation="Sửa lén")
    page = browser(parts, "leader").get(f"/submissions/{made.pk}/").text
    assert "2,5" in page
    assert "Không khớp" not in page
    Submission.objects.filter(pk=made.pk).update(claim=made.claim.replace('"points":"2.5"', '"points":"3"'))
    assert "Không khớp" in browser(parts, "leader").get(f"/submissions/{made.pk}/").text
    compared = browser(parts, "auditor").get("/submissions/check/", {"fingerprint": made.fingerprint}).text
    assert "Không khớp: nội dung đang lưu đã khác lúc ký." in compared


def test_comparing_a_fingerprint(parts: PartsWorld) -> None:
    made, auditor = signed(parts, "so-y-te", "leader"), browser(parts, "auditor")
    groups = " ".join(made.fingerprint[at : at + 8] for at in range(0, 64, 8)).upper()
    assert "Mã khớp, còn hiệu lực." in auditor.get("/submissions/check/", {"fingerprint": groups}).text
    assert "Không có lần nộp nào có mã này." in auditor.get("/submissions/check/", {"fingerprint": "0" * 64}).text
    short = auditor.get("/submissions/check/", {"fingerprint": made.fingerprint[:-1]})
    assert (short.status_code, "vừa gõ 63 ký tự" in short.text) == (422, True)


def test_a_part_has_no_paper_of_its_own(parts: PartsWorld) -> None:
    made = signed(parts, "so-y-te", "leader")
    assert browser(parts, "leader").get(f"/submissions/{made.pk}/pdf/").status_code == 404


def test_locking_leaves_what_was_signed_and_unlocking_opens_the_rest(parts: PartsWorld) -> None:
    signed(parts, "so-y-te", "leader")
    late = now() + timedelta(days=20)
    assert submissions.lock_overdue(at=late) == 3
    assert (parts.part("so-y-te").state, parts.part("so-tu-phap").state) == ("submitted", "locked")
    office = parts.session("standing_office")
    ScoreSheet.objects.filter(pk=parts.sheet.pk).update(extended_until=late + timedelta(days=5))
    submissions.unlock_all(by=office, at=late, sheet_ids=[parts.sheet.pk], reason="Gia hạn theo công văn")
    assert (parts.now().state, parts.part("so-tu-phap").state) == ("open", "open")


def test_an_own_sheet_and_its_only_part_always_stand_alike(parts: PartsWorld) -> None:
    sheet = parts.made.sheet
    part = SheetPart.objects.get(sheet=sheet)
    leader, owner = parts.session("leader"), parts.session("owner")

    def states() -> tuple[str, str]:
        return ScoreSheet.objects.get(pk=sheet.pk).state, SheetPart.objects.get(pk=part.pk).state

    enter_everything(sheet)
    submissions.present(by=owner, at=now(), part_id=part.pk)
    assert states() == ("awaiting_signature",) * 2
    submissions.send_back(by=leader, at=now(), part_id=part.pk, reason="Sửa")
    assert states() == ("open",) * 2
    made = submissions.submit_part(by=leader, at=now(), part_id=part.pk)
    assert (states(), made.part_id) == (("submitted",) * 2, None)
    submissions.withdraw_part(by=leader, at=now(), part_id=part.pk, reason="Bổ sung")
    assert states() == ("open",) * 2
    again = submissions.submit_part(by=leader, at=now(), part_id=part.pk)
    assert (again.number, Submission.objects.filter(sheet=sheet, withdrawn_at=None).count()) == (2, 1)
    with pytest.raises(Refusal, match="wrong_stage"):
        submissions.present(by=owner, at=now(), part_id=part.pk)


def test_pages_ask_the_same_number_of_queries_for_one_part_and_for_three(parts: PartsWorld) -> None:
    office = parts.session("standing_office")
    counted = []
    for leads in (None, {"2.2": parts.made.office.pk}):
        if leads:
            from parindex.usecases.sheet_parts import assign_items

            assign_items(by=office, at=now(), sheet_id=parts.sheet.pk, leads=leads, reason="Thêm")
        client = browser(parts, "standing_office")
        numbers = []
        for path in ("parts/", "submit/", "parts/assign/", "workbook/"):
            client.get(f"/sheets/{parts.sheet.pk}/{path}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/sheets/{parts.sheet.pk}/{path}")
            numbers.append(len(queries))
        counted.append(numbers)
    assert counted[0] == counted[1]


def test_citations_are_checked_with_everything_else(parts: PartsWorld) -> None:
    words = "Báo cáo số 401/BC-UBND ngày 08/12/2025, trang 8; Báo cáo số 401/BC-UBND ngày 09/12/2025."
    change = Change(explanation=Typed(words, digest("")))
    save_entry(by=parts.session("owner"), at=now(), sheet_id=parts.sheet.pk, item_code="1.2", change=change)
    page = browser(parts, "owner").get(f"/sheets/{parts.sheet.pk}/submit/").text
    assert "Viện dẫn chưa có tài liệu" in page
    assert "chưa gắn với tệp nào" in page
    assert "Viện dẫn cần xem lại" in page


def test_a_warning_that_was_kept_with_a_reason_is_only_to_know(parts: PartsWorld) -> None:
    year = parts.sheet.cycle.year
    Figure.objects.create(unit=parts.made.province, measure="received", year=year - 1, value="500")
    address = f"/sheets/{parts.sheet.pk}/submit/"
    stranger = browser(parts, "stranger")
    assert "tăng 140,0%" in stranger.get(address).text
    for code in ("2.1", "2.2"):
        change = Change(kept_warning=Typed("Sáp nhập hai đơn vị", digest("")))
        save_entry(by=parts.session("stranger"), at=now(), sheet_id=parts.sheet.pk, item_code=code, change=change)
    page = stranger.get(address).text
    assert "Tăng, giảm trên 50% chưa nêu lý do" not in page
    assert "Đơn vị đã nêu lý do." in page


def test_signing_with_items_left_asks_for_the_reason(parts: PartsWorld) -> None:
    part = SheetPart.objects.get(sheet=parts.made.sheet)
    leader = browser(parts, "leader")
    page = leader.get(f"/parts/{part.pk}/sign/").text
    form = {"seen": seen_on(page), "password": PASSWORD, "reason": ""}
    answer = leader.post(f"/parts/{part.pk}/sign/", form)
    assert answer.status_code == 422
    assert "Nêu lý do ký khi còn thiếu, hoặc nhập đủ rồi ký." in answer.text
    assert "Chưa trình được" not in answer.text
    with pytest.raises(Refusal, match=r"^\('incomplete'"):
        submissions.present(by=parts.session("owner"), at=now(), part_id=part.pk)


def test_a_figure_of_nought_alone_is_not_called_not_entered(parts: PartsWorld) -> None:
    """What is begun has no points yet: the list says so, and the check counts it with what is not finished."""
    sheet = parts.made.sheet
    change = Change(figures={"on_time": Typed("0", digest(""))})
    save_entry(by=parts.session("owner"), at=now(), sheet_id=sheet.pk, item_code="2.1", change=change)
    owner = browser(parts, "owner")
    row = owner.get(f"/sheets/{sheet.pk}/items/").text.split('class="code">2.1<')[1].split("</tr>")[0]
    assert ("Đang nhập" in row, "chưa có điểm" in row, "chưa nhập" in row) == (True, True, False)
    page = owner.get(f"/sheets/{sheet.pk}/submit/").text
    assert 'data-l="Chưa nhập xong">2<' in page
    assert 'data-l="Chưa nhập"' not in page


def test_points_are_spelled_alike_everywhere(parts: PartsWorld) -> None:
    """Five decimals on the page of the items, of the check, of the signature, of the receipt and on the paper."""
    sheet = parts.sheet
    Figure.objects.filter(unit=sheet.unit_id, measure="on_time").update(value="901")
    change = Change(figures={"received": Typed("1201", digest("1200"))})
    save_entry(by=parts.session("stranger"), at=now(), sheet_id=sheet.pk, item_code="2.1", change=change)
    spelled = points_text(exact_number(Entry.objects.get(sheet=sheet, item_code="2.1").points))
    assert len(spelled.split(",")[1]) == 5
    made = signed(parts, "so-tu-phap", "other_leader")
    whole = points_text(total_of(claimed_areas(made)).points)
    assert len(whole.split(",")[1]) == 5
    reader = browser(parts, "stranger")
    assert spelled in reader.get(f"/sheets/{sheet.pk}/items/").text
    assert f"{whole} trên" in reader.get(f"/submissions/{made.pk}/").text
    part = parts.part("so-tu-phap")
    assert f">{whole}<" in reader.get(f"/sheets/{sheet.pk}/submit/?part={part.pk}").text
