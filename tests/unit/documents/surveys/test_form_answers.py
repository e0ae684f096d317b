"""Answers as ODK and KoBo export them become the data file of a survey."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.unit.documents.surveys.xlsform_books import write_book
from tests.unit.domain.survey.questionnaires import form, multiple, number, question, scale, words

from parindex.documents.surveys import form_answers
from parindex.documents.surveys.form_answers import data_rows
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.questionnaire.form import RespondentGroup

FORM = form(scale("q01"), multiple("wishes", "1", "2", "6"), number("change"), question("note"))


def _csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _refused(path: Path) -> list[tuple[str, dict[str, object]]]:
    with pytest.raises(InvalidInput) as refusal:
        data_rows(FORM, path)
    return [(problem.kind, problem.facts) for problem in refusal.value.problems]


def test_an_export_of_odk_with_groups_in_the_heads(tmp_path: Path) -> None:
    path = _csv(
        tmp_path / "odk.csv",
        "SubmissionDate,s1-q01,s1-wishes,s1-change,s1-note,meta-instanceID,KEY",
        "2024-12-01,4,1 6,-2,tốt,uuid:a,uuid:a",
        "2024-12-02,,,,,uuid:b,uuid:b",
    )
    columns, rows, doubts = data_rows(FORM, path)
    assert columns == ["respondent", "q01", "wishes", "change", "note"]
    assert rows == [["uuid:a", "4", "1;6", Fraction(-2), "tốt"], ["uuid:b", None, None, None, None]]
    left_out = [one.facts["column"] for one in doubts if one.kind == "answers_column_left_out"]
    assert left_out == ["SubmissionDate"]


def test_the_code_in_the_sample_comes_before_the_number_of_the_export(tmp_path: Path) -> None:
    path = _csv(tmp_path / "f.csv", "respondent,q01,KEY", "h-01,4,uuid:a", ",5,uuid:b")
    columns, rows, doubts = data_rows(form(scale("q01")), path)
    assert (columns, doubts) == (["respondent", "q01"], [])
    assert rows == [["h-01", "4"], ["uuid:b", "5"]]


def test_an_export_of_kobo_with_split_choices(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "kobo.xlsx",
        data=[
            ["q01", "wishes/1", "wishes/2", "wishes/6", "change", "note", "__version__", "FormVersion", "_uuid"],
            [4, 1, 0, 1, "x", "a", "vAb", "v1", "u1"],
            [None, None, None, None, None, None, "vAb", "v1", "u2"],
            [5, "True", "False", "TRUE", 1, "b", "vAb", "v1", "u3"],
        ],
    )
    columns, rows, doubts = data_rows(FORM, path)
    assert columns == ["respondent", "version", "q01", "wishes", "change", "note"]
    assert rows == [
        ["u1", "v1", "4", "1;6", "x", "a"],
        ["u2", "v1", None, None, None, None],
        ["u3", "v1", "5", "1;6", "1", "b"],
    ]
    assert [one.facts for one in doubts] == [{"column": "__version__"}]


def test_joined_choices_count_where_there_are_both(tmp_path: Path) -> None:
    path = _csv(
        tmp_path / "both.csv", "respondent,q01,wishes,wishes/1,wishes/6,change,note,weight", "a,4,6,0,1,1.5,x,2"
    )
    columns, rows, doubts = data_rows(FORM, path)
    assert dict(zip(columns, rows[0], strict=True)) == {
        "respondent": "a",
        "weight": "2",
        "q01": "4",
        "wishes": "6",
        "change": Fraction(3, 2),
        "note": "x",
    }
    assert doubts == []


def test_the_group_of_a_respondent_is_kept_and_rows_are_numbered_where_nothing_names_them(tmp_path: Path) -> None:
    groups = tuple(RespondentGroup(code, words(code)) for code in ("a", "b"))
    path = _csv(tmp_path / "f.csv", "respondent_group,q01,start", "a,4,x", "b,5,y")
    columns, rows, _ = data_rows(form(scale("q01"), respondent_groups=groups), path)
    assert columns == ["respondent", "respondent_group", "q01"]
    assert rows == [["1", "a", "4"], ["2", "b", "5"]]


def test_what_makes_an_export_unusable(tmp_path: Path) -> None:
    missing = _csv(tmp_path / "a.csv", "s1/q01,s2/q01,note,change", "1,2,x,1")
    assert _refused(missing) == [
        ("answers_column_twice", {"question": "q01", "first": "s1/q01", "second": "s2/q01"}),
        ("answers_column_missing", {"question": "wishes"}),
    ]
    marks = _csv(tmp_path / "b.csv", "q01,wishes/1,wishes/6,change,note", "1,yes,1,1,x", "1,0,2,1,x")
    assert _refused(marks) == [
        ("answers_mark_unknown", {"column": "wishes/1", "found": "yes"}),
        ("answers_mark_unknown", {"column": "wishes/6", "found": "2"}),
    ]
    empty = _csv(tmp_path / "c.csv", "q01,wishes,change,note")
    assert [kind for kind, _ in _refused(empty)] == ["answers_empty"]
    long = _csv(tmp_path / "e.csv", "q01,wishes,change,note", "1,1,1,x", "1,1,1,x,y")
    assert [kind for kind, _ in _refused(long)] == ["answers_row_too_long"]
    (tmp_path / "f.csv").write_bytes("q01;wishes;change;note\n1;1;1;tốt".encode("utf-16"))
    assert [kind for kind, _ in _refused(tmp_path / "f.csv")] == ["not_utf8"]
    damaged = _csv(tmp_path / "g.csv", "q01,wishes,change,note", '1,1,1,"' + "x" * 200_000)
    assert [kind for kind, _ in _refused(damaged)] == ["file_damaged"]
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    assert [kind for kind, _ in _refused(tmp_path / "d.pdf")] == ["unknown_extension"]


def test_semicolons_as_kobo_writes_them_and_lines_within_an_answer(tmp_path: Path) -> None:
    path = _csv(tmp_path / "k.csv", "q01;wishes;change;note;_id", '4;"1 6";1;"tốt\nlắm";7')
    columns, rows, _ = data_rows(FORM, path)
    assert columns == ["respondent", "q01", "wishes", "change", "note"]
    assert rows == [["7", "4", "1;6", Fraction(1), "tốt lắm"]]


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_answers, "MAX_FILE_BYTES", 5)
    assert [kind for kind, _ in _refused(_csv(tmp_path / "a.csv", "q01,wishes"))] == ["file_too_large"]
