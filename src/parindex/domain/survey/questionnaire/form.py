"""A questionnaire as data: sections, questions, scales, who answers what, and which items the answers feed.

Documents often give the titles of what is asked and not the words of the question: whatever is not from the source
named says ``ours``. Coherence (codes, conditions, groups) is checked by
:mod:`parindex.domain.survey.questionnaire.coherence`; estimates see the form through :func:`variables_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from parindex.domain.criteria.criteria_set import LegalBasis
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.conditions import Condition
from parindex.domain.survey.questionnaire.variables import (
    Asked,
    Choice,
    DontKnow,
    Item,
    Limits,
    Ratio,
    Rollup,
    Variables,
)

#: Words by language (``vi``, ``en`` …).
Labels = Mapping[str, str]

#: The column, and the question of a form, with the code that a respondent has in the sample.
RESPONDENT = "respondent"
#: The column, and the question of a form, that says to which respondent group a respondent belongs.
RESPONDENT_GROUP = "respondent_group"
#: Codes that mean something else in data files and results: the roll-up over all items, and columns of every data file.
RESERVED = frozenset({"all", RESPONDENT_GROUP, RESPONDENT, "weight", "meta", "instanceID", "__version__"})


class QuestionKind(StrEnum):
    """What is answered."""

    SINGLE = "single"  # one of the options
    SCALE = "scale"  # a point of a scale, or "don't know", "refused"
    MULTIPLE = "multiple"  # several of the options: wishes
    NUMERIC = "numeric"
    TEXT = "text"


class NoAnswerMeaning(StrEnum):
    """What a code outside the scale stands for."""

    UNKNOWN = "unknown"  # "don't know": counted as the questionnaire's `dont_know` says
    REFUSED = "refused"  # no answer, whatever is declared


@dataclass(frozen=True, slots=True)
class Option:
    """A point of a scale or an option; ``alone``: in a multiple choice it excludes all others ("none of these")."""

    code: str
    label: Labels
    alone: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A code outside the scale."""

    code: str
    label: Labels
    meaning: NoAnswerMeaning


@dataclass(frozen=True, slots=True)
class Scale:
    """Points with consecutive whole numbers as codes.

    ``satisfied_from`` is the lowest that counts as satisfied (after a negative question was turned round); ``weights``
    is what each point gives to an index by answers.
    """

    code: str
    points: tuple[Option, ...]
    satisfied_from: int
    no_answer: tuple[NoAnswer, ...] = ()
    weights: Mapping[int, Fraction] = field(default_factory=dict)
    ours: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    ``feeds`` are codes of items of the questionnaire's criteria set; ``respondents`` the groups that answer it (none
    named: all that answer its section); ``printed`` its number in the source; ``most`` how many options may be chosen;
    ``minimum`` and ``maximum`` bound a number, ``integer`` makes it whole. ``required`` means that the form insists
    on an answer.
    """

    code: str
    kind: QuestionKind
    label: Labels
    hint: Labels = field(default_factory=dict)
    printed: str = ""
    scale: str = ""
    options: tuple[Option, ...] = ()
    most: int | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    integer: bool = False
    reversed: bool = False
    required: bool = False
    respondents: tuple[str, ...] = ()
    relevant: Condition | None = None
    feeds: tuple[str, ...] = ()
    ours: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together on the form; what a section demands holds for all of them."""

    code: str
    label: Labels
    questions: tuple[Question, ...]
    hint: Labels = field(default_factory=dict)
    respondents: tuple[str, ...] = ()
    relevant: Condition | None = None
    ours: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RespondentGroup:
    """Who answers: deputies, managers, civil servants, citizens …"""

    code: str
    label: Labels
    ours: bool = False


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Scale questions whose estimates are rolled up; ``feeds`` as of a question."""

    code: str
    label: Labels
    items: tuple[str, ...]
    printed: str = ""
    feeds: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ItemPart:
    """Groups that are rolled up together."""

    code: str
    label: Labels
    groups: tuple[str, ...]
    printed: str = ""
    feeds: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RatioOfTotals:
    """A ratio of the totals of two numeric questions."""

    code: str
    label: Labels
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A form with everything that its estimates need.

    Labels have all of ``languages``, the ``title`` at least the first, which titles are taken from; ``translated`` are
    those into which the words were put by us. ``criteria_set`` is the id of the set whose items are fed.
    """

    id: str
    version: str
    title: Labels
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    scales: tuple[Scale, ...] = ()
    translated: tuple[str, ...] = ()
    year: int | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    reference: str = ""
    note: str = ""
    criteria_set: str = ""
    rollup: Rollup = Rollup.RESPONDENTS
    mapping: IndexMapping = IndexMapping.MEAN_5
    mapping_assumed: bool = False
    dont_know: DontKnow = DontKnow.MISSING
    respondent_groups: tuple[RespondentGroup, ...] = ()
    groups: tuple[ItemGroup, ...] = ()
    parts: tuple[ItemPart, ...] = ()
    ratios: tuple[RatioOfTotals, ...] = ()

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in the order of the form."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    def main(self, label: Labels) -> str:
        """The words in the first language; "" where there are none."""
        return label.get(self.languages[0], "")


