"""Several tables of one paper, frozen on one page: those that are ready, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now

from parindex.database.models import (
    AuditRecord,
    CriteriaSet,
    CriteriaSetVersion,
    FindingDecision,
    OfficialPaper,
    StoredFile,
)
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, parse_criteria_set
from parindex.domain.errors import InvalidInput
from parindex.domain.review.refusal import Refusal
from parindex.usecases.criteria_sets import freeze_together
from parindex.usecases.set_matters import matters_of

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def _table(made: World, paper: OfficialPaper, number: int, content: str) -> CriteriaSetVersion:
    office = made.people["standing_office"]
    family = CriteriaSet.objects.create(owner=made.province, code=f"bang-{number}")
    return CriteriaSetVersion.objects.create(
        criteria_set=family, number=1, state="draft", title=f"Bộ của bảng {number}", year=2025, content=content,
        paper=paper, table_number=number, created_by=office, created_at=paper.uploaded_at,
    )  # fmt: skip


@pytest.fixture
def tables(made: World) -> list[CriteriaSetVersion]:
    """Three tables of one paper: two that are ready, and one without a legal basis."""
    office = made.people["standing_office"]
    file = StoredFile.objects.create(sha256="0" * 64, size=1, content_type="text/plain", stored_at=now())
    paper = OfficialPaper.objects.create(
        owner=made.province, name="2270.docx", file=file, uploaded_by=office, uploaded_at=now(), read_at=now()
    )
    ready = made.version.content
    open_one = dump_criteria_set(replace(parse_criteria_set(ready), legal_basis=()))
    found = [_table(made, paper, 1, ready), _table(made, paper, 2, ready), _table(made, paper, 3, open_one)]
    for version, matters in matters_of(found, now()).items():
        for one in matters.warnings:
            FindingDecision.objects.create(
                version_id=version, key=one.key, decision="confirmed", message="", change="", finding="{}", patch="[]",
                decided_by=office, decided_at=now(),
            )  # fmt: skip
    return found


def _address(tables: list[CriteriaSetVersion]) -> str:
    return f"/sets/versions/{tables[0].pk}/freeze/all/"


def test_the_page_tells_which_tables_are_ready(
    made: World, tables: list[CriteriaSetVersion], as_person: Person
) -> None:
    office = as_person("standing_office")
    assert f'href="{_address(tables)}"' in office.get(f"/sets/versions/{tables[0].pk}/check/").text
    page = office.get(_address(tables)).text
    assert "2 trên 3 bảng khóa được ngay." in page
    assert "Khóa 2 bảng" in page
    assert page.count('name="table"') == 2
    assert 'name="table"' not in as_person("auditor").get(_address(tables)).text


@pytest.mark.parametrize("name", ["owner", "colleague", "stranger", "leader", "chair"])
def test_others_see_no_drafts_and_freeze_nothing(
    made: World, tables: list[CriteriaSetVersion], as_person: Person, name: str
) -> None:
    client = as_person(name)
    assert client.get(_address(tables)).status_code == 403
    ready = {"table": [tables[0].pk, tables[1].pk]}
    assert client.post(_address(tables), ready).status_code == 403
    assert as_person("auditor").post(_address(tables), ready).status_code == 403
    assert CriteriaSetVersion.objects.filter(state="frozen").count() == 1  # the one of the world


def test_what_was_shown_is_frozen_each_with_its_fingerprint(
    made: World, tables: list[CriteriaSetVersion], as_person: Person
) -> None:
    office = as_person("standing_office")
    frozen = AuditRecord.objects.filter(action="freeze_set")
    before = frozen.count()
    done = office.post(_address(tables), {"table": [tables[0].pk, tables[1].pk]}, follow=True)
    assert "Đã khóa 2 bộ tiêu chí lúc" in done.text
    kept = list(CriteriaSetVersion.objects.filter(pk__in=[one.pk for one in tables]).order_by("table_number"))
    assert [one.state for one in kept] == ["frozen", "frozen", "draft"]
    assert [len(one.fingerprint) for one in kept] == [64, 64, 0]
    assert frozen.count() == before + 2
    again = office.post(_address(tables), {"table": [tables[0].pk, tables[1].pk]})
    assert again.status_code == 422
    assert "nay có 0" in again.text


def test_a_table_that_is_no_longer_ready_keeps_all_open(
    made: World, tables: list[CriteriaSetVersion], as_person: Person
) -> None:
    CriteriaSetVersion.objects.filter(pk=tables[1].pk).update(content=tables[2].content)
    answer = as_person("standing_office").post(_address(tables), {"table": [tables[0].pk, tables[1].pk]})
    assert answer.status_code == 422
    assert "Chưa khóa bảng nào" in answer.text
    with pytest.raises((Refusal, InvalidInput)):
        freeze_together(
            by=made.session("standing_office"), at=now(), version_ids=[tables[0].pk, tables[1].pk]
        )  # fmt: skip
    assert set(CriteriaSetVersion.objects.filter(paper=tables[0].paper).values_list("state", flat=True)) == {"draft"}


def test_the_number_of_queries_does_not_grow_with_the_tables(
    made: World, tables: list[CriteriaSetVersion], as_person: Person
) -> None:
    client = as_person("standing_office")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(_address(tables)).status_code == 200
        return len(found)

    three = queries()
    FindingDecision.objects.filter(version__in=tables[1:]).delete()
    CriteriaSetVersion.objects.filter(pk__in=[tables[1].pk, tables[2].pk]).delete()
    assert queries() == three
