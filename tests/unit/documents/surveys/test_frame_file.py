"""Frames as CSV and XLSX: read alike, and faults told with row and cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.unit.domain.survey.frames import HEADS, HOUSEHOLDS, Rows, household_frame, household_rows, one_stage

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


def test_rows_with_one_fault_are_one_problem_with_the_units_and_the_first_rows(tmp_path: Path) -> None:
    rows = [["u", "1"]] * 1500 + [["", "1"], ["v", "1"], ["v", "1"]]
    with pytest.raises(InvalidInput) as caught:
        read_frame(one_stage(Take(number=1)), [csv_of(tmp_path / "f.csv", rows, ("unit", "person"))])
    twice, empty, in_two = caught.value.problems
    assert (twice.kind, twice.place.row, twice.facts["count"]) == ("frame_unit_twice", 2, 1500)
    assert (twice.facts["values"], twice.facts["rows"]) == ({"u|1": 1499, "v|1": 1}, list(range(2, 22)))
    assert message(twice) == (
        "1.500 dòng lặp đơn vị đã có ở dòng trên: “u|1” (1.499), “v|1” (dòng 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …; đầu "
        "tiên là u|1, đã có ở dòng 1)."
    )
    assert (in_two.kind, "count" in in_two.facts) == ("frame_unit_in_two", False)
    assert (empty.kind, empty.place.row, "count" in empty.facts) == ("cell_missing", 1501, False)


def test_units_whose_rows_differ_and_sizes_that_are_none_are_told_by_column(tmp_path: Path) -> None:
    rows = household_rows("A", 2, 2, 3)
    rows[1][4] = rows[2][4] = rows[7][4] = "7"
    for row, adults in ((0, "x"), (1, "x"), (3, "0"), (4, "-1"), (5, "0"), (6, "1.5"), (7, "2.5")):
        rows[row][5] = adults
    with pytest.raises(InvalidInput) as caught:
        read_frame(HOUSEHOLDS, [csv_of(tmp_path / "f.csv", rows)])
    assert [(one.kind, one.place.row, one.facts.get("count")) for one in caught.value.problems] == [
        ("not_a_number", 1, 2),
        ("frame_value_differs", 2, 2),
        ("frame_size_not_positive", 4, 3),
        ("frame_count_not_whole", 7, 2),
    ]
    assert caught.value.problems[1].facts["values"] == {"A|A0": 1, "A|A1": 1}
    assert message(caught.value.problems[1]) == (
        "Cột “size”: 2 đơn vị có các dòng ghi khác nhau, “A|A0”, “A|A1” (dòng 2, 8); đầu tiên ghi “7”, dòng 1 ghi “10”."
    )
