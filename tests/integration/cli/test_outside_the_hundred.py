"""Areas that add to or take from the hundred are no achievement of a maximum."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.integration.cli.running import run

SET = """format: parindex/criteria-set/1
id: outside
title: Thử
year: 2024
index: {bonus_cap: 2}
parts: [{id: report, sources: [report]}]
areas:
  - {code: "1", title: Trong thang, max_points: 10, source: report}
  - {code: "2", title: Điểm thưởng, max_points: 5, outside: bonus, source: report}
  - {code: "3", title: Điểm trừ, max_points: 5, outside: penalty, source: report}
"""


@pytest.fixture
def cycle(tmp_path: Path) -> list[str]:
    (tmp_path / "set.yaml").write_text(SET, "utf-8")
    (tmp_path / "entries.csv").write_text("unit,item,self_points\na,1,8\na,2,3\na,3,1\n", "utf-8")
    return ["--set", str(tmp_path / "set.yaml"), "--entries", str(tmp_path / "entries.csv")]


@pytest.mark.parametrize("command", [["score"], ["explain", "--unit", "a"]])
def test_they_stand_apart_with_their_signs(command: list[str], cycle: list[str]) -> None:
    lines = run(command[0], *cycle, *command[1:]).out.splitlines()
    table = [" ".join(line.split()) for line in lines]
    start = table.index("1 Trong thang 8 10 80,00%")
    assert table[start + 1 : start + 4] == [
        "2 Điểm thưởng (cộng ngoài thang điểm) +3",
        "3 Điểm trừ (trừ ngoài thang điểm) −1",
        "cộng ngoài thang điểm, sau mức trần +2",
    ]
    assert table[start + 5] == "Cộng 9 10 90,00%"


def test_json_says_which_they_are(cycle: list[str]) -> None:
    data = run("score", *cycle, "--format", "json").data
    assert [node.get("outside") for node in data["set"]["nodes"]] == [None, "bonus", "penalty"]
    assert [area.get("outside") for area in data["units"][0]["areas"]] == [None, "bonus", "penalty"]
    assert [item.get("outside") for item in data["units"][0]["items"]] == [None, "bonus", "penalty"]


def test_a_part_without_a_title_prints_its_id(cycle: list[str]) -> None:
    assert "report" in run("score", *cycle).out
    assert "Phần điểm:    report" in run("explain", *cycle, "--unit", "a", "--item", "1").out


def test_points_outside_the_hundred_inside_an_area_are_not_counted_with_it(tmp_path: Path) -> None:
    nested = SET.replace(
        '{code: "1", title: Trong thang, max_points: 10, source: report}',
        '{code: "1", title: Lĩnh vực, max_points: 10, children: ['
        '{code: "1.1", title: Trong thang, max_points: 10, source: report}, '
        '{code: "1.2", title: Sáng kiến, max_points: 1, outside: bonus, source: report}]}',
    )
    (tmp_path / "set.yaml").write_text(nested, "utf-8")
    (tmp_path / "entries.csv").write_text("unit,item,self_points\na,1.1,8\na,1.2,1\n", "utf-8")
    done = run("score", "--set", str(tmp_path / "set.yaml"), "--entries", str(tmp_path / "entries.csv"))
    table = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "1 Lĩnh vực 8 10 80,00%" in table
    assert "1.2 Sáng kiến (cộng ngoài thang điểm) +1" in table
    assert "Cộng 9 10 90,00%" in table
