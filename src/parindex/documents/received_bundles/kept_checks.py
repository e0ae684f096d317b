"""What was compared when a bundle came, as text that is kept with it, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parindex.documents.bundles.compared_parts import not_compared_parts
from parindex.documents.stored_facts import problem_data, problem_from_data
from parindex.domain.errors import Problem
from parindex.domain.publication.bundle import BundlePart

#: Notes of figures that are made up: of the bundle itself, and of one that fed it.
_SIMULATED = frozenset({"simulated_units", "simulated_origin"})


@dataclass(frozen=True, slots=True)
class KeptChecks:
    """The parts that were compared and agreed, and what could not be proved or has to be known (``notes``)."""

    compared: tuple[BundlePart, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def not_compared(self) -> Sequence[tuple[BundlePart, Problem]]:
        """The parts that were not compared, each with why."""
        return not_compared_parts(self.notes)

    @property
    def simulated(self) -> Sequence[Problem]:
        """What says that figures are made up."""
        return [one for one in self.notes if one.kind in _SIMULATED]


def checks_data(checks: KeptChecks) -> dict[str, Any]:
    """The checks as JSON data."""
    return {"compared": [one.value for one in checks.compared], "notes": [problem_data(one) for one in checks.notes]}


def checks_from_data(data: dict[str, Any]) -> KeptChecks:
    """The checks again."""
    compared = tuple(BundlePart(one) for one in data["compared"])
    return KeptChecks(compared, tuple(problem_from_data(one) for one in data["notes"]))


def checks_text(checks: KeptChecks) -> str:
    """The checks as they are kept in a row."""
    return json.dumps(checks_data(checks), ensure_ascii=False)


def checks_of(kept: str | None) -> KeptChecks | None:
    """What :func:`checks_text` made; None for a bundle of which nothing was kept."""
    return None if kept is None else checks_from_data(json.loads(kept))
