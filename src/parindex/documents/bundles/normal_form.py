"""The yardstick of a group in normal form: nothing left to defaults, so that an independent reader needs no YAML.

Every parameter stands there, exact, dated ones resolved for the year of the set, inherited ones repeated where they
hold, shares of a maximum as points. What each word means is said in docs/goi-ket-qua.md, which other programs are
written against: a change here is a change of that page and of :data:`FORMAT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from parindex.documents.bundles.rule_normal_form import number, rounding_data, rule_data
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, Node, Source
from parindex.domain.publication.snapshot import FrozenGroup
from parindex.domain.scoring.usable import ItemPlan, Plan, require_usable
from parindex.domain.values import number_text

FORMAT = "parindex/yardstick/1"


def normal_form(group: FrozenGroup, plan: Plan | None = None) -> dict[str, Any]:
    """The normal form of the yardstick of ``group``; ``plan``: the set made ready, where the caller has it. Raises
    :class:`InvalidInput` where the set cannot be computed with.
    """
    made = group.criteria_set
    plan = require_usable(made) if plan is None else plan
    return {
        "format": FORMAT,
        "group": group.code,
        "fingerprint": group.set_fingerprint,
        "id": made.id,
        "title": made.title,
        "year": made.year,
        "level": made.level,
        "legal_basis": [
            {
                "number": one.number, "date": one.date.isoformat() if one.date else "", "issuer": one.issuer,
                "abstract": one.abstract,
            }
            for one in made.legal_basis
        ],
        "nodes": _nodes(made, plan),
        "measures": [_measure(one) for one in made.measures.values()],
        "parts": [
            {"id": part.id, "title": part.title, "items": _items_of(made, plan, part.id)} for part in made.parts
        ],
        "rounding": {"item": rounding_data(made.rounding.item), "index": rounding_data(made.rounding.index)},
        "grades": [{"title": one.title, "lower": number_text(one.lower)} for one in made.grades],
        "index": _index(made, group.code),
        "totals": [{"id": one.id, "title": one.title, "items": list(one.items)} for one in made.totals],
        "identities": [
            {"left": list(one.left), "right": list(one.right), "at_most": one.at_most} for one in made.identities
        ],
    }  # fmt: skip


def _nodes(made: CriteriaSet, plan: Plan) -> list[dict[str, Any]]:
    """Every node in reading order."""
    items = {item.node.code: item for item in plan.items}
    absent = set(made.index.absent_parts)
    found: list[dict[str, Any]] = []

    def visit(node: Node, parent: str) -> None:
        found.append(_node(node, parent, items.get(node.code), made, plan, absent))
        for child in node.children:
            visit(child, node.code)

    for area in made.areas:
        visit(area, "")
    return found


def _node(
    node: Node, parent: str, item: ItemPlan | None, made: CriteriaSet, plan: Plan, absent: set[str]
) -> dict[str, Any]:
    part = made.part_of(node) if item is not None else ""
    outside = plan.outside.get(node.code) if item is not None else node.outside
    return {
        "code": node.code,
        "title": node.title,
        "parent": parent,
        "item": item is not None,
        "max_points": number(node.max_points if item is None else item.max_points),
        "source": (node.source or Source.REPORT).value if item is not None else "",
        "part": part,
        "absent": part in absent,
        "bonus": node.bonus,
        "outside": outside.value if outside is not None else "",
        "rule": None if item is None or item.rule is None else rule_data(item.rule),
        "clause": node.rule.clause if node.rule else "",
        "assumed": node.rule.assumed if node.rule else False,
        "survey": _survey(node, made),
    }


def _survey(node: Node, made: CriteriaSet) -> dict[str, Any] | None:
    """How a survey gives the points: from the estimate on they can be recomputed; its answers are in no bundle."""
    if node.survey is None:
        return None
    of = node.survey
    return {
        "of": list(of.of),
        "questionnaire": of.questionnaire,
        "minimum": of.minimum,
        "rounding": rounding_data(of.step(made.rounding.item)),
    }


def _items_of(made: CriteriaSet, plan: Plan, part: str) -> list[str]:
    """The items that count in a part: those outside the hundred do not."""
    return [
        item.node.code for item in plan.items if item.node.code not in plan.outside and made.part_of(item.node) == part
    ]


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind.value,
        "unit": one.unit,
        "choices": _choices(one.choices),
        "minimum": number(one.minimum),
        "maximum": number(one.maximum),
        "integer": one.integer,
    }


def _choices(choices: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "label": label} for key, label in choices.items()]


def _index(made: CriteriaSet, group: str) -> dict[str, Any]:
    """How points become the index. ``ranks``: a set that declares several groups ranks those groups alone."""
    of, declared = made.index, {one.id for one in made.unit_groups}
    return {
        "bonus_cap": number(of.bonus_cap),
        "penalty_cap": number(of.penalty_cap),
        "cap": number(of.cap),
        "graded_by": of.graded_by.value,
        "tie_tolerance": number_text(Fraction(of.tie_tolerance)),
        "without_figures": of.without_figures.value,
        "ranks": len(declared) < 2 or group in declared,
    }
