"""A questionnaire that went out as an XLSForm, or as YAML, comes back the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from tests.property.questionnaires import conditions, questionnaires
from tests.unit.domain.survey.questionnaires import multiple, number, question, single

from parindex.documents.criteria_sets.yaml_text import parse_yaml
from parindex.documents.surveys.questionnaire_file import canonical, dump_questionnaire, questionnaire_of
from parindex.documents.surveys.xlsform import require_valid, write_xlsform
from parindex.documents.surveys.xlsform_expressions import Answerable, condition_of, expression
from parindex.documents.surveys.xlsform_reading import read_xlsform
from parindex.domain.survey.questionnaire.coherence import faults
from parindex.domain.survey.questionnaire.conditions import Condition, normal
from parindex.domain.survey.questionnaire.form import Questionnaire


@settings(max_examples=40)
@given(questionnaires())
def test_through_a_workbook(questionnaire: Questionnaire) -> None:
    assert faults(questionnaire) == []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_xlsform(path, require_valid(questionnaire))
        back, doubts = read_xlsform(path)
    assert doubts == []
    assert back == questionnaire
    assert canonical(back) == canonical(questionnaire)


@settings(max_examples=40)
@given(questionnaires())
def test_through_yaml(questionnaire: Questionnaire) -> None:
    assert questionnaire_of(parse_yaml(dump_questionnaire(questionnaire)).data) == questionnaire


ASKED = [single("a", "1", "2", "3"), multiple("b", "x", "y", "z"), number("c"), question("d")]
ANSWERABLE = {
    "a": Answerable(("1", "2", "3")),
    "b": Answerable(("x", "y", "z")),
    "c": Answerable(None, numeric=True),
    "d": Answerable(None),
}


@settings(max_examples=300)
@given(conditions(ASKED))
def test_a_condition_through_its_expression(condition: Condition) -> None:
    assert normal(condition) == condition
    assert condition_of(expression(condition), ANSWERABLE) == condition
