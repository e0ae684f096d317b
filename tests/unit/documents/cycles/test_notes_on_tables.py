"""What of the tables is not used, or stands where one would not expect it, is said."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.unit.documents.cycles.input_tables import SET, cycle

from parindex.documents.cycles.data_tables import Cycle, CycleFiles, read_cycle
from parindex.domain.errors import InvalidInput


def notes(read: Cycle) -> list[tuple[str, dict[str, object]]]:
    return [(note.kind, note.facts) for note in read.notes]


def test_columns_that_nobody_reads_are_named_but_for_remarks(tmp_path: Path) -> None:
    read = cycle(tmp_path, figures="unit,measure,value,Nguồn số liệu,ghi chú,\na,received,3,Báo cáo,x,\n")
    known = ["unit", "measure", "value", "entry", "year", "title", "accepted"]
    assert notes(read) == [("column_unused", {"heads": ["Nguồn số liệu"], "known": known})]
    frame = pl.DataFrame({"unit": ["a"], "item": ["2.2"], "points": [1], "surveyor": ["x"], "note": ["y"]})
    frame.write_parquet(tmp_path / "points.parquet")
    read = read_cycle(SET, CycleFiles(points=tmp_path / "points.parquet"))
    assert [(note.kind, note.facts["heads"]) for note in read.notes] == [("column_unused", ["surveyor"])]


def test_the_old_name_of_a_column_is_refused_with_the_new_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        cycle(tmp_path, units="unit,group\na,departments\n")
    assert [(one.kind, one.facts["near"]) for one in refused.value.problems] == [("column_misspelt", "unit_group")]


def test_the_group_may_have_its_official_head(tmp_path: Path) -> None:
    read = cycle(tmp_path, units="đơn vị,nhóm đối tượng\na,departments\n")
    assert [unit.group for unit in read.sheets.units] == ["departments"]


def test_survey_points_of_reported_items_are_said(tmp_path: Path) -> None:
    read = cycle(tmp_path, points="unit,item,points\na,2.2,1\na,2.1,2\nb,2.1,1\nb,1.2,0\n")
    assert notes(read) == [("survey_points_of_report", {"rows": 3, "items": ["1.2", "2.1"]})]


def test_self_points_of_surveyed_items_are_said(tmp_path: Path) -> None:
    read = cycle(tmp_path, entries="unit,item,self_points,appraised_points\na,2.2,1,1\na,2.1,2,\nb,2.2,,1\n")
    assert notes(read) == [("self_points_of_survey", {"rows": 1, "items": ["2.2"]})]
    assert notes(cycle(tmp_path, entries="unit,item,appraised_points\na,2.2,1\n")) == []
