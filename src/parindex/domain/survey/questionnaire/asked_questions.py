"""Which respondents a question was asked of: by its skip conditions and by groups of respondents.

A question that was rightly left out is no missing answer, and an answer to a question that should have been left out is
told: either it or the answer that the condition looks at is wrong, and the data do not say which. Such an answer is
kept, as R would keep it; it shows that the respondent was asked.

A condition on a question whose answers are not in the data cannot be checked: it is left out, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Not,
    OneOf,
    atoms,
)
from parindex.domain.survey.questionnaire.variables import Variables
from parindex.domain.values import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Of whom one question was to be asked: by its conditions, and by the groups of respondents."""

    question: str
    by_condition: Mask
    by_group: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Unasked:
    """Answers to a question that was not to be asked: the ``rows`` with one, and whether a condition or the group of
    the respondents (``by_group``) says so.
    """

    question: str
    by_group: bool
    rows: Codes


@dataclass(frozen=True, slots=True, eq=False)
class GivenAnswers:
    """The answers of respondents: those that are estimated, whether questions of ``texts`` have one, and the group of
    each respondent (a position in ``variables.respondent_groups``; −1: not known; None: nobody's is).
    """

    variables: Variables
    answers: Answers
    texts: Mapping[str, Mask]
    groups: Codes | None = None

    def answered(self, question: str) -> Mask | None:
        """Who answered a question; None where its answers are not in the data."""
        if question in self.variables.codes:
            return ~np.isnan(self.answers.given[:, self.variables.codes.index(question)])
        if question in self.answers.chosen:
            return np.asarray(~np.isnan(self.answers.chosen[question]).all(axis=1))
        if question in self.answers.numbers:
            return ~np.isnan(self.answers.numbers[question])
        return self.texts.get(question)

    def unknown(self, condition: Condition) -> list[str]:
        """The questions that a condition looks at and whose answers are not in the data."""
        return [atom.question for atom in atoms(condition) if not self._tells(atom)]

    def _tells(self, atom: OneOf | Between | Answered) -> bool:
        if isinstance(atom, Between):
            return atom.question in self.answers.numbers
        if isinstance(atom, OneOf):
            return atom.question in self.variables.codes or atom.question in self.answers.chosen
        return self.answered(atom.question) is not None

    def holds(self, condition: Condition) -> Mask:
        """For whom the condition holds; every question that it looks at is in the data."""
        if isinstance(condition, AllOf | AnyOf):
            joined = np.logical_and if isinstance(condition, AllOf) else np.logical_or
            return reduce(joined, map(self.holds, condition.parts))
        if isinstance(condition, Not):
            return ~self.holds(condition.part)
        if isinstance(condition, Answered):
            found = self.answered(condition.question)
            assert found is not None
            return found
        return self._one_of(condition) if isinstance(condition, OneOf) else self._between(condition)

    def _one_of(self, condition: OneOf) -> Mask:
        if condition.question in self.variables.codes:
            given = self.answers.given[:, self.variables.codes.index(condition.question)]
            return np.isin(given, [float(option) for option in condition.options])
        choice = next(one for one in self.variables.choices if one.code == condition.question)
        places = [at for at, option in enumerate(choice.options) if option in condition.options]
        return np.asarray((self.answers.chosen[condition.question][:, places] == 1).any(axis=1))

    def _between(self, bounds: Between) -> Mask:
        number = self.answers.numbers[bounds.question]
        found = ~np.isnan(number)
        for bound, keeps in (
            (bounds.from_, np.greater_equal),
            (bounds.above, np.greater),
            (bounds.below, np.less),
            (bounds.up_to, np.less_equal),
        ):
            if bound is not None:
                found &= keeps(number, float(bound))
        return found


def reach_of(given: GivenAnswers) -> Iterator[Reach]:
    """The reach of every question that is not asked of everybody."""
    everyone = np.ones(len(given.answers.given), bool)
    for question, asked in given.variables.asked.items():
        known = [one for one in asked.conditions if not given.unknown(one)]
        by_condition = reduce(np.logical_and, map(given.holds, known), everyone)
        by_group = everyone
        if asked.groups and given.groups is not None:
            places = [given.variables.respondent_groups.index(group) for group in asked.groups]
            by_group = np.isin(given.groups, [*places, -1])
        yield Reach(question, by_condition, by_group)


def unasked_answers(given: GivenAnswers) -> Iterator[Unasked]:
    """The answers to questions that were not to be asked, question by question; a condition speaks before a group."""
    for reach in reach_of(given):
        answered = given.answered(reach.question)
        if answered is None:
            continue
        for by_group, outside in ((False, ~reach.by_condition), (True, reach.by_condition & ~reach.by_group)):
            rows = np.flatnonzero(answered & outside)
            if len(rows):
                yield Unasked(reach.question, by_group, rows)


def unchecked_conditions(given: GivenAnswers) -> dict[str, list[str]]:
    """The questions with a condition that cannot be checked, with the questions that are not in the data."""
    found = {
        question: list(dict.fromkeys(name for one in asked.conditions for name in given.unknown(one)))
        for question, asked in given.variables.asked.items()
        if given.answered(question) is not None
    }
    return {question: missing for question, missing in found.items() if missing}


def asked_of(given: GivenAnswers, question: str) -> Mask:
    """Who was asked a question: those of its reach, and whoever answered it all the same."""
    reach = next((one for one in reach_of(given) if one.question == question), None)
    answered = given.answered(question)
    if reach is None or answered is None:
        return np.ones(len(given.answers.given), bool)
    return np.asarray((reach.by_condition & reach.by_group) | answered)
