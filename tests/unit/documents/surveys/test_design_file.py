"""The design file: what it may say, and everything that is wrong with it at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from parindex.documents.surveys.design_file import (
    CONFIDENCE,
    MINIMUM_CELL,
    StageColumns,
    SurveyDesign,
    checked_design,
    read_design,
)
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.questionnaire.variables import Choice, DontKnow, Item, Ratio, Rollup, Variables
from parindex.domain.survey.sample.design import EstimationStage, Lonely
from parindex.wording.problems import remedy

OF_THE_ISSUE = """\
strata: [province]
stages: [{cluster: district, population: n_districts}, {cluster: commune}]
weight: weight
lonely: average
items: [q01, q02]
scale: 5
groups: {g1: [q01, q02]}
"""


def read(folder: Path, content: str) -> SurveyDesign:
    path = folder / "d.yaml"
    path.write_text(content, "utf-8")
    return read_design(path)


def kinds(folder: Path, content: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InvalidInput) as error:
        read(folder, content)
    return [(one.kind, one.place.line) for one in error.value.problems]


def test_the_short_form(tmp_path: Path) -> None:
    made = read(tmp_path, OF_THE_ISSUE)
    assert made.variables == Variables((Item("q01"), Item("q02")), {"g1": ("q01", "q02")})
    assert made.strata == ("province",)
    assert made.stages == (StageColumns("district", "n_districts"), StageColumns("commune"))
    assert (made.weight, made.lonely, made.nested) == ("weight", Lonely.AVERAGE, False)
    assert (made.minimum_cell, made.confidence) == (MINIMUM_CELL, CONFIDENCE)
    assert made.design.stages == (EstimationStage("district", "n_districts"), EstimationStage("commune"))
    assert made.form == ""


def test_everything_that_may_be_said(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        """\
format: parindex/survey-design/1
title: "Khảo sát 2024"
strata: [province, kind]
stages: [{cluster: district, fraction: 0.1}, {population: 30}]
nested: true
weight: w
respondent: id
version: v
versions: ["2024.1"]
unit: district_id
respondent_group: who
overlap: [district]
items:
  - q01
  - code: q02
    title: "Phiền"
    reversed: true
    scale: {lowest: 0, highest: 10, satisfied_from: 8}
    dont_know: 77
    refused: 99
  - {code: q03, scale: [1, 2, 3], satisfied_from: 2, refused: [9]}
