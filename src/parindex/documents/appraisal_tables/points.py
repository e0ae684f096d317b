"""The table of survey points, as ``parindex score --points`` reads it: unit, item, points, standard error, source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from parindex.documents.appraisal_tables.rows import PointsRow
from parindex.documents.cycles.data_tables import POINTS
from parindex.documents.unit_tables.source import SourceRows, read_source
from parindex.domain.errors import Problem

#: A nation's 3,321 communes with 35 surveyed items each are 116,235 rows.
MAX_POINTS_ROWS = 150_000


def read_given_points(path: Path) -> tuple[Sequence[PointsRow], Sequence[Problem]]:
    """The rows of a table as written, and what to look at in it; whether the points fit is for who takes them.

    A row that says it is still pending gives nothing and is left out. Raises
    :class:`~parindex.domain.errors.InvalidInput` where cells are missing.
    """
    source = read_source(path, POINTS, most=MAX_POINTS_ROWS)
    rows = []
    for at in range(source.count):
        if source.text(at, "state").casefold() == "pending" and not source.text(at, "points"):
            continue
        source.require(at, "unit", "item", "points")
        rows.append(_row(source, at))
    source.refuse()
    return rows, source.notes


def _row(source: SourceRows, at: int) -> PointsRow:
    return PointsRow(
        source.line(at), source.text(at, "unit"), source.text(at, "item").rstrip("."), source.text(at, "points"),
        source.text(at, "se"), source.text(at, "source"),
    )  # fmt: skip
