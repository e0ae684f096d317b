"""A score sheet as a workbook, from its criteria set and what has been entered: rules in words, figures by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from parindex.documents.sheet_workbooks.cell_contents import MOST_CHARACTERS
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value, WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, MeasureKind, Node, Source
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.score_sheet import EntryState
from parindex.domain.scoring.usable import Plan
from parindex.wording.language import mark, text
from parindex.wording.rule_words import rule_words

_SUM = mark("Cộng từ các đơn vị trực thuộc.")
#: A rule that leaves the points to whoever gives them.
_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class EnteredItem:
    """What has been entered for one item; ``self_points`` are those typed or computed last."""

    self_points: Fraction | None = None
    explanation: str = ""
    state: EntryState = EntryState.UNANSWERED


@dataclass(frozen=True, slots=True)
class EnteredSheet:
    """Whose sheet it is and what has been entered.

    ``sums`` are the points of the nodes above the items, by code. ``locked`` gives the reason for every item that
    cannot be entered here, by code; a figure is locked where all items that use it are. ``lists_as_counts``: of a list
    only the number of its entries is kept.
    """

    cycle_title: str
    unit_title: str
    set_fingerprint: str
    sheet_id: str
    version: str
    made_at: datetime
    items: Mapping[str, EnteredItem] = field(default_factory=dict)
    sums: Mapping[str, Fraction] = field(default_factory=dict)
    figures: Mapping[str, Value] = field(default_factory=dict)
    last_year: Mapping[str, Value] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    explanation_length: int = MOST_CHARACTERS
    lists_as_counts: bool = False


def workbook_of_set(made: CriteriaSet, plan: Plan, entered: EnteredSheet) -> SheetWorkbook:
    """The workbook of one sheet; ``plan`` holds the rules of ``made``."""
    rules = {item.node.code: item.rule for item in plan.items}
    figures = {code: _figures(rule, made) for code, rule in rules.items()}
    used_by: dict[str, list[str]] = {}
    for code, ids in figures.items():
        for one in ids:
            used_by.setdefault(one, []).append(code)
    items = tuple(
        _item(node, level, rules.get(node.code), figures.get(node.code, ()), made, entered)
        for level, node in made.walk_with_depth()
    )
    measures = tuple(
        _measure(measure, tuple(used_by[one]), entered) for one, measure in made.measures.items() if one in used_by
    )
    return SheetWorkbook(
        entered.cycle_title,
        entered.unit_title,
        made.title,
        entered.set_fingerprint,
        entered.sheet_id,
        entered.version,
        entered.made_at,
        items,
        measures,
        entered.explanation_length,
    )


def _figures(rule: Rule | None, made: CriteriaSet) -> tuple[str, ...]:
    """The measures that a rule reads of this year, in the order of the set."""
    read = {measure for measure, year in rule.measures() if year in (0, made.year)} if rule is not None else set()
    return tuple(one for one in made.measures if one in read)


def _item(
    node: Node, level: int, rule: Rule | None, figures: tuple[str, ...], made: CriteriaSet, entered: EnteredSheet
) -> WorkbookItem:
    if not node.is_item:
        points = entered.sums.get(node.code)
        return WorkbookItem(node.code, node.title, level, False, node.max_points, self_points=points)
    found = entered.items.get(node.code, EnteredItem())
    # Points of a survey or of another agency are given to the unit, not by it.
    reported = node.source in (None, Source.REPORT)
    return WorkbookItem(
        *(node.code, node.title, level, True, node.max_points, node.source),
        rule_words="\n".join(_rule_lines(node, rule, made)),
        clause=node.rule.clause if node.rule is not None else "",
        measures=figures,
        points_by_hand=reported and (rule is None or rule.kind == _GIVEN),
        self_points=found.self_points,
        explanation=found.explanation,
        state=found.state,
        editable=node.code not in entered.locked,
        reason_locked=entered.locked.get(node.code, ""),
    )


def _rule_lines(node: Node, rule: Rule | None, made: CriteriaSet) -> Iterator[str]:
    """The rule in words, and the option lines as the paper prints them."""
    if rule is not None and rule.kind != _GIVEN:
        yield rule_words(rule, made.measures)
    yield from node.options


def _measure(measure: Measure, used_by: tuple[str, ...], entered: EnteredSheet) -> WorkbookMeasure:
    reason = text(_SUM) if measure.sum_of_children else ""
    if not reason and all(code in entered.locked for code in used_by):
        reason = entered.locked[used_by[0]]
    counted = entered.lists_as_counts and measure.kind is MeasureKind.LIST
    kind = MeasureKind.NUMBER if counted else measure.kind
    return WorkbookMeasure(
        *(measure.id, measure.title, kind, measure.unit, measure.choices),
        integer=measure.integer or counted,
        minimum=measure.minimum,
        maximum=measure.maximum,
        last_year=entered.last_year.get(measure.id),
        value=entered.figures.get(measure.id),
        used_by=used_by,
        editable=not measure.sum_of_children and any(code not in entered.locked for code in used_by),
        reason_locked=reason,
    )
