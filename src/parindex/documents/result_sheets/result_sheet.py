"""What the sheet of a unit's results says, as plain exact values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.documents.official_papers.proof import BundleMark


@dataclass(frozen=True, slots=True)
class YearBefore:
    """A result that stands beside the unit's of the year before; ``name`` where it is of a unit whose place it took."""

    index: Fraction | None
    rank: int | None
    grade: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class AreaResult:
    """One area: points of what was assessed, and last year's where the area was the same."""

    code: str
    title: str
    points: Fraction
    max_points: Fraction
    before: Fraction | None = None


@dataclass(frozen=True, slots=True)
class LostItem:
    """An item that has not all its points: ``cause`` in words, with the council's reason where that is public."""

    code: str
    title: str
    points: Fraction | None
    max_points: Fraction
    cause: str
    lead: str = ""

    @property
    def lost(self) -> Fraction:
        """What is missing to the maximum."""
        return self.max_points - (self.points or Fraction(0))


@dataclass(frozen=True, slots=True)
class LeftOutItem:
    """An item that is not assessed: what it would count, why, on what basis."""

    code: str
    title: str
    max_points: Fraction
    reason: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """The result of one unit in a publication.

    ``issuer`` is the owner of the cycle, ``issued_on`` the day from which the publication is public. ``number`` of the
    publication: above one it corrects an earlier one. ``tied`` of the ``ranked`` units of the group have its rank,
    itself included. ``fingerprint`` is that of the frozen inputs;
    ``bundle`` is where everybody checks it.
    """

    issuer: str
    place: str
    issued_on: date
    unit: str
    group: str
    year: int
    number: int
    decision_number: str
    decision_date: date
    index: Fraction | None
    points: Fraction
    max_points: Fraction
    grade: str
    rank: int | None
    tied: int
    ranked: int
    before: tuple[YearBefore, ...]
    areas: tuple[AreaResult, ...]
    lost: tuple[LostItem, ...]
    not_assessed: tuple[LeftOutItem, ...]
    fingerprint: str
    bundle: BundleMark | None = None

    @property
    def lost_points(self) -> Fraction:
        """All points lost inside the hundred."""
        return sum((one.lost for one in self.lost), Fraction(0))
