"""Differences between two years of a survey, and between the units of one, figure by figure.

The probability of a difference at least as large where there is none stands beside it, and the same after Holm for the
number of comparisons: one family is one figure in one margin, all its cells and variables together (items, groups,
wishes and numbers); differences between years and those between units are two families. Who is of no known category is
no group: such cells are not compared and count in no family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations

import numpy as np

from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.comparison.differences import Differences, between_domains, between_samples, holm
from parindex.domain.survey.comparison.shared_clusters import SharedClusters
from parindex.domain.survey.estimation.estimates import Domains
from parindex.domain.survey.estimation.tabulation import EstimateTable, Figure, Grouping, Margin, margins
from parindex.domain.survey.sample.design import Sample
from parindex.domain.values import Mask

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


def between_years(
    later: Sequence[EstimateTable],
    earlier: Sequence[EstimateTable],
    by: Sequence[Margin],
    shared: Sample | SharedClusters | None,
    confidence: float,
) -> list[Compared]:
    """The later year minus the earlier one; both tabulated in :func:`shared_margins` (``by``: those of one of them),
    with the same variables.

    ``shared`` is what the years have in common (:func:`~.shared_clusters.together`); None: nothing.
    """
    compared = []
    for one, two in zip(later, earlier, strict=True):
        if one.figure not in COMPARED:
            continue
        for margin, (new, old) in enumerate(zip(one.estimates, two.estimates, strict=True)):
            cells = by[margin].stated
            found = _of_cells(between_samples(new, old, joint=shared, confidence=confidence), cells)
            shown = (one.shown[margin] & two.shown[margin])[cells]
            nothing = np.full(len(cells), -1)
            compared.append(Compared(one.figure, one.variables, margin, cells, nothing, found, shown))
    return _in_families(compared)


def _of_cells(found: Differences, cells: Codes) -> Differences:
    return Differences(**{one.name: getattr(found, one.name)[cells] for one in fields(Differences)})


def between_cells(
    tables: Sequence[EstimateTable], by: Sequence[Margin], margin: int, confidence: float
) -> list[Compared]:
    """Every cell of a margin (of those of ``by``) minus every later one."""
    compared = []
    pairs = list(combinations(by[margin].stated.tolist(), 2))
    for table in tables:
        estimates = table.estimates[margin]
        if table.figure not in COMPARED or not pairs:
            continue
        found = between_domains(estimates, pairs, confidence=confidence)
        cells, against = np.array(pairs, np.intp).T
        shown = table.shown[margin]
        seen = shown[cells] & shown[against]
        compared.append(Compared(table.figure, table.variables, margin, cells, against, found, seen))
    return _in_families(compared)


def _in_families(compared: list[Compared]) -> list[Compared]:
    """The same with p adjusted over each family: also tables of one figure that were made apart (items and numbers)."""
    found = list(compared)
    for family in {(one.figure, one.margin) for one in compared}:
        places = [place for place, one in enumerate(compared) if (one.figure, one.margin) == family]
        adjusted = holm(np.concatenate([compared[place].found.p.ravel() for place in places]))
        start = 0
        for place in places:
            one = compared[place]
            part = adjusted[start : start + one.found.p.size].reshape(one.found.p.shape)
            found[place] = replace(one, found=replace(one.found, adjusted=part))
            start += one.found.p.size
    return found
