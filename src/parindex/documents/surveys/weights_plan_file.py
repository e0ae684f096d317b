"""The YAML file of a weights plan: which steps follow the design weights, with which classes and known totals.

The schema ``data/schemas/weights-plan.schema.json`` says what a file may hold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np

from parindex.documents.criteria_sets.schema_problems import schema_problems_of
from parindex.documents.criteria_sets.yaml_text import YamlPath, read_yaml_file
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, read_table
from parindex.documents.surveys.response_columns import Reader
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.survey.weights.raking import MARK, ROUNDS
from parindex.domain.survey.weights.trimming import LimitOf
from parindex.domain.values import parse_number

SCHEMA = "weights-plan.schema.json"


@dataclass(frozen=True, slots=True)
class PlannedMargin:
    """Columns and the known total of each class, with the places of the margin and of its classes.

    Where the table of the totals has faults (not ``sound``), only the columns tell something.
    """

    by: tuple[str, ...]
    totals: Mapping[str, Fraction]
    place: Place = field(default=Place(), compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    sound: bool = True


@dataclass(frozen=True, slots=True)
class PlannedNonResponse:
    """Weight of those who did not answer goes to those who did, inside classes."""

    by: tuple[str, ...]
    minimum: int = 1
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class PlannedFitting:
    """Weights are fitted to one margin (post-stratification) or to several (raking)."""

    margins: tuple[PlannedMargin, ...]
    rounds: int = ROUNDS
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class PlannedTrimming:
    """Weights above a limit are cut, inside classes (no columns: all together)."""

    upper: Fraction
    of: LimitOf = LimitOf.MEDIAN
    by: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class PlannedUnknown:
    """A step that does not fit the schema: it keeps its place among the others."""

    place: Place = field(default=Place(), compare=False)


PlannedStep = PlannedNonResponse | PlannedFitting | PlannedTrimming | PlannedUnknown


@dataclass(frozen=True, slots=True)
class WeightsPlan:
    """The steps in their order, and what is wrong with them (:func:`checked_weights_plan`)."""

    title: str
    steps: tuple[PlannedStep, ...]
    problems: tuple[Problem, ...] = ()


def checked_weights_plan(path: Path) -> WeightsPlan:
    """The plan in a YAML file with its problems: what is sound of a faulty one serves to check the tables beside it.

    They are those of the schema, of the tables (``file_not_found``, ``cell_missing``, ``not_a_number``,
    ``margin_class_twice``) and ``trim_upper_not_positive``. Raises :class:`InvalidInput` where the file is no YAML.
    """
    content = read_yaml_file(path)

    def locate(at: YamlPath) -> Place:
        line = next((content.lines[at[:k]] for k in range(len(at), -1, -1) if at[:k] in content.lines), None)
        return Place(file=str(path), line=line, path="/".join(map(str, at)) or None)

    problems = Problems()
    problems.extend(schema_problems_of(_validator(), content.data, locate, SCHEMA, nearest=True))
    faulty = {tuple(error.absolute_path)[:2] for error in _validator().iter_errors(content.data)}
    source = _Source(path.parent, locate, problems)
    listed = content.data.get("steps") if isinstance(content.data, dict) else None
    steps = [
        PlannedUnknown(locate(("steps", number))) if ("steps", number) in faulty else _step(data, number, source)
        for number, data in enumerate(listed if isinstance(listed, list) else ())
    ]
    found = sorted(problems.found, key=lambda one: (one.place.file != str(path), one.place.line or 0))
    title = content.data.get("title", "") if isinstance(content.data, dict) else ""
    return WeightsPlan(str(title), tuple(steps), tuple(found))


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas" / SCHEMA).read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a plan stands, and where its problems go."""

    folder: Path
    locate: Callable[[YamlPath], Place]
    problems: Problems


def _step(data: Mapping[str, Any], number: int, source: _Source) -> PlannedStep:
    kind, said = next(iter(data.items()))
    way: YamlPath = ("steps", number, kind)
    place = source.locate(way)
    if kind == "nonresponse":
        return PlannedNonResponse(tuple(said["by"]), max(1, int(said.get("minimum", 1))), place)
    if kind == "poststratify":
        return PlannedFitting((_margin(said, way, source),), place=place)
    if kind == "rake":
        margins = [_margin(one, (*way, "margins", at), source) for at, one in enumerate(said["margins"])]
        return PlannedFitting(tuple(margins), int(said.get("rounds", ROUNDS)), place)
    upper = parse_number(said["upper"])
    if upper <= 0:
        source.problems.add("trim_upper_not_positive", source.locate((*way, "upper")), found=str(said["upper"]))
    return PlannedTrimming(upper, LimitOf(said.get("of", LimitOf.MEDIAN)), tuple(said.get("by", ())), place)


def _margin(data: Mapping[str, Any], way: YamlPath, source: _Source) -> PlannedMargin:
    by, place = tuple(data["by"]), source.locate(way)
    if "totals" in data:
        totals = {label: parse_number(total) for label, total in data["totals"].items()}
        return PlannedMargin(by, totals, place, {label: source.locate((*way, "totals", label)) for label in totals})
    try:
        table = read_table(source.folder / data["file"], Layout("totals", required=(*by, "total")))
    except InvalidInput as error:
        source.problems.extend(error.problems)
        return PlannedMargin(by, {}, place, sound=False)
    except FileNotFoundError:
        source.problems.add("file_not_found", source.locate((*way, "file")), file=data["file"])
        return PlannedMargin(by, {}, place, sound=False)
    before = len(source.problems.found)
    made = _margin_of(table, by, source.problems)
    return replace(made, sound=len(source.problems.found) == before)


def _margin_of(table: DataTable, by: tuple[str, ...], problems: Problems) -> PlannedMargin:
    totals: dict[str, Fraction] = {}
    places: dict[str, Place] = {}
    empty: dict[str, list[int]] = {}
    again: dict[int, str] = {}
    bad: list[int] = []
    for row in range(table.rows):
        blank = [name for name in (*by, "total") if not table.text(row, name)]
        for name in blank:
            empty.setdefault(name, []).append(row)
        if blank:
            continue
        label = MARK.join(table.text(row, name) for name in by)
        if label in totals:
            again[row] = label
        try:
            totals[label] = parse_number(table.text(row, "total"))
            places[label] = table.place(row, "total")
        except InvalidValue:
            bad.append(row)
    reader = Reader(table, problems)
    for name, rows in empty.items():
        reader.report("cell_missing", np.array(rows, np.intp), name)
    if again:
        facts = {"label": next(iter(again.values())), "values": dict(Counter(again.values()))}
        reader.report("margin_class_twice", np.array(list(again), np.intp), by[0], **facts)
    reader.report("not_a_number", np.array(bad, np.intp), "total")
    return PlannedMargin(by, totals, Place(file=table.file, sheet=table.sheet), places)
