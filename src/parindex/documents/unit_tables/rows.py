"""One row of each table as plain values, and its cells by the names of the columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from parindex.domain.review.roles import Role
from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.endings import Version

#: What one cell says: text, a day, or the codes of several things.
Cell = str | date | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One version of a unit with the decision that made it, and the units that it followed by that decision.

    ``overlap`` is the reason why it and a predecessor both hold for a time, ``ending`` the decision by which the unit
    ended with this version. ``replaced`` are the predecessors that ended and whose place it has taken, ``parted`` those
    that gave it a part; of the others, which go on, nothing is said.
    """

    record: UnitRecord
    decision: Decision = field(default_factory=Decision)
    predecessors: tuple[str, ...] = ()
    overlap: str = ""
    ending: Decision = field(default_factory=Decision)
    replaced: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()

    @property
    def successions(self) -> tuple[Succession, ...]:
        """What the row says about predecessors."""
        return tuple(
            Succession(one, self.record.code, self.decision, self.overlap, self._said(one)) for one in self.predecessors
        )

    def _said(self, predecessor: str) -> bool | None:
        return True if predecessor in self.replaced else False if predecessor in self.parted else None

    def cells(self) -> dict[str, Cell]:
        """The row by columns."""
        record = self.record
        return {
            "code": record.code,
            "name": record.name,
            "short_name": record.short_name,
            "kind": record.kind,
            "parent": record.parent or "",
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
            "decision": self.decision.number,
            "decision_date": self.decision.date,
            "predecessors": self.predecessors,
            "replaced": self.replaced,
            "parted": self.parted,
            "overlap": self.overlap,
            "ending": self.ending.number,
            "ending_date": self.ending.date,
        }

    @property
    def version(self) -> Version:
        """The row as the rules of endings see it."""
        return Version(self.record, self.ending)


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One item of a sheet with the unit that leads it: ``unit`` is its code, ``lead`` how it is written."""

    item: str
    title: str
    unit: str
    lead: str

    def cells(self) -> dict[str, Cell]:
        """The row by columns."""
        return {"item": self.item, "title": self.title, "lead": self.lead}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One person with the unit that employs them and their roles there; ``position`` is the office they hold."""

    full_name: str
    email: str
    username: str
    unit: str
    roles: tuple[Role, ...]
    phone: str = ""
    position: str = ""

    def cells(self) -> dict[str, Cell]:
        """The row by columns."""
        return {
            "full_name": self.full_name,
            "email": self.email,
            "username": self.username,
            "unit": self.unit,
            "role": tuple(role.value for role in self.roles),
            "phone": self.phone,
            "position": self.position,
        }
