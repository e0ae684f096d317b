"""What is provisional, the same in words, JSON and tables; and typed points finer than a set rounds to."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.integration.cli.running import run

SET = """
format: parindex/criteria-set/1
id: nho
title: Bộ nhỏ
year: 2026
{grades}
index: {{without_figures: not_ranked}}
measures:
  done: {{title: Đã làm}}
  due: {{title: Phải làm}}
areas:
  - {{code: "1", title: Đúng hạn, max_points: 60, rule: {{kind: ratio, of: done, to: due}}}}
  - {{code: "2", title: Khác, max_points: 40}}
"""
GRADES = "grades: [{title: Tốt, lower: 50}, {title: Yếu, lower: 0}]"
FIGURES = "unit,measure,value\nxong,done,9\nxong,due,9\nkhong,done,0\nkhong,due,0\nthieu,due,9\ncho,done,9\ncho,due,9\n"
ENTRIES = "unit,item,state,self_points\nxong,2,,40\nkhong,2,,40\nthieu,2,,40\ncho,2,pending,\n"


@pytest.fixture
def cycle(tmp_path: Path) -> list[str]:
    return cycle_in(tmp_path, GRADES)


def cycle_in(folder: Path, grades: str) -> list[str]:
    """``xong`` is whole; of ``khong`` nothing arose and the rule is silent; ``thieu`` lacks a figure; ``cho`` waits."""
    files = {"set.yaml": SET.format(grades=grades), "figures.csv": FIGURES, "entries.csv": ENTRIES}
    for name, words in files.items():
        (folder / name).write_text(words, "utf-8")
    return [part for name in files for part in (f"--{name.partition('.')[0]}", str(folder / name))]


def test_words_data_and_tables_agree_on_what_is_provisional(cycle: list[str]) -> None:
    lines = [" ".join(line.split()) for line in run("score", *cycle).out.splitlines()]
    words = {name: next(line for line in lines if f" {name} " in line) for name in ("xong", "khong", "thieu", "cho")}
    told = {name: "tạm tính" in line for name, line in words.items()}
    assert told == {"xong": False, "khong": True, "thieu": True, "cho": True}
    assert "Kết quả tạm tính: còn mục chờ kết quả" in " ".join(lines)
    data = {one["unit"]: one for one in run("score", *cycle, "--format", "json").data["units"]}
    table = {one["unit"]: one for one in csv.DictReader(io.StringIO(run("score", *cycle, "--format", "csv").out))}
    for key in ("provisional", "grade_provisional"):
        assert {name: one[key] for name, one in data.items()} == told
        assert {name: one[key] == "true" for name, one in table.items()} == told
    for name, so in told.items():
        assert ("Tạm tính:" in run("explain", *cycle, "--unit", name).out) == so


def test_explain_says_why_a_result_is_provisional(cycle: list[str]) -> None:
    assert "các mục chờ kết quả chưa tính vào điểm" in run("explain", *cycle, "--unit", "cho").out
    told = " ".join(run("explain", *cycle, "--unit", "khong").out.split())
    assert "Tạm tính: còn số liệu phải nhập hoặc việc phải quyết định" in told


def test_without_grades_the_unit_is_marked(tmp_path: Path) -> None:
    cycle = cycle_in(tmp_path, "")
    told = " ".join(run("score", *cycle).out.split())
    assert ("khong * 40" in told, "xong * 100" in told, "xong 100" in told) == (True, False, True)
    data = run("score", *cycle, "--format", "json").data
    marks = {one["unit"]: (one["provisional"], one["grade_provisional"]) for one in data["units"]}
    assert marks == {"xong": (False, False), "khong": (True, False), "thieu": (True, False), "cho": (True, False)}


@pytest.mark.parametrize(
    ("criteria", "rounded"), [("nine-indicators-2018-two-places", "15,03"), ("nine-indicators-2018", "15,3")]
)
def test_typed_points_finer_than_the_rounding_are_kept_and_said(criteria: str, rounded: str, tmp_path: Path) -> None:
    """9 × 1,666 are 14,994 points, Tốt; rounded first they would be Xuất sắc."""
    (tmp_path / "units.csv").write_text("unit,title,unit_group\nb,Sở B,departments\n", "utf-8")
    rows = "".join(f"b,{code},1.666\n" for code in range(1, 10))
    (tmp_path / "n.csv").write_text("unit,item,self_points\n" + rows, "utf-8")
    done = run("score", "--set", criteria, "--units", f"{tmp_path}/units.csv", "--entries", f"{tmp_path}/n.csv")
    told = " ".join(done.out.split())
    assert "1 Sở B 14,994 18 83,30% Tốt" in told
    assert "b: điểm tự đánh giá của mục 1, 2, 3, 4, 5, 6, 7, 8, 9 có nhiều hơn" in told
    assert f"cộng như đã ghi là 14,994, làm tròn từng mục rồi cộng là {rounded}." in told
    assert done.code == 0
