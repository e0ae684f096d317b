"""Who may do what with bundles that came from another level: as in :mod:`parindex.domain.review.permissions`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from parindex.domain.review.permissions import (
    PartFacts,
    SheetFacts,
    check_can_read_sheet,
    check_part_is_open,
    works_for,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Role


def check_can_receive(actor: Actor, keeper: str) -> None:
    """Bundles are received by the officers and leaders of a unit for its own sheet, and by the standing office of one
    that runs cycles; ``keeper`` is the path of that unit.
    """
    if not (works_for(actor, keeper) or actor.has(Role.STANDING_OFFICE, keeper)):
        raise Refusal("bundle_of_other_unit")


def check_can_read_received(
    actor: Actor, keeper: str, sheets: Collection[SheetFacts] = (), offices: Collection[str] = ()
) -> None:
    """A bundle is read by who may receive it, by auditors, by the standing offices that decide on its key (``offices``:
    their paths), and by whoever reads a sheet that took figures from it.
    """
    if refusal(check_can_receive, actor, keeper) is None or actor.has(Role.AUDITOR, keeper):
        return
    if any(actor.has(Role.STANDING_OFFICE, one) for one in offices):
        return
    if not any(refusal(check_can_read_sheet, actor, sheet) is None for sheet in sheets):
        raise Refusal("bundle_of_other_unit")


def check_can_trust_keys(actor: Actor, keeper: str) -> None:
    """Whose signature counts for a unit is decided by its standing office."""
    if not actor.has(Role.STANDING_OFFICE, keeper):
        raise Refusal("keys_by_standing_office")


def check_can_take(actor: Actor, part: PartFacts, now: datetime) -> None:
    """Figures of a bundle go into an open part of a sheet: by those who enter it, and by the standing office of the
    cycle, because the signature says whose they are.
    """
    runs = actor.has(Role.STANDING_OFFICE, part.sheet.cycle.owner, cycle=part.sheet.cycle.id)
    if not (runs or works_for(actor, part.lead)):
        takes_part = any(works_for(actor, place) for place in (part.sheet.unit, *part.sheet.leads))
        raise Refusal("part_of_other_unit" if takes_part else "entered_by_unit")
    check_part_is_open(part, now)
