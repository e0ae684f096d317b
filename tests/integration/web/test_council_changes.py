"""What a change of the council means for items under appraisal: they follow to who has them now."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.rights_given import rights_after
from tests.factories.world import World, now

from parindex.database.models import Cycle, Entry, GivenPoints, ItemAppraisal
from parindex.database.models.councils import AppraisalAssignment, CouncilMember
from parindex.domain.review.opinions import AppraisalState, OpinionKind
from parindex.usecases.appraisal_assignments import AssignmentLine, assign, unassign
from parindex.usecases.council_levels import LevelData, set_levels
from parindex.usecases.councils import remove_member
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.recusals import declare_conflict


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    shutil.rmtree(default_storage.path("tables"), ignore_errors=True)


@pytest.fixture
def appraised(db: None) -> AppraisalWorld:
    return appraisal_world()


def standing(appraised: AppraisalWorld, code: str = "1.1") -> ItemAppraisal:
    """Where an item of Sở Y tế stands."""
    return ItemAppraisal.objects.get(sheet=appraised.sheet, item_code=code)


def two_levels(appraised: AppraisalWorld, *, second: bool = True) -> None:
    """The chair's people look at level 1 again at level 2."""
    secretary = appraised.made.session("secretary")
    levels = [LevelData("Cấp 1"), LevelData("Cấp 2")]
    set_levels(by=secretary, at=now(), cycle_id=appraised.cycle.pk, levels=levels)
    if second:
        lines = [AssignmentLine(2, appraised.people["second_appraiser"].pk)]
        assign(by=secretary, at=now(), cycle_id=appraised.cycle.pk, lines=lines)


def give(appraised: AppraisalWorld, name: str, code: str = "1.1") -> ItemAppraisal:
    """A member accepts an item of Sở Y tế."""
    one = standing(appraised, code)
    said = Said(OpinionKind.ACCEPT)
    return give_opinion(by=appraised.made.session(name), at=now(), entry_id=one.pk, said=said, seen=one.version)


def test_a_settled_item_goes_to_a_level_that_is_added(appraised: AppraisalWorld) -> None:
    give(appraised, "appraiser")
    assert standing(appraised).state == AppraisalState.ACCEPTED
    two_levels(appraised)
    assert (standing(appraised).level, standing(appraised).state) == (2, AppraisalState.WAITING)
    assert (standing(appraised, "1.2").level, standing(appraised, "1.2").state) == (1, AppraisalState.WAITING)


def test_items_pass_over_a_level_that_nobody_has_any_more(appraised: AppraisalWorld) -> None:
    two_levels(appraised)
    before = standing(appraised, "1.2").version
    first = AppraisalAssignment.objects.filter(level__number=1).values_list("pk", flat=True)
    unassign(
        by=appraised.made.session("secretary"), at=now(), cycle_id=appraised.cycle.pk, lines=list(first),
        reason="Gộp cấp",
    )  # fmt: skip
    assert (standing(appraised, "1.2").level, standing(appraised, "1.2").version) == (2, before + 1)
    with pytest.raises(Exception, match="not_assigned"):
        give(appraised, "appraiser", "1.2")
    assert give(appraised, "second_appraiser", "1.2").state == AppraisalState.ACCEPTED


def test_what_a_member_has_left_is_open_and_what_they_said_stays(appraised: AppraisalWorld) -> None:
    give(appraised, "appraiser")
    seat = CouncilMember.objects.get(user=appraised.people["appraiser"])
    remove_member(by=appraised.made.session("standing_office"), at=now(), member_id=seat.pk, reason="Chuyển công tác")
    assert standing(appraised).entry.opinions.count() == 1
    with pytest.raises(Exception, match=r"not_assigned|only_council"):
        give(appraised, "appraiser", "1.2")
    assert give(appraised, "second_appraiser", "1.2").state == AppraisalState.ACCEPTED


def test_who_declares_a_conflict_gives_no_more_opinions_there(appraised: AppraisalWorld) -> None:
    seat = CouncilMember.objects.get(user=appraised.people["appraiser"])
    declare_conflict(
        by=appraised.made.session("appraiser"), at=now(), member_id=seat.pk, unit_id=appraised.made.department.pk,
        reason="Vợ làm ở đó",
    )  # fmt: skip
    with pytest.raises(Exception, match="own_unit_not_appraised"):
        give(appraised, "appraiser")


# --- the beginning, and points of surveys ----------------------------------------------------------------------------


def words(page: Any) -> str:
    """A page without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_page_of_the_beginning_says_what_is_in_the_way(made: World, as_person: Callable[[str], Client]) -> None:
    path = f"/cycles/{made.cycle.pk}/appraisal/begin/"
    client = as_person("standing_office")
    page = words(client.get(path))
    assert "2 phiếu còn mở" in page
    assert "Kỳ này chưa có hội đồng." in page
    assert client.post(path).status_code == 422
    assert as_person("chair").get(path).status_code == 403


def test_the_appraisal_begins_from_its_page(db: None) -> None:
    rights = rights_after("council", "both_submitted")
    client = Client()
    client.force_login(
        rights.made.people["standing_office"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    path = f"/cycles/{rights.made.cycle.pk}/appraisal/begin/"
    assert "8 mục chưa ai thẩm định" in words(client.get(path))
    assert client.post(path).status_code == 302
    assert Cycle.objects.get(pk=rights.made.cycle.pk).state == "appraisal"
    assert client.get(path).status_code == 403


def test_points_of_a_survey_come_as_a_table(made: World, as_person: Callable[[str], Client]) -> None:
    path = f"/cycles/{made.cycle.pk}/survey-points/"
    client = as_person("survey_staff")
    wrong = "unit,item,points,se,source\nso-y-te,3.1,9,,Khảo sát 2025\nso-bia,3.1,1,,Khảo sát 2025\n"
    page = client.post(path, {"file": SimpleUploadedFile("diem.csv", wrong.encode())})
    assert (page.status_code, "Bảng có 2 lỗi" in words(page)) == (422, True)
    right = 'Đơn vị,Mục,Điểm,Sai số chuẩn,Nguồn\nso-y-te,3.1,"2,25","0,1",Khảo sát 2025\n'
    page = client.post(path, {"file": SimpleUploadedFile("diem.csv", right.encode())})
    assert "thêm 1, sửa 0, giữ nguyên 0" in words(page)
    hidden = dict(re.findall(r'name="(seen|digest)" value="([0-9a-f]+)"', page.content.decode()))
    assert client.post(path, hidden).status_code == 302
    given = GivenPoints.objects.get()
    assert (given.points, given.standard_error, given.source) == ("2.25", "0.1", "Khảo sát 2025")
    assert given.entry == Entry.objects.get(sheet=made.sheet, item_code="3.1")
    again = client.post(path, {"file": SimpleUploadedFile("diem.csv", right.replace("2,25", "2,5").encode())})
    assert "thêm 0, sửa 1, giữ nguyên 0" in words(again)
    assert as_person("chair").get(path).status_code == 403
