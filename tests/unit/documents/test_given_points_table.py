"""The table of survey points: as many rows as a nation has, in every format, and what to do about more."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.documents.unit_tables.table_files_made import csv_file, workbook

from parindex.documents.appraisal_tables import points
from parindex.documents.appraisal_tables.points import MAX_POINTS_ROWS, read_given_points
from parindex.documents.readers import limits
from parindex.documents.unit_tables import source
from parindex.domain.errors import InvalidInput
from parindex.wording.problems import message, remedy

HEAD = "unit,item,points,se,source"


def test_a_nation_fits() -> None:
    assert MAX_POINTS_ROWS >= 3321 * 35


def test_more_rows_than_units_could_be_are_read(tmp_path: Path) -> None:
    lines = [f"xa-{at},1.10,0.07,," for at in range(source.MAX_ROWS + 1)]
    rows = read_given_points(csv_file(tmp_path, HEAD, *lines)).rows
    assert (len(rows), rows[-1].points) == (source.MAX_ROWS + 1, "0.07")


def test_a_sheet_may_be_larger_than_one_of_a_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 10)
    given = [[f"xa-{at}", "1.10", "0.07", "", "Báo cáo"] for at in range(5)]
    rows = read_given_points(workbook(tmp_path, HEAD.split(","), *given)).rows
    assert [one.unit for one in rows] == [f"xa-{at}" for at in range(5)]


def test_too_many_rows_are_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "MAX_POINTS_ROWS", 1)
    with pytest.raises(InvalidInput) as caught:
        read_given_points(csv_file(tmp_path, HEAD, "a,1,1,,x", "b,1,1,,x"))
    (one,) = caught.value.problems
    assert message(one) == "Bảng có 2 dòng, tối đa 1."
    assert remedy(one).startswith("Tách thành nhiều tệp, mỗi tệp một số đơn vị")
