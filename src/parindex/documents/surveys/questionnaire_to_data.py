"""A questionnaire as plain data: texts, truth values, lists and mappings, without the layout of a file.

What says the default is left out, so that equal questionnaires give equal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from parindex.documents.surveys.conditions_data import condition_data
from parindex.domain.criteria.criteria_set import LegalBasis
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.form import (
    ItemGroup,
    ItemPart,
    Option,
    Question,
    Questionnaire,
    Scale,
    Section,
)
from parindex.domain.survey.questionnaire.variables import DontKnow, Rollup
from parindex.domain.values import number_text

FORMAT = "parindex/questionnaire/1"


def questionnaire_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """The data of a questionnaire in the order of the file format."""
    one = questionnaire
    head = {
        "format": FORMAT,
        "id": one.id,
        "version": one.version,
        "title": dict(one.title),
        "year": _text(one.year),
        "languages": list(one.languages),
        "translated": list(one.translated),
        "reference": one.reference,
        "note": one.note,
        "legal_basis": [legal_basis_data(basis) for basis in one.legal_basis],
        "criteria_set": one.criteria_set,
        "rollup": _unless(one.rollup, Rollup.RESPONDENTS),
        "mapping": _unless(one.mapping, IndexMapping.MEAN_5),
        "mapping_assumed": one.mapping_assumed,
        "dont_know": _unless(one.dont_know, DontKnow.MISSING),
        "respondent_groups": [
            said({"code": group.code, "label": dict(group.label), "ours": group.ours})
            for group in one.respondent_groups
        ],
        "scales": [_scale_data(scale) for scale in one.scales],
    }
    tail = {
        "groups": [group_data(group) for group in one.groups],
        "parts": [part_data(part) for part in one.parts],
        "ratios": [
            {
                "code": ratio.code,
                "label": dict(ratio.label),
                "numerator": ratio.numerator,
                "denominator": ratio.denominator,
            }
            for ratio in one.ratios
        ],
    }
    return said(head) | {"sections": [_section_data(section) for section in one.sections]} | said(tail)


def said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something: empty texts, lists and mappings, None and False are the defaults."""
    return {key: value for key, value in row.items() if value not in (None, "", False) and value != [] and value != {}}


def _unless(value: str, default: str) -> str | None:
    return None if value == default else str(value)


def _text(value: Fraction | int | None) -> str | None:
    return None if value is None else number_text(Fraction(value))


def legal_basis_data(basis: LegalBasis) -> dict[str, Any]:
    """One official document."""
    dated = basis.date.isoformat() if basis.date else None
    return said({"number": basis.number, "date": dated, "issuer": basis.issuer, "abstract": basis.abstract})


def _section_data(section: Section) -> dict[str, Any]:
    return said(
        {
            "code": section.code,
            "label": dict(section.label),
            "hint": dict(section.hint),
            "respondents": list(section.respondents),
            "relevant": condition_data(section.relevant) if section.relevant else None,
            "ours": section.ours,
            "reference": section.reference,
        }
    ) | {"questions": [_question_data(question) for question in section.questions]}


def _question_data(question: Question) -> dict[str, Any]:
    return said(
        {
            "code": question.code,
            "printed": question.printed,
            "kind": str(question.kind),
            "label": dict(question.label),
            "hint": dict(question.hint),
            "scale": question.scale,
            "options": [_option_data(option) for option in question.options],
            "most": _text(question.most),
            "minimum": _text(question.minimum),
            "maximum": _text(question.maximum),
            "integer": question.integer,
            "reversed": question.reversed,
            "required": question.required,
            "respondents": list(question.respondents),
            "relevant": condition_data(question.relevant) if question.relevant else None,
            "feeds": list(question.feeds),
            "ours": question.ours,
            "reference": question.reference,
        }
    )


def _option_data(option: Option) -> dict[str, Any]:
    return said({"code": option.code, "label": dict(option.label), "alone": option.alone, "ours": option.ours})


def _scale_data(scale: Scale) -> dict[str, Any]:
    return said(
        {
            "code": scale.code,
            "points": [_option_data(point) for point in scale.points],
            "satisfied_from": str(scale.satisfied_from),
            "no_answer": [
                {"code": one.code, "label": dict(one.label), "meaning": str(one.meaning)} for one in scale.no_answer
            ],
            "weights": {str(code): number_text(weight) for code, weight in scale.weights.items()},
            "ours": scale.ours,
            "reference": scale.reference,
        }
    )


def group_data(group: ItemGroup) -> dict[str, Any]:
    """One group of items."""
    return said(
        {
            "code": group.code,
            "printed": group.printed,
            "label": dict(group.label),
            "items": list(group.items),
            "feeds": list(group.feeds),
            "reference": group.reference,
        }
    )


def part_data(part: ItemPart) -> dict[str, Any]:
    """One part of groups."""
    return said(
        {
            "code": part.code,
            "printed": part.printed,
            "label": dict(part.label),
            "groups": list(part.groups),
            "feeds": list(part.feeds),
            "reference": part.reference,
        }
    )
