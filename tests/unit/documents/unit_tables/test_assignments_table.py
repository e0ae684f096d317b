"""The table of items and the units that lead them: codes and names, whole criteria, every error at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.documents.unit_tables.table_files_made import csv_file, told, workbook

from parindex.documents.unit_tables.assignments_table import read_assignments
from parindex.documents.unit_tables.preview import ChangeKind, Difference, Preview
from parindex.documents.unit_tables.rows import AssignmentRow
from parindex.documents.unit_tables.writers import write_assignments
from parindex.domain.errors import InvalidInput, Problem
from parindex.wording import problems

UNITS = [("UBND tỉnh", "tinh"), ("Sở Y tế", "syt"), ("Sở Tư pháp", "stp")]
NOW = [
    AssignmentRow("1.1", "Kế hoạch", "tinh", "UBND tỉnh"),
    AssignmentRow("1.2", "Sáng kiến", "tinh", "UBND tỉnh"),
    AssignmentRow("2.1", "Hồ sơ đúng hạn", "syt", "Sở Y tế"),
]
BELOW = {"1": ["1.1", "1.2"], "2": ["2.1"]}


def read(path: Path, *closed: str) -> Preview[AssignmentRow]:
    return read_assignments(path, NOW, units=UNITS, below=BELOW, closed=closed)


def refused(path: Path, *closed: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as found:
        read(path, *closed)
    assert all(one.kind in problems.SENTENCES for one in found.value.problems)
    return found.value.problems


@pytest.mark.parametrize("lead", ["Sở Tư pháp", "sở tư pháp", "stp", "STP"])
def test_a_unit_is_known_by_name_or_code(tmp_path: Path, lead: str) -> None:
    found = read(csv_file(tmp_path, "Mã mục,Cơ quan chủ trì", f"2.1,{lead}"))
    (one,) = found.changes
    assert one.row == AssignmentRow("2.1", "Hồ sơ đúng hạn", "stp", "Sở Tư pháp")
    assert one.differences == (Difference("lead", "Sở Y tế", "Sở Tư pháp"),)
    assert [row.item for row in found.untouched] == ["1.1", "1.2"]


def test_a_criterion_stands_for_its_items(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, "mục,tên mục,đơn vị chủ trì", "1.,Cả tiêu chí,syt", "2.1,,Sở Y tế"))
    assert [(one.row.item, one.row.unit) for one in found.of(ChangeKind.CHANGED)] == [("1.1", "syt"), ("1.2", "syt")]
    assert [one.row.item for one in found.of(ChangeKind.UNCHANGED)] == ["2.1"]


def test_every_error_is_told_at_its_cell(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Mục", "Tên mục", "Đơn vị chủ trì"],
        ["1", None, "stp"],
        ["1.2", "Sáng kiến", "Sở Y tế"],
        ["9.9", None, "Sở Y tế"],
        ["2.1", "Kế hoạch", "Sở Lạ"],
        [None, None, "Sở Y tế"],
        ["2.1", None, None],
    )
    found = refused(path)
    assert told(found) == [
        ("assignment_twice", "A3"),
        ("assignment_item_unknown", "A4"),
        ("assignment_lead_unknown", "C5"),
        ("assignment_title_differs", "B5"),
        ("cell_missing", "A6"),
        ("cell_missing", "C7"),
        ("assignment_twice", "A7"),
    ]
    assert problems.message(found[0]) == "Mục 1.2 đã có ở dòng 2 của tệp."
    assert problems.message(found[3]) == "Tên ghi ở dòng không phải tên của mục 2.1: “Hồ sơ đúng hạn”."


def test_nothing_moves_from_or_to_a_part_that_is_signed(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "mục,đơn vị chủ trì", "1.1,stp", "1.2,syt", "2.1,syt")
    found = refused(path, "syt")
    assert told(found) == [("assignment_part_signed", "3")]  # 2.1 stays, 1.1 has nothing to do with it
    assert "phần của Sở Y tế đã trình hoặc đã ký" in problems.message(found[0])
    assert len(refused(path, "tinh")) == 2


def test_a_code_that_a_spreadsheet_took_for_a_number_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Mục", "Đơn vị chủ trì"], [1.1, "syt"])
    assert [one.kind for one in refused(path)] == ["code_stored_as_number"]


@pytest.mark.parametrize("name", ["bang.xlsx", "bang.csv"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_assignments(path, NOW, UNITS)
    found = read(path)
    assert [one.kind for one in found.changes] == [ChangeKind.UNCHANGED] * 3
    assert found.rows == tuple(NOW)
    assert found.notes == ()
