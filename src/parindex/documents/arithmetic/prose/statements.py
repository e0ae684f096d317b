"""What a checker of running text hands on: each statement that was checked, and what is wrong with it if anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import MarkedText

#: Words around a figure that make it a score or a total of one.
_SCORE = re.compile(
    r"tổng (?:số )?điểm|(?:chỉ số|par index|pari|điểm số) .{0,40}(?:của )?tỉnh|/\s?100 điểm|tổng cộng điểm"
)
_REACH = 120
#: A sentence is shown up to so many letters on each side.
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Checked:
    """One statement that was checked. ``sort`` names it among the counts (ratios, formulas …); ``finding`` is there
    where no reading makes it right, and where it is right only by figures rounded before (``fit``).

    ``of_rounded``: it is computed from a figure that may have been rounded before, so that it tells whether this paper
    does so. ``is_cut``: it is right only cut off (True) or only rounded half up (False); None: both print the same.
    """

    sort: str
    fit: Fit
    start: int
    end: int
    finding: StatementFinding | None = None
    of_rounded: bool = False
    is_cut: bool | None = None


def finding(
    text: MarkedText,
    start: int,
    end: int,
    kind: StatementKind,
    why: str,
    *,
    stated: str,
    found: str,
    at: int | None = None,
    sure: Sure = Sure.CERTAIN,
    severity: Severity | None = None,
    facts: Mapping[str, Any] | None = None,
) -> StatementFinding:
    """A finding about the letters from ``start`` to ``end``; its place is that of ``at`` (else of ``start``)."""
    shown = text.printed(max(start, end - 2 * _SHOWN), end)
    grave = Severity.CHANGES_SCORE if _is_score(text, start, end) else Severity.WRONG_FIGURE
    every = {"stated": stated, "found": found, **(facts or {})}
    place = text.place(start if at is None else at)
    return StatementFinding(kind, severity or grave, sure, place, shown, stated, found, why, every)


def _is_score(text: MarkedText, start: int, end: int) -> bool:
    first, last = text.sentence(start)
    around = text.text[max(first, start - _REACH) : min(last, end + 12)]
    return _SCORE.search(around) is not None
