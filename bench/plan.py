"""The yardstick of the national run: 107 items in 50 criteria and 8 areas, as plain rows that every peer compiles for
itself.

Invented, in the shape of the districts' set of decision 2270/QĐ-UBND of 2024: 8 areas, 50 criteria, 107 subcriteria,
100 points. Five kinds of rules, each with the ways in which "nothing arose" and "more than the whole" are declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle, islice

ITEMS, CRITERIA, AREAS = 107, 50, 8
#: Half-up places of the points of an item and of the index in per cent.
POINT_PLACES, INDEX_PLACES = 4, 5
#: Grade, closed lower edge in per cent; the last one takes the rest.
GRADES = (("Xuất sắc", 90), ("Tốt", 80), ("Khá", 70), ("Trung bình", 50), ("Yếu", 0))
OPTIONS = ("timely", "late", "none")
#: Kinds in the order in which they alternate: 46 of 107 are ratios.
_KINDS = (
    "ratio",
    "bands",
    "ratio",
    "option",
    "ratio",
    "bands",
    "ratio",
    "option",
    "ratio",
    "bands",
    "fixed",
    "ratio",
    "option",
    "deduction",
)
_POINTS = ("0.5", "1", "1", "1.5", "0.75", "1", "0.5", "1.25")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its kind, maximum and measures.

    ``ratio``      M · min(1; (n/d)/target), 0 below ``floor``; 0/0 gives M; ``capped``: n may exceed d and counts as d
    ``bands``      M from 100 %, 0,5·M from 70 %, 0,25·M from 50 %, else 0; 0/0 gives 0
    ``option``     ``timely`` M, ``late`` 0,5·M, ``none`` 0
    ``deduction``  max(0; M − 0,25·n)
    ``fixed``      the points that the council grants
    """

    code: str
    kind: str
    max_points: Decimal
    target: Decimal = Decimal(1)
    floor: Decimal = Decimal(0)
    capped: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that the rule reads, numerator first."""
        name = "m" + self.code.replace(".", "_")
        if self.kind in ("ratio", "bands"):
            return (name + "_n", name + "_d")
        return () if self.kind == "fixed" else (name,)


def items() -> tuple[Item, ...]:
    """The 107 items in reading order; their maxima are 100 points in all."""
    codes = tuple(_codes())
    points = [Decimal(text) for text in islice(cycle(_POINTS), ITEMS)]
    points[-1] += Decimal(100) - sum(points)
    kinds = list(islice(cycle(_KINDS), ITEMS))
    kinds[-1] = "fixed"
    made = []
    for position, (code, kind, maximum) in enumerate(zip(codes, kinds, points, strict=True)):
        ratio = kind == "ratio"
        target = Decimal("0.8") if ratio and position % 4 == 2 else Decimal(1)
        floor = Decimal("0.5") if ratio and position % 3 == 0 else Decimal(0)
        made.append(Item(code, kind, maximum, target, floor, capped=ratio and position % 8 == 4))
    return tuple(made)


def _codes() -> Iterator[str]:
    """Codes of three levels: 50 criteria shared out over 8 areas, 107 items over the criteria."""
    for criterion in range(CRITERIA):
        area = criterion * AREAS // CRITERIA
        first = next(c for c in range(CRITERIA) if c * AREAS // CRITERIA == area)
        below = sum(1 for item in range(ITEMS) if item * CRITERIA // ITEMS == criterion)
        yield from (f"{area + 1}.{criterion - first + 1}.{leaf + 1}" for leaf in range(below))
