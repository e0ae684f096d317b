"""From estimates to the points of an index: maximum × value, rounded once, each with its sampling error.

The value of an item in a unit is the mean of its answers as values from 0 to 1, over all items named (by the declared
roll-up), weighted by group of respondents where the set says so. Negative questions were turned round before, once
(:func:`parindex.domain.survey.questionnaire.variables.values_of`). An estimate is a binary number: it is taken as the
decimal of twelve places next to it, and from there on everything is exact.

The minimum number of answers holds for the unit and for each weighted group of respondents in it: else the points would
rest on one person of a small group. Points are made wherever there are enough answers, also in a unit whose estimates
are withheld to protect a smaller one: that is said of them (:attr:`SurveyedPoints.withheld`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.criteria.survey_points import ESTIMATE_PLACES, SurveyPoints, points_of_estimate
from parindex.domain.errors import Place, Problem
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.estimation.estimates import CONFIDENCE, Domains, means
from parindex.domain.survey.estimation.rollup import item_mix, respondent_values
from parindex.domain.survey.estimation.tabulation import Figure, Grouping, margins, tabulate
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import Rollup, Variables, indexed
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask, Rounding


class Pending(StrEnum):
    """Why an item has no points yet."""

    NO_ANSWERS = "no_answers"  # nobody of the unit answered
    TOO_FEW = "too_few"  # fewer answers than the minimum
    WITHHELD = "withheld"  # the estimates at hand do not show the unit
    NO_VALUE = "no_value"  # the estimates at hand have no value of the variable
    ITEM_WITHOUT_ANSWERS = "item_without_answers"  # rolled up over items, one of which nobody answered
    GROUP_WITHOUT_ANSWERS = "group_without_answers"  # a weighted group of respondents has none
    GROUP_TOO_FEW = "group_too_few"  # a weighted group of respondents has fewer than the minimum


@dataclass(frozen=True, slots=True)
class SurveyedPoints:
    """The points of one item in one unit, or why they are pending.

    ``value`` is the estimate from 0 to 1, ``points`` and ``se`` are exact; all None where pending. ``se`` is None also
    where the sample tells no error. ``n`` counts the answers, ``minimum`` is how many were asked for; ``group`` is the
    group with too few (``group_n``) or none, ``variable`` what lacks a value. ``withheld``: the estimates of this unit
    are withheld, so that they do not tell those of a smaller one.
    """

    unit: str
    item: str
    n: int
    minimum: int
    value: float | None = None
    points: Fraction | None = None
    se: Fraction | None = None
    pending: Pending | None = None
    group: str = ""
    group_n: int = 0
    variable: str = ""
    withheld: bool = False

    @property
    def estimate(self) -> Fraction | None:
        """The value as the points were made of it: the decimal of twelve places next to it; None where pending."""
        return None if self.value is None else _decimal(self.value)


#: An item, and how a survey gives its points.
SurveyedItem = tuple[Node, SurveyPoints]


def surveyed_items(criteria_set: CriteriaSet) -> Iterator[SurveyedItem]:
    """The items that say how a survey gives their points."""
    for node in criteria_set.items():
        if node.survey is not None:
            yield node, node.survey


def items_of_survey(criteria_set: CriteriaSet, known: Sequence[str], questionnaire: str = "") -> list[SurveyedItem]:
    """The surveyed items that this survey feeds: those of its questionnaire, or of none in particular.

    Where the survey names no ``questionnaire``, an item that does is fed if all that it is made of is ``known``.
    """
    return [
        (node, survey)
        for node, survey in surveyed_items(criteria_set)
        if not survey.questionnaire
        or (survey.questionnaire == questionnaire if questionnaire else all(one in known for one in survey.of))
    ]


def known_variables(variables: Variables) -> list[str]:
    """Everything that an item can be made of."""
    return [*variables.codes, *(code for code, _ in variables.members())]


def mapping_problems(
    criteria_set: CriteriaSet, variables: Variables, groups: Sequence[str], questionnaire: str = ""
) -> Iterator[Problem]:
    """What keeps the set's mappings from this survey; ``groups`` are the groups of respondents that the data have."""
    known = known_variables(variables)
    found = items_of_survey(criteria_set, known, questionnaire)
    if not found:
        yield Problem("set_without_survey", Place(), {"name": criteria_set.id})
    for node, survey in found:
        place = replace(node.place, code=node.code)
        for variable in survey.of:
            if variable not in known:
                yield Problem(
                    "survey_variable_unknown", place, {"item": node.code, "variable": variable, "known": known}
                )
        for group in survey.respondents:
            if group not in groups:
                facts = {"item": node.code, "group": group, "known": list(groups)}
                yield Problem("respondent_group_unknown", place, facts)
        if all(variable in known for variable in survey.of):
            yield from _weight_problems(variables, survey, place)
        for group, weight in survey.respondents.items():
            if weight <= 0:
                named = {"item": node.code, "group": group, "weight": weight}
                yield Problem("respondent_weight_not_positive", place, named)
        if survey.respondents and sum(survey.respondents.values()) != 1:
            total = sum(survey.respondents.values(), Fraction(0))
            yield Problem("respondent_weights_sum", place, {"item": node.code, "total": total})
        if node.max_points is None:
            yield Problem("survey_without_maximum", place, {"item": node.code})


