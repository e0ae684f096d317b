"""Points, maximum and per cent of every node of the tree, of the parts and of the named sums, as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import PART_ROW, CellValue, Column, FormulaSheet, Head
from parindex.documents.bundles.live_workbook.sum_formulas import Shown, Sums
from parindex.domain.criteria.criteria_set import CriteriaSet, Node


def add_nodes(criteria_set: CriteriaSet, sums: Sums, sheet: FormulaSheet) -> None:
    """The columns of the sheet of sums."""
    positions = {item.plan.node.code: at for at, item in enumerate(sums.items)}
    for node in _inner(criteria_set):
        below = [positions[item.code] for item in node.items()]
        first, last = below[0], below[-1]
        _add(sheet, node.code, node.title, sums.points_of(first, last), sums.maxima_of(first, last))
    for number, part in enumerate(criteria_set.parts, start=1):
        points, maximum = sums.inside_part(number), sums.maxima_where(PART_ROW, number, inside=True)
        _add(sheet, part.id, part.title, points, maximum)
    for total in criteria_set.totals:
        shown = sums.points_of_cells([positions[code] for code in total.items])
        sheet.add(Column(Head(total.id, total.title, words.POINTS), shown.values, shown.text, "points"))


def _inner(criteria_set: CriteriaSet) -> Iterator[Node]:
    return (node for node in criteria_set.walk() if not node.is_item)


def _add(sheet: FormulaSheet, code: str, title: str, points: Shown, maximum: Shown) -> None:
    above = sheet.add(Column(Head(code, title, words.POINTS), points.values, points.text, "points"))
    below = sheet.add(Column(Head(code, title, words.MAXIMUM), maximum.values, maximum.text, "points"))
    shares: list[CellValue] = [
        one * Fraction(100) / most if most else "" for one, most in zip(points.values, maximum.values, strict=True)
    ]
    text = f'IF({below}>0,{above}*100/{below},"")'
    sheet.add(Column(Head(code, title, words.PER_CENT), shares, text, "per_cent"))
