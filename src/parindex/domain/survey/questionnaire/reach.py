"""Whether a question can ever be asked: skip conditions, those of sections and respondent groups taken together.

The questions that a condition looks at, and those that decide whether these are asked, are answered in every way that
makes a difference: each option that is named and one that is not, numbers at, beside and between the bounds, or
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from parindex.domain.survey.questionnaire.conditions import Answer, Between, Condition, OneOf, atoms, holds
from parindex.domain.survey.questionnaire.form import Question, QuestionKind, Questionnaire, Scale, Section, answered_by

#: So many ways to answer are tried for a question, and for all of a form; what needs more is taken to be reachable.
TRIES, TRIES_OF_FORM = 20_000, 200_000
#: A question on which more than so many others bear is taken to be reachable.
MOST_LOOKED_AT = 60
#: Of so many named options of a multiple choice every combination is tried, of more each alone and all together.
_COMBINED = 8


class _TooMany(Exception):
    """More ways to answer than are tried."""


def asked_never(questionnaire: Questionnaire) -> Iterator[str]:
    """The codes of the questions with a condition of their own or of their section that nobody can come to.

    Conditions must refer to earlier questions that exist.
    """
    placed = {question.code: (section, question) for section, question in questionnaire.questions()}
    scales = {scale.code: scale for scale in questionnaire.scales}
    left = TRIES_OF_FORM
    for section, question in questionnaire.questions():
        if section.relevant is None and question.relevant is None:
            continue
        search = _Search(questionnaire, placed, scales, question.code, min(TRIES, left))
        if not search.finds():
            yield question.code
        left -= min(TRIES, left) - max(0, search.left)


def _conditions(section: Section, question: Question) -> list[Condition]:
    return [one for one in (section.relevant, question.relevant) if one is not None]


@dataclass(slots=True)
class _Search:
    """Tries answers, question by question in the order of the form, until ``goal`` is asked."""

    questionnaire: Questionnaire
    placed: Mapping[str, tuple[Section, Question]]
    scales: Mapping[str, Scale]
    goal: str
    left: int
    named: dict[str, list[OneOf | Between]] = field(default_factory=dict)

    def finds(self) -> bool:
        """Whether some answers lead to the goal, or too many would have to be tried."""
        groups: list[str | None] = [group.code for group in self.questionnaire.respondent_groups]
        try:
            before = self._looked_at()
            return any(self._answered(before, {}, group) for group in groups or [None])
        except _TooMany:
            return True

    def _looked_at(self) -> list[str]:
        """Every question that bears on the goal, in the order of the form."""
        waiting, found = [self.goal], {self.goal}
        while waiting:
            for condition in _conditions(*self.placed[waiting.pop()]):
                for atom in atoms(condition):
                    if isinstance(atom, OneOf | Between):
                        self.named.setdefault(atom.question, []).append(atom)
                    if atom.question not in found:
                        found.add(atom.question)
                        waiting.append(atom.question)
            if len(found) > MOST_LOOKED_AT:
                raise _TooMany
        return [code for code in self.placed if code in found and code != self.goal]

    def _answered(self, rest: list[str], answers: dict[str, Answer], group: str | None) -> bool:
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        if not rest:
            return self._is_asked(self.goal, answers, group)
        first, later = rest[0], rest[1:]
        if self._is_asked(first, answers, group):
            question = self.placed[first][1]
            for answer in _ways(question, self.scales.get(question.scale), self.named.get(first, [])):
                if self._answered(later, {**answers, first: answer}, group):
                    return True
            if question.required:
                return False
        return self._answered(later, answers, group)

    def _is_asked(self, code: str, answers: Mapping[str, Answer], group: str | None) -> bool:
        section, question = self.placed[code]
        if group is not None and group not in answered_by(self.questionnaire, section, question):
            return False
        return all(holds(condition, answers) for condition in _conditions(section, question))


def _ways(question: Question, scale: Scale | None, named: list[OneOf | Between]) -> Iterator[Answer]:
    """The answers that differ for the conditions ``named``."""
    if question.kind is QuestionKind.TEXT:
        yield frozenset()
    elif question.kind is QuestionKind.NUMERIC:
        yield from _numbers(question, [one for one in named if isinstance(one, Between)])
    else:
        yield from _options(question, scale, {code for one in named if isinstance(one, OneOf) for code in one.options})


def _options(question: Question, scale: Scale | None, mentioned: set[str]) -> Iterator[Answer]:
    codes = codes_of(question, scale)
    chosen = [code for code in codes if code in mentioned]
    other = next((code for code in codes if code not in mentioned), None)
    if other is not None:
        yield frozenset((other,))
    if question.kind is not QuestionKind.MULTIPLE:
        yield from (frozenset((code,)) for code in chosen)
        return
    alone = {option.code for option in question.options if option.alone}
    together = [code for code in chosen if code not in alone]
    yield from (frozenset((code,)) for code in alone.intersection(chosen))
    most = min(question.most or len(codes), len(together))
    sizes = range(1, most + 1) if len(together) <= _COMBINED else (1, most)
    for size in sizes:
        yield from (frozenset(some) for some in combinations(together, size))


def _numbers(question: Question, named: list[Between]) -> Iterator[Fraction]:
    bounds = (*((one.from_, one.above, one.below, one.up_to) for one in named), (question.minimum, question.maximum))
    edges = sorted({edge for some in bounds for edge in some if edge is not None} or {Fraction(0)})
    between = [(low + high) / 2 for low, high in zip(edges[:-1], edges[1:], strict=True)]
    tried = {edges[0] - 1, *edges, *between, edges[-1] + 1}
    if question.integer:
        tried = {Fraction(number.__floor__() + step) for number in tried for step in (-1, 0, 1)}
    for number in sorted(tried):
        below = question.minimum is not None and number < question.minimum
        if not below and not (question.maximum is not None and number > question.maximum):
            yield number


def codes_of(question: Question, scale: Scale | None) -> tuple[str, ...]:
    """The codes that an answer may have; none for numbers and texts."""
    if scale is not None:
        return (*(point.code for point in scale.points), *(one.code for one in scale.no_answer))
    return tuple(option.code for option in question.options)
