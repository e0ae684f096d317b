"""The linearised standard errors of tables held against replicated ones: beside each the other, and how far they part.

The ratio is the replicated error by the linearised one, for every estimate that may be shown and has both; where both
are 0 there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.estimation.replicates import Replicates, standard_errors
from parindex.domain.survey.estimation.tabulation import EstimateTable, Figure, Margin

#: Errors this small beside their estimate are 0 but for rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class ErrorRatio:
    """The replicated by the linearised error of one estimate."""

    ratio: float
    by: Mapping[str, str]
    variable: str
    figure: Figure


@dataclass(frozen=True, slots=True, eq=False)
class ErrorCheck:
    """``errors`` are the replicated ones by table and margin (domains × variables; NaN: none); ``replicates`` how many
    there were.

    ``compared`` estimates have a ratio, between ``smallest`` and ``largest`` (None: none has); of ``unreplicated`` ones
    the domain is empty in some replicate.
    """

    errors: tuple[tuple[Floats, ...], ...]
    replicates: int
    compared: int
    unreplicated: int
    smallest: ErrorRatio | None
    largest: ErrorRatio | None


def error_check(replicates: Replicates, tables: Sequence[EstimateTable], by: Sequence[Margin]) -> ErrorCheck:
    """Replicate the errors of all ``tables``, made in the margins ``by``."""
    errors = tuple(
        tuple(standard_errors(replicates, one.sample, one.statistic, one.domains) for one in table.estimates)
        for table in tables
    )
    found = list(_ratios(tables, errors, by))
    compared = [one for one in found if np.isfinite(one.ratio)]
    return ErrorCheck(
        errors,
        len(replicates.shares),
        len(compared),
        len(found) - len(compared),
        min(compared, key=lambda one: one.ratio, default=None),
        max(compared, key=lambda one: one.ratio, default=None),
    )


def _ratios(
    tables: Sequence[EstimateTable], errors: Sequence[Sequence[Floats]], by: Sequence[Margin]
) -> Iterator[ErrorRatio]:
    """Of each estimate that is shown with an error above 0; NaN where it could not be replicated."""
    for table, of_table in zip(tables, errors, strict=True):
        for margin, one, shown, replicated in zip(by, table.estimates, table.shown, of_table, strict=True):
            with np.errstate(invalid="ignore"):
                wanted = shown & (one.se > _ROUNDING * np.abs(one.estimate))
            for cell, at in np.argwhere(wanted).tolist():
                ratio = float(replicated[cell, at] / one.se[cell, at])
                yield ErrorRatio(ratio, margin.by[cell], table.variables[at], table.figure)
