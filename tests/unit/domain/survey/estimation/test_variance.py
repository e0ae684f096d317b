"""The variance of totals in domains; the figures are the textbook's (tests/property) and the referee's."""

from __future__ import annotations

import numpy as np
import pytest

from parindex.domain.survey.estimation.variance import domain_variances, stratum_variances
from parindex.domain.survey.sample.arrangement import Arrangement, Domains, clusters_and_strata
from parindex.domain.survey.sample.design import Lonely, lay_out

STRATA, CLUSTERS = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 0, 1, 1])


def test_by_hand_with_domains_and_outsiders() -> None:
    """Totals of the first domain 1, 3 | 4, 0 and of the second 2, 0 | 0, 6; the third respondent of 9 is in none."""
    sample = lay_out(STRATA, [CLUSTERS], [np.full(6, 4.0)], np.ones(6), Lonely.FAIL)
    scores = np.array([[1.0], [2], [3], [4], [9], [6]])
    found = domain_variances(sample, scores, Domains(np.array([0, 1, 0, 0, -1, 1]), 2))
    of_strata = 0.5 * 2 / 1 * np.array([[2 + 8], [2 + 18]])  # (1 − 2/4) · 2/(2 − 1) · Σ (t − t̄)²
    np.testing.assert_allclose(found, of_strata)
    assert scores[:, 0].tolist() == [1, 2, 3, 4, 9, 6]


def test_one_cluster_that_was_all_there_is_is_not_lonely() -> None:
    population = np.where(STRATA == 0, 1.0, 9)
    sample = lay_out(STRATA, [np.where(STRATA == 0, 0, CLUSTERS)], [population], np.ones(6), Lonely.FAIL)
    assert domain_variances(sample, np.ones((6, 1)), Domains.everyone(6))[0, 0] == pytest.approx(7 / 9 * 2 * 0.5)


def test_a_last_stage_of_persons_that_is_alone_is_adjusted() -> None:
    sample = lay_out(STRATA, [CLUSTERS, np.arange(6)], [np.full(6, 4.0), np.full(6, 5.0)], np.ones(6), Lonely.ADJUST)
    assert sample.levels[1].alone.tolist() == [False, True, True, False]
    found = domain_variances(sample, np.ones((6, 1)), Domains.everyone(6))
    first = 0.5 * 2 * (0.5 + 0.5)
    second = 0.5 * (1 - 1 / 5) * 2  # two persons alone, each by its own distance from 0
    assert found[0, 0] == pytest.approx(first + second)


def test_strata_add_up_stage_by_stage() -> None:
    """Two stages; in the second the clusters of one person add what the others of all strata do on average."""
    persons = np.arange(6)
    sample = lay_out(STRATA, [CLUSTERS, persons], [np.full(6, 4.0), np.full(6, 5.0)], np.ones(6), Lonely.AVERAGE)
    scores = np.array([[1.0], [2], [3], [4], [9], [6]])
    everybody = np.ones(6, bool)
    found = stratum_variances(sample, scores, everybody, everybody[:, None])
    first = 0.5 * 2 * np.array([0, (4 - 15) ** 2 / 2])  # the totals of the clusters are 3, 3 and 4, 15
    within = 0.5 * (1 - 2 / 5) * 2 * np.array([(1 - 2) ** 2 / 2, (9 - 6) ** 2 / 2])  # one cluster of two persons each
    np.testing.assert_allclose(found[:, 0], first + within + within.mean())
    np.testing.assert_allclose(found.sum(axis=0), domain_variances(sample, scores, Domains.everyone(6))[0])


def test_other_domains_of_the_same_groups_are_told_from_others() -> None:
    sample = lay_out(STRATA, [CLUSTERS], [None], np.array([1.0, 1, 1, 1, 1, 0]), Lonely.FAIL)
    fine = Arrangement.of(sample, Domains(STRATA, 2))
    assert fine.again_for(sample, Domains.everyone(6)) is not None
    assert fine.again_for(sample, Domains(np.where(STRATA == 0, 0, -1), 1)) is None
    assert fine.again_for(sample, Domains(np.array([0, 1, 0, 1, 0, 1]), 2)) is None
    crossed = Arrangement.of(sample, Domains(np.array([0, 1, 0, 1, 0, 1]), 2))
    assert crossed.again_for(sample, Domains.everyone(6)) is None


def test_degrees_of_freedom_count_what_is_present() -> None:
    sample = lay_out(STRATA, [CLUSTERS, np.arange(6)], [np.full(6, 4.0), None], np.ones(6), Lonely.FAIL)
    clusters, strata = clusters_and_strata(sample, Domains(np.array([0, 0, 0, 0, 1, -1]), 3))
    assert clusters.tolist() == [3, 1, 0]
    assert strata.tolist() == [2, 1, 0]
