"""Which cells of a published table are withheld, so that no small group can be seen or worked out.

A cell with fewer respondents than the minimum (but not empty) is withheld. What is withheld must not be recoverable
from what is published: a margin (the nation, a group of items) is a weighted sum of its cells, so with one cell missing
the rest tells it. More cells are therefore withheld (complementary suppression) until

- every published sum lacks no cell or at least two, and what it lacks holds the minimum of respondents together;
- no combination of the published sums tells a small cell exactly, nor what fewer respondents than the minimum say
  together: where it tells a larger cell, the rest that its sums lack keeps to the first rule.

Ranges that follow from the sums, and what somebody knows of his own answers, are not looked at.

A cell to withhold besides is one that is small and opens few further sums: not always the fewest, but the same
everywhere. The first rule is kept by a list of sums to look at again, the second by one sparse projection a round, so
that a table of thousands of cells takes a moment.

Source: Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), ch. 6; Hundepool and others,
Statistical Disclosure Control (2012), ch. 4 (secondary cell suppression).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from parindex.domain.survey.arrays import Floats
from parindex.domain.values import Mask

Counts = NDArray[np.intp]
Relations = Iterable[Sequence[int]]
#: Cells and factors: the cells times the factors add up to 0.
Tie = tuple[Sequence[int], Sequence[float]]
#: The ties of the cells that are hidden, one list for each kind of figure that is published of them.
Ties = Callable[[Mask], Sequence[Sequence[Tie]]]

#: What a small cell may vary by, beside cells of about 1, and still be told.
_TOLD = 1e-6
#: Rounds in which a told cell takes one other with it; then it takes all that stand beside it, to come to an end.
_ROUNDS = 8
#: The constants of splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
_STEP, _MIX = 0x9E3779B97F4A7C15, ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))


def withheld(
    counts: Counts,
    minimum: int,
    sums: Relations,
    already: Mask | None = None,
    shared: Relations = (),
    ties: Ties | None = None,
) -> Mask:
    """The cells to withhold, of ``counts`` (respondents by cell), with those that are withheld ``already``.

    ``sums`` are the published relations: positions of cells of which the last is the (weighted) sum of the others,
    which are of different respondents; those of ``shared`` are of the same ones, as the items of a group, and add up
    only as ``ties`` say (not asked where nothing is small). Empty cells are known to be empty and protect nothing.
    """
    small = (counts > 0) & (counts < minimum)
    hidden = small.copy() if already is None else small | already
    if not small.any():
        return hidden
    table = _Withholding(counts, minimum, hidden, sums, shared, ties)
    table.close(range(len(table.relations)))
    rounds = 0
    while len(told := table.told(small)):
        rounds += 1
        if not table.protect(told.tolist(), every=rounds > _ROUNDS):
            break  # everything that hangs together with it is withheld already, but for what tells it alone
    return hidden


class _Withholding:
    """The cells, which of them are hidden so far (changed in place), and the published sums."""

    def __init__(
        self, counts: Counts, minimum: int, hidden: Mask, sums: Relations, shared: Relations, ties: Ties | None
    ) -> None:
        self.counts: list[int] = counts.tolist()
        self.minimum = minimum
        self.hidden = hidden
        self.ties = ties
        self.relations: list[Sequence[int]] = []
        self.apart = 0  # the first so many relations are of different respondents
        for group in (sums, shared):
            self.apart = len(self.relations)
            filled = ([cell for cell in one if self.counts[cell] > 0] for one in group)
            self.relations += [kept for kept in filled if len(kept) > 1]
        self.of: dict[int, list[int]] = {}
        for number, relation in enumerate(self.relations):
            for cell in relation:
                self.of.setdefault(cell, []).append(number)
        self.missing = [sum(bool(hidden[cell]) for cell in one) for one in self.relations]

    def close(self, numbers: Iterable[int]) -> None:
        """Hide until all sums of ``numbers``, and those that this touches, lack nothing or enough."""
        waiting = deque(numbers)
        while waiting:
            number = waiting.popleft()
            while not self._safe(number):
                cell = self._cheapest(self.relations[number])
                if cell is None:
                    break
                waiting.extend(self._hide(cell))

    def _hide(self, cell: int) -> list[int]:
        """The sums that the hidden cell is in."""
        self.hidden[cell] = True
        mine = self.of[cell]
        for number in mine:
            self.missing[number] += 1
        return mine

    def _safe(self, number: int) -> bool:
        relation = self.relations[number]
        if not self.missing[number]:
            return True
        if self.missing[number] == 1:
            return False
        hidden = [cell for cell in relation if self.hidden[cell]]
        if self.hidden[relation[-1]]:  # nothing is subtracted from it
            return max(self.counts[cell] for cell in hidden) >= self.minimum
        return self._together(number, hidden) >= self.minimum

    def _together(self, number: int, cells: Sequence[int]) -> int:
        """How many respondents some cells of a sum have together, as far as they are different ones."""
        sizes = (self.counts[cell] for cell in cells)
        return sum(sizes) if number < self.apart else max(sizes)

    def _cheapest(self, cells: Iterable[int]) -> int | None:
        """The published cell of which the loss is least: few respondents, and few sums that lack nothing else."""

        def loss(cell: int) -> tuple[int, int]:
            opened = sum(not self.missing[number] for number in self.of[cell])
            return self.counts[cell] * (1 + opened), cell

        return min((cell for cell in cells if not self.hidden[cell]), key=loss, default=None)

    def told(self, small: Mask) -> Counts:
        """The small cells that the published sums tell exactly, and one of each few that they tell together."""
        known = set(self._told_exactly())
        found = {cell for cell in known if small[cell]}
        for number, relation in enumerate(self.relations) if known else ():
            if self.hidden[relation[-1]] and relation[-1] not in known:
                continue
            rest = [cell for cell in relation[:-1] if self.hidden[cell] and cell not in known]
            if rest and self._together(number, rest) < self.minimum:
                found.add(rest[0])
        return np.array(sorted(found), np.intp)

    def _told_exactly(self) -> Iterator[int]:
        """The withheld cells, small or not, that the published sums tell."""
        cells = np.flatnonzero(self.hidden)
        at = np.full(len(self.hidden), -1)
        at[cells] = np.arange(len(cells))
        plain: list[Tie] = [
            (one, [*[1.0] * (len(one) - 1), -1.0])
            for one, missing in zip(self.relations[: self.apart], self.missing, strict=False)
            if missing
        ]
        for tied in self.ties(self.hidden) if self.ties else [()]:
            yield from cells[_determined([*plain, *tied], at, len(cells))].tolist()

    def protect(self, told: Iterable[int], *, every: bool) -> bool:
        """Hide a cell that hangs together with each told one, or ``every`` one beside it; False: there are none."""
        found = False
        for one in told:
            beside = self._beside(one)
            while (cell := self._cheapest(beside)) is not None:
                found = True
                self.close(self._hide(cell))
                if not every:
                    break
        return found

    def _beside(self, cell: int) -> list[int]:
        """The published cells in the sums of a cell; where there are none, in those of the hidden ones beside it."""
        reached, edge = {cell}, [cell]
        while edge:
            touched = dict.fromkeys(
                other for one in edge for number in self.of.get(one, ()) for other in self.relations[number]
            )
            published = [other for other in touched if not self.hidden[other]]
            if published:
                return published
            edge = [other for other in touched if other not in reached]
            reached.update(edge)
        return []


def _determined(ties: Sequence[Tie], at: Counts, count: int) -> Mask:
    """Which of ``count`` unknown cells (``at``: their positions; −1: known) the ties tell.

    A vector is projected on what the ties leave open: what is told stays 0 there, in any but a freak vector.
    """
    from scipy.sparse import csr_array  # takes a while to import
    from scipy.sparse.linalg import lsmr

    entries = [
        (number, at[cell], factor)
        for number, (cells, factors) in enumerate(ties)
        for cell, factor in zip(cells, factors, strict=True)
        if at[cell] >= 0
    ]
    if not entries:
        return np.zeros(count, bool)
    rows, columns, numbers = zip(*entries, strict=True)
    matrix = csr_array((numbers, (rows, columns)), shape=(len(ties), count))
    start = _irregular(count)
    told = lsmr(matrix, matrix @ start, atol=1e-10, btol=1e-10, conlim=0, maxiter=20 * count + 100)[0]
    return np.asarray(np.abs(start - told) < _TOLD)


def _irregular(count: int) -> Floats:
    """Numbers between 0.5 and 1.5, always the same, of which no sum and difference of some is 0: four evenly spaced
    ones would be, and a square of cells that protect each other would pass for told.
    """
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_STEP)
    for shift, factor in _MIX:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(0.5 + mixed / 2.0**64)
