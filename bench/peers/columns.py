"""From the two Parquet files to a matrix of figures: shared by the peers that compute outside a table engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.plan import OPTIONS, items
from bench.scores import POINT_SCALE

ANSWERED, UNANSWERED, NOT_ASSESSED = 0, 1, 2
MISSING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """``figures[measure]`` and ``states[item]`` hold one number a unit; −1 is a missing figure.

    A choice is the position of its option; a fixed item's points stand under its code in 10^-4.
    """

    units: tuple[str, ...]
    figures: dict[str, NDArray[np.int64]]
    states: dict[str, NDArray[np.int8]]


def load(folder: Path) -> Columns:
    """Read both files; the rows of every column follow the units in the order of the entries."""
    entries = pl.read_parquet(folder / "entries.parquet", columns=["unit", "item", "state", "appraised_points"])
    figures = pl.read_parquet(folder / "figures.parquet")
    units = entries["unit"].unique(maintain_order=True)
    plan = items()
    codes = [item.code for item in plan]
    measures = [measure for item in plan for measure in item.measures]
    fixed = [item.code for item in plan if item.kind == "fixed"]

    states = np.zeros((len(codes), len(units)), dtype=np.int8)
    values = np.full((len(measures) + len(fixed), len(units)), MISSING, dtype=np.int64)

    row = _positions(entries["unit"], units)
    state = _positions(entries["state"], pl.Series(["answered", "unanswered", "not_assessed"]))
    states[_positions(entries["item"], pl.Series(codes)), row] = state
    granted = entries.with_columns(row=pl.Series(row)).filter(pl.col("appraised_points").is_not_null())
    points = granted["appraised_points"].cast(pl.Decimal(18, 4)) * POINT_SCALE
    values[len(measures) + _positions(granted["item"], pl.Series(fixed)), granted["row"].to_numpy()] = points.cast(
        pl.Int64
    ).to_numpy()

    number = figures["value"].replace({option: str(at) for at, option in enumerate(OPTIONS)}).cast(pl.Int64).to_numpy()
    values[_positions(figures["measure"], pl.Series(measures)), _positions(figures["unit"], units)] = number
    return Columns(
        tuple(units), dict(zip([*measures, *fixed], values, strict=True)), dict(zip(codes, states, strict=True))
    )


def _positions(column: pl.Series, names: pl.Series) -> NDArray[np.int64]:
    """For each row the position of its text among ``names``."""
    return column.cast(pl.Enum(names)).to_physical().to_numpy().astype(np.int64)
