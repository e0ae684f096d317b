"""One thing that waits for a person, and of what kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from parindex.database.models import Cycle, ScoreSheet, SheetPart


class TaskKind(StrEnum):
    """What is to be done."""

    FILL = "fill"
    MEND = "mend"
    EXPLAIN = "explain"
    SIGN = "sign"
    SUBMIT = "submit"
    ASSIGNED = "assigned"
    LOCKED = "locked"
    DECIDE_REQUESTS = "decide_requests"
    DECIDE_EXTENSIONS = "decide_extensions"
    ANSWER = "answer"
    LATE_UNITS = "late_units"
    OPEN_CYCLE = "open_cycle"
    SEND_QUESTIONS = "send_questions"
    DISPUTED = "disputed"
    QUEUE = "queue"
    FINALISE = "finalise"
    APPRAISE = "appraise"


@dataclass(frozen=True, slots=True)
class Question:
    """An item at which a unit asked the standing office last."""

    sheet: int
    code: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; ``count`` of ``whole`` tells how far it has come, or how many things it is.

    ``requested`` items wait for a decision not to assess them; ``is_divided``: the part is not the whole sheet.
    """

    kind: TaskKind
    cycle: Cycle
    deadline: datetime | None = None
    sheet: ScoreSheet | None = None
    part: SheetPart | None = None
    count: int = 0
    whole: int = 0
    requested: int = 0
    is_divided: bool = False
    questions: Sequence[Question] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to enter."""
        return self.whole > 0 and self.count + self.requested == self.whole
