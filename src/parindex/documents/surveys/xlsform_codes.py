"""Codes of a questionnaire from names of an XLSForm, which may have other letters; every change is said."""

from __future__ import annotations

import re
import unicodedata

from parindex.domain.errors import Place, Problem
from parindex.domain.survey.questionnaire.conditions import AllOf, Answered, AnyOf, Between, Condition, Not, OneOf
from parindex.domain.survey.questionnaire.form import RESERVED, RESPONDENT_GROUP

_LONGEST = 60
_LONGEST_OPTION = 40


class Codes:
    """Names as codes, each once (``xlsform_renamed``: ``name``, ``code``)."""

    def __init__(self, doubts: list[Problem]) -> None:
        self.doubts = doubts
        self.taken = {code.lower() for code in RESERVED}
        self.questions: dict[str, str] = {RESPONDENT_GROUP: RESPONDENT_GROUP}
        self.options: dict[str, dict[str, str]] = {}
        self.sections: set[str] = set()

    def question(self, name: str, place: Place) -> str:
        """The code of a question."""
        code = self._free(_plain(name))
        self._say(name, code, place)
        self.questions[name] = code
        return code

    def section(self, name: str, again: bool) -> str:
        """The code of a section; ``again``: of the questions that follow a group inside it, or stand in none."""
        code = self._free(_plain(name))
        if not again:
            self._say(name, code, Place())
        return code

    def scale(self, name: str) -> str:
        """The code of a scale."""
        code = self._free(_plain(name))
        self._say(name, code, Place())
        return code

    def option(self, list_name: str, name: str, place: Place) -> str:
        """The code of an option of a list."""
        known = self.options.setdefault(list_name, {})
        if name not in known:
            plain = re.sub(r"[^A-Za-z0-9_]", "_", _bare(name))[:_LONGEST_OPTION] or "_"
            code, number = plain, 2
            while code in known.values():
                code, number = f"{plain[: _LONGEST_OPTION - 4]}_{number}", number + 1
            known[name] = code
            self._say(name, code, place)
        return known[name]

    def condition(self, condition: Condition, lists: dict[str, str]) -> Condition:
        """A condition over names as one over codes; ``lists`` has the choice list of a question."""
        if isinstance(condition, AllOf | AnyOf):
            return type(condition)(tuple(self.condition(part, lists) for part in condition.parts))
        if isinstance(condition, Not):
            return Not(self.condition(condition.part, lists))
        code = self.questions[condition.question]
        if isinstance(condition, OneOf):
            known = self.options.get(lists.get(condition.question, ""), {})
            return OneOf(code, tuple(known.get(option, option) for option in condition.options))
        if isinstance(condition, Between):
            return Between(code, condition.from_, condition.above, condition.below, condition.up_to)
        return Answered(code)

    def _free(self, plain: str) -> str:
        code, number = plain, 2
        while code.lower() in self.taken:
            code, number = f"{plain[: _LONGEST - 5]}_{number}", number + 1
        self.taken.add(code.lower())
        return code

    def _say(self, name: str, code: str, place: Place) -> None:
        if name != code:
            self.doubts.append(Problem("xlsform_renamed", place, {"name": name, "code": code}))


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _plain(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_]", "_", _bare(name))[:_LONGEST]
    return plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"[:_LONGEST]


def questionnaire_id(name: str) -> str:
    """An id from the id of a form or the name of a file."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", _bare(name)).strip("-")[:100]
    return plain if plain[:1].isalpha() else f"q-{plain}".rstrip("-")
