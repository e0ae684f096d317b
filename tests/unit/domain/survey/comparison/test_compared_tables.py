"""Differences between years, with or without clusters in common, and between cells."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.domain.survey.small_survey import DRAWN, FORM, PROVINCE, SEX, SIZE, answers, sample

from parindex.domain.survey.comparison.compared_tables import between_cells, between_years, same_codes, shared_margins
from parindex.domain.survey.comparison.differences import holm
from parindex.domain.survey.comparison.shared_clusters import together
from parindex.domain.survey.comparison.stacked_years import JoinedColumns
from parindex.domain.survey.estimation.tabulation import EstimateTable, Figure, Grouping, margins, tabulate

BY = margins([PROVINCE], SIZE)


def two_years(minimum: int = 1) -> tuple[list[EstimateTable], list[EstimateTable]]:
    before, after = shared_margins([PROVINCE], [PROVINCE], (SIZE, SIZE))
    settings = {"confidence": 0.95, "minimum": minimum}
    return (
        tabulate(sample(), FORM, answers(1), after, **settings),  # type: ignore[arg-type]
        tabulate(sample(), FORM, answers(), before, **settings),  # type: ignore[arg-type]
    )


def test_cells_are_the_same_in_both_years_although_one_lacks_some() -> None:
    earlier = Grouping("area", np.array([0, 1, 1]), ("b", "c"))
    later = Grouping("area", np.array([0, 1]), ("a", "b"))
    before, after = shared_margins([earlier], [later], (3, 2))
    assert before[0].by == after[0].by == ({"area": "a"}, {"area": "b"}, {"area": "c"})
    assert (before[0].domains.code.tolist(), after[0].domains.code.tolist()) == ([1, 2, 2], [0, 1])


def test_the_order_of_declared_categories_stays() -> None:
    one = Grouping("age", np.array([0]), ("young", "old"))
    before, after = shared_margins([one], [one], (1, 1))
    assert [cell["age"] for cell in after[0].by] == ["young", "old"]
    assert before[1].domains.code.tolist() == [0]


def test_independent_years_add_their_variances() -> None:
    later, earlier = two_years()
    found = between_years(later, earlier, BY, None, 0.95)
    assert {one.figure for one in found} == {Figure.MEAN, Figure.SHARE, Figure.INDEX, Figure.RATIO}
    first = found[0]
    assert (first.figure, first.margin, first.against.tolist()) == (Figure.MEAN, 0, [-1, -1])
    new, old = later[0].estimates[0], earlier[0].estimates[0]
    np.testing.assert_allclose(first.found.estimate, new.estimate - old.estimate)
    np.testing.assert_allclose(first.found.se, np.sqrt(new.se**2 + old.se**2))


def test_the_same_clusters_in_both_years_give_another_error() -> None:
    later, earlier = two_years()
    strata = np.concatenate([DRAWN.strata, DRAWN.strata])
    clusters = np.concatenate([DRAWN.clusters[0], DRAWN.clusters[0]])
    joint = together(DRAWN, DRAWN, JoinedColumns(strata, [clusters]))
    found = between_years(later, earlier, BY, joint, 0.95)[0]
    apart = between_years(later, earlier, BY, None, 0.95)[0]
    assert found.found.df.tolist() == [3, 3]
    assert not np.allclose(found.found.se, apart.found.se)


def test_names_below_each_other_have_one_code() -> None:
    assert same_codes(np.array([0, 1, -1]), ("a", "b"), np.array([0, -1]), ("b",)).tolist() == [0, 1, -1, 1, -1]


def test_every_pair_of_cells_once() -> None:
    areas = Grouping("area", np.arange(SIZE) // 8, ("a", "b", "c"))
    by = margins([areas], SIZE)
    made = tabulate(sample(), FORM, answers(), by, confidence=0.95, minimum=1)
    found = between_cells(made, by, 0, 0.95)
    assert found[0].cells.tolist() == [0, 0, 1]
    assert found[0].against.tolist() == [1, 2, 2]
    values = made[0].estimates[0].estimate
    np.testing.assert_allclose(found[0].found.estimate[1], values[0] - values[2])
    assert between_cells(made, by, 1, 0.95) == []


@pytest.mark.parametrize("minimum", [1, 9])
def test_a_difference_is_seen_only_where_both_sides_are(minimum: int) -> None:
    areas = Grouping("area", np.where(np.arange(SIZE) < 8, 0, np.where(np.arange(SIZE) < 14, 1, 2)), ("a", "b", "c"))
    by = margins([areas], SIZE)
    made = tabulate(sample(), FORM, answers(), by, confidence=0.95, minimum=minimum)
    found = between_cells(made, by, 0, 0.95)[0]
    assert bool(found.shown.all()) is (minimum == 1)
    assert bool(found.shown[0].any()) is (minimum == 1)


def test_items_wishes_and_numbers_of_one_figure_are_one_family() -> None:
    """Means of items and of numbers, shares of the satisfied and of wishes: each is corrected for all of its figure."""
    made = tabulate(sample(), FORM, answers(), BY, confidence=0.95, minimum=1)
    found = between_cells(made, BY, 0, 0.95)
    assert [one.figure for one in found].count(Figure.MEAN) == 2
    assert [one.figure for one in found].count(Figure.SHARE) == 2
    for figure in (Figure.MEAN, Figure.SHARE, Figure.INDEX, Figure.RATIO):
        family = [one.found for one in found if one.figure is figure]
        p = np.concatenate([one.p.ravel() for one in family])
        np.testing.assert_array_equal(np.concatenate([one.adjusted.ravel() for one in family]), holm(p))
    later, earlier = two_years()
    years = [one for one in between_years(later, earlier, BY, None, 0.95) if one.figure is Figure.MEAN]
    assert [one.margin for one in years] == [0, 1, 0, 1]
    for one, other in (years[::2], years[1::2]):
        both = holm(np.concatenate([one.found.p.ravel(), other.found.p.ravel()]))
        np.testing.assert_array_equal(one.found.adjusted.ravel(), both[: one.found.p.size])
        np.testing.assert_array_equal(other.found.adjusted.ravel(), both[one.found.p.size :])


def test_who_is_of_no_known_category_is_compared_with_nobody_and_in_no_family() -> None:
    """Two areas and those of none, crossed with their sex: one pair of areas, and of each year two areas."""
    third = np.arange(SIZE) // 8
    areas = Grouping("area", np.where(third < 2, third, -1), ("a", "b"))
    by = margins([areas, SEX], SIZE)
    later, earlier = (tabulate(sample(), FORM, answers(shift), by, confidence=0.95, minimum=1) for shift in (0, 1))
    assert {"area": "", "sex": "f"} in by[0].by
    assert [one["area"] for one in by[1].by] == ["a", "b", ""]
    pairs = between_cells(later, by, 1, 0.95)
    years = [one for one in between_years(later, earlier, by, None, 0.95) if one.margin == 1]
    for compared, cells, against in ((pairs, [0], [1]), (years, [0, 1], [-1, -1])):
        for one in compared:
            assert (one.cells.tolist(), one.against.tolist()) == (cells, against)
            assert one.found.p.shape == one.shown.shape == (len(cells), len(one.variables))
        for figure in (Figure.MEAN, Figure.SHARE, Figure.INDEX, Figure.RATIO):
            family = [one.found for one in compared if one.figure is figure]
            p = np.concatenate([one.p.ravel() for one in family])
            np.testing.assert_array_equal(np.concatenate([one.adjusted.ravel() for one in family]), holm(p))
    first = years[0]
    new, old = later[0].estimates[1].estimate, earlier[0].estimates[1].estimate
    np.testing.assert_allclose(first.found.estimate, (new - old)[:2])
    assert between_cells(later, by, 0, 0.95)[0].cells.tolist() == [0, 0, 0, 1, 1, 2]
