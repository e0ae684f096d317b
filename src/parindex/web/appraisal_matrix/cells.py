"""One cell of the matrix: what it shows, how it is coloured, what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from parindex.database.queries.appraisal_matrix import StandingCell
from parindex.domain.review.opinions import SETTLED, AppraisalState
from parindex.domain.values import exact_number
from parindex.wording.appraisals import appraisal_state
from parindex.wording.language import Language, current, text
from parindex.wording.numbers import points_text

_exact = lru_cache(maxsize=4096)(exact_number)
#: Shares of the maximum at which a colour ends: at most a tenth, a quarter, a half, less than all.
_EDGES = (Fraction(0), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2))
_OPEN = frozenset({AppraisalState.WAITING, AppraisalState.EXPLAINED})


class Colouring(StrEnum):
    """What the colour of a cell tells."""

    LOST = "lost"
    ACHIEVED = "achieved"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Cell:
    """One item of one unit. ``counts``: points that a sum takes, None where the item is in no sum.

    ``is_waiting``: the points are only claimed; ``change``: what the council has added or taken off, None where it
    has granted nothing (that may be seen).
    """

    code: str
    state: str
    claim: Fraction | None
    counts: Fraction | None
    most: Fraction
    is_waiting: bool
    change: Fraction | None
    flags: int

    @property
    def shown(self) -> str:
        """The points as printed; "KĐG" for not assessed, "–" where nothing is claimed."""
        if self.state == AppraisalState.NOT_ASSESSED:
            return text("KĐG")
        if self.claim is None and self.is_waiting:
            return "–"
        return _printed(self.counts, current())

    @property
    def before(self) -> str:
        """The mark before the points: asked, disputed, provisional."""
        return _BEFORE.get(self.state, "")

    @property
    def after(self) -> str:
        """The mark behind the points: lowered or raised by the council."""
        return "" if not self.change else "▾" if self.change < 0 else "▴"

    def colour(self, by: Colouring) -> str:
        """The class of the cell."""
        if self.state == AppraisalState.NOT_ASSESSED:
            return "hx"
        if self.is_waiting and by is not Colouring.ACHIEVED:
            return "wait"
        if by is Colouring.CHANGE:
            return _change_colour(self.change, self.most)
        if by is Colouring.ACHIEVED:
            return "a" + lost_level(self.most - (self.counts or 0), self.most)[1:]
        return lost_level(self.most - (self.counts or 0), self.most)

    def label(self, unit: str) -> str:
        """``Sở Y tế, 3.4.1: 1,91 trên 2, điều chỉnh``."""
        state = appraisal_state(self.state) if self.state else text("đã có ý kiến")
        words = text(
            "{unit}, {code}: {points} trên {most}, {state}", unit=unit, code=self.code, points=self.shown,
            most=_printed(self.most, current()), state=state[:1].lower() + state[1:],
        )  # fmt: skip
        return words + (", " + text("{count} cảnh báo", count=self.flags) if self.flags else "")


_BEFORE = {AppraisalState.ASKED: "?", AppraisalState.DISPUTED: "≠", AppraisalState.PROVISIONAL: "~"}


def cell_of(row: StandingCell, most: Fraction, claim: str, *, sees: bool) -> Cell:
    """The cell of an item; ``sees``: whether what others have said of it may be known."""
    claimed = _exact(claim) if claim else None
    granted = _exact(row.points) if row.points and sees else None
    hidden = not sees and row.state not in _OPEN and row.state != AppraisalState.NOT_ASSESSED
    state = "" if hidden and row.state in SETTLED else row.state
    if row.state == AppraisalState.NOT_ASSESSED:
        return Cell(row.code, row.state, claimed, None, most, False, None, row.flags)
    waiting = granted is None
    counts = claimed or Fraction(0) if granted is None else granted
    change = None if granted is None else granted - (claimed or 0)
    return Cell(row.code, state, claimed, counts, most, waiting, change, row.flags)


def lost_level(lost: Fraction, most: Fraction) -> str:
    """The class of what is lost: ``l0`` nothing … ``l4`` more than a half, ``l5`` everything."""
    if most <= 0 or lost <= 0:
        return "l0"
    if lost >= most:
        return "l5"
    return f"l{next((at for at, edge in enumerate(_EDGES) if lost <= edge * most), 4)}"


def _change_colour(change: Fraction | None, most: Fraction) -> str:
    if not change:
        return "l0"
    return "up" if change > 0 else lost_level(-change, most)


def per_cent(cells: Sequence[Cell]) -> Fraction | None:
    """What some cells achieve of what is assessed there; None where nothing is."""
    counted = [one for one in cells if one.counts is not None]
    most = sum((one.most for one in counted), Fraction(0))
    return sum((one.counts or Fraction(0) for one in counted), Fraction(0)) * 100 / most if most else None


@lru_cache(maxsize=4096)
def _printed(points: Fraction | None, _: Language) -> str:
    return points_text(points)
