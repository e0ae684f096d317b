"""Where two values of JSON differ, to be told to a person."""

from __future__ import annotations

from typing import Any

from parindex.documents.canonical_json import canonical

_SHOWN = 60
_NOTHING = object()


def first_difference(found: Any, expected: Any, at: str = "") -> tuple[str, str, str]:
    """Where two values of JSON first differ, and what stands there; nodes, measures and options by their names."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted({*found, *expected}):
            if key not in found or key not in expected or _differ(found[key], expected[key]):
                return first_difference(found.get(key, _NOTHING), expected.get(key, _NOTHING), f"{at}/{key}")
    if isinstance(found, list) and isinstance(expected, list):
        for number, (one, other) in enumerate(zip(found, expected, strict=False)):
            if _differ(one, other):
                return first_difference(one, other, f"{at}/{_named(other, number)}")
        at, found, expected = f"{at}/{min(len(found), len(expected))}", len(found), len(expected)
    return at.strip("/"), _short(found), _short(expected)


def _differ(one: Any, other: Any) -> bool:
    """By their texts: 1 and true are equal to Python."""
    return canonical(one) != canonical(other)


def _named(value: Any, number: int) -> str:
    names = [value[key] for key in ("code", "id", "key") if isinstance(value, dict) and isinstance(value.get(key), str)]
    return names[0] if names else str(number)


def _short(value: Any) -> str:
    return "" if value is _NOTHING else str(value)[:_SHOWN]
