"""Weights from sample, responses and plan: who counts, what is kept, what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from parindex.documents.surveys.weights_file import (
    STATUSES,
    RespondentWeights,
    respondent_weights,
)
from parindex.documents.surveys.weights_plan_file import checked_weights_plan
from parindex.documents.surveys.weights_tables import steps_data, steps_table, weights_table
from parindex.domain.errors import InvalidInput
from parindex.wording.problems import message

SAMPLE = """respondent,village,weight,reserve,reserve_list,code
a1,a,10,0,a,01
a2,a,10,0,a,02
a3,a,10,0,a,03
a4,a,10,1,a,04
a5,a,10,2,a,05
b1,b,20,0,b,06
b2,b,20,0,b,07
b3,b,20,1,b,08
"""
RESPONSES = """respondent,status,sex,q01,note
a1,,nam,5,
a2,từ chối,,,không mở cửa
a3,answered,nữ,-4,
a4,absent,,,
a5,đã trả lời,nam,3,
b1,,nữ,,
"""
STATUS_CHOICES = [
    "answered (trả lời / đã trả lời)", "refused (từ chối)", "absent (vắng)", "ineligible (không thuộc đối tượng)",
]  # fmt: skip
PLAN = """steps:
  - nonresponse: {by: [village]}
  - rake: {margins: [{by: [sex], totals: {nam: 35, nữ: 65}}, {by: [village], totals: {a: 40, b: 60}}]}
