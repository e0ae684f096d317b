"""The claim of one item as the council reads it: figures beside those from elsewhere, the rule, the calculation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.figures import Key, values_of
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, ExternalFigure, Question, ScoreSheet
from parindex.database.queries.appraisals import GivenByAgency, GivenBySurvey, given_by_agency, given_by_survey
from parindex.domain.criteria.criteria_set import SURVEYED, Measure, MeasureKind, Node, Source
from parindex.domain.values import exact_number
from parindex.usecases.external_figures import external_points, standing_externals
from parindex.usecases.line_verdicts import JudgedLine, judged_lists, points_of_accepted
from parindex.usecases.sheet_scoring import reading_of
from parindex.web.received_bundles.origins import OriginView
from parindex.web.score_sheets.measure_rows import figures_of_item, origins_of_item
from parindex.web.score_sheets.rule_view import Computed, computed
from parindex.wording import numbers
from parindex.wording.rule_words import rule_words


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what the unit reports, what it reported last year, what others say, of which the last counts."""

    measure: Measure
    value: str
    earlier: str
    externals: Sequence[ExternalFigure]
    others: tuple[str, ...]
    origin: OriginView | None = None

    @property
    def external(self) -> ExternalFigure | None:
        """What counts of what other sources say."""
        return self.externals[-1] if self.externals else None

    @property
    def differs(self) -> bool:
        """Whether the other source says something else than the unit."""
        return self.external is not None and self.external.value != self.value

    def shown(self, value: str) -> str:
        """A value as printed; a choice by its label."""
        return shown_value(self.measure, value)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What is claimed: ``points`` by the unit, or ``given`` by the agency that gives the points, with their source.
    ``signed``: the unit is answering a question, so this is what stood when it was asked. ``beside_agency``: what the
    unit claimed of an item whose points an agency gives. ``surveyed``: what a survey gives.
    """

    node: Node
    points: str
    rule_points: str
    most: Fraction
    explanation: str
    kept_warning: str
    rows: Sequence[FigureRow]
    lines: Sequence[JudgedLine]
    rule: str
    clause: str
    is_assumed: bool
    computed: Computed | None
    by_external: Fraction | None
    by_accepted: Fraction | None
    signed: bool
    beside_agency: str = ""
    given: GivenByAgency | None = None
    surveyed: GivenBySurvey | None = None

    @property
    def externals(self) -> list[ExternalFigure]:
        """The figures from elsewhere that stand."""
        return [one for row in self.rows for one in row.externals]

    @property
    def has_several(self) -> bool:
        """Whether several other sources say something of one figure."""
        return any(len(row.externals) > 1 for row in self.rows)

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
    def by_survey(self) -> bool:
        """Whether a survey gives the points, and nobody claims any."""
        return self.node.source in SURVEYED

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

    Two queries: figures, and those from elsewhere; two more where a list is among the figures; one more where an agency
    or a survey gives the points, and one where a figure was taken of a signed bundle.
    """
    item, measures = frozen.items[entry.item_code], frozen.criteria_set.measures
    figures = figures_of_item(sheet.unit_id, frozen, entry.item_code)
    stored = values_of(figures.values())
    signed = signed_claim(asked, frozen.year)
    values = stored
    if signed is not None:  # a figure that was not there then is a draft
        drafts = {(one, frozen.year) for one in frozen.measures_of[entry.item_code]}
        values = {key: value for key, value in stored.items() if key not in drafts} | dict(signed.figures)
    external = standing_externals(entry) if item.rule else {}
    shown = frozen.measures_of[entry.item_code]
    origins = origins_of_item(frozen, entry.item_code, figures, values)
    entry.sheet = sheet
    counted = {key: some[-1] for key, some in external.items()}
    by_external = external_points(entry, counted) if signed is None else None
    lists = judged_lists(entry) if signed is None else ()
    accepted = points_of_accepted(entry, lists)
    by_agency = item.node.source is Source.EXTERNAL
    given = given_by_agency(entry.pk) if by_agency else None
    return ClaimView(
        item.node,
        _points(entry, signed, given, by_agency=by_agency),
        "" if signed else entry.rule_points,
        item.max_points,
        signed.explanation if signed else entry.explanation,
        "" if signed else entry.kept_warning,
        [_row(frozen, entry.item_code, one, values, external, origins.get(one)) for one in shown],
        [line for made in lists for line in made.lines],
        rule_words(item.rule, measures) if item.rule is not None and item.rule.kind != "given" else "",
        item.node.rule.clause if item.node.rule else "",
        bool(item.node.rule and item.node.rule.assumed),
        None if signed else computed(frozen, entry, reading_of(sheet, frozen, values)),
        by_external.points if by_external is not None else None,
        accepted.points if accepted is not None else None,
        bool(signed),
        entry.self_points if by_agency else "",
        given,
        given_by_survey(entry.pk) if item.node.source in SURVEYED else None,
    )


def _points(entry: Entry, signed: SignedClaim | None, given: GivenByAgency | None, *, by_agency: bool) -> str:
    """What is accepted where no level below has granted anything; nobody answers for what an agency gives."""
    if by_agency:
        return given.points if given else ""
    return signed.points if signed else entry.points


def _row(
    frozen: FrozenSet,
    code: str,
    measure: str,
    values: Mapping[Key, str],
    external: Mapping[Key, Sequence[ExternalFigure]],
    origin: OriginView | None,
) -> FigureRow:
    return FigureRow(
        frozen.criteria_set.measures[measure],
        values.get((measure, frozen.year), ""),
        values.get((measure, frozen.year - 1), ""),
        external.get((measure, frozen.year), ()),
        tuple(other for other in frozen.items_of[measure] if other != code),
        origin,
    )


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
