"""What the secretary sees of a cycle: questions that nobody has sent yet, and what units still answer, by unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from parindex.database.models import Cycle, Question, ScoreSheet
from parindex.database.queries.explanations import open_of_cycle, unsent_of_cycle
from parindex.database.queries.score_sheets import deadline_of, sheets
from parindex.domain.review.stages import Act, befores


@dataclass(frozen=True, slots=True)
class UnitQuestions:
    """The questions about one sheet, in reading order; ``until`` is when the unit's time to answer ends."""

    sheet: ScoreSheet
    questions: list[Question] = field(default_factory=list)

    @property
    def can_be_sent(self) -> bool:
        """Whether the unit can be asked now: nothing else waits for its answer."""
        return self.sheet.state in befores(Act.ASK)

    @property
    def until(self) -> datetime | None:
        """The last moment of answering."""
        return deadline_of(self.sheet)


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """``picked`` are the keys of the sheets that were ticked."""

    cycle: Cycle
    unsent: Sequence[UnitQuestions]
    open: Sequence[UnitQuestions]
    picked: Collection[int] = ()

    @property
    def chosen(self) -> list[UnitQuestions]:
        """The units that were ticked and can be asked."""
        return [one for one in self.unsent if one.sheet.pk in self.picked and one.can_be_sent]

    @property
    def count(self) -> int:
        """How many questions would be sent."""
        return sum(len(one.questions) for one in self.chosen)

    @property
    def suggested(self) -> datetime | None:
        """The latest day by which somebody would like an answer."""
        days = (question.due_at for one in self.unsent for question in one.questions if question.due_at)
        return max(days, default=None)


def questions_page(cycle: Cycle, picked: Collection[int] = ()) -> QuestionsPage:
    """Three queries: the unsent questions, the open ones, and their sheets."""
    unsent, open_ = list(unsent_of_cycle(cycle)), list(open_of_cycle(cycle))
    keys = {one.entry.sheet_id for one in (*unsent, *open_)}
    known = {sheet.pk: sheet for sheet in sheets().filter(pk__in=keys)}
    return QuestionsPage(cycle, _by_unit(unsent, known), _by_unit(open_, known), picked)


def _by_unit(questions: Iterable[Question], known: dict[int, ScoreSheet]) -> list[UnitQuestions]:
    found: dict[int, UnitQuestions] = {}
    for one in questions:
        key = one.entry.sheet_id
        found.setdefault(key, UnitQuestions(known[key])).questions.append(one)
    return list(found.values())
