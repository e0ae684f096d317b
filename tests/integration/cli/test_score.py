"""``parindex score``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import python_calamine
from tests.integration.cli.running import CYCLE_2020, ENTRIES, FIGURES, SET, run


def test_score_2020_is_the_published_index() -> None:
    done = run("score", *CYCLE_2020, "--format", "json")
    assert done.code == 0
    unit = done.data["units"][0]
    assert (unit["index"], unit["points"], unit["max_points"]) == ("84.68919", "84.68919", "100")
    parts = {one["part"]: (one["points"], one["max_points"]) for one in unit["parts"]}
    assert parts == {
        "report": ("56.9527", "66.5"), "opinion_survey": ("19.09159", "23.5"), "satisfaction_index": ("8.6449", "10"),
    }  # fmt: skip
    assert len(unit["items"]) == 114
    flagged = {problem["facts"]["item"] for problem in done.data["problems"]}
    assert "7.1.11" in flagged


def test_score_gives_every_figure_of_every_unit(tables: list[str]) -> None:
    done = run("score", *tables, "--format", "json")
    first = done.data["units"][0]
    assert {key: first[key] for key in ("unit", "points", "max_points", "index", "grade", "rank", "provisional")} == {
        "unit": "a", "points": "6", "max_points": "8", "index": "75", "grade": "Khá", "rank": 1, "provisional": False,
    }  # fmt: skip
    assert first["areas"] == [
        {"code": "1", "title": "Chỉ đạo", "points": "2", "max_points": "2", "per_cent": "100"},
        {"code": "2", "title": "Thủ tục hành chính", "points": "4", "max_points": "6", "per_cent": "66.666666666667"},
    ]
    items = {one["item"]: (one["state"], one["origin"], one["points"], one["rule_points"]) for one in first["items"]}
    assert items == {
        "1.1": ("answered", "self", "2", None),
        "1.2": ("not_assessed", "none", "0", None),
        "2.1": ("answered", "rule", "2", "2"),
        "2.2": ("answered", "survey", "1.5", None),
        "2.3": ("answered", "appraised", "0.5", None),
    }


def test_score_writes_csv_tables_beside_each_other(tables: list[str], tmp_path: Path) -> None:
    assert run("score", *tables, "--out", str(tmp_path / "r.csv")).code == 0
    units = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8"))))
    assert [(row["unit"], row["points"], row["index"], row["rank"]) for row in units] == [
        ("a", "6", "75", "1"),
        ("b", "4", "40", "2"),
    ]
    items = list(csv.DictReader(io.StringIO((tmp_path / "r-items.csv").read_text("utf-8"))))
    assert len(items) == 10
    assert {path.name for path in tmp_path.glob("r*")} == {"r.csv", "r-items.csv", "r-nodes.csv", "r-parts.csv"}


def test_score_writes_a_workbook_with_a_sheet_for_each_table(tables: list[str], tmp_path: Path) -> None:
    assert run("score", *tables, "--format", "xlsx", "--out", str(tmp_path / "r.xlsx")).code == 0
    assert python_calamine.load_workbook(tmp_path / "r.xlsx").sheet_names == ["units", "items", "nodes", "parts"]


def test_score_writes_parquet(tables: list[str], tmp_path: Path) -> None:
    assert run("score", *tables, "--out", str(tmp_path / "r.parquet")).code == 0
    assert [str(value) for value in pl.read_parquet(tmp_path / "r.parquet")["index"]] == ["75.00", "40.00"]


def test_a_final_result_refuses_while_anything_is_pending(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "entries.csv").write_text(ENTRIES + "b,2.3,pending,,,\n", "utf-8")
    provisional = run("score", *tables)
    assert provisional.code == 0
    assert "Kết quả tạm tính" in provisional.out
    final = run("score", *tables, "--final")
    assert (final.code, "Mục 2.3 của b còn chờ kết quả." in final.err) == (2, True)


def test_what_blocks_a_final_result_is_an_error_of_the_provisional_one(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,on_time,2", "a,on_time,5"), "utf-8")
    done = run("score", *tables)
    assert done.code == 1
    assert "tỷ lệ vượt 100%" in done.out


@pytest.mark.parametrize(("arguments", "words"), [(["--format", "xlsx"], "Thêm --out"), (["--out", "r.odt"], "“.odt”")])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(
    arguments: list[str], words: str, tables: list[str]
) -> None:
    done = run("score", *tables, *arguments)
    assert (done.code, words in done.err) == (2, True)


def test_progress_is_said_on_the_error_stream(tables: list[str]) -> None:
    done = run("score", *tables, "--progress", "--format", "json")
    assert "Đang đọc figures.csv…" in done.err
    assert done.data["units"]


def test_an_unusable_set_and_faulty_tables_are_said_together(tables: list[str], tmp_path: Path) -> None:
    broken = Path(SET).read_text("utf-8").replace('code: "2.3"', 'code: "2.2"')
    (tmp_path / "set.yaml").write_text(broken, "utf-8")
    (tmp_path / "figures.csv").write_text("unit,measure,value\na,received,x\n", "utf-8")
    done = run("score", "--set", str(tmp_path / "set.yaml"), *tables[2:], "--format", "json")
    assert done.code == 2
    assert {"code_twice", "not_a_number"} <= {one["kind"] for one in done.data["problems"]}


def test_score_says_where_a_printed_index_would_tell_another_story(tmp_path: Path) -> None:
    exact = Path(SET).read_text("utf-8").replace(", index: {places: 2, mode: half_up}", "")
    (tmp_path / "set.yaml").write_text(exact, "utf-8")
    rows = "a,1.1,2\na,1.2,2\na,2.1,2.9996\na,2.2,1.5\nb,1.1,2\nb,1.2,2\nb,2.1,2.9997\nb,2.2,1.5\n"
    (tmp_path / "entries.csv").write_text("unit,item,self_points\n" + rows, "utf-8")
    cycle = ["--set", str(tmp_path / "set.yaml"), "--entries", str(tmp_path / "entries.csv")]
    done = run("score", *cycle)
    assert "a in 85,00% như đạt Tốt, nhưng chỉ số là 84,996%: xếp loại Khá." in done.out
    assert "b và a cùng in 85,00%, nhưng xếp hạng 1 và 2." in done.out
    printed = run("score", *cycle, "--format", "json").data["printed"]
    assert printed[0] == {"units": ["a"], "printed": "85", "index": "84.996", "grade": "Khá", "printed_grade": "Tốt"}


def test_values_that_do_not_end_are_also_given_as_fractions(tmp_path: Path) -> None:
    exact = (
        Path(SET)
        .read_text("utf-8")
        .replace("rounding: {item: {places: 4, mode: half_up}, index: {places: 2, mode: half_up}}\n", "")
    )
    (tmp_path / "set.yaml").write_text(exact, "utf-8")
    (tmp_path / "figures.csv").write_text(
        "unit,measure,value\na,received,7\na,on_time,2\nb,received,2\nb,on_time,1\n", "utf-8"
    )
    cycle = ["--set", str(tmp_path / "set.yaml"), "--figures", str(tmp_path / "figures.csv")]
    one, other = run("score", *cycle, "--format", "json").data["units"]
    assert (one["points"], one["points_exact"], one["index_exact"]) == ("0.857142857143", "6/7", "60/7")
    item = next(item for item in one["items"] if item["item"] == "2.1")
    assert (item["points_exact"], item["rule_points_exact"]) == ("6/7", "6/7")
    assert one["areas"][1]["points_exact"] == "6/7"
    assert not [name for name in other if name.endswith("_exact")]
    assert run("score", *cycle, "--out", str(tmp_path / "r.csv")).code == 0
    units = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8"))))
    assert [(row["points_exact"], row["index_exact"]) for row in units] == [("6/7", "60/7"), ("", "")]
    items = list(csv.DictReader(io.StringIO((tmp_path / "r-items.csv").read_text("utf-8"))))
    assert {row["points_exact"] for row in items} == {"", "6/7"}
    assert "points_exact" in (tmp_path / "r-nodes.csv").read_text("utf-8")


def test_the_ranking_prints_the_places_that_the_stories_are_about(tmp_path: Path) -> None:
    exact = Path(SET).read_text("utf-8").replace(", index: {places: 2, mode: half_up}", "")
    (tmp_path / "set.yaml").write_text(exact, "utf-8")
    rows = "a,1.1,2\na,1.2,2\na,2.1,2.999999995\na,2.2,1.5\n"
    (tmp_path / "entries.csv").write_text("unit,item,self_points\n" + rows, "utf-8")
    cycle = ["--set", str(tmp_path / "set.yaml"), "--entries", str(tmp_path / "entries.csv")]
    done = run("score", *cycle)
    assert "85,00%  Khá" in done.out
    assert "a in 85,00% như đạt Tốt, nhưng chỉ số là 84,99999995%: xếp loại Khá." in done.out
    index = run("explain", *cycle, "--unit", "a").out
    assert index.count("84,99999995%") == 3  # the index, the sum of the table, the calculation
    assert "85,00" not in index
    assert "thiếu 0,0000001 để đạt Tốt" in index


def test_a_wrong_set_and_missing_tables_are_said_together(tmp_path: Path) -> None:
    wrong = str(tmp_path / "f.csv")
    Path(wrong).write_text("a,b\n1,2\n", "utf-8")
    done = run("score", "--set", "nope", "--figures", "nope", "--entries", wrong, "--format", "json")
    found = [one["kind"] for one in done.data["problems"]]
    assert (done.code, found[:2]) == (2, ["unknown_set", "file_not_found"])
    assert "column_missing" in found


def test_a_table_with_nothing_below_its_head_is_named(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("unit,measure,value\n", "utf-8")
    done = run("score", "--set", SET, "--figures", str(tmp_path / "f.csv"))
    assert (done.code, "f.csv: Bảng chỉ có đầu cột, không có dòng số liệu nào." in done.err) == (2, True)


def test_a_problem_in_a_workbook_names_the_row_of_the_sheet(tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["a", ""], "measure": ["received", "received"], "value": ["x", "1"]})
    frame.write_excel(tmp_path / "f.xlsx", worksheet="Số liệu")
    done = run("score", "--set", SET, "--figures", str(tmp_path / "f.xlsx"))
    assert "trang tính Số liệu, ô C2: " in done.err
    assert "trang tính Số liệu, dòng 3 của trang tính: " in done.err
    assert "dòng" not in done.err.partition("ô C2")[0]


def test_what_is_not_used_is_said_beside_the_result(tmp_path: Path) -> None:
    """Figures of another year and columns that nobody reads change nothing, and the reader is told."""
    figures = tmp_path / "f.csv"
    figures.write_text(
        "unit,measure,value,year,người nhập\na,received,4,2024,x\na,on_time,4,2024,x\na,received,9,2019,x\n"
    )
    done = run("score", "--set", SET, "--figures", str(figures))
    words = " ".join(done.out.split())
    assert "Không đọc cột “người nhập”: bảng này không có cột như thế." in words
    assert "1 dòng số liệu năm 2019 của received không được dùng: không mục nào cần số liệu năm đó." in words
    data = run("score", "--set", SET, "--figures", str(figures), "--format", "json").data
    assert {"column_unused", "figures_unused"} <= {one["kind"] for one in data["problems"]}
