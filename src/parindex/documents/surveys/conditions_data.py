"""Skip conditions from and to plain data: ``{question: q03, in: [1, 2]}`` within ``all``, ``any`` and ``not``.

The schema cannot say which keys go together; what does not is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from parindex.documents.criteria_sets.yaml_text import YamlPath
from parindex.domain.survey.questionnaire.conditions import (
    BOUNDS,
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Not,
    OneOf,
)
from parindex.domain.values import number_text, parse_number

_JOINING = ("all", "any", "not")
_BOUND_KEYS = {"from": "from_", "above": "above", "below": "below", "up_to": "up_to"}
_TESTS = ("in", "answered", *_BOUND_KEYS)


def shape_faults(data: Mapping[str, Any], path: YamlPath) -> Iterator[tuple[str, YamlPath, dict[str, Any]]]:
    """Conditions that say nothing, or several things at once: kind, path, facts.

    Kinds: ``condition_says_nothing``, ``keys_exclude_each_other`` (``keys``).
    """
    forms = [key for key in (*_JOINING, "question") if key in data]
    tests = [key for key in _TESTS if key in data]
    if not forms or (forms == ["question"] and not tests):
        yield "condition_says_nothing", path, {}
    elif len(forms) > 1:
        yield "keys_exclude_each_other", path, {"keys": forms}
    elif forms != ["question"] and tests:
        yield "keys_exclude_each_other", path, {"keys": [*forms, *tests]}
    elif len(tests) > 1 and not _one_span(set(tests)):
        yield "keys_exclude_each_other", path, {"keys": tests}
    for key in ("all", "any"):
        for index, part in enumerate(data.get(key, ())):
            yield from shape_faults(part, (*path, key, index))
    if "not" in data:
        yield from shape_faults(data["not"], (*path, "not"))


def _one_span(tests: set[str]) -> bool:
    """Whether bounds are a lower and an upper one."""
    return tests <= set(_BOUND_KEYS) and not {"from", "above"} <= tests and not {"below", "up_to"} <= tests


def condition_from_data(data: Mapping[str, Any]) -> Condition:
    """The condition that well-formed data describe."""
    if "all" in data:
        return AllOf(tuple(condition_from_data(part) for part in data["all"]))
    if "any" in data:
        return AnyOf(tuple(condition_from_data(part) for part in data["any"]))
    if "not" in data:
        return Not(condition_from_data(data["not"]))
    if "in" in data:
        return OneOf(data["question"], tuple(data["in"]))
    if "answered" in data:
        return Answered(data["question"])
    bounds = {name: parse_number(data[key]) for key, name in _BOUND_KEYS.items() if key in data}
    return Between(data["question"], **bounds)


def condition_data(condition: Condition) -> dict[str, Any]:
    """The data of a condition; :func:`condition_from_data` gives an equal one back."""
    if isinstance(condition, AllOf):
        return {"all": [condition_data(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [condition_data(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": condition_data(condition.part)}
    if isinstance(condition, OneOf):
        return {"question": condition.question, "in": list(condition.options)}
    if isinstance(condition, Answered):
        return {"question": condition.question, "answered": True}
    named = ((name.rstrip("_"), getattr(condition, name)) for name in BOUNDS)
    return {"question": condition.question} | {key: number_text(value) for key, value in named if value is not None}
