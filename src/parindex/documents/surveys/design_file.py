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

from parindex.documents.criteria_sets.schema_problems import schema_problems_of
from parindex.documents.criteria_sets.yaml_text import YamlPath, YamlText, read_yaml_file
from parindex.documents.surveys.design_variables import (
    in_one_spelling,
    sought_columns,
    variables_from,
    with_known_members,
)
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.comparison.stacked_years import YearsMethod
from parindex.domain.survey.questionnaire.variables import ALL, Variables
from parindex.domain.survey.sample.design import EstimationDesign, EstimationStage, Lonely
from parindex.domain.values import parse_number

#: Fewer respondents than this are not shown, where the design says nothing.
MINIMUM_CELL = 5
CONFIDENCE = 0.95
SCHEMA = "survey-design.schema.json"
#: Faults of a scale: answers to such an item cannot be held against it.
_OF_SCALE = frozenset({"scale_empty", "satisfied_off_scale", "unknown_on_scale", "unknown_and_refused"})
#: Where one of these keys is faulty, how the sample was drawn is not known.
_OF_DRAWING = frozenset({"strata", "stages", "nested"})

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
    two years have in common, ``years`` how their differences take it into account (None: the years are stacked where
    they have clusters in common). ``calibration`` are the margins that the weights were fitted to, each with its
    columns (one: post-stratification; several: raking). ``confidence`` is a share of one.
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
    years: YearsMethod | None = None
    calibration: tuple[tuple[str, ...], ...] = ()
    demographics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    minimum_cell: int = MINIMUM_CELL
    confidence: float = CONFIDENCE
    title: str = ""
    questionnaire: str = ""
    #: Columns that a faulty design names and with which nothing can be checked but that the data have them.
    sought: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The id of the questionnaire; "" without one."""
        return Path(self.questionnaire).stem if self.questionnaire else ""

    @property
    def design(self) -> EstimationDesign:
        """The part that says how the sample was drawn."""
        stages = tuple(EstimationStage(one.cluster, one.population or one.fraction) for one in self.stages)
        return EstimationDesign(self.strata, stages, self.weight, self.lonely)


def read_design(path: Path, questionnaire: Questionnaire | None = None) -> SurveyDesign:
    """The design in a YAML file.

    ``questionnaire`` reads the questionnaire that the design names (by id or by a path beside the design). Raises
    :class:`InvalidInput` with every problem at once, each with file, line and path.
    """
    design, problems = checked_design(path, questionnaire)
    if design is None or problems:
        raise InvalidInput(problems)
    return design


def design_of_questionnaire(name: str) -> SurveyDesign:
    """What a questionnaire (a file, or the id of a shipped one) says of answers, where no sample is known.

    Raises :class:`InvalidInput` with what is wrong with it.
    """
    return SurveyDesign(name, _shipped_or_beside(name, Path(name)), lonely=Lonely.ADJUST, questionnaire=name)


def checked_design(path: Path, questionnaire: Questionnaire | None = None) -> tuple[SurveyDesign | None, list[Problem]]:
    """What is sound of the design in a YAML file (None: nothing), and every problem of it.

    Of a faulty design the sound part serves to check the data beside it; nothing is estimated with it.
    """
    try:
        content = read_yaml_file(path)
    except InvalidInput as error:
        return None, error.problems

    def locate(way: YamlPath) -> Place:
        return Place(file=str(path), line=_line(content, way), path="/".join(map(str, way)) or None)

    problems = schema_problems_of(_validator(), content.data, locate, SCHEMA, nearest=True)
    if not isinstance(content.data, dict):
        return None, problems
    faulty = _faulty_keys(content.data)
    data = in_one_spelling(_sound(content.data, faulty))
    variables, more = _sound_variables(data, faulty, path, locate, questionnaire or _shipped_or_beside)
    of_stages = _of_stages(data, locate)
    problems += [*more, *of_stages]
    confidence = parse_number(data.get("confidence", "95%"))
    if not 0 < confidence < 1:
        problems.append(Problem("confidence_range", locate(("confidence",)), {"found": data["confidence"]}))
    design = _design(data, str(path), variables, float(confidence))
    if problems:
        design = replace(design, sought=tuple(sought_columns(content.data)))
    if "lonely" in faulty:
        design = replace(design, lonely=Lonely.ADJUST)
    if of_stages or faulty & _OF_DRAWING:
        design = replace(design, strata=(), stages=(), lonely=Lonely.ADJUST)
    return design, sorted(problems, key=lambda problem: problem.place.line or 0)


def _faulty_keys(data: Mapping[str, Any]) -> frozenset[str]:
    """The keys of a design that do not fit the schema."""
    found: set[str] = set()
    for error in _validator().iter_errors(data):
        if error.absolute_path:
            found.add(str(error.absolute_path[0]))
        elif error.validator == "additionalProperties":
            found |= set(data) - set(error.schema["properties"])
        else:  # index and its other word side by side
            found |= {"index", "mapping"}
    return frozenset(found)


def _sound(data: Mapping[str, Any], faulty: frozenset[str]) -> dict[str, Any]:
    """The content without its ``faulty`` keys; of faulty groups those that are sound."""
    found = {key: value for key, value in data.items() if key not in faulty}
    if "groups" in faulty and isinstance(data["groups"], dict):
        errors = [tuple(error.absolute_path) for error in _validator().iter_errors(data)]
        unsound = {way[1] for way in errors if way[:1] == ("groups",) and len(way) > 1}
        if ("groups",) not in errors:
            found["groups"] = {code: listed for code, listed in data["groups"].items() if code not in unsound}
    return found


def _sound_variables(
    data: dict[str, Any],
    faulty: frozenset[str],
    path: Path,
    locate: Callable[[YamlPath], Place],
    questionnaire: Questionnaire,
) -> tuple[Variables, list[Problem]]:
    """The variables that can be told though some keys are ``faulty``, and what else is wrong with them."""
    if faulty & {"items", "questionnaire"} or (faulty & {"wishes", "numbers"} and "items" not in data):
        return Variables(()), []
    if "groups" in faulty:
        data = {key: value for key, value in data.items() if key != "parts"}
    variables, problems = _variables(data, path, locate, questionnaire)
    if "scale" in faulty:
        known = [one for one in problems if one.kind not in _OF_SCALE and one.kind != "answer_without_weight"]
        return with_known_members(variables, ()), known
    unclear = {one.facts["item"] for one in problems if one.kind in _OF_SCALE}
    return with_known_members(variables, [item for item in variables.items if item.code not in unclear]), problems


def _design(data: Mapping[str, Any], file: str, variables: Variables, confidence: float) -> SurveyDesign:
    overlap = data.get("overlap", ())
    shared = overlap if isinstance(overlap, Mapping) else {"columns": overlap}
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
        overlap=tuple(shared.get("columns", ())),
        years=YearsMethod(shared["method"]) if "method" in shared else None,
        calibration=_margins(data.get("calibration", {})),
        demographics={
            column: dict(listed) if isinstance(listed, Mapping) else dict.fromkeys(listed, "")
            for column, listed in data.get("demographics", {}).items()
        },
        minimum_cell=int(data.get("minimum_cell", MINIMUM_CELL)),
        confidence=confidence,
        title=data.get("title", ""),
        questionnaire=data.get("questionnaire", ""),
    )


def _margins(calibration: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    if "poststratify" in calibration:
        return (names(calibration["poststratify"]),)
    return tuple(names(margin) for margin in calibration.get("rake", ()))


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
    from parindex.domain.survey.questionnaire.form import variables_of

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


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas" / SCHEMA).read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def _line(content: YamlText, way: YamlPath) -> int | None:
    while way and way not in content.lines:
        way = way[:-1]
    return content.lines.get(way)
