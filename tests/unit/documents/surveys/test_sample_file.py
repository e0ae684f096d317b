"""A sample as a table, and the record from which it is drawn again."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.unit.domain.survey.frames import HOUSEHOLDS, household_frame, household_rows, one_stage, table_of

from parindex.documents.results.result_files import csv_text
from parindex.documents.surveys.sample_file import Record, record_text, sample_data, sample_record, sample_table
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.sampling.frame import frame_of
from parindex.domain.survey.sampling.sampling_design import SamplingDesign, SamplingStage, Take
from parindex.domain.survey.sampling.selection import Draw, draw


def drawn() -> Draw:
    """A sample of households."""
    return draw(HOUSEHOLDS, household_frame(), "9")


def saved(path: Path, data: Any) -> Path:
    """A record as a file."""
    path.write_text(data if isinstance(data, str) else record_text(data), "utf-8")
    return path


def kinds(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """What is wrong with a record."""
    with pytest.raises(InvalidInput) as caught:
        Record(path)
    return [(one.kind, one.facts) for one in caught.value.problems]


def test_a_row_has_ids_populations_probabilities_weight_and_its_cluster() -> None:
    frame = sample_table(drawn()).frame
    assert frame.columns == [
        "respondent", "province", "district", "commune", "household", "adult",
        "n_districts", "taken_districts", "p_district", "n_communes", "taken_communes", "p_commune",
        "n_households", "taken_households", "p_household", "n_adults", "taken_adults", "p_adult",
        "inclusion_probability", "weight", "variance_stratum", "variance_cluster", "reserve", "reserve_list",
    ]  # fmt: skip
    for row in frame.iter_rows(named=True):
        chance = Fraction(1)
        for stage in ("district", "commune", "household", "adult"):
            chance *= Fraction(row[f"p_{stage}"])
        assert Fraction(row["inclusion_probability"]) == chance
        assert abs(Fraction(str(row["weight"])) * chance - 1) < Fraction(1, 10**9)
        assert Fraction(row["p_commune"]) == Fraction(row["taken_communes"], row["n_communes"])
        assert row["respondent"].startswith(row["reserve_list"] + "|")
        assert row["variance_cluster"] == f"{row['province']}|{row['district']}"
    assert frame["respondent"].is_unique().all()
    assert sorted(set(frame["reserve"])) == [0, 1]


def test_a_sample_without_strata_or_replacements_says_so() -> None:
    design = SamplingDesign("d", "D", (SamplingStage("person", take=Take(number=1)),))
    frame = sample_table(draw(design, frame_of(design, [table_of([["a"]], ("person",))]), "1")).frame
    assert frame.row(0, named=True)["variance_stratum"] == "a"
    assert "reserve_list" not in frame.columns
    reserved = SamplingDesign("d", "D", (SamplingStage("person", take=Take(number=1), reserve=1),))
    frame = sample_table(draw(reserved, frame_of(reserved, [table_of([["a"], ["b"]], ("person",))]), "1")).frame
    assert (frame["variance_stratum"].to_list(), frame["reserve_list"].to_list()) == (["all"] * 2, ["all"] * 2)


def test_the_record_says_what_was_drawn_from_what_and_has_no_date() -> None:
    made = drawn()
    record = sample_record(made, "option")
    assert set(record) == {
        "format", "software", "design", "seed", "seed_from", "frame", "stages", "estimation", "sample",
    }  # fmt: skip
    assert record["estimation"] == {
        "strata": ["variance_stratum"],
        "stages": [{"cluster": "variance_cluster"}],
        "weight": "weight",
        "lonely": "adjust",
    }
    assert record["frame"] == [
        {"stages": ["district", "commune", "household"], "rows": "120", "sha256": made.frame.tables[0].fingerprint}
    ]
    assert [(one["id"], one["drawn"], one["reserves"]) for one in record["stages"]] == [
        ("district", "4", "0"), ("commune", "8", "0"), ("household", "16", "8"), ("adult", "16", "8"),
    ]  # fmt: skip
    assert record["stages"][1]["probability"] == {"lowest": "2/3", "highest": "2/3"}
    assert set(record["stages"][0]["units"]) == {unit.path for unit in made.stages[0]}
    assert "units" not in record["stages"][-1]
    assert record["sample"] == {
        "rows": "16",
        "reserves": "8",
        "sha256": hashlib.sha256(csv_text(sample_table(made)).encode()).hexdigest(),
    }


def test_a_record_draws_the_same_sample_again_whatever_the_order_of_rows(tmp_path: Path) -> None:
    record = Record(saved(tmp_path / "r.json", sample_record(drawn(), "option")))
    again = record.redraw(household_frame(household_rows()[::-1]))
    assert csv_text(sample_table(again)) == csv_text(sample_table(drawn()))


def test_another_frame_is_told_with_both_fingerprints(tmp_path: Path) -> None:
    record = Record(saved(tmp_path / "r.json", sample_record(drawn(), "option")))
    other = household_frame(household_rows(households=6))
    with pytest.raises(InvalidInput) as caught:
        record.redraw(other)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.facts) == (
        "redraw_frame_differs",
        {
            "stages": ["district", "commune", "household"],
            "recorded": drawn().frame.tables[0].fingerprint,
            "value": other.tables[0].fingerprint,
        },
    )


def test_a_table_that_is_missing_or_too_many_is_told(tmp_path: Path) -> None:
    data = sample_record(drawn(), "option")
    (one,) = data["frame"]
    for frame, expected in (([], [("–", one["sha256"])]), ([one, {"stages": ["x"], "sha256": "y"}], [("y", "–")])):
        record = Record(saved(tmp_path / "r.json", {**data, "frame": frame}))
        with pytest.raises(InvalidInput) as caught:
            record.redraw(household_frame())
        assert [(problem.facts["recorded"], problem.facts["value"]) for problem in caught.value.problems] == expected


def test_a_record_that_was_changed_does_not_agree_with_its_sample(tmp_path: Path) -> None:
    record = Record(saved(tmp_path / "r.json", {**sample_record(drawn(), "option"), "seed": "10"}))
    with pytest.raises(InvalidInput) as caught:
        record.redraw(household_frame())
    assert [one.kind for one in caught.value.problems] == ["redraw_sample_differs"]


def test_a_record_that_says_something_else_of_the_same_sample_is_told(tmp_path: Path) -> None:
    data = sample_data(drawn(), sample_record(drawn(), "option"))
    assert len(Record(saved(tmp_path / "r.json", data)).redraw(household_frame()).stages) == 4
    first, *rest = data["stages"]
    wrong = {**data, "stages": [{**first, "drawn": "5"}, *rest], "rows": data["rows"][1:]}
    with pytest.raises(InvalidInput) as caught:
        Record(saved(tmp_path / "r.json", wrong)).redraw(household_frame())
    assert [(one.kind, one.facts["key"]) for one in caught.value.problems] == [
        ("redraw_record_differs", "stages"),
        ("redraw_record_differs", "rows"),
    ]


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    assert kinds(saved(path, "[1]")) == [("sample_record_unknown", {"key": "format"})]
    assert kinds(saved(path, json.dumps({"format": "other"}))) == [("sample_record_unknown", {"key": "format"})]
    data = {key: value for key, value in sample_record(drawn(), "option").items() if key not in ("seed", "frame")}
    assert kinds(saved(path, data)) == [("sample_record_unknown", {"key": key}) for key in ("seed", "frame")]
    data = sample_record(drawn(), "option")
    data["design"]["stages"][0]["method"] = "dice"
    assert [kind for kind, _ in kinds(saved(path, data))] == ["value_not_allowed"]


def test_a_sample_of_one_stage_needs_no_units_in_its_record() -> None:
    design = one_stage(Take(number=2), reserve=1)
    made = draw(design, frame_of(design, [table_of([["u", name] for name in "abcd"], ("unit", "person"))]), "1")
    (stage,) = sample_record(made, "default")["stages"]
    assert stage == {
        "id": "person", "drawn": "2", "certain": "0", "reserves": "1",
        "probability": {"lowest": "0.5", "highest": "0.5"},
    }  # fmt: skip
