"""``parindex survey explain``: an estimate down to its strata, in sentences and as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.integration.cli.running import ENGLISH, run
from tests.integration.cli.survey_data import Row, design, written


def explain(folder: Path, *more: str, lines: str = "", **options: Any) -> Any:
    return run("survey", "explain", "--data", written(folder), "--design", design(folder, more=lines), *more, **options)


def test_the_strata_add_up_to_the_variance(tmp_path: Path) -> None:
    data = explain(tmp_path, "--variable", "g1", "--statistic", "share", "--at", "sex=f", "--format", "json").data
    assert (data["by"], data["n"], data["clusters"], data["df"]) == ({"sex": "f"}, 24, 8, 6)
    assert sum(part["variance"] for part in data["strata"]) == pytest.approx(data["se"] ** 2)
    assert [(part["stratum"], part["drawn"], part["population"]) for part in data["strata"]] == [
        ("01", 4, 9.0),
        ("02", 4, 9.0),
    ]
    assert data["weighted_sum"] / data["base"] == pytest.approx(data["estimate"])


@pytest.mark.parametrize(
    ("statistic", "variable", "said"),
    [
        ("mean", "all", "trung bình có quyền số: Σ w·y / Σ w"),
        ("share", "wish/6", "Σ w của người chọn / Σ w"),
        ("index", "q01", "giá trị quy đổi từ 0 đến 1"),
        ("total", "age", "tổng ước lượng: Σ w·y"),
        ("ratio", "r", "tỷ số hai tổng"),
    ],
)
def test_every_figure_has_its_formula(tmp_path: Path, statistic: str, variable: str, said: str) -> None:
    words = explain(tmp_path, "--variable", variable, "--statistic", statistic).out
    assert said in words
    assert "8 cụm giai đoạn đầu trong 2 tầng, nên 6 bậc tự do" in words


def test_a_roll_up_over_items_says_so(tmp_path: Path) -> None:
    words = explain(tmp_path, lines="rollup: items\n").out
    assert "trung bình giản đơn các ước lượng của từng câu hỏi" in words
    data = explain(tmp_path, "--variable", "g1", "--format", "json", lines="rollup: items\n").data
    assert (data["weighted_sum"], data["base"]) == (None, None)
    assert {part["weighted_sum"] for part in data["strata"]} == {None}
    values = [one["estimate"] for one in data["mean_of"]]
    assert [one["variable"] for one in data["mean_of"]] == ["q01", "q02"]
    assert sum(values) / len(values) == pytest.approx(data["estimate"])
    assert explain(tmp_path, "--variable", "g1", "--format", "json").data["mean_of"] == []


def test_a_lonely_stratum_has_its_part_of_the_variance(tmp_path: Path) -> None:
    def one_district(table: list[Row]) -> None:
        for row in table:
            if row["province"] == "02":
                row["district"] = "only"

    files = ["--data", written(tmp_path, one_district, "one.csv")]
    files += ["--design", design(tmp_path, {", population: n_districts": "", "lonely: fail": "lonely: average"})]
    data = run("survey", "explain", *files, "--variable", "q01", "--format", "json").data
    first, second = (part["variance"] for part in data["strata"])
    assert first == pytest.approx(second)
    assert first + second == pytest.approx(data["variance"])


def test_a_table_and_english(tmp_path: Path) -> None:
    table = explain(tmp_path, "--format", "csv").out
    assert table.splitlines()[0] == "stratum,drawn,population,clusters,respondents,weight,weighted_sum,variance"
    assert explain(tmp_path, environment=ENGLISH).code == 0


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    kinds = {
        ("--variable", "q77"): "unknown_variable",
        ("--at", "sex=x"): "unknown_domain",
        ("--at", "sex="): "nobody_unstated",
        ("--at", "sex"): "where_not_understood",
        ("--at", "region=x"): "column_missing",
    }
    for arguments, kind in kinds.items():
        done = explain(tmp_path, *arguments, "--format", "json")
        assert (done.code, [one["kind"] for one in done.data["problems"]]) == (2, [kind])


def test_a_small_group_and_what_would_tell_it_are_not_explained(tmp_path: Path) -> None:
    def three(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["sex"] = "f" if number < 3 else "m"

    data = written(tmp_path, three, "three.csv")
    for sex in "fm":
        done = run(
            "survey", "explain", "--data", data, "--design", design(tmp_path), "--at", f"sex={sex}", "--format", "json"
        )
        assert [one["kind"] for one in done.data["problems"]] == ["cell_withheld"]


def test_only_what_estimate_shows_is_explained(tmp_path: Path) -> None:
    """Two respondents of 01 answered q02: province 02 and all would tell them."""

    def few(table: list[Row]) -> None:
        for row in table[2:24]:
            row["q02"] = ""

    files = ["--data", written(tmp_path, few, "few.csv"), "--design", design(tmp_path), "--format", "json"]
    for variable, codes in {"q02": [2, 2], "q03": [0, 0]}.items():
        found = [
            run("survey", "explain", *files, "--variable", variable, "--at", f"province={one}").code
            for one in ("01", "02")
        ]
        assert found == codes


def test_small_strata_and_what_would_tell_them_are_not_listed(tmp_path: Path) -> None:
    def three(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["province"] = "01" if number < 3 else "02" if number < 18 else "03"
            row["district"] = f"d{number}"

    files = [
        "--data",
        written(tmp_path, three, "three.csv"),
        "--design",
        design(tmp_path, {", population: n_districts": ""}),
    ]
    data = run("survey", "explain", *files, "--variable", "q01", "--format", "json").data
    assert ([part["stratum"] for part in data["strata"]], data["strata_withheld"]) == (["03"], 2)
    words = run("survey", "explain", *files, "--variable", "q01").out
    assert "2 tầng không in" in words
    assert [line.split()[0] for line in words.splitlines() if line[:2] in ("01", "02", "03")] == ["03"]
    table = run("survey", "explain", *files, "--variable", "q01", "--format", "csv").out
    assert len(table.splitlines()) == 2


def test_where_every_stratum_is_small_none_is_listed(tmp_path: Path) -> None:
    def alone(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["province"] = f"{number // 2}"
            row["district"] = f"d{number}"

    files = ["--data", written(tmp_path, alone, "alone.csv"), "--design", design(tmp_path)]
    done = run("survey", "explain", *files, "--variable", "q01")
    assert done.code == 0
    assert "24 tầng không in" in done.out
    assert "Tỷ trọng" not in done.out


def test_nobody_in_the_domain_is_explained_as_nobody(tmp_path: Path) -> None:
    done = explain(tmp_path, "--at", "sex=x", "--format", "json", lines="demographics: {sex: [f, m, x]}\n")
    assert (done.code, done.data["n"], done.data["strata"]) == (0, 0, [])
    words = explain(tmp_path, "--at", "sex=x", lines="demographics: {sex: [f, m, x]}\n").out
    assert "Nhóm có 0 phiếu, không ai trả lời: không có giá trị, sai số hay khoảng tin cậy." in words
    assert "Khoảng tin cậy –" not in words
    assert "Công thức" not in words


def test_where_there_is_no_interval_the_reason_is_said(tmp_path: Path) -> None:
    def alike(table: list[Row]) -> None:
        for row in table:
            row["q01"] = "5"

    def one_district(table: list[Row]) -> None:
        for row in table:
            row["sex"] = "x" if row["district"] in ("d0", "d4") else row["sex"]

    same = ["--data", written(tmp_path, alike, "same.csv"), "--design", design(tmp_path)]
    words = run("survey", "explain", *same, "--variable", "q01", "--statistic", "share").out
    assert "Không có khoảng tin cậy: mọi người trả lời như nhau" in words
    few = ["--data", written(tmp_path, one_district, "few.csv"), "--design", design(tmp_path)]
    words = run("survey", "explain", *few, "--variable", "q01", "--at", "sex=x").out
    assert "Không có khoảng tin cậy: nhóm không có bậc tự do" in words
    averaged = design(tmp_path, {", population: n_districts": "", "lonely: fail": "lonely: average"}, name="a.yaml")

    def lonely(table: list[Row]) -> None:
        for row in table:
            row["district"] = "of " + row["province"]

    alone = ["--data", written(tmp_path, lonely, "alone.csv"), "--design", averaged]
    words = run("survey", "explain", *alone, "--variable", "q01").out
    assert "Không tính được sai số chuẩn: không có tầng nào có hai cụm để so sánh." in words


def test_those_without_a_category_are_explained_as_estimate_shows_them(tmp_path: Path) -> None:
    def some(table: list[Row]) -> None:
        for row in table[::3]:
            row["sex"] = ""

    files = ["--data", written(tmp_path, some, "some.csv"), "--design", design(tmp_path)]
    rows = run("survey", "estimate", *files, "--by", "sex", "--format", "json").data["rows"]
    (shown,) = [row for row in rows if (row["by"], row["variable"], row["statistic"]) == ({"sex": ""}, "q01", "mean")]
    data = run("survey", "explain", *files, "--variable", "q01", "--at", "sex=", "--format", "json").data
    assert data["by"] == {"sex": ""}
    assert [data[name] for name in ("n", "estimate", "df")] == [shown[name] for name in ("n", "estimate", "df")]
    assert data["se"] == pytest.approx(shown["se"])
    words = run("survey", "explain", *files, "--variable", "q01", "--at", "sex=", "--at", "province=01").out
    assert words.startswith("q01, trung bình, sex = không ghi, province = 01:")


def test_a_negative_question_is_said_to_be_turned_round(tmp_path: Path) -> None:
    lines = "reversed: [q01]\n"
    for statistic, variable, turned in (
        ("mean", "q01", ["q01"]),
        ("share", "g1", ["q01"]),
        ("ratio", "r", ["q01"]),
        ("mean", "q02", []),
        ("share", "wish/6", []),
    ):
        arguments = ["--statistic", statistic, "--variable", variable]
        assert explain(tmp_path, *arguments, "--format", "json", lines=lines).data["reversed"] == turned
        assert ("đã đảo chiều một lần" in explain(tmp_path, *arguments, lines=lines).out) is bool(turned)


@pytest.mark.parametrize("variable", ["q01", "g1", "g2"])
def test_an_index_that_is_a_share_is_explained_with_its_interval(tmp_path: Path, variable: str) -> None:
    asked = ["--variable", variable, "--format", "json", "--statistic"]
    share, index = (explain(tmp_path, *asked, one, lines="index: share\n").data for one in ("share", "index"))
    mean = explain(tmp_path, *asked, "index").data
    assert (index["low"], index["high"]) == (share["low"], share["high"])
    assert index["high"] - index["estimate"] != pytest.approx(index["estimate"] - index["low"], rel=1e-6)
    assert mean["high"] - mean["estimate"] == pytest.approx(mean["estimate"] - mean["low"])
