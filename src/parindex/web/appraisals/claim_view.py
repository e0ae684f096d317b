"""The claim of one item as the council reads it: figures beside those from elsewhere, the rule, the calculation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.figures import Key, values_of
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, ExternalFigure, FigureLine, LineVerdict, Question, ScoreSheet
from parindex.database.queries.appraisal_pages import external_figures_of, line_verdicts_on, list_lines
from parindex.domain.criteria.criteria_set import Measure, MeasureKind, Node, Source
from parindex.domain.values import exact_number
from parindex.usecases.external_figures import points_with
from parindex.usecases.sheet_scoring import reading_of
from parindex.web.score_sheets.measure_rows import figures_of_item
from parindex.web.score_sheets.rule_view import Computed, computed
from parindex.wording import numbers
from parindex.wording.rule_words import rule_words


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what the unit reports, what it reported last year, what another source says."""

    measure: Measure
    value: str
    earlier: str
    external: ExternalFigure | None
    others: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the other source says something else than the unit."""
        return self.external is not None and self.external.value != self.value

    def shown(self, value: str) -> str:
        """A value as printed; a choice by its label."""
        return shown_value(self.measure, value)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a list (an initiative, a model): the unit counts it, and what the council said of it last."""

    line: FigureLine
    measure: Measure
    verdict: LineVerdict | None

    @property
    def is_refused(self) -> bool:
        """Whether the council refused it last."""
        return self.verdict is not None and not self.verdict.accepted


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What the unit claims. ``signed``: it is answering a question, so this is what stood when it was asked."""

    node: Node
    points: str
    rule_points: str
    most: Fraction
    explanation: str
    kept_warning: str
    rows: Sequence[FigureRow]
    lines: Sequence[LineRow]
    rule: str
    clause: str
    is_assumed: bool
    computed: Computed | None
    by_external: Fraction | None
    by_accepted: Fraction | None
    signed: bool

    @property
    def externals(self) -> list[ExternalFigure]:
        """The figures from elsewhere that count."""
        return [row.external for row in self.rows if row.external is not None]

    @property
    def source(self) -> str:
        """The one source of all figures from elsewhere; "" where there are several or none."""
        names = {one.source for one in self.externals}
        return names.pop() if len(names) == 1 else ""

    @property
    def by_agency(self) -> bool:
        """Whether another agency gives the points, not the unit."""
        return self.node.source is Source.EXTERNAL

    @property
    def shows_earlier(self) -> bool:
        """Whether last year's figures are known."""
        return any(row.earlier for row in self.rows)


def shown_value(measure: Measure, value: str) -> str:
    """A stored figure as printed; "" for none."""
    if not value:
        return ""
    if measure.kind is MeasureKind.CHOICE:
        return measure.choices.get(value, value)
    return numbers.exact_figure(exact_number(value))


def claim_view(sheet: ScoreSheet, frozen: FrozenSet, entry: Entry, asked: Question | None) -> ClaimView:
    """The claim; ``asked``: the question that the unit is answering, where its drafts must not be read.

    Two queries: figures, and those from elsewhere; two more where a list is among the figures.
    """
    item, measures = frozen.items[entry.item_code], frozen.criteria_set.measures
    stored = values_of(figures_of_item(sheet.unit_id, frozen, entry.item_code).values())
    signed = signed_claim(asked, frozen.year)
    values = stored
    if signed is not None:  # a figure that was not there then is a draft
        drafts = {(one, frozen.year) for one in frozen.measures_of[entry.item_code]}
        values = {key: value for key, value in stored.items() if key not in drafts} | dict(signed.figures)
    external = {(one.measure, one.year): one for one in external_figures_of(entry=entry.pk)} if item.rule else {}
    shown = frozen.measures_of[entry.item_code]
    entry.sheet = sheet
    others = {key: one.value for key, one in external.items()} if signed is None else {}
    by_external = points_with(entry, others) if others else None
    lines = [] if signed else _lines(sheet, frozen, entry, shown)
    refused = {one.measure.id for one in lines if one.is_refused}
    accepted = None
    if refused:
        counted = {one: sum(not line.is_refused for line in lines if line.measure.id == one) for one in refused}
        accepted = points_with(entry, {(one, frozen.year): str(number) for one, number in counted.items()})
    return ClaimView(
        item.node,
        signed.points if signed else entry.points,
        "" if signed else entry.rule_points,
        item.max_points,
        signed.explanation if signed else entry.explanation,
        "" if signed else entry.kept_warning,
        [_row(frozen, entry.item_code, one, values, external) for one in shown],
        lines,
        rule_words(item.rule, measures) if item.rule is not None and item.rule.kind != "given" else "",
        item.node.rule.clause if item.node.rule else "",
        bool(item.node.rule and item.node.rule.assumed),
        None if signed else computed(frozen, entry, reading_of(sheet, frozen, values)),
        by_external.points if by_external is not None else None,
        accepted.points if accepted is not None else None,
        bool(signed),
    )


def _row(
    frozen: FrozenSet, code: str, measure: str, values: Mapping[Key, str], external: Mapping[Key, ExternalFigure]
) -> FigureRow:
    return FigureRow(
        frozen.criteria_set.measures[measure],
        values.get((measure, frozen.year), ""),
        values.get((measure, frozen.year - 1), ""),
        external.get((measure, frozen.year)),
        tuple(other for other in frozen.items_of[measure] if other != code),
    )


def _lines(sheet: ScoreSheet, frozen: FrozenSet, entry: Entry, shown: Sequence[str]) -> list[LineRow]:
    measures = frozen.criteria_set.measures
    lists = [one for one in shown if measures[one].kind is MeasureKind.LIST]
    if not lists:
        return []
    said = {one.line_id: one for one in line_verdicts_on(entry=entry.pk)}
    rows = list_lines(unit=sheet.unit_id, measures=sorted(lists), year=frozen.year)
    return [LineRow(one, measures[one.figure.measure], said.get(one.pk)) for one in rows if one.accepted]


@dataclass(frozen=True, slots=True)
class SignedClaim:
    """What stood in a claim when the council asked; ``evidence``: the attachments that were there."""

    points: str
    explanation: str
    figures: Mapping[Key, str]
    evidence: frozenset[int] = frozenset()


def signed_claim(asked: Question | None, year: int) -> SignedClaim | None:
    """What a question keeps of the claim that it was asked about, in the cycle of ``year``."""
    if asked is None or not asked.before:
        return None
    kept = json.loads(asked.before)
    figures = {(measure, year): value for measure, value in kept["figures"].items()}
    return SignedClaim(kept["points"], kept["explanation"], figures, frozenset(kept["evidence"]))
