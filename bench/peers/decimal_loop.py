"""Plain Python: ``decimal.Decimal``, one item after the other, one unit after the other. The reference of every
digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

import numpy as np

from bench import scores
from bench.peers import columns
from bench.peers.columns import NOT_ASSESSED
from bench.plan import GRADES, INDEX_PLACES, POINT_PLACES, Item, items
from bench.scores import INDEX_SCALE, NO_INDEX, POINT_SCALE, Scores

ZERO, ONE, HALF, QUARTER = Decimal(0), Decimal(1), Decimal("0.5"), Decimal("0.25")
BANDS = (Decimal(1), Decimal("0.7"), Decimal("0.5"))
POINT, PER_CENT = Decimal(1).scaleb(-POINT_PLACES), Decimal(1).scaleb(-INDEX_PLACES)

#: Units, figures by measure and states by item as Python lists; a missing figure is None.
Data = tuple[tuple[str, ...], dict[str, list[int | None]], dict[str, list[int]]]
#: Points by item (None: no points), then index (None: nothing assessed), grade and rank by unit.
Result = tuple[tuple[str, ...], list[list[Decimal | None]], list[Decimal | None], list[int], list[int]]


def load(folder: Path) -> Data:
    """Both files as Python lists."""
    read = columns.load(folder)
    figures = {
        name: [None if value < 0 else value for value in column.tolist()] for name, column in read.figures.items()
    }
    return read.units, figures, {code: column.tolist() for code, column in read.states.items()}


def compute(data: Data) -> Result:
    """Points, index, grade and rank of every unit."""
    with localcontext(rounding=ROUND_HALF_UP):
        return _compute(data)


def _compute(data: Data) -> Result:
    units, figures, states = data
    points: list[list[Decimal | None]] = []
    maximum = [sum(item.max_points for item in items())] * len(units)
    for item in items():
        earned = list(_RULES[item.kind](item, *(figures[name] for name in item.measures or (item.code,))))
        for at, state in enumerate(states[item.code]):
            if state == NOT_ASSESSED:
                maximum[at] -= item.max_points
                earned[at] = None
        points.append(earned)
    achieved = [sum(filter(None, row), ZERO) for row in zip(*points, strict=True)]
    index = [(got * 100 / of).quantize(PER_CENT) if of else None for got, of in zip(achieved, maximum, strict=True)]
    grade = [
        -1 if value is None else next(at for at, (_, lower) in enumerate(GRADES) if value >= lower) for value in index
    ]
    return units, points, index, grade, _ranks(index)


def _ratio(item: Item, parts: Iterable[int | None], wholes: Iterable[int | None]) -> Iterable[Decimal | None]:
    """With a target of 1 the comparisons stay between integers, which is what makes this as fast as it gets."""
    top, target, floor = item.max_points, item.target, item.floor
    full, scaled, plain = top.quantize(POINT), top / target, target == ONE
    for part, whole in zip(parts, wholes, strict=True):
        if part is None or whole is None:
            yield None
        elif whole == 0 or part >= (whole if plain else target * whole):
            yield full
        elif floor and part < floor * whole:
            yield ZERO
        else:
            yield (scaled * part / whole).quantize(POINT)


def _bands(item: Item, parts: Iterable[int | None], wholes: Iterable[int | None]) -> Iterable[Decimal | None]:
    _, middle, low = BANDS
    full, half, quarter = ((item.max_points * share).quantize(POINT) for share in (ONE, HALF, QUARTER))
    for part, whole in zip(parts, wholes, strict=True):
        if part is None or whole is None:
            yield None
        elif whole == 0:
            yield ZERO
        else:
            yield (
                full if part >= whole else half if part >= middle * whole else quarter if part >= low * whole else ZERO
            )


def _option(item: Item, chosen: Iterable[int | None]) -> Iterable[Decimal | None]:
    worth = [(item.max_points * share).quantize(POINT) for share in (ONE, HALF, ZERO)]
    return (None if one is None else worth[one] for one in chosen)


def _deduction(item: Item, cases: Iterable[int | None]) -> Iterable[Decimal | None]:
    top = item.max_points
    return (None if count is None else max(ZERO, top - QUARTER * count).quantize(POINT) for count in cases)


def _fixed(_: Item, granted: Iterable[int | None]) -> Iterable[Decimal | None]:
    return (None if value is None else value * POINT for value in granted)


_RULES: dict[str, Callable[..., Iterable[Decimal | None]]] = {
    "ratio": _ratio, "bands": _bands, "option": _option, "deduction": _deduction, "fixed": _fixed,
}  # fmt: skip


def _ranks(index: list[Decimal | None]) -> list[int]:
    """Competition rank, 1 for the highest; 0 without an index."""
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted((value for value in index if value is not None), reverse=True), start=1):
        first.setdefault(value, place)
    return [0 if value is None else first[value] for value in index]


def _exact(result: Result) -> Scores:
    """As integers."""
    units, points, index, grade, rank = result
    cells = [[0 if value is None else int(value * POINT_SCALE) for value in row] for row in points]
    return Scores(
        units,
        np.array(cells, dtype=np.int64),
        np.array([NO_INDEX if value is None else int(value * INDEX_SCALE) for value in index], dtype=np.int64),
        np.array(grade, dtype=np.int64),
        np.array(rank, dtype=np.int64),
    )


def write(result: Result, folder: Path) -> None:
    """The two result files."""
    scores.write(_exact(result), folder)
