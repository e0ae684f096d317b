"""Sum: several rules added up.

    points = min(M; Σ parts)

Parameters:

- ``parts``: a list of rules, each with its own ``max_points``.

Branches: 0 ``added``, 1 ``capped`` (the parts give more than M).

No points: the gravest reason of the parts; every part must have points.

Example: 0,5·429/429 + 0,5·207/240 + 0,5·36974/55556 = 1,2640.

Source: catalogue of ARCHITECTURE.md, row 13, 14, 17 (analysis of 2024: 7.3.7, 8.4; the payment index of decision 766).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import Branches, Outcome
from parindex.domain.scoring.parameters import Section
from parindex.domain.scoring.rule import BranchNames, Rule, Scope, without
from parindex.domain.scoring.settings import read_maximum, read_settings
from parindex.domain.values import total


class Branch(IntEnum):
    """Whether the maximum cut something off."""

    ADDED = 0
    CAPPED = 1


@dataclass(frozen=True, slots=True)
class Sum(Rule):
    """See the module."""

    kind: ClassVar[str] = "sum"
    branches: ClassVar[BranchNames] = Branch
    parts: tuple[Rule, ...]

    def score(self, context: Context) -> Outcome:
        """min(M; Σ parts) over all units."""
        outcomes = [part.evaluate(context) for part in self.parts]
        added = total([outcome.points for outcome in outcomes], context.rows)
        reason = gravest_of(outcomes)
        branch = added.above(self.max_points).view(np.int8)  # ADDED is 0 and CAPPED is 1
        return without(added.limited(high=self.max_points), branch, reason)

    def children(self) -> tuple[Rule, ...]:
        """The parts."""
        return self.parts


def gravest_of(outcomes: list[Outcome]) -> Branches:
    """The gravest reason per row; 0 where every outcome has points."""
    out = np.minimum(outcomes[0].branch, 0)
    for outcome in outcomes[1:]:
        out = np.minimum(out, outcome.branch)
    return out


def read(section: Section, scope: Scope) -> Sum | None:
    """The rule in ``section``; None, with problems noted, where a part is not usable."""
    maximum = read_maximum(section, scope)
    inners = section.sections("parts")
    for inner in inners:
        inner.raw("max_points")
    found = [section.reading.read_rule(inner, Scope(maximum)) for inner in inners]
    parts = tuple(part for part in found if part is not None)
    above = [one for part in parts for one in part.above_the_line()]
    settings = read_settings(section, scope, maximum, above=above)
    return Sum(settings, parts) if parts and len(parts) == len(found) else None
