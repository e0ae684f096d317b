"""A world that is written back is the world that was built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from tests.factories import kept
from tests.factories.parts_world import parts_world
from tests.factories.rights_world import rights_world
from tests.factories.world import unit, world

from parindex.database.models import Unit, User

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class Counted:
    """Builds a world, and says how often."""

    def __init__(self, make: Any) -> None:
        self.times, self._build = 0, make.__wrapped__

    def __call__(self) -> Any:
        self.times += 1
        return self._build()


def values(made: Any) -> Any:
    """What objects hold, in a form that compares."""
    if isinstance(made, Model):
        return {one.attname: getattr(made, one.attname) for one in made._meta.concrete_fields}
    if isinstance(made, dict):
        return {key: values(one) for key, one in made.items()}
    return {name: values(one) for name, one in vars(made).items()} if hasattr(made, "__dataclass_fields__") else made


def taken_back(make: Callable[[], Any]) -> tuple[Any, kept.Rows]:
    """What ``make`` gives and stores in an empty database."""
    mark = transaction.savepoint()
    made = make()
    rows = kept.stored_rows()
    transaction.savepoint_rollback(mark)
    return made, rows


@pytest.mark.parametrize("make", [world, rights_world, parts_world], ids=lambda make: make.__name__)
def test_what_comes_back_is_what_was_built(make: Any) -> None:
    count = Counted(make)
    again = kept.kept(count)
    (first, stored), (second, written) = taken_back(again), taken_back(again)
    assert count.times == 1
    assert len(stored["parindex_user"]) >= 12
    assert written == stored
    assert values(second) == values(first)
    assert second is not first


def test_times_are_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counted(world)
    make = kept.kept(count)
    taken_back(make)
    taken_back(make)
    assert count.times == 1
    later = timezone.now() + kept.FRESH + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    taken_back(make)
    assert count.times == 2


def test_a_database_that_is_not_empty_is_built_upon() -> None:
    taken_back(world)
    unit("tinh-khac", "UBND tỉnh khác", "province")
    made = world()
    units = {"tinh", "so-noi-vu", "so-y-te", "so-tu-phap"}
    assert set(Unit.objects.values_list("code", flat=True)) == {"tinh-khac", *units}
    assert User.objects.count() == len(made.people)


def test_what_a_test_does_to_a_world_is_gone() -> None:
    made, _ = taken_back(world)
    made.people.clear()
    again, _ = taken_back(world)
    assert len(again.people) == 12
