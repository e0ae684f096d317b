"""Jackknife and bootstrap replicate what they should; the errors are compared in tests/property and by the referee."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.estimation.estimates import Domains, means, totals
from parindex.domain.survey.estimation.linearisation import Statistic, StatisticKind
from parindex.domain.survey.estimation.replicates import Replicates, bootstrap, jackknife, problems_of, standard_errors
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out


def sample_of(
    strata: list[int], clusters: list[int], population: Floats | None = None, lonely: Lonely = Lonely.CERTAINTY
) -> Sample:
    weight = np.ones(len(strata))
    return lay_out(np.array(strata), [np.array(clusters)], [population], weight, lonely)


def errors(replicates: Replicates, sample: Sample, values: Floats) -> Floats:
    everyone = Domains.everyone(len(sample))
    return standard_errors(replicates, sample, Statistic(StatisticKind.MEAN, values), everyone)


def test_the_jackknife_leaves_out_one_cluster_and_raises_its_neighbours() -> None:
    found = jackknife(sample_of([0, 0, 0, 1], [0, 1, 2, 0], np.array([6.0, 6, 6, 9])))
    one_each = np.eye(4)  # a column of 1 for each cluster: the sums of a replicate are its factors
    np.testing.assert_allclose(found.again(one_each), [[0, 1.5, 1.5, 1], [1.5, 0, 1.5, 1], [1.5, 1.5, 0, 1]])
    np.testing.assert_allclose(found.shares, [(1 - 3 / 6) * 2 / 3] * 3)


def test_the_jackknife_of_clusters_of_one_size_is_the_linearised_error() -> None:
    values = np.random.default_rng(1).normal(size=(24, 3))
    sample = lay_out(np.zeros(24, np.intp), [np.arange(24) // 4], [np.full(24, 9.0)], np.ones(24), Lonely.FAIL)
    linear = means(sample, values, Domains.everyone(24))
    np.testing.assert_allclose(errors(jackknife(sample), sample, values), linear.se, rtol=1e-12)


def test_the_jackknife_of_a_total_is_the_linearised_error() -> None:
    """A total is linear already, whatever the weights, the clusters and the domain."""
    rng = np.random.default_rng(3)
    strata = np.repeat([0, 1, 2], [10, 20, 1])
    sample = lay_out(strata, [rng.integers(0, 4, 31)], [np.full(31, 8.0)], rng.uniform(1, 3, 31), Lonely.CERTAINTY)
    values = rng.normal(size=(31, 2))
    values[5, 1] = np.nan
    domains = Domains(np.arange(31) % 2, 3)
    linear = totals(sample, values, domains)
    found = standard_errors(jackknife(sample), sample, Statistic(StatisticKind.TOTAL, values), domains)
    np.testing.assert_allclose(found[:2], linear.se[:2], rtol=1e-12)
    assert np.isnan(found[2]).all()  # nobody is in the third domain


def test_the_bootstrap_draws_the_same_everywhere() -> None:
    sample = sample_of([0, 0, 0, 1, 1, 2], [0, 1, 2, 0, 1, 0])
    found = bootstrap(sample, 4, seed="7")
    again = bootstrap(sample, 4, seed="7")
    assert found.factors.tolist() == again.factors.tolist()
    assert found.factors.tolist() != bootstrap(sample, 4, seed="8").factors.tolist()
    assert found.factors[:, :3].sum(axis=1).tolist() == [3, 3, 3, 3]
    assert found.factors[:, 3:].tolist() == FACTORS
    assert found.shares.tolist() == [0.25] * 4


#: SHA-256 of "7:0:1:0" begins with 3337, below half: the first of two clusters is drawn; then 1b4b, bc58, f7e4.
FACTORS = [[2, 0, 1], [2, 0, 1], [0, 2, 1], [0, 2, 1]]


def test_a_census_has_no_bootstrap_error() -> None:
    sample = sample_of([0, 0, 0], [0, 1, 2], np.full(3, 3.0))
    assert errors(bootstrap(sample, 20, seed="1"), sample, np.array([[1.0], [2], [5]])).tolist() == [[0.0]]


def test_only_the_answered_of_a_domain_count() -> None:
    rng = np.random.default_rng(2)
    strata, clusters = np.repeat([0, 1], 20), np.tile(np.repeat(np.arange(5), 4), 2)
    sample = lay_out(strata, [clusters], [np.full(40, 8.0)], rng.uniform(1, 2, 40), Lonely.FAIL)
    values = rng.normal(size=(40, 2))
    values[3, 1] = np.nan
    statistic = Statistic(StatisticKind.MEAN, values)
    found = standard_errors(jackknife(sample), sample, statistic, Domains(np.arange(40) % 2, 2))
    for domain in (0, 1):
        inside = np.where((np.arange(40) % 2 == domain)[:, None], values, np.nan)
        np.testing.assert_allclose(errors(jackknife(sample), sample, inside), found[domain : domain + 1])


def test_clusters_of_a_later_stage_are_replicated_with_the_first() -> None:
    values = np.random.default_rng(5).normal(size=(16, 1))
    first, second = np.arange(16) // 4, np.arange(16) // 2
    strata, weight = np.zeros(16, np.intp), np.ones(16)
    one = lay_out(strata, [first], [np.full(16, 9.0)], weight, Lonely.FAIL)
    two = lay_out(strata, [first, second], [np.full(16, 9.0), np.full(16, 5.0)], weight, Lonely.FAIL)
    np.testing.assert_allclose(errors(jackknife(two), two, values), errors(jackknife(one), one, values))


def test_a_mix_is_mixed_again_in_every_replicate() -> None:
    rng = np.random.default_rng(4)
    sample = sample_of([0] * 12, [number // 3 for number in range(12)])
    values = rng.normal(size=(12, 3))
    values[0, 0], values[:, 2] = np.nan, np.nan
    mix = np.array([[0.5, 0], [0.5, 0.5], [0, 0.5]])
    statistic = Statistic(StatisticKind.MEAN, values, mix=mix)
    found = standard_errors(jackknife(sample), sample, statistic, Domains.everyone(12))
    left = [np.nanmean(values[np.arange(12) // 3 != cluster, :2], axis=0).mean() for cluster in range(4)]
    whole = np.nanmean(values[:, :2], axis=0).mean()
    assert found[0, 3] == pytest.approx(np.sqrt(3 / 4 * np.sum((np.array(left) - whole) ** 2)))
    assert np.isnan(found[0, [2, 4]]).all()  # nobody answered the third


def test_a_domain_that_a_replicate_has_nobody_of_has_no_error() -> None:
    sample = sample_of([0] * 9, [number // 3 for number in range(9)])
    code = np.array([0, 0, 0, 1, 1, 1, 1, 1, 1])
    values = np.arange(9.0)[:, None] / 7
    found = standard_errors(jackknife(sample), sample, Statistic(StatisticKind.MEAN, values), Domains(code, 2))
    assert np.isnan(found[0, 0])
    assert found[1, 0] > 0


def test_it_is_said_what_replicates_leave_out() -> None:
    strata, clusters = [0, 0, 1], [0, 1, 0]
    fine = sample_of(strata, clusters)
    fitted = replace(fine, calibration=Calibration.raked([np.zeros(3, np.intp)], np.ones(3)))
    both = [np.full(3, 4.0), np.full(3, 4.0)]
    staged = lay_out(np.array(strata), [np.array(clusters), np.arange(3)], [*both], np.ones(3), Lonely.CERTAINTY)
    adjusted = sample_of(strata, clusters, lonely=Lonely.ADJUST)
    unneeded = sample_of([0, 0, 1, 1], [0, 1, 0, 1], lonely=Lonely.AVERAGE)
    found = [
        [(one.kind, one.facts) for one in problems_of(each)] for each in (fine, fitted, staged, adjusted, unneeded)
    ]
    assert found == [
        [],
        [("replicates_of_calibrated", {})],
        [("replicates_of_stages", {"stages": 2})],
        [("replicates_of_lonely", {"count": 1, "lonely": "adjust"})],
        [],
    ]
