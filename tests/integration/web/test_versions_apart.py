"""Two readings of one paper have title, code and table in common: lists and choices tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import SMALL_SET, World, frozen_of

from parindex.database.models import CriteriaSetVersion, Cycle, OfficialPaper, StoredFile
from parindex.database.models.criteria_sets import SetState
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, load_criteria_set
from parindex.web.criteria_sets.version_words import choice_words, frozen_words, origin_words

Person = Callable[[str], Client]
FIRST, SECOND = datetime(2026, 2, 1, 1, 30, tzinfo=UTC), datetime(2026, 2, 1, 7, 5, tzinfo=UTC)


def _reading(made: World, number: int, at: datetime, who: str, *, reason: str = "") -> CriteriaSetVersion:
    """A draft read from the paper ``de-an.docx``."""
    file, _ = StoredFile.objects.get_or_create(sha256="0" * 64, defaults={"size": 1, "stored_at": at})
    paper, _ = OfficialPaper.objects.get_or_create(
        owner=made.province, name="de-an.docx", file=file,
        defaults={"uploaded_by": made.people[who], "uploaded_at": at},
    )  # fmt: skip
    content = load_criteria_set(SMALL_SET)
    return CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=number, state=SetState.DRAFT, title=content.title,
        year=content.year, content=dump_criteria_set(content), paper=paper, table_number=2, reason=reason,
        created_by=made.people[who], created_at=at,
    )  # fmt: skip


@pytest.fixture
def drafts(made: World) -> list[CriteriaSetVersion]:
    return [_reading(made, 2, FIRST, "standing_office"), _reading(made, 3, SECOND, "secretary")]


def test_the_list_says_who_read_what_and_when(made: World, drafts: list[CriteriaSetVersion], as_person: Person) -> None:
    page = as_person("standing_office").get("/sets/").text
    assert "Standing Office đọc từ de-an.docx, Bảng 2, 08:30 ngày 01/02/2026" in page
    assert "Secretary đọc từ de-an.docx, Bảng 2, 14:05 ngày 01/02/2026" in page
    assert frozen_words(made.version) in page
    for draft in drafts:
        assert f'href="/sets/versions/{draft.pk}/check/"' in page
    of_one = as_person("standing_office").get(f"/sets/versions/{made.version.pk}/").text
    assert "Secretary đọc từ de-an.docx, Bảng 2, 14:05 ngày 01/02/2026" in of_one
    compared = as_person("standing_office").get(f"/sets/versions/{drafts[0].pk}/compare/{drafts[1].pk}/").text
    assert origin_words(drafts[0]) in compared
    assert origin_words(drafts[1]) in compared


def test_a_correction_goes_back_to_its_paper(made: World) -> None:
    corrected = _reading(made, 2, FIRST, "standing_office", reason="Sửa lỗi in")
    assert origin_words(corrected) == "Standing Office lập từ de-an.docx, Bảng 2, 08:30 ngày 01/02/2026"
    assert frozen_words(corrected) == ""
    assert "bản nháp, tệp de-an.docx, Bảng 2" in choice_words(corrected)


def test_choices_tell_frozen_versions_apart(made: World, as_person: Person) -> None:
    second = frozen_of(
        made.version.criteria_set, load_criteria_set(SMALL_SET), made.people["standing_office"], number=2
    )
    office = as_person("standing_office")
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ khác", year=2026, created_by=made.people["chair"],
        created_at=FIRST,
    )  # fmt: skip
    assert choice_words(made.version) != choice_words(second)
    form = office.get(f"/cycles/{cycle.pk}/groups/").text
    for one in (made.version, second):
        assert f">{choice_words(one)}</option>" in form
    assert f"phiên bản 2, khóa {choice_words(second).rsplit('khóa ', 1)[1]}" in form
    group = made.sheet.group_id
    page = office.get(f"/sets/replace/{group}/").text
    assert f"đang dùng {choice_words(made.version)}" in page
    assert f">{choice_words(second)}, " in page
    assert choice_words(made.version) in office.get(f"/cycles/{made.cycle.pk}/prepare/").text


@pytest.mark.parametrize("address", ["/sets/", "/sets/versions/{version}/", "/cycles/{cycle}/groups/"])
def test_the_number_of_queries_does_not_grow(made: World, as_person: Person, address: str) -> None:
    office = as_person("standing_office")
    where = address.format(version=made.version.pk, cycle=made.cycle.pk)
    _reading(made, 2, FIRST, "standing_office")
    office.get(where)
    with CaptureQueriesContext(connection) as few:
        office.get(where)
    _reading(made, 3, SECOND, "secretary")
    frozen_of(made.version.criteria_set, load_criteria_set(SMALL_SET), made.people["chair"], number=4)
    with CaptureQueriesContext(connection) as many:
        assert office.get(where).status_code == 200
    assert len(many) == len(few)
