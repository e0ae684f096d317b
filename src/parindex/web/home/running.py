"""What to say to somebody who has nothing to do while cycles run: which ones, and when their turn comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CriteriaSetVersion, Cycle, CycleGroup, Phase
from parindex.database.models.cycles import PhaseKind
from parindex.domain.criteria.criteria_set import SURVEYED, Node
from parindex.domain.review.roles import COUNCIL, UNIT_ROLES, Role
from parindex.domain.review.stages import CycleState
from parindex.usecases.actors import Session


@dataclass(frozen=True, slots=True)
class RunningCycle:
    """A cycle that runs where this person has a role: its days, those of surveys for who runs surveys.

    ``gives_points``: whether this person runs surveys for the owner and enters their points.
    """

    cycle: Cycle
    appraises: bool
    self_scoring_ends: datetime | None
    appraisal_starts: datetime | None
    survey_starts: datetime | None
    gives_points: bool


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
                session.actor.has(Role.SURVEY_STAFF, cycle.owner_path, cycle=cycle.pk),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class SurveyedSet:
    """A set of a running cycle, and what of it a survey gives points to: the row in the set, and the item there."""

    version: CriteriaSetVersion
    items: Sequence[tuple[int, Node]]


def surveyed_sets(session: Session) -> list[SurveyedSet]:
    """The sets of the running cycles that somebody runs surveys for, at their owner or at one of its units.

    One query, and one more for a set that nobody has looked at yet; none for who runs no surveys.
    """
    steps = [one.path.split("/") for one in session.actor.grants if one.role is Role.SURVEY_STAFF]
    if not steps:
        return []
    owners = {"/".join(some[: at + 1]) for some in steps for at in range(len(some))}
    used = CycleGroup.objects.filter(
        cycle__owner_path__in=owners, cycle__state__in=(CycleState.OPEN, CycleState.APPRAISAL)
    )
    versions = CriteriaSetVersion.objects.filter(pk__in=used.values("set_version"))
    found = []
    for version in versions.defer("content", "reading").order_by("-year", "title", "pk"):
        nodes = enumerate(node for _, node in frozen_set(version).criteria_set.walk_with_depth())
        found.append(SurveyedSet(version, [(row, one) for row, one in nodes if one.is_item and one.source in SURVEYED]))
    return found


def _days(days: Iterable[datetime | None]) -> list[datetime]:
    return [one for one in days if one is not None]
