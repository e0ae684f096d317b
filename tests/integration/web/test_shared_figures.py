"""A figure is entered once: other sheets of the unit follow it, and one that has been signed holds it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.world import SMALL_SET, World, frozen_version, now, self_scoring

from parindex.database.models import AuditRecord, CriteriaSetVersion, Cycle, Entry, ScoreSheet
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SheetState
from parindex.usecases import audit_log
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.entry_history import history_of
from parindex.usecases.figure_lines import add_line
from parindex.usecases.typed_values import Typed, digest

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def second(made: World) -> ScoreSheet:
    """The sheet of the same department in another cycle of the same year."""
    return sheet_under(made, made.version)


def sheet_under(made: World, version: CriteriaSetVersion) -> ScoreSheet:
    """The sheet of the department in a cycle of its own."""
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ giữa năm", year=version.year or 0,
        created_by=made.people["chair"], created_at=now(),
    )  # fmt: skip
    acting = made.session("standing_office")
    group = NewGroup("departments", "Sở", version.pk, (made.department.pk,))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    self_scoring(cycle)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk)
    return ScoreSheet.objects.get(cycle=cycle)


def type_figures(made: World, *figures: tuple[str, str], before: str = "") -> Saved:
    change = Change(figures={measure: Typed(value, digest(before)) for measure, value in figures})
    return save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)


def test_the_other_sheet_follows(made: World, second: ScoreSheet) -> None:
    type_figures(made, ("received", "200"), ("on_time", "150"))
    assert Entry.objects.get(sheet=second, item_code="2.1").points == "1.5"
    second.refresh_from_db()
    assert (second.points, second.items_done) == ("1.5", 1)


def test_what_is_signed_elsewhere_holds_the_figure(made: World, second: ScoreSheet) -> None:
    type_figures(made, ("received", "200"), ("on_time", "150"))
    second.parts.update(state=SheetState.SUBMITTED)
    with pytest.raises(Refusal) as caught:
        type_figures(made, ("on_time", "160"), before="150")
    assert caught.value.code == "figure_signed_elsewhere"
    assert caught.value.facts == {"item": "2.1", "cycle": "Kỳ giữa năm"}
    assert Entry.objects.get(sheet=made.sheet, item_code="2.1").points == "1.5"


# --- what the log of the other cycle says ----------------------------------------------------------------------------


def records_of(sheet: ScoreSheet) -> list[AuditRecord]:
    return list(AuditRecord.objects.filter(chain__key=f"cycle-{sheet.cycle_id}").order_by("sequence"))


def test_the_other_cycle_records_that_its_sheet_followed(made: World, second: ScoreSheet) -> None:
    type_figures(made, ("received", "200"), ("on_time", "150"))
    known = len(records_of(second))
    type_figures(made, ("on_time", "160"), before="150")
    (row,) = records_of(second)[known:]
    entry = Entry.objects.get(sheet=second, item_code="2.1")
    assert (row.action, row.object_kind, row.object_id) == ("follow_figure", "entry", str(entry.pk))
    assert (row.actor_id, row.role, row.unit_id) == (made.people["owner"].pk, "unit_officer", made.department.pk)
    assert json.loads(row.before) == {"figure.on_time": "150", "points": "1.5"}
    assert json.loads(row.after) == {"figure.on_time": "160", "points": "1.6"}
    (latest, *_) = history_of(second, entry)
    assert [(one.field, one.before, one.after) for one in latest.changes] == [("figure.on_time", "150", "160")]
    assert all(not proof.broken for proof in audit_log.verify())


def test_each_item_that_reads_the_figure_has_its_record(made: World, second: ScoreSheet) -> None:
    known = len(records_of(second))
    type_figures(made, ("received", "200"))
    rows = records_of(second)[known:]
    codes = [Entry.objects.get(pk=int(row.object_id)).item_code for row in rows]
    assert sorted(codes) == ["2.1", "2.2"]
    assert {row.action for row in rows} == {"follow_figure"}


def test_a_figure_of_last_year_is_named_with_its_year(made: World, tmp_path: Path) -> None:
    def lagged(data: dict[str, Any]) -> None:
        data["year"] = 2026
        data["areas"][1]["children"][1]["rule"] = {"kind": "ratio", "of": "online", "to": "received", "target": "50%"}
        data["areas"][1]["children"][0]["rule"]["to"] = {"measure": "received", "year": -1}

    later = sheet_under(made, set_with(made, tmp_path, lagged))
    known = len(records_of(later))
    type_figures(made, ("received", "200"), ("on_time", "150"))
    (row,) = records_of(later)[known:]
    assert Entry.objects.get(pk=int(row.object_id)).item_code == "2.1"
    assert json.loads(row.before) == {"figure.received.2025": "", "points": ""}
    assert json.loads(row.after) == {"figure.received.2025": "200", "points": ""}


def test_what_shares_nothing_has_no_record(made: World, second: ScoreSheet) -> None:
    known = len(records_of(second))
    change = Change(explanation=Typed("Chỉ ở phiếu này", digest("")))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    assert len(records_of(second)) == known


def test_a_line_of_a_list_is_followed_too(made: World, tmp_path: Path) -> None:
    def listed(data: dict[str, Any]) -> None:
        data["measures"]["initiatives"] = {"title": "Sáng kiến được công nhận", "kind": "list"}
        data["areas"][0]["children"][1]["rule"] = {"kind": "count", "of": "initiatives", "each": "0.5"}

    version = set_with(made, tmp_path, listed)
    type(made.sheet.group).objects.filter(pk=made.sheet.group_id).update(set_version=version)
    second = sheet_under(made, version)
    known = len(records_of(second))
    where: dict[str, Any] = {"sheet_id": made.sheet.pk, "item_code": "1.2", "measure": "initiatives"}
    add_line(by=made.session("owner"), at=now(), title="Sổ tay một cửa", **where)
    (row,) = records_of(second)[known:]
    assert json.loads(row.before) == {"figure.initiatives": "", "points": ""}
    assert json.loads(row.after) == {"figure.initiatives": "1", "points": "0.5"}


def test_saves_that_touch_no_other_sheet_hold_one_chain(made: World, second: ScoreSheet) -> None:
    alone = Change(explanation=Typed("Một", digest("")))
    with CaptureQueriesContext(connection) as found:
        save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=alone)
    held = [one["sql"] for one in found.captured_queries if "parindex_auditchain" in one["sql"]]
    assert [sql.split()[0] for sql in held] == ["SELECT", "UPDATE"]


def set_with(made: World, folder: Path, change: Callable[[dict[str, Any]], None]) -> CriteriaSetVersion:
    """The small set with something changed."""
    data = yaml.safe_load(SMALL_SET.read_text(encoding="utf-8"))
    data["id"] = "other-set"
    change(data)
    path = folder / "set.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return frozen_version(made.province, made.people["standing_office"], path)
