"""The table of points that surveys and agencies give: unit, item, points, standard error, the estimate that they were
made of and how many answers it rests on, source. What ``parindex survey points`` writes and ``parindex score --points``
reads can be taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parindex.documents.appraisal_tables.rows import PointsRow
from parindex.documents.cycles.data_tables import POINTS
from parindex.documents.unit_tables.source import SourceRows, read_source
from parindex.documents.unit_tables.writers import write_form
from parindex.domain.errors import Place, Problem

#: A nation's 3,321 communes with 35 surveyed items each are 116,235 rows.
MAX_POINTS_ROWS = 150_000
#: Official heads, in the order of the form.
HEADS = {
    "unit": "Đơn vị", "item": "Mục", "points": "Điểm", "se": "Sai số chuẩn", "estimate": "Ước lượng",
    "answers": "Số câu trả lời", "source": "Nguồn",
}  # fmt: skip
#: The command says of a row that it is pending, and why; nobody who types a table is asked for that.
LAYOUT = replace(POINTS, untold=("state", "reason"))
#: The sheets of the form in which units and items are looked up.
_UNITS, _ITEMS = "don_vi", "muc"


@dataclass(frozen=True, slots=True)
class PointsTable:
    """What a table says: its rows as written, what is wrong with single cells of them, and what to look at."""

    rows: Sequence[PointsRow]
    problems: Sequence[Problem]
    notes: Sequence[Problem]

    @property
    def flaws(self) -> set[tuple[int, str]]:
        """The cells with which something is wrong: the line, and the column."""
        return {(line_of(one.place), str(one.facts.get("column", ""))) for one in self.problems}


def read_given_points(path: Path) -> PointsTable:
    """The rows of a table; whether the points fit is for who takes them, and told together with what is wrong here.

    A row that says it is still pending gives nothing and is left out. Raises
    :class:`~parindex.domain.errors.InvalidInput` where the file or its heads cannot be read.
    """
    source = read_source(path, LAYOUT, most=MAX_POINTS_ROWS)
    rows = []
    for at in range(source.count):
        if source.text(at, "state").casefold() == "pending" and not source.text(at, "points"):
            continue
        source.require(at, "unit", "item", "points")
        rows.append(_row(source, at))
    return PointsTable(rows, source.problems, source.notes)


def line_of(place: Place) -> int:
    """The row of the sheet, or the line of the text file, where a place is; 0 for the whole table."""
    if place.cell is not None:
        return int(re.sub("[A-Z]+", "", place.cell))
    return place.line or place.row or 0


def write_points_form(path: Path, units: Sequence[tuple[str, str]], items: Sequence[tuple[str, str]]) -> None:
    """The table without rows, to be filled in; ``units`` and ``items``: the codes to choose from, with their names."""
    write_form(path, LAYOUT.name, HEADS, {"unit": (_UNITS, units), "item": (_ITEMS, items)})


def _row(source: SourceRows, at: int) -> PointsRow:
    return PointsRow(
        source.line(at), source.text(at, "unit"), source.text(at, "item").rstrip("."), source.text(at, "points"),
        source.text(at, "se"), source.text(at, "source"), source.text(at, "estimate"), source.text(at, "answers"),
    )  # fmt: skip
