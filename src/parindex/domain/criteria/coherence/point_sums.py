"""Points of the tree: a parent is the sum of its children, the areas are the total.

Each row gets the points that it most likely should have (``settled``): a missing, zero or negative figure is what its
parent leaves for it, a parent that disagrees with its children but whose children fit the level above is the sum of
its children. Every later check works with the settled points, so that one wrong figure is one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.domain.criteria.coherence.outline import Line, Outline
from parindex.domain.criteria.coherence.places import place_of
from parindex.domain.criteria.criteria_set import CriteriaSet, Outside
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.values import number_text


@dataclass(frozen=True, slots=True)
class PointSums:
    """The settled points of every row (by position; None where nothing tells) and what was found on the way.

    ``groups`` counts the parents with points whose children sum to them.
    """

    settled: tuple[Fraction | None, ...]
    findings: tuple[Finding, ...]
    groups: int

    def total(self, lines: Iterable[Line]) -> Fraction:
        """The settled points of ``lines`` together; a row without any counts nothing."""
        return sum((self.settled[line.position] or Fraction(0) for line in lines), Fraction(0))


def point_sums(criteria_set: CriteriaSet, rows: Outline) -> PointSums:
    """Check every figure and every parent; the totals tell whether a wrong area or its children are right."""
    declared, printed = criteria_set.declared.max_points, criteria_set.printed_total
    return _Sums(rows, tuple(total for total in (declared, printed) if total is not None)).result()


class _Sums:
    def __init__(self, rows: Outline, totals: tuple[Fraction, ...]) -> None:
        self.rows = rows
        self.totals = totals
        self.settled: list[Fraction | None] = [line.node.max_points for line in rows.lines]
        self.mismatches: dict[int, Fraction] = {}  # position of a parent: what its children sum to
        self.resolved: set[int] = set()  # mismatches whose children fit the level above
        self.findings: list[Finding] = []
        self.groups = 0
        self.silent_levels = _levels_without_points(rows)

    def result(self) -> PointSums:
        counted = list(self.rows.counted())
        for line in counted:
            self._figure(line)
        for line in counted:
            self._infer(line)
        for line in reversed(counted):
            if line.children:
                self._parent(line)
        self._root()
        for line in counted:
            if line.position in self.mismatches:
                self._mismatch(line)
        return PointSums(tuple(self.settled), tuple(self.findings), self.groups)

    # --- one figure --------------------------------------------------------------------------------------------

    def _figure(self, line: Line) -> None:
        points = line.node.max_points
        if points is None:
            if line.level not in self.silent_levels:
                severity = Severity.ERROR if line.is_item else Severity.WARNING
                self._find("points_missing", severity, line, facts={"proposal": self._left_for(line)})
        elif points < 0 and not self._is_penalty(line):
            facts = {"points": points, "proposal": self._left_for(line)}
            self._find("points_negative", Severity.ERROR, line, stated=number_text(points), facts=facts)
        elif points < 0 and line.node.is_item:  # what a penalty takes is written as a positive maximum
            more = {"points": points, "proposal": -points, "penalty": True}
            self._find("points_negative", Severity.ERROR, line, stated=number_text(points), facts=more)
        elif points == 0:
            left = self._left_for(line)
            severity = Severity.WARNING if left is None else Severity.ERROR  # else the sum of the group is wrong
            self._find("points_zero", severity, line, stated="0", facts={"points": points, "proposal": left})

    def _is_penalty(self, line: Line) -> bool:
        return any(one.node.outside is Outside.PENALTY for one in (line, *self.rows.above(line)))

    def _left_for(self, line: Line) -> Fraction | None:
        """What the parent leaves for this child, if all its other children have points and something is left."""
        parent = self.rows.parent(line)
        if parent is None or parent.node.max_points is None:
            return None
        others = [child.node.max_points for child in self.rows.children(parent) if child is not line]
        known = [points for points in others if points is not None and points > 0]
        left = parent.node.max_points - sum(known, Fraction(0))
        return left if len(known) == len(others) and left > 0 else None

    def _infer(self, line: Line) -> None:
        points = line.node.max_points
        if points is None or (points <= 0 and not self._is_penalty(line)):
            left = self._left_for(line)
            self.settled[line.position] = left if left is not None or line.children else points

    # --- a parent and its children -----------------------------------------------------------------------------

    def _parent(self, line: Line) -> None:
        """Children before parents: the rows below have been settled as far as they can tell."""
        counted = (None, line.node.outside)  # what counts outside the hundred is no part of a group inside
        children = [child for child in self.rows.children(line) if child.node.outside in counted]
        found = self._sum(children)
        stated = self.settled[line.position]
        if found is None:
            return
        if stated is None:
            self.settled[line.position] = found
        elif found == stated or self._explained(children, found, stated):
            self.groups += 1
        else:
            self.mismatches[line.position] = found

    def _root(self) -> None:
        areas = [line for line in self.rows.areas() if line.node.outside is None]
        found = self._sum(areas)
        more = (Fraction(0), *(one.points for one in outside_sums(self.rows, self.settled)))
        totals = [total - points for points in more for total in self.totals]
        if found is not None and found not in totals:
            any(self._explained(areas, found, total) for total in totals)

    def _sum(self, lines: list[Line]) -> Fraction | None:
        """The settled points of ``lines`` together; None where one has none."""
        points = [self.settled[line.position] for line in lines]
        known = [one for one in points if one is not None]
        return sum(known, Fraction(0)) if len(known) == len(points) else None

    def _explained(self, children: list[Line], found: Fraction, stated: Fraction) -> bool:
        """Whether ``stated`` fits once children that disagree with their own children are worth the sum of these."""
        wrong = [child.position for child in children if child.position in self.mismatches]
        for group in ([wrong] if len(wrong) > 1 else []) + [[one] for one in wrong]:
            change = sum((self.mismatches[one] - (self.settled[one] or 0) for one in group), Fraction(0))
            if found + change == stated:
                for one in group:
                    self.settled[one] = self.mismatches[one]
                self.resolved.update(group)
                return True
        return False

    def _mismatch(self, line: Line) -> None:
        found, stated = self.mismatches[line.position], line.node.max_points or Fraction(0)
        children = self.rows.children(line)
        facts: dict[str, object] = {
            "title": line.node.title,
            "children": [{"code": child.code, "points": self.settled[child.position]} for child in children],
            "difference": found - stated,
            "proposal": found if line.position in self.resolved else None,
        }
        self._find(
            "children_sum", Severity.ERROR, line, stated=number_text(stated), found=number_text(found), facts=facts
        )

    def _find(
        self,
        kind: str,
        severity: Severity,
        line: Line,
        *,
        stated: str | None = None,
        found: str | None = None,
        facts: Mapping[str, object],
    ) -> None:
        self.findings.append(Finding(kind, severity, place_of(line), line.code, stated, found, facts))


def _levels_without_points(rows: Outline) -> frozenset[int]:
    """Levels of parents at which the table prints no points at all: its way, not a gap."""
    with_points = {line.level for line in rows.counted() if line.node.max_points is not None}
    items = {line.level for line in rows.items()}
    return frozenset({line.level for line in rows.counted()} - with_points - items)


def total_findings(criteria_set: CriteriaSet, rows: Outline, sums: PointSums) -> Iterator[Finding]:
    """The total that the prose declares and the total that the table prints, against the areas."""
    declared, printed = criteria_set.declared.max_points, criteria_set.printed_total
    places = criteria_set.declared.places
    if declared is not None:
        facts = {"printed_total": printed, "areas": _areas(rows, sums)}
        place = places.get("max_points", Place())
        yield from _total(rows, sums, declared, Finding("total_declared", Severity.ERROR, place, facts=facts))
    if printed is not None and printed != declared:
        facts = {"declared": declared, "areas": _areas(rows, sums)}
        place = places.get("printed_total", Place())
        yield from _total(rows, sums, printed, Finding("total_printed", Severity.ERROR, place, facts=facts))


def _total(rows: Outline, sums: PointSums, stated: Fraction, wrong: Finding) -> Iterator[Finding]:
    """Nothing where the areas or the items make up ``stated``; a note where it counts bonus or penalty too."""
    found, items = total_points(rows, sums), item_points(rows, sums)
    if stated in (found, items):
        return
    counted = (one for one in outside_sums(rows, sums.settled) if stated - one.points in (found, items))
    more = next(counted, None)
    if more is None:
        yield replace(wrong, stated=number_text(stated), found=number_text(found))
    else:
        facts = {"of": wrong.kind, "bonus": more.bonus, "penalty": more.penalty}
        within = number_text(stated - more.points)
        yield Finding("total_with_outside", Severity.NOTE, wrong.place, "", number_text(stated), within, facts)


@dataclass(frozen=True, slots=True)
class OutsideSum:
    """What a total may count beyond the hundred: bonus added, penalty added or (below 0) taken away."""

    bonus: Fraction
    penalty: Fraction

    @property
    def points(self) -> Fraction:
        """Both together."""
        return self.bonus + self.penalty


def outside_sums(rows: Outline, settled: Sequence[Fraction | None]) -> tuple[OutsideSum, ...]:
    """The ways in which a printed total may count what stands outside the hundred; none where nothing does."""
    sums = dict.fromkeys(Outside, Fraction(0))
    for line in rows.counted():
        if line.node.outside is not None and not any(above.node.outside for above in rows.above(line)):
            sums[line.node.outside] += abs(settled[line.position] or Fraction(0))
    bonus, penalty, none = sums[Outside.BONUS], sums[Outside.PENALTY], Fraction(0)
    ways = ((bonus, none), (bonus, -penalty), (none, -penalty), (bonus, penalty), (none, penalty))
    return tuple(OutsideSum(*way) for way in dict.fromkeys(ways) if any(way))


def total_points(rows: Outline, sums: PointSums) -> Fraction:
    """The areas together, without what counts outside the hundred."""
    return sums.total(line for line in rows.areas() if line.node.outside is None)


def item_points(rows: Outline, sums: PointSums) -> Fraction:
    """The items together, without what counts outside the hundred."""
    return sums.total(line for line in rows.items() if not rows.counts_outside(line))


def _areas(rows: Outline, sums: PointSums) -> list[dict[str, object]]:
    return [
        {"code": line.code, "title": line.node.title, "points": sums.settled[line.position]} for line in rows.areas()
    ]
