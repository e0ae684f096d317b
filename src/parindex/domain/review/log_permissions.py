"""Who reads what in the log: never more of an object than its own pages show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Actor, Grant, Role


class Opens(StrEnum):
    """What a role opens in the log."""

    CYCLES = "cycles"  # all of the cycles that the units there run
    NO_CYCLE = "no_cycle"  # all that belongs to no cycle, of the units there
    OWN = "own"  # all that concerns the units there, in whichever cycle
    WORK = "work"  # the same without what an owner prepares, with the items that the units lead on sheets of others
    ACCOUNTS = "accounts"  # accounts of the units there
    KEPT = "kept"  # accounts and units that a standing office keeps


#: What only who prepares and runs a cycle reads: drafts of sets, cycles that are not open yet, who is to be commended.
OWNERS_KINDS = frozenset({"commendation", "criteria_set_version", "cycle", "cycle_group", "guidance", "official_paper"})

#: What the council says among itself: units see its decisions on their own pages, when they may.
COUNCIL_KINDS = frozenset({"flag", "given_points", "item_appraisal", "vote"})


@dataclass(frozen=True, slots=True)
class LogScope:
    """One thing that the role ``grant`` opens; where it holds says the grant itself."""

    opens: Opens
    grant: Grant


_OPENS: dict[Role, tuple[Opens, ...]] = {
    Role.AUDITOR: (Opens.CYCLES, Opens.NO_CYCLE),
    Role.STANDING_OFFICE: (Opens.CYCLES, Opens.OWN, Opens.KEPT),
    Role.UNIT_OFFICER: (Opens.WORK,),
    Role.UNIT_LEADER: (Opens.WORK, Opens.ACCOUNTS),
}


def log_scopes(actor: Actor) -> tuple[LogScope, ...]:
    """What this person may read of the log; nothing (``only_auditor``) is a refusal.

    An auditor reads as far as the grant says. The standing office reads the cycles of its own unit, not those of
    other owners below. People of a unit read what concerns it, of the units below only where their role names them.
    """
    found = tuple(LogScope(opens, grant) for grant in actor.grants for opens in _OPENS.get(grant.role, ()))
    if not found:
        raise Refusal("only_auditor")
    return found
