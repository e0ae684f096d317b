"""A criteria set as plain data (texts, truth values, lists, mappings) and back: what the YAML file holds, without its layout.

:func:`criteria_set_from_data` takes data that the schema ``criteria-set.schema.json`` allows; whatever says the default may be left
out. :func:`criteria_set_data` leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from parindex.documents.yaml_text import YamlPath
from parindex.domain.criteria.criteria_set import (
    AreaDeclaration,
    CriteriaSet,
    Declared,
    Grade,
    IndexDeclaration,
    LegalBasis,
    Measure,
    MeasureKind,
    Node,
    Outside,
    Part,
    Phase,
    RoundingSteps,
    RuleData,
    Source,
)
from parindex.domain.errors import Place
from parindex.domain.units import UnitGroup
from parindex.domain.values import Rounding, RoundingMode, number_text, parse_number

FORMAT = "parindex/criteria-set/1"

#: Says where a path of the data stands in its file.
Locate = Callable[[YamlPath], Place]

_RULE_STATUS = ("clause", "assumed", "proposed")


def _nowhere(path: YamlPath) -> Place:
    return Place()


# --- from data -----------------------------------------------------------------------------------------------------


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
        timetable=tuple(_phase(row) for row in data.get("timetable", ())),
        reference=data.get("reference", ""),
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
    )


def _number(value: Any) -> Fraction | None:
    return None if value is None else parse_number(value)


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)


def _date(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


# --- to data -------------------------------------------------------------------------------------------------------


def criteria_set_data(criteria_set: CriteriaSet) -> dict[str, Any]:
    """The data of a criteria set in the order of the file format; what says the default is left out."""
    head = {
        "format": FORMAT,
        "id": criteria_set.id,
        "title": criteria_set.title,
        "year": _text(criteria_set.year),
        "level": criteria_set.level,
        "reference": criteria_set.reference,
        "legal_basis": [_legal_basis_data(basis) for basis in criteria_set.legal_basis],
        "declared": _declared_data(criteria_set.declared),
        "printed_total": _text(criteria_set.printed_total),
        "parts": [
            _said({"id": part.id, "title": part.title, "sources": [source.value for source in part.sources]})
            for part in criteria_set.parts
        ],
        "rounding": _said({name: _rounding_data(getattr(criteria_set.rounding, name)) for name in ("item", "index")}),
        "grades": [{"title": grade.title, "lower": number_text(grade.lower)} for grade in criteria_set.grades],
        "unit_groups": [_said({"id": group.id, "title": group.title}) for group in criteria_set.unit_groups],
        "index": _index_data(criteria_set.index),
        "timetable": [_phase_data(phase) for phase in criteria_set.timetable],
        "measures": {key: _measure_data(measure) for key, measure in criteria_set.measures.items()},
    }
    return _said(head) | {"areas": [_node_data(area) for area in criteria_set.areas]}


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something: empty texts, lists and mappings, None and False are the defaults."""
    return {key: value for key, value in row.items() if value not in (None, "", False) and value != [] and value != {}}


def _text(value: Fraction | int | date | None) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else number_text(Fraction(value))


def _node_data(node: Node) -> dict[str, Any]:
    named = {"code": node.code, "title": node.title}
    return named | _said(
        {
            "printed_code": node.printed_code,
            "display_title": node.display_title,
            "max_points": _text(node.max_points),
            "source": node.source.value if node.source else None,
            "part": node.part,
            "bonus": node.bonus,
            "outside": node.outside.value if node.outside else None,
            "note": node.note,
            "reference": node.reference,
            "options": list(node.options),
            "evidence": list(node.evidence),
            "rule": _rule_data(node.rule),
            "children": [_node_data(child) for child in node.children],
        }
    )


def _rule_data(rule: RuleData | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return dict(rule.data) | _said({"clause": rule.clause, "assumed": rule.assumed, "proposed": rule.proposed})


def _declared_data(declared: Declared) -> dict[str, Any]:
    return _said(
        {
            "areas": _text(declared.areas),
            "criteria": _text(declared.criteria),
            "subcriteria": _text(declared.subcriteria),
            "items": _text(declared.items),
            "max_points": _text(declared.max_points),
            "parts": {key: number_text(value) for key, value in declared.parts.items()},
            "by_area": [
                {"title": area.title}
                | _said(
                    {
                        "criteria": _text(area.criteria),
                        "subcriteria": _text(area.subcriteria),
                        "max_points": _text(area.max_points),
                    }
                )
                for area in declared.by_area
            ],
        }
    )


def _legal_basis_data(basis: LegalBasis) -> dict[str, Any]:
    named = {"number": basis.number}
    return named | _said({"date": _text(basis.date), "issuer": basis.issuer, "abstract": basis.abstract})


def _phase_data(phase: Phase) -> dict[str, Any]:
    named = {"title": phase.title}
    return named | _said({"starts": _text(phase.starts), "ends": _text(phase.ends), "reference": phase.reference})


def _rounding_data(step: Rounding | None) -> dict[str, Any] | None:
    return None if step is None else {"places": str(step.places), "mode": step.mode.value}


def _index_data(index: IndexDeclaration) -> dict[str, Any]:
    return _said(
        {
            "bonus_cap": _text(index.bonus_cap),
            "penalty_cap": _text(index.penalty_cap),
            "cap": _text(index.cap),
            "absent_parts": list(index.absent_parts),
            "tie_tolerance": _text(index.tie_tolerance) if index.tie_tolerance else None,
        }
    )


def _measure_data(measure: Measure) -> dict[str, Any]:
    return _said(
        {
            "title": measure.title,
            "kind": measure.kind.value if measure.kind is not MeasureKind.NUMBER else None,
            "unit": measure.unit,
            "choices": dict(measure.choices),
            "sum_of_children": measure.sum_of_children,
            "integer": measure.integer,
            "minimum": _text(measure.minimum),
            "maximum": _text(measure.maximum),
            "provided_by": measure.provided_by,
        }
    )
