"""Questionnaires from XLSForms of others: what is taken over, what is said to be left out, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.unit.documents.surveys.xlsform_books import FOREIGN, Cell, write_book

from parindex.documents.readers import limits
from parindex.documents.surveys.questionnaire_file import load_questionnaire
from parindex.documents.surveys.questionnaire_to_data import questionnaire_data
from parindex.documents.surveys.xlsform import form_of, write_xlsform
from parindex.documents.surveys.xlsform_reading import read_xlsform
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.questionnaire.form import NoAnswerMeaning, Questionnaire

VALID = Path(__file__).parents[3] / "golden" / "questionnaires" / "valid.yaml"


def _refused(path: Path, scales: dict[str, int] | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as refusal:
        read_xlsform(path, scales)
    return [problem.kind for problem in refusal.value.problems]


def _small(path: Path, *rows: list[Cell], head: list[Cell] | None = None, **more: Any) -> Path:
    first: list[Cell] = head or ["type", "name", "label::English (en)"]
    return write_book(path, survey=[first, *rows], **more)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    return write_book(tmp_path / "kobo.xlsx", **FOREIGN)


def test_a_form_made_by_others(foreign: Path) -> None:
    questionnaire, _ = read_xlsform(foreign, {"hai_long": 4})
    data = questionnaire_data(questionnaire)
    assert (data["id"], data["version"], data["title"]["vi"], data["languages"]) == (
        "khao-sat-1",
        "1",
        "Khảo sát “1”",
        ["vi", "en"],
    )
    sections = [(section["code"], [one["code"] for one in section["questions"]]) for section in data["sections"]]
    assert sections == [
        ("section", ["Gioi_tinh", "tuoi"]),
        ("g_1", ["q1"]),
        ("g_2", ["q2"]),
        ("g_1_2", ["q3"]),
        ("section_2", ["income"]),
    ]
    over_20 = {"question": "tuoi", "above": "20"}
    assert [section.get("relevant") for section in data["sections"]] == [None, over_20, over_20, over_20, None]
    asked = {one["code"]: one for section in data["sections"] for one in section["questions"]}
    assert (asked["tuoi"]["minimum"], asked["tuoi"]["maximum"], asked["tuoi"]["integer"]) == ("18", "120", True)
    assert (asked["Gioi_tinh"]["kind"], asked["Gioi_tinh"]["required"]) == ("single", True)
    assert asked["q1"]["relevant"] == {"question": "Gioi_tinh", "in": ["nu"]}
    assert (asked["q1"]["kind"], asked["q1"]["scale"]) == ("scale", "hai_long")
    assert asked["q2"]["label"] == {"vi": "Câu 2 [tuoi]", "en": "Q2"}
    assert (asked["q3"]["kind"], asked["q3"]["most"]) == ("multiple", "2")
    assert asked["q3"]["label"] == {"vi": "Câu 3", "en": "Câu 3"}


def test_the_scale_of_a_form_made_by_others(foreign: Path) -> None:
    questionnaire, _ = read_xlsform(foreign, {"hai_long": 4})
    scale = questionnaire.scales[0]
    assert [point.code for point in scale.points] == ["1", "2", "3", "4", "5"]
    assert scale.satisfied_from == 4
    assert [(one.code, one.meaning) for one in scale.no_answer] == [
        ("97", NoAnswerMeaning.UNKNOWN),
        ("98", NoAnswerMeaning.UNKNOWN),
        ("99", NoAnswerMeaning.REFUSED),
    ]


def test_everything_that_was_not_taken_over_is_said(foreign: Path) -> None:
    _, doubts = read_xlsform(foreign, {"hai_long": 4})
    assert [(one.kind, one.place.cell, one.facts) for one in doubts] == [
        ("xlsform_sheet_left_out", None, {"sheet": "Notes"}),
        ("xlsform_column_left_out", None, {"column": "appearance", "count": 1}),
        ("xlsform_column_left_out", None, {"column": "image", "count": 1}),
        ("xlsform_language_assumed", None, {"language": "vi"}),
        ("xlsform_question_left_out", "A2", {"name": "start", "type": "start"}),
        ("xlsform_question_left_out", "A3", {"name": "hello", "type": "note"}),
        ("xlsform_renamed", "A4", {"name": "Giới-tính", "code": "Gioi_tinh"}),
        ("xlsform_renamed", "A3", {"name": "nữ", "code": "nu"}),
        ("xlsform_label_missing", None, {"name": "Khảo sát “1”", "language": "en"}),
        ("xlsform_group_nested", "A8", {"name": "g_2", "group": "g_1"}),
        (
            "xlsform_expression_left_out",
            "A9",
            {"name": "q2", "column": "relevant", "expression": "string-length(${hello}) > 1"},
        ),
        ("xlsform_reference_in_label", "A9", {"name": "q2"}),
        ("xlsform_label_missing", "A11", {"name": "q3", "language": "en"}),
        (
            "xlsform_expression_left_out",
            "A13",
            {"name": "income", "column": "constraint", "expression": "regex(., 'x')"},
        ),
        ("xlsform_expression_left_out", "A13", {"name": "income", "column": "required", "expression": "1 = 1"}),
        ("xlsform_question_left_out", "A14", {"name": "gps", "type": "geopoint"}),
        ("xlsform_question_left_out", "A15", {"name": "people", "type": "begin_repeat"}),
        ("xlsform_version_missing", None, {}),
        ("xlsform_scale_choice_left_out", "A12", {"list": "hai_long", "name": "na"}),
        ("xlsform_meaning_assumed", "A9", {"code": "97", "meaning": "unknown"}),
    ]


def test_a_type_is_named_as_the_form_names_it(tmp_path: Path) -> None:
    """pyxform calls an image a photo, which is no word of the form."""
    rows: list[list[Cell]] = [["image", "anh", "Picture"], ["integer", "tuoi", "Age"]]
    _, doubts = read_xlsform(_small(tmp_path / "f.xlsx", *rows, head=["Type", "name", "label::English (en)"]))
    left_out = [one.facts for one in doubts if one.kind == "xlsform_question_left_out"]
    assert left_out == [{"name": "anh", "type": "image"}]


def test_a_title_has_the_language_that_the_form_has_it_in(tmp_path: Path) -> None:
    """XLSForm has titles in one language; one in Vietnamese is no English title. Used as the label of a section that
    the form has not, it is said to be missing, once."""
    head: list[Cell] = ["type", "name", "label::Tiếng Việt (vi)", "label::English (en)"]
    rows: list[list[Cell]] = [
        ["integer", "a", "A", "A"],
        ["begin_group", "g", "Nhóm", "Group"], ["integer", "b", "B", "B"], ["end_group", "g", "", ""],
        ["integer", "c", "C", "C"],
    ]  # fmt: skip
    settings: list[list[Cell]] = [["form_title", "form_id", "version", "default_language"],
                                  ["Phiếu của tôi", "f", "1", "Tiếng Việt (vi)"]]  # fmt: skip
    questionnaire, doubts = read_xlsform(_small(tmp_path / "f.xlsx", *rows, head=head, settings=settings))
    assert (questionnaire.languages, questionnaire.title) == (("vi", "en"), {"vi": "Phiếu của tôi"})
    assert [section.label["en"] for section in questionnaire.sections] == ["Phiếu của tôi", "Group", "Phiếu của tôi"]
    missing = [one.facts for one in doubts if one.kind == "xlsform_label_missing"]
    assert missing == [{"name": "Phiếu của tôi", "language": "en"}]
    assert questionnaire_data(questionnaire)["title"] == {"vi": "Phiếu của tôi"}


def test_a_list_is_never_taken_for_a_scale_unasked(foreign: Path) -> None:
    questionnaire, doubts = read_xlsform(foreign)
    assert questionnaire.scales == ()
    possible = [one.facts for one in doubts if one.kind == "xlsform_scale_possible"]
    assert possible == [{"list": "hai_long", "count": 2, "points": 5}]


def test_scales_that_cannot_be(foreign: Path) -> None:
    assert _refused(foreign, {"x": 4, "gender": 1}) == ["xlsform_scale_unknown", "xlsform_scale_without_points"]


def _edited(tmp_path: Path, **changed: Any) -> tuple[Questionnaire, list[str]]:
    """Our own form after somebody changed a sheet in a spreadsheet program."""
    made = form_of(load_questionnaire(VALID))
    path = tmp_path / "form.xlsx"
    write_xlsform(path, replace(made, **changed))
    questionnaire, doubts = read_xlsform(path)
    return questionnaire, [one.kind for one in doubts]


def test_a_form_of_ours_without_our_sheet(tmp_path: Path) -> None:
    """A program that drops unknown sheets loses scales and groups, and says what may be scales."""
    questionnaire, doubts = _edited(tmp_path, parindex=())
    assert (questionnaire.scales, questionnaire.groups) == ((), ())
    assert doubts == ["xlsform_reversed_left_out", "xlsform_scale_possible"]
    assert [group.code for group in questionnaire.respondent_groups] == ["deputies", "citizens"]
    assert questionnaire.sections[1].respondents == ("citizens",)


def test_rows_of_our_sheet_that_cannot_be_read(tmp_path: Path) -> None:
    rows = ({"key": "rollup", "value": "{"}, {"key": "x", "value": "1"}, {"key": "note", "value": '"a"'})
    questionnaire, doubts = _edited(tmp_path, parindex=rows)
    assert questionnaire.note == "a"
    assert doubts == [
        "xlsform_extra_left_out",
        "xlsform_extra_left_out",
        "xlsform_reversed_left_out",
        "xlsform_scale_possible",
    ]


def test_rows_of_our_sheet_with_what_a_questionnaire_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _edited(tmp_path, parindex=({"key": "rollup", "value": "7"}, {"key": "groups", "value": "[]"}))
    assert {one.kind for one in refusal.value.problems} == {"value_not_allowed", "value_wrong_type"}


def test_respondent_groups_inside_a_condition_that_ours_cannot_say(tmp_path: Path) -> None:
    made = form_of(load_questionnaire(VALID))
    other = "selected(${respondent_group}, 'citizens') or ${age} > 20"
    survey = tuple({**row, "relevant": other} if row["name"] == "q02" else row for row in made.survey)
    questionnaire, doubts = _edited(tmp_path, survey=survey)
    assert doubts == ["xlsform_expression_left_out"]
    assert questionnaire.sections[0].questions[3].relevant is None


def test_languages_without_a_code(tmp_path: Path) -> None:
    head: list[Cell] = ["type", "name", "label::Tiếng Việt", "label::Klingon"]
    path = _small(tmp_path / "f.xlsx", ["text", "q1", "Câu 1", "x"], head=head)
    questionnaire, doubts = read_xlsform(path)
    assert questionnaire.sections[0].questions[0].label == {"vi": "Câu 1"}
    assert [one.kind for one in doubts] == ["xlsform_language_unknown", "xlsform_version_missing"]
    assert questionnaire.id == "f"


def test_a_plain_label_has_the_language_of_the_settings(tmp_path: Path) -> None:
    settings = [["form_id", "version", "default_language"], ["2024", "7", "English (en)"]]
    path = _small(tmp_path / "f.xlsx", ["text", "q1", "Q"], head=["type", "name", "label"], settings=settings)
    questionnaire, doubts = read_xlsform(path)
    assert (questionnaire.languages, questionnaire.id, questionnaire.version) == (("en",), "q-2024", "7")
    assert doubts == []


def test_names_that_fall_together(tmp_path: Path) -> None:
    choices: list[list[Cell]] = [["list_name", "name", "label::English (en)"], ["l", "á", "A"], ["l", "a", "B"]]
    path = _small(
        tmp_path / "f.xlsx",
        ["select_one l", "câu", "Q1"],
        ["text", "cau", "Q2", "selected(${câu}, 'a')"],
        ["text", "weight", "Q3"],
        head=["type", "name", "label::English (en)", "relevant"],
        choices=choices,
    )
    questionnaire, doubts = read_xlsform(path)
    asked = questionnaire_data(questionnaire)["sections"][0]["questions"]
    assert [one["code"] for one in asked] == ["cau", "cau_2", "weight_2"]
    assert [option["code"] for option in asked[0]["options"]] == ["a", "a_2"]
    assert asked[1]["relevant"] == {"question": "cau", "in": ["a_2"]}
    assert [one.kind for one in doubts].count("xlsform_renamed") == 5


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([["note", "n", "N"]], ["xlsform_no_questions"]),
        ([["select_one nothing", "q", "Q"]], ["xlsform_refused"]),
        ([["text", "q 1", "Q"]], ["xlsform_refused"]),
        ([["begin_group", "g", "G"], ["text", "q", "Q"]], ["xlsform_refused"]),
        ([*([["begin_group", f"g{n}", "G"] for n in range(21)]), ["text", "q", "Q"]], ["xlsform_nested_too_deep"]),
        ([["text", f"q{n}", "Q"] for n in range(5_001)], ["xlsform_too_many_rows"]),
    ],
)
def test_forms_that_are_refused(rows: list[list[Cell]], kinds: list[str], tmp_path: Path) -> None:
    assert _refused(_small(tmp_path / "f.xlsx", *rows)) == kinds


def test_workbooks_that_are_no_forms(tmp_path: Path) -> None:
    assert _refused(write_book(tmp_path / "a.xlsx", answers=[["q1"], [1]])) == ["xlsform_sheet_missing"]
    assert _refused(write_book(tmp_path / "b.xlsx", survey=[["kind"], ["text"]])) == ["xlsform_column_missing"] * 2
    assert _refused(_small(tmp_path / "c.xlsx", ["text", "q", "q"], head=["type", "name", "name"])) == [
        "xlsform_column_twice"
    ]
    (tmp_path / "d.csv").write_text("type,name\ntext,q\n")
    assert _refused(tmp_path / "d.csv") == ["unknown_extension"]
    (tmp_path / "e.xlsx").write_bytes(b"PK\x03\x04")
    assert _refused(tmp_path / "e.xlsx") == ["file_damaged"]


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _small(tmp_path / "f.xlsx", ["text", "q", "Q" * 20_000])
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 5_000)
    assert _refused(path) == ["file_unpacks_too_large"]


def test_a_formula_counts_by_its_stored_value(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name", "label::English (en)"])
        sheet.write_row(1, 0, ["text", "q1"])
        sheet.write_formula(1, 2, '=CONCAT("a","b")', None, "ab")
    questionnaire, _ = read_xlsform(path)
    assert questionnaire.sections[0].questions[0].label == {"en": "ab"}


def test_notes_groups_and_conditions_that_say_nothing_of_a_questionnaire(tmp_path: Path) -> None:
    head: list[Cell] = ["type", "name", "label::English (en)", "relevant", "constraint"]
    path = _small(
        tmp_path / "f.xlsx",
        ["begin_group", "g", "G", "true()"],
        ["note", "welcome", "Welcome"],
        ["text", "q1", "Q1", None, ". >= 1"],
        ["integer", "q2", "Q2", None, "count-selected(.) <= 2"],
        ["select_multiple l", "q3", "Q3", None, "count-selected(.) <= 9"],
        ["end_group"],
        head=head,
        choices=[["list_name", "name", "label::English (en)"], ["l", "1", None]],
    )
    questionnaire, doubts = read_xlsform(path)
    [section] = questionnaire.sections
    assert (section.code, section.relevant, section.hint) == ("g", None, {})
    assert [question.code for question in section.questions] == ["q1", "q2", "q3"]
    assert section.questions[2].options[0].label == {"en": "1"}
    assert [(one.kind, one.facts.get("name")) for one in doubts] == [
        ("xlsform_question_left_out", "welcome"),
        ("xlsform_expression_left_out", "q1"),
        ("xlsform_expression_left_out", "q2"),
        ("xlsform_label_missing", "1"),
        ("xlsform_expression_left_out", "q3"),
        ("xlsform_version_missing", None),
    ]


def test_an_empty_sheet_beside_the_others(tmp_path: Path) -> None:
    path = _small(tmp_path / "f.xlsx", ["text", "q1", "Q1"], empty=[], settings=[["version"], ["1"]])
    questionnaire, doubts = read_xlsform(path)
    assert (questionnaire.version, doubts) == ("1", [])


def test_our_form_whose_labels_lost_their_languages(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["key", "value"], ["languages", '["en"]']]
    path = _small(tmp_path / "f.xlsx", ["text", "q1", "Q1"], head=["type", "name", "label"], parindex=rows)
    questionnaire, doubts = read_xlsform(path)
    assert questionnaire.languages == ("en",)
    assert [one.kind for one in doubts] == ["xlsform_version_missing"]