def _weight_problems(variables: Variables, survey: SurveyPoints, place: Place) -> Iterator[Problem]:
    """An answer that the set's weights leave out would count as no answer, one outside 0 to 1 as no share of points."""
    for position in positions(variables, survey.of) if survey.answer_weights else ():
        item = variables.items[position]
        without = [answer for answer in range(item.lowest, item.highest + 1) if answer not in survey.answer_weights]
        if without:
            yield Problem("answer_without_weight", place, {"item": item.code, "answers": without})
    beyond = [answer for answer, weight in survey.answer_weights.items() if not 0 <= weight <= 1]
    if beyond:
        yield Problem("answer_weight_off_range", place, {"answers": beyond})


def survey_points(
    sample: Sample,
    variables: Variables,
    answers: Floats,
    units: Grouping,
    criteria_set: CriteriaSet,
    *,
    groups: Grouping | None = None,
    minimum_cell: int = 1,
    questionnaire: str = "",
) -> list[SurveyedPoints]:
    """The points of every surveyed item in every unit, item by item; ``answers`` are codes (respondents × items).

    Fewer answers than the item's minimum, or than ``minimum_cell``, in the unit or in a weighted group of respondents
    leave it pending; so does an item that nobody answered where items are averaged. The mappings fit the survey
    (:func:`mapping_problems`).
    """
    domains = Domains(units.code, len(units.labels))
    unseen = _withheld(sample, variables, answers, units, minimum_cell)
    known = known_variables(variables)
    found = []
    for node, survey in items_of_survey(criteria_set, known, questionnaire):
        made = _columns(variables, answers, survey, groups)
        estimates = means(sample, made.values, domains, mix=made.mix)
        step = survey.step(criteria_set.rounding.item)
        least = max(survey.minimum or 1, minimum_cell, 1)
        of_groups = made.answered(domains)
        for unit, name in enumerate(units.labels):
            row = SurveyedPoints(name, node.code, int(estimates.n[unit, -1]), least)
            in_group = {owner: int(counts[unit]) for owner, counts in of_groups.items()}
            if (waiting := _waiting(row, made, in_group, estimates.n[unit])) is not None:
                found.append(waiting)
                continue
            row = replace(row, withheld=bool(unseen[unit, [known.index(one) for one in survey.of]].any()))
            value, error = float(estimates.estimate[unit, -1]), float(estimates.se[unit, -1])
            found.append(of_value(row, value, error, node.max_points or Fraction(0), step))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Columns whose last mean (with the mix) is the item's value; the group of respondents and item of each, if any."""

    values: Floats
    mix: Floats | None
    owners: list[str]
    items: list[str]

    def answered(self, domains: Domains) -> dict[str, Codes]:
        """The respondents of each weighted group who answered any of it, by unit."""
        found = {}
        for owner in dict.fromkeys(filter(None, self.owners)):
            mine = [at for at, one in enumerate(self.owners) if one == owner]
            any_of_it = ~np.isnan(self.values[:, mine]).all(axis=1) & (domains.code >= 0)
            found[owner] = np.bincount(domains.code[any_of_it], minlength=domains.count)
        return found


def _waiting(row: SurveyedPoints, made: _Columns, groups: Mapping[str, int], answered: Floats) -> SurveyedPoints | None:
    """``row`` as pending, if it has to be; ``groups`` and ``answered`` count the answers by group and by column."""
    few = min(groups, key=lambda one: groups[one], default="")
    if not row.n:
        return replace(row, pending=Pending.NO_ANSWERS)
    if row.n < row.minimum:
        return replace(row, pending=Pending.TOO_FEW)
    if few and groups[few] < row.minimum:
        kind = Pending.GROUP_TOO_FEW if groups[few] else Pending.GROUP_WITHOUT_ANSWERS
        return replace(row, pending=kind, group=few, group_n=groups[few])
    for owner, item, count in zip(made.owners, made.items, answered, strict=False):  # without the mix
        if not count:
            return replace(row, pending=Pending.ITEM_WITHOUT_ANSWERS, variable=item, group=owner)
    return None


