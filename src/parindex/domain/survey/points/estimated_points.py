"""Points from estimates that were made before, where the answers themselves are not at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.errors import Place, Problem
from parindex.domain.survey.estimation.tabulation import Figure
from parindex.domain.survey.points.surveyed_points import Pending, SurveyedPoints, items_of_survey, of_value
from parindex.domain.values import Rounding


@dataclass(frozen=True, slots=True)
class Estimated:
    """One estimate from 0 to 1: how many answered, its value and standard error; None where it was withheld."""

    n: int | None
    value: float | None
    se: float | None


@dataclass(frozen=True, slots=True)
class EstimatesByUnit:
    """Estimates by statistic (``index``, ``share``), variable and unit; ``mapping`` is that of the index.

    ``minimum_cell``: how many respondents a cell must have to be shown. ``reversed``: the negative questions that were
    turned round, by what they are part of. ``unstated``: there are estimates of respondents of no known unit.
    """

    units: tuple[str, ...]
    mapping: IndexMapping
    of: Mapping[tuple[str, str, str], Estimated]
    minimum_cell: int = 1
    reversed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unstated: bool = False

    def variables(self) -> list[str]:
        """Every variable, once, in order."""
        return list(dict.fromkeys(variable for _, variable, _ in self.of))


def points_of_estimates(
    criteria_set: CriteriaSet, estimates: EstimatesByUnit
) -> tuple[list[SurveyedPoints], list[Problem]]:
    """The points of every surveyed item in every unit, and what keeps them from being made of estimates alone.

    Weighted groups of respondents, several variables or another mapping than that of the index need the answers.
    """
    found: list[SurveyedPoints] = []
    problems: list[Problem] = []
    known = estimates.variables()
    items = items_of_survey(criteria_set, known)
    if not items:
        problems.append(Problem("set_without_survey", Place(), {"name": criteria_set.id}))
    for node, survey in items:
        place = replace(node.place, code=node.code)
        statistic = Figure.SHARE if survey.index is IndexMapping.SHARE else Figure.INDEX
        other = statistic is Figure.INDEX and survey.index not in (None, estimates.mapping)
        if survey.respondents or len(survey.of) > 1 or other or survey.answer_weights:
            problems.append(Problem("points_need_data", place, {"item": node.code}))
            continue
        variable = survey.of[0]
        if variable not in known:
            facts = {"item": node.code, "variable": variable, "known": known}
            problems.append(Problem("survey_variable_unknown", place, facts))
            continue
        if node.max_points is None:
            problems.append(Problem("survey_without_maximum", place, {"item": node.code}))
            continue
        step, least = survey.step(criteria_set.rounding.item), max(survey.minimum or 1, estimates.minimum_cell)
        for unit in estimates.units:
            one = estimates.of.get((statistic, variable, unit), Estimated(0, None, None))
            row = SurveyedPoints(unit, node.code, one.n or 0, least, variable=variable)
            found.append(_points(row, one, node.max_points, step))
    return found, problems


def _points(row: SurveyedPoints, one: Estimated, max_points: Fraction, step: Rounding) -> SurveyedPoints:
    if one.n is None:  # too few to be shown, or enough, but they would tell a smaller unit
        return replace(row, pending=Pending.WITHHELD)
    if not one.n:
        return replace(row, pending=Pending.NO_ANSWERS)
    if one.n < row.minimum:
        return replace(row, pending=Pending.TOO_FEW)
    if one.value is None:
        return replace(row, pending=Pending.NO_VALUE)
    return of_value(row, one.value, one.se, max_points, step)
