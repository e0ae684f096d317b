"""Frames as CSV and XLSX: read alike, and faults told with row and cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.unit.domain.survey.frames import HEADS, HOUSEHOLDS, Rows, household_frame, household_rows, one_stage

from parindex.documents.cycles.row_problems import LISTED
from parindex.documents.surveys.frame_file import read_frame
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.sampling.sampling_design import Take
from parindex.wording.problems import message


def csv_of(path: Path, rows: Rows, heads: tuple[str, ...] = HEADS) -> Path:
    """A CSV file of these rows."""
    path.write_text("\n".join(",".join(row) for row in (heads, *rows)) + "\n", "utf-8")
    return path


def xlsx_of(path: Path, rows: Rows, heads: tuple[str, ...] = HEADS) -> Path:
    """A workbook of these rows, numbers as numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("frame")
        for number, row in enumerate((heads, *rows)):
            for column, cell in enumerate(row):
                sheet.write(number, column, int(cell) if cell.isdecimal() else cell)
    return path


def test_every_format_gives_the_frame_of_its_rows(tmp_path: Path) -> None:
    rows = household_rows()
    expected = household_frame(rows).tables
    assert read_frame(HOUSEHOLDS, [csv_of(tmp_path / "f.csv", rows)]).tables == expected
    assert read_frame(HOUSEHOLDS, [xlsx_of(tmp_path / "f.xlsx", rows)]).tables == expected
    more = [[*row, "ghi chú"] for row in rows[::-1]]
    assert read_frame(HOUSEHOLDS, [csv_of(tmp_path / "g.csv", more, (*HEADS, "tên chủ hộ"))]).tables == expected


def test_faults_have_their_row_and_cell(tmp_path: Path) -> None:
    rows = household_rows("A", 2, 2, 2)
    rows[1] = ["A", "A0", "A00", "0", "10", "0"]
    with pytest.raises(InvalidInput) as caught:
        read_frame(HOUSEHOLDS, [xlsx_of(tmp_path / "f.xlsx", rows)])
    assert [(one.kind, one.place.row, one.place.cell, one.facts["column"]) for one in caught.value.problems] == [
        ("frame_unit_twice", 2, "D3", "household"),
        ("frame_value_differs", 2, "F3", "adults"),
    ]
    with pytest.raises(InvalidInput) as caught:
        read_frame(HOUSEHOLDS, [csv_of(tmp_path / "f.csv", [row[:4] for row in rows], HEADS[:4])])
    assert [(one.kind, one.place.file, one.place.row, one.facts["column"]) for one in caught.value.problems] == [
        ("frame_column_missing", "f.csv", None, "size"),
        ("frame_column_missing", "f.csv", None, "adults"),
    ]


def test_a_size_that_is_no_number_is_told_with_its_column(tmp_path: Path) -> None:
    rows = household_rows("A", 1, 1, 2)
    rows[0][4] = rows[1][4] = "x"
    with pytest.raises(InvalidInput) as caught:
        read_frame(HOUSEHOLDS, [csv_of(tmp_path / "f.csv", rows)])
    assert message(caught.value.problems[0]) == "Cột “size”: “x” không phải một số."


def test_all_tables_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("", "utf-8")
    odd = csv_of(tmp_path / "odd.csv", [["1"]], ("x",))
    with pytest.raises(InvalidInput) as caught:
        read_frame(HOUSEHOLDS, [empty, odd])
    assert [(one.kind, one.place.file) for one in caught.value.problems] == [
        ("file_empty", "empty.csv"), ("column_missing", "odd.csv"), ("column_missing", "odd.csv"),
    ]  # fmt: skip


def test_more_faults_of_a_kind_than_a_person_can_use_are_counted(tmp_path: Path) -> None:
    rows = [["u", "1"]] * (LISTED + 6)
    with pytest.raises(InvalidInput) as caught:
        read_frame(one_stage(Take(number=1)), [csv_of(tmp_path / "f.csv", rows, ("unit", "person"))])
    assert len(caught.value.problems) == LISTED + 1
    assert (caught.value.problems[-1].kind, caught.value.problems[-1].facts) == (
        "more_of_the_same", {"of_kind": "frame_unit_twice", "count": 5},
    )  # fmt: skip
