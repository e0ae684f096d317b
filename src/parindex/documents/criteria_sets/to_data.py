"""A criteria set as plain data: texts, truth values, lists and mappings, without the layout of a file.

What says the default is left out, so that equal sets give equal data. The way back is
:mod:`parindex.documents.criteria_sets.from_data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Declared,
    GradedBy,
    IndexDeclaration,
    LegalBasis,
    Measure,
    MeasureKind,
    Node,
    Phase,
    RuleData,
    WithoutFigures,
)
from parindex.domain.criteria.form_declarations import FormsDeclaration, Per, Scored
from parindex.domain.criteria.survey_points import SurveyPoints
from parindex.domain.values import Rounding, number_text

FORMAT = "parindex/criteria-set/1"


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
        "excerpt": criteria_set.excerpt,
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
        "identities": [
            _said({"left": list(identity.left), "right": list(identity.right), "at_most": identity.at_most})
            for identity in criteria_set.identities
        ],
        "totals": [
            _said({"id": total.id, "title": total.title, "items": [*total.items]}) for total in criteria_set.totals
        ],
        "forms": _forms_data(criteria_set.forms),
        "feeds": [
            _said({"measure": feed.measure, "unit_group": feed.unit_group, "grade": feed.grade})
            for feed in criteria_set.feeds
        ],
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
            "survey": _survey_data(node.survey),
            "children": [_node_data(child) for child in node.children],
        }
    )


def _rule_data(rule: RuleData | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return dict(rule.data) | _said({"clause": rule.clause, "assumed": rule.assumed, "proposed": rule.proposed})


def _survey_data(survey: SurveyPoints | None) -> dict[str, Any] | None:
    if survey is None:
        return None
    weights = {str(answer): number_text(weight) for answer, weight in survey.answer_weights.items()}
    return {"of": list(survey.of)} | _said(
        {
            "questionnaire": survey.questionnaire,
            "index": weights or (survey.index.value if survey.index else ""),
            "respondents": {group: number_text(weight) for group, weight in survey.respondents.items()},
            "minimum": _text(survey.minimum),
            "round": _rounding_data(survey.rounding),
            "clause": survey.clause,
            "assumed": survey.assumed,
        }
    )


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
            "graded_by": index.graded_by.value if index.graded_by is not GradedBy.PER_CENT else None,
            "without_figures": (
                index.without_figures.value if index.without_figures is not WithoutFigures.UNANSWERED else None
            ),
        }
    )


def _forms_data(forms: FormsDeclaration | None) -> dict[str, Any] | None:
    if forms is None:
        return None
    columns = [
        _said(
            {
                "column": one.column,
                "head": one.head,
                "per": one.per.value if one.per is not Per.DOSSIER else None,
                "scores": {number_text(score): measure for score, measure in one.scores.items()},
            }
        )
        for one in forms.columns
    ]
    scored = forms.scored.value if forms.scored is not Scored.UNIT else None
    return _said(
        {"scored": scored, "periods": None if forms.periods is None else forms.periods.value, "columns": columns}
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
            "of_result": measure.of_result.value if measure.of_result is not None else None,
        }
    )
