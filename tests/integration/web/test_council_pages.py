"""The pages of a council: composed, assigned, spread, exported and read again; what came too late writes nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import World, person

from parindex.database.models import AuditRecord
from parindex.database.models.councils import AppraisalAssignment, Conflict, Council, CouncilMember
from parindex.domain.review.roles import Role

AsPerson = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


@pytest.fixture
def office(made: World, as_person: AsPerson) -> Client:
    """The standing office, which has made the council with appraiser and secretary."""
    made.people["third"] = person("third", made.office, Role.UNIT_OFFICER)
    client = as_person("standing_office")
    typed = {"number": "12/QĐ-UBND", "date": "05/01/2026", "title": "", "chair": "chair"}
    assert client.post(at(made, "decision/"), typed).status_code == 302
    for name, role in (("appraiser", "appraiser"), ("third", "appraiser"), ("secretary", "secretary")):
        answer = client.post(at(made, "members/"), {"person": name, "role": role, "lead_areas": "Cải cách thể chế"})
        assert answer.status_code == 302
    return client


def at(made: World, more: str = "") -> str:
    """An address of the council."""
    return f"/cycles/{made.cycle.pk}/council/{more}"


def seat(made: World, name: str) -> int:
    """The seat that somebody has."""
    return CouncilMember.objects.get(user=made.people[name], left_at=None).pk


def hidden(page: Any) -> dict[str, str]:
    """What a page carries along for its form."""
    return dict(re.findall(r'name="(seen|digest)" value="([0-9a-f]+)"', page.content.decode()))


def words(page: Any) -> str:
    """A page without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_page_before_and_after_a_council_is_made(made: World, as_person: AsPerson) -> None:
    assert "Lập hội đồng" in words(as_person("standing_office").get(at(made)))
    assert "Chỉ cơ quan thường trực hoặc thư ký" in words(as_person("auditor").get(at(made)))
    wrong = as_person("standing_office").post(at(made, "decision/"), {"number": "", "date": "32/13/2026", "chair": "x"})
    assert (wrong.status_code, "không phải là ngày" in words(wrong)) == (422, True)
    typed = {"number": "12/QĐ-UBND", "date": "05/01/2026", "chair": "nobody"}
    assert as_person("standing_office").post(at(made, "decision/"), typed).status_code == 422
    assert not Council.objects.exists()


def test_a_composed_council_is_shown_to_those_who_run_appraise_or_audit(
    made: World, office: Client, as_person: AsPerson
) -> None:
    for name in ("standing_office", "chair", "secretary", "appraiser", "auditor"):
        page = as_person(name).get(at(made))
        assert page.status_code == 200
        assert "theo Quyết định số 12/QĐ-UBND ngày 05/01/2026" in words(page)
    for name in ("owner", "leader", "stranger", "survey_staff"):
        assert as_person(name).get(at(made)).status_code == 403


def test_assignments_are_shown_before_they_are_stored(made: World, office: Client) -> None:
    appraiser = made.people["appraiser"].pk
    form = {"member": appraiser, "level": "1", "group": made.sheet.group_id, "area": ["1"], "nodes": "2.1"}
    shown = office.post(at(made, "assignments/"), form)
    assert shown.status_code == 200
    assert "Sở Tư pháp: Appraiser phải tránh, chưa có người thay" in words(shown)
    assert "hiện nay 8, sau khi ghi 5" in words(shown)
    assert not AppraisalAssignment.objects.exists()
    done = office.post(at(made, "assignments/"), {**form, **hidden(shown), "confirmed": "1"}, follow=True)
    assert "Đã thêm 2 dòng phân công." in words(done)
    assert {*AppraisalAssignment.objects.values_list("node_code", flat=True)} == {"1", "2.1"}
    page = words(office.get(at(made)))
    assert "3 mục, 1 phiếu" in page
    assert "Người được phân công không thẩm định được đơn vị này và chưa có người thay" in page


