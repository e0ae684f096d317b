"""A criteria set from plain data: texts, truth values, lists and mappings as a YAML file holds them.

The data must be what the schema ``criteria-set.schema.json`` allows; whatever says the default may be left out. The
way back is :mod:`parindex.documents.criteria_sets.to_data`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from parindex.documents.criteria_sets.yaml_text import YamlPath
from parindex.domain.criteria.criteria_set import (
    AreaDeclaration,
    CriteriaSet,
    Declared,
    Grade,
    GradedBy,
    Identity,
    IndexDeclaration,
    LegalBasis,
    Measure,
    MeasureKind,
    Node,
    OfResult,
    Outside,
    Part,
    Phase,
    RoundingSteps,
    RuleData,
    Source,
    Total,
    WithoutFigures,
)
from parindex.domain.criteria.form_declarations import Feed, FormColumn, FormsDeclaration, Per, PeriodLength, Scored
from parindex.domain.criteria.survey_points import IndexMapping, SurveyPoints
from parindex.domain.errors import Place
from parindex.domain.units import UnitGroup
from parindex.domain.values import Rounding, RoundingMode, parse_number

#: Says where a path of the data stands in its file.
Locate = Callable[[YamlPath], Place]

_RULE_STATUS = ("clause", "assumed", "proposed")


def _nowhere(_path: YamlPath) -> Place:
    return Place()


def criteria_set_from_data(data: Mapping[str, Any], locate: Locate = _nowhere) -> CriteriaSet:
    """The criteria set that ``data`` describes; ``locate`` gives the places of nodes and declared figures."""
    return CriteriaSet(
        id=data["id"],
        title=data.get("title", ""),
        year=_integer(data.get("year")),
        level=data.get("level", ""),
        areas=_nodes(data["areas"], ("areas",), locate),
        legal_basis=tuple(_legal_basis(row) for row in data.get("legal_basis", ())),
        declared=_declared(data.get("declared", {}), locate),
        parts=tuple(
            Part(row["id"], row.get("title", ""), tuple(Source(source) for source in row.get("sources", ())))
            for row in data.get("parts", ())
        ),
        rounding=_rounding_steps(data.get("rounding", {})),
        grades=tuple(Grade(row["title"], parse_number(row["lower"])) for row in data.get("grades", ())),
        unit_groups=tuple(UnitGroup(row["id"], row.get("title", "")) for row in data.get("unit_groups", ())),
        measures={key: _measure(key, row) for key, row in data.get("measures", {}).items()},
        index=_index(data.get("index", {})),
        identities=tuple(
            Identity(tuple(row["left"]), tuple(row["right"]), row.get("at_most", False))
            for row in data.get("identities", ())
        ),
        totals=tuple(Total(row["id"], row.get("title", ""), tuple(row["items"])) for row in data.get("totals", ())),
        forms=_forms(data["forms"]) if "forms" in data else None,
        feeds=tuple(Feed(row["measure"], row["unit_group"], row.get("grade", "")) for row in data.get("feeds", ())),
        timetable=tuple(_phase(row) for row in data.get("timetable", ())),
        reference=data.get("reference", ""),
        excerpt=data.get("excerpt", False),
        printed_total=_number(data.get("printed_total")),
    )


def _nodes(rows: list[Mapping[str, Any]], path: YamlPath, locate: Locate) -> tuple[Node, ...]:
    return tuple(_node(row, (*path, index), locate) for index, row in enumerate(rows))


def _node(row: Mapping[str, Any], path: YamlPath, locate: Locate) -> Node:
    return Node(
        code=row["code"],
        title=row["title"],
        max_points=_number(row.get("max_points")),
        children=_nodes(row.get("children", []), (*path, "children"), locate),
        source=Source(row["source"]) if "source" in row else None,
        part=row.get("part", ""),
        bonus=row.get("bonus", False),
        outside=Outside(row["outside"]) if "outside" in row else None,
        rule=_rule(row["rule"]) if "rule" in row else None,
        survey=_survey(row["survey"]) if "survey" in row else None,
        evidence=tuple(row.get("evidence", ())),
        note=row.get("note", ""),
        options=tuple(row.get("options", ())),
        printed_code=row.get("printed_code", ""),
        display_title=row.get("display_title", ""),
        reference=row.get("reference", ""),
        place=locate(path),
    )


def _rule(row: Mapping[str, Any]) -> RuleData:
    data = {key: value for key, value in row.items() if key not in _RULE_STATUS}
    return RuleData(data, row.get("clause", ""), row.get("assumed", False), row.get("proposed", False))


def _survey(row: Mapping[str, Any]) -> SurveyPoints:
    of, index = row["of"], row.get("index", "")
    weights = {int(answer): parse_number(weight) for answer, weight in index.items()} if isinstance(index, dict) else {}
    return SurveyPoints(
        of=(of,) if isinstance(of, str) else tuple(of),
        index=IndexMapping.ANSWERS if weights else IndexMapping(index) if index else None,
        answer_weights=weights,
        respondents={group: parse_number(weight) for group, weight in row.get("respondents", {}).items()},
        minimum=_integer(row.get("minimum")),
        rounding=_rounding(row.get("round")),
        questionnaire=row.get("questionnaire", ""),
        clause=row.get("clause", ""),
        assumed=row.get("assumed", False),
    )


def _declared(row: Mapping[str, Any], locate: Locate) -> Declared:
    keys = ("areas", "criteria", "subcriteria", "items", "max_points")
    areas = row.get("by_area", ())
    return Declared(
        areas=_integer(row.get("areas")),
        criteria=_integer(row.get("criteria")),
        subcriteria=_integer(row.get("subcriteria")),
        items=_integer(row.get("items")),
        max_points=_number(row.get("max_points")),
        parts={key: parse_number(value) for key, value in row.get("parts", {}).items()},
        by_area=tuple(
            AreaDeclaration(
                area["title"],
                _integer(area.get("criteria")),
                _integer(area.get("subcriteria")),
                _number(area.get("max_points")),
                locate(("declared", "by_area", index)),
            )
            for index, area in enumerate(areas)
        ),
        places={key: locate(("declared", key)) for key in keys if key in row}
        | {key: locate(("declared", "parts", key)) for key in row.get("parts", {})},
    )


def _legal_basis(row: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(row["number"], _date(row.get("date")), row.get("issuer", ""), row.get("abstract", ""))


def _phase(row: Mapping[str, Any]) -> Phase:
    return Phase(row["title"], _date(row.get("starts")), _date(row.get("ends")), row.get("reference", ""))


def _measure(key: str, row: Mapping[str, Any]) -> Measure:
    return Measure(
        id=key,
        title=row.get("title", ""),
        kind=MeasureKind(row.get("kind", MeasureKind.NUMBER)),
        unit=row.get("unit", ""),
        choices=row.get("choices", {}),
        sum_of_children=row.get("sum_of_children", False),
        integer=row.get("integer", False),
        minimum=_number(row.get("minimum")),
        maximum=_number(row.get("maximum")),
        provided_by=row.get("provided_by", ""),
        of_result=OfResult(row["of_result"]) if "of_result" in row else None,
    )


def _rounding_steps(row: Mapping[str, Any]) -> RoundingSteps:
    return RoundingSteps(_rounding(row.get("item")), _rounding(row.get("index")))


def _rounding(row: Mapping[str, Any] | None) -> Rounding | None:
    if row is None:
        return None
    return Rounding(int(row["places"]), RoundingMode(row.get("mode", RoundingMode.HALF_UP)))


def _index(row: Mapping[str, Any]) -> IndexDeclaration:
    return IndexDeclaration(
        bonus_cap=_number(row.get("bonus_cap")),
        penalty_cap=_number(row.get("penalty_cap")),
        cap=_number(row.get("cap")),
        absent_parts=tuple(row.get("absent_parts", ())),
        tie_tolerance=parse_number(row.get("tie_tolerance", 0)),
        graded_by=GradedBy(row.get("graded_by", GradedBy.PER_CENT)),
        without_figures=WithoutFigures(row.get("without_figures", WithoutFigures.UNANSWERED)),
    )


def _forms(row: Mapping[str, Any]) -> FormsDeclaration:
    columns = tuple(
        FormColumn(
            one["column"],
            {parse_number(score): measure for score, measure in one["scores"].items()},
            Per(one.get("per", Per.DOSSIER)),
            one.get("head", ""),
        )
        for one in row["columns"]
    )
    periods = PeriodLength(row["periods"]) if "periods" in row else None
    return FormsDeclaration(columns, Scored(row.get("scored", Scored.UNIT)), periods)


def _number(value: Any) -> Fraction | None:
    return None if value is None else parse_number(value)


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)


def _date(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)
