"""A questionnaire from plain data as a YAML file holds them; the data must be what ``questionnaire.schema.json``
allows.

Conditions are brought into their one spelling. The way back is
:mod:`parindex.documents.surveys.questionnaire_to_data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from parindex.documents.surveys.conditions_data import condition_from_data
from parindex.domain.criteria.criteria_set import LegalBasis
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.conditions import Condition, normal
from parindex.domain.survey.questionnaire.form import (
    ItemGroup,
    ItemPart,
    NoAnswer,
    NoAnswerMeaning,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    RatioOfTotals,
    RespondentGroup,
    Scale,
    Section,
)
from parindex.domain.survey.questionnaire.variables import DontKnow, Rollup
from parindex.domain.values import parse_number

Row = Mapping[str, Any]


def questionnaire_from_data(data: Row) -> Questionnaire:
    """The questionnaire that ``data`` describes."""
    return Questionnaire(
        id=data["id"],
        version=data["version"],
        title=dict(data["title"]),
        languages=tuple(data["languages"]),
        sections=tuple(_section(row) for row in data["sections"]),
        scales=tuple(_scale(row) for row in data.get("scales", ())),
        translated=tuple(data.get("translated", ())),
        year=_integer(data.get("year")),
        legal_basis=tuple(_legal_basis(row) for row in data.get("legal_basis", ())),
        reference=data.get("reference", ""),
        note=data.get("note", ""),
        criteria_set=data.get("criteria_set", ""),
        rollup=Rollup(data.get("rollup", Rollup.RESPONDENTS)),
        mapping=IndexMapping(data.get("mapping", IndexMapping.MEAN_5)),
        mapping_assumed=data.get("mapping_assumed", False),
        dont_know=DontKnow(data.get("dont_know", DontKnow.MISSING)),
        respondent_groups=tuple(
            RespondentGroup(row["code"], dict(row["label"]), row.get("ours", False))
            for row in data.get("respondent_groups", ())
        ),
        groups=tuple(_group(row) for row in data.get("groups", ())),
        parts=tuple(_part(row) for row in data.get("parts", ())),
        ratios=tuple(
            RatioOfTotals(row["code"], dict(row["label"]), row["numerator"], row["denominator"])
            for row in data.get("ratios", ())
        ),
    )


def _section(row: Row) -> Section:
    return Section(
        code=row["code"],
        label=dict(row["label"]),
        questions=tuple(_question(one) for one in row["questions"]),
        hint=dict(row.get("hint", {})),
        respondents=tuple(row.get("respondents", ())),
        relevant=_condition(row.get("relevant")),
        ours=row.get("ours", False),
        reference=row.get("reference", ""),
    )


def _question(row: Row) -> Question:
    return Question(
        code=row["code"],
        kind=QuestionKind(row["kind"]),
        label=dict(row["label"]),
        hint=dict(row.get("hint", {})),
        printed=row.get("printed", ""),
        scale=row.get("scale", ""),
        options=tuple(_option(one) for one in row.get("options", ())),
        most=_integer(row.get("most")),
        minimum=_number(row.get("minimum")),
        maximum=_number(row.get("maximum")),
        integer=row.get("integer", False),
        reversed=row.get("reversed", False),
        required=row.get("required", False),
        respondents=tuple(row.get("respondents", ())),
        relevant=_condition(row.get("relevant")),
        feeds=tuple(row.get("feeds", ())),
        ours=row.get("ours", False),
        reference=row.get("reference", ""),
    )


def _scale(row: Row) -> Scale:
    return Scale(
        code=row["code"],
        points=tuple(_option(one) for one in row["points"]),
        satisfied_from=int(row["satisfied_from"]),
        no_answer=tuple(
            NoAnswer(one["code"], dict(one["label"]), NoAnswerMeaning(one["meaning"]))
            for one in row.get("no_answer", ())
        ),
        weights={int(code): parse_number(weight) for code, weight in row.get("weights", {}).items()},
        ours=row.get("ours", False),
        reference=row.get("reference", ""),
    )


def _option(row: Row) -> Option:
    return Option(row["code"], dict(row["label"]), row.get("alone", False), row.get("ours", False))


def _group(row: Row) -> ItemGroup:
    return ItemGroup(
        row["code"],
        dict(row["label"]),
        tuple(row["items"]),
        row.get("printed", ""),
        tuple(row.get("feeds", ())),
        row.get("reference", ""),
    )


def _part(row: Row) -> ItemPart:
    return ItemPart(
        row["code"],
        dict(row["label"]),
        tuple(row["groups"]),
        row.get("printed", ""),
        tuple(row.get("feeds", ())),
        row.get("reference", ""),
    )


def _legal_basis(row: Row) -> LegalBasis:
    given = date.fromisoformat(row["date"]) if "date" in row else None
    return LegalBasis(row["number"], given, row.get("issuer", ""), row.get("abstract", ""))


def _condition(row: Row | None) -> Condition | None:
    return None if row is None else normal(condition_from_data(row))


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)


def _number(value: Any) -> Fraction | None:
    return None if value is None else parse_number(value)