def test_assignments_of_single_units_and_what_is_wrong_with_them(made: World, office: Client) -> None:
    appraiser = made.people["appraiser"].pk
    form = {"member": appraiser, "level": "1", "units": "Sở Y tế\nso-tu-phap"}
    assert "Appraiser không thẩm định được Sở Tư pháp" in words(office.post(at(made, "assignments/"), form))
    assert "Sở Bịa" in words(office.post(at(made, "assignments/"), {**form, "units": "Sở Bịa"}))
    assert "Không có mục 9.9" in words(office.post(at(made, "assignments/"), {**form, "nodes": "9.9"}))
    assert office.post(at(made, "assignments/"), {"member": appraiser, "level": "1"}).status_code == 422
    one = {**form, "units": "so-y-te", "confirmed": "1", **hidden(office.get(at(made, "assignments/")))}
    assert office.post(at(made, "assignments/"), one).status_code == 302
    late = office.post(at(made, "assignments/"), {**one, "units": "", "area": ["1"]})
    assert (late.status_code, "hội đồng đã đổi" in words(late)) == (409, True)
    line = AppraisalAssignment.objects.get()
    page = office.get(at(made, "assignments/"))
    assert office.post(at(made, "assignments/remove/"), {"line": line.pk, **hidden(page)}).status_code == 422
    gone = {"line": line.pk, "reason": "Giao nhầm", **hidden(page)}
    assert office.post(at(made, "assignments/remove/"), gone).status_code == 302
    assert AuditRecord.objects.get(action="unassign_appraisals").reason == "Giao nhầm"


def test_sheets_are_spread_after_a_look(made: World, office: Client) -> None:
    both = [made.people["appraiser"].pk, made.people["third"].pk]
    assert office.post(at(made, "assignments/spread/"), {"level": "1"}).status_code == 422
    shown = office.post(at(made, "assignments/spread/"), {"level": "1", "member": both})
    assert "hiện nay 8, sau khi ghi 0" in words(shown)
    form = {"level": "1", "member": both, "confirmed": "1", **hidden(shown)}
    assert office.post(at(made, "assignments/spread/"), form).status_code == 302
    given = {one.sheet_id: one.member.user_id for one in AppraisalAssignment.objects.select_related("member")}
    assert given == {made.sheet.pk: both[0], made.other_sheet.pk: both[1]}
    assert office.post(at(made, "assignments/spread/"), form).status_code == 409


def test_the_table_is_given_out_and_read_again(made: World, office: Client, tmp_path: Any) -> None:
    content = "Cấp,Thành viên,Mục,Nhóm,Đơn vị\n1,appraiser,1.1,departments,\n,Third,2,,so-y-te\n"
    path = at(made, "assignments/import/")
    page = office.post(path, {"file": SimpleUploadedFile("bang.csv", content.encode())})
    assert (page.status_code, "thêm 2, sửa 0, giữ nguyên 0" in words(page)) == (200, True)
    assert office.post(path, hidden(page)).status_code == 302
    out = office.post(at(made, "assignments/export/"))
    (tmp_path / "bang.xlsx").write_bytes(out.content)
    rows = [*openpyxl.load_workbook(tmp_path / "bang.xlsx").active.iter_rows(values_only=True)]
    assert rows == [
        ("Cấp", "Thành viên", "Mục", "Nhóm", "Đơn vị"),
        ("1", "appraiser", "1.1", "departments", None),
        ("1", "third", "2", None, "so-y-te"),
    ]
    again = office.post(path, {"file": SimpleUploadedFile("bang.xlsx", out.content)})
    assert "thêm 0, sửa 0, giữ nguyên 2" in words(again)
    wrong = "Cấp,Thành viên,Mục,Nhóm,Đơn vị\n7,nobody,9.9,khac,so-bia\n"
    errors = office.post(path, {"file": SimpleUploadedFile("bang.csv", wrong.encode())})
    assert (errors.status_code, "Bảng có 5 lỗi" in words(errors)) == (422, True)


def test_the_table_says_before_it_is_taken_who_appraises_not_what(made: World, office: Client) -> None:
    """``appraiser`` works at Sở Tư pháp."""
    path, heads = at(made, "assignments/import/"), "Cấp,Thành viên,Mục,Nhóm,Đơn vị\n"
    sent = SimpleUploadedFile("bang.csv", f"{heads}1,appraiser,1.1,,\n".encode())
    page = words(office.post(path, {"file": sent}))
    assert "Số mục của mỗi người" in page
    assert re.search(r"Sở Tư pháp: \S[^<]* phải tránh, chưa có người thay", page)
    sent = SimpleUploadedFile("bang.csv", f"{heads}1,appraiser,,,so-tu-phap\n1,third,,,so-y-te\n".encode())
    refused = office.post(path, {"file": sent})
    assert refused.status_code == 422
    assert "Bảng giao phiếu cho người không thẩm định được đơn vị mình" in words(refused)
    assert ", Sở Tư pháp. Giao phiếu cho người khác" in words(refused)
    assert 'name="digest"' not in refused.text
    assert not AppraisalAssignment.objects.exists()


