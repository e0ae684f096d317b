"""What the estimates need to know of a questionnaire: scales, groups, wishes, and how an answer becomes a value.

Answers come as codes. A scale answer is an integer from ``lowest`` to ``highest``; "don't know" and "refused" have
codes of their own outside it. A negative question is turned round here, once, so that more is always better
afterwards: lowest + highest − answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

import numpy as np

from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.questionnaire.conditions import Condition


class Rollup(StrEnum):
    """How a group, a part and the whole follow from the items."""

    RESPONDENTS = "respondents"  # the mean over respondents of the mean of the items that each answered
    ITEMS = "items"  # the mean of the items' own estimates: the ministry's way


class DontKnow(StrEnum):
    """What "don't know" counts as."""

    MISSING = "missing"  # as if the question had not been answered
    CATEGORY = "category"  # an answer that is not a satisfied one: it stays in the base of shares


@dataclass(frozen=True, slots=True)
class Item:
    """A question on a scale. ``satisfied_from`` is the lowest answer that counts as satisfied, after turning round.

    ``unknown`` are the codes of "don't know", ``refused`` those that count as no answer whatever is declared.
    ``answer_weights`` is what each answer (after turning round) gives to the index where the mapping is by answers.
    """

    code: str
    lowest: int = 1
    highest: int = 5
    satisfied_from: int = 4
    unknown: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    reversed: bool = False
    title: str = ""
    answer_weights: Mapping[int, Fraction] = field(default_factory=dict)

    @property
    def allowed(self) -> tuple[int, ...]:
        """Every code that an answer may have."""
        return (*range(self.lowest, self.highest + 1), *self.unknown, *self.refused)


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with options of which several (``1;6``) or one may be chosen; wishes are such a question.

    ``most`` limits how many may be chosen (None: any number); ``options`` maps the code of an option to its title;
    what is in ``alone`` excludes every other option.
    """

    code: str
    options: Mapping[str, str]
    most: int | None = None
    title: str = ""
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What the answer to a numeric question may be (None: no such limit)."""

    lowest: Fraction | None = None
    highest: Fraction | None = None
    integer: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom a question is asked: those for whom every one of ``conditions`` holds and who are of one of ``groups`` of
    respondents (none named: of any).
    """

    conditions: tuple[Condition, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two totals: of numeric questions, or of any columns with numbers."""

    code: str
    numerator: str
    denominator: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Variables:
    """Everything that is estimated, by code; ``groups`` are made of items and ``parts`` of groups.

    ``numbers`` are numeric questions (their totals and means are estimated), ``limits`` what they allow. ``asked`` are
    the questions that are not asked of everybody, ``respondent_groups`` all groups of respondents. ``versions`` are the
    versions of the questionnaire that answers may have been given on (none: not recorded). ``titles`` words groups,
    parts and numbers.
    """

    items: tuple[Item, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    numbers: tuple[str, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    rollup: Rollup = Rollup.RESPONDENTS
    mapping: IndexMapping = IndexMapping.MEAN_5
    dont_know: DontKnow = DontKnow.MISSING
    versions: tuple[str, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    respondent_groups: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the items, in order."""
        return tuple(item.code for item in self.items)

    def members(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Every roll-up with the positions of its items: groups, then parts, then ``all``."""
        at = {code: position for position, code in enumerate(self.codes)}
        for group, items in self.groups.items():
            yield group, tuple(at[code] for code in items)
        for part, groups in self.parts.items():
            yield part, tuple(at[code] for group in groups for code in self.groups[group])
        yield ALL, tuple(range(len(self.items)))

    @property
    def index_is_share(self) -> bool:
        """Whether the index is the share of satisfied answers: then its interval is that of the share, too."""
        return self.mapping is IndexMapping.SHARE

    @property
    def mixing_scales(self) -> tuple[str, ...]:
        """The roll-ups of items on different scales: a mean of their answers means nothing, shares and the index do."""
        ends = [(item.lowest, item.highest) for item in self.items]
        return tuple(code for code, items in self.members() if len({ends[at] for at in items}) > 1)

    def title(self, code: str) -> str:
        """The words of a variable; "" where none are declared."""
        named: tuple[Item | Choice | Ratio, ...] = (*self.items, *self.choices, *self.ratios)
        return self.titles.get(code) or next((one.title for one in named if one.code == code), "")


#: The roll-up over all items, and a domain that holds everybody.
ALL = "all"


def values_of(variables: Variables, answers: Floats) -> Floats:
    """Answers (respondents × items, NaN: none) as values: negative questions turned round, no scale answer as NaN."""
    found = np.full(answers.shape, np.nan)
    for position, item in enumerate(variables.items):
        given = answers[:, position]
        on_scale = (given >= item.lowest) & (given <= item.highest)
        turned = item.lowest + item.highest - given if item.reversed else given
        found[:, position] = np.where(on_scale, turned, np.nan)
    return found


def satisfied(variables: Variables, answers: Floats) -> Floats:
    """1 where the answer is a satisfied one, 0 where it is another, NaN where there is none.

    "Don't know" is 0 where it is declared a category, else NaN.
    """
    values = values_of(variables, answers)
    found = np.where(np.isnan(values), np.nan, values >= [item.satisfied_from for item in variables.items])
    if variables.dont_know is DontKnow.CATEGORY:
        found[unknown(variables, answers)] = 0
    return found


def unknown(variables: Variables, answers: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where the answer was "don't know"."""
    columns = [np.isin(answers[:, position], item.unknown) for position, item in enumerate(variables.items)]
    return np.column_stack(columns) if columns else np.zeros(answers.shape, bool)


def indexed(variables: Variables, answers: Floats, mapping: IndexMapping | None = None) -> Floats:
    """Answers as values from 0 to 1 by the declared mapping (or another), NaN where there is none."""
    chosen = variables.mapping if mapping is None else mapping
    if chosen is IndexMapping.SHARE:
        return satisfied(variables, answers)
    values = values_of(variables, answers)
    lowest = np.array([item.lowest for item in variables.items], float)
    highest = np.array([item.highest for item in variables.items], float)
    if chosen is IndexMapping.MEAN_5:
        return np.asarray(values / highest)
    if chosen is IndexMapping.FROM_1:
        return np.asarray((values - lowest) / (highest - lowest))
    found = np.full(values.shape, np.nan)
    for position, item in enumerate(variables.items):
        for answer, weight in item.answer_weights.items():
            found[values[:, position] == answer, position] = float(weight)
    return found
