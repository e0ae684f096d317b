"""Two years that share clusters: the errors of their differences, against formulas and against what draws do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.unit.domain.survey.small_survey import DRAWN, SIZE

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.comparison.differences import Differences, between_samples
from parindex.domain.survey.comparison.shared_clusters import SharedClusters, together
from parindex.domain.survey.comparison.stacked_years import JoinedColumns
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Lonely, Sample
from parindex.domain.survey.sample.design_check import DesignColumns, sample_of

N = 12
RNG = np.random.default_rng(11)
#: Forty populations of two strata (12 and 8 units), and what became of them a year later.
BEFORE = RNG.normal(0, 1, (20, 40))
AFTER = 0.8 * BEFORE + RNG.normal(0.3, 0.5, BEFORE.shape)
STRATUM = np.repeat([0, 1], [12, 8])
SIZES = (12.0, 8.0)


def drawn_of(units: Codes) -> DesignColumns:
    stratum = STRATUM[units]
    population = np.array(SIZES)[stratum]
    weight = population / np.bincount(stratum)[stratum]
    return DesignColumns(stratum, [units], [population], [None], weight, Lonely.FAIL)


def compared(before: Codes, after: Codes) -> Differences:
    """Year two minus year one of the units drawn."""
    years = drawn_of(before), drawn_of(after)
    joined = JoinedColumns(np.concatenate([one.strata for one in years]), [np.concatenate([before, after])])
    old, new = (
        means(sample_of(one), values[units], Domains.everyone(len(units)))
        for one, values, units in zip(years, (BEFORE, AFTER), (before, after), strict=True)
    )
    return between_samples(new, old, joint=together(*years, joined))


def some(rng: np.random.Generator, *counts: int) -> Codes:
    """So many units of each stratum."""
    found = [rng.permutation(np.flatnonzero(at == STRATUM))[:count] for at, count in enumerate(counts)]
    return np.sort(np.concatenate(found))


def independent(rng: np.random.Generator) -> tuple[Codes, Codes]:
    return some(rng, 8, 5), some(rng, 7, 6)


def rotated(rng: np.random.Generator) -> tuple[Codes, Codes]:
    """Six of twelve and five of eight a year; three of each stratum stay."""
    before, after = [], []
    for at, count in enumerate((6, 5)):
        mixed = rng.permutation(np.flatnonzero(at == STRATUM))
        before.append(mixed[:count])
        after.append(mixed[count - 3 : 2 * count - 3])
    return np.concatenate(before), np.concatenate(after)


def panel(rng: np.random.Generator) -> tuple[Codes, Codes]:
    units = some(rng, 6, 5)
    return units, units


@pytest.mark.parametrize("draw", [independent, rotated, panel])
def test_over_many_draws_the_error_is_how_much_differences_vary(
    draw: Callable[[np.random.Generator], tuple[Codes, Codes]],
) -> None:
    """600 draws of forty populations: the mean of the estimated variances is the variance of the estimates."""
    rng = np.random.default_rng(5)
    draws = [compared(*draw(rng)) for _ in range(600)]
    truth = np.var([one.estimate[0] for one in draws], axis=0)
    said = np.mean([one.se[0] ** 2 for one in draws], axis=0)
    assert np.mean(said) / np.mean(truth) == pytest.approx(1, abs=0.03)
    assert np.quantile(said / truth, [0.05, 0.95]) == pytest.approx([1, 1], abs=0.15)


def test_a_panel_has_the_error_of_its_paired_differences() -> None:
    units = np.arange(5)
    found = compared(units, units)
    differences = AFTER[:5] - BEFORE[:5]
    np.testing.assert_allclose(found.se[0], np.sqrt((1 - 5 / 12) / 5 * differences.var(axis=0, ddof=1)), rtol=1e-12)
    assert found.df.tolist() == [4]


def test_years_without_a_common_cluster_add_their_variances() -> None:
    """Ten clusters, five a year: that all were asked in one year or the other does not make the difference certain."""
    found = compared(np.arange(5), np.arange(5, 10))
    of_years = [(1 - 5 / 12) / 5 * part.var(axis=0, ddof=1) for part in (BEFORE[:5], AFTER[5:10])]
    np.testing.assert_allclose(found.se[0], np.sqrt(sum(of_years)), rtol=1e-12)
    assert found.df.tolist() == [8]


def test_some_common_clusters_take_off_twice_their_covariance() -> None:
    found = compared(np.arange(5), np.arange(2, 8))
    first, second = ((1 - n / 12) / n * part.var(axis=0, ddof=1) for n, part in ((5, BEFORE[:5]), (6, AFTER[2:8])))
    shared = [np.cov(BEFORE[2:5, at], AFTER[2:5, at])[0, 1] for at in range(40)]
    covariance = (3 / (5 * 6) - 1 / 12) * np.array(shared)
    most = np.sqrt(first * second)
    np.testing.assert_allclose(found.se[0] ** 2, first + second - 2 * np.clip(covariance, -most, most), rtol=1e-12)
    assert found.df.tolist() == [7]


STRATA, OF = np.repeat(np.arange(8), 9), np.tile(np.arange(9), 8)
#: Eight strata of nine clusters, far from each other, in thirty populations.
FAR = np.random.default_rng(12).normal(0, 1, (72, 30)) + 2 * STRATA[:, None]
FAR_AFTER = 0.8 * FAR + np.random.default_rng(13).normal(0, 0.5, FAR.shape)


def of_far(before: Codes, after: Codes, populations: bool, lonely: Lonely = Lonely.FAIL) -> Differences:
    """Year two minus year one of clusters of eight strata."""
    years = []
    for units in (before, after):
        there = np.full(len(units), 9.0)
        weight = there / np.bincount(STRATA[units], minlength=8)[STRATA[units]]
        years.append(DesignColumns(STRATA[units], [units], [there if populations else None], [None], weight, lonely))
    joined = JoinedColumns(STRATA[np.r_[before, after]], [np.r_[before, after]])
    old, new = (
        means(sample_of(one), values[units], Domains.everyone(len(units)))
        for one, values, units in zip(years, (FAR, FAR_AFTER), (before, after), strict=True)
    )
    return between_samples(new, old, joint=together(years[0], years[1], joined))


def drawn_each(rng: np.random.Generator, count: int, kept: int | None) -> tuple[Codes, Codes]:
    """So many clusters of each stratum a year; ``kept`` of them in both (None: as it happens)."""
    before, after = [], []
    for stratum in range(8):
        mixed = 9 * stratum + rng.permutation(9)
        before.append(mixed[:count])
        again = rng.permutation(mixed) if kept is None else mixed[count - kept :]
        after.append(again[:count])
    return np.concatenate(before), np.concatenate(after)


@pytest.mark.parametrize(("count", "kept"), [(3, None), (2, 1), (3, 2), (4, 3)])
def test_few_common_clusters_a_stratum_neither_add_nor_take_off_too_much(count: int, kept: int | None) -> None:
    """None, one or two in common by chance or on purpose: the error is still how much differences vary."""
    rng = np.random.default_rng(6)
    draws = [of_far(*drawn_each(rng, count, kept), True) for _ in range(600)]
    truth = np.var([one.estimate[0] for one in draws], axis=0)
    said = np.mean([one.se[0] ** 2 for one in draws], axis=0)
    assert np.mean(said) / np.mean(truth) == pytest.approx(1, abs=0.04)


def test_what_strata_with_none_in_common_take_off_goes_by_the_correlation_of_the_others() -> None:
    """Strata with three clusters a year: two, one and none of them the same; the other five are as the first."""
    kept = [2, 1, 0, 2, 2, 2, 2, 2]
    before = np.concatenate([9 * at + np.arange(3) for at in range(8)])
    after = np.concatenate([9 * at + np.arange(3 - kept[at], 6 - kept[at]) for at in range(8)])
    found = of_far(before, after, True)
    old, new = 3 * (FAR - FAR[before].mean(axis=0)) / 72, 3 * (FAR_AFTER - FAR_AFTER[after].mean(axis=0)) / 72
    one, two = ([part[units[3 * at : 3 * at + 3]] for at in range(8)] for part, units in ((old, before), (new, after)))
    s12, deviations = np.zeros((8, 30)), np.zeros((8, 30))
    for at in range(8):
        s1, s2 = one[at] - one[at].mean(axis=0), two[at] - two[at].mean(axis=0)
        deviations[at] = one[at].std(axis=0, ddof=1) * two[at].std(axis=0, ddof=1)
        if kept[at] == 2:
            s12[at] = (one[at][1] - one[at][2]) * (two[at][0] - two[at][1]) / 2
        elif kept[at] == 1:
            s12[at] = s1[2] * s2[0] / (2 / 3) ** 2
    shared = np.array(kept)[:, None]
    correlation = np.clip((shared * s12).sum(axis=0) / (shared * deviations).sum(axis=0), -1, 1)
    s12[2] = correlation * deviations[2]
    covariance = ((shared - 1) * s12).sum(axis=0)
    first, second = (sum(3 * (1 - 3 / 9) * part.var(axis=0, ddof=1) for part in each) for each in (one, two))
    most = np.sqrt(first * second)
    expected = first + second - 2 * np.clip(covariance, -most, most)
    np.testing.assert_allclose(found.se[0] ** 2, expected, rtol=1e-10)


def test_drawing_with_replacement_is_drawing_of_very_many() -> None:
    """Two of three clusters stay: each year's own variance, less what these share; not that strata differ."""
    before, after = drawn_each(np.random.default_rng(7), 3, 2)
    found = of_far(before, after, False)
    variances = []
    old, new = (FAR[before] - FAR[before].mean(axis=0)) / 24, (FAR_AFTER[after] - FAR_AFTER[after].mean(axis=0)) / 24
    for at in range(8):
        here = slice(3 * at, 3 * at + 3)
        both = old[here][1:] - old[here][1:].mean(axis=0), new[here][:2] - new[here][:2].mean(axis=0)
        apart = 3 * (old[here].var(axis=0, ddof=1) + new[here].var(axis=0, ddof=1))
        variances.append(apart - 2 * 2 * (both[0] * both[1]).sum(axis=0))
    np.testing.assert_allclose(found.se[0] ** 2, sum(variances), rtol=1e-10)
    assert found.df.tolist() == [24]


