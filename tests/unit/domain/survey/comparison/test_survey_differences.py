"""Differences, and the family that Holm's method adjusts for."""

from __future__ import annotations

import numpy as np
import pytest

from parindex.domain.survey.comparison.differences import between_domains, between_samples, holm
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out

NAN = np.nan
STRATUM, CLUSTER = np.repeat([0, 1, 2], 8), np.tile(np.repeat([0, 1, 2, 3], 2), 3)
VALUES = np.random.default_rng(3).integers(1, 6, (24, 2)).astype(float)
VALUES[4, 1] = NAN


def sample_of(times: int = 1, lonely: Lonely = Lonely.FAIL) -> Sample:
    rows = np.tile(np.arange(24), times)
    return lay_out(STRATUM[rows], [CLUSTER[rows]], [None], 1 + rows % 3 * 0.5, lonely)


def both(one: Estimates, other: Estimates, of: str) -> None:
    np.testing.assert_allclose(getattr(one, of), getattr(other, of), rtol=1e-12)


def test_domains_of_different_strata_add_their_errors() -> None:
    one = means(sample_of(), VALUES, Domains(STRATUM, 3))
    found = between_domains(one, [(0, 2), (2, 1)])
    np.testing.assert_allclose(found.se[0], np.hypot(one.se[0], one.se[2]), rtol=1e-12)
    assert found.df.tolist() == [6, 6]
    assert (found.estimate[1] == one.estimate[2] - one.estimate[1]).all()
    np.testing.assert_allclose((found.low + found.high) / 2, found.estimate)


def test_groups_that_vary_in_neither_side_are_not_told_apart() -> None:
    """All say 5 here and all 4 there: a difference of 1 with an error of 0, which is no proof of anything."""
    values = np.column_stack([np.where(STRATUM == 0, 5.0, 4.0), np.where(STRATUM == 0, 5.0, VALUES[:, 0])])
    one = means(sample_of(), values, Domains(STRATUM, 3))
    for found in (between_domains(one, [(0, 1)]), between_samples(one, one)):
        assert (found.se[0, 0], np.isnan([found.low[0, 0], found.high[0, 0], found.p[0, 0]]).all()) == (0, True)
    assert between_domains(one, [(0, 1)]).p[0, 1] < 1


def test_domains_that_share_clusters_do_not() -> None:
    """What the two persons of a cluster have in common cancels."""
    common = np.random.default_rng(4).normal(0, 3, (12, 2))[STRATUM * 4 + CLUSTER]
    one = means(sample_of(), VALUES + common, Domains(np.arange(24) % 2, 3))
    found = between_domains(one, [(0, 1), (0, 2)])
    assert (found.se[0] < np.hypot(one.se[0], one.se[1]) * 0.7).all()
    assert found.df.tolist() == [9, 9]
    assert np.isnan(found.estimate[1]).all()
    assert np.isnan(found.se[1]).all()
    assert np.isnan(found.p[1]).all()


def test_no_comparison_is_none() -> None:
    found = between_domains(means(sample_of(), VALUES, Domains(STRATUM, 3)), [])
    assert found.p.shape == (0, 2)


def test_a_year_compared_with_itself_differs_by_nothing_if_the_clusters_are_the_same() -> None:
    year = means(sample_of(), VALUES, Domains(STRATUM, 3))
    shared = between_samples(year, year, joint=sample_of(2))
    assert (shared.estimate == 0).all()
    np.testing.assert_allclose(shared.se, 0, atol=1e-15)
    assert shared.df.tolist() == [3, 3, 3]
    apart = between_samples(year, year)
    np.testing.assert_allclose(apart.se, year.se * np.sqrt(2), rtol=1e-12)
    assert apart.df.tolist() == [6, 6, 6]
    assert (apart.p == 1).all()


def test_calibrated_years_keep_what_the_margins_leave() -> None:
    """Raking to one class of all explains nothing of a mean over all without gaps, so nothing changes."""
    answers = np.where(np.isnan(VALUES), 3, VALUES)
    plain = means(sample_of(), answers, Domains.everyone(24))
    weight = sample_of().weight
    calibration = Calibration.post_stratified(np.zeros(24, np.intp), weight / 2, weight)
    fitted = means(sample_of(), answers, Domains.everyone(24), calibration=calibration)
    later = means(sample_of(), answers[::-1].copy(), Domains.everyone(24))
    expected = between_samples(later, plain, joint=sample_of(2))
    found = between_samples(later, fitted, joint=sample_of(2))
    np.testing.assert_allclose(found.se, expected.se, rtol=1e-9)
    assert expected.se.min() > 0


