"""The YAML file of a sampling design: reading it strictly, its data, and those that ship with parindex.

The schema ``data/schemas/sampling-design.schema.json`` says what a file may hold.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jsonschema

from parindex.documents.criteria_sets.schema_problems import schema_problems_of
from parindex.documents.criteria_sets.yaml_text import YamlPath, YamlText, read_yaml_file
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.survey.sampling.sample_size import require_in_range
from parindex.domain.survey.sampling.sampling_design import (
    Division,
    IfFewer,
    Method,
    Precision,
    SamplingDesign,
    SamplingStage,
    SizeFormula,
    Take,
    contradictions,
)
from parindex.domain.values import number_text, parse_number

_NUMBERS = ("margin", "confidence", "share", "design_effect", "response")


def load_sampling_design(path: Path) -> SamplingDesign:
    """The sampling design in a YAML file.

    Raises :class:`InvalidInput` with every problem at once: of the YAML text, of the schema and of
    :func:`parindex.domain.survey.sampling.sampling_design.contradictions`, and ``precision_out_of_range``.
    """
    return sampling_design(read_yaml_file(path), str(path))


def sampling_design(content: YamlText, file: str | None, under: YamlPath = ()) -> SamplingDesign:
    """The design that stands in parsed YAML below the path ``under``; raises as :func:`load_sampling_design`."""
    data = content.data
    for step in under:
        data = data[step]

    def locate(path: YamlPath) -> Place:
        full = (*under, *path)
        line = next((content.lines[full[:k]] for k in range(len(full), -1, -1) if full[:k] in content.lines), None)
        return Place(file=file, line=line, path="/".join(map(str, full)) or None)

    problems = schema_problems_of(_validator(), data, locate, "sampling-design.schema.json", nearest=True)
    if not problems:
        made = _design(data)
        problems = [Problem(kind, locate(path), facts) for path, kind, facts in contradictions(made)]
        problems.extend(_of_precision(made, locate))
        if not problems:
            return made
    raise InvalidInput(sorted(problems, key=lambda problem: problem.place.line or 0))


def _of_precision(made: SamplingDesign, locate: Any) -> list[Problem]:
    problems = []
    for number, stage in enumerate(made.stages):
        for key, wanted in (("total", stage.take.total), ("precision", stage.take.precision)):
            if not isinstance(wanted, Precision):
                continue
            try:
                require_in_range(wanted)
            except InvalidValue as error:
                place = locate(("stages", number, "take", key, error.facts["key"]))
                problems.append(Problem(error.kind, place, {"stage": stage.id, **error.facts}))
    return problems


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas/sampling-design.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


# --- data to design ------------------------------------------------------------------------------------------------


def _design(data: Mapping[str, Any]) -> SamplingDesign:
    return SamplingDesign(
        id=data["id"],
        title=data["title"],
        stages=tuple(_stage(one) for one in data["stages"]),
        strata=tuple(data.get("strata", ())),
        seed=str(data.get("seed", "")),
        source=data.get("source", ""),
        ours=tuple(data.get("ours", ())),
    )


def _stage(data: Mapping[str, Any]) -> SamplingStage:
    take = data.get("take", {})
    return SamplingStage(
        id=data["id"],
        title=data.get("title", ""),
        method=Method(data.get("method", Method.SIMPLE)),
        take=_take(take) if isinstance(take, Mapping) else Take(number=int(take)),
        size=data.get("size", ""),
        order=tuple(data.get("order", ())),
        reserve=int(data.get("reserve", 0)),
        if_fewer=IfFewer(data.get("if_fewer", IfFewer.FAIL)),
        unique=bool(data.get("unique", True)),
        numbered=data.get("numbered", ""),
        population=data.get("population", ""),
    )


def _take(data: Mapping[str, Any]) -> Take:
    total = data.get("total")
    return Take(
        number=int(data["number"]) if "number" in data else None,
        by=data.get("by", ""),
        quotas={name: int(quota) for name, quota in data.get("quotas", {}).items()},
        total=_precision(total) if isinstance(total, Mapping) else None if total is None else int(total),
        precision=_precision(data["precision"]) if "precision" in data else None,
        division=Division(data.get("division", Division.PROPORTIONAL)),
        size=data.get("size", ""),
        deviation=data.get("deviation", ""),
        power=parse_number(data.get("power", Fraction(1, 2))),
        minimum=int(data.get("minimum", 1)),
    )


def _precision(data: Mapping[str, Any]) -> Precision:
    numbers = {name: parse_number(data[name]) for name in _NUMBERS if name in data}
    return Precision(
        **numbers,
        formula=SizeFormula(data.get("formula", SizeFormula.NORMAL)),
        population=int(data["population"]) if "population" in data else None,
    )


# --- design to data ------------------------------------------------------------------------------------------------


def sampling_design_data(design: SamplingDesign) -> dict[str, Any]:
    """The design as data of the file format: numbers as text, what is not said left out."""
    data: dict[str, Any] = {"id": design.id, "title": design.title, "source": design.source}
    data |= {"ours": list(design.ours), "seed": design.seed, "strata": list(design.strata)}
    return {key: value for key, value in data.items() if value} | {
        "stages": [_stage_data(one) for one in design.stages]
    }


def _stage_data(stage: SamplingStage) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": stage.id,
        "title": stage.title,
        "method": stage.method.value,
        "take": _take_data(stage.take),
        "size": stage.size,
        "order": list(stage.order),
        "reserve": str(stage.reserve) if stage.reserve else "",
        "if_fewer": stage.if_fewer.value if stage.if_fewer is not IfFewer.FAIL else "",
        "numbered": stage.numbered,
        "population": stage.population,
    }
    return {key: value for key, value in data.items() if value} | ({} if stage.unique else {"unique": False})


def _take_data(take: Take) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": None if take.number is None else str(take.number),
        "by": take.by,
        "quotas": {name: str(quota) for name, quota in take.quotas.items()},
        "total": str(take.total) if isinstance(take.total, int) else _precision_data(take.total),
        "precision": _precision_data(take.precision),
        "size": take.size,
        "deviation": take.deviation,
    }
    if take.total is not None:
        data |= {"division": take.division.value, "minimum": str(take.minimum)}
        if take.division is Division.POWER:
            data["power"] = number_text(take.power)
    return {key: value for key, value in data.items() if value}


def _precision_data(wanted: Precision | None) -> dict[str, str]:
    if wanted is None:
        return {}
    data = {name: number_text(getattr(wanted, name)) for name in _NUMBERS} | {"formula": wanted.formula.value}
    return data | ({"population": str(wanted.population)} if wanted.population is not None else {})


# --- shipped -------------------------------------------------------------------------------------------------------


def shipped_design_ids() -> tuple[str, ...]:
    """The ids of the sampling designs that ship with parindex, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def named_sampling_design(name: str) -> SamplingDesign:
    """The design in the file ``name``, or the shipped one with this id.

    Raises :class:`InvalidInput`: ``unknown_sampling_design`` (facts ``name``, ``known``, ``near``), and as
    :func:`load_sampling_design`.
    """
    path = Path(name)
    if not path.exists():
        known = shipped_design_ids()
        if name not in known:
            if path.suffix:
                raise InvalidInput([Problem("no_such_file", Place(file=name))])
            near = difflib.get_close_matches(name, known, n=1)
            raise InvalidInput(
                [Problem("unknown_sampling_design", Place(), {"name": name, "known": list(known), "near": near})]
            )
        path = _folder() / f"{name}.yaml"
    return load_sampling_design(path)


def _folder() -> Path:
    # Wheels are installed as files, so the resource has a lasting path of its own.
    with as_file(files("parindex") / "data" / "survey_designs") as folder:
        return folder
