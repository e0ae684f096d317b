"""A yardstick of another decree is another file: from dossiers to points, grades and the figures of an index.

The documented way is taken (copy the shipped file, change what the decree changes): other thresholds, two decimals,
half-years, no districts, and an indicator of every dossier instead of every period.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.integration.cli.running import PACKAGE, run

SHIPPED = PACKAGE / "data" / "criteria_sets" / "nine-indicators-2018.yaml"
#: A successor, as a province would write it after NĐ 118/2025; the thresholds are made up for the test.
GRADES = {"Xuất sắc": "17.5", "Tốt": "15", "Khá": "12", "Trung bình": "9", "Yếu": "0"}
FORMS = (
    "unit,official,dossier,date,i1,i2,i3,i4,i6,i7,i9,i5,i8\n"
    "so,cv1,H1,05/01/2026,2,2,2,2,2,2,1,,\n"
    "so,cv1,H2,06/02/2026,1,2,2,2,2,2,1,,\n"
    "so,cv2,H3,06/08/2026,0,2,1,2,2,2,1,,\n"
    "so,,,01/01/2026..30/06/2026,,,,,,,,2,2\n"
    "so,,,01/07/2026..31/12/2026,,,,,,,,2,0\n"
    "ban,cv1,H1,05/01/2026,2,2,2,2,2,2,2,,\n"
    "ban,,,2026-Q1,,,,,,,,2,2\n"
    "xa,cv1,H1,05/01/2026,2,2,2,2,2,2,2,,\n"
    "xa,,,2026-Q1,,,,,,,,2,1\n"
)
UNITS = (
    "unit,title,unit_group\nso,Sở Nội vụ,departments\nban,Ban Dân tộc,departments\nxa,Xã A,communes\nxb,Xã B,communes\n"
)
PROVINCE = """
format: parindex/criteria-set/1
id: tinh
title: Chỉ số của tỉnh
year: 2026
measures:
  departments_rated: {title: Sở được xếp loại}
  departments_rated_good: {title: Sở từ Tốt}
  communes_rated: {title: Xã được xếp loại}
  communes_rated_good: {title: Xã từ Tốt}
areas:
  - code: "1"
    title: Đánh giá chất lượng giải quyết thủ tục hành chính
    max_points: 0.75
    rule:
      kind: ratio
      of: [departments_rated_good, communes_rated_good]
      to: [departments_rated, communes_rated]
"""


def successor() -> dict[str, Any]:
    """The shipped yardstick with what a successor decree changes."""
    made: dict[str, Any] = yaml.safe_load(SHIPPED.read_text("utf-8"))
    made |= {"id": "chin-chi-so-2025", "title": "Đánh giá theo nghị định mới", "year": 2025}
    made["legal_basis"] = [{"number": "118/2025/NĐ-CP", "issuer": "Chính phủ"}]
    made["rounding"] = {"item": {"places": 2, "mode": "half_up"}}
    made["grades"] = [{"title": title, "lower": float(lower)} for title, lower in GRADES.items()]
    made["unit_groups"] = [one for one in made["unit_groups"] if one["id"] != "districts"]
    made["feeds"] = [one for one in made["feeds"] if one["unit_group"] != "districts"]
    made["forms"]["periods"] = "half_year"
    del next(one for one in made["forms"]["columns"] if one["column"] == "i9")["per"]
    return made


@pytest.fixture
def cycle(tmp_path: Path) -> list[str]:
    files = {"set.yaml": yaml.safe_dump(successor(), allow_unicode=True), "forms.csv": FORMS, "units.csv": UNITS}
    for name, words in files.items():
        (tmp_path / name).write_text(words, "utf-8")
    return [part for name in files for part in (f"--{name.partition('.')[0]}", str(tmp_path / name))]


def test_the_file_is_a_sound_set(cycle: list[str]) -> None:
    assert run("check", cycle[1]).code == 0


def test_points_and_grades_go_by_the_thresholds_of_the_file(cycle: list[str]) -> None:
    """so: 1 + 2 + 1,67 + 2 + 2 + 2 + 2 + 1 + 1 = 14,67: Tốt by the decree of 2018 (from 12), Khá by this one."""
    done = run("score", *cycle, "--format", "csv")
    rows = {row["unit"]: (row["points"], row["grade"]) for row in csv.DictReader(io.StringIO(done.out))}
    assert rows == {"so": ("14.67", "Khá"), "ban": ("18", "Xuất sắc"), "xa": ("17", "Tốt"), "xb": ("", "")}
    data = run("score", *cycle, "--format", "json").data
    assert {one["period"]: one["units"][0]["points"] for one in data["periods"]} == {
        "2026-01..2026-06": "16.5", "2026-07..2026-12": "12",
    }  # fmt: skip
    assert "Khá (từ 12 điểm); thiếu 0,33 để đạt Tốt" in run("explain", *cycle, "--unit", "so").out


def test_its_grades_feed_an_index_as_measures(cycle: list[str], tmp_path: Path) -> None:
    """(1 department + 1 commune from Tốt up) of (2 + 1 rated) of 0,75 points."""
    out = tmp_path / "so-lieu.csv"
    assert run("dossiers", "feed", *cycle, "--unit", "tinh", "--out", str(out)).code == 0
    assert [tuple(row.values()) for row in csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))] == [
        ("tinh", "departments_rated", "2026", "2"),
        ("tinh", "departments_rated_good", "2026", "1"),
        ("tinh", "communes_rated", "2026", "1"),
        ("tinh", "communes_rated_good", "2026", "1"),
    ]
    (tmp_path / "tinh.yaml").write_text(PROVINCE, "utf-8")
    scored = run("score", "--set", str(tmp_path / "tinh.yaml"), "--figures", str(out), "--format", "json")
    assert [(one["unit"], one["points"]) for one in scored.data["units"]] == [("tinh", "0.5")]


def test_a_sample_for_checking_has_the_columns_of_the_file(cycle: list[str], tmp_path: Path) -> None:
    """Indicator 9 is one of the dossiers now, and is checked with them; a checked score counts instead."""
    blank = tmp_path / "kiem-tra.csv"
    asked = ["dossiers", "sample", *cycle, "--share", "100%", "--seed", "1"]
    assert run(*asked, "--out", str(blank)).code == 0
    assert blank.read_text("utf-8").splitlines()[0].lstrip("\ufeff") == "unit,dossier,i1,i2,i3,i4,i6,i7,i9"
    blank.write_text("unit,dossier,i1,i2,i3,i4,i6,i7,i9\nso,H3,2,2,2,2,2,2,1\n", "utf-8")
    data = json.loads(run("score", *cycle, "--checked", str(blank), "--format", "json").out)
    assert (data["units"][0]["points"], data["units"][0]["grade"]) == ("15.67", "Tốt")
