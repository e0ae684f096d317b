"""What to say to somebody who has nothing to do while cycles run: which ones, and when their turn comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import Cycle, Phase
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.roles import COUNCIL, UNIT_ROLES, Role
from parindex.domain.review.stages import CycleState
from parindex.usecases.actors import Session


@dataclass(frozen=True, slots=True)
class RunningCycle:
    """A cycle that runs where this person has a role: its days, those of surveys for who runs surveys."""

    cycle: Cycle
    appraises: bool
    self_scoring_ends: datetime | None
    appraisal_starts: datetime | None
    survey_starts: datetime | None


def running_cycles(session: Session) -> list[RunningCycle]:
    """The running cycles of the owners that this person works for, other than as a unit. Two queries."""
    grants = [one for one in session.actor.grants if one.role not in (*UNIT_ROLES, Role.ADMINISTRATOR)]
    owners = {one.path for one in grants}
    states = (CycleState.OPEN, CycleState.APPRAISAL)
    cycles = list(
        Cycle.objects.filter(owner_path__in=owners, state__in=states).order_by("-year", "title", "pk") if owners else ()
    )
    phases: dict[int, list[Phase]] = {}
    for one in Phase.objects.filter(cycle__in=cycles).order_by("pk"):
        phases.setdefault(one.cycle_id, []).append(one)
    surveys = any(one.role is Role.SURVEY_STAFF for one in grants)
    found = []
    for cycle in cycles:
        known = phases.get(cycle.pk, [])
        found.append(
            RunningCycle(
                cycle,
                session.actor.role_at(cycle.owner_path, *COUNCIL, cycle=cycle.pk) is not None,
                max(_days(one.ends_at for one in known if one.kind == PhaseKind.SELF_SCORING), default=None),
                min(_days(one.starts_at for one in known if one.kind == PhaseKind.APPRAISAL), default=None),
                min(_days(one.starts_at for one in known if one.kind == PhaseKind.SURVEY), default=None)
                if surveys
                else None,
            )
        )
    return found


def _days(days: Iterable[datetime | None]) -> list[datetime]:
    return [one for one in days if one is not None]
