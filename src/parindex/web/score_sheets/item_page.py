"""What the page of one item shows, gathered for its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from parindex.database.mapping.figures import Key, values_of
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, Figure, ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import entries_of, part_facts, sheet_facts
from parindex.domain.criteria.criteria_set import Measure, MeasureKind, Source
from parindex.domain.review.permissions import check_can_edit_part, check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.scoring.rule_table import RuleTrace
from parindex.domain.values import parse_number
from parindex.usecases.actors import Session
from parindex.usecases.sheet_scoring import trace_of
from parindex.usecases.typed_values import digest
from parindex.web.score_sheets.tree import Leaf, Tree, title_of, tree_of
from parindex.wording.formulas import formula_text
from parindex.wording.reasons import trace_lines
from parindex.wording.rule_words import rule_words


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One figure to enter: what it is, last year's and this year's value, where else it counts."""

    measure: Measure
    value: str
    earlier: str
    shared: tuple[str, ...]
    read: str

    @property
    def name(self) -> str:
        """The name of the field."""
        return f"figure.{self.measure.id}"

    @property
    def is_choice(self) -> bool:
        """Whether one of several options is picked."""
        return self.measure.kind is MeasureKind.CHOICE

    @property
    def change(self) -> Fraction | None:
        """This year's value less last year's; None where either is missing."""
        if self.is_choice or not self.value or not self.earlier:
            return None
        return parse_number(self.value) - parse_number(self.earlier)

    @property
    def growth(self) -> Fraction | None:
        """The change in per cent of last year's value; None where that is 0 or missing."""
        change = self.change
        return None if change is None or not parse_number(self.earlier) else change * 100 / parse_number(self.earlier)

    @property
    def jumps(self) -> bool:
        """Whether the figure moved by more than half."""
        return self.growth is not None and abs(self.growth) > 50


@dataclass(frozen=True, slots=True)
class Computed:
    """Points as they follow from the figures, with the calculation in words."""

    formula: str
    lines: tuple[str, ...]
    points: Fraction | None
    missing: Fraction | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything on the page of one item."""

    sheet: ScoreSheet
    entry: Entry
    leaf: Leaf
    tree: Tree
    frozen: FrozenSet
    deadline: datetime | None
    refused: Refusal | None
    rows: Sequence[MeasureRow]
    rule: str
    computed: Computed | None
    before: Leaf | None
    after: Leaf | None
    parts: Mapping[int, SheetPart]

    @property
    def node(self) -> object:
        """The item in the set."""
        return self.frozen.items[self.entry.item_code].node

    @property
    def by_survey(self) -> bool:
        """Whether a survey gives the points."""
        return self.frozen.items[self.entry.item_code].node.source in (Source.OPINION_SURVEY, Source.SATISFACTION_INDEX)

    @property
    def types_points(self) -> bool:
        """Whether the unit types points itself, because no rule gives them."""
        return self.frozen.items[self.entry.item_code].rule is None and not self.by_survey

    def digest(self, value: str) -> str:
        """What the page keeps of a value as read."""
        return digest(value)


def item_page(session: Session, sheet: ScoreSheet, code: str, at: datetime, *, only: str = "") -> ItemPage | None:
    """The page of item ``code``; None where the sheet has no such item. Raises the refusal to who may not read it."""
    entries = entries_of(sheet)
    parts = {entry.part_id: entry.part for entry in entries}
    facts = sheet_facts(sheet, parts.values())
    check_can_read_sheet(session.actor, facts)
    frozen = frozen_set(sheet.group.set_version)
    mine = frozenset(
        part.pk
        for part in parts.values()
        if refusal(check_can_edit_part, session.actor, part_facts(part, sheet, parts.values()), at) is None
    )
    tree = tree_of(entries, frozen, mine=mine, only=only)
    everything = tree_of(entries, frozen, mine=mine) if only else tree
    leaves = everything.leaves
    position = next((at for at, leaf in enumerate(leaves) if leaf.code == code), None)
    if position is None:
        return None
    leaf = leaves[position]
    part = part_facts(leaf.entry.part, sheet, parts.values())
    figures = _figures(sheet, frozen, code)
    values = values_of(figures.values())
    return ItemPage(
        sheet=sheet,
        entry=leaf.entry,
        leaf=leaf,
        tree=tree,
        frozen=frozen,
        deadline=facts.deadline,
        refused=refusal(check_can_edit_part, session.actor, part, at),
        rows=[_row(frozen, code, measure, values) for measure in frozen.measures_of[code]],
        rule=_rule_words(frozen, code),
        computed=computed(sheet, frozen, leaf.entry, values),
        before=leaves[position - 1] if position else None,
        after=leaves[position + 1] if position + 1 < len(leaves) else None,
        parts=parts,
    )


def _figures(sheet: ScoreSheet, frozen: FrozenSet, code: str) -> dict[Key, Figure]:
    rule = frozen.items[code].rule
    measures = {measure for measure, _ in rule.measures()} if rule is not None else set()
    if not measures:
        return {}
    return {(one.measure, one.year): one for one in Figure.objects.filter(unit=sheet.unit_id, measure__in=measures)}


def _row(frozen: FrozenSet, code: str, measure: str, values: Mapping[Key, str]) -> MeasureRow:
    value = values.get((measure, frozen.year), "")
    shared = tuple(other for other in frozen.items_of[measure] if other != code)
    earlier = values.get((measure, frozen.year - 1), "")
    return MeasureRow(frozen.criteria_set.measures[measure], value, earlier, shared, digest(value))


def _rule_words(frozen: FrozenSet, code: str) -> str:
    rule = frozen.items[code].rule
    return "" if rule is None else rule_words(rule, frozen.criteria_set.measures)


def computed(sheet: ScoreSheet, frozen: FrozenSet, entry: Entry, values: Mapping[Key, str]) -> Computed | None:
    """The calculation of an item with a rule; None for one without."""
    trace: RuleTrace | None = trace_of(sheet, frozen, values, entry.item_code)
    if trace is None:
        return None
    measures = frozen.criteria_set.measures
    points = parse_number(entry.rule_points) if entry.rule_points else None
    maximum = frozen.items[entry.item_code].max_points
    missing = None if points is None or points >= maximum else maximum - points
    lines = tuple(line.words for line in trace_lines(trace, measures))
    return Computed(formula_text(trace, measures), lines, points, missing)


__all__ = ["ItemPage", "computed", "item_page", "title_of"]
