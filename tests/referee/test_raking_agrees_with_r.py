"""Raked and post-stratified weights are those of R's package survey to 1e-9; where R is installed it is asked again."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from parindex.domain.survey.weights.raking import KnownTotals, post_stratified, raked
from parindex.domain.survey.weights.weighting import Fitting, weigh

HERE = Path(__file__).parent
CASES = ("two", "three", "crossed", "post-stratified")


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file by its heads."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PEOPLE = rows(HERE / "raking_people.csv")
DESIGN = np.array([float(row["weight"]) for row in PEOPLE])


def _r_is_there() -> bool:
    found = shutil.which("Rscript")
    check = "quit(status = !('survey' %in% rownames(installed.packages())))"
    return found is not None and subprocess.run([found, "-e", check], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module", params=["recorded", "fresh"] if _r_is_there() else ["recorded"])
def theirs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    """R's weights by case."""
    folder = HERE
    if request.param == "fresh":
        folder = tmp_path_factory.mktemp("raking")
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(["Rscript", HERE / "raking.R", folder], check=True, capture_output=True, env=environment)
    recorded = rows(folder / "raking_weights.csv")
    assert [row["id"] for row in recorded] == [row["id"] for row in PEOPLE]
    return {case: np.array([float(row[case]) for row in recorded]) for case in CASES}


def margins(case: str) -> list[KnownTotals]:
    """The known totals of a case."""
    known = [row for row in rows(HERE / "raking_totals.csv") if row["case"] == case]
    found = []
    for by in dict.fromkeys(row["by"] for row in known):
        totals = {row["label"]: Fraction(row["total"]) for row in known if row["by"] == by}
        places = {label: place for place, label in enumerate(totals)}
        code = [places["|".join(person[name] for name in by.split("|"))] for person in PEOPLE]
        found.append(KnownTotals(tuple(by.split("|")), tuple(totals), tuple(totals.values()), np.array(code)))
    return found


@pytest.mark.parametrize("case", CASES)
def test_weights_agree_with_r(theirs: dict[str, np.ndarray], case: str) -> None:
    known = margins(case)
    ours = raked(DESIGN, known)[0] if len(known) > 1 else post_stratified(DESIGN, known[0])
    assert np.max(np.abs(ours / theirs[case] - 1)) < 1e-9
    steps = weigh(DESIGN, np.ones(len(DESIGN), dtype=bool), [Fitting(tuple(known))])
    assert np.array_equal(steps[-1].weight, ours)
