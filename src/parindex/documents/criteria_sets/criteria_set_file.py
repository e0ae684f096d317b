"""The YAML file of a criteria set: reading it strictly, writing it, and its canonical form and fingerprint.

The schema ``data/schemas/criteria-set.schema.json`` says what a file may hold. A set with contradictions (duplicate
codes, wrong sums) loads: finding them is the work of :mod:`parindex.domain.scoring.check`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema

from parindex.documents.criteria_sets.from_data import criteria_set_from_data
from parindex.documents.criteria_sets.schema_problems import schema_problems
from parindex.documents.criteria_sets.to_data import criteria_set_data
from parindex.documents.criteria_sets.yaml_text import (
    OneLine,
    Quoted,
    YamlPath,
    YamlText,
    parse_yaml,
    read_yaml_file,
    write_yaml,
)
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, InvalidValue, Place
from parindex.domain.values import number_text, parse_number

__all__ = [
    "canonical",
    "criteria_set_data",
    "dump_criteria_set",
    "fingerprint",
    "load_criteria_set",
    "parse_criteria_set",
]

# Where and how a set was printed has no meaning for what it measures.
_WITHOUT_MEANING = frozenset({"format", "reference", "printed_code"})
# Keys whose values are words; they are never taken for numbers.
_TITLES = frozenset({"code", "printed_code", "title", "display_title", "reference", "clause", "note"})
_WORDS = _TITLES | {
    "abstract",
    "evidence",
    "id",
    "issuer",
    "items",
    "level",
    "number",
    "of",
    "options",
    "provided_by",
    "questionnaire",
    "unit",
}
# Mappings whose keys are ids that the file chose, not words of the format.
_NAMED_BY_USERS = frozenset({"measures", "parts", "respondents"})
_QUOTED = _TITLES | {"abstract", "number"}
# Keys whose mappings are written over several lines.
_BLOCKS = frozenset({"areas", "children", "rule", "measures", "declared", "rounding", "index", "forms"})


# --- reading -------------------------------------------------------------------------------------------------------


def load_criteria_set(path: Path) -> CriteriaSet:
    """The criteria set in a YAML file.

    Raises :class:`InvalidInput` with every problem at once, each with file, line and path
    (``areas/2/2.3/2.3.1/max_points``): those of :mod:`parindex.documents.criteria_sets.yaml_text` and of
    :mod:`parindex.documents.criteria_sets.schema_problems`.
    """
    return _criteria_set(read_yaml_file(path), str(path))


def parse_criteria_set(text: str, file: str | None = None) -> CriteriaSet:
    """The criteria set in YAML text; raises as :func:`load_criteria_set`."""
    return _criteria_set(parse_yaml(text, file), file)


def _criteria_set(content: YamlText, file: str | None) -> CriteriaSet:
    def locate(path: YamlPath) -> Place:
        return _place(content, path, file)

    errors = _validator().iter_errors(content.data)
    problems = [problem for error in errors for problem in schema_problems(error, locate)]
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place.line or 0))
    return criteria_set_from_data(content.data, locate)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas/criteria-set.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text), format_checker=jsonschema.FormatChecker(["date"]))


def _place(content: YamlText, path: YamlPath, file: str | None) -> Place:
    """Where a path stands, with codes in the place of list positions where the list holds nodes."""
    shown: list[str] = []
    code: str | None = None
    data = content.data
    for depth, step in enumerate(path, start=1):
        data = data[step] if _has(data, step) else None
        if step == "children" and depth < len(path):
            continue
        if isinstance(step, int) and isinstance(data, dict) and isinstance(data.get("code"), str):
            code = data["code"]
            shown.append(code)
        else:
            shown.append(str(step))
    return Place(file=file, line=_line(content, path), code=code, path="/".join(shown) or None)


def _has(data: Any, step: str | int) -> bool:
    return (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int))


def _line(content: YamlText, path: YamlPath) -> int | None:
    """The line of a path; a node's is that of its code."""
    return content.lines.get((*path, "code")) or content.lines.get(path)


# --- writing -------------------------------------------------------------------------------------------------------


def dump_criteria_set(criteria_set: CriteriaSet) -> str:
    """YAML text of a criteria set, always in the same order; :func:`parse_criteria_set` gives an equal set back."""
    return write_yaml({key: _laid_out(key, value) for key, value in criteria_set_data(criteria_set).items()})


def _laid_out(key: str, value: Any) -> Any:
    """Codes and titles in quotes; the tree and rules in blocks, everything smaller on one line."""
    if isinstance(value, str):
        return Quoted(value) if key in _QUOTED else value
    if isinstance(value, list):
        return [_laid_out(key, row) for row in value]
    if isinstance(value, dict):
        rows = {name: _laid_out(name, row) for name, row in value.items()}
        return rows if key in _BLOCKS else OneLine(rows)
    return value


# --- identity ------------------------------------------------------------------------------------------------------


def canonical(criteria_set: CriteriaSet) -> bytes:
    """The canonical form: JSON in UTF-8 of everything that has meaning, in exactly one spelling.

    Keys are sorted, texts are in NFC with single spaces, numbers exact in their shortest form. Places, references
    into the paper and codes as misprinted are not part of it. Two sets are the same yardstick exactly when their
    canonical forms are equal.
    """
    data = _canonical_node("", criteria_set_data(criteria_set))
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def fingerprint(criteria_set: CriteriaSet) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(criteria_set)).hexdigest()


def _canonical_node(key: str, value: Any) -> Any:
    """The canonical form of what stands under ``key`` in the file format."""
    if key == "rule":
        return _canonical_rule(value)
    if key == "choices":
        return {_one_spelling(name): _one_spelling(label) for name, label in value.items()}
    if isinstance(value, Mapping) and key in _NAMED_BY_USERS:
        return {name: _canonical_node("", row) for name, row in value.items()}
    if isinstance(value, Mapping):
        return {name: _canonical_node(name, row) for name, row in value.items() if name not in _WITHOUT_MEANING}
    if isinstance(value, list | tuple):
        return [_canonical_node(key, row) for row in value]
    if isinstance(value, bool):
        return value
    return _one_spelling(str(value)) if key in _WORDS else _shortest(str(value))


def _canonical_rule(value: Any) -> Any:
    """The canonical form of a rule: its keys are measures, options and years, so none of them is left out."""
    if isinstance(value, Mapping):
        return {
            _one_spelling(name): _one_spelling(row)
            if name == "clause" and isinstance(row, str)
            else _canonical_rule(row)
            for name, row in value.items()
        }
    if isinstance(value, list | tuple):
        return [_canonical_rule(row) for row in value]
    return value if isinstance(value, bool) else _shortest(str(value))


def _shortest(text: str) -> str:
    """A number in its shortest exact form; any other text in one spelling."""
    try:
        return number_text(parse_number(text))
    except InvalidValue:
        return _one_spelling(text)


def _one_spelling(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
