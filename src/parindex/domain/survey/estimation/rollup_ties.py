"""What roll-ups over respondents tell of their items, cell by cell: how the totals of both hang together.

The total of a roll-up in a cell is the sum of every respondent's answers, each divided by how many items of the roll-up
that respondent answered. Where all answered all items, or all of a group the same ones, it follows from the totals of
the items; where some left out this item and some that one, it does not. Which combinations of totals are 0 whatever is
answered is seen in the matrix of the products of their factors: its null space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.disclosure import Tie
from parindex.domain.survey.estimation.rollup import members
from parindex.domain.values import Mask

#: Below this share of its largest value a direction of the matrix is empty, and a factor is none.
_NOTHING = 1e-11


class RollupTies:
    """The ties of the cells ``code`` (by respondent; −1: in none), which come first among all cells, items before
    roll-ups in each. ``answered``: who answered which item, once for each base that figures have; ``nodes``: the
    positions of the items of each roll-up.
    """

    def __init__(self, code: Codes, answered: Sequence[Mask], nodes: Sequence[Sequence[int]]) -> None:
        self._code = code
        self._answered = answered
        self._held = members([np.array(node, np.intp) for node in nodes], answered[0].shape[1])
        self._width = sum(self._held.shape)
        self._found: dict[tuple[int, int], list[Tie]] = {}

    def __call__(self, hidden: Mask) -> list[list[Tie]]:
        """By base the ties of the cells of which something is hidden."""
        count = int(self._code.max(initial=-1)) + 1
        cells = np.flatnonzero(hidden[: count * self._width].reshape(count, self._width).any(axis=1)).tolist()
        return [[tie for cell in cells for tie in self._of(base, cell)] for base in range(len(self._answered))]

    def _of(self, base: int, cell: int) -> list[Tie]:
        if (base, cell) not in self._found:
            answered = self._answered[base][self._code == cell].astype(np.float64)
            self._found[base, cell] = list(_null_space(_products(answered, self._held), cell * self._width))
        return self._found[base, cell]


def _products(answered: Floats, held: Floats) -> Floats:
    """The products of the factors of every two totals (items, then roll-ups), summed over all answers."""
    items, nodes = held.shape
    own = answered @ held
    factor = np.divide(1.0, own, out=np.zeros_like(own), where=own > 0)
    found = np.zeros((items + nodes, items + nodes))
    found[:items, :items] = np.diag(answered.sum(axis=0))
    found[:items, items:] = (answered.T @ factor) * held
    found[items:, :items] = found[:items, items:].T
    for item in range(items):
        inside = held[item] > 0
        mine = factor[answered[:, item] > 0][:, inside]
        found[items:, items:][np.ix_(inside, inside)] += mine.T @ mine
    return found


def _null_space(products: Floats, start: int) -> Iterator[Tie]:
    """The combinations of the totals (from the cell ``start`` on) that are always 0."""
    there = np.flatnonzero(np.diag(products) > 0)
    scale = np.sqrt(np.diag(products)[there])
    values, vectors = np.linalg.eigh(products[np.ix_(there, there)] / np.outer(scale, scale))
    for vector in vectors.T[values <= _NOTHING * len(there)]:
        factors = vector / scale
        factors /= np.abs(factors).max()
        used = np.flatnonzero(np.abs(factors) > _NOTHING)
        yield (start + there[used]).tolist(), factors[used].tolist()
