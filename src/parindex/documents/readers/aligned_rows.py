"""Which lines of a table without lines make up which row.

A code stands beside the first line of its title, or in the middle of it, or at its end. Where wider gaps part the rows,
they decide; else the one way of all these that all codes of the page bear out. Where two ways do, the rows that they
read differently are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.printed_text import in_capitals

#: A gap between rows is at least so much wider than one between lines of a row.
_WIDER = 1.25
#: How far from the middle of its title a code may stand, in lines: as measured, and as counted in whole lines.
_OFF = 0.3
_LINE_OFF = 0.6
#: What a title that begins with a small letter, or goes on from capitals in small letters, costs.
_BROKEN = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of titles of a piece of a table: height and text of each, ``anchors`` the heights of its rows.

    ``exact``: heights are measured (PDF), so that a code in the middle stands just there; in text it is a line off
    where a title has an even number of lines.
    """

    heights: Sequence[float]
    texts: Sequence[str]
    anchors: Sequence[float]
    exact: bool


def homes(stretch: Stretch, *, goes_on: bool) -> tuple[list[int], set[int]]:
    """For each line the row that it belongs to (-1: the row before the first), and the rows that are not sure.

    ``goes_on``: the first lines may belong to a row that began on the page before.
    """
    if not stretch.anchors or not stretch.heights:
        return [-1] * len(stretch.heights), set()
    by_gaps = _by_gaps(stretch)
    if by_gaps is not None:
        return by_gaps, set()
    top = _top(stretch)
    centred, shaky = _centred(stretch)
    ways = [way for way in (top, centred, _bottom(stretch)) if way is not None]
    ways = [way for way in ways if goes_on or -1 not in way]
    if not ways:
        return _nearest(stretch), set(range(len(stretch.anchors)))
    ranked = sorted(ways, key=lambda way: _broken(stretch, way))
    best = ranked[0]
    rivals = [way for way in ranked[1:] if way != best and _broken(stretch, way) == _broken(stretch, best)]
    differing = {pair for way in rivals for pair in zip(best, way, strict=True) if pair[0] != pair[1]}
    unsure = {row for pair in differing for row in pair}
    if best == centred and best != top:
        unsure |= shaky
    if _broken(stretch, best):
        unsure |= {row for row in range(len(stretch.anchors)) if _begins_small(stretch, best, row)}
    return best, unsure - {-1}


def _by_gaps(stretch: Stretch) -> list[int] | None:
    """By the gaps between lines, where these part the lines into as many blocks as there are rows."""
    heights = stretch.heights
    gaps = [after - before for before, after in zip(heights, heights[1:], strict=False)]
    if not gaps:
        return [0] if len(stretch.anchors) == 1 else None
    narrow = min(gaps)
    blocks = [0]
    for gap in gaps:
        blocks.append(blocks[-1] + (gap > narrow * _WIDER))
    tops = [min(h for h, b in zip(heights, blocks, strict=True) if b == block) for block in range(blocks[-1] + 1)]
    ends = [max(h for h, b in zip(heights, blocks, strict=True) if b == block) for block in range(blocks[-1] + 1)]
    slack = narrow / 2
    inside = [
        [at for at, y in enumerate(stretch.anchors) if low - slack <= y <= high + slack]
        for low, high in zip(tops, ends, strict=True)
    ]
    if narrow <= 0 or any(len(rows) != 1 for rows in inside) or len(inside) != len(stretch.anchors):
        return None
    return [inside[block][0] for block in blocks]


def _top(stretch: Stretch) -> list[int] | None:
    """Every code beside the first line of its title."""
    if not all(any(_level(stretch, y, line) for line in stretch.heights) for y in stretch.anchors):
        return None
    out = []
    for height in stretch.heights:
        above = [row for row, y in enumerate(stretch.anchors) if y < height or _level(stretch, y, height)]
        out.append(above[-1] if above else -1)
    return out


def _bottom(stretch: Stretch) -> list[int] | None:
    """Every code beside the last line of its title."""
    if not all(any(_level(stretch, y, line) for line in stretch.heights) for y in stretch.anchors):
        return None
    out = []
    for height in stretch.heights:
        below = [row for row, y in enumerate(stretch.anchors) if y > height or _level(stretch, y, height)]
        if not below:
            return None
        out.append(below[0])
    return out


