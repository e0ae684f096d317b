"""The points of every item: rule, typed points in their precedence, and the states of the entries, as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import CellValue, Column, FormulaSheet, Head
from parindex.documents.bundles.live_workbook.quantity_formulas import Seen
from parindex.documents.bundles.live_workbook.quotients import Quotient
from parindex.documents.bundles.live_workbook.rule_formulas import Answer, RuleFormulas
from parindex.documents.bundles.live_workbook.whole_numbers import Whole
from parindex.domain.criteria.criteria_set import CriteriaSet, Outside
from parindex.domain.publication.snapshot import FrozenItem
from parindex.domain.scoring.rule import on_step
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.scoring.usable import ItemPlan
from parindex.domain.values import decimal_places, exact_number

#: Typed points in falling precedence.
_TYPED = (Origin.APPRAISED, Origin.EXTERNAL, Origin.SURVEY, Origin.SELF)
_OUTSIDE = {None: 0, Outside.BONUS: 1, Outside.PENALTY: 2}
_UNANSWERED = words.ITEM_STATES["unanswered"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where points of an item come from: the cell, what stands in it ("" for nothing), and the points of a rule as a
    quotient.
    """

    cell: str
    values: Sequence[CellValue]
    exact: Quotient | None = None


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """An item on the sheet of points: its cell, its values (points, or why there are none), its sources in falling
    precedence, the most decimals that its points can have (None: they need not end).
    """

    plan: ItemPlan
    cell: str
    values: Sequence[CellValue]
    sources: tuple[Source, ...]
    places: int | None

    @property
    def answered(self) -> list[bool]:
        """Where it has points."""
        return [isinstance(one, Fraction) for one in self.values]


class ItemFormulas:
    """Makes the columns of the items on the sheets of entries, of rules and of points."""

    def __init__(
        self, criteria_set: CriteriaSet, rules: RuleFormulas, entries: FormulaSheet, points: FormulaSheet
    ) -> None:
        self._set, self._rules, self._entries, self._points = criteria_set, rules, entries, points
        self._seen = Seen(criteria_set.year or 0, criteria_set.year or 0)
        self._parts = {part.id: at for at, part in enumerate(criteria_set.parts, start=1)}
        self._outside = criteria_set.outside_items()

    def item(self, plan: ItemPlan, frozen: FrozenItem) -> ItemPoints:
        """The columns of one item."""
        head = self._head(plan)
        state = self._state(plan, frozen.states)
        typed = list(self._typed(plan, frozen))
        rule = self._rule(plan)
        sources = (*typed, *(() if rule is None else (rule,)))
        appraised = typed[0] if Origin.APPRAISED in frozen.typed else None
        values = [
            _result(frozen.states[row], [one.values[row] for one in sources], _value(appraised, row))
            for row in range(len(frozen.states))
        ]
        formula = _formula(state, [one.cell for one in sources], None if appraised is None else appraised.cell)
        if self._set.part_of(plan.node) in self._set.index.absent_parts:
            values, formula = [words.ITEM_STATES["absent"]] * len(values), ""
        cell = self._points.add(Column(head, values, formula, "points"))
        return ItemPoints(plan, cell, values, sources, _places(sources))

    def _head(self, plan: ItemPlan) -> Head:
        node = plan.node
        part = self._parts.get(self._set.part_of(node), 0)
        return Head(node.code, node.title, plan.max_points, part, _OUTSIDE[self._outside.get(node.code)])

    def _state(self, plan: ItemPlan, states: Sequence[EntryState]) -> str | None:
        if all(one is EntryState.NO_ENTRY for one in states):
            return None
        values = [words.ENTRY_STATES[one] for one in states]
        return self._entries.add(Column(Head(plan.node.code, plan.node.title, words.STATE), values, style="text"))

    def _typed(self, plan: ItemPlan, frozen: FrozenItem) -> Iterator[Source]:
        for origin in _TYPED:
            if origin in frozen.typed:
                values = [exact_number(text) if text else "" for text in frozen.typed[origin]]
                head = Head(plan.node.code, plan.node.title, words.ORIGINS[origin])
                yield Source(self._entries.add(Column(head, values, style="points")), values)

    def _rule(self, plan: ItemPlan) -> Source | None:
        rule, step = plan.rule, self._set.rounding.item
        if rule is None:
            return None
        integers = self._rules.integers
        integers.code = plan.node.code
        answer = self._rules.answer(rule, self._seen)
        points = answer.points
        if step is not None and rule.round is None:
            points = self._rules.quotients.rounded(points, step, "làm tròn điểm")
            if not on_step(plan.max_points, step):
                points = self._rules.quotients.least(points, plan.max_points, "không quá điểm tối đa")
        reason = answer.reason
        if reason is not None and not any(value == 0 for value in reason.values) and reason.fixed is not None:
            return None  # nobody gets points by this rule, whatever the figures
        return self._shown(plan, Answer(points, reason))

    def _shown(self, plan: ItemPlan, answer: Answer) -> Source:
        reason: Whole | None = answer.reason
        exact = answer.points.values
        values: list[CellValue] = list(exact)
        text = answer.points.text
        if reason is not None:
            values = [value if why == 0 else "" for value, why in zip(exact, reason.values, strict=True)]
            text = f'IF({reason.text}<0,"",{text})'
        head = Head(plan.node.code, words.RULE_POINTS, plan.max_points)
        cell = self._rules.integers.sheet.add(Column(head, values, text, "points"))
        return Source(cell, values, answer.points)


def _value(source: Source | None, row: int) -> CellValue:
    return "" if source is None else source.values[row]


def _result(state: EntryState, points: Sequence[CellValue], appraised: CellValue) -> CellValue:
    """What the formula gives."""
    if state is EntryState.NOT_ASSESSED:
        return words.ITEM_STATES["not_assessed"]
    if state is EntryState.PENDING:
        return words.ITEM_STATES["pending"]
    claimed = state in (EntryState.NO_ENTRY, EntryState.ANSWERED) or isinstance(appraised, Fraction)
    found = next((one for one in points if isinstance(one, Fraction)), None)
    return found if claimed and found is not None else _UNANSWERED


def _formula(state: str | None, cells: Sequence[str], appraised: str | None) -> str:
    none = f'"{_UNANSWERED}"'
    chain = none
    for cell in reversed(cells):
        chain = f"IF(ISNUMBER({cell}),{cell},{chain})"
    if state is None:
        return chain
    claimed = [f'{state}=""', f'{state}="{words.ENTRY_STATES[EntryState.ANSWERED]}"']
    if appraised is not None:
        claimed.append(f"ISNUMBER({appraised})")
    left_out = (words.ENTRY_STATES[EntryState.NOT_ASSESSED], words.ENTRY_STATES[EntryState.PENDING])
    inner = chain if chain == none else f"IF(OR({','.join(claimed)}),{chain},{none})"
    return f'IF(OR({state}="{left_out[0]}",{state}="{left_out[1]}"),{state},{inner})'


def _places(sources: Sequence[Source]) -> int | None:
    """The most decimals that the points of an item can have; None where they need not end."""
    most = 0
    for one in sources:
        if one.exact is not None:
            found = decimal_places(one.exact.factor) if one.exact.below is None else None
        else:
            each = [decimal_places(value) for value in one.values if isinstance(value, Fraction)]
            found = None if None in each else max((at for at in each if at is not None), default=0)
        if found is None:
            return None
        most = max(most, found)
    return most
