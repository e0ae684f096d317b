"""One item over all units of a group: claims, figures, flags, how each stands, what was granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup, Figure, ScoreSheet
from parindex.database.queries.appraisal_pages import flags_on_item, queue_of_item
from parindex.database.queries.councils import council_table
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.criteria.criteria_set import Measure, Node, Source
from parindex.domain.review.appraisal_permissions import check_can_see_appraisal
from parindex.usecases.actors import Session
from parindex.web.appraisals.claim_view import shown_value
from parindex.web.appraisals.plans import Plans
from parindex.web.appraisals.queue import Queue, QueueLine, open_flags, queue_of
from parindex.web.appraisals.reader import Reader
from parindex.web.appraisals.sheet_page import is_plain
from parindex.web.evidence.pages import Pages
from parindex.web.score_sheets.tree import title_of
from parindex.wording.rule_words import rule_words


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The item of one unit: its line of the queue and its figures as printed, by measure."""

    line: QueueLine
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """One item over all units, a hundred at a time."""

    group: CycleGroup
    code: str
    node: Node
    rule: str
    measures: Sequence[Measure]
    rows: Sequence[UnitRow]
    queue: Queue
    pages: Pages
    acceptable: int

    @property
    def title(self) -> str:
        """The title of the item."""
        return title_of(self.node)

    @property
    def by_agency(self) -> bool:
        """Whether another agency gives the points, not the units."""
        return self.node.source is Source.EXTERNAL

    @property
    def first(self) -> QueueLine | None:
        """The first unit whose claim waits for the reader."""
        return next((one for one in self.queue.lines if one.waits), None)


def units_page(session: Session, group: int, code: str, asked: str, page: int) -> UnitsPage | None:
    """The page of an item over a group; None where there is no such item. Raises the refusal to who may not see it."""
    rows = CycleGroup.objects.filter(pk=group).select_related("cycle", "set_version")
    found = rows.defer("set_version__content", "set_version__reading").first()
    if found is None:
        return None
    cycle = cycle_facts(found.cycle, found.cycle.owner_path)
    check_can_see_appraisal(session.actor, cycle)
    frozen = frozen_set(found.set_version)
    if code not in frozen.items:
        return None
    reader = Reader.of(session, cycle, council_table(found.cycle_id))
    flags = open_flags(flags_on_item(group=group, code=code))
    plans = Plans(reader, frozen)
    queue = queue_of(
        reader, queue_of_item(group, code, session.user.pk), flags, frozen, plans.of, asked=asked or "all", by_item=True
    )
    pages = Pages.of(len(queue.lines), page)
    shown = queue.lines[pages.start : pages.end]
    item = frozen.items[code]
    measures = [frozen.criteria_set.measures[one] for one in frozen.measures_of[code]]
    has_rule = item.rule is not None and item.rule.kind != "given"
    return UnitsPage(
        found, code, item.node, rule_words(item.rule, frozen.criteria_set.measures) if has_rule and item.rule else "",
        measures, _rows(shown, frozen, measures), queue, pages, sum(is_plain(one) for one in queue.lines),
    )  # fmt: skip


def _rows(shown: Sequence[QueueLine], frozen: FrozenSet, measures: Sequence[Measure]) -> list[UnitRow]:
    """One query for the units, and one for their figures where the rule reads any."""
    if not measures:
        return [UnitRow(one, {}) for one in shown]
    units = dict(ScoreSheet.objects.filter(pk__in=[one.row.sheet for one in shown]).values_list("pk", "unit_id"))
    known = {one.id: one for one in measures}
    values: dict[int, dict[str, str]] = {}
    stored = Figure.objects.filter(unit__in=units.values(), measure__in=known, year=frozen.year)
    for unit, measure, value in stored.values_list("unit_id", "measure", "value"):
        values.setdefault(unit, {})[measure] = shown_value(known[measure], value)
    return [UnitRow(one, values.get(units.get(one.row.sheet, 0), {})) for one in shown]