"""


def made(folder: Path, sample: str = SAMPLE, responses: str = RESPONSES, plan: str = PLAN) -> RespondentWeights:
    """The weights of these files."""
    for name, text in (("sample.csv", sample), ("responses.csv", responses), ("plan.yaml", plan)):
        (folder / name).write_text(text, "utf-8")
    return respondent_weights(
        checked_weights_plan(folder / "plan.yaml"), folder / "sample.csv", folder / "responses.csv"
    )


def refused(folder: Path, **texts: str) -> list[tuple[str, int | None, dict[str, Any]]]:
    """Kind, row and facts of every problem."""
    with pytest.raises(InvalidInput) as caught:
        made(folder, **texts)
    return [(one.kind, one.place.row, one.facts) for one in caught.value.problems]


def test_a_replacement_stands_for_one_who_did_not_answer(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert found.counts == {"sampled": 5, "ineligible": 0, "replaced": 1, "answered": 4, "silent": 1}
    assert [step.kind for step in found.steps] == ["design", "nonresponse", "raking"]
    assert found.steps[0].weight.tolist() == [10, 10, 10, 20]
    assert found.steps[1].weight.tolist() == [10, 10, 10, 40]
    assert found.steps[2].total == pytest.approx(100)


def test_the_table_keeps_every_step_and_what_both_files_say(tmp_path: Path) -> None:
    frame = weights_table(made(tmp_path)).frame
    assert frame.columns == [
        "respondent", "weight", "weight_0_design", "weight_1_nonresponse", "weight_2_raking", "village", "reserve",
        "reserve_list", "code", "sex", "q01",
    ]  # fmt: skip
    assert frame["respondent"].to_list() == ["a1", "a3", "a5", "b1"]
    assert frame["weight"].to_list() == frame["weight_2_raking"].to_list()
    assert frame["code"].to_list() == ["01", "03", "05", "06"]
    assert frame["q01"].to_list() == [5, -4, 3, None]


def test_the_log_has_totals_factors_and_the_worst_class(tmp_path: Path) -> None:
    found = made(tmp_path)
    rows = steps_data(found)
    assert [(row["kind"], row["total_before"]) for row in rows] == [
        ("design", Fraction(70)), ("nonresponse", Fraction(70)), ("raking", Fraction(100)),
    ]  # fmt: skip
    assert [(row["lowest_factor"], row["highest_factor"]) for row in rows[:2]] == [(1, 1), (1, 2)]
    assert rows[1]["effect_of_weights"] == Fraction(4 * 1900, 70**2)
    assert rows[2]["rounds"] == found.steps[2].rounds
    assert str(rows[2]["worst_class"]).partition(":")[0] in ("sex", "village")
    assert steps_table(found).frame.columns == list(rows[0])


def test_those_who_do_not_belong_leave_with_their_weight(tmp_path: Path) -> None:
    found = made(tmp_path, responses="respondent,status\na1,\na2,ineligible\na3,\nb1,\nb2,\n", plan="steps: []\n")
    assert found.counts == {"sampled": 5, "ineligible": 1, "replaced": 0, "answered": 4, "silent": 0}
    assert found.steps[-1].total == 60


def test_a_sample_needs_no_replacements_and_responses_no_status(tmp_path: Path) -> None:
    sample = "respondent,weight\nx,2.5\ny,1\n"
    found = made(tmp_path, sample, "respondent\ny\nx\n", "steps:\n  - trim: {upper: 1, of: mean}\n")
    assert found.steps[-1].weight.tolist() == [1.75, 1.75]
    assert weights_table(found).frame["respondent"].to_list() == ["x", "y"]


def test_tables_may_be_parquet_with_numbers_as_numbers(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("steps: []\n", "utf-8")
    pl.DataFrame({"respondent": ["x", "y"], "weight": [2.5, 1.0], "n_x": [7, 8]}).write_parquet(tmp_path / "s.parquet")
    pl.DataFrame({"respondent": ["y", "x"], "q01": [4, 5]}).write_parquet(tmp_path / "r.parquet")
    plan = checked_weights_plan(tmp_path / "plan.yaml")
    frame = weights_table(respondent_weights(plan, tmp_path / "s.parquet", tmp_path / "r.parquet")).frame
    assert frame.select("respondent", "n_x", "q01").rows() == [("x", 7, 5), ("y", 8, 4)]
    assert [float(weight) for weight in frame["weight"]] == [2.5, 1.0]


def test_every_problem_of_the_tables_is_told_at_once(tmp_path: Path) -> None:
    sample = SAMPLE + "a1,a,10,0,a,09\n,a,1,0,a,10\nc1,c,0,0,c,11\nc2,c,x,0,c,12\n"
    responses = RESPONSES + "z9,,nam,1,\na1,,nam,1,\n"
    found = refused(tmp_path, sample=sample, responses=responses)
    assert [(kind, row) for kind, row, _ in found] == [
        ("respondent_twice", 9),
        ("cell_missing", 10),
        ("weight_not_positive", 11),
        ("not_a_number", 12),
        ("respondent_not_sampled", 7),
        ("respondent_twice", 8),
    ]


def test_tables_without_rows_are_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, sample="respondent,weight\n", responses="respondent\n", plan="steps: []\n")
    assert [kind for kind, _, _ in found] == ["table_without_rows", "table_without_rows"]


def test_columns_that_contradict_the_sample_or_the_result_are_refused(tmp_path: Path) -> None:
    responses = "respondent,village,weight,weight_1_x\na1,a,10,1\na2,b,10,1\nb1,,2,1\n"
    assert refused(tmp_path, responses=responses, plan="steps: []\n") == [
        ("response_column_reserved", None, {"column": "weight_1_x"}),
        ("response_differs", 2, _together("village", [2], {"b": 1}, value="a", unit="a2")),
        ("response_differs", 3, _together("weight", [3], {"2": 1}, value="20", unit="b1")),
    ]


def test_rows_with_one_fault_are_one_problem_with_the_first_places(tmp_path: Path) -> None:
    """As ``survey estimate`` has it: how many rows, which first, and what stands there, most frequent first."""
    sample = SAMPLE.replace("b2,b,20", "b2,b,x").replace("b3,b,20", "b3,b,0") + "c1,c,-1,0,c,11\na2,a,1,0,a,12\n"
    responses = "respondent,status,village\na1,zz,a\nz1,,a\nz1,yy,a\na3,zz,b\na4,,b\n,refused,\n,,b\n"
    assert refused(tmp_path, sample=sample, responses=responses, plan="steps: []\n") == [
        ("not_a_number", 7, _together("weight", [7], {"x": 1})),
        ("weight_not_positive", 8, _together("weight", [8, 9], {"0": 1, "-1": 1})),
        ("respondent_twice", 10, _together("respondent", [10], {"a2": 1}, stage=1)),
        ("status_unknown", 1, _together("status", [1, 3, 4], {"zz": 2, "yy": 1}, known=STATUS_CHOICES)),
        ("respondent_not_sampled", 2, _together("respondent", [2], {"z1": 1})),
        ("respondent_twice", 3, _together("respondent", [3], {"z1": 1}, stage=1)),
        ("response_differs", 4, _together("village", [4, 5], {"b": 2}, value="a", unit="a3")),
        ("cell_missing", 6, _together("respondent", [6, 7], {"": 2})),
    ]


def test_a_thousand_rows_with_one_fault_are_one_problem_in_words(tmp_path: Path) -> None:
    responses = "respondent,status\n" + "".join(f"z{row},\n" for row in range(1500))
    with pytest.raises(InvalidInput) as caught:
        made(tmp_path, responses=responses, plan="steps: []\n")
    (problem,) = caught.value.problems
    assert message(problem) == (
        "1.500 người trả lời không có trong mẫu: “z0”, “z1”, “z2”, “z3” … (dòng 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …)."
    )


def _together(column: str, rows: list[int], values: dict[str, int], **more: object) -> dict[str, Any]:
    """The facts of a problem that stands for several rows."""
    first = next(iter(values))
    return {"column": column, "text": first, "count": sum(values.values()), "rows": rows, "values": values, **more}


def test_answers_may_be_written_into_a_copy_of_the_sample(tmp_path: Path) -> None:
    lines = SAMPLE.splitlines()
    answers = ["q01", "4", "4", "", "", "", "5", "5", ""]  # nothing of a3, and no replacement was asked
    copy = "\n".join(f"{line},{answer}" for line, answer in zip(lines, answers, strict=True))
    found = made(tmp_path, responses=copy + "\n", plan="steps: []\n")
    assert found.counts == {"sampled": 5, "ineligible": 0, "replaced": 0, "answered": 4, "silent": 1}
    assert weights_table(found).frame["q01"].to_list() == [4, 4, 5, 5]


def test_an_unknown_status_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    ((kind, row, facts),) = refused(tmp_path, responses="respondent,status\na1,maybe\na2,\n", plan="steps: []\n")
    assert (kind, row, facts["text"]) == ("status_unknown", 1, "maybe")
    assert facts["known"] == STATUS_CHOICES
    assert {word.partition(" (")[0] for word in facts["known"]} < set(STATUSES)


def test_a_status_is_told_of_rows_that_are_doubled_or_of_nobody_too(tmp_path: Path) -> None:
    responses = "respondent,status\na1,answered\na1,maybe\nz9,perhaps\na2,absent\n"
    found = refused(tmp_path, responses=responses, plan="steps: []\n")
    assert [(kind, row, facts.get("values")) for kind, row, facts in found] == [
        ("respondent_twice", 2, {"a1": 1}),
        ("status_unknown", 2, {"maybe": 1, "perhaps": 1}),
        ("respondent_not_sampled", 3, {"z9": 1}),
    ]


def test_faults_of_the_plan_hide_none_of_the_tables_nor_of_its_other_steps(tmp_path: Path) -> None:
    (tmp_path / "totals.csv").write_text("sex,total\nnam,x\nnữ,3\n", "utf-8")
    plan = """steps:
  - trim: {upper: -3}
  - nonresponse: {by: [village]}
  - poststratify: {by: [sex], file: totals.csv}
  - trim: {upper: 2, bogus: 1}
  - rake: {margins: [{by: [age], file: nowhere.csv}, {by: [sex], totals: {nam: 0, nữ: 3}}]}
