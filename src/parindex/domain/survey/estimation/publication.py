"""Which figures of which cells are published, so that no small group can be worked out of them.

The cells of one variable are tied to each other by the margins (:mod:`parindex.domain.survey.disclosure`). A roll-up
ties the variables of one cell, each way of rolling up in its own manner:

- over *items* a roll-up is the plain mean of its items' means, whose bases differ from cell to cell. Beside the margins
  of the items that makes equations with factors of its own, which soon have one solution, or one in whole answers. It
  is therefore withheld wherever one of its items is, and then tells nothing that its items do not;
- over *respondents* a roll-up is a figure of its own, with margins of its own, and is published where another item
  beside the withheld one can be withheld instead. What it tells of its items depends on who answered which of them, and
  that is worked out for every cell (:mod:`.rollup_ties`).

A ratio with one of its totals tells the other: it is withheld where either is. It is also withheld over a cell in which
few have both of its numbers and others one, for its totals are then other ones than those published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np

from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.disclosure import withheld
from parindex.domain.survey.estimation.crossing import Margin
from parindex.domain.survey.estimation.rollup_ties import RollupTies
from parindex.domain.survey.questionnaire.answers import Answers, number_of
from parindex.domain.survey.questionnaire.variables import (
    ALL,
    DontKnow,
    Ratio,
    Rollup,
    Variables,
    satisfied,
    values_of,
)
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask

#: By margin which figures (domains × variables) may be seen.
Shown = tuple[Mask, ...]


def shown_cells(
    sample: Sample,
    variables: Variables,
    answers: Answers,
    by: Sequence[Margin],
    minimum: int,
    counted: Mapping[tuple[str, ...], Sequence[Codes]],
) -> dict[str, Shown]:
    """By variable which cells of each margin may be seen (by domain); ``counted``: for variables that belong together,
    how many answered them (domains × variables) in each margin.
    """
    cells = _cells_shown(by, minimum)
    seen: dict[str, Shown] = {}
    for codes, counts in counted.items():
        already = [np.repeat(~one[:, None], len(codes), axis=1) for one in cells]
        if variables.rollup is Rollup.ITEMS and ALL in codes:
            masks = _with_rollups(variables, codes, counts, by, minimum, already)
        else:
            few = any(((one > 0) & (one < minimum)).any() for one in counts)  # else nothing is asked of the ties
            ties = _ties(sample, variables, answers, by) if few and ALL in codes else None
            masks = _shown(variables, codes, counts, by, minimum, already, ties)
        seen |= {code: tuple(mask[:, at] for mask in masks) for at, code in enumerate(codes)}
    parts = {
        one.code: _ratio_shown(one, variables, answers, by, minimum, seen)
        for one in variables.ratios
        if one.code in seen
    }
    return seen | parts


def _ratio_shown(
    ratio: Ratio,
    variables: Variables,
    answers: Answers,
    by: Sequence[Margin],
    minimum: int,
    seen: Mapping[str, Shown],
) -> Shown:
    """Where the ratio and its totals may be seen; not over a cell without it in which few have both of its numbers and
    others have one: these two parts would be told apart.
    """
    names = (ratio.numerator, ratio.denominator)
    own = [seen[ratio.code], *(seen[name] for name in names if name in seen)]
    shown = [np.logical_and.reduce(masks) for masks in zip(*own, strict=True)]
    above, below = (~np.isnan(number_of(variables, answers, name)) for name in names)
    code, count = by[0].domains.code, by[0].domains.count
    few = np.bincount(code[above & below], minlength=count) < minimum
    apart = np.bincount(code[above != below], minlength=count) > 0
    over = (~shown[0] & few & apart)[code]
    return tuple(mask & ~_any(margin, over) for mask, margin in zip(shown, by, strict=True))


def _any(margin: Margin, respondents: Mask) -> Mask:
    """Which cells of a margin have any of the respondents."""
    found = np.zeros(margin.domains.count, bool)
    found[margin.domains.code[respondents]] = True
    return found


def _cells_shown(by: Sequence[Margin], minimum: int) -> Shown:
    """Which cells may be seen at all, by margin: those with enough respondents that tell no smaller one."""
    counts = []
    for margin in by:
        code = margin.domains.code
        counts.append(np.bincount(code[code >= 0], minlength=margin.domains.count)[:, None])
    starts = _starts(counts)
    hidden = withheld(np.concatenate(counts).ravel(), minimum, _sums_of_margins(by, starts, 1))
    return tuple(~hidden[start : start + len(one)] for start, one in zip(starts, counts, strict=True))


def _with_rollups(
    variables: Variables,
    codes: tuple[str, ...],
    counts: Sequence[Codes],
    by: Sequence[Margin],
    minimum: int,
    already: Sequence[Mask],
) -> Shown:
    """The items as they may be seen, and each roll-up where all of its items may."""
    items = len(variables.codes)
    shown = _shown(
        variables, codes[:items], [one[:, :items] for one in counts], by, minimum, [one[:, :items] for one in already]
    )
    members = [list(held) for _, held in variables.members()]
    return tuple(np.column_stack([mask, *(mask[:, held].all(axis=1) for held in members)]) for mask in shown)


def _shown(
    variables: Variables,
    codes: tuple[str, ...],
    counts: Sequence[Codes],
    by: Sequence[Margin],
    minimum: int,
    already: Sequence[Mask],
    ties: RollupTies | None = None,
) -> Shown:
    """Which figures of the cells may be seen: also of a cell with many respondents few may have answered an item."""
    starts = _starts(counts)
    hidden = withheld(
        np.concatenate([one.ravel() for one in counts]),
        minimum,
        _sums_of_margins(by, starts, len(codes)),
        np.concatenate([one.ravel() for one in already]),
        shared=_sums_of_rollups(variables, codes, by, starts) if ties else (),
        ties=ties,
    )
    return tuple(
        ~hidden[start : start + one.size].reshape(one.shape) for start, one in zip(starts, counts, strict=True)
    )


def _starts(counts: Sequence[Codes]) -> list[int]:
    """Where each margin starts among the cells of all, one after the other."""
    return list(accumulate((one.size for one in counts[:-1]), initial=0))


def _ties(sample: Sample, variables: Variables, answers: Answers, by: Sequence[Margin]) -> RollupTies:
    """What the roll-ups tell of their items; shares have a base of their own where "don't know" is an answer."""
    bases = [values_of]
    if variables.dont_know is DontKnow.CATEGORY:
        bases.append(satisfied)
    code = np.where(sample.weight != 0, by[0].domains.code, -1)
    answered = [~np.isnan(base(variables, answers.given)) for base in bases]
    return RollupTies(code, answered, [items for _, items in variables.members()])


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
    width = len(codes)
    for code, items in variables.members():
        line = [*items, codes.index(code)]
        for margin, start in zip(by, starts, strict=True):
            for row in range(margin.domains.count):
                yield [start + row * width + variable for variable in line]
