"""A rule as a line: from which quantity on how many points, and where this year and last year stand on it.

The numbers are worked out exactly and only drawn with a tenth of a unit of the picture; what the picture shows stands
in words beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.scoring.parameters import Amount
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rules.bands import Bands
from parindex.domain.scoring.rules.count import Count
from parindex.domain.scoring.rules.ratio import Ratio
from parindex.wording.language import text
from parindex.wording.numbers import number, points_text, share

#: The picture: 660 × 118, the axis from LEFT to RIGHT at FLOOR, the maximum at TOP.
LEFT, RIGHT, TOP, FLOOR = 40, 640, 14, 92
_LABEL_HIGH, _LABEL_LOW = 26, 88
#: A label this far right stands left of its mark.
_MIDDLE = 360


@dataclass(frozen=True, slots=True)
class Placed:
    """What one year reached: the quantity and the points of this year's rule for it."""

    year: int
    quantity: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Mark:
    """One year on the line."""

    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str
    words: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """One number under the axis."""

    x: str
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The picture of a rule, ready for its template."""

    path: str
    ticks: tuple[Tick, ...]
    top: str
    marks: tuple[Mark, ...]
    alternative: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A straight piece of the rule: from one quantity with its points to another."""

    start: Fraction
    end: Fraction
    low: Fraction
    high: Fraction


def is_line(rule: Rule) -> bool:
    """Whether a rule is a line over one quantity."""
    return len(rule.quantities()) == 1 and isinstance(rule, Ratio | Count | Bands)


def ladder(rule: Rule | None, placed: Sequence[Placed], now: int) -> Ladder | None:
    """The picture of a rule over one quantity; None for rules that are no line over one number."""
    if rule is None or not is_line(rule):
        return None
    edges = _edges(rule)
    known = [*edges, *(one.quantity for one in placed)]
    is_share = bool(rule.quantities()[0].to)
    start, end = min(Fraction(0), *known), max(known)
    to_the_whole = is_share and isinstance(rule, Ratio) and Fraction(4, 5) <= end <= 1
    end = Fraction(1) if to_the_whole else end * Fraction(6, 5)
    if end <= start:
        return None
    stretches = list(_stretches(rule, start, end, rule.max_points))
    axis = _Axis(start, end, rule.max_points, is_share=is_share)
    marks = tuple(axis.mark(one, is_now=one.year == now) for one in sorted(placed, key=lambda one: one.year))
    return Ladder(
        _path(stretches, axis),
        tuple(axis.ticks(edges)),
        points_text(rule.max_points),
        marks,
        _alternative(stretches, axis, marks),
    )


def _edges(rule: Rule) -> list[Fraction]:
    """The quantities at which the line bends or jumps."""
    if isinstance(rule, Ratio):
        return [rule.target] if rule.floor is None else sorted({rule.floor, rule.target})
    if isinstance(rule, Count):
        return [rule.max_points / rule.each.points]
    if isinstance(rule, Bands):
        inner = [edge for band in rule.bands if isinstance(band.gives, Rule) for edge in _edges(band.gives)]
        return sorted({cut[0] for cut in rule.cuts} | set(inner)) or [Fraction(1)]
    return []


def _stretches(rule: Rule, start: Fraction, end: Fraction, most: Fraction) -> Iterator[_Stretch]:
    if isinstance(rule, Bands):
        for band in rule.bands:
            low = start if band.lower is None else max(start, band.lower[0])
            high = end if band.upper is None else min(end, band.upper[0])
            if low >= high:
                continue
            if isinstance(band.gives, Amount):
                yield _Stretch(low, high, band.gives.points, band.gives.points)
            else:
                yield from _stretches(band.gives, low, high, most)
        return
    if not isinstance(rule, Ratio | Count):
        return
    cuts = sorted({start, end, *(edge for edge in (*_edges(rule), Fraction(0)) if start < edge < end)})
    for low, high in zip(cuts, cuts[1:], strict=False):
        middle = (low + high) / 2
        below = isinstance(rule, Ratio) and rule.floor is not None and middle < rule.floor
        at = (Fraction(0), Fraction(0)) if below else (_height(rule, low), _height(rule, high))
        yield _Stretch(low, high, *at)


