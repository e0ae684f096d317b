"""How sure ranks are said to be; what a page of one unit reads of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.public_rankings import Ranked, ranking
from tests.factories.published_world import published_world
from tests.factories.world import World, world

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Cycle, Publication, UnitVersion
from parindex.database.queries.public_results import details_of_group, owner_name
from parindex.domain.index.rank_intervals import RankInterval
from parindex.web.public_results import rank_certainty
from parindex.web.public_results.rank_certainty import Certainty, certainty

GRANTED = {"3.1": {"origin": "appraised", "appraised": "2", "survey_error": ""}}
THREE = (
    Ranked("Sở Y tế", error="0.05"), Ranked("Sở Tư pháp", {"1.2": "1"}, error="0.05"),
    Ranked("Ban Dân tộc", {"3.1": "2"}, error="", details=GRANTED),
)  # fmt: skip


@pytest.fixture
def small(db: None) -> World:
    """People and units, nothing published; pages of one test are not shown in another."""
    caches["public_pages"].clear()
    return world()


def frozen_of(made: Publication, **index: Any) -> FrozenSet:
    """The set of the publication, with another declaration of the index."""
    frozen = frozen_set(made.cycle.groups.get().set_version)
    asked = frozen.criteria_set
    return replace(frozen, criteria_set=replace(asked, index=replace(asked.index, **index)))


def certain(made: Publication, **index: Any) -> Certainty:
    caches["public_pages"].clear()
    return certainty(made, "departments", frozen_of(made, **index))


def test_points_that_the_council_granted_have_no_error(small: World) -> None:
    found = certain(ranking(small, THREE))
    assert found.intervals == {
        "don-vi-1": RankInterval(1, 1), "don-vi-2": RankInterval(3, 3), "don-vi-3": RankInterval(2, 2)
    }  # fmt: skip
    assert found.is_sampled


def test_points_of_a_survey_without_error_leave_nobody_certain(small: World) -> None:
    assert certain(ranking(small, (*THREE, Ranked("Thanh tra")))) == Certainty({}, is_sampled=True)


def test_where_no_points_come_from_a_survey_nothing_is_sampled(small: World) -> None:
    alike = [replace(one, details=GRANTED) for one in THREE]
    assert certain(ranking(small, alike)) == Certainty({}, is_sampled=False)


def test_the_tolerance_of_ties_widens_the_intervals(small: World) -> None:
    made = ranking(small, THREE[:2])
    assert certain(made).intervals["don-vi-2"] == RankInterval(2, 2)
    assert certain(made, tie_tolerance=Fraction(5)).intervals["don-vi-2"] == RankInterval(1, 2)


def test_a_search_reads_no_details_again(small: World) -> None:
    home = f"/results/{ranking(small, THREE).cycle_id}/"
    with patch.object(rank_certainty, "details_of_group", wraps=details_of_group) as asked:
        found = [Client().get(home, {"q": name}).text for name in ("y te", "tu phap", "dan toc")]
    assert asked.call_count == 1
    assert [text.count('rank__iv"') for text in found] == [1, 1, 1]


@pytest.mark.parametrize("page", ["", "pdf/"])
def test_the_own_sheet_reads_no_other_unit(db: None, page: str) -> None:
    made = published_world().made
    client = Client()
    client.force_login(made.people["leader"], backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/cycles/{made.cycle.pk}/results/units/{made.sheet.pk}/{page}").status_code == 200
    whole = [one["sql"] for one in asked if '"unit_name"' in one["sql"] and 'FROM "parindex_unitresult"' in one["sql"]]
    assert whole
    assert all('"sheet_id" = ' in one or '"unit_id" IN' in one for one in whole)


def test_the_owner_is_named_as_on_the_day_in_viet_nam_on_which_the_cycle_was_opened(small: World) -> None:
    UnitVersion.objects.filter(unit=small.province).update(valid_to=date(2025, 6, 30))
    UnitVersion.objects.create(
        unit=small.province, name="Tỉnh mới", kind="province", path="tinh", valid_from=date(2025, 7, 1)
    )
    cycle = Cycle.objects.get(pk=small.cycle.pk)
    cycle.opened_at = datetime(2025, 6, 30, 18, tzinfo=UTC)  # 01:00 of the next day in Viet Nam
    assert owner_name(cycle) == "Tỉnh mới"
    cycle.opened_at = datetime(2025, 6, 30, 16, tzinfo=UTC)
    assert owner_name(cycle) != "Tỉnh mới"
