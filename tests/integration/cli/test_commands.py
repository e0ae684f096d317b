"""Every command from end to end: what it prints, its JSON, its exit code, and that it writes whole files or none."""

from __future__ import annotations

import csv
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import python_calamine
from tests.integration.cli.running import ENGLISH, run

import parindex
from parindex.cli import COMMANDS

PACKAGE = Path(parindex.__file__).parent
GOLDEN = Path(__file__).parents[2] / "golden" / "cli"
SET = str(GOLDEN / "set.yaml")
PROVINCE = PACKAGE / "data" / "examples" / "dien-bien-2020"
PAPER = str(PACKAGE / "data" / "papers" / "2270-QD-UBND.txt")
CYCLE_2020 = [
    "--set", "dien-bien-2020-province",
    *(part for name in ("figures", "entries", "points") for part in (f"--{name}", str(PROVINCE / f"{name}.csv"))),
]  # fmt: skip
ENTRIES = """unit,item,state,self_points,appraised_points,reason
a,1.1,,2,,
a,1.2,not_assessed,,,Không có
a,2.3,,1,0.5,
b,1.1,,1,,
"""
FIGURES = "unit,measure,value\na,received,3\na,on_time,2\nb,received,4\nb,on_time,4\n"
POINTS = "unit,item,points,se,source\na,2.2,1.5,0.02,Phiếu\n"


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    """A small cycle of two units."""
    arguments = ["--set", SET]
    for name, content in (("entries", ENTRIES), ("figures", FIGURES), ("points", POINTS)):
        (tmp_path / f"{name}.csv").write_text(content, "utf-8")
        arguments += [f"--{name}", str(tmp_path / f"{name}.csv")]
    return arguments


# --- the program itself --------------------------------------------------------------------------------------------


def test_help_is_quick_and_names_every_command() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "parindex", "--help"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The aim is 0,3 s on the reference machine; a slow one may take twice as long.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.6
    for name in COMMANDS:
        assert f"\n    {name} " in done.stdout
    for heavy in ("numpy", "polars", "yaml", "jinja2", "docx"):
        assert f" {heavy}\n" not in done.stderr


def test_the_language_is_vietnamese_unless_the_locale_is_english() -> None:
    assert "cách dùng: parindex" in run("--help").out
    assert "đọc bảng tiêu chí" in run("--help").out
    english = run("--help", environment=ENGLISH).out
    assert "usage: parindex" in english
    assert "read a criteria table or score sheet from a paper" in english


def test_the_version_is_printed() -> None:
    assert run("--version").out.startswith("parindex 0.")


