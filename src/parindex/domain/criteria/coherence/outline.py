"""A criteria set as it was understood: rows in reading order, each with its settled code, its parent and its children.

All checks of sums, counts and parts look at the outline and not at the tree as read, so that a wrong code, which
hangs a row in the wrong place, is reported once and not again as a wrong sum and a wrong count. For a set without
faults both are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria import codes
from parindex.domain.criteria.coherence.sequence import SettledCode, settle
from parindex.domain.criteria.criteria_set import CriteriaSet, Node

#: How option lines read: "Đạt yêu cầu", "Từ 50% - dưới 100%", "Quá 01 tháng", "¾ số lượng trở lên".
_OPTION = re.compile(
    r"^(không )?(đạt|có|đúng|kịp thời|đầy đủ|hoàn thành)\b.{0,40}$"
    r"|^(từ|dưới|trên|quá|chậm|đủ|không|cứ|mỗi)\b|trở lên|\d\s*%",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the outline: ``parent`` and ``children`` are positions in reading order, ``level`` is 1 for an area.

    ``options`` are rows below that look like the options of this item and not like parts of it; they are no children.
    """

    position: int
    node: Node
    settled: SettledCode
    level: int
    parent: int | None
    children: tuple[int, ...]
    options: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        """The code as it was understood."""
        return self.settled.code

    @property
    def is_item(self) -> bool:
        """Whether this row is scored itself."""
        return not self.children


@dataclass(frozen=True, slots=True)
class Outline:
    """The rows of a set as understood."""

    lines: tuple[Line, ...]

    def counted(self) -> Iterator[Line]:
        """The rows that are areas, criteria, subcriteria: all but options that were numbered like subcriteria."""
        options = {position for line in self.lines for position in line.options}
        return (line for line in self.lines if line.position not in options)

    def items(self) -> Iterator[Line]:
        """The rows that are scored."""
        return (line for line in self.counted() if line.is_item)

    def areas(self) -> Iterator[Line]:
        """The rows of the first level."""
        return (line for line in self.lines if line.parent is None)

    def at_level(self, level: int) -> Iterator[Line]:
        """The rows of one level."""
        return (line for line in self.counted() if line.level == level)

    def above(self, line: Line) -> Iterator[Line]:
        """The rows above ``line``, the nearest first."""
        while line.parent is not None:
            line = self.lines[line.parent]
            yield line

    def below(self, line: Line) -> Iterator[Line]:
        """``line`` and all rows below it, in reading order."""
        yield line
        for child in line.children:
            yield from self.below(self.lines[child])

    def parent(self, line: Line) -> Line | None:
        """The row right above."""
        return None if line.parent is None else self.lines[line.parent]

    def children(self, line: Line) -> tuple[Line, ...]:
        """The rows right below."""
        return tuple(self.lines[child] for child in line.children)

    def counts_outside(self, line: Line) -> bool:
        """Whether the row or one above it counts outside the hundred."""
        return line.node.outside is not None or any(above.node.outside is not None for above in self.above(line))


def outline(criteria_set: CriteriaSet) -> Outline:
    """Read ``criteria_set`` row by row; see :mod:`~parindex.domain.criteria.coherence.sequence` for wrong codes."""
    nodes: list[Node] = []
    parents: list[int | None] = []
    _append(criteria_set.areas, None, nodes, parents)
    if not _is_hierarchical(nodes, parents):
        settled = tuple(SettledCode(node.code, node.code) for node in nodes)
        return Outline(_lines(nodes, settled, parents))
    nodes = _reading_order(nodes)
    settled = _settled(nodes, _own_numbering(criteria_set), excerpt=criteria_set.excerpt)
    return Outline(_lines(nodes, settled, _parents(settled)))


def _own_numbering(criteria_set: CriteriaSet) -> frozenset[str]:
    """The areas outside the hundred that are numbered in another way than the areas within: A, B below 7."""
    figures = {area.code.isdecimal() for area in criteria_set.areas if area.outside is None}
    return frozenset(
        area.code for area in criteria_set.areas if area.outside is not None and area.code.isdecimal() not in figures
    )


def _settled(nodes: list[Node], apart: frozenset[str], *, excerpt: bool) -> tuple[SettledCode, ...]:
    """The codes as understood, those below the areas ``apart`` by themselves."""
    own = [codes.parts(node.code)[0] in apart for node in nodes]
    readings = {
        part: iter(
            settle([node.code for node, is_own in zip(nodes, own, strict=True) if is_own is part], excerpt=excerpt)
        )
        for part in (False, True)
    }
    return tuple(next(readings[is_own]) for is_own in own)


def _append(level: Iterable[Node], parent: int | None, nodes: list[Node], parents: list[int | None]) -> None:
    for node in level:
        nodes.append(node)
        parents.append(parent)
        _append(node.children, len(nodes) - 1, nodes, parents)


def _is_hierarchical(nodes: list[Node], parents: list[int | None]) -> bool:
    """Whether most codes begin with the code of their parent (some may be wrong)."""
    below = [(node, nodes[above]) for node, above in zip(nodes, parents, strict=True) if above is not None]
    return 2 * sum(codes.is_below(node.code, parent.code) for node, parent in below) >= len(below)


def _reading_order(nodes: list[Node]) -> list[Node]:
    """By the row of the table where every node has one of its own; else as the tree has them."""
    places = [node.place.row for node in nodes]
    if None in places or len(set(places)) < len(places):
        return nodes
    return sorted(nodes, key=lambda node: node.place.row or 0)


def _parents(settled: tuple[SettledCode, ...]) -> list[int | None]:
    """The position of the nearest row above by code; a lost parent is stepped over."""
    position: dict[str, int] = {}
    parents: list[int | None] = []
    for index, one in enumerate(settled):
        above = codes.parent(one.code)
        while above is not None and above not in position:
            above = codes.parent(above)
        parents.append(None if above is None else position[above])
        position[one.code] = index
    return parents


def _lines(nodes: list[Node], settled: tuple[SettledCode, ...], parents: list[int | None]) -> tuple[Line, ...]:
    children: list[list[int]] = [[] for _ in nodes]
    for index, above in enumerate(parents):
        if above is not None:
            children[above].append(index)
    levels: list[int] = []
    for above in parents:
        levels.append(1 if above is None else levels[above] + 1)
    lines = []
    for index, node in enumerate(nodes):
        below = children[index]
        options = (
            below if _are_options(node, [nodes[child] for child in below if not children[child]], len(below)) else []
        )
        lines.append(
            Line(
                position=index,
                node=node,
                settled=settled[index],
                level=levels[index],
                parent=parents[index],
                children=() if options else tuple(below),
                options=tuple(options),
            )
        )
    return tuple(lines)


def _are_options(node: Node, leaves: list[Node], below: int) -> bool:
    """Whether the rows below are alternatives: the best is worth the whole, and they read like options."""
    if len(leaves) < 2 or len(leaves) != below or node.max_points is None:
        return False
    points = [leaf.max_points for leaf in leaves if leaf.max_points is not None]
    if len(points) < len(leaves) or max(points) != node.max_points:
        return False
    nothing_for_the_last = min(points) == 0  # "Không đạt: 0": the best and nothing sum to the whole as well
    if sum(points, Fraction(0)) == node.max_points and not nothing_for_the_last:
        return False
    return 2 * sum(bool(_OPTION.search(leaf.title.strip())) for leaf in leaves) >= len(leaves)
