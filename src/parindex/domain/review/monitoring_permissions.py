"""Who keeps the register of the year: who leads what is observed, and the standing office of an owner."""

from __future__ import annotations

from dataclasses import dataclass, field

from parindex.domain.review.permissions import works_for
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import COUNCIL, Actor, Role
from parindex.domain.units.paths import is_within

_READERS = (Role.STANDING_OFFICE, *sorted(COUNCIL))


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A finding as rights see it: paths of the owner, of the unit that it is about, and of the one that recorded it;
    ``author``: the account.
    """

    owner: str
    unit: str
    recorded_by: str
    author: int = 0


@dataclass(frozen=True, slots=True)
class Leads:
    """Who leads an item in a year, or any item for a whole unit: paths of units, and accounts on the council."""

    units: frozenset[str] = field(default_factory=frozenset)
    members: frozenset[int] = field(default_factory=frozenset)

    def has(self, actor: Actor) -> bool:
        """Whether somebody leads, or works for a unit that does."""
        return actor.id in self.members or any(works_for(actor, one) for one in self.units)


def check_can_record_note(actor: Actor, owner: str, unit: str, leads: Leads) -> None:
    """Findings are recorded by the standing office of the owner and by who leads the item, on any unit of the owner but
    the own one.
    """
    if not is_within(unit, owner):
        raise Refusal("note_outside_owner")
    if unit != owner and (works_for(actor, unit) or actor.belongs_to(unit)):
        raise Refusal("note_on_own_unit")
    if not (actor.has(Role.STANDING_OFFICE, owner) or leads.has(actor)):
        raise Refusal("notes_by_lead_units")


def check_can_change_note(actor: Actor, note: NoteFacts) -> None:
    """What was remedied, and that a finding was recorded by mistake, is said by who recorded it or the office."""
    if not (actor.has(Role.STANDING_OFFICE, note.owner) or _is_of(actor, note)):
        raise Refusal("note_of_others")


def check_can_read_note(actor: Actor, note: NoteFacts) -> None:
    """A finding is read by office, council and auditors of the owner, by who recorded it and by whom it is about."""
    if works_for(actor, note.unit) or _is_of(actor, note):
        return
    if actor.role_at(note.owner, *_READERS) is None and not actor.has(Role.AUDITOR, note.owner):
        raise Refusal("note_of_others")


def _is_of(actor: Actor, note: NoteFacts) -> bool:
    """Whether somebody recorded a finding, or works for the unit that did."""
    return actor.id == note.author or works_for(actor, note.recorded_by)