def test_no_command_prints_help_and_a_wrong_one_says_which_there_are() -> None:
    assert run().code == 2
    wrong = run("scores")
    assert (wrong.code, wrong.out) == (2, "")
    assert "không có 'scores'; dùng một trong: 'read', 'check'" in wrong.err
    assert "parindex --help" in wrong.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_its_arguments(command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert "--help" in done.out


def test_abbreviated_options_are_not_guessed(tables: list[str]) -> None:
    done = run("score", *tables, "--form", "json")
    assert done.code == 2
    assert "không có tham số: --form" in done.err


def test_a_stop_leaves_nothing_half_written(tables: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("parindex.documents.result_files.write_csv", stopped)
    before = sorted(tmp_path.iterdir())
    done = run("score", *tables, "--out", str(tmp_path / "r.csv"))
    assert done.code == 130
    assert "Đã dừng" in done.err
    assert sorted(tmp_path.iterdir()) == before


# --- read ----------------------------------------------------------------------------------------------------------


def test_read_gives_every_row_of_every_table() -> None:
    tables = run("read", PAPER, "--format", "json").data["tables"]
    assert [(one["kind"], len(one["rows"]), one["year"]) for one in tables] == [
        ("criteria-set", 153, 2024), ("criteria-set", 165, 2024),
    ]  # fmt: skip
    first = tables[0]["rows"][1]
    shown = ("item", "title", "max_points", "source", "self_points", "explanations", "opinions")
    assert {key: first[key] for key in shown} == {
        "item": "1.1", "title": "Kế hoạch CCHC năm", "max_points": "1.5", "source": None, "self_points": None,
        "explanations": [], "opinions": [],
    }  # fmt: skip
    assert first["place"]["line"] == 353


def test_read_one_table_or_a_kind_that_is_not_there() -> None:
    assert len(run("read", PAPER, "--table", "2", "--format", "json").data["tables"]) == 1
    none = run("read", PAPER, "--table", "3")
    assert (none.code, "Không có bảng số 3; tệp có 2 bảng." in none.err) == (2, True)
    sheet = run("read", PAPER, "--kind", "score-sheet")
    assert (sheet.code, "Không tìm thấy" in sheet.err) == (2, True)


def test_read_writes_one_set_a_table_that_check_reads_again(tmp_path: Path) -> None:
    out = tmp_path / "de-an.yaml"
    done = run("read", PAPER, "--out", str(out))
    assert (done.code, done.out) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["de-an-1.yaml", "de-an-2.yaml"]
    checked = run("check", str(tmp_path / "de-an-1.yaml"), "--format", "json")
    assert checked.code == 1
    assert checked.data["structure"]["tables"][0]["items"] == 113


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_read_writes_tables_in_other_formats(form: str, tmp_path: Path) -> None:
    done = run("read", PAPER, "--out", str(tmp_path / f"t.{form}"))
    assert done.code == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == (["t-1.csv", "t-2.csv"] if form == "csv" else [f"t.{form}"])


def test_read_for_a_reader_shows_the_table() -> None:
    done = run("read", PAPER, "--table", "1")
    assert "1.1     Kế hoạch CCHC năm" in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 100


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.bin", b"x", "Không đọc được đuôi tệp “.bin”."),
        ("a.txt", b"", "trống"),
        ("a.xlsx", b"PK\x03\x04", "hỏng"),
        ("a.txt", "Chỉ có lời văn.\n".encode(), "Không tìm thấy bảng"),
    ],
)
def test_files_that_cannot_be_read_say_why(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("read", str(tmp_path / name))
    assert (done.code, words in done.err) == (2, True)


# --- check ---------------------------------------------------------------------------------------------------------


def test_check_finds_the_three_errors_of_the_paper() -> None:
    done = run("check", PAPER, "--format", "json")
    assert done.code == 1
    errors = [
        (one["table"], one["kind"], one["code"], one["stated"], one["found"])
        for one in done.data["findings"]
        if one["severity"] == "error"
    ]
    assert [(table, code) for table, kind, code, *_ in errors if kind == "duplicate_code"] == [
        (1, "2.3.1"),
        (2, "2.3.1"),
    ]
    assert [(table, stated, found) for table, kind, _, stated, found in errors if kind == "parts_points"] == [
        (1, "20", "19")
    ]
    assert len(errors) == 3
    counted = [
        {key: one[key] for key in ("areas", "criteria", "subcriteria", "items", "max_points")}
        for one in done.data["structure"]["tables"]
    ]
    assert counted == [
        {"areas": 7, "criteria": 47, "subcriteria": 99, "items": 113, "max_points": "100"},
        {"areas": 8, "criteria": 50, "subcriteria": 107, "items": 123, "max_points": "100"},
    ]
    for finding in done.data["findings"]:
        assert finding["message"]
        assert finding["remedy"]


def test_check_a_shipped_set_by_its_id_and_a_wrong_id() -> None:
    assert run("check", "dien-bien-2020-province").code in (0, 1)
    wrong = run("check", "dien-bien-2020-provinc")
    assert (wrong.code, "Có phải dien-bien-2020-province?" in wrong.err) == (2, True)


def test_check_a_set_without_contradiction_is_fine() -> None:
    done = run("check", SET)
    assert done.code == 0
    assert "0 lỗi" in done.out


def test_findings_as_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(run("check", PAPER, "--format", "csv").out)))
    assert rows[0]["severity"] == "error"
    assert list(rows[0]) == ["table", "severity", "kind", "code", "place", "stated", "found", "message", "remedy"]


