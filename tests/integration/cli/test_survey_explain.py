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


def test_a_table_and_english(tmp_path: Path) -> None:
    table = explain(tmp_path, "--format", "csv").out
    assert table.splitlines()[0] == "stratum,drawn,population,clusters,respondents,weight,weighted_sum,variance"
    assert explain(tmp_path, environment=ENGLISH).code == 0


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    kinds = {
        ("--variable", "q77"): "unknown_variable",
        ("--at", "sex=x"): "unknown_domain",
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
