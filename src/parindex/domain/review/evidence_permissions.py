"""Who may do what with evidence: as in :mod:`parindex.domain.review.permissions`, over plain facts."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.domain.review.permissions import SheetFacts, check_can_read_sheet, works_for
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """A document as rights see it: the unit that keeps it, the sheets that it proves something on, and those that it
    was taken off from.
    """

    unit: str
    sheets: tuple[SheetFacts, ...] = ()
    taken_off: tuple[SheetFacts, ...] = ()


def check_can_read_evidence(actor: Actor, document: EvidenceFacts) -> None:
    """A document is read by its unit and its auditors, and by whoever reads a sheet that it proves something on.

    Who runs the cycle also reads what was taken off; the council does not.
    """
    if works_for(actor, document.unit) or actor.has(Role.AUDITOR, document.unit):
        return
    if any(_reads(actor, sheet) for sheet in document.sheets):
        return
    if not any(
        actor.has(Role.STANDING_OFFICE, sheet.cycle.owner, cycle=sheet.cycle.id)
        or actor.has(Role.AUDITOR, sheet.cycle.owner)
        for sheet in document.taken_off
    ):
        raise Refusal("evidence_of_other_unit")


def _reads(actor: Actor, sheet: SheetFacts) -> bool:
    try:
        check_can_read_sheet(actor, sheet)
    except Refusal:
        return False
    return True


def check_can_keep_evidence(actor: Actor, unit: str) -> None:
    """What is said of a document, and its versions, are kept by officers and leaders of its unit."""
    if not works_for(actor, unit):
        raise Refusal("evidence_of_other_unit")
