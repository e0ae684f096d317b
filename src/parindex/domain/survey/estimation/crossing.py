"""The cells that estimates are made in: those of one or more columns crossed, and the margins over each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from parindex.domain.survey.arrays import Codes
from parindex.domain.survey.questionnaire.variables import ALL
from parindex.domain.survey.sample.arrangement import Domains

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