scale: 1-5
satisfied_from: 3
groups: {g1: [q01, q02], g2: [q03]}
parts: {p1: [g1, g2]}
titles: {g1: "Tiếp cận"}
rollup: items
index: share
dont_know: {codes: [8], counts_as: category}
refused: 9
wishes: {w1: {"1": "Nhanh"}, w2: [a, b]}
numbers: age
ratios: {r: {of: age, to: q01, title: "Tỷ số"}}
demographics: {sex: {f: Nữ, m: Nam}, area: [x, y]}
minimum_cell: 10
confidence: 90%
""",
    )
    assert made.stages == (StageColumns("district", fraction="0.1"), StageColumns(population="30"))
    assert made.design.stages[1] == EstimationStage("", "30")
    assert (made.nested, made.respondent, made.version, made.unit) == (True, "id", "v", "district_id")
    assert (made.respondent_group, made.overlap, made.minimum_cell) == ("who", ("district",), 10)
    assert made.confidence == 0.9
    assert made.demographics == {"sex": {"f": "Nữ", "m": "Nam"}, "area": {"x": "", "y": ""}}
    assert made.title == "Khảo sát 2024"
    assert made.variables == Variables(
        items=(
            Item("q01", satisfied_from=3, unknown=(8,), refused=(9,)),
            Item("q02", 0, 10, 8, (77,), (99,), reversed=True, title="Phiền"),
            Item("q03", 1, 3, 2, (8,), (9,)),
        ),
        groups={"g1": ("q01", "q02"), "g2": ("q03",)},
        parts={"p1": ("g1", "g2")},
        choices=(Choice("w1", {"1": "Nhanh"}), Choice("w2", {"a": "", "b": ""})),
        numbers=("age",),
        ratios=(Ratio("r", "age", "q01", "Tỷ số"),),
        rollup=Rollup.ITEMS,
        mapping=IndexMapping.SHARE,
        dont_know=DontKnow.CATEGORY,
        versions=("2024.1",),
        titles={"g1": "Tiếp cận"},
    )


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("5", (1, 5, 4)),
        ("3", (1, 3, 3)),
        ("0-10", (0, 10, 9)),
        ("1..7", (1, 7, 6)),
        ("[1, 2, 3, 4]", (1, 4, 4)),
        ("{lowest: 1, highest: 5}", (1, 5, 4)),
    ],
)
def test_scales_are_written_in_several_ways(tmp_path: Path, scale: str, expected: tuple[int, int, int]) -> None:
    item = read(tmp_path, f"items: {{q01: Câu một}}\nscale: {scale}\n").variables.items[0]
    assert (item.lowest, item.highest, item.satisfied_from) == expected
    assert item.title == "Câu một"


def test_answers_with_weights(tmp_path: Path) -> None:
    made = read(tmp_path, "items: [q01]\nscale: 3\nindex: {1: 0, 2: 1/2, 3: 100%}\n").variables
    assert made.mapping is IndexMapping.ANSWERS
    assert made.items[0].answer_weights == {1: Fraction(0), 2: Fraction(1, 2), 3: Fraction(1)}


def test_a_questionnaire_gives_the_variables_and_the_design_may_say_how_they_are_used(tmp_path: Path) -> None:
    made = read(tmp_path, "questionnaire: satisfaction-2024\nweight: w\n")
    assert (len(made.variables.items), made.form) == (39, "satisfaction-2024")
    changed = read(
        tmp_path,
        "questionnaire: satisfaction-2024\nrollup: respondents\nindex: mean_5\nversions: [a]\n"
        "dont_know: {codes: 9, counts_as: category}\n",
    ).variables
    assert (changed.rollup, changed.mapping, changed.versions) == (Rollup.RESPONDENTS, IndexMapping.MEAN_5, ("a",))
    assert changed.dont_know is DontKnow.CATEGORY
    assert changed.items == made.variables.items


def test_a_questionnaire_beside_the_design(tmp_path: Path) -> None:
    def reader(name: str, design: Path) -> Variables:
        return Variables((Item(f"{name}@{design.name}"),))

    path = tmp_path / "d.yaml"
    path.write_text("questionnaire: form.yaml\n", "utf-8")
    assert read_design(path, reader).variables.codes == ("form.yaml@d.yaml",)


@pytest.mark.parametrize("ratios", ["{r: [a, b]}", "{r: {of: a, to: b}}", "{r: {numerator: a, denominator: b}}"])
def test_ratios_are_written_in_several_ways(tmp_path: Path, ratios: str) -> None:
    assert read(tmp_path, f"items: [q01]\nratios: {ratios}\n").variables.ratios == (Ratio("r", "a", "b"),)


def test_dont_know_and_the_mapping_have_short_forms(tmp_path: Path) -> None:
    codes = read(tmp_path, "items: [q01]\ndont_know: [8, 9]\nmapping: share\n").variables
    assert (codes.items[0].unknown, codes.dont_know, codes.mapping) == ((8, 9), DontKnow.MISSING, IndexMapping.SHARE)
    one = read(tmp_path, "items: [q01]\ndont_know: 8\n").variables
    assert one.items[0].unknown == (8,)
    form = read(tmp_path, "questionnaire: satisfaction-2024\ndont_know: category\n").variables
    assert form.dont_know is DontKnow.CATEGORY


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("items: [q01]\nindex: share\nmapping: share\n", [("keys_exclude_each_other", 1)]),
        ("weight: w\n", [("design_without_items", 1)]),
        ("items: [q01]\nwieght: w\n", [("key_unknown", 2)]),
        ("items: [q01]\nlonely: ignore\n", [("value_not_allowed", 2)]),
        ("items: [q01]\nstages: [{cluster: a, population: n, fraction: f}]\n", [("keys_exclude_each_other", 2)]),
        ("items: [q01]\nstages: [{population: n}, {cluster: a}]\n", [("stage_without_cluster", 2)]),
        ("items: [q01]\nstrata: a\nweight: a\n", [("column_of_two_parts", 2)]),
        ("items: [q01]\nstages: [{cluster: a}, {cluster: a}]\n", [("column_of_two_parts", 2)]),
        ("items: [q01]\nstrata: all\n", [("name_reserved", 2)]),
        ("items: [q01]\nconfidence: 1\n", [("confidence_range", 2)]),
        ("items: [q01, q01]\n", [("code_of_two", 1)]),
        ("items: [all]\n", [("name_reserved", 1)]),
        ("items: [q01]\ngroups: {g1: [q09]}\n", [("unknown_member", 2)]),
        ("items: [q01]\ngroups: {g1: [q01], g2: [q01]}\n", [("member_twice", 2)]),
        ("items: [q01]\ngroups: {g1: [q01]}\nparts: {p: [g9]}\n", [("unknown_member", 3)]),
        ("items: [q01]\nreversed: [q02]\n", [("unknown_item_in_design", 2)]),
        ("items: [q01]\nscale: 3-3\n", [("scale_empty", 1)]),
        ("items: [q01]\nsatisfied_from: 1\n", [("satisfied_off_scale", 1)]),
        ("items: [q01]\ndont_know: {codes: 5}\n", [("unknown_on_scale", 1)]),
        ("items: [q01]\ndont_know: {codes: 9}\nrefused: 9\n", [("unknown_and_refused", 1)]),
        ("items: [q01]\nindex: {1: 0, 5: 1}\n", [("answer_without_weight", 2)]),
        ("items: [q01]\nindex: {1: 0, 2: 0, 3: 1, 4: 1, 5: 2}\n", [("answer_weight_off_range", 2)]),
        ("items: [q01]\nindex: {tốt: 1, xấu: 0}\n", [("answer_weights_of_no_answer", 2)]),
        ("questionnaire: satisfaction-2024\ngroups: {g: [q01]}\n", [("design_beside_questionnaire", 2)]),
        ("questionnaire: no-such-form\n", [("unknown_questionnaire", None)]),
        (
            "items: [q01]\nscale: 2-2\ngroups: {g1: [q09]}\nconfidence: 0\n",
            [("scale_empty", 1), ("unknown_member", 3), ("confidence_range", 4)],
        ),
    ],
)
def test_every_problem_has_its_line(tmp_path: Path, content: str, expected: list[tuple[str, int | None]]) -> None:
    assert kinds(tmp_path, content) == expected


def test_the_design_of_the_guide_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[4] / "docs" / "huong-dan" / "uoc-luong.md").read_text("utf-8")
    block = page.partition("## 2.")[0]
    made = read(tmp_path, "\n".join(line[4:] for line in block.splitlines() if line.startswith("    ")))
    assert made.stages == (StageColumns("district", "n_districts"), StageColumns("commune", fraction="0.1"))
    assert made.variables.ratios == (Ratio("visits_per_year", "visits", "years"),)


def test_faults_of_form_hide_no_other(tmp_path: Path) -> None:
    content = """items: [q01, q02]
