"""Which drawn units count: the sample itself, less those for whom a replacement answered, plus these replacements.

A replacement that answered stands for a unit of its list that did not. Replacements are asked in their order, and only
for units that did not answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable
from parindex.documents.surveys.response_columns import Reader
from parindex.domain.survey.arrays import Codes

Mask = NDArray[np.bool_]


class Standing(Enum):
    """What became of a drawn unit."""

    ANSWERED = auto()
    SILENT = auto()  # refused, absent
    INELIGIBLE = auto()  # does not belong to the population
    UNTOLD = auto()  # nothing is said of it


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The drawn units that count for the weights, and which of all units answered."""

    counted: Mask
    answered: Mask
    counts: Mapping[str, int]


def settle(
    standing: Sequence[Standing],
    reserve: Codes,
    lists: Sequence[str],
    names: Sequence[str],
    sample: DataTable,
    problems: Problems,
) -> Kept:
    """Settle who counts.

    ``reserve`` is 0 for the sample itself, else the place in the list of replacements ``lists``. Problems:
    ``reserve_out_of_order`` (facts ``unit``, ``first``: the one that was to be asked before) and
    ``reserve_without_need`` (``unit``, ``silent``: more replacements of a list answered than units did not): one of a
    kind for all rows, with the facts of the first.
    """
    answered = np.array([one is Standing.ANSWERED for one in standing], dtype=bool)
    outside = np.array([one is Standing.INELIGIBLE for one in standing], dtype=bool)
    main = reserve == 0
    counted = main & ~outside
    by_list: dict[str, list[int]] = {}
    for row, name in enumerate(lists):
        by_list.setdefault(name, []).append(row)
    replaced = 0
    too_early: dict[int, int] = {}
    needless: dict[int, int] = {}
    for rows in by_list.values():
        spare = sorted((row for row in rows if not main[row]), key=lambda row: (int(reserve[row]), row))
        used = [row for row in spare if answered[row]]
        too_early |= _out_of_order(spare, standing, reserve)
        silent = [row for row in rows if counted[row] and not answered[row]]
        needless |= dict.fromkeys(used[len(silent) :], len(silent))
        for out, stand_in in zip(silent, used, strict=False):
            counted[out], counted[stand_in] = False, True
            replaced += 1
    reader = Reader(sample, problems)
    for kind, found, fact in (
        ("reserve_out_of_order", too_early, "first"),
        ("reserve_without_need", needless, "silent"),
    ):
        if found:
            at = min(found)
            told = names[found[at]] if fact == "first" else found[at]
            reader.report(kind, np.array(list(found), np.intp), "respondent", unit=names[at], **{fact: told})
    counts = {
        "sampled": int(main.sum()),
        "ineligible": int((main & outside).sum()),
        "replaced": replaced,
        "answered": int((counted & answered).sum()),
        "silent": int((counted & ~answered).sum()),
    }
    return Kept(counted, answered, counts)


def _out_of_order(spare: Sequence[int], standing: Sequence[Standing], reserve: Codes) -> dict[int, int]:
    """The replacements that were asked though nothing is said of one before them, each with that one."""
    found: dict[int, int] = {}
    untold: int | None = None
    for row in spare:
        if standing[row] is Standing.UNTOLD:
            untold = row if untold is None else untold
        elif untold is not None and reserve[untold] < reserve[row]:
            found[row] = untold
    return found
