"""The faults of a form are told with those of its file, and nothing that only follows from what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from parindex.documents.criteria_sets.yaml_text import read_yaml_file
from parindex.documents.surveys.questionnaire_file import questionnaire_of
from parindex.documents.surveys.sound_questionnaire import sound_part
from parindex.domain.errors import InvalidInput, Problem

FOLDER = Path(__file__).parents[3] / "golden" / "questionnaires"
#: What a schema says.
OF_FILES = {
    "file_empty", "key_missing", "key_unknown", "keys_exclude_each_other", "list_empty", "text_too_long",
    "value_not_allowed", "value_not_understood", "value_wrong_type",
}  # fmt: skip
#: What stands where something else belongs; the last only where a list does.
VALUES: tuple[Any, ...] = ("?", ["?"], [{}])
#: What is seen only in a form that is right otherwise.
OF_WHOLE = {"condition-never", "condition-never-through-other"}
READ = {path.stem for path in FOLDER.glob("*.yaml")} - {"valid", "yaml-broken"}
COHERENT = sorted(READ - OF_WHOLE)


def form(name: str = "valid") -> dict[str, Any]:
    return deepcopy(dict(read_yaml_file(FOLDER / f"{name}.yaml").data))


def problems(data: Any) -> list[Problem]:
    try:
        questionnaire_of(data)
    except InvalidInput as error:
        return error.problems
    return []


def kinds(data: Any) -> list[str]:
    return sorted(problem.kind for problem in problems(data))


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every key and every place in a list."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield (*path, step)
        yield from places(value, (*path, step))


def held(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        data = data[step]
    return data


def spoilt() -> Iterator[tuple[str, dict[str, Any]]]:
    """The form with one value of another type, or one key left out or misspelt; whatever the schema makes of it."""
    valid = form()
    for path in places(valid):
        if "label" in path[:-1] and path[:2] != ("sections", 0):
            continue  # the same as those of the first section
        if len(path) > 4 and path[2] == "points" and path[3] > 0:
            continue  # the same as those of the first point
        lists = isinstance(held(valid, path)[path[-1]], list)
        for value in VALUES[: 3 if lists else 2]:
            data = deepcopy(valid)
            held(data, path)[path[-1]] = value
            yield f"{path} = {value}", data
        if isinstance(path[-1], str):
            data = deepcopy(valid)
            held(data, path)[path[-1] + "x"] = held(data, path).pop(path[-1])
            yield f"{path} misspelt", data
            data = deepcopy(valid)
            del held(data, path)[path[-1]]
            yield f"{path} left out", data


def test_nothing_that_only_follows_is_told() -> None:
    """A fault of the file alone: whatever it keeps from being read, nothing else is wrong with the form."""
    tried, wrong = 0, []
    for name, data in spoilt():
        found = kinds(data)
        if OF_FILES.isdisjoint(found):
            continue  # the file is fine: what is told is about the form
        tried += 1
        if not OF_FILES.issuperset(found):
            wrong.append((name, found))
    assert wrong == []
    assert tried > 400


@pytest.mark.parametrize("name", COHERENT)
def test_a_fault_elsewhere_hides_none(name: str) -> None:
    data, valid = form(name), form()
    known = kinds(data)
    data["colour"] = "blue"
    assert kinds(data) == sorted([*known, "key_unknown"])
    data = form(name)
    data["legal_basis"] = "?"
    assert kinds(data) == sorted([*known, "value_wrong_type"])
    assert kinds(valid) == []


def test_faults_of_several_parts_come_at_once_with_their_places() -> None:
    data = form()
    data["sections"][0]["questions"][0]["kind"] = "singel"
    data["groups"][0]["items"].append("q77")
    data["groups"][0]["label"] = "Nhóm"
    data["sections"][0]["questions"].append({"code": "q90", "kind": "scale", "label": {"vi": "a", "en": "a"}})
    data["sections"][0]["questions"].append({"code": "q91", "kind": "text", "label": "Chữ", "scale": "nowhere"})
    found = [(problem.kind, problem.place.path) for problem in problems(data)]
    first = data["sections"][0]["code"]
    asked = data["sections"][0]["questions"][0]["code"]
    group = data["groups"][0]["code"]
    assert set(found) == {
        ("value_not_allowed", f"sections/{first}/{asked}/kind"),
        ("value_wrong_type", f"groups/{group}/label"),
        ("group_item_unknown", f"groups/{group}/items/{len(data['groups'][0]['items']) - 1}"),
        ("question_key_missing", f"sections/{first}/q90"),
        ("value_wrong_type", f"sections/{first}/q91/label"),
        ("question_key_misplaced", f"sections/{first}/q91/scale"),
        ("scale_unknown", f"sections/{first}/q91/scale"),
    }


def test_a_condition_that_says_nothing_hides_no_other_fault() -> None:
    data = form("condition-empty")
    data["groups"][0]["items"].append("q77")
    assert kinds(data) == sorted([*kinds(form("condition-empty")), "group_item_unknown"])


@pytest.mark.parametrize("data", [None, [], "?", {"format": "parindex/questionnaire/2", "sections": [{}]}])
def test_what_is_no_questionnaire_is_not_looked_into(data: Any) -> None:
    assert OF_FILES.issuperset(kinds(data))


def test_a_schema_that_asks_for_more_than_is_known_here_is_left_to_itself() -> None:
    schema = json.loads((files("parindex") / "data/schemas/questionnaire.schema.json").read_text("utf-8"))
    assert sound_part(form(), Draft202012Validator(schema)) is not None
    schema["required"].append("copies")
    schema["properties"]["copies"] = {"type": "integer"}
    assert sound_part(form(), Draft202012Validator(schema)) is None
