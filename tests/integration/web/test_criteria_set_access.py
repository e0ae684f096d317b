"""Who may open which page of criteria sets: the office, a colleague there, a unit of the owner, a stranger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import SMALL_SET, World, frozen_version, now, person, unit

from parindex.database.models import CriteriaSet, CriteriaSetVersion, Guidance, OfficialPaper, StoredFile
from parindex.domain.review.roles import Role
from parindex.usecases import criteria_sets as sets
from parindex.usecases import guidance as guidances

Person = Callable[[str], Client]


@pytest.fixture
def versions(made: World) -> dict[str, int]:
    """A frozen version, a draft that corrects it, guidance, a paper; and a set of another owner."""
    office = made.session("standing_office")
    draft = sets.correct(by=office, at=now(), version_id=made.version.pk, reason="Sửa lỗi in")
    guidance = guidances.make_guidance(by=office, at=now(), version_id=made.version.pk, title="Hướng dẫn 1/HD")
    guidances.write_note(
        by=office, at=now(), guidance_id=guidance.pk, item_code="1.1", texts=guidances.NoteTexts(rule="Theo tỷ lệ")
    )
    file = StoredFile.objects.create(sha256="a" * 64, size=1, content_type="text/plain", stored_at=now())
    paper = OfficialPaper.objects.create(
        owner=made.province, name="a.txt", file=file, uploaded_by=office.user, uploaded_at=now()
    )
    other = unit("tinh-khac", "UBND tỉnh khác", "province")
    made.people["foreign_office"] = person("foreign_office", other, Role.STANDING_OFFICE)
    made.people["second_officer"] = person("second_officer", made.office, Role.STANDING_OFFICE, made.province)
    foreign = frozen_version(other, made.people["foreign_office"], SMALL_SET)
    group = made.cycle.groups.order_by("pk")[0]
    return {
        "frozen": made.version.pk, "draft": draft.pk, "guidance": guidance.pk, "paper": paper.pk,
        "foreign": foreign.pk, "group": group.pk,
    }  # fmt: skip


DRAFT_PAGES = [
    "/sets/versions/{draft}/", "/sets/versions/{draft}/check/", "/sets/versions/{draft}/freeze/",
    "/sets/versions/{draft}/discard/", "/sets/versions/{draft}/rows/2/", "/sets/versions/{draft}/properties/",
    "/sets/versions/{draft}/measures/", "/sets/versions/{draft}/measures/received/",
    "/sets/versions/{draft}/measures/+/", "/sets/versions/{draft}/record/", "/sets/versions/{draft}/record.docx",
    "/sets/versions/{draft}/set.yaml", "/sets/versions/{frozen}/compare/{draft}/", "/sets/guidance/{guidance}/",
    "/sets/guidance/{guidance}/publish/", "/sets/guidance/{guidance}/items/1.1/", "/sets/versions/{draft}/guidance/",
    "/sets/papers/{paper}/",
]  # fmt: skip
FROZEN_PAGES = [
    "/sets/versions/{frozen}/", "/sets/versions/{frozen}/check/", "/sets/versions/{frozen}/rows/2/",
    "/sets/versions/{frozen}/measures/", "/sets/versions/{frozen}/record/", "/sets/versions/{frozen}/set.yaml",
    "/sets/versions/{frozen}/correct/", "/sets/versions/{frozen}/next-year/", "/sets/versions/{frozen}/guidance/",
    "/sets/versions/{frozen}/properties/",
]  # fmt: skip


@pytest.mark.parametrize("page", DRAFT_PAGES)
def test_a_draft_is_for_its_office_and_for_auditors(versions: dict[str, int], as_person: Person, page: str) -> None:
    url = page.format(**versions)
    for name, status in (
        ("standing_office", 200), ("second_officer", 200), ("auditor", 200), ("owner", 403), ("stranger", 403),
        ("foreign_office", 403),
    ):  # fmt: skip
        assert as_person(name).get(url).status_code == status, (name, url)


@pytest.mark.parametrize("page", FROZEN_PAGES)
def test_a_frozen_set_is_read_by_everybody_of_the_owner(versions: dict[str, int], as_person: Person, page: str) -> None:
    url = page.format(**versions)
    for name, status in (
        ("standing_office", 200), ("owner", 200), ("colleague", 200), ("auditor", 200), ("foreign_office", 403),
    ):  # fmt: skip
        assert as_person(name).get(url).status_code == status, (name, url)


ACTS = [
    ("/sets/versions/{draft}/freeze/", {}),
    ("/sets/versions/{draft}/discard/", {}),
    ("/sets/versions/{frozen}/correct/", {"reason": "Sửa"}),
    ("/sets/versions/{frozen}/next-year/", {"year": "2026", "code": "bo-moi"}),
    ("/sets/versions/{draft}/rows/2/", {"act": "save", "read": "0", "code": "1.2", "title": "Khác", "max_points": "2"}),
    ("/sets/versions/{draft}/properties/", {"read": "0", "title": "Khác", "year": "2025"}),
    ("/sets/versions/{draft}/measures/received/", {"act": "save", "read": "0", "title": "Khác", "kind": "number"}),
    ("/sets/versions/{frozen}/guidance/", {"title": "Hướng dẫn khác"}),
    ("/sets/guidance/{guidance}/publish/", {}),
    ("/sets/guidance/{guidance}/attach/", {"item": "1.1"}),
    ("/sets/guidance/{guidance}/items/1.1/", {"rule": "x", "evidence": "", "example": ""}),
    ("/sets/replace/{group}/", {"to": "{frozen}", "reason": "x"}),
]


@pytest.mark.parametrize(("page", "form"), ACTS, ids=[page for page, _ in ACTS])
@pytest.mark.parametrize("name", ["owner", "stranger", "auditor", "foreign_office"])
def test_nobody_else_writes(
    versions: dict[str, int], as_person: Person, page: str, form: dict[str, str], name: str
) -> None:
    before = list(CriteriaSetVersion.objects.order_by("pk").values_list("pk", "content", "state", "edit_number"))
    guided = list(Guidance.objects.order_by("pk").values_list("pk", "published_at"))
    data = {key: value.format(**versions) for key, value in form.items()}
    assert as_person(name).post(page.format(**versions), data).status_code == 403
    now_there = list(CriteriaSetVersion.objects.order_by("pk").values_list("pk", "content", "state", "edit_number"))
    assert now_there == before
    assert list(Guidance.objects.order_by("pk").values_list("pk", "published_at")) == guided


def test_nobody_uploads_for_another_owner(made: World, versions: dict[str, int], as_person: Person) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    for name in ("owner", "foreign_office"):
        file = SimpleUploadedFile("a.yaml", SMALL_SET.read_bytes())
        answer = as_person(name).post("/sets/", {"owner": made.province.pk, "paper": file})
        assert answer.status_code == 403, name
        start = as_person(name).post("/sets/start/", {"owner": made.province.pk, "set": "dien-bien-2020-province"})
        assert start.status_code == 403, name
    assert OfficialPaper.objects.count() == 1


def test_the_list_shows_frozen_sets_to_units_and_drafts_to_the_office(
    versions: dict[str, int], as_person: Person
) -> None:
    office, owner = as_person("standing_office").get("/sets/").text, as_person("owner").get("/sets/").text
    assert "Bản nháp" in office
    assert "Bản nháp" not in owner
    assert "Bộ tiêu chí thử" in owner
    assert "Đọc văn bản" in office
    assert "Đọc văn bản" not in owner
    assert "UBND tỉnh khác" not in office


def test_unknown_pages_are_not_found(versions: dict[str, int], as_person: Person) -> None:
    office = as_person("standing_office")
    for url in ("/sets/versions/9999/", "/sets/papers/9999/", "/sets/guidance/9999/", "/sets/replace/9999/",
                f"/sets/versions/{versions['draft']}/rows/999/", f"/sets/versions/{versions['draft']}/measures/xx/",
                f"/sets/guidance/{versions['guidance']}/items/9.9/"):  # fmt: skip
        assert office.get(url).status_code == 404, url


@pytest.mark.parametrize("url", ["/sets/", "/sets/versions/{frozen}/"])
def test_pages_make_as_many_queries_for_many_rows_as_for_one(
    made: World, versions: dict[str, int], as_person: Person, url: str, django_assert_max_num_queries: Callable
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office = as_person("standing_office")
    page = url.format(**versions)
    office.get(page)
    with CaptureQueriesContext(connection) as few:
        office.get(page)
    family = CriteriaSet.objects.get(pk=made.version.criteria_set_id)
    for number in (3, 4, 5):
        CriteriaSetVersion.objects.create(
            criteria_set=family, number=number, title="Khác", year=2025, content=made.version.content,
            created_by=made.people["standing_office"], created_at=now(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        office.get(page)
    assert len(many) == len(few)