def _centred(stretch: Stretch) -> tuple[list[int] | None, set[int]]:
    """Every code in the middle of its title; and the rows that could as well end elsewhere."""
    ahead = _ways(stretch, stretch.heights, stretch.anchors)
    size = len(stretch.heights)
    if size not in ahead[-1]:
        return None, set()
    back = _ways_back(stretch)
    ends = [size]
    for row in range(len(stretch.anchors) - 1, 0, -1):
        ends.append(ahead[row][ends[-1]][1])
    ends.reverse()
    out = [row for row, (start, end) in enumerate(zip([0, *ends], ends, strict=False)) for _ in range(end - start)]
    least = ahead[-1][size][0] + _BROKEN / 2
    unsure: set[int] = set()
    for row, end in enumerate(ends[:-1]):
        others = [at for at in ahead[row] if at != end and at in back[row + 1]]
        if any(ahead[row][at][0] + back[row + 1][at] < least for at in others):
            unsure |= {row, row + 1}
    return out, unsure


def _ways(stretch: Stretch, heights: Sequence[float], anchors: Sequence[float]) -> list[dict[int, tuple[float, int]]]:
    """For each row the ends that its title may have: the least cost up to there, and where the title then begins."""
    ways: list[dict[int, tuple[float, int]]] = []
    before: dict[int, float] = {0: 0.0}
    for row in range(len(anchors)):
        here: dict[int, tuple[float, int]] = {}
        for start, cost in before.items():
            for end in range(start + 1, len(heights) + 1):
                block = _block(stretch, start, end, row)
                if block is not None and (end not in here or cost + block < here[end][0]):
                    here[end] = (cost + block, start)
                if (heights[start] + heights[end - 1]) / 2 > anchors[row] + 2 * _pitch(heights):
                    break
        ways.append(here)
        before = {end: cost for end, (cost, _) in here.items()}
    return ways


def _ways_back(stretch: Stretch) -> list[dict[int, float]]:
    """For each row the lines that its title may begin with: the least cost of this row and those below it."""
    size = len(stretch.heights)
    after: dict[int, float] = {size: 0.0}
    out: list[dict[int, float]] = []
    pitch = _pitch(stretch.heights)
    for row in range(len(stretch.anchors) - 1, -1, -1):
        here: dict[int, float] = {}
        for end, cost in after.items():
            for start in range(end - 1, -1, -1):
                block = _block(stretch, start, end, row)
                if block is not None:
                    here[start] = min(cost + block, here.get(start, cost + block))
                if (stretch.heights[start] + stretch.heights[end - 1]) / 2 < stretch.anchors[row] - 2 * pitch:
                    break
        out.append(here)
        after = here
    out.reverse()
    return out


def _block(stretch: Stretch, start: int, end: int, row: int) -> float | None:
    """What it costs to read the lines from ``start`` up to ``end`` as the title of a row; None where its code is not in
    the middle of them.
    """
    pitch = _pitch(stretch.heights)
    off = abs((stretch.heights[start] + stretch.heights[end - 1]) / 2 - stretch.anchors[row]) / pitch
    if off > (_OFF if stretch.exact else _LINE_OFF):
        return None
    lines = stretch.texts[start:end]
    mixed = in_capitals(lines[0]) and any(" " in line and not in_capitals(line) for line in lines[1:])
    return off / 1000 + _BROKEN * (lines[0][:1].islower() + mixed)


def _nearest(stretch: Stretch) -> list[int]:
    return [
        min(range(len(stretch.anchors)), key=lambda row: abs(stretch.anchors[row] - height))
        for height in stretch.heights
    ]


def _pitch(heights: Sequence[float]) -> float:
    gaps = sorted(after - before for before, after in zip(heights, heights[1:], strict=False) if after > before)
    return gaps[len(gaps) // 2] if gaps else 1.0


def _level(stretch: Stretch, one: float, other: float) -> bool:
    return abs(one - other) < 0.3 * _pitch(stretch.heights)


def _broken(stretch: Stretch, way: Sequence[int]) -> int:
    """How many rows begin in the middle of a sentence."""
    return sum(_begins_small(stretch, way, row) for row in range(len(stretch.anchors)))


def _begins_small(stretch: Stretch, way: Sequence[int], row: int) -> bool:
    first = next((text for text, home in zip(stretch.texts, way, strict=True) if home == row), "")
    return first[:1].islower()
