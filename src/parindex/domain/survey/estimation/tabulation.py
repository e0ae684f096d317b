"""Every estimate of a survey: items, groups, parts, the whole and wishes, in every cell and margin of a crossing.

========  =========================================================================================================
mean      of the answers on their scale
share     of those who are satisfied; of those who chose an option or said "don't know" (``q01/9``, ``wishes/6``)
index     of the declared mapping, from 0 to 1
total     of the answers, or of a number, over the population
ratio     of two totals
========  =========================================================================================================

Cells with too few respondents are withheld, and so are those that would tell them
(:mod:`parindex.domain.survey.disclosure`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.disclosure import withheld
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means_in, ratios_in, shares_in, totals_in
from parindex.domain.survey.estimation.rollup import item_mix, with_nodes
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import (
    ALL,
    DontKnow,
    Rollup,
    Variables,
    indexed,
    satisfied,
    values_of,
)
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask


class Figure(StrEnum):
    """What an estimate is of."""

    MEAN = "mean"
    SHARE = "share"
    INDEX = "index"
    TOTAL = "total"
    RATIO = "ratio"
    DIFFERENCE = "difference"


#: The category of the respondents whose category is not known.
UNSTATED = ""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """A column that estimates are made by: the category of each respondent (−1: not known) and the names.

    Who is of no known category makes a cell of its own (:data:`UNSTATED`): without it the margin would tell it.
    """

    name: str
    code: Codes
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """Cells of one kind: by all columns, by some of them (the others are ``all``), or the whole sample.

    ``places`` are the categories of each cell by column, −1 where the margin runs over all of them.
    """

    by: tuple[Mapping[str, str], ...]
    places: tuple[tuple[int, ...], ...]
    domains: Domains

    @property
    def stated(self) -> Codes:
        """The cells of which every category is known: those of :data:`UNSTATED` are no group to compare."""
        return np.flatnonzero([UNSTATED not in names.values() for names in self.by])


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


def margins(groupings: Sequence[Grouping], respondents: int) -> tuple[Margin, ...]:
    """All margins of the crossing, from the finest to the whole sample."""
    found = []
    complete = [_with_unstated(grouping) for grouping in groupings]
    for size in range(len(groupings), -1, -1):
        for chosen in combinations(range(len(groupings)), size):
            found.append(_margin(complete, chosen, respondents))
    return tuple(found)


def _with_unstated(grouping: Grouping) -> Grouping:
    without = grouping.code < 0
    if not without.any():
        return grouping
    code = np.where(without, len(grouping.labels), grouping.code)
    return Grouping(grouping.name, code, (*grouping.labels, UNSTATED))


def _margin(groupings: Sequence[Grouping], chosen: tuple[int, ...], respondents: int) -> Margin:
    code = np.zeros(respondents, np.intp)
    for one in chosen:
        grouping = groupings[one]
        code = code * len(grouping.labels) + grouping.code
    if len(chosen) > 1:  # of a crossing only the cells that occur; of one column every category that is declared
        cells, code = np.unique(code, return_inverse=True)
    else:
        cells = np.arange(len(groupings[chosen[0]].labels)) if chosen else np.zeros(1, np.intp)
    places = []
    for cell in cells.tolist():
        at = [-1] * len(groupings)
        for one in reversed(chosen):
            cell, at[one] = divmod(cell, len(groupings[one].labels))
        places.append(tuple(at))
    by = tuple(
        {grouping.name: grouping.labels[at] if at >= 0 else ALL for grouping, at in zip(groupings, place, strict=True)}
        for place in places
    )
    return Margin(by, tuple(places), Domains(code, len(places)))


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
    seen: dict[str, tuple[Mask, ...]] = {}
    cells = _cells_shown(by, minimum)
    for figure, codes, _ in made:
        if any(code not in seen for code in codes):
            counts = _fewest([estimates for _, others, estimates in made if others == codes])
            masks = _shown(variables, codes, counts, by, minimum, cells)
            masked = {code: tuple(mask[:, at] for mask in masks) for at, code in enumerate(codes)}
            seen |= _without_parts(variables, masked, seen) if figure is Figure.RATIO else masked
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


def number_of(variables: Variables, answers: Answers, name: str) -> Floats:
    """A column of numbers: one of the data, or the values of an item."""
    if name in answers.numbers:
        return answers.numbers[name]
    return np.asarray(values_of(variables, answers.given)[:, variables.codes.index(name)])


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


def _cells_shown(by: Sequence[Margin], minimum: int) -> tuple[Mask, ...]:
    """Which cells may be seen at all, by margin: those with enough respondents that tell no smaller one."""
    codes = [margin.domains.code for margin in by]
    counts = [
        np.bincount(code[code >= 0], minlength=margin.domains.count) for code, margin in zip(codes, by, strict=True)
    ]
    starts = np.cumsum([0, *(len(one) for one in counts)]).tolist()
    hidden = withheld(np.concatenate(counts), minimum, _sums_of_margins(by, starts, 1))
    return tuple(~hidden[start : start + len(one)] for start, one in zip(starts, counts, strict=False))


def _shown(
    variables: Variables,
    codes: tuple[str, ...],
    counts: Sequence[Codes],
    by: Sequence[Margin],
    minimum: int,
    cells: Sequence[Mask],
) -> tuple[Mask, ...]:
    """Which figures of the cells may be seen: also of a cell with many respondents few may have answered an item."""
    sizes = [one.size for one in counts]
    starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    width = len(codes)
    already = np.concatenate([np.repeat(~one, width) for one in cells])
    hidden = withheld(
        np.concatenate([one.ravel() for one in counts]),
        minimum,
        _sums_of_margins(by, starts, width),
        already,
        shared=_sums_of_rollups(variables, codes, by, starts),
    )
    return tuple(
        ~hidden[start : start + size].reshape(one.shape)
        for start, size, one in zip(starts, sizes, counts, strict=False)
    )


def _without_parts(
    variables: Variables, made: Mapping[str, tuple[Mask, ...]], seen: Mapping[str, tuple[Mask, ...]]
) -> dict[str, tuple[Mask, ...]]:
    """A ratio times the one total is the other: it is withheld where either is."""
    found = {}
    for ratio in variables.ratios:
        parts = [made[ratio.code], *(seen[name] for name in (ratio.numerator, ratio.denominator) if name in seen)]
        found[ratio.code] = tuple(np.logical_and.reduce(masks) for masks in zip(*parts, strict=True))
    return found


def _sums_of_margins(by: Sequence[Margin], starts: Sequence[int], width: int) -> Iterator[list[int]]:
    """Cells that differ in one column only, and the margin over that column, for every variable."""
    at = {place: (m, row) for m, margin in enumerate(by) for row, place in enumerate(margin.places)}
    lines: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for place, where in at.items():
        for column, category in enumerate(place):
            if category >= 0:
                lines.setdefault((*place[:column], -1, *place[column + 1 :], column), []).append(where)
    for key, cells in lines.items():
        line = [*cells, at[key[:-1]]]
        for variable in range(width):
            yield [starts[margin] + row * width + variable for margin, row in line]


def _sums_of_rollups(
    variables: Variables, codes: tuple[str, ...], by: Sequence[Margin], starts: Sequence[int]
) -> Iterator[list[int]]:
    """The items of a roll-up and the roll-up, in every cell."""
    if ALL not in codes:
        return
    width = len(codes)
    for code, items in variables.members():
        line = [*items, codes.index(code)]
        for margin, start in zip(by, starts, strict=False):
            for row in range(margin.domains.count):
                yield [start + row * width + variable for variable in line]
