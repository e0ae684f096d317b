"""Intervals of the shipped sampling designs hold the truth about as often as they say (``bench/survey_coverage.py``
counts with 1,000 draws each; here are fewer, of smaller populations, always the same).

A few dozen draws cannot tell 95 of 100 from 90. So one sample of every design is answered 1,000 times over, each time
by a model of clusters that differ: that many intervals, all in one call.
"""

from __future__ import annotations

import numpy as np
import pytest
from bench.drawn_samples import laid_out
from bench.survey_coverage import coverage
from bench.survey_populations import population

from parindex.documents.surveys.sampling_design_file import shipped_design_ids
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means, shares
from parindex.domain.survey.estimation.explanation import first_stage
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out
from parindex.domain.survey.sampling.selection import draw

DRAWS = 40
ANSWERED = 1_000
#: Three standard errors of a share of 0.95 among the answers, and a little for what is only nearly normal.
OFF = 3 * np.sqrt(0.95 * 0.05 / ANSWERED) + 0.005


@pytest.mark.parametrize("design", shipped_design_ids())
def test_intervals_cover_and_errors_are_of_the_right_size(design: str) -> None:
    found = coverage(population(design, scale=0.4), DRAWS)
    # Three standard errors of a share of 0.95 among 40 draws: 0.847 to 1; strata have several times as many.
    assert min(found.mean, found.share) >= 0.847
    assert 0.90 <= found.mean_of_strata <= 0.99
    assert 0.90 <= found.share_of_strata <= 0.99
    assert 0.75 <= found.error_ratio <= 1.45


def _with_replacement(design: str) -> Sample:
    people = population(design, scale=0.4)
    _, sample = laid_out(draw(people.design, people.frame, "1"))
    stratum, cluster = first_stage(sample)
    return lay_out(stratum, [cluster], [None], sample.weight, Lonely.FAIL)


def _answers(sample: Sample, rng: np.random.Generator) -> np.ndarray:
    """Around 3.4 of 5, in clusters that differ; columns are independent of each other."""
    _, cluster = first_stage(sample)
    effects = rng.normal(0, 0.4, (int(cluster.max()) + 1, ANSWERED)).astype(np.float32)
    return 3.4 + effects[cluster] + rng.normal(0, 0.9, (len(sample), ANSWERED)).astype(np.float32)


def _held(found: Estimates, truth: float) -> float:
    return float(np.mean((found.low[0] <= truth) & (truth <= found.high[0])))


@pytest.mark.parametrize("design", shipped_design_ids())
def test_of_many_answers_to_one_sample_95_of_100_intervals_cover(design: str) -> None:
    sample = _with_replacement(design)
    values = _answers(sample, np.random.default_rng(1)).astype(np.float64)
    everyone = Domains.everyone(len(sample))
    found = means(sample, values, everyone)
    assert _held(found, 3.4) == pytest.approx(0.95, abs=OFF)
    half = shares(sample, (values >= 3.4).astype(np.float64), everyone)
    assert _held(half, 0.5) == pytest.approx(0.95, abs=OFF)
