"""Figures that nothing uses: of a year that no rule looks at, or of a measure of no rule."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import Place, Problem
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.usable import Plan


def unused_figures(criteria_set: CriteriaSet, plan: Plan, figures: Figures) -> tuple[Problem, ...]:
    """One note a year (``figures_unused``): which measures have figures that neither rule nor identity reads."""
    used = _used(criteria_set, plan, figures.year)
    counts = {key: int(np.count_nonzero(column.present)) for key, column in figures.numbers.items()}
    counts |= {key: int(np.count_nonzero(column.chosen >= 0)) for key, column in figures.choices.items()}
    unused: dict[int, dict[str, int]] = defaultdict(dict)
    for (measure, year), count in counts.items():
        if count and (measure, year) not in used:
            unused[year][measure] = count
    return tuple(
        Problem(
            "figures_unused",
            Place(),
            {
                "of_year": year,
                "year": figures.year,
                "of_cycle": year == figures.year,
                "rows": sum(of.values()),
                "measures": list(of),
            },
        )
        for year, of in sorted(unused.items())
    )


def _used(criteria_set: CriteriaSet, plan: Plan, year: int) -> set[tuple[str, int]]:
    used = {
        (measure, shifted(year, by))
        for item in plan.items
        if item.rule is not None
        for measure, by in item.rule.measures()
    }
    for identity in criteria_set.identities:
        used |= {(measure, year) for measure in (*identity.left, *identity.right)}
    return used
