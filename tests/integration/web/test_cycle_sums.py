"""The sums of the overview and its filters count the same units."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest
from tests.factories.world import World, now

from parindex.database.models import ScoreSheet
from parindex.database.queries.cycle_progress import STANDINGS, progress, rows
from parindex.domain.review.stages import SheetState

pytestmark = pytest.mark.both


@pytest.fixture
def sheets(made: World) -> int:
    """A sheet in every state, with and without an act, with no, an earlier and a later extension."""
    at = now()
    extensions: tuple[datetime | None, ...] = (None, at - timedelta(days=1), at + timedelta(days=3))
    ScoreSheet.objects.filter(cycle=made.cycle).update(items=4, items_done=1)
    for state, acted, until in product(SheetState, (None, at), extensions):
        made.sheet.pk, made.sheet.state, made.sheet.last_act_at, made.sheet.extended_until = None, state, acted, until
        made.sheet.unit_id, made.sheet.items, made.sheet.items_done = _another_unit(made), 10, 7
        made.sheet.save()
    return 2 + len(SheetState) * 6


def _another_unit(made: World) -> int:
    made.department.pk, made.department.code = None, f"phong-{ScoreSheet.objects.count()}"
    made.department.save()
    return made.department.pk


@pytest.mark.parametrize("ends_in", [None, -2, 5])
def test_sums_count_what_the_filters_show(made: World, sheets: int, ends_in: int | None) -> None:
    at = now()
    ends = None if ends_in is None else at + timedelta(days=ends_in)
    sums = progress(made.cycle, ends, at)
    shown = {standing: rows(made.cycle, ends, at, standing=standing).count() for standing in STANDINGS}
    assert dict(sums.standings) == shown
    assert sum(shown.values()) == sums.units == sums.groups[made.sheet.group_id] == sheets
    assert sums.overdue == rows(made.cycle, ends, at, standing="overdue").count()
    assert (sums.items, sums.items_done) == (8 + 10 * (sheets - 2), 2 + 7 * (sheets - 2))
