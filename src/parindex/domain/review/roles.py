"""Roles, and the person who acts: which roles where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parindex.domain.units.paths import is_within


class Role(StrEnum):
    """What a person may be asked to do; a person may have several roles, each at a unit."""

    ADMINISTRATOR = "administrator"
    STANDING_OFFICE = "standing_office"
    UNIT_OFFICER = "unit_officer"
    UNIT_LEADER = "unit_leader"
    APPRAISER = "appraiser"
    CHAIR = "chair"
    SECRETARY = "secretary"
    SURVEY_STAFF = "survey_staff"
    AUDITOR = "auditor"


#: The roles that sit on a council; they may be held for one cycle only.
COUNCIL = frozenset({Role.CHAIR, Role.SECRETARY, Role.APPRAISER})


#: The roles with which one enters or signs for a unit.
UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one unit: ``path`` names the unit in the tree, ``subtree`` extends the role to all units below.

    ``cycle`` limits the role to one cycle; None: every cycle but those in ``closed``, whose council has others in this
    role: once a council is composed, only its composition counts. ``stands_in``: it holds there because the unit where
    it was given has taken the place of that one (:mod:`parindex.domain.review.ended_units`).
    """

    role: Role
    path: str
    subtree: bool = False
    cycle: int | None = None
    stands_in: bool = False
    closed: frozenset[int] = frozenset()

    def reaches(self, path: str) -> bool:
        """Whether the role holds at the unit at ``path``."""
        return is_within(path, self.path) if self.subtree else path == self.path

    def counts_in(self, cycle: int | None) -> bool:
        """Whether the role holds in a cycle; None: where no cycle is asked about."""
        return self.cycle in (None, cycle) and cycle not in self.closed


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts: ``path`` is the unit that employs them, ``follows`` those whose place it has taken."""

    id: int
    name: str
    path: str
    grants: tuple[Grant, ...] = ()
    follows: tuple[str, ...] = ()

    def belongs_to(self, path: str) -> bool:
        """Whether this person is employed by the unit at ``path``, below it, or by one that has taken its place."""
        return any(is_within(one, path) for one in (self.path, *self.follows))

    def stands_in(self, path: str) -> bool:
        """Whether this person works for the unit at ``path`` because it has ended and theirs has taken its place."""
        return any(grant.stands_in and grant.path == path for grant in self.grants)

    def has(self, role: Role, path: str, *, cycle: int | None = None) -> bool:
        """Whether this person holds ``role`` at the unit at ``path`` (in ``cycle``, where the role is limited)."""
        return any(grant.role is role and grant.reaches(path) and grant.counts_in(cycle) for grant in self.grants)

    def role_at(self, path: str, *roles: Role, cycle: int | None = None) -> Role | None:
        """The first of ``roles`` that this person holds at ``path``; None where they hold none."""
        return next((role for role in roles if self.has(role, path, cycle=cycle)), None)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant in self.grants)
