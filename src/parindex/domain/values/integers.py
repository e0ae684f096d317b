"""Columns of integers that cannot overflow: ``int64`` while a bound proves that they fit, Python integers otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from parindex.domain.values.exact import RoundingMode

INT64_MAX = 2**63 - 1

#: Integer numerators or denominators: ``int64`` where they fit, Python integers (dtype ``object``) where they do not.
Integers = NDArray[Any]


def extremes(values: Integers) -> tuple[int, int]:
    """The smallest and the largest; 0 where there is none."""
    return (int(values.min()), int(values.max())) if values.size else (0, 0)


def integer_type(bound: int) -> np.dtype[Any]:
    """The dtype that holds integers up to ``bound``."""
    return np.dtype(np.int64 if bound <= INT64_MAX else object)


def wide(values: Integers, bound: int) -> Integers:
    """``values`` in a type that can hold ``bound``."""
    return values if bound <= INT64_MAX or values.dtype == object else values.astype(object)


def product(left: Integers, left_bound: int, right: int | Integers, right_bound: int) -> Integers:
    """left · right in a type that can hold it. Single numbers stay Python integers, which take the column's type."""
    if isinstance(right, int):
        if right == 1:
            return left
        return np.asarray(wide(left, max(left_bound, 1) * max(right_bound, 1)) * right)
    peak = max(left_bound, 1) * max(right_bound, 1)
    return np.asarray(wide(left, peak) * wide(right, peak))


def divided(
    size: Integers, bound: int, den: int | Integers, den_bound: int, scale: int, mode: RoundingMode
) -> Integers:
    """size · scale / den by ``mode``, for numbers that are not negative."""
    if mode is RoundingMode.TRUNCATED:
        peak = max(bound * scale, den_bound)
        return np.asarray((wide(size, peak) * scale) // _den_for(den, peak))
    peak = 2 * bound * scale + 2 * den_bound
    below = _den_for(den, peak)
    return np.asarray((wide(size, peak) * (2 * scale) + below) // (below * 2))


def _den_for(den: int | Integers, bound: int) -> int | Integers:
    return den if isinstance(den, int) else wide(den, bound)
