"""Given: the points come from outside.

    points: none; a survey, an agency or the council gives them

Parameters: none of its own. ``max_points``, ``nothing_when`` with ``nothing_arose`` may be stated as for every kind.

Branches: none of its own.

No points: NOT_GIVEN.

Example: the task bookkeeping of the government office, 45/1/161/9 of 226 → 1,429 of 1,5, whose formula nobody knows.

Source: catalogue of ARCHITECTURE.md, row 22, 23, 24 (analysis of 2024: 1.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import NoPoints, Outcome
from parindex.domain.scoring.parameters import Section
from parindex.domain.scoring.rule import ZERO, BranchNames, Rule, Scope
from parindex.domain.scoring.settings import read_maximum, read_settings
from parindex.domain.values import Numbers


@dataclass(frozen=True, slots=True)
class Given(Rule):
    """See the module."""

    kind: ClassVar[str] = "given"
    branches: ClassVar[BranchNames] = "given"

    def score(self, context: Context) -> Outcome:
        """No points on any row."""
        return Outcome(
            Numbers.constant(ZERO, context.rows), np.full(context.rows, int(NoPoints.NOT_GIVEN), dtype=np.int8)
        )


def read(section: Section, scope: Scope) -> Given:
    """The rule in ``section``."""
    return Given(read_settings(section, scope, read_maximum(section, scope)))
