"""Every estimate of a survey: items, groups, parts, the whole and wishes, in every cell and margin of a crossing.

========  =========================================================================================================
mean      of the answers on their scale
share     of those who are satisfied; of those who chose an option or said "don't know" (``q01/9``, ``wishes/6``)
index     of the declared mapping, from 0 to 1
total     of the answers, or of a number, over the population
ratio     of two totals
========  =========================================================================================================

Cells with too few respondents are withheld, and so are those that would tell them (:mod:`.publication`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.estimation.crossing import UNSTATED, Grouping, Margin, margins
from parindex.domain.survey.estimation.estimates import Estimates, means_in, ratios_in, shares_in, totals_in
from parindex.domain.survey.estimation.publication import shown_cells
from parindex.domain.survey.estimation.rollup import item_mix, with_nodes
from parindex.domain.survey.questionnaire.answers import Answers, number_of
from parindex.domain.survey.questionnaire.variables import (
    DontKnow,
    Rollup,
    Variables,
    indexed,
    satisfied,
    values_of,
)
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask

__all__ = [
    "UNSTATED",
    "CellNote",
    "EstimateTable",
    "Figure",
    "Grouping",
    "Margin",
    "cell_notes",
    "margins",
    "number_of",
    "options",
    "rolled_codes",
    "rolled_up",
    "tabulate",
]


class Figure(StrEnum):
    """What an estimate is of."""

    MEAN = "mean"
    SHARE = "share"
    INDEX = "index"
    TOTAL = "total"
    RATIO = "ratio"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True, eq=False)
class EstimateTable:
    """One figure of several variables, an :class:`Estimates` for each margin in the order of the margins.

    ``shown[m]`` (domains × variables) is False where a cell is withheld.
    """

    figure: Figure
    variables: tuple[str, ...]
    estimates: tuple[Estimates, ...]
    shown: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class CellNote:
    """A cell of which little or nothing is said: ``empty`` (nobody), or ``withheld`` (all or some of its figures)."""

    by: Mapping[str, str]
    kind: str
    variables: tuple[str, ...]


def cell_notes(tables: Sequence[EstimateTable], by: Sequence[Margin]) -> Iterator[CellNote]:
    """The cells without a respondent, and those of which figures are withheld, in the order of the margins."""
    for m, margin in enumerate(by):
        asked = np.bincount(margin.domains.code[margin.domains.code >= 0], minlength=margin.domains.count)
        for cell, names in enumerate(margin.by):
            if not asked[cell]:
                yield CellNote(names, "empty", ())
                continue
            hidden = (
                variable
                for table in tables
                for variable, seen in zip(table.variables, table.shown[m][cell], strict=True)
                if not seen
            )
            withheld_of = tuple(dict.fromkeys(hidden))
            if withheld_of:
                yield CellNote(names, "withheld", withheld_of)


def tabulate(
    sample: Sample,
    variables: Variables,
    answers: Answers,
    by: Sequence[Margin],
    *,
    confidence: float,
    minimum: int,
    figures: Sequence[Figure] = (Figure.MEAN, Figure.SHARE, Figure.INDEX, Figure.TOTAL, Figure.RATIO),
) -> list[EstimateTable]:
    """All tables, with what is withheld; a figure that has no variable makes no table."""
    made = list(_estimated(sample, variables, answers, by, confidence, frozenset(figures)))
    counted: dict[tuple[str, ...], list[Codes]] = {}
    for _, codes, _ in made:
        if not set(codes) <= {code for known in counted for code in known}:
            counted[codes] = _fewest([estimates for _, others, estimates in made if others == codes])
    seen = shown_cells(sample, variables, answers, by, minimum, counted)
    # What is withheld of one figure is withheld of all, or the others would tell it.
    return [
        EstimateTable(
            figure,
            codes,
            tuple(estimates),
            tuple(np.column_stack([seen[code][m] for code in codes]) for m in range(len(by))),
        )
        for figure, codes, estimates in made
    ]


def _fewest(figures: Sequence[Sequence[Estimates]]) -> list[Codes]:
    """By margin how many answered (domains × variables): the fewest of any figure that anybody is in. Where all of a
    cell who answered do not know, nobody is in the mean and these few are in the share.
    """
    found = []
    for estimates in zip(*figures, strict=True):
        counts = np.stack([np.nan_to_num(one.n).astype(np.intp) for one in estimates])
        some = np.where(counts > 0, counts, np.iinfo(np.intp).max).min(axis=0)
        found.append(np.where((counts > 0).any(axis=0), some, 0))
    return found


def _estimated(
    sample: Sample,
    variables: Variables,
    answers: Answers,
    by: Sequence[Margin],
    confidence: float,
    figures: frozenset[Figure],
) -> Iterator[tuple[Figure, tuple[str, ...], list[Estimates]]]:
    domains = [margin.domains for margin in by]
    codes = rolled_codes(variables) if variables.items else ()
    if Figure.MEAN in figures or Figure.TOTAL in figures:
        values = values_of(variables, answers.given)
        rolled, mix = rolled_up(variables, values)
        numbers = [answers.numbers[name] for name in variables.numbers]
        if Figure.MEAN in figures:
            if codes:
                yield Figure.MEAN, codes, means_in(sample, rolled, domains, mix=mix, confidence=confidence)
            if numbers:
                found = means_in(sample, np.column_stack(numbers), domains, confidence=confidence)
                yield Figure.MEAN, variables.numbers, found
        if Figure.TOTAL in figures and (codes or numbers):
            summed = np.column_stack([values, *numbers])
            yield (
                Figure.TOTAL,
                (*variables.codes, *variables.numbers),
                totals_in(sample, summed, domains, confidence=confidence),
            )
    if Figure.SHARE in figures:
        if codes:
            rolled, mix = rolled_up(variables, satisfied(variables, answers.given))
            yield Figure.SHARE, codes, shares_in(sample, rolled, domains, mix=mix, confidence=confidence)
        named, chosen = options(variables, answers)
        if named:
            yield Figure.SHARE, named, shares_in(sample, chosen, domains, confidence=confidence)
    if Figure.INDEX in figures and codes:
        rolled, mix = rolled_up(variables, indexed(variables, answers.given))
        made = shares_in if variables.index_is_share else means_in
        yield Figure.INDEX, codes, made(sample, rolled, domains, mix=mix, confidence=confidence)
    if Figure.RATIO in figures and variables.ratios:
        above = np.column_stack([number_of(variables, answers, one.numerator) for one in variables.ratios])
        below = np.column_stack([number_of(variables, answers, one.denominator) for one in variables.ratios])
        named = tuple(one.code for one in variables.ratios)
        yield Figure.RATIO, named, ratios_in(sample, above, below, domains, confidence=confidence)


def rolled_codes(variables: Variables) -> tuple[str, ...]:
    """Items, groups, parts and the whole, in the order of :func:`rolled_up`."""
    return (*variables.codes, *(code for code, _ in variables.members()))


def rolled_up(variables: Variables, values: Floats) -> tuple[Floats, Floats | None]:
    """Values of the items with their roll-ups beside them, or the mix that makes the roll-ups of the items' figures."""
    members = [np.array(items, np.intp) for _, items in variables.members()]
    if variables.rollup is Rollup.ITEMS:
        return values, item_mix(members, values.shape[1])
    return with_nodes(values, members), None


def options(variables: Variables, answers: Answers) -> tuple[tuple[str, ...], Floats]:
    """Options of wishes, and "don't know" of items where it counts as an answer, as ``question/option``."""
    named: list[str] = []
    columns: list[Floats] = []
    for choice in variables.choices:
        if choice.code in answers.chosen:
            named.extend(f"{choice.code}/{option}" for option in choice.options)
            columns.extend(answers.chosen[choice.code].T)
    if variables.dont_know is DontKnow.CATEGORY:
        for position, item in enumerate(variables.items):
            given = answers.given[:, position]
            base = ~np.isnan(given) & ~np.isin(given, item.refused)
            for code in item.unknown:
                named.append(f"{item.code}/{code}")
                columns.append(np.where(base, given == code, np.nan))
    return tuple(named), np.column_stack(columns) if columns else np.empty((len(answers.given), 0))
