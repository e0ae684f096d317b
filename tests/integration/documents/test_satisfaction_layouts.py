"""Tables of satisfaction in every format and in random layouts: what was written is read, and exactly the planted
faults are found.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.papers import satisfaction_sample as samples
from tests.papers import writers
from tests.papers.layout import LaidOut
from tests.papers.measured_layout import write_measured_pdf

from parindex.documents.papers import TableKind
from parindex.documents.read_paper import read_paper
from parindex.domain.survey.printed_table import SatisfactionTable
from parindex.domain.survey.table_check import check_table

KIND = TableKind.SATISFACTION_TABLE
#: Format: writer, draws, whether numbers are stored and cells merged.
FORMATS = {
    "xlsx": (writers.write_xlsx, 30, True, True),
    "xls": (writers.write_xls, 20, True, True),
    "ods": (writers.write_ods, 8, True, True),
    "docx": (writers.write_docx, 6, False, True),
    "pdf": (write_measured_pdf, 6, False, True),
    "txt": (writers.write_txt, 35, False, False),
    "csv": (writers.write_csv, 25, False, False),
}
BLOCK = 5
DRAWS = [(name, start) for name, (_, draws, _, _) in FORMATS.items() for start in range(0, draws, BLOCK)]


@pytest.mark.parametrize(("name", "start"), DRAWS)
def test_layouts_and_faults(tmp_path: Path, name: str, start: int) -> None:
    write, draws, numbers, spans = FORMATS[name]
    for seed in range(start, min(start + BLOCK, draws)):
        rng = Random(f"satisfaction-{name}-{seed}")
        table = samples.plant(rng, samples.sample(rng))
        paper = samples.draw(rng, table, sheet=numbers or name == "csv", numbers=numbers, spans=spans)
        path = tmp_path / f"paper.{name}"
        write(path, paper)
        (read,) = read_paper(path, kind=KIND).measured
        assert isinstance(read.table, SatisfactionTable)
        assert (as_read(read.table), list(read.doubts)) == (as_written(table, paper), []), f"draw {seed}"
        findings = check_table(read.table)
        assert {(one.kind, one.code) for one in findings} == table.faults, f"draw {seed}"
        assert len(findings) == len(table.faults), f"draw {seed}"


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
