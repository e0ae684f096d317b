"""A questionnaire as an XLSForm workbook that pyxform turns into an XForm."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pyxform.xls2xform import convert
from tests.unit.domain.survey.questionnaires import form, question, words

from parindex.documents.surveys.questionnaire_file import (
    load_questionnaire,
    shipped_questionnaire_ids,
)
from parindex.documents.surveys.xlsform import Form, form_of, require_valid, write_xlsform, xform_of
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.questionnaire.conditions import Answered
from parindex.domain.survey.questionnaire.form import Questionnaire, Section

VALID = Path(__file__).parents[3] / "golden" / "questionnaires" / "valid.yaml"
VI, EN = "Tiếng Việt (vi)", "English (en)"


def _valid() -> Questionnaire:
    return load_questionnaire(VALID)


def test_what_stands_in_the_sheet_of_questions() -> None:
    rows = {row["name"]: row for row in form_of(_valid()).survey if row["type"] != "end_group"}
    assert list(rows) == [
        "respondent",
        "respondent_group",
        "s1",
        "used",
        "age",
        "q01",
        "q02",
        "s2",
        "q03",
        "wishes",
        "other",
    ]
    assert rows["respondent_group"]["type"] == "select_one respondent_group"
    assert rows["age"] == {
        "type": "integer",
        "name": "age",
        f"label::{VI}": "Tuổi?",
        f"label::{EN}": "Age?",
        "constraint": ". >= 18 and . <= 120",
    }
    assert rows["q01"]["type"] == "select_one five"
    assert rows["q01"]["relevant"] == "selected(${used}, '1')"
    assert rows["q01"]["parindex_feeds"] == "1.1"
    assert rows["q02"]["parindex_reversed"] == "yes"
    assert rows["s2"]["relevant"] == (
        "(selected(${respondent_group}, 'citizens') and ${age} >= 20 and selected(${used}, '1'))"
    )
    assert rows["wishes"]["type"] == "select_multiple wishes"
    assert rows["wishes"]["constraint"] == (
        "count-selected(.) <= 2 and not(selected(., '3') and count-selected(.) > 1)"
    )


def test_what_stands_in_the_sheets_of_choices_and_settings() -> None:
    made = form_of(_valid())
    assert [row["name"] for row in made.choices if row["list_name"] == "five"] == ["1", "2", "3", "4", "5", "8"]
    assert [row.get("parindex_meaning") for row in made.choices if row["list_name"] == "five"][4:] == [None, "unknown"]
    assert made.settings == ({"form_title": "Phiếu", "form_id": "form", "version": "1", "default_language": VI},)


def test_one_respondent_group_is_not_asked_for() -> None:
    only = replace(_valid(), respondent_groups=_valid().respondent_groups[1:])
    made = form_of(only)
    assert "respondent_group" not in [row["name"] for row in made.survey]
    section = next(row for row in made.survey if row["name"] == "s2")
    assert section["parindex_respondents"] == "citizens"
    assert "respondent_group" not in section["relevant"]


def test_the_introduction_of_a_section_is_a_note_with_a_name_of_its_own() -> None:
    questionnaire = form(question("s1_hint"))
    section = Section("s1", words("phần"), questionnaire.sections[0].questions, hint=words("Mời trả lời"))
    made = form_of(replace(questionnaire, sections=(section,)))
    assert [(row["type"], row["name"]) for row in made.survey] == [
        ("text", "respondent"),
        ("begin_group", "s1"),
        ("note", "s1_hint_"),
        ("text", "s1_hint"),
        ("end_group", "s1"),
    ]


@pytest.mark.parametrize("name", shipped_questionnaire_ids())
def test_shipped_questionnaires_become_xforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_xlsform(path, require_valid(load_questionnaire(name)))
    made = convert(str(path), validate=False)
    assert made.warnings == []
    translations = re.findall(r'<translation lang="([^"]*)"', made.xform)
    assert translations == [VI, EN]


def test_conditions_and_limits_reach_the_xform() -> None:
    xform, _ = xform_of(form_of(_valid()))
    binds = dict(re.findall(r'<bind nodeset="/data/([\w/]+)"([^>]*)>', xform))
    assert "relevant=\"selected( /data/s1/used , '1')\"" in binds["s1/q01"].replace("&apos;", "'")
    assert 'constraint=". &gt;= 18 and . &lt;= 120"' in binds["s1/age"]


def test_nothing_in_a_workbook_is_a_formula_and_the_same_form_is_the_same_file(tmp_path: Path) -> None:
    hostile = form(question("q1", hint=words("@SUM(A1)")), title=words('=HYPERLINK("http://x")'))
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsform(tmp_path / name, require_valid(hostile))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheets = [archive.read(one).decode() for one in archive.namelist() if "worksheets/sheet" in one]
    assert len(sheets) == 4
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)


def test_a_cell_that_no_workbook_holds() -> None:
    with pytest.raises(InvalidInput) as refusal:
        require_valid(form(question("q1", hint=words("a" * 32_768))))
    assert [(one.kind, one.place.sheet, one.facts["column"]) for one in refusal.value.problems] == [
        ("xlsform_cell_too_long", "survey", f"hint::{VI}")
    ]


def test_what_pyxform_refuses_is_said() -> None:
    rows = ({"type": "select_one none", "name": "q"},)
    with pytest.raises(InvalidInput) as refusal:
        xform_of(Form(rows, (), ()), "form.xlsx")
    assert [one.kind for one in refusal.value.problems] == ["xlsform_refused"]
    assert refusal.value.problems[0].facts["detail"].startswith("There should be a choices sheet")


def test_what_pyxform_stumbles_over_is_a_refusal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(**_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("pyxform.xls2xform.convert", stumble)
    with pytest.raises(InvalidInput) as refusal:
        require_valid(form(question("q1"), question("q2", relevant=Answered("q1"))))
    assert [one.facts for one in refusal.value.problems] == [{"detail": "KeyError"}]
