"""Each record of the log says which chain it belongs to, and a figure what it is a measure of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.world import SMALL_SET, World, frozen_of, now

from parindex.database.models import AuditRecord, Cycle, Entry
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.usecases import audit_log
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.set_replacement import replace_set
from parindex.usecases.typed_values import Typed, digest
from parindex.web.audit_log.measures import measure_of
from parindex.web.audit_log.views import Difference, differences

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def _cells(page: str, label: str) -> list[str]:
    return [one.split("</td>")[0] for one in page.split(f'data-l="{label}">')[1:]]


def _entered(made: World, measure: str, value: str) -> AuditRecord:
    change = Change({measure: Typed(value, digest(""))})
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    return AuditRecord.objects.filter(action="edit_entry").order_by("-sequence")[0]


def test_the_list_says_which_cycle_or_none(made: World, as_person: Person) -> None:
    _entered(made, "received", "100")
    office = as_person("standing_office")
    of_cycle = _cells(office.get("/log/?action=edit_entry").text, "Kỳ")
    assert of_cycle == [made.cycle.title]
    outside = _cells(office.get("/log/?action=freeze_set").text, "Kỳ")
    assert outside == ["Ngoài các kỳ đánh giá"]
    narrowed = office.get(f"/log/?chain=cycle-{made.cycle.pk}").text
    assert "Ngoài các kỳ đánh giá" not in "".join(_cells(narrowed, "Kỳ"))
    assert f'value="cycle-{made.cycle.pk}" selected' in narrowed


def test_who_reads_no_whole_cycle_reads_its_name_too(made: World, as_person: Person) -> None:
    _entered(made, "received", "100")
    page = as_person("owner").get("/log/?action=edit_entry").text
    assert _cells(page, "Kỳ") == [made.cycle.title]
    assert 'name="chain"' not in page


def test_the_number_of_queries_does_not_grow_with_the_chains(made: World, as_person: Person) -> None:
    def written(title: str) -> None:
        cycle = Cycle.objects.create(
            owner=made.province, owner_path="tinh", title=title, year=2026, created_by=made.people["chair"],
            created_at=now(),
        )  # fmt: skip
        what = audit_log.target(cycle, unit=made.province, cycle=cycle)
        audit_log.record("create_cycle", what, by=made.session("standing_office"), at=now())

    auditor, address = as_person("auditor"), "/log/?action=create_cycle"
    written("Kỳ một")
    auditor.get(address)
    with CaptureQueriesContext(connection) as one:
        assert "Kỳ một" in auditor.get(address).text
    written("Kỳ hai")
    written("Kỳ ba")
    with CaptureQueriesContext(connection) as three:
        assert len(_cells(auditor.get(address).text, "Kỳ")) == 3
    assert len(three) == len(one)


def test_a_figure_is_said_by_the_title_of_its_measure(made: World, as_person: Person) -> None:
    record = _entered(made, "received", "100")
    page = as_person("auditor").get(f"/log/{record.pk}/").text
    assert "số liệu Hồ sơ tiếp nhận (received)" in page


def test_figures_of_another_year_choices_and_unknown_ones(made: World) -> None:
    entry = Entry.objects.get(sheet=made.sheet, item_code="2.1")
    what = audit_log.target(entry, unit=made.department, cycle=made.cycle)
    before = {"figure.received.2024": "1", "figure.gone": "2", "figure.received": "3"}
    record = audit_log.record("edit_entry", what, by=made.session("owner"), at=now(), before=before, after={})
    assert {one.field for one in differences(record)} == {
        "số liệu Hồ sơ tiếp nhận (received), năm 2024", "số liệu gone", "số liệu Hồ sơ tiếp nhận (received)"
    }  # fmt: skip
    record = audit_log.record("edit_entry", what, by=made.session("owner"), at=now(), after={"figure.plan": "late"})
    assert differences(record) == [Difference("số liệu Ban hành kế hoạch (plan)", None, "Chậm")]
    outside = audit_log.Target("unit_table", "", made.province.pk)
    record = audit_log.record("import_units", outside, by=None, at=now(), after={"figure.received": "3"})
    assert [one.field for one in differences(record)] == ["số liệu received"]
    assert measure_of("explanation") == ""


def test_a_measure_of_a_set_that_was_replaced_keeps_its_title(made: World) -> None:
    old = load_criteria_set(SMALL_SET)
    measures = {code: replace(one, title=f"{one.title} (mới)") for code, one in old.measures.items()}
    office = made.people["standing_office"]
    new = frozen_of(made.version.criteria_set, replace(old, measures=measures), office, number=2)
    record = _entered(made, "received", "100")
    assert next(one.field for one in differences(record)) == "số liệu Hồ sơ tiếp nhận (received)"
    at: datetime = now()
    replace_set(
        by=made.session("standing_office"), at=at, group_id=made.sheet.group_id, version_id=new.pk, reason="Đính chính"
    )
    assert next(one.field for one in differences(record)) == "số liệu Hồ sơ tiếp nhận (mới) (received)"


def test_the_queries_of_a_record_do_not_grow_with_its_figures(made: World) -> None:
    entry = Entry.objects.get(sheet=made.sheet, item_code="2.1")
    what, by = audit_log.target(entry, unit=made.department, cycle=made.cycle), made.session("owner")
    one = audit_log.record("edit_entry", what, by=by, at=now(), before={}, after={"figure.received": "1"})
    both = {"figure.received": "2", "figure.on_time": "1", "figure.received.2024": "3"}
    three = audit_log.record("edit_entry", what, by=by, at=now(), before={}, after=both)
    differences(one)
    differences(three)
    with CaptureQueriesContext(connection) as few:
        differences(one)
    differences(three)
    with CaptureQueriesContext(connection) as more:
        assert len(differences(three)) == 3
    assert len(more) == len(few) <= 4
