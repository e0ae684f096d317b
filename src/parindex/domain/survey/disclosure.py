"""Which cells of a published table are withheld, so that no small group can be seen or worked out.

A cell with fewer respondents than the minimum (but not empty) is withheld. What is withheld must not be recoverable
from what is published: a margin (the nation, a group of items) is a weighted sum of its cells, so with one cell missing
the rest tells it. More cells are therefore withheld until no combination of the published sums tells a small cell
(complementary suppression; Hundepool and others, Statistical Disclosure Control (2012), ch. 4).

The cells to withhold besides are chosen by size, the smallest first: not always the fewest, but the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Counts = NDArray[np.intp]

#: A direction that lies so close to what the published sums tell is told by them.
_TOLD = 1 - 1e-9


def withheld(counts: Counts, minimum: int, sums: Iterable[Sequence[int]], already: Mask | None = None) -> Mask:
    """The cells to withhold, of ``counts`` (respondents by cell), with those that are withheld ``already``.

    ``sums`` are the published relations: positions of cells of which the last is the (weighted) sum of the others.
    Empty cells are known to be empty and protect nothing.
    """
    small = (counts > 0) & (counts < minimum)
    hidden = small.copy() if already is None else small | already
    if not small.any():
        return hidden
    filled = ([cell for cell in one if counts[cell] > 0] for one in sums)
    relations = [kept for kept in filled if len(kept) > 1]
    while (told := _told(small, hidden, relations)) is not None:
        more = _next(told, hidden, counts, relations)
        if more is None:  # everything that hangs together with it is withheld already, but for what tells it alone
            break
        hidden[more] = True
    return hidden


def _told(small: Mask, hidden: Mask, relations: Sequence[Sequence[int]]) -> list[int] | None:
    """The hidden cells that hang together with a small one that can be worked out; None where none can be."""
    for cells, rows in _connected(hidden, relations):
        at = {cell: position for position, cell in enumerate(cells)}
        matrix = np.zeros((len(rows), len(cells)))
        for number, row in enumerate(rows):
            for cell in row:
                if cell in at:
                    matrix[number, at[cell]] = -1 if cell == row[-1] else 1
        _, strength, directions = np.linalg.svd(matrix, full_matrices=False)
        known = directions[strength > 1e-9]
        reach = (known**2).sum(axis=0)
        if any(small[cell] and reach[position] > _TOLD for cell, position in at.items()):
            return cells
    return None


def _connected(hidden: Mask, relations: Sequence[Sequence[int]]) -> list[tuple[list[int], list[Sequence[int]]]]:
    """Hidden cells that share published sums, directly or through others, each with these sums."""
    root = {cell: cell for cell in np.flatnonzero(hidden).tolist()}

    def top(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    touching = []
    for relation in relations:
        inside = [cell for cell in relation if hidden[cell]]
        if inside:
            touching.append((relation, inside[0]))
        for cell in inside[1:]:
            root[top(cell)] = top(inside[0])
    members: dict[int, list[int]] = {}
    for cell in root:
        members.setdefault(top(cell), []).append(cell)
    sums: dict[int, list[Sequence[int]]] = {}
    for relation, cell in touching:
        sums.setdefault(top(cell), []).append(relation)
    return [(cells, sums[one]) for one, cells in members.items() if one in sums]


def _next(told: list[int], hidden: Mask, counts: Counts, relations: Sequence[Sequence[int]]) -> int | None:
    """The smallest published cell beside one that hangs together with what is told; None where there is none."""
    cells = set(told)
    beside = {cell for one in relations if cells & set(one) for cell in one if not hidden[cell]}
    return min(beside, key=lambda cell: (counts[cell], cell), default=None)