def test_a_lonely_cluster_that_stays_is_measured_from_the_whole_in_both_years() -> None:
    """A panel but for one stratum of several: what the panel says of the rest (R: the years below each other)."""
    before = np.array([0, 9, 10, 11])
    after = np.array([0, 10, 11, 12])
    found = of_far(before, after, True, Lonely.ADJUST)
    rest = of_far(before, after, True, Lonely.CERTAINTY)
    weight = np.array([9.0, 3, 3, 3])
    old, new = (
        weight[0] * (part[0] - weight @ part[units] / 18) / 18 for part, units in ((FAR, before), (FAR_AFTER, after))
    )
    np.testing.assert_allclose(found.se[0] ** 2 - rest.se[0] ** 2, (1 - 1 / 9) * (new - old) ** 2, rtol=1e-9)


def year(sample: Sample, values: Floats, code: Codes, calibration: Calibration | None = None) -> Estimates:
    return means(sample, values, Domains(code, 2), calibration=calibration)


def test_stages_below_that_were_drawn_anew_bring_no_covariance_of_their_own() -> None:
    """All of four clusters in both years and two of their five persons a year: no covariance is left over."""
    cluster = np.repeat(np.arange(4), 2)
    population: list[Floats | None] = [np.full(8, 4.0), np.full(8, 5.0)]
    drawn = DesignColumns(np.zeros(8, np.intp), [cluster, np.arange(8)], population, [None, None], np.full(8, 2.5))
    values = np.random.default_rng(2).normal(0, 1, (16, 3)) + np.repeat(cluster, 2)[::2].repeat(2)[:16, None]
    everyone = Domains.everyone(8)
    old, new = (means(sample_of(drawn), part, everyone) for part in (values[:8], values[8:]))
    persons = [np.concatenate([cluster, cluster]), np.arange(16)]
    shared = together(drawn, drawn, JoinedColumns(np.zeros(16, np.intp), persons))
    assert isinstance(shared, SharedClusters)
    found = between_samples(new, old, joint=shared)
    np.testing.assert_allclose(found.se**2, old.se**2 + new.se**2, rtol=1e-12)
    assert found.df.tolist() == [3]


