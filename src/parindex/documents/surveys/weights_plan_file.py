"""The YAML file of a weights plan: which steps follow the design weights, with which classes and known totals.

The schema ``data/schemas/weights-plan.schema.json`` says what a file may hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema

from parindex.documents.criteria_sets.schema_problems import schema_problems
from parindex.documents.criteria_sets.yaml_text import YamlPath, read_yaml_file
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import Layout, read_table
from parindex.domain.errors import InvalidInput, InvalidValue, Place
from parindex.domain.survey.raking import ROUNDS
from parindex.domain.survey.trimming import LimitOf
from parindex.domain.values import parse_number

#: Between the parts of a class of several columns.
MARK = "|"


@dataclass(frozen=True, slots=True)
class PlannedMargin:
    """Columns and the known total of each class."""

    by: tuple[str, ...]
    totals: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class PlannedNonResponse:
    """Weight of those who did not answer goes to those who did, inside classes."""

    by: tuple[str, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class PlannedFitting:
    """Weights are fitted to one margin (post-stratification) or to several (raking)."""

    margins: tuple[PlannedMargin, ...]
    rounds: int = ROUNDS


@dataclass(frozen=True, slots=True)
class PlannedTrimming:
    """Weights above a limit are cut, inside classes (no columns: all together)."""

    upper: Fraction
    of: LimitOf = LimitOf.MEDIAN
    by: tuple[str, ...] = ()


PlannedStep = PlannedNonResponse | PlannedFitting | PlannedTrimming


@dataclass(frozen=True, slots=True)
class WeightsPlan:
    """The steps in their order."""

    title: str
    steps: tuple[PlannedStep, ...]


def load_weights_plan(path: Path) -> WeightsPlan:
    """The plan in a YAML file, with the tables of known totals that it names.

    Raises :class:`InvalidInput` with every problem at once: of the YAML text, of the schema, of the tables
    (``cell_missing``, ``not_a_number``, ``margin_class_twice``) and ``trim_upper_not_positive``.
    """
    content = read_yaml_file(path)

    def locate(at: YamlPath) -> Place:
        line = next((content.lines[at[:k]] for k in range(len(at), -1, -1) if at[:k] in content.lines), None)
        return Place(file=str(path), line=line, path="/".join(map(str, at)) or None)

    errors = list(_validator().iter_errors(content.data))
    problems = [one for error in errors for one in schema_problems(error, locate)]
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place.line or 0))
    collector = Problems()
    steps = []
    for number, data in enumerate(content.data["steps"]):
        kind, said = next(iter(data.items()))
        if kind == "trim" and parse_number(said["upper"]) <= 0:
            collector.add(
                "trim_upper_not_positive", locate(("steps", number, "trim", "upper")), found=str(said["upper"])
            )
        steps.append(_STEPS[kind](said, path.parent, collector))
    collector.refuse()
    return WeightsPlan(content.data.get("title", ""), tuple(steps))


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas/weights-plan.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def _nonresponse(data: Mapping[str, Any], folder: Path, problems: Problems) -> PlannedStep:  # noqa: ARG001
    return PlannedNonResponse(tuple(data["by"]), max(1, int(data.get("minimum", 1))))


def _poststratify(data: Mapping[str, Any], folder: Path, problems: Problems) -> PlannedStep:
    return PlannedFitting((_margin(data, folder, problems),))


def _rake(data: Mapping[str, Any], folder: Path, problems: Problems) -> PlannedStep:
    margins = tuple(_margin(one, folder, problems) for one in data["margins"])
    return PlannedFitting(margins, int(data.get("rounds", ROUNDS)))


def _trim(data: Mapping[str, Any], folder: Path, problems: Problems) -> PlannedStep:  # noqa: ARG001
    return PlannedTrimming(
        parse_number(data["upper"]), LimitOf(data.get("of", LimitOf.MEDIAN)), tuple(data.get("by", ()))
    )


_STEPS = {"nonresponse": _nonresponse, "poststratify": _poststratify, "rake": _rake, "trim": _trim}


def _margin(data: Mapping[str, Any], folder: Path, problems: Problems) -> PlannedMargin:
    by = tuple(data["by"])
    if "totals" in data:
        return PlannedMargin(by, {label: parse_number(total) for label, total in data["totals"].items()})
    try:
        table = read_table(folder / data["file"], Layout("totals", required=(*by, "total")))
    except InvalidInput as error:
        problems.extend(error.problems)
        return PlannedMargin(by, {})
    totals: dict[str, Fraction] = {}
    for row in range(table.rows):
        empty = [name for name in (*by, "total") if not table.text(row, name)]
        for name in empty:
            problems.add("cell_missing", table.place(row, name), column=name)
        if empty:
            continue
        label = MARK.join(table.text(row, name) for name in by)
        if label in totals:
            problems.add("margin_class_twice", table.place(row, by[0]), label=label)
        try:
            totals[label] = parse_number(table.text(row, "total"))
        except InvalidValue:
            problems.add("not_a_number", table.place(row, "total"), column="total", text=table.text(row, "total"))
    return PlannedMargin(by, totals)
