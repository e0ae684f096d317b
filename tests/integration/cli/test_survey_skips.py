"""``survey estimate``, ``points``, ``weights`` on a form with skip conditions: who answered and was not to be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.integration.cli.running import run

FORM = """\
format: parindex/questionnaire/1
id: f
version: "1"
title: {vi: Phiếu thử}
languages: [vi]
respondent_groups:
  - {code: citizens, label: {vi: Người dân}}
  - {code: officials, label: {vi: Công chức}}
scales:
  - code: five
    points:
      - {code: 1, label: {vi: Rất không}}
      - {code: 2, label: {vi: Không}}
      - {code: 3, label: {vi: Bình thường}}
      - {code: 4, label: {vi: Hài lòng}}
      - {code: 5, label: {vi: Rất hài lòng}}
    satisfied_from: 4
sections:
  - code: s
    label: {vi: Phần một}
    questions:
      - code: used
        kind: single
        label: {vi: Đã dùng?}
        options: [{code: 1, label: {vi: Có}}, {code: 2, label: {vi: Không}}]
      - {code: q01, kind: scale, scale: five, label: {vi: Thái độ}, relevant: {question: used, in: [1]}}
      - {code: q02, kind: scale, scale: five, label: {vi: Việc riêng}, respondents: [citizens]}
      - {code: q03, kind: scale, scale: five, label: {vi: Chung}}
      - {code: why, kind: text, label: {vi: Vì sao?}, relevant: {question: q03, in: [1, 2]}}
groups:
  - {code: g1, label: {vi: Nhóm}, items: [q01, q02, q03]}
"""


def estimate(folder: Path, rows: list[str], *more: str, heads: str = "used,respondent_group,q01,q02,q03,why") -> Any:
    (folder / "form.yaml").write_text(FORM, "utf-8")
    (folder / "d.yaml").write_text("questionnaire: form.yaml\nlonely: adjust\nminimum_cell: 1\n", "utf-8")
    data = folder / "f.csv"
    data.write_text("\n".join([heads, *rows]) + "\n", "utf-8")
    return run("survey", "estimate", "--data", str(data), "--design", str(folder / "d.yaml"), *more)


#: Two citizens and two officials; one citizen did not use the service, and the officials were not asked q02.
RIGHT = ["1,citizens,5,4,3,", "2,citizens,,5,2,chậm", "1,officials,,,4,", "1,officials,2,,5,"]


def test_a_question_that_was_rightly_left_out_is_no_missing_answer(tmp_path: Path) -> None:
    data = estimate(tmp_path, RIGHT, "--format", "json").data
    assert {one["kind"] for one in data["notes"]} == {"answers_alike"}
    assert [(one["variable"], one["asked"], one["blank"], one["share"]) for one in data["item_nonresponse"]] == [
        ("q01", 3, 1, 1 / 3),
        ("q02", 2, 0, 0),
        ("q03", 4, 0, 0),
    ]


def test_answers_of_those_who_were_not_to_be_asked_are_remarked_and_kept(tmp_path: Path) -> None:
    rows = [*RIGHT, "2,citizens,1,3,4,lạc", "2,officials,1,3,5,", "1,,3,3,3,"]
    done = estimate(tmp_path, rows, "--format", "json")
    assert done.code == 0
    assert done.data["notes"] == [
        {"kind": "answered_unasked", "variable": name, "reason": reason, "file": "f.csv", "count": len(at), "rows": at}
        for name, reason, at in (("q01", "relevant", [5, 6]), ("q02", "respondents", [6]), ("why", "relevant", [5]))
    ]
    mean = next(row for row in done.data["rows"] if row["variable"] == "q01")
    assert (mean["n"], mean["estimate"]) == (5, 12 / 5)
    first = done.data["item_nonresponse"][0]
    assert (first["variable"], first["asked"]) == ("q01", 6)
    words = " ".join(estimate(tmp_path, rows).out.split())
    assert "Câu q01: 2 câu trả lời của người không được hỏi theo điều kiện hỏi (dòng 5, 6)." in words
    assert "Câu q02: 1 câu trả lời của người thuộc nhóm không được hỏi (dòng 6)." in words


def test_a_group_that_the_form_does_not_have_is_a_problem(tmp_path: Path) -> None:
    done = estimate(tmp_path, [*RIGHT, "1,Officials,3,3,3,", "1,Officials,3,,3,"], "--format", "json")
    assert done.code == 2
    (problem,) = done.data["problems"]
    assert (problem["kind"], problem["place"]["row"]) == ("respondent_group_misspelt", 5)
    assert problem["remedy"] == "Có phải Officials → officials? Ghi đúng mã nhóm của phiếu: citizens, officials."


def test_of_two_years_both_are_held_against_the_conditions(tmp_path: Path) -> None:
    estimate(tmp_path, ["2,citizens,1,3,4,", *RIGHT])
    (tmp_path / "f.csv").rename(tmp_path / "before.csv")
    data = estimate(tmp_path, RIGHT, "--compare", str(tmp_path / "before.csv"), "--format", "json").data
    unasked = [one for one in data["notes"] if one["kind"] == "answered_unasked"]
    assert [(one["file"], one["variable"], one["rows"]) for one in unasked] == [("before.csv", "q01", [1])]


def test_a_condition_whose_question_is_not_in_the_data_is_said(tmp_path: Path) -> None:
    rows = ["5,4,3", "4,5,2", "1,2,4"]
    done = estimate(tmp_path, rows, "--format", "json", heads="q01,q02,q03")
    assert done.data["notes"] == [{"kind": "condition_unchecked", "variable": "q01", "missing": ["used"]}]
    words = estimate(tmp_path, rows, heads="q01,q02,q03").out
    assert "Không đối chiếu được điều kiện hỏi của câu q01: dữ liệu không có used." in words


#: One item fed by the whole form.
SET = """format: parindex/criteria-set/1
id: s
title: Bộ
year: 2026
areas:
  - {code: "1", title: Hài lòng, max_points: 10, survey: {of: [all], questionnaire: form}}