def test_a_member_declares_a_conflict_and_the_chair_names_who_stands_in(
    made: World, office: Client, as_person: AsPerson
) -> None:
    mine = seat(made, "appraiser")
    appraiser, chair = as_person("appraiser"), as_person("chair")
    assert "Khai xung đột lợi ích" in words(appraiser.get(at(made)))
    form = {"unit": "Sở Y tế", "reason": "Anh ruột là giám đốc"}
    wrong = appraiser.post(at(made, f"members/{mine}/conflict/"), {**form, "unit": "Sở Bịa"})
    assert wrong.status_code == 422
    assert appraiser.post(at(made, f"members/{mine}/conflict/"), form).status_code == 302
    stated = Conflict.objects.get()
    assert appraiser.get(at(made, f"conflicts/{stated.pk}/withdraw/")).status_code == 403
    assert as_person("secretary").get(at(made, f"members/{mine}/substitute/")).status_code == 403
    page = chair.get(at(made, f"members/{mine}/substitute/"))
    assert "Anh ruột là giám đốc" in words(page)
    naming = {"substitute": seat(made, "third"), **hidden(page)}
    assert chair.post(at(made, f"members/{mine}/substitute/"), naming).status_code == 302
    late = chair.post(at(made, f"members/{mine}/substitute/"), {**naming, "substitute": ""})
    assert (late.status_code, CouncilMember.objects.get(pk=mine).substitute_id) == (409, seat(made, "third"))
    done = office.post(at(made, f"conflicts/{stated.pk}/withdraw/"), {"reason": "Đã chuyển công tác"})
    assert done.status_code == 302
    assert office.get(at(made, f"conflicts/{stated.pk}/withdraw/")).status_code == 404


def test_a_member_is_changed_and_leaves(made: World, office: Client) -> None:
    mine = seat(made, "appraiser")
    page = office.get(at(made, f"members/{mine}/"))
    form = {"role": "appraiser", "lead_areas": "Tài chính công", **hidden(page)}
    assert office.post(at(made, f"members/{mine}/"), form).status_code == 302
    late = office.post(at(made, f"members/{mine}/"), {**form, "lead_areas": "Chính quyền số"})
    assert (late.status_code, "Tài chính công" in words(late)) == (409, True)
    chair = office.post(at(made, f"members/{seat(made, 'chair')}/remove/"), {"reason": "Nghỉ hưu"})
    assert "Hội đồng không thể không có chủ tịch" in words(chair)
    assert office.post(at(made, f"members/{mine}/remove/"), {"reason": ""}).status_code == 422
    assert office.post(at(made, f"members/{mine}/remove/"), {"reason": "Chuyển công tác"}).status_code == 302
    assert "Chuyển công tác" in words(office.get(at(made)))
    assert office.get(at(made, f"members/{mine}/")).status_code == 404


def test_levels_are_written_in_one_form(made: World, office: Client) -> None:
    page = office.get(at(made, "levels/"))
    form = {
        "title": ["Sở chủ trì", "Tổ thẩm định", ""], "blindness": ["never", "after_own", "after_own"],
        "combination": ["median", "agreement", "agreement"], "opinions_needed": ["0", "2", "1"], **hidden(page),
    }  # fmt: skip
    assert office.post(at(made, "levels/"), form).status_code == 302
    assert "2. Tổ thẩm định" in words(office.get(at(made)))
    late = office.post(at(made, "levels/"), {**form, "title": ["Một cấp", "", ""]})
    assert (late.status_code, "Tổ thẩm định" in words(late)) == (409, True)
    wrong = {**form, **hidden(office.get(at(made, "levels/"))), "opinions_needed": ["nhiều", "2", "1"]}
    assert office.post(at(made, "levels/"), wrong).status_code == 422


def test_the_page_makes_as_many_queries_for_three_members_as_for_one(
    made: World, as_person: AsPerson, django_assert_max_num_queries: Any, office: Client
) -> None:
    client = as_person("auditor")
    client.get(at(made))
    for name in ("appraiser", "third"):
        CouncilMember.objects.filter(user=made.people[name]).update(left_at=None)
    with django_assert_max_num_queries(24) as three:
        client.get(at(made))
    CouncilMember.objects.exclude(user=made.people["chair"]).delete()
    with django_assert_max_num_queries(24) as one:
        client.get(at(made))
    assert len(three) == len(one)
