"""svy: a list of variables in one call by province and one for the nation, as its documentation advises. It knows no
design of more than two stages, so only the one of ultimate clusters is compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import svy
from numpy.typing import NDArray

from bench.survey_data import ITEMS, NODES, PROVINCES, YEARS

PACKAGES = ("svy", "polars")
Floats = NDArray[np.float64]
_NAMES = [f"q{item + 1:02}" for item in range(ITEMS)]
_NODES = [f"node{place:02}" for place in range(len(NODES))]


def load(folder: Path) -> list[pl.DataFrame]:
    """Both years."""
    return [pl.read_csv(folder / f"{name}.csv") for name in YEARS]


def compute(data: list[pl.DataFrame], design: str) -> dict[str, Floats]:
    """Means of items and nodes by province (the last row: the nation) and standard errors."""
    if design != "one":
        raise ValueError(design)
    found = {}
    for number, frame in enumerate(data, start=1):
        found.update({f"{name}{number}": value for name, value in _year(frame).items()})
    found["difference"] = found["estimate2"] - found["estimate1"]
    found["se"] = np.hypot(found["se1"], found["se2"])
    return found


def _year(frame: pl.DataFrame) -> dict[str, Floats]:
    nodes = [
        pl.mean_horizontal(*(_NAMES[item] for item in node)).alias(name)
        for name, node in zip(_NODES, NODES, strict=True)
    ]
    district = (pl.col("province") * 10 + pl.col("district")).alias("psu")
    frame = frame.with_columns(district, *nodes)
    sample = svy.Sample(frame, svy.Design(stratum="province", psu="psu", wgt="weight"))
    estimate, se = (np.full((PROVINCES + 1, ITEMS + len(NODES)), np.nan) for _ in range(2))
    for by in ("province", None):
        every: Any = sample.estimation.mean([*_NAMES, *_NODES], by=by, drop_nulls=True)
        for column, variable in enumerate(every):
            for one in variable.estimates:
                row = PROVINCES if by is None else one.by_level[0]
                estimate[row, column], se[row, column] = one.est, one.se
    return {"estimate": estimate, "se": se}