"""
    responses = RESPONSES.replace("a5,đã trả lời,nam", "a5,zz,")
    for name, text in (("sample.csv", SAMPLE), ("responses.csv", responses), ("plan.yaml", plan)):
        (tmp_path / name).write_text(text, "utf-8")
    read = checked_weights_plan(tmp_path / "plan.yaml")
    with pytest.raises(InvalidInput) as caught:
        respondent_weights(read, tmp_path / "sample.csv", tmp_path / "responses.csv")
    assert [(one.kind, one.facts.get("step")) for one in caught.value.problems] == [
        ("trim_upper_not_positive", None),
        ("key_unknown", None),
        ("file_not_found", None),
        ("nonresponse_not_first", 2),
        ("margin_not_positive", 5),
        ("not_a_number", None),
        ("plan_column_missing", 5),
        ("status_unknown", None),
    ]
    (tmp_path / "sample.csv").write_text("respondent\na1\n", "utf-8")
    with pytest.raises(InvalidInput) as caught:
        respondent_weights(read, tmp_path / "sample.csv", tmp_path / "responses.csv")
    assert [one.kind for one in caught.value.problems] == [
        "trim_upper_not_positive", "key_unknown", "file_not_found", "nonresponse_not_first", "margin_not_positive",
        "not_a_number", "column_missing",
    ]  # fmt: skip


def test_a_plan_asks_for_columns_that_are_there(tmp_path: Path) -> None:
    plan = """steps:
  - nonresponse: {by: [sex]}
  - poststratify: {by: [age], totals: {a: 1}}
  - trim: {upper: 2, by: [village, commune]}
