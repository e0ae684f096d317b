"""Rows of estimates, as data and as tables."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest
from tests.unit.domain.survey.small_survey import FORM, PROVINCE, SIZE, answers, sample

from parindex.documents.results import result_files
from parindex.documents.surveys.estimates_file import (
    difference_rows,
    estimate_rows,
    json_number,
    plain_table,
    read_estimates,
    rows_table,
)
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.comparison.compared_tables import between_cells
from parindex.domain.survey.estimation.tabulation import margins, tabulate


@pytest.mark.parametrize(
    ("value", "written"), [(math.nan, None), (math.inf, None), (6.0, 6), (0.1, 0.1), (-0.0, 0), (1e300, 1e300)]
)
def test_numbers_are_written_in_full_and_nothing_else_is_one(value: float, written: float | None) -> None:
    assert json_number(value) == written
    assert type(json_number(value)) is type(written)


def test_the_rows_of_a_cell_go_variable_by_variable() -> None:
    by = margins([PROVINCE], SIZE)
    tables = tabulate(sample(), FORM, answers(), by, confidence=0.95, minimum=1)
    rows = list(estimate_rows(tables, by, "respondents"))
    assert [(row["variable"], row["statistic"]) for row in rows[:5]] == [
        ("q01", "mean"),
        ("q01", "total"),
        ("q01", "share"),
        ("q01", "index"),
        ("q02", "mean"),
    ]
    assert [row["by"] for row in rows[:: len(rows) // 3]] == [
        {"province": "01"},
        {"province": "02"},
        {"province": "all"},
    ]
    frame = rows_table(rows, ["province"]).frame
    assert frame.height == len(rows)
    assert frame["n"].dtype == pl.Int64
    assert "against" not in frame.columns


def test_differences_have_both_values_and_stand_in_the_same_table(tmp_path: Path) -> None:
    by = margins([PROVINCE], SIZE)
    tables = tabulate(sample(), FORM, answers(), by, confidence=0.95, minimum=1)
    rows = list(difference_rows(between_cells(tables, by, 0, 0.95), by, tables, [], "respondents"))
    first = rows[0]
    assert (first["by"], first["against"], first["of"]) == ({"province": "01"}, {"province": "02"}, "mean")
    assert first["estimate"] == pytest.approx(first["value"] - first["value_against"])
    assert (first["n"], first["n_against"]) == (11, 12)
    frame = rows_table(rows, ["province"]).frame
    assert frame["against"][0] == "02"
    result_files.write_xlsx(tmp_path / "o.xlsx", [rows_table(rows, ["province"])])
    import python_calamine

    cells = python_calamine.load_workbook(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    assert cells[1][frame.columns.index("estimate")] == pytest.approx(first["estimate"])


def test_unknown_and_infinite_cells_of_a_plain_table_are_empty() -> None:
    frame = plain_table("strata", ["a", "b"], [["x", 1.0], [None, math.nan], ["z", None]]).frame
    assert frame.rows() == [("x", 1.0), (None, None), ("z", None)]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"rows": 3}', '{"rows": [{}], "index_mapping": "x"}'])
def test_other_files_are_not_understood(tmp_path: Path, content: str) -> None:
    (tmp_path / "e.json").write_text(content, "utf-8")
    with pytest.raises(InvalidInput) as error:
        read_estimates(tmp_path / "e.json")
    assert [one.kind for one in error.value.problems] == ["estimates_not_understood"]
