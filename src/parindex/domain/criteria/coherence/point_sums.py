"""Points of the tree: a parent is the sum of its children, the areas are the total.

Each row gets the points that it most likely should have (``settled``): a missing, zero or negative figure is what its parent
leaves for it, a parent that disagrees with its children but whose children fit the level above is the sum of its children. Every
later check works with the settled points, so that one wrong figure is one finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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

    def sum(self, lines: Iterator[Line]) -> Fraction:
        """The settled points of ``lines`` together; a row without any counts nothing."""
        return sum((self.settled[line.position] or Fraction(0) for line in lines), Fraction(0))


def point_sums(rows: Outline) -> PointSums:
    """Check every figure and every parent of ``rows``."""
    return _Sums(rows).result()


class _Sums:
    def __init__(self, rows: Outline) -> None:
        self.rows = rows
        self.settled: list[Fraction | None] = [line.node.max_points for line in rows.lines]
        self.findings: list[Finding] = []
        self.groups = 0
        self.silent_levels = _levels_without_points(rows)

    def result(self) -> PointSums:
        for line in self.rows.counted():
            self._figure(line)
        parents = [line for line in self.rows.counted() if line.children]
        for line in parents:
            self._infer_from(line)
        for line in reversed(parents):
            self._parent(line)
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
        elif points == 0:
            facts = {"points": points, "proposal": self._left_for(line)}
            self._find("points_zero", Severity.WARNING, line, stated="0", facts=facts)

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

    def _infer_from(self, parent: Line) -> None:
        for child in self.rows.children(parent):
            points = child.node.max_points
            if points is None or points <= 0:
                self.settled[child.position] = self._left_for(child) or points

    # --- a parent and its children -----------------------------------------------------------------------------

    def _parent(self, line: Line) -> None:
        """Children before parents: the rows below have been settled."""
        children = [child for child in self.rows.children(line) if child.node.outside is None or line.node.outside]
        below = [self.settled[child.position] for child in children]
        found = sum((points for points in below if points is not None), Fraction(0))
        stated = self.settled[line.position]
        if stated is None:
            self.settled[line.position] = found if None not in below else None
        elif found == stated:
            self.groups += 1
        elif None not in below and not self._explained_below(line, children, stated):
            self._mismatch(line, children, stated, found)

    def _explained_below(self, line: Line, children: list[Line], stated: Fraction) -> bool:
        """Whether the printed points of the children fit: then the finding at a child that was settled otherwise says it all."""
        printed = [child.node.max_points for child in children]
        return None not in printed and sum((p for p in printed if p is not None), Fraction(0)) == stated

    def _mismatch(self, line: Line, children: list[Line], stated: Fraction, found: Fraction) -> None:
        fits_above = self._sum_fits_above(line, found)
        if fits_above:
            self.settled[line.position] = found
        facts = {
            "title": line.node.title,
            "children": [{"code": c.code, "points": self.settled[c.position], "place": place_of(c)} for c in children],
            "difference": found - stated,
            "proposal": found if fits_above else None,
        }
        self._find(
            "children_sum", Severity.ERROR, line, stated=number_text(stated), found=number_text(found), facts=facts
        )

    def _sum_fits_above(self, line: Line, found: Fraction) -> bool:
        """Whether the level above adds up when this parent is worth the sum of its children (and does not as printed)."""
        above = self.rows.parent(line)
        if above is None or above.node.max_points is None:
            return False
        others = [child.node.max_points for child in self.rows.children(above) if child is not line]
        known = [points for points in others if points is not None]
        return len(known) == len(others) and sum(known, found) == above.node.max_points

    def _find(
        self,
        kind: str,
        severity: Severity,
        line: Line,
        *,
        stated: str | None = None,
        found: str | None = None,
        facts: dict[str, object],
    ) -> None:
        self.findings.append(Finding(kind, severity, place_of(line), line.code, stated, found, facts))


def _levels_without_points(rows: Outline) -> frozenset[int]:
    """Levels of parents at which the table prints no points at all: its way, not a gap."""
    with_points = {line.level for line in rows.counted() if line.node.max_points is not None}
    items = {line.level for line in rows.items()}
    return frozenset({line.level for line in rows.counted()} - with_points - items)


def total_findings(criteria_set: CriteriaSet, rows: Outline, sums: PointSums) -> Iterator[Finding]:
    """The total that the prose declares and the total that the table prints, against the areas."""
    found = total_points(rows, sums)
    candidates = (found, item_points(rows, sums))
    declared, printed = criteria_set.declared.max_points, criteria_set.printed_total
    if declared is not None and declared not in candidates:
        facts = {"printed_total": printed, "areas": _areas(rows, sums)}
        place = criteria_set.declared.places.get("max_points", Place())
        yield Finding("total_declared", Severity.ERROR, place, "", number_text(declared), number_text(found), facts)
    if printed is not None and printed not in candidates and printed != declared:
        place = criteria_set.declared.places.get("printed_total", Place())
        facts = {"declared": declared, "areas": _areas(rows, sums)}
        yield Finding("total_printed", Severity.ERROR, place, "", number_text(printed), number_text(found), facts)


def total_points(rows: Outline, sums: PointSums) -> Fraction:
    """The areas together, without what counts outside the hundred."""
    return sums.sum(line for line in rows.areas() if line.node.outside is None)


def item_points(rows: Outline, sums: PointSums) -> Fraction:
    """The items together, without what counts outside the hundred."""
    return sums.sum(line for line in rows.items() if not rows.counts_outside(line))


def _areas(rows: Outline, sums: PointSums) -> list[dict[str, object]]:
    return [{"code": line.code, "title": line.node.title, "points": sums.settled[line.position]} for line in rows.areas()]
