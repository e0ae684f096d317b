"""``survey estimate --compare`` of a plain design: years that name clusters alike are what R makes of both stacked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.integration.cli.running import run
from tests.referee.agreement import Data, difference
from tests.referee.stacked_years import FIGURES, SHARING, YEARS, recorded

NUMBERS = ("n_districts", "n_communes", "n_villages", "n_people")
#: The design of designs.json, its data set, the columns of the numbers to draw from by stage, the rule.
DESIGNS = {
    "one stage": ("people", ("",), "fail"),
    "one stage, finite": ("people", ("n_districts",), "fail"),
    "two stages, finite": ("people", ("n_districts", "n_communes"), "fail"),
    "lonely, adjust, four stages, finite": ("lonely", NUMBERS, "adjust"),
    "lonely, average, one stage": ("lonely", ("",), "average"),
}
STAGES = ("area", "commune", "village", "person")
#: What a row of the command is called there.
VARIABLES = {("q1", "mean"): "q1", ("q2", "mean"): "q2", ("q1", "share"): "s1", ("g", "mean"): "g"}
COLUMNS = ("province", *STAGES, *NUMBERS, "weight", "sex", "q1", "q2", "q3")
#: Where a year has no lonely cluster that its design refuses.
CASES = [
    (name, shared)
    for name, (_, _, lonely) in DESIGNS.items()
    for shared in ("all", "rotated", "fewer")
    if shared != "rotated" or lonely != "fail"
]


def written(folder: Path, data: Data, year: int) -> str:
    """The respondents of one year as a file."""
    of_year = data.where(data.columns["year"] == year)
    rows = of_year.values(*COLUMNS)
    cells = [["" if np.isnan(value) else repr(float(value)).removesuffix(".0") for value in row] for row in rows]
    path = folder / f"{year}.csv"
    path.write_text("\n".join([",".join(COLUMNS), *map(",".join, cells)]) + "\n", "utf-8")
    return str(path)


def design(folder: Path, populations: tuple[str, ...], lonely: str) -> str:
    stages = [
        f"{{cluster: {cluster}{f', population: {known}' if known else ''}}}"
        for cluster, known in zip(STAGES, populations, strict=False)
    ]
    path = folder / "d.yaml"
    path.write_text(
        f"strata: [province]\nstages: [{', '.join(stages)}]\nweight: weight\nlonely: {lonely}\n"
        "items: [q1, q2, q3]\nscale: 5\ngroups: {g: [q1, q2, q3]}\nminimum_cell: 1\n",
        "utf-8",
    )
    return str(path)


@pytest.mark.parametrize(("name", "shared"), CASES)
def test_years_that_name_clusters_alike_are_stacked_as_in_r(name: str, shared: str, tmp_path: Path) -> None:
    theirs = {key[2:]: figures for key, figures in recorded().items() if key[:2] == (name, shared)}
    data_set, populations, lonely = DESIGNS[name]
    data = Data.read(data_set)
    data = data.where(SHARING[shared](data))
    earlier, later = (written(tmp_path, data, year) for year in YEARS)
    found: Any = run(
        "survey", "estimate", "--data", later, "--compare", earlier, "--design", design(tmp_path, populations, lonely),
        "--by", "sex", "--format", "json",
    ).data  # fmt: skip
    assert found["years"]["method"] == "stacked"
    compared = 0
    for row in found["rows"]:
        variable = VARIABLES.get((row["variable"], row.get("of", "")))
        if variable is None:
            continue
        expected = theirs["mean", variable, row["by"]["sex"]]
        off = [name for name in FIGURES if difference(row[name], expected[name]) > 1e-9]
        assert off == []
        compared += 1
    assert compared == 3 * len(VARIABLES)
