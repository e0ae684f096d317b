"""A figure is entered once: other sheets of the unit follow it, and one that has been signed holds it."""

from __future__ import annotations

import pytest
from tests.factories.world import World, now, self_scoring

from parindex.database.models import Cycle, Entry, ScoreSheet
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SheetState
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.typed_values import Typed, digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(made: World) -> ScoreSheet:
    """The sheet of the same department in another cycle of the same year."""
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ giữa năm", year=2025, created_by=made.people["chair"],
        created_at=now(),
    )  # fmt: skip
    acting = made.session("standing_office")
    group = NewGroup("departments", "Sở", made.version.pk, (made.department.pk,))
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
