"""Best: the best of several ways to earn the points.

    points = the largest of the alternatives that can be answered

Parameters:

- ``alternatives``: a list of rules; each works with this rule's maximum unless it states its own.

An alternative is passed over where its figures are missing (MISSING, NO_EARLIER) or its points come from outside
(NOT_GIVEN). Any graver reason (UNDECIDED, UNKNOWN_OPTION, OUTSIDE, OVER, IMPOSSIBLE) leaves the whole without points:
figures that cannot be right are not passed over in silence.

Branches: the position of the alternative that gave the most, the first among equals, from 0.

No points: the gravest reason, or, where all alternatives are passed over, the gravest of theirs.

Example: a data centre scored by the standard that it meets; the best case counts.

Source: catalogue of ARCHITECTURE.md, row 3, 30.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import NoPoints, Outcome
from parindex.domain.scoring.parameters import Section
from parindex.domain.scoring.rule import BranchNames, Rule, Scope, without
from parindex.domain.scoring.rules.sum import gravest_of
from parindex.domain.scoring.settings import read_maximum, read_settings


@dataclass(frozen=True, slots=True)
class Best(Rule):
    """See the module."""

    kind: ClassVar[str] = "best"
    branches: ClassVar[BranchNames] = "alternative"
    alternatives: tuple[Rule, ...]

    def score(self, context: Context) -> Outcome:
        """The largest of the alternatives that can be answered, over all units."""
        outcomes = [one.evaluate(context) for one in self.alternatives]
        points, found = outcomes[0].points, outcomes[0].scored
        branch = np.zeros(context.rows, dtype=np.int8)
        for position, outcome in enumerate(outcomes[1:], start=1):
            better = outcome.scored & (~found | outcome.points.exceeds(points))
            points = outcome.points.where(better, points)
            branch = np.where(better, np.int8(position), branch)
            found = found | outcome.scored
        reason = gravest_of(outcomes)
        passed_over = found & (reason > NoPoints.UNDECIDED)
        return without(points, branch, np.where(passed_over, np.int8(0), reason))

    def children(self) -> tuple[Rule, ...]:
        """The alternatives."""
        return self.alternatives


def read(section: Section, scope: Scope) -> Best | None:
    """The rule in ``section``; None, with problems noted, where an alternative is not usable."""
    maximum = read_maximum(section, scope)
    found = [section.reading.read_rule(inner, Scope(maximum)) for inner in section.sections("alternatives")]
    alternatives = tuple(one for one in found if one is not None)
    above = [one for rule in alternatives for one in rule.above_the_line()]
    settings = read_settings(section, scope, maximum, above=above)
    return Best(settings, alternatives) if alternatives and len(alternatives) == len(found) else None
