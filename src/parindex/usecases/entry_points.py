"""What follows from figures and rule for entries: points, branch, state, marks; and which items a unit enters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from parindex.database.mapping.figures import Key, values_of
from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Figure, ScoreSheet
from parindex.database.models.entries import EntryState
from parindex.database.queries.saving import held_figures, proved
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.scoring.rules.given import Given
from parindex.domain.scoring.usable import ItemPlan
from parindex.domain.values import exact_number, number_text
from parindex.usecases.sheet_scoring import ItemPoints, item_points


def rescored(
    sheet: ScoreSheet, frozen: FrozenSet, entries: Mapping[str, Entry], figures: Iterable[Figure] | None = None,
    shown: Collection[int] | None = None,
) -> dict[str, ItemPoints]:  # fmt: skip
    """The points of ``entries`` written into them (not saved). ``figures``: those that their rules read, if known;
    ``shown``: the entries that have evidence, if known.
    """
    if figures is None:
        figures = figures_read(sheet, frozen, entries)
    values = values_of(figures)
    scored = item_points(sheet, frozen, entries.values(), values, frozenset(entries))
    asked = [entry.pk for code, entry in entries.items() if frozen.items[code].node.evidence]
    if shown is None:
        shown = {entry for (entry,) in proved(entries=asked)} if asked else ()
    for code, found in scored.items():
        entry = entries[code]
        set_points(entry, found, is_touched=_is_touched(entry, frozen, values))
        entry.lacks_evidence = entry.pk in asked and entry.pk not in shown and found.points is not None
    return scored


def figures_read(sheet: ScoreSheet, frozen: FrozenSet, codes: Iterable[str]) -> list[Figure]:
    """The figures that the rules of some items read, of every year, held: at most one query."""
    measures = {measure for code in codes for measure in frozen.read_by[code]}
    return held_figures(unit=sheet.unit_id, measures=sorted(measures)) if measures else []


def set_points(entry: Entry, found: ItemPoints, *, is_touched: bool) -> None:
    """Keep with the entry what follows from figures and rule."""
    entry.points = "" if found.points is None else number_text(found.points)
    entry.rule_points = "" if found.rule_points is None else number_text(found.rule_points)
    entry.branch = found.branch
    if entry.state in (EntryState.UNANSWERED, EntryState.ANSWERED):
        entry.state = EntryState.ANSWERED if found.points is not None else EntryState.UNANSWERED
    entry.is_started = is_touched


def _is_touched(entry: Entry, frozen: FrozenSet, values: Mapping[Key, str]) -> bool:
    typed = any((measure, frozen.year) in values for measure in frozen.measures_of[entry.item_code])
    return bool(typed or entry.self_points or entry.explanation)


def takes_points(item: ItemPlan) -> bool:
    """Whether the unit types points itself, because no rule works them out."""
    return item.rule is None or item.rule.kind == Given.kind


def is_entered_by_hand(source: Source | None) -> bool:
    """Whether units enter an item; surveys and other agencies give the rest."""
    return source in (None, Source.REPORT)


def points_of(text: str) -> Fraction | None:
    """Exact points that are kept as text; None for ""."""
    return exact_number(text) if text else None
