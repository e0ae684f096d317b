"""Questionnaires in YAML: strict reading, one order of writing, one canonical form; and those that are shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.criteria_sets.yaml_text import parse_yaml
from parindex.documents.surveys.questionnaire_file import (
    canonical,
    dump_questionnaire,
    fingerprint,
    load_questionnaire,
    questionnaire_data,
    questionnaire_of,
    questionnaire_path,
    shipped_questionnaire_ids,
)
from parindex.domain.criteria.criteria_set import CriteriaSet, Node, Source
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.questionnaire.form import QuestionKind, Questionnaire, items_fed, variables_of
from parindex.domain.survey.questionnaire.variables import Rollup

VALID = Path(__file__).parents[3] / "golden" / "questionnaires" / "valid.yaml"
OPINION = {"opinion-dien-bien-2024-departments": 28, "opinion-dien-bien-2024-districts": 26}


def parsed(text: str) -> Questionnaire:
    """The questionnaire in YAML text."""
    return questionnaire_of(parse_yaml(text).data)


def test_reading_by_path_and_by_id() -> None:
    assert load_questionnaire(VALID).id == load_questionnaire(str(VALID)).id == "form"
    assert load_questionnaire("satisfaction-2024").id == "satisfaction-2024"
    assert questionnaire_path("satisfaction-2024").name == "satisfaction-2024.yaml"


@pytest.mark.parametrize(("name", "near"), [("satisfaction-2023", "satisfaction-2024"), ("zz", "")])
def test_a_questionnaire_that_is_not_there(name: str, near: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        load_questionnaire(name)
    [problem] = refusal.value.problems
    assert (problem.kind, problem.facts["near"]) == ("unknown_questionnaire", near)
    assert problem.facts["known"] == list(shipped_questionnaire_ids())


def test_the_canonical_form_has_one_spelling() -> None:
    text = VALID.read_text("utf-8")
    same = text.replace("{vi: Câu 1, en: Question 1}", '{en: "Question  1", vi: "Câu 1"}').replace(
        "relevant: {question: used, in: [1]}", "relevant: {all: [{any: [{question: used, in: [1, 1]}]}]}"
    )
    other = text.replace("reversed: true", "reversed: false")
    plain = parsed(text)
    assert fingerprint(parsed(same)) == fingerprint(plain)
    assert fingerprint(parsed(other)) != fingerprint(plain)
    assert canonical(plain).startswith(b'{"groups":[{"code":"g1",')
    assert len(fingerprint(plain)) == 64


def test_where_a_form_was_printed_has_no_meaning() -> None:
    text = VALID.read_text("utf-8")
    printed = text.replace("code: q02\n", 'code: q02\n        printed: "2"\n        reference: trang 1\n')
    assert parsed(printed) != parsed(text)
    assert canonical(parsed(printed)) == canonical(parsed(text))


def test_data_without_a_file_have_places_without_lines() -> None:
    data = questionnaire_data(load_questionnaire(VALID))
    assert questionnaire_of(data) == load_questionnaire(VALID)
    data["groups"][0]["items"] = ["q09"]
    with pytest.raises(InvalidInput) as refusal:
        questionnaire_of(data, "form.xlsx")
    [problem] = refusal.value.problems
    assert problem.place.as_data() == {"file": "form.xlsx", "code": "g1", "path": "groups/g1/items/0"}


# --- shipped -------------------------------------------------------------------------------------------------------


def _items(criteria_set: CriteriaSet, source: Source) -> dict[str, str]:
    def leaves(nodes: tuple[Node, ...]) -> list[Node]:
        return [leaf for node in nodes for leaf in ([node] if not node.children else leaves(node.children))]

    return {leaf.code: leaf.title for leaf in leaves(criteria_set.areas) if leaf.source is source}


def _set_of(questionnaire: Questionnaire) -> CriteriaSet:
    path = shipped_set_path(questionnaire.criteria_set)
    assert path is not None
    return load_criteria_set(path)


def test_what_is_shipped() -> None:
    assert shipped_questionnaire_ids() == (*OPINION, "satisfaction-2024")


@pytest.mark.parametrize("name", shipped_questionnaire_ids())
def test_a_shipped_file_is_written_as_it_would_be_written(name: str) -> None:
    questionnaire = load_questionnaire(name)
    assert questionnaire.id == name
    assert questionnaire_path(name).read_text("utf-8") == dump_questionnaire(questionnaire)
    assert (questionnaire.languages, questionnaire.translated) == (("vi", "en"), ("en",))


@pytest.mark.parametrize("name", shipped_questionnaire_ids())
def test_every_word_has_its_source_or_says_that_it_is_ours(name: str) -> None:
    questionnaire = load_questionnaire(name)
    for section, question in questionnaire.questions():
        assert question.reference or question.ours, question.code
        assert section.reference or section.ours, section.code
        assert all(option.ours for option in question.options) or question.code == "wishes"
    assert all(scale.ours for scale in questionnaire.scales)
    assert all(group.reference for group in questionnaire.groups)
    assert questionnaire.mapping_assumed


@pytest.mark.parametrize(("name", "count"), OPINION.items())
def test_every_item_of_the_opinion_survey_is_asked_for_once_in_its_own_words(name: str, count: int) -> None:
    questionnaire = load_questionnaire(name)
    items = _items(_set_of(questionnaire), Source.OPINION_SURVEY)
    assert len(items) == count
    assert {item: len(variables) for item, variables in items_fed(questionnaire).items()} == dict.fromkeys(items, 1)
    asked = {feed: question.label["vi"] for _, question in questionnaire.questions() for feed in question.feeds}
    assert asked == items


@pytest.mark.parametrize("name", OPINION)
def test_negative_titles_are_turned_round(name: str) -> None:
    turned = {question.label["vi"] for _, question in load_questionnaire(name).questions() if question.reversed}
    negative = {
        question.label["vi"]
        for _, question in load_questionnaire(name).questions()
        if question.label["vi"].startswith(("Tình trạng tiêu cực", "Tình trạng công chức lợi dụng"))
    }
    assert turned == negative
    assert len(turned) == 2


def test_the_satisfaction_form_has_the_groups_of_the_report_and_feeds_the_districts_set() -> None:
    questionnaire = load_questionnaire("satisfaction-2024")
    variables = variables_of(questionnaire)
    assert [len(items) for items in variables.groups.values()] == [2, 2, 9, 10, 3, 4, 3, 3, 3]
    assert variables.parts == {"p1": ("g1", "g2", "g3", "g4"), "p2": ("g5", "g6", "g7", "g8", "g9")}
    assert variables.codes == tuple(f"q{number:02d}" for number in range(1, 40))
    assert "".join(group.printed for group in questionnaire.groups) == "ABCDEGHIK"
    assert variables.rollup is Rollup.ITEMS
    items = _items(_set_of(questionnaire), Source.SATISFACTION_INDEX)
    assert items_fed(questionnaire) == {item: (f"g{item[-1]}",) for item in items}
    assert set(items) == {f"8.3.{number}" for number in range(1, 10)}


def test_the_wishes_of_the_report_are_not_ours() -> None:
    asked = {question.code: question for _, question in load_questionnaire("satisfaction-2024").questions()}
    wishes = asked["wishes"]
    assert wishes.kind is QuestionKind.MULTIPLE
    assert [option.code for option in wishes.options if not option.ours] == ["1", "2", "3", "4"]
    assert [option.code for option in wishes.options if option.alone] == ["8"]
