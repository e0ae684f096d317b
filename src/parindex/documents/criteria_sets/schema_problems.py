"""What a JSON Schema finds, as problems with place and facts.

Kinds and their facts:

- ``key_missing``: ``key``;
- ``key_unknown``: ``key``, ``near`` (the known key that looks most like it, or "");
- ``value_not_allowed``: ``found``, ``allowed``;
- ``value_wrong_type``: ``found``, ``expected`` (``string``, ``array``, ``object``, ``boolean``), and the name of the
  ``schema`` where it is not that of criteria sets;
- ``text_too_long``: ``found``, ``length``, ``limit``;
- ``keys_exclude_each_other``: ``keys``;
- ``value_not_understood``: ``found``, ``expected`` (``number``, ``count``, ``year``, ``date``, ``identifier``,
  ``rounding``);
- ``list_empty``, ``file_empty``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from parindex.documents.criteria_sets.yaml_text import YamlPath
from parindex.domain.errors import Place, Problem

Locate = Callable[[YamlPath], Place]

_SHOWN = 80


def schema_problems_of(
    validator: Draft202012Validator, data: Any, locate: Locate, schema: str, *, nearest: bool = False
) -> list[Problem]:
    """All problems that the schema with the file name ``schema`` has with ``data``, in the order of the library.

    ``nearest``: of a value that fits none of several forms, the complaints of the form that it comes nearest to.
    """
    errors = validator.iter_errors(data)
    found = (one for error in errors for one in _nearest(error)) if nearest else errors
    return [problem for error in found for problem in schema_problems(error, locate, schema)]


def _nearest(error: ValidationError) -> Iterator[ValidationError]:
    """Of a value that fits none of several forms: all that is wrong with it as the one of its type, or a best guess."""
    forms: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        forms.setdefault(inner.schema_path[0], []).append(inner)
    typed = [form for form in forms.values() if all(one.validator != "type" or one.path for one in form)]
    if len(typed) == 1:
        for one in typed[0]:
            yield from _nearest(one)
    else:
        yield best_match([error]) or error


def schema_problems(error: ValidationError, locate: Locate, schema: str = "") -> Iterator[Problem]:
    """The problems that one error of a schema stands for (one a missing or unknown key)."""
    path: YamlPath = tuple(error.absolute_path)
    if not path and error.instance is None:
        yield Problem("file_empty", locate(path))
    elif error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        # The library reports each missing key by itself: take the one that this message names.
        yield from (
            Problem("key_missing", locate(path), {"key": key}) for key in missing if error.message.startswith(repr(key))
        )
    elif error.validator == "additionalProperties":
        known = sorted(error.schema["properties"])
        for key in error.instance:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                yield Problem("key_unknown", locate((*path, key)), {"key": key, "near": near[0] if near else ""})
    elif "propertyNames" in error.absolute_schema_path:
        key = str(error.instance)
        yield Problem("value_not_understood", locate((*path, key)), {"found": key[:_SHOWN], "expected": "identifier"})
    else:
        yield _value_problem(error, locate(path), schema)


def _value_problem(error: ValidationError, place: Place, schema: str) -> Problem:
    found = _shown(error.instance)
    either = _either_key(error)
    if either:
        there = [key for key in either if key in error.instance]
        if not there:
            return Problem("key_missing", place, {"key": either[0]})
        return Problem("keys_exclude_each_other", place, {"keys": there})
    if error.validator in ("enum", "const"):
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        return Problem("value_not_allowed", place, {"found": found, "allowed": list(allowed)})
    if error.validator == "maxProperties":
        return Problem("keys_exclude_each_other", place, {"keys": list(error.instance)})
    if error.validator == "type":
        types = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
        named = {"schema": schema} if schema else {}
        return Problem("value_wrong_type", place, {"found": found, "expected": types[0], **named})
    if error.validator == "maxLength":
        facts = {"found": found, "length": len(error.instance), "limit": error.validator_value}
        return Problem("text_too_long", place, facts)
    if error.validator == "minItems":
        return Problem("list_empty", place)
    return Problem("value_not_understood", place, {"found": found, "expected": _expected(error)})


def _either_key(error: ValidationError) -> list[str]:
    """The keys of which exactly one (``oneOf``) or not all (``not``) may stand, where the error is about that."""
    if error.validator == "not":
        return list(error.validator_value.get("required", ()))
    if error.validator == "oneOf" and all(list(form) == ["required"] for form in error.validator_value):
        return [key for form in error.validator_value for key in form["required"]]
    return []


def _expected(error: ValidationError) -> str:
    """The name of the text form that was asked for: the definition of the schema that the failing keyword stands in."""
    if error.validator == "format":
        return str(error.validator_value)
    names = {"number", "count", "year", "identifier", "rounding", "name", "choice", "language"}
    return str(error.schema.get("title") if error.schema.get("title") in names else "text")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
