"""What can be read of a questionnaire whose file does not fit its schema, so that its other faults are told with these.

Each part that does not fit is replaced by one that says nothing: an optional key is left out, a code that is no text
gets one that nobody names. What is then found in such a part, or follows from not knowing it, is no fault of the form
and left out again (:meth:`Sound.tells`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from parindex.documents.criteria_sets.yaml_text import YamlPath
from parindex.domain.survey.questionnaire.faults import QuestionnaireFault

#: The lists whose elements have a code, by the name of their definition in the schema.
_LISTS = {"sections": "section", "questions": "question", "scales": "scale", "groups": "group", "parts": "part"}
#: What stands for a key that has to be there; a code and what names one is made for each place.
_NEUTRAL: dict[str, Any] = {
    "label": {},
    "title": {},
    "languages": [],
    "sections": [],
    "questions": [],
    "items": [],
    "groups": [],
    "kind": "text",
    "points": [{"code": "0", "label": {}}, {"code": "1", "label": {}}],
    "satisfied_from": "1",
    "meaning": "unknown",
    "format": "parindex/questionnaire/1",
}
#: How the code of a part begins that nobody can name.
_NOBODY = "\0"
#: Texts that are read as they are, whatever is wrong with them.
_ONLY_FORM = frozenset({"pattern", "minLength", "maxLength", "minItems", "minProperties"})
_PARSED = frozenset({"count", "year", "number"})
#: Words of a part, on which nothing else rests.
_WORDS = frozenset({"label", "hint", "printed", "reference", "ours", "feeds", "required"})
#: Faults that are about what something named is not, by where it would stand.
_UNKNOWN = {
    "scale_unknown": "scales",
    "respondents_unknown": "respondent_groups",
    "question_for_nobody": "respondent_groups",
    "group_item_unknown": "questions",
    "condition_unknown_question": "questions",
    "ratio_not_numeric": "questions",
    "part_group_unknown": "groups",
    "label_missing": "languages",
    "language_not_declared": "languages",
}
#: Faults that rest on what another part says, by the fact that names it.
_RESTS_ON = {
    "condition_unknown_option": "question",
    "condition_other_kind": "question",
    "group_item_not_scale": "item",
    "ratio_not_numeric": "question",
    "group_mixes_scales": "scales",
}


@dataclass(slots=True)
class Sound:
    """The readable part of a questionnaire (``data``), and what is not known of the rest.

    ``unclear`` are places that were replaced, ``incomplete`` objects that have unknown keys, ``unknown`` lists that may
    hold more than can be read, ``doubtful`` the codes of parts of which something is unclear.
    """

    data: dict[str, Any]
    unclear: set[YamlPath] = field(default_factory=set)
    incomplete: set[YamlPath] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    def tells(self, fault: QuestionnaireFault) -> bool:
        """Whether a fault of the readable part is one of the form, whatever the rest says."""
        path = fault.path
        if any(_starts(place, path) for place in (*self.unclear, *self.incomplete)):
            return False
        if any(_starts(path, place) for place in self.unclear) or _UNKNOWN.get(fault.kind) in self.unknown:
            return False
        named = fault.facts.get(_RESTS_ON.get(fault.kind, ""), ())
        return self.doubtful.isdisjoint([named] if isinstance(named, str) else named)

    def without(self, path: YamlPath) -> None:
        """Leave out the optional key at ``path``: what it says is not known."""
        self.remove(path)
        self.unclear.add(path)

    def remove(self, path: YamlPath) -> None:
        """Leave out the key at ``path``."""
        holder = _at(self.data, path[:-1])
        if isinstance(holder, dict):
            holder.pop(path[-1], None)


def sound_part(data: Any, validator: Draft202012Validator) -> Sound | None:
    """What is readable of ``data``, under the schema of questionnaires; None: too little, or another format."""
    if not isinstance(data, dict) or data.get("format", _NEUTRAL["format"]) != _NEUTRAL["format"]:
        return None
    found = Sound(deepcopy(data))
    definitions = validator.schema["$defs"] | {"": validator.schema}
    wrong = sorted(_places(validator.iter_errors(data)), key=lambda one: len(one[0]))
    for path, unknown in wrong:
        _mend(found, definitions, path, unknown)
    if wrong and any(not _only_form(error) for error in validator.iter_errors(found.data)):
        return None  # a key of the schema that is not known here
    _note_lists(found, data)
    found.doubtful = set(_doubtful(found))
    return found


def _places(errors: Iterable[ValidationError]) -> Iterator[tuple[YamlPath, bool]]:
    """Where a value does not fit, with the missing keys, and (True) the keys that are unknown."""
    for error in errors:
        path: YamlPath = tuple(error.absolute_path)
        if error.validator == "required":
            yield from (((*path, key), False) for key in error.validator_value if key not in error.instance)
        elif error.validator == "additionalProperties":
            yield from (((*path, key), True) for key in error.instance if key not in error.schema["properties"])
        elif "propertyNames" in error.absolute_schema_path:
            yield (*path, str(error.instance)), False
        else:
            yield path, False


def _mend(found: Sound, definitions: Mapping[str, Any], path: YamlPath, unknown: bool) -> None:
    """Replace what does not fit at ``path``."""
    if "relevant" in path:
        found.without(path[: path.index("relevant") + 1])
        return
    if unknown:
        found.remove(path)
        found.incomplete.add(path[:-1])
        found.unclear.add((*path[:-1], "most"))  # the unknown key may be meant for the options
        return
    element, definition = _element(path)
    holder = _at(found.data, element)
    if len(path) == len(element):
        required = definitions[definition]["required"]
        _put(found, element, {name: _neutral(name, (*element, name)) for name in required})
        found.unclear.add(element)
    elif isinstance(holder, dict):
        _mend_key(found, definitions[definition], (*element, path[len(element)]), holder)


def _mend_key(found: Sound, definition: Mapping[str, Any], path: YamlPath, holder: dict[str, Any]) -> None:
    key = str(path[-1])
    found.unclear.add(path)
    if key not in definition["required"]:
        found.without(path)
    elif key != "code" or not isinstance(holder.get("code"), str):
        holder[key] = _neutral(key, path)
    if key in ("kind", "points", "satisfied_from"):
        found.unclear.add(path[:-1])
    elif key == "options":
        found.unclear.add((*path[:-1], "most"))


def _element(path: YamlPath) -> tuple[YamlPath, str]:
    """The innermost part with a code around a place (the points of a scale are one matter), and its definition; the
    form itself is the last.
    """
    if path[:1] == ("sections",) and path[2:3] == ("questions",) and len(path) > 3:
        return path[:4], "question"
    if len(path) > 1 and path[0] in _LISTS:
        return path[:2], _LISTS[str(path[0])]
    return (), ""


def _neutral(key: str, path: YamlPath) -> Any:
    return deepcopy(_NEUTRAL[key]) if key in _NEUTRAL else _NOBODY + "/".join(map(str, path))


def _put(found: Sound, path: YamlPath, value: Any) -> None:
    holder = _at(found.data, path[:-1])
    if isinstance(holder, list) and int(path[-1]) < len(holder):
        holder[int(path[-1])] = value


def _at(data: Any, path: YamlPath) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _only_form(error: ValidationError) -> bool:
    """Whether a text or list that does not fit can be read all the same."""
    return error.validator in _ONLY_FORM and error.schema.get("title") not in _PARSED


def _note_lists(found: Sound, data: Mapping[str, Any]) -> None:
    """The lists that may hold what cannot be read."""
    names = ("scales", "respondent_groups", "groups", "languages")
    found.unknown.update(name for name in names if (name,) in found.unclear)
    if () in found.incomplete:  # one of the unknown keys may be meant for it
        found.unknown.update(name for name in names if name not in data)
    if any(place[-1] in ("questions", "sections") or place[:-1] == ("sections",) for place in found.unclear):
        found.unknown.add("questions")
    for path, part in _parts(found.data):  # a code that is no code will be another one
        if part["code"].startswith(_NOBODY) or (*path, "code") in found.unclear:
            found.unknown.add("questions" if len(path) == 4 else str(path[0]))


def _parts(data: Mapping[str, Any]) -> Iterator[tuple[YamlPath, Mapping[str, Any]]]:
    """Questions and scales, and all else that has a code, with their places."""
    for name in ("sections", "scales", "groups", "parts"):
        for position, part in enumerate(data.get(name, ())):
            yield (name, position), part
            for index, question in enumerate(part.get("questions", ())):
                yield (name, position, "questions", index), question


def _doubtful(found: Sound) -> Iterator[str]:
    """The codes of scales and questions of which more than the words is unclear, and of what stands on such a scale."""
    scales = set()
    touched = [*found.unclear, *found.incomplete]
    for path, part in sorted(_parts(found.data), key=lambda one: one[0][0] != "scales"):
        inside = [place[len(path) :] for place in touched if _starts(place, path)]
        if any(not rest or rest[0] not in _WORDS for rest in inside):
            scales.update([part["code"]] if path[0] == "scales" else [])
            yield part["code"]
        elif part.get("scale") in scales:
            yield part["code"]


def _starts(path: YamlPath, beginning: YamlPath) -> bool:
    return path[: len(beginning)] == beginning
