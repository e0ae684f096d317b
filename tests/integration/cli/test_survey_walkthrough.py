"""The documented walk through a survey: the shipped inputs are those it invents, and it ends in an index."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from scripts.survey_walkthrough.__main__ import SHIPPED, walk
from scripts.survey_walkthrough.invented import ITEMS, UNITS, known_totals, population
from tests.integration.cli.running import VIETNAMESE

from parindex.documents.criteria_sets.yaml_text import read_yaml_file
from parindex.wording import language


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the walk was made."""
    made = tmp_path_factory.mktemp("walk")
    before = language.current()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in VIETNAMESE.items():
            patch.setenv(name, value)
        walk(made)
    language.use(before)
    return made


@pytest.mark.parametrize("path", sorted(SHIPPED.iterdir()), ids=lambda path: path.name)
def test_shipped_inputs_are_those_of_the_walk(folder: Path, path: Path) -> None:
    """Else: ``python -m scripts.survey_walkthrough --ship``."""
    assert (folder / path.name).read_bytes() == path.read_bytes()


def test_the_design_of_the_estimates_is_the_one_that_the_record_tells(folder: Path) -> None:
    told = json.loads((folder / "sample-record.json").read_text("utf-8"))["estimation"]
    written = read_yaml_file(SHIPPED / "survey.yaml").data
    assert {key: written[key] for key in told} == told


def test_weights_meet_the_known_totals(folder: Path) -> None:
    weights = pl.read_csv(folder / "weights.csv", infer_schema=False)
    for name, totals in known_totals(population()).items():
        for label, total in totals.iter_rows():
            of_class = weights.filter(pl.col(name) == str(label))["weight"]
            assert abs(sum(map(Fraction, of_class)) - total) < Fraction(1, 10**6)


def test_every_item_of_every_district_is_estimated_with_its_error(folder: Path) -> None:
    rows = json.loads((folder / "estimates.json").read_text("utf-8"))["rows"]
    means = [row for row in rows if row["statistic"] == "mean" and row["variable"] in ITEMS]
    assert {row["by"].get("unit", "all") for row in means} >= set(UNITS)
    assert all(1 <= row["estimate"] <= 5 and row["se"] > 0 for row in means)


def test_every_district_gets_points_for_the_nine_groups(folder: Path) -> None:
    points = pl.read_csv(folder / "points.csv", infer_schema=False)
    assert sorted(set(points["unit"])) == sorted(UNITS)
    assert sorted(set(points["item"])) == [f"8.3.{number}" for number in range(1, 10)]
    assert len(points) == 90
    assert all(float(error) > 0 for error in points["se"])