def _height(rule: Ratio | Count, quantity: Fraction) -> Fraction:
    each = rule.max_points / rule.target if isinstance(rule, Ratio) else rule.each.points
    return min(rule.max_points, max(Fraction(0), quantity * each))


class _Axis:
    """From quantities and points to places in the picture."""

    def __init__(self, start: Fraction, end: Fraction, most: Fraction, *, is_share: bool) -> None:
        self.start, self.end, self.most, self.is_share = start, end, most or Fraction(1), is_share

    def x(self, quantity: Fraction) -> Fraction:
        return LEFT + (quantity - self.start) / (self.end - self.start) * (RIGHT - LEFT)

    def y(self, points: Fraction) -> Fraction:
        return FLOOR - points / self.most * (FLOOR - TOP)

    def words(self, quantity: Fraction) -> str:
        return share(quantity) if self.is_share else number(quantity, 2)

    def ticks(self, edges: Sequence[Fraction]) -> Iterator[Tick]:
        """The edges that have room, and both ends."""
        taken = Fraction(LEFT - 60)
        for at in sorted({self.start, *edges, self.end}):
            place = self.x(at)
            crowded = place - taken < 42 or (at != self.end and self.x(self.end) - place < 42 and at not in edges)
            if crowded or not self.start <= at <= self.end:
                continue
            taken = place
            anchor = "start" if at == self.start else "end" if at == self.end else "middle"
            yield Tick(_drawn(place), anchor, self.words(at))

    def mark(self, placed: Placed, *, is_now: bool) -> Mark:
        x, y = self.x(placed.quantity), self.y(placed.points)
        left = x > _MIDDLE if is_now else x > LEFT + 160
        above = y - 6 if y > _LABEL_HIGH else y + 40
        label = min(y + 20, Fraction(_LABEL_LOW)) if is_now else above
        facts = {"year": placed.year, "quantity": self.words(placed.quantity), "points": points_text(placed.points)}
        words = text("Năm {year}: {quantity}, được {points}", **facts)
        return Mark(
            _drawn(x), _drawn(y), _drawn(x - 12 if left else x + 12), _drawn(label), "end" if left else "start",
            words if is_now else text("Năm {year}: {quantity}", **facts), is_now,
        )  # fmt: skip


def _path(stretches: Sequence[_Stretch], axis: _Axis) -> str:
    path, pen = "", ("", "")
    for one in stretches:
        first = _drawn(axis.x(one.start)), _drawn(axis.y(one.low))
        last = _drawn(axis.x(one.end)), _drawn(axis.y(one.high))
        path += f"L{last[0]} {last[1]}" if first == pen else f"M{first[0]} {first[1]}L{last[0]} {last[1]}"
        pen = last
    return path


def _alternative(stretches: Sequence[_Stretch], axis: _Axis, marks: Sequence[Mark]) -> str:
    pieces = []
    for one in sorted(stretches, key=lambda one: one.start):
        facts = {
            "start": axis.words(one.start), "end": axis.words(one.end),
            "low": points_text(one.low), "high": points_text(one.high),
        }  # fmt: skip
        even = text("từ {start} đến {end} được {low} điểm", **facts)
        pieces.append(even if one.low == one.high else text("từ {start} đến {end}: {low} đến {high} điểm", **facts))
    return text("Đồ thị cách tính: {line}.", line="; ".join(pieces)) + "".join(f" {mark.words}." for mark in marks)


def _drawn(value: Fraction) -> str:
    """A place with a tenth of a unit, the shortest way."""
    return f"{round(value * 10) / 10:g}"
