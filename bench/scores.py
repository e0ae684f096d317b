"""What every peer answers with, so that the answers can be compared cell by cell: integers over fixed powers of ten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.plan import GRADES, INDEX_PLACES, POINT_PLACES, items

POINT_SCALE, INDEX_SCALE = 10**POINT_PLACES, 10**INDEX_PLACES
NO_INDEX = -1


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """``points[i, u]`` of item i and unit u (0 where there are none) in 10^-4, ``index`` in 10^-5 per cent or −1,
    ``rank`` or 0.

    ``grade`` is a position in ``GRADES``, −1 without an index.
    """

    units: tuple[str, ...]
    points: NDArray[np.int64]
    index: NDArray[np.int64]
    grade: NDArray[np.int64]
    rank: NDArray[np.int64]

    def differences(self, other: Scores) -> int:
        """In how many cells the two differ."""
        if self.units != other.units:
            return self.points.size
        pairs = [(getattr(self, name), getattr(other, name)) for name in ("points", "index", "grade", "rank")]
        return sum(int(np.count_nonzero(one != two)) for one, two in pairs)

    @property
    def cells(self) -> int:
        """How many cells are compared."""
        return self.points.size + 3 * len(self.units)


def write(scores: Scores, folder: Path) -> None:
    """``units-items.parquet`` (unit, item, points) and ``units.parquet`` (unit, index, grade, rank) from NumPy
    columns.
    """
    codes, count = pl.Series([item.code for item in items()]), len(scores.units)
    names = pl.Series(scores.units)
    pl.DataFrame(
        {
            "unit": names.gather(np.repeat(np.arange(count), len(codes))),
            "item": codes.gather(np.tile(np.arange(len(codes)), count)),
            "points": scores.points.T.reshape(-1),
        }
    ).with_columns(decimals("points", POINT_PLACES)).write_parquet(folder / "units-items.parquet")
    titles = pl.Series([title for title, _ in GRADES])
    pl.DataFrame(
        {
            "unit": names,
            "index": scores.index,
            "grade": titles.gather(np.maximum(scores.grade, 0)),
            "rank": scores.rank,
        }
    ).with_columns(
        pl.when(pl.col("index") != NO_INDEX).then(decimals("index", INDEX_PLACES)),
        pl.when(pl.col("index") != NO_INDEX).then("grade"),
    ).write_parquet(folder / "units.parquet")


def decimals(column: str, places: int) -> pl.Expr:
    """An integer column over ``10**places`` as Polars decimals, exact."""
    scaled: pl.Expr = pl.col(column).cast(pl.Decimal(18, places)) / 10**places
    return scaled


def read(folder: Path) -> Scores:
    """What a peer wrote, as integers again; an item without points counts 0. Raises ``ValueError`` where a digit would
    be lost.
    """
    units = pl.read_parquet(folder / "units.parquet").sort("unit")
    codes = [item.code for item in items()]
    long = pl.read_parquet(folder / "units-items.parquet").with_columns(
        pl.col("item").replace_strict({code: at for at, code in enumerate(codes)}, return_dtype=pl.Int64)
    )
    points = np.zeros((len(codes), len(units)), dtype=np.int64)
    row = {unit: at for at, unit in enumerate(units["unit"])}
    rows = long["unit"].replace_strict(row, return_dtype=pl.Int64).to_numpy()
    points[long["item"].to_numpy(), rows] = _integers(long["points"].fill_null(0), POINT_PLACES)
    grade = {title: at for at, (title, _) in enumerate(GRADES)}
    return Scores(
        tuple(units["unit"]),
        points,
        np.where(units["index"].is_null(), NO_INDEX, _integers(units["index"].fill_null(0), INDEX_PLACES)),
        units["grade"].replace_strict(grade, return_dtype=pl.Int64).fill_null(-1).to_numpy(),
        units["rank"].cast(pl.Int64).fill_null(0).to_numpy(),
    )


def _integers(column: pl.Series, places: int) -> NDArray[np.int64]:
    """Decimals, or texts of decimals, over ``10**places``."""
    texts = column.cast(pl.String)
    parts = texts.str.split_exact(".", 1)
    decimal_part = parts.struct.field("field_1").fill_null("").str.strip_chars_end("0")
    longer = texts.filter(decimal_part.str.len_bytes() > places)
    if len(longer):
        raise ValueError(f"more than {places} places: {longer[0]}")
    return (parts.struct.field("field_0") + decimal_part.str.pad_end(places, "0")).cast(pl.Int64).to_numpy()
