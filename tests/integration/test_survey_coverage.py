"""Intervals of the shipped sampling designs hold the truth about as often as they say (``bench/survey_coverage.py``
counts with 1,000 draws each; here are fewer, of smaller populations, always the same)."""

from __future__ import annotations

import pytest
from bench.survey_coverage import coverage
from bench.survey_populations import population

from parindex.documents.surveys.sampling_design_file import shipped_design_ids

DRAWS = 40


@pytest.mark.parametrize("design", shipped_design_ids())
def test_intervals_cover_and_errors_are_of_the_right_size(design: str) -> None:
    found = coverage(population(design, scale=0.4), DRAWS)
    # Three standard errors of a share of 0.95 among 40 draws: 0.847 to 1; strata have several times as many.
    assert min(found.mean, found.share) >= 0.847
    assert 0.90 <= found.mean_of_strata <= 0.99
    assert 0.90 <= found.share_of_strata <= 0.99
    assert 0.75 <= found.error_ratio <= 1.45
