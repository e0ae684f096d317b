"""``parindex survey estimate`` run on the small survey, and one row of what it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.integration.cli.running import run
from tests.integration.cli.survey_data import Row, design, written


def estimate(folder: Path, *more: str, change: Callable[[list[Row]], object] | None = None, lines: str = "") -> Any:
    """The result on the data after ``change``, with ``lines`` added to the design."""
    data = written(folder, change)
    return run("survey", "estimate", "--data", data, "--design", design(folder, more=lines), *more, "--format", "json")


def found(data: Any, variable: str, statistic: str, **by: str) -> dict[str, Any]:
    """The one estimate of a variable in a cell."""
    (row,) = [
        row
        for row in data["rows"]
        if (row["variable"], row["statistic"], row["by"]) == (variable, statistic, by) and "against" not in row
    ]
    return dict(row)


def put(number: int, **cells: str) -> Callable[[list[Row]], object]:
    """A change of one respondent."""
    return lambda table: table[number].update(cells)
