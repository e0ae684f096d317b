"""What the system notices about a claim, so that people look at it: kinds, how grave each is, what a flag says.

What finds them stands beside: :mod:`~parindex.domain.review.flag_rules` (one item), ``printed_figures`` (what its
explanation prints), ``measured_quantities`` (many units at once), ``judged_alike`` (what the council granted).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How grave a flag is: a contradiction, a doubt, something to know."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class FlagKind(StrEnum):
    """What is noticed."""

    CLAIM_NOT_RULE = "claim_not_rule"
    IMPOSSIBLE_FIGURES = "impossible_figures"
    NO_EVIDENCE = "no_evidence"
    PAPER_NOT_ATTACHED = "paper_not_attached"
    PAPER_TWO_DATES = "paper_two_dates"
    FILE_OF_OTHER_YEAR = "file_of_other_year"
    FAR_FROM_LAST_YEAR = "far_from_last_year"
    FAR_FROM_PEERS = "far_from_peers"
    MAXIMUM_ON_NOTHING = "maximum_on_nothing"
    NOT_EXTERNAL_FIGURE = "not_external_figure"
    NOT_OTHER_FIGURE = "not_other_figure"
    FIGURES_APART = "figures_apart"
    JUDGED_DIFFERENTLY = "judged_differently"


#: From the gravest down.
GRAVITY = (Severity.ERROR, Severity.WARN, Severity.INFO)
#: Flags that ask for a reason where the claim is accepted all the same; the others are only something to know.
ASKS_REASON = frozenset({Severity.ERROR, Severity.WARN})


@dataclass(frozen=True, slots=True)
class FoundFlag:
    """One thing that was noticed about an item.

    ``key`` tells flags of one kind on one item apart; ``facts`` are JSON: exact text for numbers, never a float.
    """

    kind: FlagKind
    severity: Severity
    facts: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""


def gravest(severities: Iterable[str]) -> Severity | None:
    """The gravest of some flags; None where there is none."""
    found = set(severities)
    return next((one for one in GRAVITY if one in found), None)
