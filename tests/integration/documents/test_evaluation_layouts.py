"""Tables of evaluations in every format and in random layouts: what was written is read, and exactly the planted
faults are found.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers import evaluation_sample as samples
from tests.papers.layout import LaidOut
from tests.papers.measured_draws import DRAWS, Measurement, drawn

from parindex.documents.papers import TableKind
from parindex.domain.procedures.printed_table import EvaluationTable
from parindex.domain.procedures.table_check import check_table


@pytest.mark.parametrize(("name", "start"), DRAWS)
def test_layouts_and_faults(tmp_path: Path, name: str, start: int) -> None:
    measurement = Measurement(TableKind.PROCEDURE_EVALUATION, "evaluation", samples, check_table, as_read, as_written)
    for found, wanted in drawn(tmp_path, measurement, name, start):
        assert found == wanted


def as_read(table: EvaluationTable) -> list[object]:
    """What a table says, without places."""
    return [
        (
            (group.numeral, group.title),
            [
                (unit.number, unit.title, unit.indicators, unit.total, unit.official, unit.grade, unit.rank)
                for unit in group.units
            ],
        )
        for group in table.groups
    ]


def as_written(table: samples.Evaluation, paper: LaidOut) -> list[object]:
    """The same of the sample; a column that the layout leaves out is not read."""
    columns = paper.layout.columns
    official, ranked, several = "official" in columns, "rank" in columns, len(table.groups) > 1

    def cells(unit: samples.Unit) -> tuple[object, ...]:
        named = (unit.number, unit.title, unit.indicators, unit.total)
        return (*named, unit.official if official else None, unit.grade, unit.rank if ranked else None)

    return [
        (("I" * (at + 1), samples.GROUPS[at][0]) if several else ("", ""), [cells(unit) for unit in units])
        for at, units in enumerate(table.groups)
    ]
