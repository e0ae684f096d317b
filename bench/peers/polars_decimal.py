"""Polars with its own ``Decimal``: one wide frame, one expression an item, evaluated in parallel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench.plan import GRADES, INDEX_PLACES, OPTIONS, POINT_PLACES, Item, items

PLAN = items()
#: Whole figures; quotients carry 18 places, and no share of these figures lies within 10^-11 of a tie without being
#: one.
WHOLE, EXACT = pl.Decimal(38, 0), pl.Decimal(38, 18)
POINTS, PER_CENT = pl.Decimal(38, POINT_PLACES), pl.Decimal(38, INDEX_PLACES)


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """``items``: unit and a points column an item; ``units``: unit, index, grade, rank."""

    items: pl.DataFrame
    units: pl.DataFrame


def load(folder: Path) -> pl.DataFrame:
    """Both files as one row a unit: figures by measure, granted points and whether it is assessed by item."""
    figures = _by_unit(pl.read_parquet(folder / "figures.parquet"), "measure", "value")
    entries = pl.read_parquet(folder / "entries.parquet", columns=["unit", "item", "state", "appraised_points"])
    assessed = _by_unit(entries.with_columns(pl.col("state") != "not_assessed"), "item", "state")
    granted = _by_unit(entries.filter(pl.col("appraised_points").is_not_null()), "item", "appraised_points")
    wide = assessed.join(granted, on="unit", how="left", suffix=":granted").join(figures, on="unit", how="left")
    numbers = [measure for item in PLAN if item.kind != "option" for measure in item.measures]
    fixed = [f"{item.code}:granted" for item in PLAN if item.kind == "fixed"]
    return wide.with_columns(pl.col(numbers).cast(pl.Int64).cast(WHOLE), pl.col(fixed).cast(POINTS))


def _by_unit(long: pl.DataFrame, name: str, value: str) -> pl.DataFrame:
    return long.with_columns(pl.col(name).cast(pl.Categorical)).pivot(name, index="unit", values=value)


def compute(wide: pl.DataFrame) -> Result:
    """Points, index, grade and rank of every unit."""
    points = wide.select("unit", *(_RULES[item.kind](item).cast(POINTS).alias(item.code) for item in PLAN))
    codes = [item.code for item in PLAN]
    maxima = [pl.when(item.code).then(_exact(item.max_points, POINTS)).otherwise(_exact(0, POINTS)) for item in PLAN]
    achieved = points.select(pl.sum_horizontal(codes)).to_series()
    maximum = wide.select(pl.sum_horizontal(maxima)).to_series()
    index = _rounded((pl.col("achieved").cast(EXACT) * 100) / pl.col("maximum"), INDEX_PLACES).cast(PER_CENT)
    units = pl.DataFrame({"unit": wide["unit"], "achieved": achieved, "maximum": maximum}).select(
        "unit", pl.when(pl.col("maximum") > 0).then(index).alias("index")
    )
    grade = pl.coalesce(pl.when(pl.col("index") >= lower).then(pl.lit(title)) for title, lower in GRADES)
    rank = pl.col("index").rank("min", descending=True)
    return Result(points, units.with_columns(grade.alias("grade"), rank.alias("rank")))


def _exact(value: object, dtype: pl.Decimal) -> pl.Expr:
    return pl.lit(str(value)).cast(dtype)


def _rounded(value: pl.Expr, places: int) -> pl.Expr:
    return value.round(places, mode="half_away_from_zero")


def _ratio(item: Item) -> pl.Expr:
    part, whole = (pl.col(measure) for measure in item.measures)
    top = _exact(item.max_points, EXACT)
    share = (top * part) / (whole if item.target == 1 else whole.cast(pl.Decimal(38, 2)) * item.target)
    earned = _rounded(pl.when(share > top).then(top).otherwise(share), POINT_PLACES)
    if item.floor:
        earned = pl.when(part.cast(pl.Decimal(38, 2)) < whole * item.floor).then(_exact(0, EXACT)).otherwise(earned)
    return pl.when(whole == 0).then(top).otherwise(earned)


def _bands(item: Item) -> pl.Expr:
    part, whole = (pl.col(measure) for measure in item.measures)
    worth = [
        _rounded(_exact(item.max_points, EXACT) * _exact(share, EXACT), POINT_PLACES)
        for share in ("1", "0.5", "0.25", "0")
    ]
    tenths = pl.col(item.measures[0]).cast(pl.Decimal(38, 1))
    return (
        pl.when(part.is_null() | whole.is_null()).then(None)
        .when(whole == 0).then(worth[3])
        .when(part >= whole).then(worth[0])
        .when(tenths >= whole * _exact("0.7", pl.Decimal(38, 1))).then(worth[1])
        .when(tenths >= whole * _exact("0.5", pl.Decimal(38, 1))).then(worth[2])
        .otherwise(worth[3])
    )  # fmt: skip


def _option(item: Item) -> pl.Expr:
    chosen = pl.col(item.measures[0])
    worth = (_exact(item.max_points * share / 100, POINTS) for share in (100, 50, 0))
    return pl.coalesce(pl.when(chosen == key).then(points) for key, points in zip(OPTIONS, worth, strict=True))


def _deduction(item: Item) -> pl.Expr:
    left = _exact(item.max_points, POINTS) - pl.col(item.measures[0]) * _exact("0.25", POINTS)
    return pl.when(left < 0).then(_exact(0, POINTS)).otherwise(left)


def _fixed(item: Item) -> pl.Expr:
    return pl.col(f"{item.code}:granted")


_RULES = {"ratio": _ratio, "bands": _bands, "option": _option, "deduction": _deduction, "fixed": _fixed}


def write(result: Result, folder: Path) -> None:
    """The two result files."""
    result.items.unpivot(index="unit", variable_name="item", value_name="points").write_parquet(
        folder / "units-items.parquet"
    )
    result.units.write_parquet(folder / "units.parquet")
