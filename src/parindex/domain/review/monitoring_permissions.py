"""Who keeps the register of the year: lead units and the standing office of an owner."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.domain.review.permissions import works_for
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import COUNCIL, Actor, Role, is_within

_READERS = (Role.STANDING_OFFICE, *sorted(COUNCIL))


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A finding as rights see it: paths of the owner, of the unit that it is about, and of the one that recorded it."""

    owner: str
    unit: str
    recorded_by: str


def leads_below(actor: Actor, owner: str) -> bool:
    """Whether somebody works for a unit below an owner."""
    return any(
        is_within(grant.path, owner) and grant.path != owner and works_for(actor, grant.path) for grant in actor.grants
    )


def check_can_record_note(actor: Actor, owner: str, unit: str) -> None:
    """Findings are recorded by the standing office of the owner and by who works for a unit below it, on any unit of
    the owner but the own one.
    """
    if not (actor.has(Role.STANDING_OFFICE, owner) or leads_below(actor, owner)):
        raise Refusal("notes_by_lead_units")
    if not is_within(unit, owner):
        raise Refusal("note_outside_owner")
    if unit != owner and works_for(actor, unit):
        raise Refusal("note_on_own_unit")


def check_can_change_note(actor: Actor, note: NoteFacts) -> None:
    """What was remedied, and that a finding was recorded by mistake, is said by who recorded it or the office."""
    if not (actor.has(Role.STANDING_OFFICE, note.owner) or works_for(actor, note.recorded_by)):
        raise Refusal("note_of_others")


def check_can_read_note(actor: Actor, note: NoteFacts) -> None:
    """A finding is read by office, council and auditors of the owner, by who recorded it and by whom it is about."""
    if any(works_for(actor, place) for place in (note.unit, note.recorded_by)):
        return
    if actor.role_at(note.owner, *_READERS) is None and not actor.has(Role.AUDITOR, note.owner):
        raise Refusal("note_of_others")
