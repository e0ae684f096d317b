"""Tables of satisfaction in every format and in random layouts: what was written is read, and exactly the planted
faults are found.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers import satisfaction_sample as samples
from tests.papers.layout import LaidOut
from tests.papers.measured_draws import DRAWS, Measurement, drawn

from parindex.documents.papers import TableKind
from parindex.domain.survey.satisfaction_tables.printed_table import SatisfactionTable
from parindex.domain.survey.satisfaction_tables.table_check import check_table


@pytest.mark.parametrize(("name", "start"), DRAWS)
def test_layouts_and_faults(tmp_path: Path, name: str, start: int) -> None:
    measurement = Measurement(TableKind.SATISFACTION_TABLE, "satisfaction", samples, check_table, as_read, as_written)
    for found, wanted in drawn(tmp_path, measurement, name, start):
        assert found == wanted


def as_read(table: SatisfactionTable) -> list[object]:
    """What a table says, without places."""
    return [
        (row.label, row.title, row.level.value, dict(zip(table.years, row.values, strict=True)), row.difference)
        for row in table.rows
    ]


def as_written(table: samples.Satisfaction, paper: LaidOut) -> list[object]:
    """The same of the sample; a column that the layout leaves out is not read."""
    change = "difference" in paper.layout.columns
    return [
        (
            row.label,
            row.title,
            row.level,
            {table.year - at: value for at, value in enumerate(row.values)},
            row.difference if change else None,
        )
        for row in table.rows
    ]