lonely: x
minimum_cell: "-1"
groups: {g: [q01, q77]}
zzz: 1
confidence: 200%
reversed: [q99]
"""
    with pytest.raises(InvalidInput) as error:
        read(tmp_path, content)
    assert [(one.kind, one.place.line) for one in error.value.problems] == [
        ("value_not_allowed", 2), ("value_not_understood", 3), ("unknown_member", 4), ("key_unknown", 5),
        ("confidence_range", 6), ("unknown_item_in_design", 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "items: [q01]\nscale: xx\nsatisfied_from: 9\nreversed: [q2]\n",
            ["value_not_understood", "unknown_item_in_design"],
        ),
        ("items: [q01]\ngroups: [q01]\nparts: {p: [g1]}\n", ["value_wrong_type"]),
        ("items: 5\nlonely: x\n", ["value_not_understood", "value_not_allowed"]),
        ("wishes: 5\nconfidence: 2\n", ["value_wrong_type", "confidence_range"]),
        ("[]\n", ["value_wrong_type"]),
        ("", ["file_empty"]),
        (f"items: [q01]\nweight: {'x' * 300}\n", ["text_too_long"]),
        (
            "items: [q01]\nindex: share\nmapping: share\nconfidence: 2\n",
            ["keys_exclude_each_other", "confidence_range"],
        ),
        ("items: [q01]\ncalibration: {}\n", ["value_not_understood"]),
        ("items: [q01]\ncalibration: {rake: []}\n", ["list_empty"]),
    ],
)
def test_what_hangs_on_a_faulty_key_is_not_complained_of(tmp_path: Path, content: str, expected: list[str]) -> None:
    with pytest.raises(InvalidInput) as error:
        read(tmp_path, content)
    assert [one.kind for one in error.value.problems] == expected


def test_faulty_groups_hide_no_sound_ones(tmp_path: Path) -> None:
    content = "items: [q01]\ngroups: {h: [], g: [q77], k: [q01]}\nparts: {p: [h]}\n"
    with pytest.raises(InvalidInput) as error:
        read(tmp_path, content)
    assert [(one.kind, one.place.path) for one in error.value.problems] == [
        ("list_empty", "groups/h"),
        ("unknown_member", "groups/g"),
    ]


@pytest.mark.parametrize(
    ("content", "sought"),
    [
        (
            "strata: [a, b]\nstages: [{cluster: c, population: n}, {fraction: 10%}]\nitems: [q01]\nlonely: maybe\n",
            ("a", "b", "c", "n", "q01"),
        ),
        ("strata: a\nstages: [c, {cluster: c, bogus: 1}]\nitems: [{code: q01, scale: 3-3}, 5]\n", ("a", "c", "q01")),
        ("stages: 5\nstrata: {}\nitems: {q01: x, q02: y}\nlonely: maybe\n", ("q01", "q02")),
        ("questionnaire: satisfaction-2024\nitems: [x]\nstrata: s\n", ("s",)),
        ("items: [q01]\nstrata: s\n", ()),
    ],
)
def test_the_columns_that_a_faulty_design_names_are_sought_in_the_data(
    tmp_path: Path, content: str, sought: tuple[str, ...]
) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(content, "utf-8")
    design, _ = checked_design(path)
    assert design is not None
    assert design.sought == sought


def test_a_faulty_rule_for_lonely_clusters_hides_no_fault_of_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("strata: a\nstages: [{cluster: c}]\nitems: [q01]\nlonely: maybe\n", "utf-8")
    design, problems = checked_design(path)
    assert [one.kind for one in problems] == ["value_not_allowed"]
    assert design is not None
    assert (design.strata, design.stages, design.lonely) == (("a",), (StageColumns("c"),), Lonely.ADJUST)


def test_the_sound_part_of_a_faulty_design_serves_to_check_data(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("strata: a\nstages: 5\nweight: w\nitems: [q01, {code: q02, scale: 3-3}]\n", "utf-8")
    design, problems = checked_design(path)
    assert [one.kind for one in problems] == ["value_wrong_type", "scale_empty"]
    assert design is not None
    assert (design.strata, design.stages, design.lonely, design.weight) == ((), (), Lonely.ADJUST, "w")
    assert design.variables.codes == ("q01",)
    path.write_text("a: *b\n", "utf-8")
    assert checked_design(path)[0] is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{poststratify: unit}", (("unit",),)),
        ("{poststratify: [unit, sex]}", (("unit", "sex"),)),
        ("{rake: [unit, [sex, age]]}", (("unit",), ("sex", "age"))),
    ],
)
def test_margins_that_weights_were_fitted_to(tmp_path: Path, said: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert read(tmp_path, f"items: [q01]\nweight: w\ncalibration: {said}\n").calibration == expected
    assert read(tmp_path, "items: [q01]\n").calibration == ()


def test_a_wrong_type_points_to_the_schema_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        read(tmp_path, "items: [q01]\nnested: [x]\n")
    (problem,) = error.value.problems
    assert problem.facts["schema"] == "survey-design.schema.json"
    assert "survey-design.schema.json" in remedy(problem)
