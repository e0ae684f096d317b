"""The words of an XLSForm by language code, complete in every language of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from parindex.documents.printed_text import joined
from parindex.documents.surveys.xlsform_names import language_code
from parindex.domain.errors import Place, Problem

#: What pyxform calls the language of columns without one, and the one that we then take it for.
_PLAIN, ASSUMED = "default", "vi"
#: pyxform makes straight quotation marks of curly ones; words keep theirs on the way through it.
_CURLY = "‘’“”"
_AWAY = str.maketrans(_CURLY, "\ue018\ue019\ue01c\ue01d")
_BACK = str.maketrans("\ue018\ue019\ue01c\ue01d", _CURLY)
_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def protected(row: Mapping[str, str]) -> dict[str, str]:
    """A row of a sheet whose words pyxform leaves as they are."""
    return {column: value.translate(_AWAY) if _is_words(column) else value for column, value in row.items()}


def _is_words(column: str) -> bool:
    return column.lower().startswith(("label", "hint", "parindex_", "form_title", "title"))


def restored(words: str) -> str:
    """Words that came through pyxform."""
    return words.translate(_BACK)


class Words:
    """Labels of a form; whatever is missing or unclear becomes a doubt.

    Kinds: ``xlsform_language_assumed`` (``language``), ``xlsform_language_unknown`` (``name``),
    ``xlsform_label_missing`` (``name``, ``language``), ``xlsform_reference_in_label`` (``name``).
    """

    def __init__(self, form: Mapping[str, Any], declared: Sequence[str], file: str, doubts: list[Problem]) -> None:
        self.doubts = doubts
        default = str(form.get("default_language", _PLAIN))
        found = dict.fromkeys([default, *_languages(form)])
        used = [name for name in found if name in set(_languages(form))] or [_PLAIN]
        self.codes: dict[str, str] = {}
        for name in used:
            code = self._code(name, default, declared, file)
            if code and code not in self.codes.values():
                self.codes[name] = code
        known = list(self.codes.values()) or [ASSUMED]
        self.languages = [
            *(code for code in declared if code in known),
            *(code for code in known if code not in declared),
        ]

    def _code(self, name: str, default: str, declared: Sequence[str], file: str) -> str | None:
        if name != _PLAIN:
            code = language_code(name)
            if code is None:
                self.doubts.append(Problem("xlsform_language_unknown", Place(file=file), {"name": name}))
            return code
        if declared:
            return declared[0]
        code = language_code(default) if default != _PLAIN else None
        if code is None:
            self.doubts.append(Problem("xlsform_language_assumed", Place(file=file), {"language": ASSUMED}))
        return code or ASSUMED

    def labels(self, label: str | Mapping[str, str], name: str, place: Place) -> dict[str, str]:
        """The words in every language; where one is missing, those of the first that there is, else ``name``."""
        given = {_PLAIN: label} if isinstance(label, str) else dict(label)
        said = {code: joined(restored(given[one])) for one, code in self.codes.items() if given.get(one, "").strip()}
        found = {}
        for language in self.languages:
            words = said.get(language)
            if words is None:
                self.doubts.append(Problem("xlsform_label_missing", place, {"name": name, "language": language}))
                words = next((said[code] for code in self.languages if code in said), name)
            found[language] = self._without_references(words, name, place)
        return found

    def _without_references(self, words: str, name: str, place: Place) -> str:
        if "${" not in words:
            return words
        self.doubts.append(Problem("xlsform_reference_in_label", place, {"name": name}))
        return _REFERENCE.sub(r"[\1]", words).replace("${", "[")

    def title(self, main: str, kept: Mapping[str, str]) -> dict[str, str]:
        """The title: what the settings say in the first language, what our sheet keeps in the others.

        XLSForm has titles in one language only, so a form made by others has none in the others.
        """
        others = {code: str(kept[code]) for code in self.languages[1:] if code in kept}
        return {self.languages[0]: restored(main)} | others

    def completed(self, title: Mapping[str, str], place: Place) -> dict[str, str]:
        """A title as the label of a section that the form does not have, in every language."""
        first = title[self.languages[0]]
        for language in self.languages:
            missing = Problem("xlsform_label_missing", place, {"name": first, "language": language})
            if language not in title and missing not in self.doubts:
                self.doubts.append(missing)
        return {language: title.get(language, first) for language in self.languages}


def _languages(form: Mapping[str, Any]) -> Iterator[str]:
    """The names of languages in the order in which labels have them."""
    waiting = [*form.get("children", ())]
    while waiting:
        child = waiting.pop(0)
        for column in ("label", "hint"):
            yield from _named(child.get(column))
        waiting = [*child.get("children", ()), *waiting]
    for choices in form.get("choices", {}).values():
        for choice in choices:
            yield from _named(choice.get("label"))


def _named(label: Any) -> Iterator[str]:
    if isinstance(label, Mapping):
        yield from label
    elif label:
        yield _PLAIN