def test_persons_of_shared_clusters_who_were_asked_again_count_at_their_stage() -> None:
    """Clusters all drawn in both years, three of six persons a year, two of them again: only the persons vary."""
    cluster = np.repeat(np.arange(3), 3)
    drawn = DesignColumns(
        np.zeros(9, np.intp), [cluster, np.arange(9)], [np.full(9, 3.0), np.full(9, 6.0)], [None] * 2, np.ones(9)
    )
    values = np.random.default_rng(2).normal(0, 1, (9, 2))
    later = values + 0.1
    old, new = (means(sample_of(drawn), part, Domains.everyone(9)) for part in (values, later))
    again = np.where(np.arange(9) % 3 == 2, np.arange(9) + 20, np.arange(9))
    shared = together(
        drawn, drawn, JoinedColumns(np.zeros(18, np.intp), [np.tile(cluster, 2), np.r_[np.arange(9), again]])
    )
    found = between_samples(new, old, joint=shared)
    covariance = np.zeros(2)
    for one in range(3):
        both = np.arange(9)[(cluster == one) & (again == np.arange(9))]
        pair = [np.cov(values[both, at], later[both, at])[0, 1] for at in range(2)]
        covariance += (2 - 3 * 3 / 6) * np.array(pair) / 9**2
    np.testing.assert_allclose(found.se[0] ** 2, (old.se**2 + new.se**2)[0] - 2 * covariance, rtol=1e-12)


