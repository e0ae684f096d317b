"""One cell of the matrix: what it shows, how it is coloured, what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache

from markupsafe import Markup

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.queries.appraisal_matrix import StandingCell
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.values import exact_number
from parindex.web.appraisals.reader import shown_state
from parindex.wording.appraisals import appraisal_state
from parindex.wording.language import Language, current, text
from parindex.wording.numbers import points_text

_exact = lru_cache(maxsize=4096)(exact_number)
#: Shares of the maximum at which a colour ends: at most a tenth, a quarter, a half, less than all.
_EDGES = (Fraction(0), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2))
#: Sums are made of whole parts of a point: integers add ten times as fast as fractions do, and as exactly.
_PARTS = 10**12
#: So many cells are kept: units of which the same is to be said share one, whoever looks.
_KEPT = 16_384
#: Stand for the name of the unit, and for what the address of a cell begins with, in what is made once for all units.
UNIT, ADDRESS = "\0", "\1"


class Colouring(StrEnum):
    """What the colour of a cell tells."""

    LOST = "lost"
    ACHIEVED = "achieved"
    CHANGE = "change"


@dataclass(frozen=True, eq=False)
class Sum:
    """What some cells count and at most could, each in parts of a point (a fraction where no whole parts make it)."""

    counts: int | Fraction = 0
    most: int | Fraction = 0

    @cached_property
    def per_cent(self) -> Fraction | None:
        """What is achieved of what is assessed; None where nothing is."""
        return Fraction(self.counts) * 100 / Fraction(self.most) if self.most else None


@lru_cache(maxsize=_KEPT)
def joint(sums: tuple[Sum, ...]) -> Sum:
    """One sum of several; kept, because most units are as they were when somebody looked last."""
    return Sum(sum([one.counts for one in sums]), sum([one.most for one in sums]))


NOTHING = Sum()


@dataclass(frozen=True, eq=False)
class Cell:
    """One item of one unit. ``counts``: points that a sum takes, None where the item is in no sum.

    ``is_waiting``: the points are only claimed; ``change``: what the council has added or taken off, None where it
    has granted nothing (that may be seen). ``level`` is the one whose word stands. Units of which the same is to be
    said share one cell.
    """

    code: str
    state: str
    level: int
    claim: Fraction | None
    counts: Fraction | None
    most: Fraction
    is_waiting: bool
    change: Fraction | None
    flags: int
    sum: Sum = NOTHING

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
        return _colour(self, by)

    @property
    def inside(self) -> Markup:
        """The points with their marks, as they stand in the table."""
        return _inside(self, current())

    def markup(self, by: Colouring, *, is_picked: bool) -> Markup:
        """The cell as it stands in the table, of any unit."""
        return _markup(self, by, is_picked, current())

    def label(self, unit: str) -> str:
        """``Sở Y tế, 3.4.1: 1,91 trên 2, điều chỉnh``."""
        return _label(self, current()).replace(UNIT, unit)


_BEFORE: dict[str, str] = {AppraisalState.ASKED: "?", AppraisalState.DISPUTED: "≠", AppraisalState.PROVISIONAL: "~"}


@lru_cache(maxsize=_KEPT)
def _colour(cell: Cell, by: Colouring) -> str:
    if cell.state == AppraisalState.NOT_ASSESSED:
        return "hx"
    if cell.is_waiting and by is not Colouring.ACHIEVED:
        return "wait"
    if by is Colouring.CHANGE:
        return _change_colour(cell.change, cell.most)
    if by is Colouring.ACHIEVED:
        return "a" + lost_level(cell.most - (cell.counts or 0), cell.most)[1:]
    return lost_level(cell.most - (cell.counts or 0), cell.most)


@lru_cache(maxsize=_KEPT)
def _inside(cell: Cell, _: Language) -> Markup:
    before = Markup("<b>{}</b>").format(cell.before) if cell.before else ""
    shown = Markup("<i>{}</i>" if cell.is_waiting else "{}").format(cell.shown)
    return Markup("{}{}{}{}").format(before, shown, cell.after, Markup('<b class="c-warn">!</b>') if cell.flags else "")


@lru_cache(maxsize=_KEPT)
def _markup(cell: Cell, by: Colouring, is_picked: bool, language: Language) -> Markup:
    return Markup('<td class="{}{}"><a href="{}{}#picked" aria-label="{}">{}</a></td>').format(
        cell.colour(by), " is-picked" if is_picked else "", ADDRESS, cell.code, _label(cell, language), cell.inside
    )


@lru_cache(maxsize=_KEPT)
def _label(cell: Cell, language: Language) -> str:
    state = appraisal_state(cell.state) if cell.state else text("đã có ý kiến")
    words = text(
        "{unit}, {code}: {points} trên {most}, {state}", unit=UNIT, code=cell.code, points=cell.shown,
        most=_printed(cell.most, language), state=state[:1].lower() + state[1:],
    )  # fmt: skip
    return words + (", " + text("{count} cảnh báo", count=cell.flags) if cell.flags else "")


def cell_of(row: StandingCell, frozen: FrozenSet, claim: str, *, sees: bool, is_sent: bool) -> Cell:
    """The cell of an item; ``sees``: whether what others have said of it may be known; ``is_sent``: whether the unit
    has a question about it.
    """
    shown = shown_state(row.state, sees=sees, is_sent=is_sent)
    granted = row.points if sees else ""
    flags = row.flags if sees else row.flags - row.is_judged
    level = row.level - 1 if row.state == AppraisalState.WAITING and row.points else row.level
    return _cell(frozen, row.code, shown, level, granted, flags, claim)


@lru_cache(maxsize=_KEPT)
def _cell(frozen: FrozenSet, code: str, state: str, level: int, points: str, flags: int, claim: str) -> Cell:
    most = frozen.items[code].max_points
    claimed = _exact(claim) if claim else None
    granted = _exact(points) if points else None
    if state == AppraisalState.NOT_ASSESSED:
        return Cell(code, state, level, claimed, None, most, False, None, flags)
    counts = claimed or Fraction(0) if granted is None else granted
    change = None if granted is None else granted - (claimed or 0)
    whole = Sum(_in_parts(counts), _in_parts(most))
    return Cell(code, state, level, claimed, counts, most, granted is None, change, flags, whole)


def _in_parts(points: Fraction) -> int | Fraction:
    parts = points * _PARTS
    return parts.numerator if parts.denominator == 1 else parts


def sum_of(cells: Iterable[Cell]) -> Sum:
    """What some cells count together; what is not assessed counts nothing and could not."""
    return joint(tuple([one.sum for one in cells]))


@lru_cache(maxsize=_KEPT)
def rate_colour(rate: Fraction | None, by: Colouring) -> str:
    """The class of the rate of an area, coloured as its items would be."""
    if rate is None or by is Colouring.CHANGE:
        return "heat__rate"
    level = lost_level(100 - rate, Fraction(100))
    return level if by is Colouring.LOST else "a" + level[1:]


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


@lru_cache(maxsize=4096)
def _printed(points: Fraction | None, _: Language) -> str:
    return points_text(points)
