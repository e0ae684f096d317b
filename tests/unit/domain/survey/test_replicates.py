"""Jackknife and bootstrap replicate what they should; the errors are compared in tests/property and by the referee."""

from __future__ import annotations

import numpy as np

from parindex.domain.survey.design import Floats, Lonely, Sample, lay_out
from parindex.domain.survey.estimates import Domains, means
from parindex.domain.survey.replicates import bootstrap, jackknife, standard_errors


def sample_of(strata: list[int], clusters: list[int], population: Floats | None = None) -> Sample:
    weight = np.ones(len(strata))
    return lay_out(np.array(strata), [np.array(clusters)], [population], weight, Lonely.CERTAINTY)


def test_the_jackknife_leaves_out_one_cluster_and_raises_its_neighbours() -> None:
    found = jackknife(sample_of([0, 0, 0, 1], [0, 1, 2, 0], np.array([6.0, 6, 6, 9])))
    assert found.factors.tolist() == [[0, 1.5, 1.5, 1], [1.5, 0, 1.5, 1], [1.5, 1.5, 0, 1]]
    np.testing.assert_allclose(found.shares, [(1 - 3 / 6) * 2 / 3] * 3)


def test_the_jackknife_of_clusters_of_one_size_is_the_linearised_error() -> None:
    values = np.random.default_rng(1).normal(size=(24, 3))
    sample = lay_out(np.zeros(24, np.intp), [np.arange(24) // 4], [np.full(24, 9.0)], np.ones(24), Lonely.FAIL)
    linear = means(sample, values, Domains.everyone(24))
    np.testing.assert_allclose(standard_errors(jackknife(sample), sample, values), linear.se, rtol=1e-12)


def test_the_bootstrap_draws_the_same_everywhere() -> None:
    sample = sample_of([0, 0, 0, 1, 1, 2], [0, 1, 2, 0, 1, 0])
    found = bootstrap(sample, 4, seed=7)
    again = bootstrap(sample, 4, seed=7)
    assert found.factors.tolist() == again.factors.tolist()
    assert found.factors.tolist() != bootstrap(sample, 4, seed=8).factors.tolist()
    assert found.factors[:, :3].sum(axis=1).tolist() == [3, 3, 3, 3]
    assert found.factors[:, 3:].tolist() == FACTORS
    assert found.shares.tolist() == [0.25] * 4


#: SHA-256 of "7:0:1:0" begins with 3337, below half: the first of two clusters is drawn; then 1b4b, bc58, f7e4.
FACTORS = [[2, 0, 1], [2, 0, 1], [0, 2, 1], [0, 2, 1]]


def test_a_census_has_no_bootstrap_error() -> None:
    sample = sample_of([0, 0, 0], [0, 1, 2], np.full(3, 3.0))
    found = standard_errors(bootstrap(sample, 20, seed=1), sample, np.array([[1.0], [2], [5]]))
    assert found.tolist() == [[0.0]]


def test_only_the_answered_of_a_domain_count() -> None:
    rng = np.random.default_rng(2)
    strata, clusters = np.repeat([0, 1], 20), np.tile(np.repeat(np.arange(5), 4), 2)
    sample = lay_out(strata, [clusters, np.arange(40)], [np.full(40, 8.0), None], rng.uniform(1, 2, 40), Lonely.FAIL)
    values = rng.normal(size=(40, 2))
    values[3, 1] = np.nan
    found = standard_errors(jackknife(sample), sample, values, Domains(np.arange(40) % 2, 2))
    for domain in (0, 1):
        inside = np.where((np.arange(40) % 2 == domain)[:, None], values, np.nan)
        np.testing.assert_allclose(standard_errors(jackknife(sample), sample, inside), found[domain : domain + 1])
