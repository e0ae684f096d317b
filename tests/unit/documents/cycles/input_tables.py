"""Input tables for tests: written as CSV, read as a cycle."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.cycles.data_tables import Cycle, CycleFiles, read_cycle
from parindex.domain.errors import InvalidInput

SET = load_criteria_set(Path(__file__).parents[3] / "golden" / "cli" / "set.yaml")
UNITS = """unit,title,unit_group,parent,ranked
so,Sở Nội vụ,departments,,yes
chi-cuc,Chi cục,departments,so,no
ban,Ban,departments,so,
"""


def written(folder: Path, **tables: str | bytes) -> CycleFiles:
    paths = {}
    for name, content in tables.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_bytes(content if isinstance(content, bytes) else content.encode())
    return CycleFiles(**paths)


def cycle(folder: Path, **tables: str | bytes) -> Cycle:
    return read_cycle(SET, written(folder, **tables))


def kinds(folder: Path, **tables: str | bytes) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        cycle(folder, **tables)
    return [problem.kind for problem in refused.value.problems]


def figure(read: Cycle, measure: str, unit: str, year: int = 2024) -> Fraction | None:
    column = read.figures.column(measure, year)
    row = read.sheets.row_of(unit)
    return column.numbers.row(row) if column.present[row] else None
