"""A council before an item that counts the lines of a list."""

from __future__ import annotations

from pathlib import Path

from parindex.database.models import CycleGroup, Figure, FigureLine
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import SMALL_SET, frozen_version


def list_world(folder: Path) -> AppraisalWorld:
    """Item 1.2 counts the lines of a list, three of four; each line is worth half a point."""
    made = appraisal_world()
    text = SMALL_SET.read_text(encoding="utf-8").replace("id: small-set", "id: list-set")
    text = text.replace("areas:\n", "  ideas: {title: Sáng kiến, kind: list}\nareas:\n")
    rule = "max_points: 2, source: report, rule: {kind: count, of: ideas, each: 0.5}}"
    path = folder / "list.yaml"
    path.write_text(text.replace("title: Sáng kiến, max_points: 2, source: report}", f"title: Sáng kiến, {rule}"))
    version = frozen_version(made.made.province, made.people["standing_office"], path)
    CycleGroup.objects.filter(cycle=made.made.cycle).update(set_version=version)
    figure = Figure.objects.create(unit=made.sheet.unit, measure="ideas", year=2025, value="3")
    for position in range(4):
        FigureLine.objects.create(
            figure=figure, position=position, title=f"Sáng kiến {position}", accepted=position < 3
        )
    return made
