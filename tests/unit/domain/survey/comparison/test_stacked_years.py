"""Two years as one sample: its clusters, from how many they were drawn, and the error of the difference by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.comparison.differences import between_samples
from parindex.domain.survey.comparison.stacked_years import JoinedColumns, shared_first_stage, stacked
from parindex.domain.survey.estimation.estimates import Domains, means
from parindex.domain.survey.sample.design import Lonely, Sample
from parindex.domain.survey.sample.design_check import DesignColumns, sample_of


def drawn(
    clusters: list[list[int]],
    populations: Sequence[float | None] = (),
    fractions: Sequence[float | None] = (),
) -> DesignColumns:
    """One stratum of respondents of weight 1; the numbers hold on every row."""
    columns = [np.array(column) for column in clusters]
    size = len(columns[0])

    def rows(of: Sequence[float | None]) -> list[Floats | None]:
        known = of or [None] * len(clusters)
        return [None if one is None else np.full(size, float(one)) for one in known]

    return DesignColumns(
        np.zeros(size, np.intp), columns, rows(populations), rows(fractions), np.ones(size), Lonely.FAIL
    )


def both(old: DesignColumns, new: DesignColumns) -> Sample:
    clusters = [np.concatenate(pair) for pair in zip(old.clusters, new.clusters, strict=True)]
    return stacked(old, new, JoinedColumns(np.zeros(len(old.weight) + len(new.weight), np.intp), clusters))


def test_a_cluster_of_both_years_is_one_and_the_larger_population_holds() -> None:
    old, new = drawn([[1, 1, 2], [1, 2, 1]], [9, 5]), drawn([[2, 3], [2, 1]], [8, 4])
    districts, communes = both(old, new).levels
    assert (districts.sampled.tolist(), districts.population.tolist()) == ([3], [9])
    assert (communes.sampled.tolist(), communes.population.tolist()) == ([2, 2, 1], [5, 5, 4])


def test_there_were_never_fewer_to_draw_from_than_were_asked_in_either_year() -> None:
    (level,) = both(drawn([[1, 2]], [3]), drawn([[3, 4]], [3])).levels
    assert (level.sampled.tolist(), level.population.tolist()) == ([4], [4])


def test_a_fraction_stays_the_fraction_of_both_years_together() -> None:
    (level,) = both(drawn([[1, 2]], [None], [0.25]), drawn([[2, 3]], [None], [0.25])).levels
    assert level.fraction.tolist() == [0.25]


def test_a_stage_with_replacement_in_one_year_is_so_in_both() -> None:
    sample = both(drawn([[1, 2], [1, 1]], [9, 4]), drawn([[2, 3], [1, 1]], [None, 4]))
    (level,) = sample.levels
    assert np.isinf(level.population).all()


def test_respondents_without_stages_are_clusters_drawn_with_replacement() -> None:
    people = DesignColumns(np.zeros(3, np.intp), [], [], [], np.ones(3), Lonely.FAIL)
    (level,) = stacked(people, people, JoinedColumns(np.zeros(6, np.intp), [np.array([1, 2, 3, 3, 4, 5])])).levels
    assert (level.sampled.tolist(), np.isinf(level.population).all()) == ([5], True)


def test_the_variance_is_that_of_clusters_with_the_earlier_year_taken_off() -> None:
    """Clusters 1, 2 in the earlier year and 2, 3 in the later, one answer each, drawn from many."""
    old, new = drawn([[1, 2]]), drawn([[2, 3]])
    before, after = np.array([[1.0], [4.0]]), np.array([[5.0], [2.0]])
    everyone = Domains.everyone(2)
    years = (means(sample_of(one), values, everyone) for one, values in ((old, before), (new, after)))
    earlier, later = years
    found = between_samples(later, earlier, joint=both(old, new))
    totals = np.array([-(1 - 2.5) / 2, -(4 - 2.5) / 2 + (5 - 3.5) / 2, (2 - 3.5) / 2])
    assert found.se[0, 0] ** 2 == pytest.approx(3 / 2 * ((totals - totals.mean()) ** 2).sum())
    assert (found.estimate[0, 0], found.df[0]) == (1, 2)


def test_clusters_of_both_years_are_counted_within_their_strata() -> None:
    strata, clusters = np.array([0, 0, 1, 0, 1, 1]), [np.array([1, 2, 1, 1, 2, 1])]
    assert shared_first_stage(JoinedColumns(strata, clusters), 3) == 2
