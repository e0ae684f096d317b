"""``parindex compare``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.integration.cli.running import FIGURES, SET, run


def test_compare_sets_two_results_side_by_side(tables: list[str], tmp_path: Path) -> None:
    before, after = str(tmp_path / "before.json"), str(tmp_path / "after.json")
    assert run("score", *tables, "--out", before).code == 0
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,on_time,2", "a,on_time,0"), "utf-8")
    assert run("score", *tables, "--out", after).code == 0
    done = run("compare", before, after)
    for words in ("75,00%", "50,00%", "−25", "Khá"):
        assert words in done.out
    data = run("compare", before, after, "--format", "json").data
    changes = {one["unit"]: (one["index_change"], one["rank_change"]) for one in data["units"]}
    assert changes == {"a": ("-25", 0), "b": ("0", 0)}
    assert [one["item"] for one in data["units"][0]["items"]] == ["2.1"]
    rows = list(csv.DictReader(io.StringIO(run("compare", before, after, "--format", "csv").out)))
    assert rows[0]["index_change"] == "-25"


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"format": "parindex/result/1"}', '{"format": "parindex/result/1", "set": 3}']
)
def test_compare_refuses_what_score_has_not_written(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, "utf-8")
    done = run("compare", str(tmp_path / "a.json"), str(tmp_path / "a.json"), "--format", "json")
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == ["result_format_unknown"] * 2


def test_compare_names_both_grades_and_both_missing_files(tables: list[str], tmp_path: Path) -> None:
    before, after = str(tmp_path / "before.json"), str(tmp_path / "after.json")
    assert run("score", *tables, "--out", before).code == 0
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,on_time,2", "a,on_time,0"), "utf-8")
    (tmp_path / "entries.csv").write_text("unit,item,self_points\na,1.1,0\nb,1.1,1\n", "utf-8")
    assert run("score", *tables, "--out", after).code == 0
    assert "Khá → Kém" in run("compare", before, after).out
    gone = run("compare", str(tmp_path / "x.json"), str(tmp_path / "y.json"), "--format", "json")
    assert [one["kind"] for one in gone.data["problems"]] == ["file_not_found", "file_not_found"]


def test_compare_takes_the_exact_values(tables: list[str], tmp_path: Path) -> None:
    exact = Path(SET).read_text("utf-8").replace(", index: {places: 2, mode: half_up}", "")
    without_step = exact.replace("item: {places: 4, mode: half_up}", "")
    (tmp_path / "set.yaml").write_text(without_step, "utf-8")
    cycle = ["--set", str(tmp_path / "set.yaml"), *tables[2:]]
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,received,3", "a,received,7"), "utf-8")
    before, after = str(tmp_path / "before.json"), str(tmp_path / "after.json")
    assert run("score", *cycle, "--out", before).code == 0
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,received,3", "a,received,9"), "utf-8")
    assert run("score", *cycle, "--out", after).code == 0
    unit = run("compare", before, after, "--format", "json").data["units"][0]
    item = unit["items"][0]
    assert (item["before"]["points_exact"], item["after"]["points_exact"]) == ("6/7", "2/3")
    assert item["change_exact"] == "-4/21"
    rows = list(csv.DictReader(io.StringIO(run("compare", before, after, "--format", "csv").out)))
    assert (rows[0]["grade_before"], rows[0]["grade_after"]) == ("Khá", "Khá")
    assert rows[0]["index_change_exact"] == unit["index_change_exact"] != ""
