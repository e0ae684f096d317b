"""Reading score sheets: each function says how many queries it makes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, OuterRef, QuerySet, Subquery

from parindex.database.mapping.figures import Key, values_of
from parindex.database.models import Cycle, Entry, Figure, Phase, ScoreSheet, SheetPart
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.permissions import CycleFacts, PartFacts, SheetFacts
from parindex.domain.review.stages import CycleState, SheetState


def sheets() -> QuerySet[ScoreSheet]:
    """Sheets with what their pages need beside them, in one query."""
    ends = Phase.objects.filter(cycle=OuterRef("cycle_id"), kind=PhaseKind.SELF_SCORING, ends_at__isnull=False)
    return (
        ScoreSheet.objects.select_related("cycle", "group", "group__set_version")
        .defer("group__set_version__content")
        .annotate(phase_ends=Subquery(ends.order_by("-ends_at").values("ends_at")[:1]))
    )


def deadline_of(sheet: ScoreSheet) -> datetime | None:
    """The last moment of writing for this unit: its extension, else the end of self-scoring."""
    ends = getattr(sheet, "phase_ends", None)
    if ends is None and not hasattr(sheet, "phase_ends"):
        ends = Phase.objects.filter(cycle=sheet.cycle_id, kind=PhaseKind.SELF_SCORING).aggregate(Max("ends_at"))[
            "ends_at__max"
        ]
    return sheet.extended_until or ends


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
    )


def part_facts(part: SheetPart, sheet: ScoreSheet, parts: Collection[SheetPart] = ()) -> PartFacts:
    """A part as rights see it."""
    return PartFacts(part.pk, sheet_facts(sheet, parts or (part,)), part.lead_path, SheetState(part.state))


def figures_of(unit: int, years: Collection[int]) -> dict[Key, Figure]:
    """The figures of a unit in some years, one query."""
    return {(one.measure, one.year): one for one in Figure.objects.filter(unit=unit, year__in=years)}


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
