"""Tables of other measurements in PDFs without lines: every figure stays in its column, beside blank cells too."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.integration.documents import test_evaluation_layouts as evaluations
from tests.integration.documents import test_satisfaction_layouts as satisfactions
from tests.papers import evaluation_sample, satisfaction_sample
from tests.papers.layout import GridCell, LaidOut
from tests.papers.measured_layout import write_measured_pdf

from parindex.documents.papers import TableKind
from parindex.documents.procedure_tables.rows import is_heading
from parindex.documents.read_paper import read_paper
from parindex.documents.readers.aligned_columns import Line, Piece
from parindex.documents.readers.figure_tables import Telling, figure_tables
from parindex.domain.errors import Place

KINDS = {
    TableKind.PROCEDURE_EVALUATION: (evaluation_sample, evaluations),
    TableKind.SATISFACTION_TABLE: (satisfaction_sample, satisfactions),
}


def drawn(kind: TableKind, draw: int) -> tuple[Any, LaidOut]:
    """A table without faults in a random layout."""
    samples, _ = KINDS[kind]
    rng = Random(f"without-lines-{draw}")
    table = samples.sample(rng)
    return table, samples.draw(rng, table, sheet=False, numbers=False, spans=True)


def read(folder: Path, kind: TableKind, paper: LaidOut) -> Any:
    path = folder / "paper.pdf"
    write_measured_pdf(path, paper, ruled=False)
    (found,) = read_paper(path, kind=kind).measured
    assert found.doubts == ()
    return found.table


@pytest.mark.parametrize("draw", range(8))
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_read(tmp_path: Path, kind: TableKind, draw: int) -> None:
    table, paper = drawn(kind, draw)
    _, layouts = KINDS[kind]
    assert layouts.as_read(read(tmp_path, kind, paper)) == layouts.as_written(table, paper)


def blank(paper: LaidOut, label: str, name: str) -> None:
    """Empty the cell of the column ``name`` in the first row that begins with ``label``."""
    row = next(row for page in paper.pages for row in page if row[0] is not None and row[0].text == label)
    row[paper.layout.columns.index(name)] = GridCell("")


@pytest.mark.parametrize("draw", range(4))
def test_blank_indicators_move_no_other_figure(tmp_path: Path, draw: int) -> None:
    """Points of the middle and of both ends are missing: the others, the total and the grade stay where they are."""
    table, paper = drawn(TableKind.PROCEDURE_EVALUATION, draw)
    for number, name in (("2", "i1"), ("2", "i5"), ("3", "i9"), ("4", "total")):
        blank(paper, number, name)
    units = read(tmp_path, TableKind.PROCEDURE_EVALUATION, paper).groups[0].units
    for at, (unit, written) in enumerate(zip(units, table.groups[0], strict=True)):
        gone = {1: {0, 4}, 2: {8}}.get(at, set())
        wanted = [None if place in gone else value for place, value in enumerate(written.indicators)]
        assert (list(unit.indicators), unit.grade) == (wanted, written.grade)
        assert unit.total == (None if at == 3 else written.total)


def test_blank_per_cents_move_no_other_figure(tmp_path: Path) -> None:
    for draw in range(12):
        table, paper = drawn(TableKind.SATISFACTION_TABLE, draw)
        if "number" in paper.layout.columns and table.change:
            blank(paper, "1", "year0")
            blank(paper, "2", "difference")
            blank(paper, "3", "year1")
            found = read(tmp_path, TableKind.SATISFACTION_TABLE, paper)
            rows = {row.label: row for row in found.rows}
            written = {row.label: row for row in table.rows}
            later = found.years.index(table.year)
            values = [
                (rows[label].values[later], rows[label].values[1 - later], rows[label].difference) for label in "123"
            ]
            wanted = [(*written[label].values, written[label].difference) for label in "123"]
            assert values == [
                (None, *wanted[0][1:]), (*wanted[1][:2], None), (wanted[2][0], None, wanted[2][2]),
            ]  # fmt: skip
            return
    pytest.fail("no draw has numbers and differences")


def line(at: float, *pieces: tuple[float, str]) -> Line:
    """Words at their places, five points a letter."""
    return Line(at, tuple(Piece(left, left + 5 * len(text), text) for left, text in pieces))


SHEET = [
    line(10, (0, "Đơn vị"), (100, "Điểm A"), (160, "Điểm B"), (220, "Khác")),
    line(30, (0, "Sở Một"), (100, "1,5"), (220, "7")),
    line(50, (0, "Sở Hai"), (100, "2"), (160, "1,75"), (220, "8")),
]


def grids(lines: list[Line], named: set[int]) -> list[list[list[str]]]:
    def of_head(rows: Any) -> frozenset[int]:
        return frozenset(named) if rows[0][0].text == "Đơn vị" else frozenset()

    telling = Telling(of_head, is_heading)
    return [[[cell.text for cell in row] for row in one.grid.rows] for one in figure_tables(lines, Place(), telling)]


def test_a_column_of_figures_that_nobody_names_makes_no_grid() -> None:
    """What stands below it would be lost: the lines stay as they are."""
    assert grids(SHEET, {0, 1, 2}) == []
    assert grids(SHEET, {0, 1, 2, 3}) == [
        [["Đơn vị", "Điểm A", "Điểm B", "Khác"], ["Sở Một", "1,5", "", "7"], ["Sở Hai", "2", "1,75", "8"]]
    ]
    assert grids([SHEET[0], line(30, (0, "1"), (100, "2")), line(50, (0, "3"), (100, "4"))], {0, 1}) == []


def test_in_plain_lines_a_row_that_lacks_a_figure_is_told_and_left_out(tmp_path: Path) -> None:
    """Blanks do not show which figure is missing, and the row is no part of the name of the next."""
    head = "TT Đơn vị Tiêu chí 1 Tiêu chí 2 Tiêu chí 3 Tiêu chí 4 Tổng điểm Xếp loại"
    lines = ["1 Sở A 2 2 2 1 7 Tốt", "2 Sở B 2 2 1 5 Khá", "3 Sở C 2 1 2 1 6 Tốt", "4 Sở D 1 1 2 1 5 Khá"]
    path = tmp_path / "report.txt"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    (found,) = read_paper(path, kind=TableKind.PROCEDURE_EVALUATION).measured
    (group,) = found.table.groups
    assert [(unit.number, unit.title, unit.total) for unit in group.units] == [
        ("1", "Sở A", Fraction(7)), ("3", "Sở C", Fraction(6)), ("4", "Sở D", Fraction(5)),
    ]  # fmt: skip
    assert [(one.kind, one.facts["text"]) for one in found.doubts] == [("row_not_understood", lines[1])]
