"""Differences between two years of a survey, and between the units of one, figure by figure.

The probability of a difference at least as large where there is none stands beside it, and the same after Holm for the
number of comparisons: one family is one figure in one margin, all its cells and variables together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from parindex.domain.survey.comparison import Differences, between_domains, between_samples
from parindex.domain.survey.design import Codes, Floats, Sample, lay_out
from parindex.domain.survey.design_check import Drawn, populations_of
from parindex.domain.survey.disclosure import Mask
from parindex.domain.survey.estimates import Domains
from parindex.domain.survey.tabulation import Figure, Grouping, Margin, Table, margins

#: The figures that are compared.
COMPARED = (Figure.MEAN, Figure.SHARE, Figure.INDEX, Figure.RATIO)


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Differences of one figure in one margin (comparisons × variables), and which of them may be seen.

    ``cells`` are the positions in the margin that are compared: with another cell, or (``against`` −1) with the same
    cell of the earlier year.
    """

    figure: Figure
    variables: tuple[str, ...]
    margin: int
    cells: Codes
    against: Codes
    found: Differences
    shown: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Columns of two years as one, the earlier first: what names a stratum or a cluster in both has one code."""

    strata: Codes
    clusters: list[Codes]


def shared_margins(
    earlier: Sequence[Grouping], later: Sequence[Grouping], respondents: tuple[int, int]
) -> tuple[tuple[Margin, ...], tuple[Margin, ...]]:
    """The margins of both years, cell by cell the same; a cell that one year lacks is empty in it."""
    both = [_joined(one, two) for one, two in zip(earlier, later, strict=True)]
    first, size = respondents[0], sum(respondents)
    found = margins(both, size)
    return tuple(_part(margin, slice(0, first)) for margin in found), tuple(
        _part(margin, slice(first, size)) for margin in found
    )


def _joined(one: Grouping, two: Grouping) -> Grouping:
    labels = tuple(dict.fromkeys((*two.labels, *one.labels)))
    ordered = tuple(sorted(labels)) if set(labels) != set(two.labels) else two.labels
    return Grouping(two.name, same_codes(one.code, one.labels, two.code, two.labels, ordered), ordered)


def same_codes(
    one: Codes, names: Sequence[str], two: Codes, others: Sequence[str], ordered: Sequence[str] | None = None
) -> Codes:
    """Two columns of names below each other with one code a name (a position in ``ordered``); −1 stays."""
    at = {name: place for place, name in enumerate(ordered or dict.fromkeys((*names, *others)))}
    first = np.array([*(at[name] for name in names), -1], np.intp)
    second = np.array([*(at[name] for name in others), -1], np.intp)
    return np.concatenate([first[one], second[two]])


def _part(margin: Margin, rows: slice) -> Margin:
    return Margin(margin.by, margin.places, Domains(margin.domains.code[rows], margin.domains.count))


def joint_sample(earlier: Drawn, later: Drawn, joined: Joined) -> Sample:
    """One sample of both years' respondents, in which a cluster that was drawn in both is one cluster.

    Where the years name different numbers of clusters to draw from, the larger one holds, and it is never smaller than
    what was drawn in either.
    """
    weight = np.concatenate([earlier.weight, later.weight])
    populations: list[Floats | None] = []
    above = np.unique(joined.strata, return_inverse=True)[1]
    none: list[Floats | None] = [None] * len(joined.clusters)  # a design without stages: the respondents themselves
    pairs = zip(populations_of(earlier) or none, populations_of(later) or none, joined.clusters, strict=True)
    for one, two, column in pairs:
        here = np.unique(above * (int(column.max(initial=-1)) + 1) + column, return_inverse=True)[1]
        if one is None or two is None:
            populations.append(None)
        else:
            stated = np.concatenate([one, two])
            largest = np.zeros(int(above.max(initial=-1)) + 1)
            np.maximum.at(largest, above, stated)
            _, rows = np.unique(here, return_index=True)
            drawn = np.bincount(above[rows], minlength=len(largest))
            populations.append(np.maximum(largest, drawn)[above])
        above = here
    return lay_out(joined.strata, joined.clusters, populations, weight, later.lonely)


def between_years(
    later: Sequence[Table], earlier: Sequence[Table], joint: Sample | None, confidence: float
) -> Iterator[Compared]:
    """The later year minus the earlier one; both tabulated in :func:`shared_margins`, with the same variables.

    ``joint`` is the sample of both years where clusters were drawn in both, else None.
    """
    for one, two in zip(later, earlier, strict=True):
        if one.figure not in COMPARED:
            continue
        for margin, (new, old) in enumerate(zip(one.estimates, two.estimates, strict=True)):
            found = between_samples(new, old, joint=joint, confidence=confidence)
            cells = np.arange(new.domains.count)
            shown = one.shown[margin] & two.shown[margin]
            yield Compared(one.figure, one.variables, margin, cells, np.full(len(cells), -1), found, shown)


def between_cells(tables: Sequence[Table], margin: int, confidence: float) -> Iterator[Compared]:
    """Every cell of a margin minus every later one."""
    for table in tables:
        estimates = table.estimates[margin]
        pairs = list(combinations(range(estimates.domains.count), 2))
        if table.figure not in COMPARED or not pairs:
            continue
        found = between_domains(estimates, pairs, confidence=confidence)
        cells, against = np.array(pairs, np.intp).T
        shown = table.shown[margin]
        yield Compared(table.figure, table.variables, margin, cells, against, found, shown[cells] & shown[against])
