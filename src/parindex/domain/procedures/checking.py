"""Checked scores beside self scores: both are kept, and what differs is shown.

An office scores its dossiers itself; a sample of them is checked. Scores here are positions among the declared scores
of a column (see :mod:`parindex.domain.procedures.forms`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

from parindex.domain.criteria.form_declarations import FormColumn
from parindex.domain.errors import InvalidValue
from parindex.domain.procedures.forms import ScoreColumn, Subjects


@dataclass(frozen=True, slots=True)
class Compared:
    """One unit and indicator over the forms that were checked: how many, Σ scores of both, and how many differ."""

    row: int
    column: str
    checked: int
    self_sum: Fraction
    checked_sum: Fraction
    higher: int
    lower: int

    @property
    def differing(self) -> int:
        """How many checked forms have another score than the office gave."""
        return self.higher + self.lower


def in_force(own: ScoreColumn, checked: ScoreColumn) -> ScoreColumn:
    """The scores that count: the checked one where there is one, else the office's own."""
    return np.where(checked >= 0, checked, own)


def compared(column: FormColumn, subjects: Subjects, own: ScoreColumn, checked: ScoreColumn) -> tuple[Compared, ...]:
    """Self and checked scores of every unit that has forms with both, in row order.

    ``higher`` are the forms that the office scored higher than the check did.
    """
    values = list(column.scores)
    kinds = len(values)
    both = np.flatnonzero((own >= 0) & (checked >= 0))
    cells = (subjects[both] * kinds + own[both]) * kinds + checked[both]
    tallies = np.bincount(cells, minlength=kinds * kinds).tolist()
    found: dict[int, list[tuple[Fraction, Fraction, int]]] = {}
    for cell in np.unique(cells).tolist():
        rest, of_check = divmod(cell, kinds)
        row, of_self = divmod(rest, kinds)
        found.setdefault(row, []).append((values[of_self], values[of_check], tallies[cell]))
    return tuple(_compared(row, column.column, pairs) for row, pairs in found.items())


def _compared(row: int, column: str, pairs: Sequence[tuple[Fraction, Fraction, int]]) -> Compared:
    """From every pair of self and checked score of one unit with how many forms have it."""
    return Compared(
        row=row,
        column=column,
        checked=sum(count for _, _, count in pairs),
        self_sum=sum((own * count for own, _, count in pairs), Fraction(0)),
        checked_sum=sum((checked * count for _, checked, count in pairs), Fraction(0)),
        higher=sum(count for own, checked, count in pairs if own > checked),
        lower=sum(count for own, checked, count in pairs if own < checked),
    )


def dossiers_to_check(counts: NDArray[np.int64], share: Fraction) -> NDArray[np.int64]:
    """How many of ``counts`` dossiers of each unit are checked: ``share`` of them, rounded up.

    A unit with any dossier has at least one checked. Raises :class:`InvalidValue` (``not_a_share``) for a share that
    is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise InvalidValue("not_a_share", share=share)
    return np.array([ceil(share * int(count)) for count in counts], dtype=np.int64)
