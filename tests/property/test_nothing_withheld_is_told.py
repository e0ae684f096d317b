"""No total of a few respondents is published, or follows from all that is published together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from tests.property.published_survey_tables import HIGHEST, published

from parindex.domain.survey.questionnaire.variables import Rollup


@pytest.mark.parametrize("rollup", list(Rollup))
@pytest.mark.parametrize("crossed", [False, True])
def test_no_small_total_follows_from_the_published_figures(rollup: Rollup, crossed: bool) -> None:
    few = 0
    for seed in range(40):
        made = published(np.random.default_rng(seed), rollup, crossed=crossed)
        few += len(list(made.small()))
        assert made.told() == [], seed
    assert few > 40  # there was something to tell


def test_whole_answers_on_the_scale_leave_a_small_total_open() -> None:
    """Every way to fill the withheld totals of an item with whole answers from 1 to 3: a small one has several, but
    where the answers of all that are withheld together are at an end of the scale.
    """
    looked_at = 0
    for seed in range(40):
        made = published(np.random.default_rng(seed), Rollup.ITEMS, crossed=False)
        for name in made.variables.codes:
            hidden = [
                made.total(name, rows) for m, cell, rows in made.cells() if m == 0 and not made.shown(name, 0, cell)
            ]
            sizes = [len(one) for one in hidden if one]
            known = sum(int(made.values[name][row]) for one in hidden for row, _ in one)
            if not made.shown(name, 1, 0) or not sum(sizes) < known < HIGHEST * sum(sizes):
                continue
            ways = [way for way in product(*(range(n, HIGHEST * n + 1) for n in sizes)) if sum(way) == known]
            for place, size in enumerate(sizes):
                if size < made.minimum:
                    looked_at += 1
                    assert len({way[place] for way in ways}) > 1, (seed, name)
    assert looked_at > 10
