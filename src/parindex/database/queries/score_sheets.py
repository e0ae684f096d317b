"""Reading score sheets: each function says how many queries it makes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from parindex.database.mapping.figures import Key, values_of
from parindex.database.models import Cycle, Entry, Figure, Phase, ScoreSheet, SheetPart
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.prepared import prepared
from parindex.domain.review.permissions import CycleFacts, PartFacts, SheetFacts
from parindex.domain.review.stages import CycleState, SheetState


def sheets() -> QuerySet[ScoreSheet]:
    """Sheets with what their pages need beside them, in one query."""
    phases = Phase.objects.filter(cycle=OuterRef("cycle_id"), kind=PhaseKind.SELF_SCORING)
    ends = phases.filter(ends_at__isnull=False).order_by("-ends_at").values("ends_at")
    starts = phases.order_by(F("starts_at").asc(nulls_first=True)).values("starts_at")
    return (
        ScoreSheet.objects.select_related("cycle", "group", "group__set_version")
        .defer("group__set_version__content", "group__set_version__reading")
        .annotate(phase_ends=Subquery(ends[:1]), phase_starts=Subquery(starts[:1]))
    )


def deadline_of(sheet: ScoreSheet) -> datetime | None:
    """The last moment of writing for this unit: its extension, else the end of self-scoring.

    What the council has asked is answered until then, or until a later extension.
    """
    if sheet.answer_until is not None:
        return max(sheet.answer_until, sheet.extended_until or sheet.answer_until)
    ends = getattr(sheet, "phase_ends", None)
    if ends is None and not hasattr(sheet, "phase_ends"):
        ends = Phase.objects.filter(cycle=sheet.cycle_id, kind=PhaseKind.SELF_SCORING).aggregate(Max("ends_at"))[
            "ends_at__max"
        ]
    return sheet.extended_until or ends


def starts_of(sheet: ScoreSheet) -> datetime | None:
    """When self-scoring begins; None where a phase of it has no first day: then with the cycle."""
    if hasattr(sheet, "phase_starts"):
        return cast("datetime | None", sheet.phase_starts)
    phases = Phase.objects.filter(cycle=sheet.cycle_id, kind=PhaseKind.SELF_SCORING)
    starts = phases.order_by(F("starts_at").asc(nulls_first=True)).values_list("starts_at", flat=True)
    return starts.first()


def year_of(sheet: ScoreSheet) -> int:
    """The year of a sheet is that of its set: its figures are of that year. No set is frozen without one."""
    return sheet.group.set_version.year or 0


def cycle_facts(cycle: Cycle, owner_path: str) -> CycleFacts:
    """A cycle as rights see it."""
    return CycleFacts(cycle.pk, owner_path, CycleState(cycle.state))


def sheet_facts(sheet: ScoreSheet, parts: Collection[SheetPart] = ()) -> SheetFacts:
    """A sheet as rights see it; ``parts``: those of the sheet, where their lead units matter."""
    return SheetFacts(
        sheet.pk,
        cycle_facts(sheet.cycle, sheet.cycle.owner_path),
        sheet.unit_path,
        SheetState(sheet.state),
        deadline_of(sheet),
        tuple(part.lead_path for part in parts),
        any(part.returned_reason for part in parts),
        starts_of(sheet),
        sheet.answer_until is not None,
        sheet.extended_until is not None,
    )


def part_facts(part: SheetPart, sheet: ScoreSheet, parts: Collection[SheetPart] = ()) -> PartFacts:
    """A part as rights see it."""
    facts = sheet_facts(sheet, parts or (part,))
    return PartFacts(part.pk, facts, part.lead_path, SheetState(part.state), bool(part.returned_reason))


def figure_values(unit: int, measures: Collection[str]) -> dict[Key, str]:
    """Every year's values of some measures of a unit, one query."""
    return values_of(Figure.objects.filter(unit=unit, measure__in=measures))


def entries_of(sheet: ScoreSheet) -> list[Entry]:
    """All entries of a sheet with their parts, in reading order, two queries; entries of a part share its object."""
    parts = {part.pk: part for part in SheetPart.objects.filter(sheet=sheet)}
    entries = list(Entry.objects.filter(sheet=sheet).order_by("position"))
    for entry in entries:
        entry.part = parts[entry.part_id]
    return entries


class EntryLine(NamedTuple):
    """What the tree of a sheet shows and counts of an entry."""

    item_code: str
    state: str
    points: str
    is_started: bool
    lacks_evidence: bool
    part_id: int
    assignee_id: int | None


def entry_lines(sheet: ScoreSheet) -> list[EntryLine]:
    """All entries of a sheet in reading order, as little of each as a tree needs; one query."""
    return [EntryLine._make(row) for row in _lines(sheet=sheet.pk)]


@prepared
def _lines(sheet: int) -> QuerySet[Entry, tuple[Any, ...]]:
    return Entry.objects.filter(sheet=sheet).order_by("position").values_list(*EntryLine._fields)


@prepared
def counted_columns(sheet: int) -> QuerySet[Entry, tuple[str, int, str, str, bool, bool]]:
    """Of all entries of a sheet in reading order: the item, the part, and what is counted."""
    rows = Entry.objects.filter(sheet=sheet).order_by("position")
    return rows.values_list("item_code", "part_id", "state", "points", "is_started", "lacks_evidence")


def parts_of(sheet: ScoreSheet, parts: Collection[int], known: SheetPart) -> dict[int, SheetPart]:
    """The parts of a sheet that have items, by key; one query where there are others beside the one that is known."""
    wanted = {*parts} - {known.pk}
    others = SheetPart.objects.filter(sheet=sheet, pk__in=wanted).order_by("pk") if wanted else ()
    return {known.pk: known} | {part.pk: part for part in others}
