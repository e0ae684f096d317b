"""All sheets of one group, as columns: figures and entries, rules, points, sums, results, what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.figures_sheet import FigureColumns
from parindex.documents.bundles.live_workbook.formula_columns import CellValue, Column, FormulaSheet, Head
from parindex.documents.bundles.live_workbook.item_formulas import ItemFormulas
from parindex.documents.bundles.live_workbook.node_formulas import add_nodes
from parindex.documents.bundles.live_workbook.quantity_formulas import QuantityFormulas
from parindex.documents.bundles.live_workbook.result_formulas import ResultFormulas, difference, differs
from parindex.documents.bundles.live_workbook.rule_formulas import RuleFormulas
from parindex.documents.bundles.live_workbook.sum_formulas import Sums
from parindex.documents.bundles.live_workbook.whole_numbers import Integers
from parindex.domain.publication.recomputation import GroupOutcome, ItemOutcome
from parindex.domain.publication.snapshot import FrozenGroup
from parindex.domain.scoring.usable import require_usable
from parindex.domain.values import exact_number

#: The sheets of a group in the order in which they are read.
ORDER = ("f", "e", "c", "p", "n", "r", "q", "m")


@dataclass(frozen=True, slots=True)
class GroupSheets:
    """A group with its sheets by key; ``differences``: at how many cells formula and published figure differ."""

    group: FrozenGroup
    sheets: dict[str, FormulaSheet]
    differences: int


def group_sheets(group: FrozenGroup, outcome: GroupOutcome) -> GroupSheets:
    """The sheets of a group. Raises :class:`InvalidInput` for a set that cannot be computed with."""
    plan = require_usable(group.criteria_set)
    sheets = {key: FormulaSheet(key, len(group.units)) for key in ORDER}
    integers = Integers(sheets["c"])
    rules = RuleFormulas(QuantityFormulas(FigureColumns(group, sheets["f"], integers), integers))
    items = ItemFormulas(group.criteria_set, rules, sheets["e"], sheets["p"])
    made = [items.item(item, group.items[item.node.code]) for item in plan.items]
    declared = group.criteria_set.index
    sums = Sums(made, sheets["p"], [declared.bonus_cap, declared.penalty_cap])
    add_nodes(group.criteria_set, sums, sheets["n"])
    ResultFormulas(group, sums, sheets["r"], integers).made(outcome.units)
    for at, one in enumerate(made):
        head = Head(one.plan.node.code, one.plan.node.title, one.plan.max_points)
        published = _published(outcome.items[one.plan.node.code])
        cell = sheets["q"].add(Column(head, published, style="points"))
        values = [differs(a, b) for a, b in zip(one.values, published, strict=True)]
        sheets["m"].add(Column(head, values, difference(sheets["p"].cell(at), cell), "difference"))
    return GroupSheets(group, sheets, _differences(sheets))


def _published(outcome: ItemOutcome) -> Sequence[CellValue]:
    known: dict[tuple[str, str], CellValue] = {
        (state, points): words.ITEM_STATES[state] if state in words.ITEM_STATES else exact_number(points)
        for state, points in set(zip(outcome.states, outcome.points, strict=True))
    }
    return [known[pair] for pair in zip(outcome.states, outcome.points, strict=True)]


def _differences(sheets: dict[str, FormulaSheet]) -> int:
    columns = [*sheets["m"].columns, sheets["r"].columns[-1]]
    return sum(int(Fraction(value)) for column in columns for value in column.values if not isinstance(value, str))
