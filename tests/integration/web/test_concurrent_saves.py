"""Saves at the same moment: one after the other, nothing lost, counts and the chain of the log right."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.factories.world import World, now, self_scoring, world
from tests.integration.web.test_concurrent_signatures import together

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import AuditRecord, Cycle, Entry, ScoreSheet, Unit
from parindex.domain.values import number_text
from parindex.usecases import audit_log
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.sheet_counts import counts_of, update_counts
from parindex.usecases.submissions import submit_part
from parindex.usecases.typed_values import Typed, digest

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.waiting,
]


def second_sheet(made: World, *more: Unit) -> ScoreSheet:
    """The sheet of the same department in another cycle of the same year; ``more`` units have one there too."""
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ giữa năm", year=2025, created_by=made.people["chair"],
        created_at=now(),
    )  # fmt: skip
    acting = made.session("standing_office")
    add_group(
        by=acting, at=now(), cycle_id=cycle.pk,
        group=NewGroup("departments", "Sở", made.version.pk, (made.department.pk, *(unit.pk for unit in more))),
    )  # fmt: skip
    self_scoring(cycle)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk)
    return ScoreSheet.objects.get(cycle=cycle, unit=made.department)


def saving(made: World, name: str, sheet: ScoreSheet, code: str, change: Change) -> Callable[[], object]:
    session, pk = made.session(name), sheet.pk

    def save() -> object:
        saved: Saved = save_entry(by=session, at=now(), sheet_id=pk, item_code=code, change=change)
        return len(saved.conflicts)

    return save


def require_counted(*sheets: ScoreSheet) -> None:
    """The counts that stand with a sheet are those of its entries, and no chain of the log is broken."""
    for sheet in sheets:
        stored = ScoreSheet.objects.select_related("group__set_version").get(pk=sheet.pk)
        counts = counts_of(Entry.objects.filter(sheet=sheet).order_by("position"), frozen_set(stored.group.set_version))
        assert (stored.points, stored.items_done) == (number_text(counts.points), counts.done)
    assert not any(proof.broken for proof in audit_log.verify())


def figures(**values: str) -> Change:
    return Change({name: Typed(value, digest("")) for name, value in values.items()})


def test_one_field_by_two_people_is_one_value_and_one_conflict() -> None:
    made = world()
    acts = [saving(made, name, made.sheet, "2.1", figures(received=value)) for name, value in
            (("owner", "100"), ("colleague", "200"))]  # fmt: skip
    assert sorted(map(int, map(str, together(*acts)))) == [0, 1]
    assert AuditRecord.objects.filter(action="edit_entry").count() == 1
    require_counted(made.sheet)


def test_two_items_of_one_sheet_are_both_counted() -> None:
    made = world()
    first = saving(made, "owner", made.sheet, "2.1", figures(received="100", on_time="50"))
    second = saving(made, "colleague", made.sheet, "1.2", Change(self_points=Typed("1,5", digest(""))))
    assert together(first, second) == [0, 0]
    stored = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (stored.points, stored.items_done) == ("2.5", 2)
    require_counted(made.sheet)


def test_a_figure_of_two_sheets_changed_from_both_never_locks_up() -> None:
    made = world()
    other = second_sheet(made)
    for number in range(1, 6):
        first = saving(made, "owner", made.sheet, "2.1", figures_again(number, "received"))
        second = saving(made, "colleague", other, "2.1", figures_again(number, "on_time"))
        assert together(first, second) == [0, 0]
    require_counted(made.sheet, other)
    points = {Entry.objects.get(sheet=sheet, item_code="2.1").points for sheet in (made.sheet, other)}
    assert points == {"2"}


def test_two_units_that_write_into_the_chains_of_two_cycles_never_lock_up() -> None:
    """One types in the first cycle, the other in the second; the records of each stand in both chains."""
    made = world()
    mine = second_sheet(made, made.other_department)
    theirs = ScoreSheet.objects.get(cycle=mine.cycle, unit=made.other_department)
    for number in range(1, 6):
        first = saving(made, "owner", made.sheet, "2.1", figures_again(number, "received"))
        second = saving(made, "stranger", theirs, "2.1", figures_again(number, "received"))
        assert together(first, second) == [0, 0]
    for cycle in (made.cycle.pk, mine.cycle_id):
        rows = AuditRecord.objects.filter(chain__key=f"cycle-{cycle}")
        counted = {action: rows.filter(action=action).count() for action in ("edit_entry", "follow_figure")}
        assert counted == {"edit_entry": 5, "follow_figure": 10}  # two items read the figure
    require_counted(made.sheet, mine, made.other_sheet, theirs)


def figures_again(number: int, measure: str) -> Change:
    before = str((number - 1) * 10) if number > 1 else ""
    return Change({measure: Typed(str(number * 10), digest(before))})


def test_nothing_is_written_into_what_is_being_signed() -> None:
    made = world()
    for code, change in (
        ("2.1", figures(received="100", on_time="50")),
        ("2.2", figures(online="20")),
        ("1.1", figures(plan="timely")),
        ("1.2", Change(self_points=Typed("1", digest("")))),
    ):
        saving(made, "owner", made.sheet, code, change)()
    Entry.objects.filter(sheet=made.sheet).update(lacks_evidence=False)
    update_counts(ScoreSheet.objects.get(pk=made.sheet.pk), act="edited", at=now(), by=None)
    leader, part = made.session("leader"), made.sheet.parts.get().pk

    def sign() -> object:
        return submit_part(by=leader, at=now(), part_id=part).claim

    late = Change({"on_time": Typed("60", digest("50"))})
    claim, saved = together(sign, saving(made, "owner", made.sheet, "2.1", late))
    points = Entry.objects.get(sheet=made.sheet, item_code="2.1").points
    signed = {one["measure"]: one["value"] for one in json.loads(str(claim))["figures"]}
    assert (saved, points, signed["on_time"]) in [("sheet_signed", "1", "50"), (0, "1.2", "60")]
    require_counted(made.sheet)
