"""Differences of two years that are stacked agree with R's to 1e-9, whatever the years share; where R is installed it
is asked again.
"""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from tests.referee import stacked_years
from tests.referee.agreement import HERE, difference
from tests.referee.stacked_years import FIGURES, SHARING, Found
from tests.referee.test_referee import r_is_there

#: What R is asked again: quick, with replacement and finite, one stage and two, a rule for lonely clusters.
AGAIN = ["one stage", "two stages, finite", "lonely, average, one stage", "lonely, adjust, one stage, finite"]


@pytest.fixture(scope="module", params=["recorded", "fresh"] if r_is_there() else ["recorded"])
def theirs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    if request.param == "recorded":
        return stacked_years.recorded()
    folder = tmp_path_factory.mktemp("stacked")
    subprocess.run(["Rscript", HERE / "stacked.R", folder, *AGAIN], check=True, capture_output=True)
    return stacked_years.recorded(folder / "stacked.csv")


def test_differences_of_stacked_years_agree_with_r(theirs: Found) -> None:
    ours = stacked_years.computed(theirs)
    assert set(ours) == set(theirs)
    off = [
        (key, figure)
        for key, figures in theirs.items()
        for figure, value in figures.items()
        if not np.isnan(value) and difference(ours[key][figure], value) > 1e-9
    ]
    assert off == []


def test_what_is_recorded_covers_every_way_of_sharing_and_every_rule() -> None:
    theirs = stacked_years.recorded()
    figures = [value for one in theirs.values() for value in one.values() if not np.isnan(value)]
    assert len(figures) == 9072
    assert {key[1] for key in theirs} == set(SHARING)
    named = {key[0] for key in theirs}
    for words in ("one stage", "two stages, finite", "four stages, finite", "certainty", "average", "adjust"):
        assert any(words in name for name in named)
    assert set(FIGURES) == set(next(iter(theirs.values())))
