"""``parindex survey estimate --compare``: two years, what they share, and what keeps them from being compared."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.integration.cli.running import run
from tests.integration.cli.survey_data import Row, design, written
from tests.integration.cli.survey_estimated import estimate, found, put


def test_two_years_are_compared_with_p_and_holm(tmp_path: Path) -> None:
    def worse(table: list[Row]) -> None:
        for row in table:
            row["q01"] = "1"

    before = written(tmp_path, worse, "before.csv")
    done = estimate(tmp_path, "--by", "province", "--compare", before)
    differences = [row for row in done.data["rows"] if row["statistic"] == "difference"]
    row = next(
        row for row in differences if (row["variable"], row["of"], row["by"]["province"]) == ("q01", "mean", "01")
    )
    now = found(done.data, "q01", "mean", province="01")
    assert row["against"] == {"year": "earlier"}
    assert row["estimate"] == pytest.approx(now["estimate"] - 1)
    assert row["se"] == pytest.approx(now["se"])
    assert row["value_against"] == 1
    assert 0 < row["p"] <= row["p_holm"] <= 1
    words = run(
        "survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"),
        "--by", "province", "--compare", before,
    ).out  # fmt: skip
    assert "Chênh lệch của chỉ số chung" in words


def test_clusters_of_one_name_are_one_unless_the_design_says_otherwise(tmp_path: Path) -> None:
    before = written(tmp_path, lambda table: [row.update(q01="1") for row in table], "before.csv")
    ways = {
        "": ("stacked", 8, 0, 6),
        "overlap: [district]\n": ("stacked", 8, 0, 6),
        "overlap: {method: stacked}\n": ("stacked", 8, 0, 6),
        "overlap: {columns: [district], method: covariance}\n": ("stacked", 8, 0, 6),
        "overlap: {method: independent}\n": ("independent", 0, 0.23, 12),
    }
    said = {"stacked": "8 cụm giai đoạn đầu có ở cả hai năm", "independent": "hai năm được coi là chọn độc lập"}
    for lines, (method, shared, se, df) in ways.items():
        data = estimate(tmp_path, "--compare", before, lines=lines).data
        row = next(row for row in data["rows"] if row["statistic"] == "difference" and row["variable"] == "q02")
        assert data["years"] == {"method": method, "shared_clusters": shared}
        assert (row["years"], row["estimate"], row["df"]) == (method, 0, df)
        assert row["se"] == pytest.approx(se, abs=0.01 if se else 1e-12)
        words = run(
            "survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"),
            "--compare", before,
        ).out  # fmt: skip
        assert said[method] in " ".join(words.split()).replace("Hai năm được coi", "hai năm được coi")


def test_years_that_share_some_clusters_are_stacked_or_less_twice_their_covariance(tmp_path: Path) -> None:
    def rotated(table: list[Row]) -> None:
        for number, row in enumerate(table):
            row.update(
                q01=str(1 + number * 3 % 5), district="e" + row["district"] if number % 24 < 12 else row["district"]
            )

    before = written(tmp_path, rotated, "before.csv")
    errors = {}
    for method in ("stacked", "covariance", "independent"):
        data = estimate(tmp_path, "--compare", before, lines=f"overlap: {{method: {method}}}\n").data
        row = next(row for row in data["rows"] if row["statistic"] == "difference" and row["variable"] == "q01")
        assert row["years"] == method == data["years"]["method"]
        errors[method] = row["se"]
    assert len({round(error, 9) for error in errors.values()}) == 3
    table = run(
        "survey", "estimate", "--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml"),
        "--compare", before, "--format", "csv",
    ).out  # fmt: skip
    assert {row["years"] for row in csv.DictReader(io.StringIO(table))} == {"", "independent"}


def test_people_asked_again_share_their_clusters_and_other_columns_are_refused(tmp_path: Path) -> None:
    before = written(tmp_path, lambda table: [row.update(q01="1") for row in table], "before.csv")
    of_people, of_clusters = (
        estimate(tmp_path, "--compare", before, lines=f"overlap: [{column}]\n").data["rows"]
        for column in ("respondent", "district")
    )
    assert of_people == of_clusters
    refused = estimate(tmp_path, "--compare", before, lines="overlap: [sex]\n")
    assert (refused.code, [one["kind"] for one in refused.data["problems"]]) == (2, ["overlap_identifies_nobody"])


def test_years_of_other_clusters_are_as_uncertain_as_both_together(tmp_path: Path) -> None:
    """Four of nine districts a year, none of them twice: the finite population does not make the difference certain."""

    def elsewhere(table: list[Row]) -> None:
        for row in table:
            row["district"] = f"other {row['district']}"

    before = written(tmp_path, elsewhere, "before.csv")
    apart = estimate(tmp_path, "--compare", before).data["rows"]
    lines = "overlap: {columns: [district], method: covariance}\n"
    joint = estimate(tmp_path, "--compare", before, lines=lines).data["rows"]
    pairs = [pair for pair in zip(apart, joint, strict=True) if pair[0]["statistic"] == "difference"]
    assert all(one["se"] == pytest.approx(other["se"]) and one["df"] == other["df"] for one, other in pairs)
    assert len(pairs) > 10


def test_years_with_other_questions_are_not_compared(tmp_path: Path) -> None:
    written(tmp_path, None, "before.csv")
    other = design(tmp_path, {"g2: [q03]": "g3: [q03]"}, name="other.yaml")
    done = estimate(tmp_path, "--compare", str(tmp_path / "before.csv"), "--compare-design", other)
    assert done.code == 2
    assert [one["kind"] for one in done.data["problems"]] == ["years_differ"]


@pytest.mark.parametrize(
    ("change", "more", "key"),
    [
        ({"scale: 5": "scale: 1-4"}, "", "scale"),
        ({"scale: 5": "scale: {lowest: 1, highest: 5, satisfied_from: 3}"}, "", "satisfied_from"),
        ({}, "reversed: [q03]\n", "reversed"),
        ({}, "dont_know: {codes: [8], counts_as: category}\n", "dont_know"),
        ({}, "index: {1: 0, 2: 0, 3: 0, 4: 1, 5: 1}\n", "index"),
    ],
)
def test_years_whose_answers_mean_something_else_are_not_compared(
    tmp_path: Path, change: dict[str, str], more: str, key: str
) -> None:
    before = written(tmp_path, lambda table: [row.update(q01="1", q02="2", q03="3") for row in table], "before.csv")
    other = design(tmp_path, change, more, name="other.yaml")
    done = estimate(tmp_path, "--compare", before, "--compare-design", other)
    assert done.code == 2
    found = [(one["kind"], f"`{key}`" in one["message"]) for one in done.data["problems"]]
    assert ("years_differ", True) in found
    assert {kind for kind, _ in found} == {"years_differ"}


def test_years_with_other_weights_of_answers_or_codes_of_a_category_are_not_compared(tmp_path: Path) -> None:
    before = written(tmp_path, None, "before.csv")
    pairs = [
        ("index: {1: 0, 2: 0, 3: 0, 4: 1, 5: 1}\n", "index: {1: 0, 2: 0, 3: 1, 4: 1, 5: 1}\n"),
        ("dont_know: {codes: [8], counts_as: category}\n", "dont_know: {codes: [9], counts_as: category}\n"),
    ]
    for now, then in pairs:
        other = design(tmp_path, more=then, name="other.yaml")
        done = estimate(tmp_path, "--compare", before, "--compare-design", other, lines=now)
        assert [one["kind"] for one in done.data["problems"]] == ["years_differ"]


def test_the_problems_of_both_years_come_at_once(tmp_path: Path) -> None:
    before = written(tmp_path, put(3, q01="9"), "before.csv")
    done = estimate(tmp_path, "--compare", before, change=put(4, weight="0"))
    assert [(one["kind"], one["place"]["file"], one["place"]["row"]) for one in done.data["problems"]] == [
        ("weight_not_positive", "f.csv", 5),
        ("answer_off_scale", "before.csv", 4),
    ]