"""
UNASKED = ["1,citizens,5,4,3,", "2,citizens,1,3,4,lạc", "2,officials,1,3,5,"]
SAID = (
    "Câu q01: 2 câu trả lời của người không được hỏi theo điều kiện hỏi (dòng 2, 3).",
    "Câu q02: 1 câu trả lời của người thuộc nhóm không được hỏi (dòng 3).",
)


def points(folder: Path, *source: str) -> Any:
    (folder / "set.yaml").write_text(SET, "utf-8")
    return run("survey", "points", "--set", str(folder / "set.yaml"), "--unit", "tinh", *source)


def test_points_say_the_same_from_answers_and_from_estimates(tmp_path: Path) -> None:
    notes = estimate(tmp_path, UNASKED, "--format", "json").data["notes"]
    assert estimate(tmp_path, UNASKED, "--out", str(tmp_path / "e.json")).code == 0
    answers = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    for source in (answers, ["--estimates", str(tmp_path / "e.json")]):
        told = " ".join(points(tmp_path, *source).out.split())
        assert [one in told for one in SAID] == [True, True]
        data = points(tmp_path, *source, "--format", "json")
        assert data.data["unasked"] == notes
        assert [any(note.startswith(one) for note in data.data["notes"]) for one in SAID] == [True, True]
        assert SAID[0] in " ".join(points(tmp_path, *source, "--format", "csv").err.split())


def test_cluster_codes_in_two_clusters_above_are_remarked_once(tmp_path: Path) -> None:
    rows = [f"a{d},b{c},5,4,{3 + c % 2},4,6" for d, c in ((0, 0), (0, 1), (1, 2), (1, 3), (1, 1))]
    heads = "district,commune,q01,q02,q03,n,m"
    estimate(tmp_path, rows, heads=heads)
    stages = "stages: [{cluster: district, population: n}, {cluster: commune, population: m}]\n"
    with (tmp_path / "d.yaml").open("a", encoding="utf-8") as file:
        file.write(stages)
    files = ["--data", str(tmp_path / "f.csv"), "--design", str(tmp_path / "d.yaml")]
    done = run("survey", "estimate", *files, "--format", "json", "--out", str(tmp_path / "e.json"))
    assert done.code == 0
    told = {
        "kind": "clusters_shared_below", "column": "commune", "stage": 2, "file": "f.csv", "count": 1, "codes": ["b1"],
    }  # fmt: skip
    words = "Giai đoạn 2, cột commune: 1 mã cụm nằm ở nhiều cụm cấp trên (b1); mỗi nơi được tính là một cụm khác."
    assert words in " ".join(run("survey", "estimate", *files).out.split())
    for source in (files, ["--estimates", str(tmp_path / "e.json")]):
        assert told in points(tmp_path, *source, "--format", "json").data["unasked"]


def test_points_of_estimates_with_a_condition_that_could_not_be_checked(tmp_path: Path) -> None:
    assert estimate(tmp_path, ["5,4,3"], "--out", str(tmp_path / "e.json"), heads="q01,q02,q03").code == 0
    done = points(tmp_path, "--estimates", str(tmp_path / "e.json"), "--format", "json")
    assert done.data["unasked"] == [{"kind": "condition_unchecked", "variable": "q01", "missing": ["used"]}]


def test_estimates_with_remarks_that_nobody_wrote_are_refused(tmp_path: Path) -> None:
    assert estimate(tmp_path, UNASKED, "--out", str(tmp_path / "e.json")).code == 0
    sound = (tmp_path / "e.json").read_text("utf-8")
    for right, wrong in (('"relevant"', '"other"'), ('"answered_unasked"', "[]"), ('"count": 2', '"count": "x"')):
        assert right in sound
        (tmp_path / "e.json").write_text(sound.replace(right, wrong), "utf-8")
        done = points(tmp_path, "--estimates", str(tmp_path / "e.json"), "--format", "json")
        wanted = (0, None) if wrong == "[]" else (2, ["estimates_not_understood"])
        assert (done.code, [one["kind"] for one in done.data["problems"]] if done.code else None) == wanted


def weights(folder: Path, answers: list[str], *more: str) -> Any:
    estimate(folder, ["1,citizens,5,4,3,"])
    (folder / "sample.csv").write_text("respondent,weight\na,10\nb,10\nc,10\n", "utf-8")
    rows = [f"{name},{row}" for name, row in zip("abc", answers, strict=True)]
    heads = "respondent,used,respondent_group,q01,q02,q03,why"
    (folder / "r.csv").write_text("\n".join([heads, *rows]) + "\n", "utf-8")
    (folder / "plan.yaml").write_text("steps: []\n", "utf-8")
    files = ["--sample", "sample.csv", "--responses", "r.csv", "--plan", "plan.yaml"]
    named = [str(folder / one) if "." in one else one for one in files]
    return run("survey", "weights", *named, "--questionnaire", str(folder / "form.yaml"), *more)


def test_weights_say_the_same_where_the_questionnaire_is_given(tmp_path: Path) -> None:
    done = weights(tmp_path, UNASKED)
    assert (done.code, [one in " ".join(done.out.split()) for one in SAID]) == (0, [True, True])
    notes = weights(tmp_path, UNASKED, "--format", "json").data["notes"]
    assert [(one["variable"], one["reason"], one["rows"]) for one in notes] == [
        ("q01", "relevant", [2, 3]), ("q02", "respondents", [3]), ("why", "relevant", [2]),
    ]  # fmt: skip
    written = weights(tmp_path, UNASKED, "--out", str(tmp_path / "w.csv"))
    assert (written.code, SAID[0] in " ".join(written.out.split())) == (0, True)


def test_answers_that_do_not_fit_the_questionnaire_are_told_before_weights_are_made(tmp_path: Path) -> None:
    done = weights(tmp_path, ["1,citizens,9,4,3,", "1,citizens,9,3,x,", "1,officials,1,,5,"], "--format", "json")
    found = [(one["kind"], one["place"]["row"]) for one in done.data["problems"]]
    assert (done.code, found) == (2, [("answer_off_scale", 1), ("not_a_number", 2)])
    missing = weights(tmp_path, UNASKED, "--questionnaire", str(tmp_path / "none.yaml"), "--format", "json")
    assert missing.code == 2