"""
    assert refused(tmp_path, plan=plan) == [
        ("plan_column_missing", None, {"column": "sex", "step": 1}),
        ("plan_column_missing", None, {"column": "age", "step": 2}),
        ("plan_column_missing", None, {"column": "commune", "step": 3}),
    ]


def test_a_missing_column_hides_nothing_that_the_totals_contradict(tmp_path: Path) -> None:
    plan = """steps:
  - poststratify: {by: [age], totals: {a: 90, b: 0}}
  - nonresponse: {by: [commune]}
  - rake: {margins: [{by: [sex], totals: {nam: 45, nữ: 45, x: 0}}, {by: [age], totals: {a: 50, b: 41}}]}
  - trim: {upper: 2, by: [commune]}
"""
    assert [kind for kind, _, _ in refused(tmp_path, plan=plan)] == [
        "plan_column_missing", "plan_column_missing", "plan_column_missing", "plan_column_missing",
        "nonresponse_not_first", "margin_not_positive", "margin_not_positive", "margins_disagree",
    ]  # fmt: skip


def test_a_table_that_cannot_be_read_hides_neither_the_other_nor_the_plan(tmp_path: Path) -> None:
    plan = PLAN + "  - nonresponse: {by: [village]}\n  - poststratify: {by: [sex], totals: {nam: 1}}\n"
    plan += "  - trim: {upper: 2}\n"
    found = refused(tmp_path, sample="respondent,village\na1,a\n", responses="id,sex\na1,nam\n", plan=plan)
    assert [kind for kind, _, _ in found] == [
        "column_missing", "column_missing", "nonresponse_not_first", "margins_disagree"
    ]  # fmt: skip


def test_faults_of_the_tables_hide_no_status_and_no_empty_class(tmp_path: Path) -> None:
    sample = SAMPLE.replace("b2,b,20", "b2,,x")
    responses = RESPONSES.replace("a4,absent", "a4,zz") + "z9,,,,\n"
    assert [(kind, row) for kind, row, _ in refused(tmp_path, sample=sample, responses=responses)] == [
        ("status_unknown", 4),
        ("respondent_not_sampled", 7),
        ("not_a_number", 7),
        ("cell_missing", 7),
    ]


def test_problems_of_totals_name_the_plan_and_the_table_of_totals(tmp_path: Path) -> None:
    (tmp_path / "sex.csv").write_text("sex,total\nnam,50\nnữ,-1\n", "utf-8")
    plan = """steps:
  - poststratify: {by: [sex], file: sex.csv}
  - rake:
      margins:
        - {by: [village], totals: {a: 20, b: 29}}
        - by: [village, sex]
          totals:
            a|nam: 21
            b|nữ: 28
