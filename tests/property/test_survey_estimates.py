"""Estimates of random samples against the textbook, and what must not change them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.survey_samples import Drawn, samples

from parindex.domain.survey.comparison.differences import between_domains, between_samples
from parindex.domain.survey.estimation.estimates import means, means_in, ratios, totals
from parindex.domain.survey.estimation.replicates import bootstrap, jackknife, standard_errors
from parindex.domain.survey.estimation.rollup import item_mix, with_nodes
from parindex.domain.survey.sample import arrangement
from parindex.domain.survey.sample.arrangement import Domains
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Lonely

FIGURES = ("n", "asked", "estimate", "se", "df", "low", "high", "deff", "effective_n")


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def textbook(drawn: Drawn, kind: str) -> list[list[tuple[float, float]]]:
    """Estimate and variance by domain and variable; NaN where nobody answered."""
    found = []
    for domain in range(drawn.domains.count):
        of_domain = []
        for variable in range(2):
            y, x = drawn.values[:, variable], drawn.values[:, 0]
            inside = (drawn.domains.code == domain) & ~np.isnan(y) & ~(np.isnan(x) & (kind == "ratio"))
            w = np.where(inside, drawn.weight, 0)
            y, x = np.where(inside, y, 0), np.where(inside & (kind == "ratio"), x, 1)
            scale = 1.0 if kind == "total" else (w * x).sum()
            estimate = (w * y).sum() / scale if inside.any() else np.nan
            scores = w * (y if kind == "total" else y - estimate * x) / scale
            variance = drawn.variance(scores.tolist(), inside.tolist()) if inside.any() else np.nan
            of_domain.append((float(estimate), variance))
        found.append(of_domain)
    return found


@settings(max_examples=150)
@given(samples())
def test_means_totals_and_ratios_are_those_of_the_textbook(drawn: Drawn) -> None:
    sample = drawn.sample()
    base = np.repeat(drawn.values[:, :1], 2, axis=1)
    for kind, one in (
        ("mean", means(sample, drawn.values, drawn.domains)),
        ("total", totals(sample, drawn.values, drawn.domains)),
        ("ratio", ratios(sample, drawn.values, base, drawn.domains)),
    ):
        expected = np.array(textbook(drawn, kind))
        close(one.estimate, expected[..., 0])
        close(one.linearised.variance, expected[..., 1])


@settings(max_examples=60)
@given(samples(), st.integers(0, 1000))
def test_the_order_of_rows_and_the_size_of_blocks_change_nothing(drawn: Drawn, seed: int) -> None:
    rows = np.random.default_rng(seed).permutation(len(drawn.places))
    mixed = replace(
        drawn,
        places=[drawn.places[row] for row in rows],
        populations=[None if column is None else [column[row] for row in rows] for column in drawn.populations],
        weight=drawn.weight[rows],
        values=np.asfortranarray(drawn.values[rows]),
        domains=Domains(drawn.domains.code[rows], 2),
    )
    one = means(drawn.sample(), drawn.values, drawn.domains)
    before, arrangement.CELLS = arrangement.CELLS, 1
    try:
        other = means(mixed.sample(), mixed.values, mixed.domains)
    finally:
        arrangement.CELLS = before
    for figure in FIGURES:
        close(getattr(other, figure), getattr(one, figure))


@settings(max_examples=60)
@given(samples(), st.floats(0.01, 100))
def test_the_scale_of_weights_only_scales_totals(drawn: Drawn, factor: float) -> None:
    heavier = drawn.sample(drawn.weight * factor)
    for figure in FIGURES:
        one = means(drawn.sample(), drawn.values, drawn.domains)
        close(getattr(means(heavier, drawn.values, drawn.domains), figure), getattr(one, figure))
    one = totals(drawn.sample(), drawn.values, drawn.domains)
    close(totals(heavier, drawn.values, drawn.domains).estimate, one.estimate * factor)


@settings(max_examples=60)
@given(samples())
def test_a_full_census_has_no_error(drawn: Drawn) -> None:
    sample = drawn.sample()
    census = replace(sample, levels=tuple(replace(level, population=level.sampled) for level in sample.levels))
    one = means(census, drawn.values, drawn.domains)
    assert (one.se[~np.isnan(one.estimate)] == 0).all()


@settings(max_examples=60)
@given(samples())
def test_sets_of_domains_together_give_what_they_give_alone(drawn: Drawn) -> None:
    sample = drawn.sample()
    everyone = Domains.everyone(len(sample))
    stratum = Domains(np.array([place[0] for place in drawn.places]), 5)
    for together in ([everyone, drawn.domains], [everyone, stratum], [stratum, drawn.domains, everyone]):
        for one, domains in zip(means_in(sample, drawn.values, together), together, strict=True):
            for figure in FIGURES:
                close(getattr(one, figure), getattr(means(sample, drawn.values, domains), figure))


@settings(max_examples=60)
@given(samples())
def test_over_items_is_the_mean_of_means_and_over_respondents_the_same_if_all_answer(drawn: Drawn) -> None:
    sample, nodes = drawn.sample(), [np.array([0, 1]), np.array([1])]
    items = means(sample, drawn.values, drawn.domains, mix=item_mix(nodes, 2))
    close(items.estimate[:, 2], items.estimate[:, :2].mean(axis=1))
    close(items.se[:, 3], items.se[:, 1])
    full = np.where(np.isnan(drawn.values), 3, drawn.values)
    items = means(sample, full, drawn.domains, mix=item_mix(nodes, 2))
    respondents = means(sample, with_nodes(full, nodes), drawn.domains)
    for figure in FIGURES:
        close(getattr(items, figure), getattr(respondents, figure))


@settings(max_examples=60)
@given(samples(rules=(Lonely.CERTAINTY,)))
def test_a_difference_of_domains_is_that_of_two_surveys_of_the_same_clusters(drawn: Drawn) -> None:
    sample = drawn.sample()
    one = between_domains(means(sample, drawn.values, drawn.domains), [(1, 0)])
    of_one = [np.where(drawn.domains.code == domain, 0, -1) for domain in (0, 1)]
    both = [means(sample, drawn.values, Domains(code, 1)) for code in of_one]
    twice = replace(
        drawn,
        places=drawn.places * 2,
        populations=[None if column is None else column * 2 for column in drawn.populations],
    ).sample(np.tile(drawn.weight, 2))
    other = between_samples(both[1], both[0], joint=twice)
    for figure in ("estimate", "se", "df", "low", "high", "p"):
        close(getattr(other, figure), getattr(one, figure))


@settings(max_examples=60)
@given(samples(rules=(Lonely.CERTAINTY,)))
def test_margins_that_say_nothing_leave_the_errors(drawn: Drawn) -> None:
    """One class of all: a mean's scores add up to nothing in it already."""
    sample = drawn.sample()
    one_class = np.zeros(len(sample), np.intp)
    everyone = Domains.everyone(len(sample))
    full = np.where(np.isnan(drawn.values), 3, drawn.values)
    plain = means(sample, full, everyone)
    fitted = Calibration.post_stratified(one_class, drawn.weight / 2, drawn.weight)
    close(means(sample, full, everyone, calibration=fitted).se, plain.se)


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_replication_comes_near_the_linearised_errors(seed: int) -> None:
    rng = np.random.default_rng(seed)
    stratum, cluster = np.repeat(np.arange(4), 200), np.tile(np.repeat(np.arange(20), 10), 4)
    values = rng.normal(3, 1, (800, 2)) + rng.normal(0, 0.3, (80, 1))[stratum * 20 + cluster]
    drawn = Drawn(
        list(zip(stratum.tolist(), cluster.tolist(), strict=True)),
        [[50.0] * 800],
        rng.uniform(1, 2, 800),
        values,
        Domains(np.arange(800) % 2, 2),
        Lonely.FAIL,
    )
    sample = drawn.sample()
    linear = ratios(sample, values, values[:, ::-1], drawn.domains)
    statistic = linear.statistic
    jack = standard_errors(jackknife(sample), sample, statistic, drawn.domains)
    boot = standard_errors(bootstrap(sample, 300, str(seed)), sample, statistic, drawn.domains)
    np.testing.assert_allclose(jack, linear.se, rtol=0.02)
    np.testing.assert_allclose(boot, linear.se, rtol=0.2)
