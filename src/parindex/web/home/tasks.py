"""The tasks of a person: the sheets and parts that wait for them, by deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import deadline_of, sheets
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.usecases.actors import Session


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a part of a sheet to fill, to sign, or to look at."""

    sheet: ScoreSheet
    part: SheetPart
    deadline: datetime | None
    signs: bool


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits for a person, most urgent first."""

    tasks: Sequence[Task]
    at: datetime


def tasks_of(session: Session, at: datetime) -> Work:
    """The parts that this person enters or signs; two queries."""
    paths = {
        grant.path: grant.role for grant in session.actor.grants if grant.role in (Role.UNIT_OFFICER, Role.UNIT_LEADER)
    }
    mine = list(SheetPart.objects.filter(lead_path__in=paths))
    found = {
        sheet.pk: sheet
        for sheet in sheets().filter(pk__in={part.sheet_id for part in mine}).exclude(cycle__state=CycleState.DRAFT)
    }
    tasks = [
        Task(found[part.sheet_id], part, deadline_of(found[part.sheet_id]), paths[part.lead_path] is Role.UNIT_LEADER)
        for part in mine
        if part.sheet_id in found
    ]
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return Work(sorted(tasks, key=lambda task: (task.deadline or far, task.part.pk)), at)
