"""Criteria for commendation: ties, what is missing, exact limits, what is looked into."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.documents.commendations.criteria import criteria, criteria_of
from parindex.domain.publication.commendations import Criterion, Inside, Missing, Standing, verdict

F = Fraction


def criterion(**demands: object) -> Criterion:
    return Criterion("one", "Một", "Giấy khen", "Vì", **demands)  # type: ignore[arg-type]


def unit(**facts: object) -> Standing:
    plain = {"rank": 1, "tied": 1, "ranked": 10, "grade": "Tốt", "index": F(85), "before": (F(80),)}
    return Standing(**{**plain, **facts})  # type: ignore[arg-type]


def inside(areas: Mapping[str, tuple[Fraction, Fraction]], unanswered: int = 0) -> Inside:
    return Inside(areas, unanswered)


@pytest.mark.parametrize(
    ("demands", "facts", "met", "missing"),
    [
        ({"rank": 3}, {"rank": 3, "tied": 4}, True, None),
        ({"rank": 3}, {"rank": 4}, False, None),
        ({"rank": 3}, {"rank": None}, False, Missing.NO_RANK),
        ({"rank": 3, "ranked": 6}, {"ranked": 5}, False, Missing.FEW_RANKED),
        ({"grades": ("Tốt",)}, {"grade": "Khá"}, False, None),
        ({"grades": ("Tốt",)}, {"grade": ""}, False, Missing.NO_GRADE),
        ({"rise": F(5)}, {}, True, None),
        ({"rise": F(5)}, {"index": F(85) - F(1, 10**12)}, False, None),
        ({"rise": F(5)}, {"index": None}, False, Missing.NO_INDEX),
        ({"rise": F(5)}, {"before": ()}, False, Missing.NO_YEAR_BEFORE),
        ({"rise": F(5)}, {"before": (None,)}, False, Missing.NO_YEAR_BEFORE),
        ({"rise": F(5)}, {"before": (F(1), F(2))}, False, Missing.SEVERAL_BEFORE),
        ({"area_share": F(4, 5)}, {"inside": inside({"1": (F(4), F(5)), "2": (F(0), F(0))})}, True, None),
        ({"area_share": F(4, 5)}, {"inside": inside({"1": (F(5), F(5)), "2": (F(1), F(2))})}, False, None),
        ({"area_share": F(4, 5)}, {"inside": inside({"2": (F(0), F(0))})}, False, Missing.NOTHING_ASSESSED),
        ({"unanswered": 0}, {"inside": inside({}, 1)}, False, None),
    ],
)
def test_a_demand(demands: dict[str, object], facts: dict[str, object], met: bool, missing: Missing | None) -> None:
    (check,) = verdict(criterion(**demands), unit(**facts)).checks
    assert (check.met, check.missing) == (met, missing)


def test_units_with_the_same_rank_meet_it_together_and_it_is_said() -> None:
    found = verdict(criterion(rank=3), unit(rank=3, tied=4))
    assert found.met
    assert found.checks[0].facts == {"most": "3", "ranked": "10", "least_ranked": "1", "rank": "3", "tied": "4"}


def test_what_nobody_has_looked_at_is_open_only_where_nothing_else_fails() -> None:
    asked = criterion(rank=3, unanswered=0)
    assert verdict(asked, unit()).open
    assert not verdict(asked, unit()).met
    assert not verdict(asked, unit(rank=9)).open


def test_a_criterion_that_demands_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="demands nothing"):
        criterion()


def test_unknown_demands_and_doubles_are_mistakes_of_the_file() -> None:
    row = {"id": "a", "title": "A", "award": "B", "reason": "C", "assumed": True, "demands": {"rang": "3"}}
    with pytest.raises(ValueError, match="rang"):
        criteria_of([row])
    with pytest.raises(ValueError, match="twice"):
        criteria_of([{**row, "demands": {"rank": "3"}}] * 2)


def test_those_that_ship_say_that_they_are_assumed() -> None:
    assert [one.id for one in criteria()] == ["top-three", "rise", "even"]
    assert all(one.assumed and one.award and one.reason for one in criteria())
    assert criteria()[2].area_share == F(4, 5)


SHARES = st.fractions(min_value=0, max_value=10, max_denominator=50)


@given(st.integers(1, 30), st.integers(1, 30), SHARES, SHARES, st.integers(0, 3))
def test_a_better_unit_meets_what_a_worse_one_meets(rank: int, better: int, least: F, share: F, more: int) -> None:
    asked = criterion(rank=10, rise=least, area_share=F(1, 2), unanswered=2)
    areas = {"1": (min(share, F(10)), F(10)), "2": (F(9), F(10))}
    worse = unit(rank=rank, index=F(80) + share, inside=inside(areas, more))
    best = unit(rank=min(rank, better), index=F(90) + share, inside=inside({"1": (F(10), F(10))}))
    if verdict(asked, worse).met:
        assert verdict(asked, best).met
