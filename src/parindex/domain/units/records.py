"""A unit in the course of time: versions with dates, and the decisions that made one unit out of another.

Districts were abolished in July 2025; names and parents change. What a unit was called and where it belonged on a day
is looked up, never overwritten: last year's results keep last year's names.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One version of a unit, from its first day to its last, both included; None is open on that side.

    A new name, kind or parent is a new record with the same ``code``.
    """

    code: str
    name: str
    short_name: str = ""
    kind: str = ""
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def first(self) -> date:
        """The first day, as a day that can be compared."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """The last day, as a day that can be compared."""
        return self.valid_to or date.max

    @property
    def is_reversed(self) -> bool:
        """Whether it ends before it begins, so that there is no day on which it holds."""
        return self.last < self.first

    def holds_on(self, day: date) -> bool:
        """Whether this version holds on ``day``."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper that founded, merged, divided or renamed a unit: number with symbol, and its date."""

    number: str = ""
    date: date | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the paper can be found: both its number and its date are known."""
        return bool(self.number) and self.date is not None


@dataclass(frozen=True, slots=True)
class Succession:
    """``successor`` took over from ``predecessor``.

    ``overlap`` is the reason why both exist for a time: a body that goes on and takes in another, or gives off a part.
    ``takes_over``: whether it has taken the place of a predecessor that ended, or was given a part of it; None where
    nothing is said of it (:mod:`parindex.domain.units.successions`).
    """

    predecessor: str
    successor: str
    decision: Decision = Decision()
    overlap: str = ""
    takes_over: bool | None = None


def plain_name(name: str) -> str:
    """A name as it is compared: one way of composing its letters, without case, one blank between words."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
