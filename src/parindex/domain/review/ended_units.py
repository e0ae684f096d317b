"""Whose work it is when a unit has ended: which roles hold today, at which units.

A merger, a division or a closing in the middle of a cycle leaves sheets, parts and documents of a unit that is no
longer there. They stay with the cycle under the name that they had when it was opened, and are worked on like this:

* Who works for a unit that **has taken the place** of the one that ended (by the decision of the succession, through
  any number of mergers; each successor where a unit was divided) holds the same role there, too: enters, signs,
  withdraws, answers, reads and keeps its documents. The people of the unit that ended do not: they belong to the
  successor from then on, and two leaders who sign for one sheet would contradict each other.
* **Without a successor** nobody else answers for what the unit did. So its own people keep what was theirs until the
  last cycle is over in which it has something; afterwards nothing is left to do there. Where the work is to go to
  somebody else, that unit is recorded as successor, whenever that is decided.
* A role for **one cycle** is a mandate (a seat on its council), and **administrators** serve the installation: both
  stay with who holds them, whatever becomes of the unit.

A role of councils that is held in general counts in no cycle whose council has others in it; that goes with the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parindex.domain.review.roles import Grant, Role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role as it was given; ``path`` is where its unit stands today, None where it does not hold; ``closed`` as in
    :class:`~parindex.domain.review.roles.Grant`.
    """

    unit: int
    role: Role
    path: str | None
    subtree: bool = False
    cycle: int | None = None
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Endings:
    """What is known of units that have ended: by unit.

    ``last`` where each stood last; ``taken_over`` where those stood whose place a unit has taken; ``busy`` the units
    that have ended, that nobody has followed, and that have something in a cycle that is not over.
    """

    last: Mapping[int, str] = field(default_factory=dict)
    taken_over: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    busy: frozenset[int] = frozenset()


def roles_today(held: Iterable[HeldRole], endings: Endings) -> tuple[Grant, ...]:
    """The roles that hold today, in the order of ``held``; see the rule of this module."""
    return tuple(grant for one in held for grant in _grants(one, endings))


def _grants(one: HeldRole, endings: Endings) -> Iterable[Grant]:
    path = one.path if one.path is not None else _kept(one, endings)
    if path is None:
        return
    yield Grant(one.role, path, one.subtree, one.cycle, closed=one.closed)
    if one.cycle is None and one.role is not Role.ADMINISTRATOR:
        for ended in endings.taken_over.get(one.unit, ()):
            yield Grant(one.role, ended, one.subtree, stands_in=True, closed=one.closed)


def _kept(one: HeldRole, endings: Endings) -> str | None:
    """Where a role at a unit that does not hold today is kept; None: nowhere."""
    stays = one.unit in endings.busy or one.cycle is not None or one.role is Role.ADMINISTRATOR
    return endings.last.get(one.unit) if stays else None
