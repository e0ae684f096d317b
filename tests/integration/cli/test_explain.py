"""``parindex explain``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.integration.cli.running import CYCLE_2020, run

SUMMED = """format: parindex/criteria-set/1
id: summed
title: Bộ thử
year: 2024
measures:
  x: {title: Đúng hạn, sum_of_children: true}
  n: {title: Đã giải quyết}
areas:
  - code: "1"
    title: Một
    max_points: 2
    children:
      - {code: "1.1", title: Đúng hạn, max_points: 2, rule: {kind: ratio, of: x, to: n}}
"""


def test_explain_derives_an_item_down_to_its_figures() -> None:
    done = run("explain", *CYCLE_2020, "--unit", "dien-bien", "--item", "7.2.1")
    for words in (
        "0,3112 trên 0,5", "→  thẩm định", "(2020): 178 dịch vụ", "(2020): 572 dịch vụ", "178 ÷ 572 ≈ 31,11888%",
        "0,5 × 31,11888% ÷ 50% ≈ 0,31119", "Thứ tự ưu tiên", "mục 7.2.1",
    ):  # fmt: skip
        assert words in done.out
    data = run("explain", *CYCLE_2020, "--unit", "dien-bien", "--item", "7.2.1", "--format", "json").data
    assert (data["points"], data["origin"], data["rule_points_exact"]) == ("0.3112", "appraised", "89/286")
    assert [(one["origin"], one["points"], one["agrees_with_rule"]) for one in data["typed"]] == [
        ("self", "0.3112", True), ("appraised", "0.3112", True),
    ]  # fmt: skip
    terms = data["trace"]["quantities"][0]
    assert (terms["of"][0]["value"], terms["to"][0]["value"], terms["of"][0]["year"]) == ("178", "572", 2020)


def test_explain_derives_a_criterion_and_the_index(tables: list[str]) -> None:
    node = run("explain", *tables, "--unit", "a", "--item", "2")
    assert "4 trên 6 (66,67%)" in node.out
    index = run("explain", *tables, "--unit", "a")
    for words in (
        "75%",
        "Khá (từ 50%); thiếu 10 để đạt Tốt",
        "1 trên 2",
        "6 ÷ 8 × 100 = 75%",
        "1.2 Sáng kiến (2): không đánh giá; Không có",
    ):
        assert words in index.out
    data = run("explain", *tables, "--unit", "a", "--format", "json").data
    assert (data["exact"], data["index"], data["removed"][0]["item"]) == ("75", "75", "1.2")
    rows = list(csv.DictReader(io.StringIO(run("explain", *tables, "--unit", "a", "--format", "csv").out)))
    assert [row["code"] for row in rows] == ["1", "2"]


def test_explain_an_item_from_a_survey(tables: list[str]) -> None:
    done = run("explain", *tables, "--unit", "a", "--item", "2.2")
    assert "Điều tra: Phiếu; sai số chuẩn 0,02" in done.out
    assert "điểm lấy từ điều tra" in done.out


def test_explain_names_a_wrong_unit_and_a_wrong_item_at_once(tables: list[str]) -> None:
    done = run("explain", *tables, "--unit", "x", "--item", "2.9", "--format", "json")
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == ["unknown_unit_of_result", "unknown_code"]


def test_explain_says_that_points_are_set_aside_by_the_state(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "entries.csv").write_text("unit,item,state,reason\na,2.1,not_assessed,Sáp nhập\n", "utf-8")
    done = run("explain", *tables, "--unit", "a", "--item", "2.1")
    assert "Ai cho:       không ai: mục ở trạng thái “không đánh giá”" in done.out
    assert "tính theo quy tắc để riêng, không tính" in " ".join(done.out.split())


def test_explain_names_the_child_units_of_a_sum(tmp_path: Path) -> None:
    (tmp_path / "set.yaml").write_text(SUMMED, "utf-8")
    (tmp_path / "units.csv").write_text("unit,title,parent\nt,Tỉnh,\na,Xã A,t\nb,Xã B,t\n", "utf-8")
    (tmp_path / "figures.csv").write_text("unit,measure,value\na,x,3\nt,n,9\na,n,4\nb,n,5\n", "utf-8")
    files = [f"--{name}={tmp_path / name}.csv" for name in ("units", "figures")]
    asked = ["explain", "--set", str(tmp_path / "set.yaml"), *files, "--unit", "t", "--item", "1.1"]
    assert "Đúng hạn (2024) là tổng của đơn vị con: Xã A 3; Xã B chưa nhập" in run(*asked).out
    data = run(*asked, "--format", "json").data
    assert data["sums"] == [
        {"measure": "x", "year": 2024, "parts": [{"unit": "a", "value": "3"}, {"unit": "b", "value": None}]}
    ]
