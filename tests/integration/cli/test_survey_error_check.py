"""``survey estimate --check-errors``: replicated errors beside the linearised ones, or why there are none."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from tests.integration.cli.running import run
from tests.integration.cli.survey_data import Row, design, written

#: Every district has its own commune: a second stage that adds to the variance.
STAGED = {"population: n_districts}]": "population: n_districts}, {cluster: sex, population: 5}]"}

#: Only a question with several answers.
WISHES = {
    "items: [q01, q02, q03]\nscale: 5\ngroups: {g1: [q01, q02], g2: [q03]}\n": "",
    "numbers: [age]\nratios: {r: {of: age, to: q01}}\n": "",
}


def checked(folder: Path, *more: str, change: Any = None, changes: Any = None, lines: str = "") -> Any:
    files = ["--data", written(folder, change), "--design", design(folder, changes, more=lines)]
    return run("survey", "estimate", *files, *more, "--format", "json")


def test_the_jackknife_stands_beside_every_error(tmp_path: Path) -> None:
    data = checked(tmp_path, "--by", "province", "--check-errors", "jackknife").data
    rows = data["rows"]
    totals = [row for row in rows if row["statistic"] == "total"]
    assert totals
    assert all(row["se_replicated"] == pytest.approx(row["se"], rel=1e-9) for row in totals)
    ratios = [row["se_replicated"] / row["se"] for row in rows if row["se"] > 1e-9]
    told = data["error_check"]
    assert (told["method"], told["replicates"], told["seed"]) == ("jackknife", 8, None)
    assert (told["compared"], told["not_replicated"]) == (len(ratios), 0)
    for key, of in (("smallest_ratio", min), ("largest_ratio", max)):
        assert told[key]["ratio"] == of(ratios)
        (row,) = [row for row in rows if all(row[name] == told[key][name] for name in ("by", "variable", "statistic"))]
        assert row["se_replicated"] / row["se"] == told[key]["ratio"]
    assert 0.9 < min(ratios) < 1 < max(ratios) < 1.1


def test_without_the_option_nothing_is_replicated(tmp_path: Path) -> None:
    data = checked(tmp_path).data
    assert "error_check" not in data
    assert not any("se_replicated" in row for row in data["rows"])


def test_the_bootstrap_has_a_seed(tmp_path: Path) -> None:
    arguments = ["--check-errors", "bootstrap", "--replicates", "40"]
    one, same, other = (checked(tmp_path, *arguments, "--seed", seed).data for seed in ("a", "a", "b"))
    assert one == same
    assert (one["error_check"]["replicates"], one["error_check"]["seed"]) == (40, "a")
    errors = [[row["se_replicated"] for row in data["rows"]] for data in (one, other)]
    assert errors[0] != errors[1]
    assert checked(tmp_path, "--check-errors", "bootstrap").data["error_check"]["replicates"] == 200


def test_words_and_tables_have_both_errors(tmp_path: Path) -> None:
    files = ["--data", written(tmp_path), "--design", design(tmp_path)]
    words = " ".join(run("survey", "estimate", *files, "--check-errors", "bootstrap").out.split())
    assert "Sai số Sai số lặp Khoảng tin cậy" in words
    assert "sai số bằng bootstrap (hạt giống 0), 200 lần lặp: sai số lặp chia cho sai số tuyến tính hóa từ 0,9" in words
    out = run("survey", "estimate", *files, "--check-errors", "jackknife", "--format", "csv").out
    table = [row for row in csv.DictReader(io.StringIO(out)) if row["statistic"] == "total"]
    assert all(float(row["se_replicated"]) == pytest.approx(float(row["se"])) for row in table)
    plain = run("survey", "estimate", *files)
    assert "Sai số lặp" not in plain.out


def test_what_is_withheld_has_no_replicated_error(tmp_path: Path) -> None:
    def three(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row["sex"] = "f" if number < 3 else "m"

    rows = checked(tmp_path, "--by", "sex", "--check-errors", "jackknife", change=three).data["rows"]
    assert {row["by"]["sex"] for row in rows if row["suppressed"]} == {"f", "m"}
    assert all((row["se_replicated"] is None) == row["suppressed"] for row in rows)


def test_errors_without_anything_to_compare_are_told_and_gaps_counted(tmp_path: Path) -> None:
    def alike(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row.update(q01="3", q02="3", q03="3", wish="1", sex="f" if number < 12 else "m")

    drawn_again = {", population: n_districts": ""}
    files = ["--data", written(tmp_path, alike), "--design"]
    words = run("survey", "estimate", *files, design(tmp_path, drawn_again | WISHES), "--check-errors", "jackknife").out
    assert "Không có sai số nào để đối chiếu bằng jackknife." in words
    arguments = ["--by", "sex", "--check-errors", "bootstrap"]
    words = run("survey", "estimate", *files, design(tmp_path, drawn_again), *arguments).out
    assert "sai số không đối chiếu được: có lần lặp mà nhóm không còn ai trả lời" in " ".join(words.split())


def lonely(table: list[Row]) -> None:
    for row in table:
        row["district"] = "x" if row["province"] == "01" else row["district"]


@pytest.mark.parametrize(
    ("settings", "kind", "said"),
    [
        ({"changes": STAGED}, "replicates_of_stages", "phương sai của 2 giai đoạn"),
        ({"changes": {"fail": "adjust"}, "change": lonely}, "replicates_of_lonely", "1 tầng chỉ một cụm"),
        ({"lines": "calibration: {poststratify: sex}\n"}, "replicates_of_calibrated", "đã hiệu chỉnh"),
    ],
)
def test_where_replication_leaves_something_out_it_is_refused_with_the_reason(
    tmp_path: Path, settings: Any, kind: str, said: str
) -> None:
    assert checked(tmp_path, **settings).code == 0
    before = str(tmp_path / "f.csv")
    for more in ([], ["--compare", before]):
        done = checked(tmp_path, "--check-errors", "jackknife", *more, **settings)
        assert done.code == 2
        (problem,) = done.data["problems"]
        assert (problem["kind"], Path(problem["place"]["file"]).name) == (kind, "d.yaml")
        assert said in problem["message"]


@pytest.mark.parametrize(
    ("arguments", "kinds"),
    [
        (["--seed", "1", "--replicates", "9"], ["replicates_without_bootstrap"] * 2),
        (["--check-errors", "jackknife", "--seed", "1"], ["replicates_without_bootstrap"]),
        (["--check-errors", "bootstrap", "--seed", " ", "--replicates", "1"], ["seed_empty", "replicates_range"]),
        (["--check-errors", "bootstrap", "--replicates", "10001"], ["replicates_range"]),
        (["--check-errors", "bootstrap", "--replicates", "9,5"], ["replicates_range"]),
    ],
)
def test_replicates_and_seed_that_say_nothing_are_refused(
    tmp_path: Path, arguments: list[str], kinds: list[str]
) -> None:
    done = checked(tmp_path, *arguments)
    assert (done.code, [one["kind"] for one in done.data["problems"]]) == (2, kinds)