def _withheld(sample: Sample, variables: Variables, answers: Floats, units: Grouping, minimum: int) -> Mask:
    """What ``survey estimate`` by unit would withhold (units × variables, in the order of :func:`known_variables`)."""
    asked = replace(variables, numbers=(), ratios=(), choices=())
    (table,) = tabulate(
        sample,
        asked,
        Answers(answers, {}, {}),
        margins([units], len(sample)),
        confidence=CONFIDENCE,
        minimum=minimum,
        figures=(Figure.MEAN,),
    )
    return ~table.shown[0]


def of_value(
    row: SurveyedPoints, value: float, error: float | None, max_points: Fraction, step: Rounding
) -> SurveyedPoints:
    """``row`` with the points of an estimate from 0 to 1; ``error`` is its standard error (NaN or None: not known)."""
    known = error is not None and np.isfinite(error)
    return replace(
        row,
        value=value,
        points=points_of_estimate(_decimal(value), max_points, step),
        se=step.apply(_decimal(float(error or 0)) * max_points) if known else None,
    )


def _decimal(value: float) -> Fraction:
    return Fraction(format(value, f".{ESTIMATE_PLACES}f"))


def _columns(variables: Variables, answers: Floats, survey: SurveyPoints, groups: Grouping | None) -> _Columns:
    """The columns of an item's value.

    A group of respondents has its own columns, empty for everybody else; so the error of their weighted mean knows that
    the groups were asked in the same clusters.
    """
    places = positions(variables, survey.of)
    values = indexed(_with_weights(variables, survey), answers, survey.index)
    values = values[:, places]
    items = [variables.codes[place] for place in places]
    if variables.rollup is Rollup.RESPONDENTS:
        values = respondent_values(values, [np.arange(len(places))])
        items = [""]
    width = values.shape[1]
    if not survey.respondents or groups is None:
        mix = item_mix([np.arange(width)], width) if width > 1 else None
        return _Columns(values, mix, [""] * width, items)
    columns, weights, owners = [], [], []
    for group, weight in survey.respondents.items():
        mine = groups.code == groups.labels.index(group)
        columns.append(np.where(mine[:, None], values, np.nan))
        weights += [float(weight) / width] * width
        owners += [group] * width
    return _Columns(np.hstack(columns), np.array(weights)[:, None], owners, items * len(survey.respondents))


def positions(variables: Variables, of: Sequence[str]) -> list[int]:
    """The positions of the items that ``of`` names: items, groups, parts or ``all``; each once, in order."""
    members: Mapping[str, tuple[int, ...]] = dict(variables.members())
    found: dict[int, None] = {}
    for name in of:
        listed = (variables.codes.index(name),) if name in variables.codes else members[name]
        found.update(dict.fromkeys(listed))
    return sorted(found)


def _with_weights(variables: Variables, survey: SurveyPoints) -> Variables:
    if not survey.answer_weights:
        return variables
    items = tuple(replace(item, answer_weights=survey.answer_weights) for item in variables.items)
    return replace(variables, items=items)


def left_out(variables: Variables, answers: Floats, survey: SurveyPoints, groups: Grouping | None) -> dict[str, int]:
    """How many people answered any question of an item but belong to a group that it has no weight for, by group."""
    if groups is None or not survey.respondents:
        return {}
    said = ~np.isnan(answers[:, positions(variables, survey.of)]).all(axis=1) & (groups.code >= 0)
    counts = np.bincount(groups.code[said], minlength=len(groups.labels)).tolist()
    pairs = zip(groups.labels, counts, strict=True)
    return {group: count for group, count in pairs if count and group not in survey.respondents}


def turned_round(variables: Variables, of: Sequence[str]) -> list[str]:
    """The negative questions among the items that ``of`` names, to be said beside the points."""
    return [variables.codes[place] for place in positions(variables, of) if variables.items[place].reversed]


__all__ = [
    "Pending",
    "SurveyedPoints",
    "items_of_survey",
    "left_out",
    "mapping_problems",
    "of_value",
    "positions",
    "survey_points",
    "surveyed_items",
    "turned_round",
]