@pytest.mark.parametrize("fitted", [False, True])
def test_where_everybody_gave_the_same_answer_no_rounding_passes_for_a_difference(fitted: bool) -> None:
    """An index of 0,8 or a group mean of 11/3 from everybody, in every group and year."""
    alike = np.tile([0.8, 11 / 3, 0.1], (24, 1))
    code = np.arange(24) * 7 % 3
    weight = np.random.default_rng(5).uniform(1, 3, 24)
    sample = lay_out(STRATUM, [CLUSTER], [None], weight, Lonely.FAIL)
    calibration = Calibration.raked([np.arange(24) % 2, np.arange(24) % 5], weight) if fitted else None
    later = means(sample, alike, Domains(code, 3), calibration=calibration)
    earlier = means(sample_of(), alike, Domains(code, 3), calibration=calibration)
    assert (later.se == 0).all()
    assert (later.estimate != earlier.estimate).any()  # by rounding
    for found in (
        between_domains(later, [(0, 1), (0, 2), (1, 2)]),
        between_samples(later, earlier),
        between_samples(later, earlier, joint=sample_of(2)),
    ):
        assert (found.estimate == 0).all()
        assert (found.se == 0).all()
        assert np.isnan(found.p).all()


def test_raked_domains_are_compared_over_the_whole_sample() -> None:
    """Known sizes of the domains themselves leave their difference as it is."""
    answers = np.where(np.isnan(VALUES), 3, VALUES)
    code = np.arange(24) % 2
    weight = sample_of().weight
    calibration = Calibration.post_stratified(code, weight / 2, weight)
    plain = between_domains(means(sample_of(), answers, Domains(code, 2)), [(0, 1)])
    fitted = between_domains(means(sample_of(), answers, Domains(code, 2), calibration=calibration), [(0, 1)])
    both(fitted, plain, "se")  # type: ignore[arg-type]


def test_strata_in_which_nobody_answered_are_none_of_those_that_are_averaged_over() -> None:
    """A stratum without answers, and one of a lonely cluster: the rest gives its average, as if it were not there."""
    rows = np.arange(24)
    cluster = np.where(STRATUM == 2, 0, CLUSTER)
    values = np.where(STRATUM[:, None] == 1, NAN, VALUES)
    asked = STRATUM != 1
    sex = rows % 2
    mix = np.array([[1.0], [0]])

    def of(inside: np.ndarray) -> Estimates:
        sample = lay_out(STRATUM[inside], [cluster[inside]], [None], 1 + rows[inside] % 3 * 0.5, Lonely.AVERAGE)
        return means(sample, values[inside], Domains(sex[inside], 2), mix=mix)

    whole, part = of(rows >= 0), of(asked)
    found, expected = (between_domains(one, [(0, 1)]) for one in (whole, part))
    both(found, expected, "se")  # type: ignore[arg-type]
    assert found.se[0, 2] == found.se[0, 0]
    twice = [np.tile(one, 2) for one in (STRATUM, cluster)]
    joint = lay_out(twice[0], [twice[1]], [None], np.tile(whole.sample.weight, 2), Lonely.AVERAGE)
    fewer = np.tile(asked, 2)
    rest = lay_out(twice[0][fewer], [twice[1][fewer]], [None], joint.weight[fewer], Lonely.AVERAGE)
    later = means(whole.sample, 6 - values[::-1][rows ^ 1], Domains(sex, 2), mix=mix)
    assert np.isnan(later.statistic.values[STRATUM == 1]).all()
    later_part = means(part.sample, later.statistic.values[asked], Domains(sex[asked], 2), mix=mix)
    both(between_samples(later, whole, joint=joint), between_samples(later_part, part, joint=rest), "se")  # type: ignore[arg-type]


def test_holm_is_r_s_p_adjust() -> None:
    """p.adjust(c(0.01, NA, 0.04, 0.03, 0.5), "holm")"""
    p = np.array([[0.01, NAN, 0.04], [0.03, 0.5, 0.9]])
    np.testing.assert_allclose(holm(p), [[0.05, NAN, 0.12], [0.12, 1, 1]])
    assert holm(np.zeros((0, 2))).shape == (0, 2)


def test_adjusted_takes_all_comparisons_as_one_family() -> None:
    found = between_domains(means(sample_of(), VALUES, Domains(STRATUM, 3)), [(0, 1), (0, 2)])
    np.testing.assert_array_equal(found.adjusted, holm(found.p))
    assert found.adjusted.min() == pytest.approx(min(found.p.min() * 4, 1))
