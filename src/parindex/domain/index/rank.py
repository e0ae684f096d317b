"""Competition rank inside the unit group: 1, 2, 2, 4. Ties are exact, or within the declared tolerance of the best of
the tie.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parindex.domain.values import Numbers

#: Rows by position.
Rows = NDArray[np.intp]


def competition_ranks(index: Numbers, rows: Rows, tolerance: Fraction = Fraction(0)) -> NDArray[np.int32]:
    """The ranks of ``rows`` among each other by falling index, in the order of ``rows``.

    A unit shares the rank of the best unit of a tie when it is at most ``tolerance`` per cent below that best unit;
    the tolerance is not passed on from neighbour to neighbour.
    """
    picked = index.take(rows)
    if tolerance == 0 and isinstance(picked.den, int) and picked.num.dtype == np.int64:
        ascending = np.sort(picked.num)
        above = len(rows) - np.searchsorted(ascending, picked.num, side="right")
        return (above + 1).astype(np.int32)
    return _ranks_of_fractions(picked.to_fractions(), tolerance)


def _ranks_of_fractions(values: list[Fraction], tolerance: Fraction) -> NDArray[np.int32]:
    order = sorted(range(len(values)), key=lambda row: -values[row])
    ranks = np.zeros(len(values), dtype=np.int32)
    best, rank = Fraction(0), 0
    for place, row in enumerate(order, start=1):
        if rank == 0 or best - values[row] > tolerance:
            best, rank = values[row], place
        ranks[row] = rank
    return ranks
