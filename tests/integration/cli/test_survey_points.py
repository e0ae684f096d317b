"""``parindex survey points``: from answers, or from estimates, to the points table that ``score`` reads."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from tests.integration.cli.running import run
from tests.integration.cli.survey_data import criteria_set, design, written

WITHHELD = "chờ kết quả: ước lượng của đơn vị không được công bố (nhóm nhỏ, hoặc cho phép suy ra một nhóm nhỏ)"


def points(folder: Path, *more: str, changes: dict[str, str] | None = None, lines: str = "") -> Any:
    return run(
        "survey", "points", "--set", criteria_set(folder, changes), "--data", written(folder),
        "--design", design(folder, more=lines), *more,
    )  # fmt: skip


def _rows(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))


def test_points_are_the_share_or_the_index_times_the_maximum(tmp_path: Path) -> None:
    data = points(tmp_path, "--format", "json").data
    estimates = run(
        "survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"),
        "--by", "province", "--format", "json",
    ).data["rows"]  # fmt: skip
    of = {(row["by"]["province"], row["variable"], row["statistic"]): row for row in estimates}
    for row in data["points"]:
        variable, statistic = {"1.1": ("g1", "share"), "1.2": ("g2", "index")}[row["item"]]
        one = of[row["unit"], variable, statistic]
        assert row["value"] == pytest.approx(one["estimate"], rel=1e-12)
        assert float(row["points"]) == pytest.approx(one["estimate"] * float(row["max_points"]), abs=5.1e-5)
        assert float(row["se"]) == pytest.approx(one["se"] * float(row["max_points"]), abs=5.1e-5)
    assert [(row["unit"], row["item"], row["state"]) for row in data["points"]] == [
        ("01", "1.1", "answered"),
        ("02", "1.1", "answered"),
        ("01", "1.2", "answered"),
        ("02", "1.2", "answered"),
    ]


def test_score_reads_the_table(tmp_path: Path) -> None:
    out = tmp_path / "points.csv"
    assert points(tmp_path, "--out", str(out)).code == 0
    rows = _rows(out)
    assert list(rows[0]) == ["unit", "item", "points", "se", "estimate", "answers", "source"]
    scored = run("score", "--set", str(tmp_path / "set.yaml"), "--points", str(out), "--format", "json").data
    total = sum(float(row["points"]) for row in rows if row["unit"] == "01")
    mine = {unit["unit"]: unit for unit in scored["units"]}["01"]
    assert mine["points"] == f"{total:.4f}".rstrip("0")
    assert {one["item"]: one["standard_error"] for one in mine["items"]} == {
        row["item"]: row["se"] for row in rows if row["unit"] == "01"
    }


def test_too_few_answers_are_pending_in_the_index(tmp_path: Path) -> None:
    out = tmp_path / "points.csv"
    assert points(tmp_path, "--out", str(out), changes={"minimum: 24": "minimum: 25"}).code == 0
    pending = [row for row in _rows(out) if row["state"]]
    assert [(row["unit"], row["item"], row["points"], row["state"]) for row in pending] == [
        ("01", "1.2", "", "pending"),
        ("02", "1.2", "", "pending"),
    ]
    assert pending[0]["reason"] == "chờ kết quả: mới có 24 câu trả lời, cần ít nhất 25"
    scored = run("score", "--set", str(tmp_path / "set.yaml"), "--points", str(out), "--format", "json").data
    assert {unit["max_points"] for unit in scored["units"]} == {"3"}
    final = run("score", "--set", str(tmp_path / "set.yaml"), "--points", str(out), "--final", "--format", "json")
    assert final.code == 2
    assert "chờ kết quả" in points(tmp_path, changes={"minimum: 24": "minimum: 25"}).out


def test_a_pending_line_has_no_points_and_no_other_state(tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("unit,item,points,state\n01,1.1,2,pending\n02,1.1,,closed\n", "utf-8")
    done = run("score", "--set", criteria_set(tmp_path), "--points", str(table), "--format", "json")
    assert [one["kind"] for one in done.data["problems"]] == ["pending_with_points", "unknown_state", "cell_missing"]


def test_points_from_estimates_are_the_same(tmp_path: Path) -> None:
    direct = points(tmp_path, "--format", "json").data["points"]
    file = tmp_path / "estimates.json"
    arguments = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    assert run("survey", "estimate", *arguments, "--by", "province", "--out", str(file)).code == 0
    given = ["--set", str(tmp_path / "set.yaml"), "--estimates", str(file), "--format", "json"]
    assert run("survey", "points", *given).data["points"] == direct
    whole = run("survey", "points", *given, "--unit", "tinh").data["points"]
    assert [(row["unit"], row["n"]) for row in whole] == [("tinh", 48), ("tinh", 48)]
    assert run("survey", "estimate", *arguments, "--out", str(file)).code == 0
    assert [one["kind"] for one in run("survey", "points", *given).data["problems"]] == ["estimates_without_units"]
    file.write_text("[]", "utf-8")
    assert [one["kind"] for one in run("survey", "points", *given).data["problems"]] == ["estimates_not_understood"]


def test_negative_questions_are_turned_round_once_and_it_is_said(tmp_path: Path) -> None:
    words = points(tmp_path, lines="reversed: [q03]\n").out
    assert "Mục 1.2: đã đảo chiều một lần câu hỏi phủ định q03." in words
    turned = points(tmp_path, "--format", "json", lines="reversed: [q03]\n").data["points"]
    plain = points(tmp_path, "--format", "json").data["points"]
    assert [row["reversed"] for row in turned] == [[], [], ["q03"], ["q03"]]
    for one, other in zip(turned[2:], plain[2:], strict=True):
        assert one["value"] == pytest.approx(6 / 5 - other["value"], rel=1e-12)


def test_what_was_turned_round_is_said_with_every_format_and_from_estimates(tmp_path: Path) -> None:
    out = tmp_path / "points.csv"
    done = points(tmp_path, "--out", str(out), lines="reversed: [q03]\n")
    assert "đã đảo chiều một lần câu hỏi phủ định q03" in done.err
    assert {row["item"]: row["source"] for row in _rows(out)} == {
        "1.1": "f.csv",
        "1.2": "f.csv; đã đảo chiều một lần câu q03",
    }
    file = tmp_path / "estimates.json"
    files = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    assert run("survey", "estimate", *files, "--by", "province", "--out", str(file)).code == 0
    given = ["--set", str(tmp_path / "set.yaml"), "--estimates", str(file)]
    assert "đã đảo chiều một lần câu hỏi phủ định q03" in run("survey", "points", *given).out
    rows = run("survey", "points", *given, "--format", "json").data["points"]
    assert [row["reversed"] for row in rows] == [[], [], ["q03"], ["q03"]]


def test_a_unit_that_is_withheld_to_protect_another_has_points_and_no_error_in_words(tmp_path: Path) -> None:
    """Three people in 01, sixteen in 02, more in 03, one that names no province."""

    def small(table: list[dict[str, str]]) -> None:
        for number, row in enumerate(table):
            row["province"] = "01" if number < 3 else "02" if number < 19 else "03" if number < 47 else ""
            row["district"] = f"d{number}"

    arguments = [
        "--data", written(tmp_path, small),
        "--design", design(tmp_path, {"strata: [province]\n": "", ", population: n_districts": ""}),
    ]  # fmt: skip
    made = ["--set", criteria_set(tmp_path, {"minimum: 24": "minimum: 5"})]
    words = run("survey", "points", *made, *arguments).out
    assert "1 phiếu không ghi đơn vị" in words
    assert "Bảng ước lượng giấu 02" in words
    (line,) = (line for line in words.splitlines() if line.startswith("02") and " 1.2 " in line)
    assert line.split()[2:4] == ["–", "–"]
    assert line.split()[-1] == "–"
    direct = run("survey", "points", *made, *arguments, "--format", "json")
    assert "1 phiếu không ghi đơn vị" in direct.err
    assert [(row["unit"], row["withheld"], row["points"] is None) for row in direct.data["points"][3:]] == [
        ("01", False, True),
        ("02", True, False),
        ("03", False, False),
    ]
    file = tmp_path / "estimates.json"
    assert run("survey", "estimate", *arguments, "--by", "province", "--out", str(file)).code == 0
    done = run("survey", "points", *made, "--estimates", str(file), "--format", "json")
    assert "Tệp ước lượng có phiếu không ghi đơn vị" in done.err
    assert [(row["unit"], row["n"], row["reason"]) for row in done.data["points"][3:5]] == [
        ("01", None, WITHHELD),
        ("02", None, WITHHELD),
    ]
    (line,) = (
        line
        for line in run("survey", "points", *made, "--estimates", str(file)).out.splitlines()
        if line.startswith("02") and " 1.2 " in line
    )
    assert line.split()[2:4] == ["–", "–"]


def test_items_that_nobody_answered_and_small_weighted_groups_are_pending_with_the_reason(tmp_path: Path) -> None:
    def unasked(table: list[dict[str, str]]) -> None:
        for number, row in enumerate(table):
            row["q02"] = "" if number < 24 else "4"
            row["sex"] = "" if number == 47 else "m" if number in {0, 24} else "f"

    def reasons(index: str, lines: str) -> list[str]:
        changes = {"index: share}": index, "minimum: 24": "minimum: 5"}
        done = run(
            "survey", "points", "--set", criteria_set(tmp_path, changes), "--data", written(tmp_path, unasked),
            "--design", design(tmp_path, more=lines), "--format", "json",
        )  # fmt: skip
        assert done.code == 0
        return [row["reason"] for row in done.data["points"][:2]]

    assert reasons("index: share}", "rollup: items\n") == ["chờ kết quả: chưa ai trả lời câu q02", None]
    weighted = "index: share, respondents: {f: 40%, m: 60%}}"
    few = "chờ kết quả: nhóm m mới có 1 câu trả lời, cần ít nhất 5"
    assert reasons(weighted, "respondent_group: sex\n") == [few, few]
    one = "respondent_group: sex\nminimum_cell: 1\nrollup: items\n"
    assert reasons(weighted, one) == ["chờ kết quả: chưa ai của nhóm f trả lời câu q02", None]
    files = [
        "--set",
        str(tmp_path / "set.yaml"),
        "--data",
        str(tmp_path / "f.csv"),
        "--design",
        design(tmp_path, more=one),
    ]
    assert "1 phiếu không ghi nhóm người trả lời" in run("survey", "points", *files).out
    plain = design(tmp_path, more="rollup: items\n")
    file = tmp_path / "estimates.json"
    made = ["--data", str(tmp_path / "f.csv"), "--design", plain, "--by", "province", "--out", str(file)]
    assert run("survey", "estimate", *made).code == 0
    criteria_set(tmp_path, {"minimum: 24": "minimum: 5"})
    done = run("survey", "points", "--set", str(tmp_path / "set.yaml"), "--estimates", str(file), "--format", "json")
    assert done.data["points"][0]["reason"] == "chờ kết quả: không có giá trị của g1: có câu hỏi chưa ai trả lời"


def test_groups_of_respondents_are_weighted_and_what_is_assumed_is_said(tmp_path: Path) -> None:
    weighted = {"index: share}": "index: share, respondents: {f: 40%, m: 60%}, assumed: true}"}
    done = points(tmp_path, changes=weighted, lines="respondent_group: sex\n")
    assert done.code == 0
    assert "giả định, văn bản không nêu: 1.1." in done.out
    unknown = points(tmp_path, "--format", "json", changes=weighted)
    assert [one["kind"] for one in unknown.data["problems"]] == ["respondent_group_unknown"] * 2
    uneven = {"index: share}": "index: share, respondents: {f: 40%, m: 50%}}"}
    done = points(tmp_path, "--format", "json", changes=uneven, lines="respondent_group: sex\n")
    assert [one["kind"] for one in done.data["problems"]] == ["respondent_weights_sum"]


def test_the_column_of_groups_needs_no_word_of_the_design_and_who_is_left_out_is_counted(tmp_path: Path) -> None:
    weighted = {"index: share}": "index: share, respondents: {f: 40%, m: 60%}}"}
    plain = points(tmp_path, "--format", "json", changes=weighted)
    assert plain.data["problems"][0]["message"] == (
        "Mục 1.1 có trọng số cho nhóm người trả lời “f”, nhưng dữ liệu không ghi nhóm của người trả lời."
    )
    declared = points(tmp_path, "--format", "json", changes=weighted, lines="respondent_group: sex\n").data
    file = tmp_path / "f.csv"
    file.write_text(file.read_text("utf-8").replace(",sex\n", ",respondent_group\n"), "utf-8")
    files = ["--set", str(tmp_path / "set.yaml"), "--data", str(file), "--design", design(tmp_path)]
    same = run("survey", "points", *files, "--format", "json").data
    assert (same["points"], same["notes"]) == (declared["points"], declared["notes"])
    lines = file.read_text("utf-8").splitlines()
    staff = [line[:-1] + ("staff" if number in (1, 2, 9) else line[-1]) for number, line in enumerate(lines)]
    file.write_text("\n".join(staff) + "\n", "utf-8")
    told = "Mục 1.1: 3 người trả lời thuộc nhóm không có trọng số ở mục này (staff: 3): không tính vào mục."
    assert told in " ".join(run("survey", "points", *files).out.split())
    assert told in run("survey", "points", *files, "--format", "json").data["notes"]


def test_the_whole_sample_may_be_one_unit(tmp_path: Path) -> None:
    bare = design(tmp_path, {"unit: province\n": ""})
    arguments = ["--set", criteria_set(tmp_path), "--data", written(tmp_path), "--design", bare, "--format", "json"]
    assert [one["kind"] for one in run("survey", "points", *arguments).data["problems"]] == ["survey_without_unit"]
    data = run("survey", "points", *arguments, "--unit", "tinh").data
    assert [(row["unit"], row["n"]) for row in data["points"]] == [("tinh", 48), ("tinh", 48)]


def test_a_set_that_names_other_variables_or_none(tmp_path: Path) -> None:
    done = points(tmp_path, "--format", "json", changes={"of: [g2]": "of: [g7]"})
    assert [one["kind"] for one in done.data["problems"]] == ["survey_variable_unknown"]
    nothing = points(
        tmp_path,
        "--format",
        "json",
        changes={", survey: {of: [g1], index: share}": "", ", survey: {of: [g2], minimum: 24}": ""},
    )
    assert [one["kind"] for one in nothing.data["problems"]] == ["set_without_survey"]
    lacking = run("survey", "points", "--set", str(tmp_path / "set.yaml"), "--format", "json")
    assert [one["kind"] for one in lacking.data["problems"]] == ["points_without_source"]


def test_the_nine_groups_feed_the_districts(tmp_path: Path) -> None:
    """The shipped form, its mapping and the shipped set fit together: 8.3.1 to 8.3.9 of the districts."""
    items = [f"q{number:02d}" for number in range(1, 40)]
    lines = [",".join(["respondent", "district", "commune", "version", *items])]
    for number in range(120):
        answers = [str(1 + (number * 7 + at) % 5) for at in range(39)]
        district = ("huyen-nam-po", "huyen-tua-chua")[number // 60]
        lines.append(",".join([f"r{number}", district, f"{district}-{number // 15}", "2024.1", *answers]))
    (tmp_path / "sat.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "sat.yaml").write_text(
        "strata: [district]\nstages: [{cluster: commune}]\nquestionnaire: satisfaction-2024\nunit: district\n", "utf-8"
    )
    files = ["--data", str(tmp_path / "sat.csv"), "--design", str(tmp_path / "sat.yaml")]
    out = str(tmp_path / "points.csv")
    assert run("survey", "points", "--set", "dien-bien-2024-districts", *files, "--out", out).code == 0
    rows = _rows(Path(out))
    assert sorted({row["item"] for row in rows}) == [f"8.3.{number}" for number in range(1, 10)]
    assert run("score", "--set", "dien-bien-2024-districts", "--points", out).code == 0
