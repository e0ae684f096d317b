"""The YAML file of a questionnaire: reading it strictly, writing it, its canonical form and fingerprint.

The schema ``data/schemas/questionnaire.schema.json`` says what a file may hold; codes, conditions and groups that do
not fit together are refused as well, all at once.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jsonschema

from parindex.documents.criteria_sets.schema_problems import schema_problems_of
from parindex.documents.criteria_sets.yaml_text import (
    OneLine,
    Quoted,
    YamlPath,
    YamlText,
    read_yaml_file,
    write_yaml,
)
from parindex.documents.surveys.conditions_data import shape_faults
from parindex.documents.surveys.questionnaire_from_data import questionnaire_from_data
from parindex.documents.surveys.questionnaire_to_data import questionnaire_data
from parindex.documents.surveys.sound_questionnaire import sound_part
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.questionnaire.coherence import faults, faults_of_parts
from parindex.domain.survey.questionnaire.form import Questionnaire

__all__ = [
    "canonical",
    "dump_questionnaire",
    "fingerprint",
    "load_questionnaire",
    "questionnaire_data",
    "questionnaire_of",
    "questionnaire_path",
    "shipped_questionnaire_ids",
]

SCHEMA = "questionnaire.schema.json"
# Where and how a form was printed has no meaning for what it asks.
_WITHOUT_MEANING = frozenset({"format", "reference", "printed"})
_QUOTED = frozenset({"vi", "en", "reference", "printed", "number", "abstract", "note", "version"})
#: Lists whose codes mean something only within the question or scale that they stand in.
_CHOSEN = frozenset({"options", "points", "no_answer"})
#: Keys whose mappings and lists of mappings are written over several lines.
_BLOCKS = frozenset({"sections", "questions", "groups", "parts", "scales", "respondent_groups", "ratios"})


# --- reading -------------------------------------------------------------------------------------------------------


def load_questionnaire(name: Path | str) -> Questionnaire:
    """The questionnaire in a YAML file, or the shipped one with this id.

    Raises :class:`InvalidInput` with every problem at once, each with file, line and path
    (``sections/s1/q03/relevant``): ``unknown_questionnaire`` (``name``, ``known``, ``near``), those of
    :mod:`parindex.documents.criteria_sets.yaml_text`, of :mod:`parindex.documents.criteria_sets.schema_problems`, of
    :mod:`parindex.documents.surveys.conditions_data` and of
    :func:`parindex.domain.survey.questionnaire.coherence.faults`.
    """
    path = questionnaire_path(name)
    return _questionnaire(read_yaml_file(path), str(path))


def questionnaire_path(name: Path | str) -> Path:
    """The file at a path, or the shipped one with this id; raises ``unknown_questionnaire``."""
    path = Path(name)
    if path.exists():
        return path
    known = shipped_questionnaire_ids()
    if str(name) in known:
        return _folder() / f"{name}.yaml"
    near = get_close_matches(str(name), known, n=1)
    facts = {"name": str(name), "known": list(known), "near": near[0] if near else ""}
    raise InvalidInput([Problem("unknown_questionnaire", Place(), facts)])


def _questionnaire(content: YamlText, file: str | None) -> Questionnaire:
    def locate(path: YamlPath) -> Place:
        return _place(content, path, file)

    found = schema_problems_of(_validator(), content.data, locate, SCHEMA, nearest=True)
    sound = sound_part(content.data, _validator())
    if sound is not None:
        shapes = list(_condition_faults(sound.data))
        found += [Problem(kind, locate(path), facts) for kind, path, facts in shapes]
        for _, path, _ in shapes:
            sound.without(path[: path.index("relevant") + 1])
        questionnaire = questionnaire_from_data(sound.data)
        told = faults_of_parts(questionnaire) if found else faults(questionnaire)
        found += [Problem(fault.kind, locate(fault.path), fault.facts) for fault in told if sound.tells(fault)]
    if found:
        raise InvalidInput(sorted(found, key=lambda problem: problem.place.line or 0))
    return questionnaire


def questionnaire_of(data: Mapping[str, Any], file: str | None = None) -> Questionnaire:
    """The questionnaire that plain data describe; raises as :func:`load_questionnaire`, without lines."""
    return _questionnaire(YamlText(data, {}), file)


def _condition_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, YamlPath, dict[str, Any]]]:
    for position, section in enumerate(data["sections"]):
        path: YamlPath = ("sections", position)
        if "relevant" in section:
            yield from shape_faults(section["relevant"], (*path, "relevant"))
        for index, question in enumerate(section["questions"]):
            if "relevant" in question:
                yield from shape_faults(question["relevant"], (*path, "questions", index, "relevant"))


@cache
def _validator() -> jsonschema.Draft202012Validator:
    text = (files("parindex") / "data/schemas" / SCHEMA).read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text), format_checker=jsonschema.FormatChecker(["date"]))


def _place(content: YamlText, path: YamlPath, file: str | None) -> Place:
    """Where a path stands, with codes in the place of list positions where the list holds what has a code."""
    shown: list[str] = []
    code: str | None = None
    data = content.data
    for depth, step in enumerate(path):
        data = _inner(data, step)
        coded = isinstance(step, int) and isinstance(data, dict) and isinstance(data.get("code"), str)
        if coded and path[depth - 1] not in _CHOSEN:
            code = data["code"]
            shown.append(data["code"])
        elif step != "questions" or isinstance(data, str):
            shown.append(str(step))
    return Place(file=file, line=_line(content, path), code=code, path="/".join(shown) or None)


def _inner(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


def _line(content: YamlText, path: YamlPath) -> int | None:
    """The line of a path, or of the nearest one around it that stands in the file."""
    while path and path not in content.lines:
        path = path[:-1]
    return content.lines.get((*path, "code")) or content.lines.get(path)


# --- writing -------------------------------------------------------------------------------------------------------


def dump_questionnaire(questionnaire: Questionnaire) -> str:
    """YAML text of a questionnaire, always in the same order; read again, it gives an equal one."""
    return write_yaml({key: _laid_out(key, value) for key, value in questionnaire_data(questionnaire).items()})


def _laid_out(key: str, value: Any) -> Any:
    """Words in quotes; what holds questions in blocks, everything smaller on one line."""
    if isinstance(value, str):
        return Quoted(value) if key in _QUOTED else value
    if isinstance(value, list):
        return [_laid_out(key if isinstance(row, dict) else "", row) for row in value]
    if isinstance(value, dict):
        rows = {name: _laid_out(name, row) for name, row in value.items()}
        return rows if key in _BLOCKS else OneLine(rows)
    return value


# --- identity ------------------------------------------------------------------------------------------------------


def canonical(questionnaire: Questionnaire) -> bytes:
    """The canonical form: JSON in UTF-8 of everything that has meaning, in exactly one spelling.

    Keys are sorted, texts are in NFC with single spaces, numbers exact in their shortest form. References into the
    source and numbers as printed are not part of it. Two files are the same questionnaire exactly when their canonical
    forms are equal.
    """
    data = _canonical_node(questionnaire_data(questionnaire))
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def fingerprint(questionnaire: Questionnaire) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(questionnaire)).hexdigest()


def _canonical_node(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _canonical_node(row) for name, row in value.items() if name not in _WITHOUT_MEANING}
    if isinstance(value, list):
        return [_canonical_node(row) for row in value]
    return value if isinstance(value, bool) else " ".join(unicodedata.normalize("NFC", value).split())


# --- shipped -------------------------------------------------------------------------------------------------------


def shipped_questionnaire_ids() -> tuple[str, ...]:
    """The ids of all shipped questionnaires, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def _folder() -> Path:
    # Wheels are installed as files, so the resource has a lasting path of its own.
    with as_file(files("parindex") / "data" / "questionnaires") as folder:
        return folder
