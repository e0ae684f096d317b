"""Reading responses: columns by the names of the design, categories, wishes, weights, other formats."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from parindex.documents.surveys.design_file import StageColumns, SurveyDesign
from parindex.documents.surveys.responses import read_responses
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.survey.questionnaire.variables import Choice, Item, Limits, Ratio, Variables
from parindex.domain.survey.sample.design import Lonely
from parindex.wording.problems import message, remedy

FORM = Variables((Item("Q01"), Item("q02", unknown=(9,))))
DESIGN = SurveyDesign("d.yaml", FORM, lonely=Lonely.ADJUST)


def table(folder: Path, content: str, name: str = "f.csv") -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def kinds(path: Path, design: SurveyDesign, *by: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InvalidInput) as error:
        read_responses(path, design, by)
    return [(one.kind, one.place.row) for one in error.value.problems]


def test_heads_are_found_whatever_their_case_and_blanks_are_no_answers(tmp_path: Path) -> None:
    found = read_responses(table(tmp_path, "q01;Q02;ghi chú\n5;9;x\n;4;\n3,0;1;\n"), DESIGN)
    np.testing.assert_array_equal(found.answers, [[5, 9], [np.nan, 4], [3, 1]])
    assert len(found) == 3
    assert found.sample.weight.tolist() == [1, 1, 1]
    assert len(found.sample.levels[0].parent) == 3


def test_several_columns_of_strata_are_crossed(tmp_path: Path) -> None:
    design = SurveyDesign("d", FORM, strata=("p", "k"), stages=(StageColumns("c"),), lonely=Lonely.ADJUST)
    found = read_responses(table(tmp_path, "p,k,c,Q01,q02\nA,x,1,1,1\nA,y,2,1,1\nB,x,3,1,1\nA,x,4,1,1\n"), design)
    assert found.strata.labels == ("A / x", "A / y", "B / x")
    assert found.strata.code.tolist() == [0, 1, 2, 0]


def test_populations_and_fractions_are_columns_or_numbers(tmp_path: Path) -> None:
    path = table(tmp_path, "c,h,n,Q01,q02\n1,1,4,1,1\n1,2,4,1,1\n2,3,4,1,1\n2,4,4,1,1\n")
    stages = (StageColumns("c", "n"), StageColumns("h", fraction="50%"))
    levels = read_responses(path, SurveyDesign("d", FORM, stages=stages)).sample.levels
    assert [level.population.tolist() for level in levels] == [[4], [4, 4]]
    constant = (StageColumns("c", "7"), StageColumns(population="5"))
    levels = read_responses(path, SurveyDesign("d", FORM, stages=constant)).sample.levels
    assert [level.population.tolist() for level in levels] == [[7], [5, 5]]


def test_categories_are_alphabetical_or_as_declared(tmp_path: Path) -> None:
    path = table(tmp_path, "sex,Q01,q02\nm,1,1\n,1,1\nf,1,1\n")
    found = read_responses(path, DESIGN, ["sex"]).categories["sex"]
    assert (found.labels, found.code.tolist()) == (("f", "m"), [1, -1, 0])
    declared = SurveyDesign("d", FORM, demographics={"sex": {"m": "Nam", "f": "Nữ", "x": "Khác"}}, lonely=Lonely.ADJUST)
    found = read_responses(path, declared, ["sex"]).categories["sex"]
    assert (found.labels, found.code.tolist()) == (("m", "f", "x"), [0, -1, 1])
    narrow = SurveyDesign("d", FORM, demographics={"sex": {"m": ""}})
    assert kinds(path, narrow, "sex") == [("category_unknown", 3)]


def test_wishes_are_options_with_semicolons(tmp_path: Path) -> None:
    form = Variables((), choices=(Choice("w", {"1": "", "2": "", "6": ""}, most=2),))
    design = SurveyDesign("d", form)
    found = read_responses(table(tmp_path, "w\n1;6\n2\n 6 ; 1\n1\n"), design).wishes["w"]
    assert found.tolist() == [[1, 0, 1], [0, 1, 0], [1, 0, 1], [1, 0, 0]]
    path = table(tmp_path, "w,x\n1;2;6,a\n9,a\n2;2,a\n,a\n")
    assert kinds(path, design) == [("options_too_many", 1), ("option_unknown", 2), ("option_twice", 3)]


def test_numbers_may_have_a_comma_a_per_cent_or_a_quotient(tmp_path: Path) -> None:
    form = Variables((), numbers=("a",), ratios=(Ratio("r", "a", "b"),))
    found = read_responses(table(tmp_path, "a;b\n1,5;3/4\n;50%\n"), SurveyDesign("d", form)).numbers
    np.testing.assert_array_equal(found["a"], [1.5, np.nan])
    assert found["b"].tolist() == [0.75, 0.5]


def test_of_a_form_only_the_scales_are_needed(tmp_path: Path) -> None:
    form = Variables(
        (Item("q01"),), choices=(Choice("w", {"1": ""}),), numbers=("age",), ratios=(Ratio("r", "age", "q01"),)
    )
    path = table(tmp_path, "q01\n1\n2\n")
    found = read_responses(path, SurveyDesign("d", form, questionnaire="form"))
    assert (found.survey.variables.choices, found.survey.variables.numbers, found.survey.variables.ratios) == (
        (),
        (),
        (),
    )
    assert kinds(path, SurveyDesign("d", form)) == [("column_missing", None)]


def test_versions_are_checked_where_they_are_known(tmp_path: Path) -> None:
    form = Variables((Item("q01"),), versions=("2024.1",))
    path = table(tmp_path, "q01,version\n1,2024.1\n1,2023\n1,\n")
    assert kinds(path, SurveyDesign("d", form)) == [("version_unknown", 2)]
    assert len(read_responses(table(tmp_path, "q01\n1\n2\n"), SurveyDesign("d", form))) == 2
    own = SurveyDesign("d", form, version="v")
    assert kinds(table(tmp_path, "q01,v\n1,x\n1,2024.1\n"), own) == [("version_unknown", 1)]


def test_a_sheet_names_the_cell_and_parquet_the_row(tmp_path: Path) -> None:
    frame = pl.DataFrame({"Q01": [1, 7], "q02": [1, 2]})
    frame.write_parquet(tmp_path / "f.parquet")
    assert kinds(tmp_path / "f.parquet", DESIGN) == [("answer_off_scale", 2)]
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx")) as book:
        sheet = book.add_worksheet("phieu")
        for row, cells in enumerate((("Q01", "q02"), (1, 1), (7, 2), (8, 2))):
            sheet.write_row(row, 0, cells)
    with pytest.raises(InvalidInput) as error:
        read_responses(tmp_path / "f.xlsx", DESIGN)
    (problem,) = error.value.problems
    assert (problem.kind, problem.place.sheet, problem.place.cell) == ("answer_off_scale", "phieu", "A3")
    assert problem.facts["cells"] == ["A3", "A4"]
    assert message(problem).endswith("“7”, “8” (ô A3, A4).")


def test_the_weights_of_another_table_need_names_of_respondents(tmp_path: Path) -> None:
    design = SurveyDesign("d", FORM, respondent="id", weight="w", lonely=Lonely.ADJUST)
    weights = table(tmp_path, "id,w\nb,3\na,2\n", "w.csv")
    path = table(tmp_path, "id,Q01,q02\na,1,1\nb,1,1\n")
    assert read_responses(path, design, (), weights).sample.weight.tolist() == [2, 3]


def test_clusters_numbered_anew_are_taken_so_and_it_is_said(tmp_path: Path) -> None:
    design = SurveyDesign("d", FORM, strata=("p",), stages=(StageColumns("c"),))
    found = read_responses(table(tmp_path, "p,c,Q01,q02\nA,1,1,1\nA,2,1,1\nB,1,1,1\nB,2,1,1\n"), design)
    assert found.numbered_anew
    assert found.sample.levels[0].sampled.tolist() == [2, 2]
    assert kinds(table(tmp_path, "p,c,Q01,q02\nA,1,1,1\nA,2,1,1\nB,2,1,1\nB,3,1,1\n"), design) == [
        ("cluster_in_two_strata", 3)
    ]


def test_a_missing_column_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    design = SurveyDesign("d", FORM, strata=("p",), stages=(StageColumns("c", "n"),), weight="w")
    path = table(tmp_path, "respondent,c,n,w,Q01\na,1,5,0,7\na,1,6,1,1\n")
    assert kinds(path, design) == [
        ("column_missing", None),
        ("weight_not_positive", 1), ("answer_off_scale", 1), ("respondent_twice", 2),
    ]  # fmt: skip
    weightless = table(tmp_path, "respondent,p,c,n,Q01,q02\na,1,1,1,1,1\nb,1,2,1,1,1\n")
    fitted = replace(design, calibration=(("sex",),))
    found = kinds(weightless, fitted, "region")
    assert found == [("column_missing", None), ("population_below_sample", 1)]


def problems(path: Path, design: SurveyDesign, *by: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as error:
        read_responses(path, design, by)
    return error.value.problems


def test_missing_columns_are_told_at_once(tmp_path: Path) -> None:
    (problem,) = problems(table(tmp_path, "Q01\n1\n2\n"), replace(DESIGN, weight="w"), "region")
    assert (problem.facts["columns"], problem.facts["count"]) == (["w", "region", "q02"], 3)
    assert message(problem) == "Thiếu 3 cột: “w”, “region”, “q02”."
    (one,) = problems(table(tmp_path, "Q01\n1\n2\n"), DESIGN)
    assert (message(one), "count" in one.facts) == ("Thiếu cột “q02”.", False)
    twice, missing = problems(table(tmp_path, "Q01,Q01\n1,1\n"), replace(DESIGN, weight="w"))
    assert (twice.kind, missing.facts["columns"]) == ("column_twice", ["w", "q02"])


def test_one_fault_of_a_question_is_one_problem_with_count_places_and_values(tmp_path: Path) -> None:
    form = replace(FORM, choices=(Choice("w", {"1": "", "2": ""}),))
    rows = ["7,1,1", "tốt,1,3", "7,1,2;9", "0,1,3", "tốt,1,1", "5,1,1"]
    content = "Q01,q02,w\n" + "\n".join(rows) + "\n"
    scale, words, options = sorted(
        problems(table(tmp_path, content), replace(DESIGN, variables=form)), key=lambda one: one.kind
    )
    assert scale.kind == "answer_off_scale"
    known = {name: scale.facts[name] for name in ("count", "rows", "values", "text", "item")}
    assert known == {"count": 3, "rows": [1, 3, 4], "values": {"7": 2, "0": 1}, "text": "7", "item": "Q01"}
    assert message(scale) == "Q01: 3 câu trả lời ngoài thang 1–5: “7” (2), “0” (dòng 1, 3, 4)."
    assert (words.kind, words.facts["values"]) == ("not_a_number", {"tốt": 2})
    assert message(words) == "Cột “q01”: 2 ô không phải một số, “tốt” (2) (dòng 2, 5)."
    assert (options.kind, options.facts["count"], options.place.row) == ("option_unknown", 3, 2)
    assert message(options) == "w: 3 ô có lựa chọn không có trong phiếu (1, 2): “3” (2), “2;9” (dòng 2, 3, 4)."


def test_of_many_rows_the_first_are_named_and_all_are_counted(tmp_path: Path) -> None:
    wrong = [str(number) for number in range(10, 40)]
    path = table(tmp_path, "Q01,q02\n" + "".join(f"{one},1\n" for one in wrong))
    (problem,) = problems(path, DESIGN)
    assert (problem.facts["count"], len(problem.facts["rows"]), len(problem.facts["values"])) == (30, 20, 20)
    assert "“10”, “11”, “12”, “13” … (dòng 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …)" in message(problem)


def test_a_table_of_weights_is_told_by_its_own_rows(tmp_path: Path) -> None:
    weights = table(tmp_path, "respondent,weight\na,1\nx,2\nb,-5\ny,3\n", "w.csv")
    path = table(tmp_path, "respondent,Q01,q02\na,1,1\nb,1,1\n,1,1\nc,1,1\n")
    with pytest.raises(InvalidInput) as error:
        read_responses(path, DESIGN, (), weights)
    assert [(one.kind, one.place.file, one.place.row, one.facts.get("text")) for one in error.value.problems] == [
        ("cell_missing", "f.csv", 3, ""),
        ("respondent_without_weight", "f.csv", 4, "c"),
        ("weight_without_respondent", "w.csv", 2, "x"),
        ("weight_not_positive", "w.csv", 3, "-5"),
    ]
    assert error.value.problems[2].facts["values"] == {"x": 1, "y": 1}


def test_respondents_are_all_named_or_none_is(tmp_path: Path) -> None:
    assert kinds(table(tmp_path, "respondent,Q01,q02\na,1,1\n,1,1\n"), DESIGN) == [("cell_missing", 2)]
    assert len(read_responses(table(tmp_path, "respondent,Q01,q02\n,1,1\n,2,1\n"), DESIGN)) == 2


def test_what_the_design_leaves_out_of_the_data_is_remarked(tmp_path: Path) -> None:
    path = table(tmp_path, "Weight,weight_2_raking,sex,Q01,q02\n1,1,m,1,1\n2,2,f,2,1\n")
    assert read_responses(path, DESIGN).remarks == ("weight_unused",)
    weighted = replace(DESIGN, weight="weight")
    assert read_responses(path, weighted).remarks == ("calibration_undeclared",)
    assert read_responses(path, replace(weighted, calibration=(("sex",),))).remarks == ()


def test_margins_of_the_design_calibrate_the_sample(tmp_path: Path) -> None:
    path = table(tmp_path, "w,sex,age,Q01,q02\n1,m,y,1,1\n2,f,y,2,1\n3,f,o,2,1\n4,m,o,2,1\n")
    design = replace(DESIGN, weight="w", calibration=(("sex", "age"),))
    one = read_responses(path, design).sample.calibration
    assert one is not None
    assert ([margin.code.tolist() for margin in one.margins], one.raking) == ([[3, 1, 0, 2]], False)
    two = read_responses(path, replace(design, calibration=(("sex",), ("age",)))).sample.calibration
    assert two is not None
    assert ([margin.code.tolist() for margin in two.margins], two.raking) == ([[1, 0, 0, 1], [1, 1, 0, 0]], True)
    assert kinds(path, replace(design, weight="")) == [("calibration_without_weight", None)]
    empty = table(tmp_path, "w,sex,age,Q01,q02\n1,,y,1,1\n2,f,y,2,1\n", "g.csv")
    assert kinds(empty, design) == [("cell_missing", 1)]


def test_a_number_of_the_design_is_told_with_its_value_and_once_where_all_rows_share_the_fault(tmp_path: Path) -> None:
    path = table(tmp_path, "c,Q01,q02\n1,1,1\n2,1,1\n")
    for stage, told in (
        (StageColumns("c", fraction="1.2"), ("fraction_range", "d.yaml", None, "1.2")),
        (StageColumns("c", "1"), ("population_below_sample", path.name, 1, "1")),
    ):
        with pytest.raises(InvalidInput) as error:
            read_responses(path, replace(DESIGN, stages=(stage,)))
        (problem,) = error.value.problems
        assert (problem.kind, problem.place.file, problem.place.row, problem.facts["text"]) == told


def test_one_fault_of_several_clusters_is_one_problem(tmp_path: Path) -> None:
    rows = [(p, f"{p}{c}", n) for p in "ABC" for c in range(2) for n in (2, 3)]
    design = SurveyDesign("d", FORM, strata=("p",), stages=(StageColumns("c", "5"), StageColumns("h", "n")))
    content = "p,c,h,n,Q01,q02\n" + "".join(f"{p},{c},{i},{n},1,1\n" for i, (p, c, n) in enumerate(rows))
    (varies,) = problems(table(tmp_path, content), replace(design, lonely=Lonely.ADJUST))
    assert (varies.kind, varies.place.row, varies.facts["count"], varies.facts["first"]) == (
        "population_varies",
        2,
        6,
        1,
    )
    assert varies.facts["values"] == {"3": 6}
    assert message(varies) == (
        "Giai đoạn 2, cột n: ở 6 cụm (tầng) cấp trên các dòng ghi khác nhau, “3” (6) (dòng 2, 4, 6, 8, 10, 12; đầu "
        "tiên: dòng 1 cùng cụm cấp trên ghi 2)."
    )
    (below,) = problems(table(tmp_path, content), replace(design, stages=(StageColumns("c", "1"),)))
    assert (below.kind, below.place.row, below.facts["count"]) == ("population_below_sample", 1, 3)
    assert message(below) == (
        "Giai đoạn 1: ở 3 cụm (tầng) cấp trên, tổng thể ghi ít hơn số cụm đã có trong mẫu, “1” (3) (dòng 1, 5, 9; đầu "
        "tiên: mẫu có 2 cụm)."
    )
    crossed = "p,c,Q01,q02\nA,x,1,1\nA,y,1,1\nB,y,1,1\nB,x,1,1\nB,x,1,1\n"
    (in_two,) = problems(table(tmp_path, crossed), replace(design, stages=(StageColumns("c"),), lonely=Lonely.ADJUST))
    assert (in_two.kind, in_two.place.row, in_two.facts["count"], in_two.facts["first"]) == (
        "cluster_in_two_strata", 3, 2, 2
    )  # fmt: skip
    assert in_two.facts["values"] == {"y": 1, "x": 1}


def test_groups_that_the_questionnaire_does_not_have_are_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    design = replace(DESIGN, variables=replace(FORM, respondent_groups=("deputies", "managers")))
    rows = ["deputies", "Managers", "", "Manager", "managers", "x", "Managers"]
    content = "respondent_group,Q01,q02\n" + "".join(f"{one},1,1\n" for one in rows)
    meant, other = problems(table(tmp_path, content), design)
    assert (meant.kind, meant.place.row, meant.facts["values"]) == (
        "respondent_group_misspelt", 2, {"Managers": 2, "Manager": 1},
    )  # fmt: skip
    assert message(meant) == (
        "Cột respondent_group: 3 ô ghi nhóm người trả lời không có trong phiếu, “Managers” (2), “Manager” (dòng 2, 4, "
        "7)."
    )
    assert remedy(meant) == (
        "Có phải Manager → managers, Managers → managers? Ghi đúng mã nhóm của phiếu: deputies, managers."
    )
    assert (other.kind, other.place.row, message(other)) == (
        "respondent_group_undeclared", 6, "Cột respondent_group: nhóm người trả lời “x” không có trong phiếu.",
    )  # fmt: skip
    named = replace(design, respondent_group="g")
    assert kinds(table(tmp_path, "g,Q01,q02\nstaff,1,1\n", "g.csv"), named) == [("respondent_group_undeclared", 1)]
    sound = read_responses(table(tmp_path, "respondent_group,Q01,q02\nmanagers,1,1\n,1,1\n", "h.csv"), design)
    assert sound.groups is not None
    assert sound.groups.tolist() == [1, -1]
    free = read_responses(table(tmp_path, content), DESIGN)
    assert free.groups is None
    assert free.categories["respondent_group"].labels == ("Manager", "Managers", "deputies", "managers", "x")


def test_an_unknown_option_of_a_single_choice_asks_for_one_code(tmp_path: Path) -> None:
    choice = Choice("used", {"1": "", "2": ""}, most=1)
    design = replace(DESIGN, variables=replace(FORM, choices=(choice, replace(choice, code="w", most=None))))
    one, several = problems(table(tmp_path, "Q01,q02,used,w\n1,1,3,3\n1,1,2,1;2\n"), design)
    assert (one.kind, several.kind) == ("option_of_one_unknown", "option_unknown")
    assert remedy(one) == "Câu này chọn một: ghi đúng một mã trong các mã của phiếu, hoặc để trống nếu không trả lời."


def test_numbers_keep_to_the_limits_of_their_question(tmp_path: Path) -> None:
    form = replace(FORM, numbers=("age",), limits={"age": Limits(Fraction(16), Fraction(110), integer=True)})
    path = table(tmp_path, "Q01,q02,age\n1,1,16\n1,1,\n1,1,15\n1,1,200\n1,1,30.5\n1,1,110\n")
    found = kinds(path, replace(DESIGN, variables=form))
    assert found == [("number_off_limits", 3), ("number_not_whole", 5)]
    free = replace(FORM, numbers=("age",), limits={"age": Limits()})
    assert len(read_responses(path, replace(DESIGN, variables=free))) == 6


def test_an_option_that_excludes_the_others_stands_alone(tmp_path: Path) -> None:
    form = replace(FORM, choices=(Choice("w", {"1": "", "2": "", "9": ""}, alone=frozenset({"9"})),))
    path = table(tmp_path, "Q01,q02,w\n1,1,1;2\n1,1,9\n1,1,9;1\n1,1,9;9\n")
    found = kinds(path, replace(DESIGN, variables=form))
    assert found == [("option_not_alone", 3), ("option_twice", 4)]


def test_items_on_different_scales_in_one_mean_are_remarked(tmp_path: Path) -> None:
    path = table(tmp_path, "Q01,q02\n1,1\n")
    assert read_responses(path, DESIGN).remarks == ()
    items = (Item("Q01", 1, 3, 3), *FORM.items[1:])
    mixed = replace(FORM, items=items, groups={"a": ("Q01",), "b": ("q02",)}, parts={"p": ("a", "b")})
    assert mixed.mixing_scales == ("p", "all")
    assert read_responses(path, replace(DESIGN, variables=mixed)).remarks == ("scales_mixed",)


@pytest.mark.parametrize(
    ("stages", "unused"),
    [
        ((StageColumns("c", "9"), StageColumns("h", "9")), False),
        ((StageColumns("c", fraction="0.5"), StageColumns("h")), False),
        ((StageColumns("c"), StageColumns("h")), False),
        ((StageColumns("c"), StageColumns("h", "9")), True),
        ((StageColumns("c", "9"), StageColumns("h"), StageColumns(fraction="0.5")), True),
    ],
)
def test_a_population_below_a_stage_drawn_with_replacement_is_remarked(
    tmp_path: Path, stages: tuple[StageColumns, ...], unused: bool
) -> None:
    path = table(tmp_path, "c,h,Q01,q02\n1,1,1,1\n1,2,1,1\n2,3,1,1\n2,4,1,1\n")
    found = read_responses(path, replace(DESIGN, stages=stages))
    assert found.remarks == (("population_unused",) if unused else ())


def test_versions_that_nothing_is_held_against_are_remarked(tmp_path: Path) -> None:
    path = table(tmp_path, "version,Q01,q02\n1,1,1\n7,1,1\n")
    assert read_responses(path, DESIGN).remarks == ("version_unchecked",)
    assert read_responses(path, replace(DESIGN, version="version")).remarks == ("version_unchecked",)
    known = replace(DESIGN, variables=replace(FORM, versions=("1", "7")))
    assert read_responses(path, known).remarks == ()


@pytest.mark.parametrize(
    ("column", "remarked"), [("q01", True), ("Q02", True), ("w", True), ("age", True), ("k", False)]
)
def test_cells_by_what_is_estimated_are_remarked(tmp_path: Path, column: str, remarked: bool) -> None:
    form = replace(FORM, choices=(Choice("w", {"1": "", "2": ""}),), numbers=("age",))
    path = table(tmp_path, "Q01,q02,w,age,k\n1,1,1,30,a\n2,1,1;2,40,b\n")
    found = read_responses(path, replace(DESIGN, variables=form), [column])
    assert found.remarks == (("by_question",) if remarked else ())
