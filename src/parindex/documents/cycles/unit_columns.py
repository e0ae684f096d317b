"""Rows of a long table (unit, measure or item, number) as one exact column over all units for each measure or item."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parindex.documents.cycles.exact_columns import ExactColumn
from parindex.domain.values import Mask, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class UnitColumn:
    """Numbers of all units (0 where none is ``present``) and how many decimals each was written with."""

    numbers: Numbers
    present: Mask
    places: NDArray[np.int8]


def unit_columns(
    values: ExactColumn,
    rows: NDArray[np.intp],
    labels: NDArray[np.int32],
    units: NDArray[np.int32],
    size: int,
) -> dict[int, UnitColumn]:
    """A column of ``size`` units for each label: table row ``rows[k]`` goes to unit ``units[k]`` of ``labels[k]``.

    All rows go to their cells in one step, whatever their order; no label may have a unit twice.
    """
    if not len(rows):
        return {}
    found = np.flatnonzero(np.bincount(labels))
    number = np.zeros(int(found[-1]) + 1, dtype=np.int64)
    number[found] = np.arange(len(found))
    cells = number[labels] * size + units
    digits = _scattered(values.digits[rows], cells, len(found), size)
    places = _scattered(values.places[rows], cells, len(found), size)
    present = np.zeros((len(found), size), dtype=bool)
    present.reshape(-1)[cells] = True
    slow = _slow_cells(values, rows, cells, size) if values.slow else {}
    return {
        label: UnitColumn(
            _mixed(digits[at], places[at], slow[at]) if at in slow else _fixed(digits[at], places[at]),
            present[at],
            places[at],
        )
        for at, label in enumerate(found.tolist())
    }


def _scattered(values: NDArray[Any], cells: NDArray[np.int64], columns: int, size: int) -> NDArray[Any]:
    grid = np.zeros((columns, size), dtype=values.dtype)
    grid.reshape(-1)[cells] = values
    return grid


def _fixed(digits: NDArray[np.int64], places: NDArray[np.int8]) -> Numbers:
    """One fixed-point column with the places that the longest of its numbers needs."""
    most = int(places.max(initial=0))
    if most and int(places.min(initial=most)) < most:
        digits = digits * 10 ** (most - places).astype(np.int64)
    return Numbers.fixed(digits, most)


def _slow_cells(
    values: ExactColumn, rows: NDArray[np.intp], cells: NDArray[np.int64], size: int
) -> dict[int, dict[int, Fraction]]:
    """The numbers that are not digits over a power of ten, by column and unit."""
    is_slow = np.zeros(len(values.digits), dtype=bool)
    is_slow[list(values.slow)] = True
    found: dict[int, dict[int, Fraction]] = {}
    for k in np.flatnonzero(is_slow[rows]).tolist():
        at, unit = divmod(int(cells[k]), size)
        found.setdefault(at, {})[unit] = values.slow[int(rows[k])]
    return found


def _mixed(digits: NDArray[np.int64], places: NDArray[np.int8], slow: dict[int, Fraction]) -> Numbers:
    """A column in which some numbers are given one by one."""
    listed = [Fraction(digit, 10**place) for digit, place in zip(digits.tolist(), places.tolist(), strict=True)]
    for unit, value in slow.items():
        listed[unit] = value
    return Numbers.of(listed)
