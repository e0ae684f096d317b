"""An item whose points another agency gives, in a world that is under appraisal."""

from __future__ import annotations

from pathlib import Path

from parindex.database.models import CycleGroup, Entry
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.world import SMALL_SET, frozen_version


def give_to_agency(made: AppraisalWorld, folder: Path, *, claimed: str = "") -> None:
    """An agency gives the points of item 1.2, and has not yet; ``claimed``: what units claim for it all the same."""
    path = folder / "external.yaml"
    text = SMALL_SET.read_text(encoding="utf-8").replace("id: small-set", "id: external-set")
    by_unit, by_agency = (f"title: Sáng kiến, max_points: 2, source: {one}}}" for one in ("report", "external"))
    path.write_text(text.replace(by_unit, by_agency))
    version = frozen_version(made.made.province, made.people["standing_office"], path)
    CycleGroup.objects.filter(cycle=made.made.cycle).update(set_version=version)
    Entry.objects.filter(item_code="1.2").update(state="pending", points="", self_points=claimed)
