"""The choice lists of an XLSForm: options of questions, scales, respondent groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from parindex.documents.printed_text import folded
from parindex.documents.surveys import xlsform_names as names
from parindex.documents.surveys.questionnaire_to_data import said
from parindex.documents.surveys.xlsform_codes import Codes
from parindex.documents.surveys.xlsform_sheets import ROW, Sheets
from parindex.documents.surveys.xlsform_words import Words
from parindex.domain.errors import InvalidInput, Place, Problem

#: Words by which a code outside a scale is known to be a refusal.
_REFUSED = ("khong tra loi", "tu choi", "refus", "no answer", "prefer not")
_UNKNOWN = ("khong biet", "khong ro", "don't know", "don’t know", "dont know", "not sure")
#: A list that may be a scale has so many consecutive points and so many questions.
_POINTS, _QUESTIONS = (3, 5), 2


class ChoiceLists:
    """Choice lists by name; ``scales`` has those that are scales, with the lowest satisfied point."""

    def __init__(
        self,
        sheets: Sheets,
        lists: Mapping[str, Sequence[Mapping[str, Any]]],
        words: Words,
        codes: Codes,
        scales: Mapping[str, int],
        doubts: list[Problem],
    ) -> None:
        self.sheets, self.lists, self.words, self.codes, self.doubts = sheets, lists, words, codes, doubts
        self.satisfied_from = {name: lowest for name, lowest in scales.items() if name in lists}
        self.scale_codes: dict[str, str] = {}

    def require_scales(self, asked: Mapping[str, int]) -> None:
        """Refuse scales that somebody asked for and that cannot be: ``xlsform_scale_unknown`` (``list``, ``known``),
        ``xlsform_scale_without_points`` (``list``)."""
        place = Place(file=self.sheets.file, sheet="choices")
        problems = [
            Problem("xlsform_scale_unknown", place, {"list": name, "known": sorted(self.lists)})
            for name in asked
            if name not in self.lists
        ]
        problems += [
            Problem("xlsform_scale_without_points", place, {"list": name})
            for name in self.satisfied_from
            if len(self._points(name)) < min(_POINTS)
        ]
        if problems:
            raise InvalidInput(problems)

    def names(self, list_name: str) -> tuple[str, ...]:
        """The names of the choices of a list that are taken over: a scale has whole numbers only."""
        every = (str(choice["name"]) for choice in self.lists.get(list_name, ()))
        return tuple(name for name in every if not self.is_scale(list_name) or _is_whole(name))

    def options(self, list_name: str) -> list[dict[str, Any]]:
        """The options of a list, as data."""
        return [self._option(list_name, choice) for choice in self.lists[list_name]]

    def _option(self, list_name: str, choice: Mapping[str, Any]) -> dict[str, Any]:
        place = self.sheets.place("choices", choice.get(ROW))
        name = str(choice["name"])
        code = self.codes.option(list_name, name, place)
        label = self.words.labels(choice.get("label", ""), name, place)
        return said({"code": code, "label": label, "ours": choice.get(names.OURS) == names.YES})

    def is_scale(self, list_name: str) -> bool:
        """Whether a list is a scale."""
        return list_name in self.satisfied_from

    def scale_code(self, list_name: str) -> str:
        """The code of the scale that a list is."""
        if list_name not in self.scale_codes:
            self.scale_codes[list_name] = self.codes.scale(list_name)
        return self.scale_codes[list_name]

    def scale(self, list_name: str) -> dict[str, Any]:
        """A scale as data: points in order, and the codes outside it."""
        points = set(self._points(list_name))
        inside: list[tuple[Mapping[str, Any], dict[str, Any]]] = []
        outside: list[tuple[Mapping[str, Any], dict[str, Any]]] = []
        for choice in self.lists[list_name]:
            name = str(choice["name"])
            if not _is_whole(name):
                place = self.sheets.place("choices", choice.get(ROW))
                facts = {"list": list_name, "name": name}
                self.doubts.append(Problem("xlsform_scale_choice_left_out", place, facts))
                continue
            (inside if name in points else outside).append((choice, self._option(list_name, choice)))
        inside.sort(key=lambda pair: int(pair[1]["code"]))
        return {
            "code": self.scale_code(list_name),
            "points": [option for _, option in inside],
            "satisfied_from": str(self.satisfied_from[list_name]),
            "no_answer": [
                {"code": option["code"], "label": option["label"], "meaning": self._meaning(choice, option)}
                for choice, option in outside
            ],
        }

    def _points(self, list_name: str) -> list[str]:
        """The names that count on from 0 or 1 and are not marked as outside the scale."""
        named = {str(one["name"]) for one in self.lists[list_name] if not one.get(names.MEANING)}
        found = []
        number = 0 if "0" in named else 1
        while str(number) in named:
            found.append(str(number))
            number += 1
        return found

    def _meaning(self, choice: Mapping[str, Any], option: Mapping[str, Any]) -> str:
        stated = choice.get(names.MEANING)
        if stated:
            return str(stated)
        words = " ".join(folded(label) for label in option["label"].values())
        if any(word in words for word in _REFUSED):
            return "refused"
        if not any(word in words for word in _UNKNOWN):
            facts = {"code": option["code"], "meaning": "unknown"}
            self.doubts.append(Problem("xlsform_meaning_assumed", self.sheets.place("choices", choice.get(ROW)), facts))
        return "unknown"

    def groups(self, list_name: str) -> Iterator[dict[str, Any]]:
        """The respondent groups of a list, as data."""
        for choice in self.lists.get(list_name, ()):
            yield self._option(list_name, choice)

    def say_possible_scales(self, asked: Counter[str]) -> None:
        """Lists that look like scales are named, never taken for such unasked (``xlsform_scale_possible``)."""
        for name, times in asked.items():
            points = self._points(name)
            if not self.is_scale(name) and times >= _QUESTIONS and len(points) in _POINTS:
                facts = {"list": name, "count": times, "points": len(points)}
                place = Place(file=self.sheets.file, sheet="choices")
                self.doubts.append(Problem("xlsform_scale_possible", place, facts))


def _is_whole(name: str) -> bool:
    return name.isascii() and name.isdecimal()
