"""The YAML file of a survey design: how the sample was drawn, and what the answers mean.

``data/schemas/survey-design.schema.json`` says what a file may hold. What is measured comes from a questionnaire, or
from ``items``, ``scale`` and ``groups`` of the design itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema

from parindex.documents.criteria_sets.schema_problems import schema_problems
from parindex.documents.criteria_sets.yaml_text import YamlPath, YamlText, read_yaml_file
from parindex.documents.surveys.design_variables import in_one_spelling, variables_from
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.design import Design, Lonely, Stage
from parindex.domain.survey.variables import ALL, Variables
from parindex.domain.values import parse_number

#: Fewer respondents than this are not shown, where the design says nothing.
MINIMUM_CELL = 5
CONFIDENCE = 0.95

#: Finds the variables of the questionnaire that a design names: its reader is beside this module.
Questionnaire = Callable[[str, Path], Variables]


@dataclass(frozen=True, slots=True)
class StageColumns:
    """One stage: the column of its clusters ("": each respondent is one), and from how many they were drawn.

    ``population`` and ``fraction`` name a column or are a number; both "": drawn with replacement.
    """

    cluster: str = ""
    population: str = ""
    fraction: str = ""


@dataclass(frozen=True, slots=True)
class SurveyDesign:
    """A design file, read. Columns are named as they stand in the data; "" where the design names none.

    ``demographics`` maps a column to its categories and their titles. ``overlap`` are the columns that identify what
    two years have in common. ``confidence`` is a share of one.
    """

    file: str
    variables: Variables
    strata: tuple[str, ...] = ()
    stages: tuple[StageColumns, ...] = ()
    weight: str = ""
    lonely: Lonely = Lonely.FAIL
    nested: bool = False
    respondent: str = ""
    version: str = ""
    unit: str = ""
    respondent_group: str = ""
    overlap: tuple[str, ...] = ()
    demographics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    minimum_cell: int = MINIMUM_CELL
    confidence: float = CONFIDENCE
    title: str = ""
    questionnaire: str = ""

    @property
    def form(self) -> str:
        """The id of the questionnaire; "" without one."""
        return Path(self.questionnaire).stem if self.questionnaire else ""

    @property
    def design(self) -> Design:
        """The part that says how the sample was drawn."""
        stages = tuple(Stage(one.cluster, one.population or one.fraction) for one in self.stages)
        return Design(self.strata, stages, self.weight, self.lonely)


def read_design(path: Path, questionnaire: Questionnaire | None = None) -> SurveyDesign:
    """The design in a YAML file.

    ``questionnaire`` reads the questionnaire that the design names (by id or by a path beside the design). Raises
    :class:`InvalidInput` with every problem at once, each with file, line and path.
    """
    content = read_yaml_file(path)

    def locate(way: YamlPath) -> Place:
        return Place(file=str(path), line=_line(content, way), path="/".join(map(str, way)) or None)

    problems = [
        problem
        for error in _validator().iter_errors(content.data)
        for problem in schema_problems(_inner(error), locate)
    ]
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place.line or 0))
    data = in_one_spelling(content.data)
    variables, problems = _variables(data, path, locate, questionnaire or _shipped_or_beside)
    problems += _of_stages(data, locate)
    confidence = parse_number(data.get("confidence", "95%"))
    if not 0 < confidence < 1:
        problems.append(Problem("confidence_range", locate(("confidence",)), {"found": data["confidence"]}))
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place.line or 0))
    return _design(data, str(path), variables, float(confidence))


def _design(data: Mapping[str, Any], file: str, variables: Variables, confidence: float) -> SurveyDesign:
    return SurveyDesign(
        file=file,
        variables=variables,
        strata=names(data.get("strata", ())),
        stages=tuple(StageColumns(**stage) for stage in data.get("stages", ())),
        weight=data.get("weight", ""),
        lonely=Lonely(data.get("lonely", Lonely.FAIL)),
        nested=data.get("nested", False),
        respondent=data.get("respondent", ""),
        version=data.get("version", ""),
        unit=data.get("unit", ""),
        respondent_group=data.get("respondent_group", ""),
        overlap=tuple(data.get("overlap", ())),
        demographics={
            column: dict(listed) if isinstance(listed, Mapping) else dict.fromkeys(listed, "")
            for column, listed in data.get("demographics", {}).items()
        },
        minimum_cell=int(data.get("minimum_cell", MINIMUM_CELL)),
        confidence=confidence,
        title=data.get("title", ""),
        questionnaire=data.get("questionnaire", ""),
    )


def names(value: Any) -> tuple[str, ...]:
    """One name or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def _variables(
    data: Mapping[str, Any], path: Path, locate: Callable[[YamlPath], Place], questionnaire: Questionnaire
) -> tuple[Variables, list[Problem]]:
    if "questionnaire" not in data:
        if not any(key in data for key in ("items", "wishes", "numbers")):
            return Variables(()), [Problem("design_without_items", locate(()))]
        return variables_from(data, locate)
    own = [key for key in ("items", "scale", "groups", "parts", "reversed", "wishes") if key in data]
    problems = [Problem("design_beside_questionnaire", locate((key,)), {"key": key}) for key in own]
    try:
        found = questionnaire(data["questionnaire"], path)
    except InvalidInput as error:
        return Variables(()), [*problems, *error.problems]
    if "versions" in data:
        found = replace(found, versions=names(data["versions"]))
    declared, more = variables_from({**data, "items": list(found.codes)}, locate)
    said = {
        name: getattr(declared, name)
        for key, name in (("rollup", "rollup"), ("index", "mapping"), ("ratios", "ratios"), ("numbers", "numbers"))
        if key in data
    }
    if "counts_as" in data.get("dont_know", {}):
        said["dont_know"] = declared.dont_know
    return replace(found, **said), [*problems, *more]


def _shipped_or_beside(name: str, design: Path) -> Variables:
    from parindex.documents.surveys.questionnaire_file import load_questionnaire
    from parindex.domain.survey.questionnaire import variables_of

    beside = design.parent / name
    return variables_of(load_questionnaire(beside if beside.is_file() else name))


def _of_stages(data: Mapping[str, Any], locate: Callable[[YamlPath], Place]) -> list[Problem]:
    """A stage without a cluster is the respondents themselves, so it is the last; a column has one part only."""
    problems = []
    stages = data.get("stages", ())
    for number, stage in enumerate(stages[:-1]):
        if "cluster" not in stage:
            problems.append(Problem("stage_without_cluster", locate(("stages", number)), {"stage": number + 1}))
    seen: dict[str, str] = {}
    roles = [("stages", stage.get("cluster", "")) for stage in stages]
    roles += [("weight", data.get("weight", "")), *(("strata", one) for one in names(data.get("strata", ())))]
    for role, column in roles:
        if column and column in seen and (role, seen[column]) != ("strata", "stages"):
            problems.append(Problem("column_of_two_parts", locate((role,)), {"column": column, "other": seen[column]}))
        seen.setdefault(column, role)
    if ALL in names(data.get("strata", ())):
        problems.append(Problem("name_reserved", locate(("strata",)), {"name": ALL}))
    return problems


def _inner(error: jsonschema.ValidationError) -> jsonschema.ValidationError:
    """Of a value that fits none of several forms: the complaint of the form that it comes nearest to."""
    return jsonschema.exceptions.best_match([error]) or error


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas/survey-design.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def _line(content: YamlText, way: YamlPath) -> int | None:
    while way and way not in content.lines:
        way = way[:-1]
    return content.lines.get(way)