def answered_by(questionnaire: Questionnaire, section: Section, question: Question) -> tuple[str, ...]:
    """The codes of the respondent groups that are asked ``question``, in the order in which they are declared."""
    named = [set(one.respondents) for one in (section, question) if one.respondents]
    return tuple(group.code for group in questionnaire.respondent_groups if all(group.code in some for some in named))


def items_fed(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """By code of a fed item, the variables (question, group, part) that feed it, in the order of the form."""
    feeding = [(question.code, question.feeds) for _, question in questionnaire.questions()]
    feeding += [(group.code, group.feeds) for group in questionnaire.groups]
    feeding += [(part.code, part.feeds) for part in questionnaire.parts]
    found: dict[str, tuple[str, ...]] = {}
    for variable, items in feeding:
        for item in items:
            found[item] = (*found.get(item, ()), variable)
    return found


def variables_of(questionnaire: Questionnaire) -> Variables:
    """What the estimates need to know of a coherent questionnaire; titles in its first language."""
    words = questionnaire.main
    asked = [question for _, question in questionnaire.questions()]
    scales = {scale.code: scale for scale in questionnaire.scales}
    titles = {group.code: words(group.label) for group in questionnaire.groups}
    titles |= {part.code: words(part.label) for part in questionnaire.parts}
    titles |= {one.code: words(one.label) for one in asked if one.kind is QuestionKind.NUMERIC}
    return Variables(
        items=tuple(
            _item(question, scales[question.scale], words(question.label))
            for question in asked
            if question.kind is QuestionKind.SCALE
        ),
        groups={group.code: group.items for group in questionnaire.groups},
        parts={part.code: part.groups for part in questionnaire.parts},
        choices=tuple(
            Choice(
                question.code,
                {option.code: words(option.label) for option in question.options},
                1 if question.kind is QuestionKind.SINGLE else question.most,
                words(question.label),
                frozenset(option.code for option in question.options if option.alone),
            )
            for question in asked
            if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
        ),
        numbers=tuple(question.code for question in asked if question.kind is QuestionKind.NUMERIC),
        ratios=tuple(
            Ratio(ratio.code, ratio.numerator, ratio.denominator, words(ratio.label)) for ratio in questionnaire.ratios
        ),
        rollup=questionnaire.rollup,
        mapping=questionnaire.mapping,
        dont_know=questionnaire.dont_know,
        versions=(questionnaire.version,),
        limits={
            question.code: limits
            for question in asked
            if (limits := Limits(question.minimum, question.maximum, question.integer)) != Limits()
        },
        asked=_asked(questionnaire),
        respondent_groups=tuple(group.code for group in questionnaire.respondent_groups),
        titles=titles,
    )


def _asked(questionnaire: Questionnaire) -> dict[str, Asked]:
    """The questions that are not asked of everybody."""
    found = {}
    for section, question in questionnaire.questions():
        conditions = tuple(one.relevant for one in (section, question) if one.relevant is not None)
        groups = answered_by(questionnaire, section, question) if section.respondents or question.respondents else ()
        if conditions or groups:
            found[question.code] = Asked(conditions, groups)
    return found


def _item(question: Question, scale: Scale, title: str) -> Item:
    codes = [int(point.code) for point in scale.points]
    outside = {
        meaning: tuple(int(one.code) for one in scale.no_answer if one.meaning is meaning)
        for meaning in NoAnswerMeaning
    }
    return Item(
        code=question.code,
        lowest=codes[0],
        highest=codes[-1],
        satisfied_from=scale.satisfied_from,
        unknown=outside[NoAnswerMeaning.UNKNOWN],
        refused=outside[NoAnswerMeaning.REFUSED],
        reversed=question.reversed,
        title=title,
        answer_weights=dict(scale.weights),
    )