"""
    with pytest.raises(InvalidInput) as caught:
        made(tmp_path, plan=plan)
    places = [(one.kind, one.place.file and Path(one.place.file).name, one.place.line) for one in caught.value.problems]
    assert places == [
        ("margin_not_positive", "sex.csv", 3),
        ("margin_class_unknown", "plan.yaml", 6),
        *[("margin_classes_disagree", "plan.yaml", 6)] * 4,
    ]


def test_what_only_the_weights_show_names_the_step(tmp_path: Path) -> None:
    plan = "steps:\n  - nonresponse: {by: [village]}\n  - trim: {upper: 0.5}\n"
    with pytest.raises(InvalidInput) as caught:
        made(tmp_path, plan=plan)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.place.line, problem.place.path) == ("trim_limit_too_low", 3, "steps/1/trim")
    assert message(problem).startswith("Mức cắt ")
    assert "nhóm" not in message(problem)
    with pytest.raises(InvalidInput) as caught:
        made(tmp_path, plan=plan.replace("0.5}", "0.5, by: [village]}"))
    told = message(caught.value.problems[0])
    assert "của nhóm “" in told
    assert "“”" not in told


def test_an_empty_class_of_a_respondent_is_a_missing_cell(tmp_path: Path) -> None:
    found = refused(
        tmp_path, responses="respondent,sex,q01\na1,,5\nb1,nam,\n", plan="steps:\n  - trim: {upper: 9, by: [sex]}\n"
    )
    assert found == [("cell_missing", 1, _together("sex", [1], {"": 1}))]


def test_empty_classes_are_told_once_for_all_steps(tmp_path: Path) -> None:
    responses = "respondent,sex,q01\na1,,1\na2,,1\na3,nam,1\nb1,,1\n"
    plan = "steps:\n  - trim: {upper: 9, by: [sex]}\n  - poststratify: {by: [village, sex], totals: {a|nam: 1}}\n"
    found = refused(tmp_path, sample=SAMPLE.replace("a2,a", "a2,"), responses=responses, plan=plan)
    assert found[:2] == [
        ("cell_missing", 2, _together("village", [2], {"": 1})),
        ("cell_missing", 1, _together("sex", [1, 2, 4], {"": 3})),
    ]


def test_replacements_are_asked_in_their_order_and_only_where_somebody_is_missing(tmp_path: Path) -> None:
    responses = "respondent,status\na1,\na2,refused\na3,\na5,\nb1,\nb2,\nb3,\n"
    assert refused(tmp_path, responses=responses, plan="steps: []\n") == [
        ("reserve_out_of_order", 5, _together("respondent", [5], {"a5": 1}, unit="a5", first="a4")),
        ("reserve_without_need", 8, _together("respondent", [8], {"b3": 1}, unit="b3", silent=0)),
    ]
    sample = SAMPLE + "b4,b,20,3,b,09\n"
    responses = "respondent,status\na1,\na2,\na3,\nb1,\nb2,\nb3,\nb4,\na5,\n"
    with pytest.raises(InvalidInput) as caught:
        made(tmp_path, sample, responses, "steps: []\n")
    assert [message(one) for one in caught.value.problems] == [
        "Dự phòng a5 đã được dùng trước a4.",
        "3 dự phòng đã trả lời mà ở đó không đủ người trong mẫu không trả lời để thay: “a5”, “b3”, “b4” "
        "(dòng 5, 8, 9); đầu tiên là a5, ở đó chỉ có 0 người.",
    ]


def test_what_the_plan_has_with_the_respondents_is_told_with_the_file(tmp_path: Path) -> None:
    plan = """steps:
  - nonresponse: {by: [village], minimum: 2}
  - rake: {margins: [{by: [sex], totals: {nam: 45}}, {by: [village], totals: {a: 40, b: 61}}]}
"""
    found = refused(tmp_path, plan=plan)
    assert [(kind, facts.get("label"), facts.get("count")) for kind, _, facts in found] == [
        ("nonresponse_class_small", "b", 1),
        ("margin_class_unknown", None, 2),
        ("margins_disagree", None, None),
    ]
    assert [(facts["classes"], facts["others"]) for kind, _, facts in found if kind == "margin_class_unknown"] == [
        (["nữ"], 0)
    ]
