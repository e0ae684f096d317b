"""The rule of an item as its page shows it: calculation, what is missing to the maximum, picture, options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, ScoreSheet
from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rules.option import Option
from parindex.domain.scoring.shortfall import raised_to_maximum
from parindex.domain.scoring.trace import RuleTrace
from parindex.domain.values import exact_number
from parindex.usecases.sheet_scoring import Reading, reading_of, trace_of
from parindex.web.score_sheets.ladder import Ladder, Placed, is_line, ladder
from parindex.wording.formulas import formula_text
from parindex.wording.numbers import points_text
from parindex.wording.reasons import conclusion
from parindex.wording.rule_words import rule_words

#: Why a rule has no points where a part is more than its whole.
_BEYOND = (NoPoints.OVER, NoPoints.IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class ToMaximum:
    """Which figure would have to be how large, and how much more that is."""

    measure: Measure
    value: Fraction
    more: Fraction


@dataclass(frozen=True, slots=True)
class Computed:
    """Points as they follow from the figures, with the calculation in words; ``why`` there are none, else "".

    ``is_missing``: there are none because a figure is; ``doubts``: figures that are more than the whole they are part
    of, by measure: what stands above the line, and what below it.
    """

    formula: str
    why: str
    is_missing: bool
    doubts: Mapping[str, tuple[Fraction, Fraction]]
    points: Fraction | None
    missing: Fraction | None
    to_maximum: ToMaximum | None

    @property
    def calculation(self) -> str:
        """The formula up to the points, where it ends in them; else all of it, and what the declared step makes."""
        printed = points_text(self.points)
        return self.formula.removesuffix(printed) if self.formula.endswith(f" {printed}") else f"{self.formula} → "


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option of a rule: what it gives, and whether it is chosen this year or was last year."""

    label: str
    points: Fraction
    is_chosen: bool
    was_chosen: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """The rule in words and as a picture or a list of options; ``is_assumed``: no paper states it."""

    words: str
    clause: str
    is_assumed: bool
    ladder: Ladder | None
    options: Sequence[OptionLine]


def rule_view(sheet: ScoreSheet, frozen: FrozenSet, code: str, values: Mapping[Key, str]) -> RuleView | None:
    """The rule of an item; None for one without."""
    rule, data = frozen.items[code].rule, frozen.items[code].node.rule
    if rule is None or data is None or rule.kind == "given":
        return None
    places = [_placed(sheet, frozen, code, values, by) for by in (0, 1)]
    options: list[OptionLine] = []
    if isinstance(rule, Option):
        measure, labels = rule.of.measure, frozen.criteria_set.measures[rule.of.measure].choices
        now, before = values.get((measure, frozen.year)), values.get((measure, frozen.year - 1))
        options = [
            OptionLine(labels.get(key, key), amount.points, key == now, key == before) for key, amount in rule.options
        ]
    return RuleView(
        rule_words(rule, frozen.criteria_set.measures),
        data.clause,
        data.assumed,
        ladder(rule, [one for one in places if one is not None], frozen.year),
        options,
    )


def is_shown_placed(rule: Rule) -> bool:
    """Whether :func:`rule_view` may show where figures stand on ``rule``."""
    return isinstance(rule, Option) or is_line(rule)


def _placed(sheet: ScoreSheet, frozen: FrozenSet, code: str, values: Mapping[Key, str], by: int) -> Placed | None:
    """Where the figures of ``by`` years ago stand on this year's rule."""
    moved = {(measure, year + by): value for (measure, year), value in values.items()} if by else values
    trace = trace_of(frozen, code, reading_of(sheet, frozen, moved))
    if trace is None or trace.points is None or len(trace.quantities) != 1:
        return None
    quantity = trace.quantities[0].value
    return None if quantity is None else Placed(frozen.year - by, quantity, trace.points)


def computed(frozen: FrozenSet, entry: Entry, reading: Reading) -> Computed | None:
    """The calculation of an item with a rule; None for one without."""
    trace = trace_of(frozen, entry.item_code, reading)
    if trace is None or trace.kind == "given":
        return None
    measures = frozen.criteria_set.measures
    points = exact_number(entry.rule_points) if entry.rule_points else None
    maximum = frozen.items[entry.item_code].max_points
    missing = None if points is None or points >= maximum else maximum - points
    why = conclusion(trace, measures) if points is None else ""
    is_missing = points is None and trace.branch == NoPoints.MISSING
    doubts = dict(_doubts(trace, frozen.year)) if points is None else {}
    to_maximum = _to_maximum(frozen, entry.item_code, reading.figures, points) if missing is not None else None
    return Computed(formula_text(trace, measures), why, is_missing, doubts, points, missing, to_maximum)


def _doubts(trace: RuleTrace, year: int) -> Iterator[tuple[str, tuple[Fraction, Fraction]]]:
    """The figures of ``year`` that end a sum above the line which is more than the whole, and may not be."""
    for quantity in trace.quantities:
        above, below = quantity.numerator, quantity.denominator
        typed = [term.measure for term in quantity.of if term.measure and term.year == year]
        if quantity.reason in _BEYOND and typed and above is not None and below is not None and above > below:
            yield typed[-1], (above, below)
    for child in trace.children:
        yield from _doubts(child, year)


def _to_maximum(frozen: FrozenSet, code: str, figures: Figures, points: Fraction | None) -> ToMaximum | None:
    rule, measures = frozen.items[code].rule, frozen.criteria_set.measures
    raised = None if rule is None else raised_to_maximum(rule, figures, points, measures)
    return None if raised is None else ToMaximum(measures[raised.measure], raised.value, raised.more)
