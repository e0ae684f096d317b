"""Our estimates agree with those of R's package survey to 1e-9; where R is installed it is asked again."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

from tests.referee import agreement
from tests.referee.agreement import HERE, Found

#: What R is asked again: quick, and together every statistic.
AGAIN = [
    "one stage, finite",
    "lonely, average, one stage, raked",
    "lonely, fail, one stage",
    "a province not asked, average, one stage",
]
#: Designs whose two years are also compared as two surveys that share clusters.
SHARED = [
    "one stage",
    "one stage, finite",
    "two stages, finite",
    "lonely, adjust, four stages, finite",
    "lonely, certainty, four stages, finite",
    "lonely, adjust, one stage",
    "lonely, average, one stage",
    "a province not asked, average, one stage",
    "a province not asked, adjust, one stage",
]


def r_is_there() -> bool:
    """Whether R and its packages are installed."""
    found = shutil.which("Rscript")
    if found is None:
        return False
    check = "quit(status = !all(c('survey', 'jsonlite') %in% rownames(installed.packages())))"
    return subprocess.run([found, "-e", check], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module", params=["recorded", "fresh"] if r_is_there() else ["recorded"])
def theirs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    if request.param == "recorded":
        return agreement.recorded()
    folder = tmp_path_factory.mktemp("referee")
    subprocess.run(["Rscript", HERE / "referee.R", folder, *AGAIN], check=True, capture_output=True)
    return agreement.recorded(folder / "recorded.csv")


@pytest.fixture(scope="module")
def ours() -> Found:
    return agreement.computed()


def test_the_referee_says_what_is_recorded(theirs: Found) -> None:
    recorded, designs = agreement.recorded(), {key[0] for key in theirs}
    assert set(theirs) == {key for key in recorded if key[0] in designs}
    assert len(recorded) == 9125
    off = [
        (key, figure)
        for key, figures in theirs.items()
        for figure, value in figures.items()
        if agreement.difference(recorded[key][figure], value) > 1e-9
    ]
    assert off == []


@pytest.mark.parametrize("figure", agreement.FIGURES)
@pytest.mark.parametrize("statistic", ["mean", "share", "total", "ratio", "items", "difference", "jackknife"])
def test_figures_agree_with_r(ours: Found, theirs: Found, statistic: str, figure: str) -> None:
    off = {
        key: (ours[key][figure], value)
        for key, figures in theirs.items()
        if key[1] == statistic and not np.isnan(value := figures[figure])
        if agreement.difference(ours[key][figure], value) > 1e-9
    }
    assert off == {}


@pytest.mark.parametrize("design", SHARED)
def test_two_surveys_that_share_clusters_agree_with_r_on_the_years_below_each_other(design: str) -> None:
    theirs, ours = agreement.recorded(), agreement.shared_years(design)
    assert len(ours) == len(agreement.ITEMS)
    off = [
        (key, figure)
        for key, figures in ours.items()
        for figure in ("estimate", "se", "df", "low", "high", "p")
        if agreement.difference(figures[figure], theirs[key][figure]) > 1e-9
    ]
    assert off == []


def test_where_r_refuses_a_lonely_cluster_so_do_we(ours: Found, theirs: Found) -> None:
    stopped = {key[0] for key in theirs if key[1] == "stop"}
    assert stopped == {key[0] for key in ours if key[1] == "stop"} & {key[0] for key in theirs}
    assert stopped