# --- diff ----------------------------------------------------------------------------------------------------------


def test_diff_of_a_set_with_itself_is_empty() -> None:
    assert "Hai bộ tiêu chí như nhau." in run("diff", SET, SET).out
    data = run("diff", SET, SET, "--format", "json").data
    assert (data["added"], data["gone"], data["changed"], data["set"]) == ([], [], [], [])


def test_diff_says_what_was_added_moved_renamed_and_rescored(tmp_path: Path) -> None:
    text = Path(SET).read_text("utf-8")
    changed = (
        text.replace('code: "2.3"', 'code: "2.4"')
        .replace('Hồ sơ đúng hạn"\n        max_points: 3', 'Hồ sơ giải quyết đúng hạn"\n        max_points: 4')
        .replace("each: 0.5", "each: 1")
        + '      - code: "2.5"\n        title: "Mục mới hoàn toàn"\n        max_points: 1\n        source: report\n'
    )
    (tmp_path / "new.yaml").write_text(changed, "utf-8")
    done = run("diff", SET, str(tmp_path / "new.yaml"))
    assert "1 mục thêm, 0 bỏ, 1 đổi mã, 1 đổi tên, 1 đổi điểm, 1 đổi quy tắc." in done.out
    assert "2.3 → 2.4" in done.out
    data = run("diff", SET, str(tmp_path / "new.yaml"), "--format", "json").data
    assert [one["code"] for one in data["added"]] == ["2.5"]
    points = [change for one in data["changed"] for change in one["differences"] if change["what"] == "max_points"]
    assert points == [{"what": "max_points", "old": "3", "new": "4"}]


def test_diff_names_what_is_wrong_with_both_sets(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("format: [", "utf-8")
    done = run("diff", "nothing", str(tmp_path / "bad.yaml"), "--format", "json")
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == ["unknown_set", "yaml_syntax"]


# --- score ---------------------------------------------------------------------------------------------------------


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
    import polars as pl

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


# --- explain -------------------------------------------------------------------------------------------------------


def test_explain_derives_an_item_down_to_its_figures() -> None:
    done = run("explain", *CYCLE_2020, "--unit", "dien-bien", "--item", "7.2.1")
    for words in (
        "0,3112 trên 0,5", "→  thẩm định", "(2020): 178 dịch vụ", "(2020): 572 dịch vụ", "178 ÷ 572 = 31,11888%",
        "0,5 × 31,11888% ÷ 50% = 0,31119", "Thứ tự ưu tiên", "mục 7.2.1",
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


# --- compare -------------------------------------------------------------------------------------------------------


def test_compare_sets_two_results_side_by_side(tables: list[str], tmp_path: Path) -> None:
    before, after = str(tmp_path / "before.json"), str(tmp_path / "after.json")
    assert run("score", *tables, "--out", before).code == 0
    (tmp_path / "figures.csv").write_text(FIGURES.replace("a,on_time,2", "a,on_time,0"), "utf-8")
    assert run("score", *tables, "--out", after).code == 0
    done = run("compare", before, after)
    for words in ("75%", "50%", "−25"):
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


def test_json_is_json_and_nothing_else(tables: list[str]) -> None:
    for arguments in (["check", SET], ["score", *tables], ["diff", SET, SET]):
        assert json.loads(run(*arguments, "--format", "json").out) is not None


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(f"unit,measure,value\na,\x1b[31m{'x' * 500},1\n", "utf-8")
    done = run("score", "--set", SET, "--figures", str(tmp_path / "figures.csv"))
    assert done.code == 2
    assert "\x1b" not in done.err
    assert max(len(line) for line in done.err.splitlines()) < 250


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
