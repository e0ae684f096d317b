"""Weights fitted to known totals, and sampling errors that leave out what these explain: as R's ``survey`` says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.integration.cli.running import run

SEX = "{by: [sex], totals: {f: 300, m: 200}}"
AGE = "{by: [age], totals: {o: 280, y: 220}}"
#: R 4, survey 4: svydesign(~v, weights = ~weight), then rake(list(~sex, ~age)) or postStratify(~sex): svymean of q01,
#: svytotal of q01, svyby(~q01, ~age) for age "y", and the contrast of "o" with "y".
BY_R = {
    "rake": {
        ("mean", "all"): 0.22109087192372401,
        ("total", "all"): 110.545435961862,
        ("mean", "y"): 0.373034314163883,
        ("difference", "o"): 0.70512578390944602,
    },
    "poststratify": {
        ("mean", "all"): 0.18750536646681301,
        ("total", "all"): 93.752683233406501,
        ("mean", "y"): 0.34904441608452802,
        ("difference", "o"): 0.66060047002546896,
    },
}


def surveyed(folder: Path, plan: str, calibration: str) -> Any:
    """The estimates of 24 respondents in eight villages, from design weights on."""
    people = [
        (f"r{n}", f"v{n // 3}", 10 + n % 5, "fm"[n % 2], "oy"[n // 4 % 2], 1 + (n * n + n % 2) % 5) for n in range(24)
    ]
    sample = "\n".join(f"{name},{village},{weight}" for name, village, weight, *_ in people)
    answers = "\n".join(f"{name},{sex},{age},{q01}" for name, _, _, sex, age, q01 in people)
    (folder / "s.csv").write_text(f"respondent,v,weight\n{sample}\n", "utf-8")
    (folder / "r.csv").write_text(f"respondent,sex,age,q01\n{answers}\n", "utf-8")
    (folder / "p.yaml").write_text(f"steps: [{plan}]\n", "utf-8")
    design = f"stages: [{{cluster: v}}]\nweight: weight\nitems: [q01]\nminimum_cell: 0\n{calibration}"
    (folder / "d.yaml").write_text(design, "utf-8")
    at = {name: str(folder / name) for name in ("s.csv", "r.csv", "p.yaml", "w.csv", "d.yaml")}
    weights = ["--sample", at["s.csv"], "--responses", at["r.csv"], "--plan", at["p.yaml"], "--out", at["w.csv"]]
    assert run("survey", "weights", *weights).code == 0
    done = run(
        "survey",
        "estimate",
        "--data",
        at["w.csv"],
        "--design",
        at["d.yaml"],
        "--by",
        "age",
        "--pairs",
        "--format",
        "json",
    )
    assert (done.code, done.err) == (0, "")
    return done.data


def error_of(data: Any, statistic: str, age: str) -> float:
    """The standard error of q01."""
    (row,) = [
        row
        for row in data["rows"]
        if row["variable"] == "q01"
        and row["statistic"] == statistic
        and row["by"] == {"age": age}
        and row.get("of", "mean") == "mean"
    ]
    return float(row["se"])


@pytest.mark.parametrize(
    ("case", "plan", "margins"),
    [
        ("rake", f"rake: {{margins: [{SEX}, {AGE}]}}", "[sex, age]"),
        ("poststratify", f"poststratify: {SEX}", "[sex]"),
    ],
)
def test_standard_errors_are_those_of_r(tmp_path: Path, case: str, plan: str, margins: str) -> None:
    data = surveyed(tmp_path, f"{{{plan}}}", f"calibration: {{{case}: {margins}}}\n")
    assert data["notes"] == []
    for (statistic, age), expected in BY_R[case].items():
        assert error_of(data, statistic, age) == pytest.approx(expected, rel=1e-9)


def test_a_design_without_the_margins_is_remarked(tmp_path: Path) -> None:
    data = surveyed(tmp_path, f"{{poststratify: {SEX}}}", "")
    assert data["notes"] == [{"kind": "calibration_undeclared"}]
    expected = BY_R["poststratify"]["mean", "all"]
    assert error_of(data, "mean", "all") != pytest.approx(expected, rel=1e-3)


def test_an_explanation_adds_up_to_the_calibrated_error(tmp_path: Path) -> None:
    data = surveyed(tmp_path, f"{{rake: {{margins: [{SEX}, {AGE}]}}}}", "calibration: {rake: [sex, age]}\n")
    files = ["--data", str(tmp_path / "w.csv"), "--design", str(tmp_path / "d.yaml")]
    told = json.loads(run("survey", "explain", *files, "--variable", "q01", "--format", "json").out)
    assert told["se"] == error_of(data, "mean", "all")
    assert sum(part["variance"] for part in told["strata"]) == pytest.approx(told["variance"], rel=1e-9)


def test_a_faulty_design_does_not_hide_faulty_data(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("items: [q01]\nconfidence: 200%\nstrata: [p]\nstages: 5\n", "utf-8")
    (tmp_path / "f.csv").write_text("respondent,weight,q01\na,1,9\na,1,1\n", "utf-8")
    files = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    done = run("survey", "estimate", *files)
    assert done.code == 2
    assert "5 vấn đề" in done.err
    for words in (
        "Độ tin cậy 200%",
        "Thiếu cột",
        "survey-design.schema.json",
        "“9” ngoài thang 1–5",
        "“a” đã có ở dòng trên",
    ):
        assert words in done.err


def test_weights_in_the_data_that_the_design_does_not_name_are_remarked(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("items: [q01]\n", "utf-8")
    (tmp_path / "f.csv").write_text("weight,q01\n1,2\n2,3\n", "utf-8")
    files = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    assert "thiết kế không nêu: mỗi phiếu được tính như nhau" in " ".join(run("survey", "estimate", *files).out.split())