def test_domains_and_calibrated_years() -> None:
    """Weights fitted to one class of all explain nothing of a mean without gaps: the same as without, by domain."""
    before, after = np.arange(8), np.arange(3, 12)
    years = drawn_of(before), drawn_of(after)
    joined = JoinedColumns(np.zeros(17, np.intp), [np.concatenate([before, after])])
    shared = together(*years, joined)
    assert isinstance(shared, SharedClusters)
    samples = [sample_of(one) for one in years]
    everyone = [np.zeros(len(one), np.intp) for one in (before, after)]
    plain = [year(samples[0], BEFORE[before], everyone[0]), year(samples[1], AFTER[after], everyone[1])]
    fits = [
        Calibration.post_stratified(code, one.weight / 2, one.weight)
        for code, one in zip(everyone, samples, strict=True)
    ]
    fitted = [
        year(samples[0], BEFORE[before], everyone[0], fits[0]),
        year(samples[1], AFTER[after], everyone[1], fits[1]),
    ]
    expected = between_samples(plain[1], plain[0], joint=shared)
    found = between_samples(fitted[1], fitted[0], joint=shared)
    np.testing.assert_allclose(found.se, expected.se, rtol=1e-9)
    assert np.isnan(found.se[1]).all()
    assert (expected.se[0] > 0).all()


def test_the_same_clusters_in_both_years_are_one_sample() -> None:
    strata, clusters = np.tile(DRAWN.strata, 2), np.tile(DRAWN.clusters[0], 2)
    joint = together(DRAWN, DRAWN, JoinedColumns(strata, [clusters]))
    assert isinstance(joint, Sample)
    assert joint.levels[0].sampled.tolist() == [4, 4]
    assert joint.levels[0].population.tolist() == [9, 12]
    fewer = replace(DRAWN, populations=[np.repeat([8.0, 12.0], 12)])
    other = together(DRAWN, fewer, JoinedColumns(strata, [clusters]))
    assert isinstance(other, SharedClusters)
    assert other.sample.levels[0].population.tolist() == [9, 12]
    assert other.earlier == SIZE


def test_where_years_state_fewer_clusters_than_were_asked_in_either() -> None:
    drawn = DesignColumns(np.zeros(4, np.intp), [np.arange(4)], [np.full(4, 5.0)], [None], np.ones(4), Lonely.CERTAINTY)
    other = replace(drawn, populations=[np.full(4, 4.0)])
    shared = together(drawn, other, JoinedColumns(np.zeros(8, np.intp), [np.array([0, 1, 2, 3, 3, 4, 5, 6])]))
    assert isinstance(shared, SharedClusters)
    assert shared.sample.levels[0].population.tolist() == [7]


def test_without_populations_or_stages_the_clusters_were_drawn_with_replacement() -> None:
    joined = JoinedColumns(np.zeros(8, np.intp), [np.array([0, 1, 2, 3, 0, 1, 2, 3])])
    bare = DesignColumns(np.zeros(4, np.intp), [], [], [], np.ones(4))
    joint = together(bare, bare, joined)
    assert isinstance(joint, Sample)
    assert joint.levels[0].population.tolist() == [np.inf]
    drawn = replace(bare, clusters=[np.arange(4)], populations=[None], fractions=[None])
    joint = together(drawn, drawn, joined)
    assert isinstance(joint, Sample)
    assert joint.levels[0].sampled.tolist() == [4]


def test_below_a_stage_with_replacement_nothing_is_told_apart() -> None:
    """A finite first stage with some common clusters, then one with replacement, then one that no longer counts."""
    columns = [np.array([0, 0, 1, 1]), np.arange(4), np.arange(4)]
    drawn = DesignColumns(np.zeros(4, np.intp), columns, [np.full(4, 9.0), None, None], [None] * 3, np.ones(4))
    shared = together(
        drawn, drawn, JoinedColumns(np.zeros(8, np.intp), [np.array([0, 0, 1, 1, 1, 1, 2, 2]), *[np.arange(8)] * 2])
    )
    assert isinstance(shared, SharedClusters)
    assert len(shared.stages) == len(shared.sample.levels) == 2
    assert [stage.scale.tolist() for stage in shared.stages] == [[1 - 2 * 2 / 9], [0, 0, 0]]
